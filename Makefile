# Two commands: `make run` serves the app, `make test` runs every check. Both set up what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CHECKED := coach knowledge scenarios evals ui tests
# What is installed is named by what asked for it: nothing changed, nothing is installed again.
ASKED := $(shell cat pyproject.toml constraints.txt | sha256sum | cut -c1-16)

.PHONY: run test soak check audit setup setup-test pins clean

run: setup
	.venv/bin/coach library build
	.venv/bin/coach serve

test: check
	.venv/bin/python -m pytest -n 2 --dist loadfile

# Hours: the long trials in full; leaves a dated report.
soak: setup-test
	.venv/bin/coach eval soak --report docs/reports

check: setup-test
	.venv/bin/ruff check $(CHECKED)
	.venv/bin/ruff format --check $(CHECKED)
	.venv/bin/lint-imports --no-cache
	.venv/bin/mypy
	.venv/bin/python -m evals.dependencies

# Asks the network what is known of faults in the pins; says so and fails when nobody could be asked.
audit: setup-test
	test -x .venv/audit/bin/pip-audit || ($(PYTHON) -m venv .venv/audit && .venv/audit/bin/pip install --quiet pip-audit) || true
	.venv/bin/python -m evals.dependencies --known .venv/audit/bin/pip-audit

setup: .venv/for-run-$(ASKED)
setup-test: .venv/for-test-$(ASKED)

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Peipao needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/for-run-$(ASKED): | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check -e . -c constraints.txt
	@touch $@

.venv/for-test-$(ASKED): | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check -e '.[models,dev]' -c constraints.txt
	@touch $@ .venv/for-run-$(ASKED)

# After a change of ranges in pyproject.toml: install without pins, then write what was installed.
pins:
	(head -2 constraints.txt; .venv/bin/pip freeze --exclude-editable | sed -E 's/^torch==.*/torch==2.13.0/' | sort -f) > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache build *.egg-info
