"""The house keeps its shape: arrows, file sizes, one reader of the environment, nothing heavy at import time."""

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from coach.settings import Settings

ROOT = Path(__file__).parents[1]
ROOMS = ("coach", "knowledge", "scenarios", "evals", "ui")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
HEAVY = {
    *("torch", "transformers", "sentence_transformers", "sklearn", "scipy", "chromadb", "langchain_core"),
    *(
        "langchain_openai",
        "langchain_chroma",
        "openai",
        "gradio",
        "faster_whisper",
        "ctranslate2",
        "onnxruntime",
    ),
    *("av", "dbos", "bm25s", "rjieba", "pycrfsuite", "opencc", "alembic", "pandas"),
}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_importing_any_file_of_the_product_loads_nothing_heavy() -> None:
    names = [
        _name(path)
        for path in SOURCES
        if "migrations" not in path.parts and not path.name.startswith("train_")
    ]
    code = f"import sys\nfor name in {names!r}:\n    __import__(name)\nprint(*sorted(set(sys.modules) & {HEAVY!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_holds_one_idea_and_says_its_promise(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "the file does not say what it is for"
    assert path.stem not in {"utils", "helpers", "common", "manager", "misc"}


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        _name(path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    allowed = {"coach.quiet"}
    assert {name for name in readers if not name.startswith("evals.")} <= allowed


def test_the_readmes_list_every_setting_and_no_other() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        listed = {
            word.strip("`")
            for line in text.splitlines()
            if line.startswith("| `COACH_")
            for word in line.split()[1:2]
        }
        assert listed == {name for name, _, _ in Settings().table()}, readme


def test_the_help_needs_nothing_but_typer_and_our_own_light_files() -> None:
    code = (
        "import sys\nfrom coach.cli import build\nbuild()\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & "
        f"({HEAVY!r} | {{'pydantic', 'numpy', 'yaml', 'httpx', 'fastapi'}})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_what_is_imported_is_asked_for() -> None:
    """A package that only comes along with another one may be gone with that one's next release."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*asked["dependencies"], *asked["optional-dependencies"]["models"]]
    declared = {canonicalize_name(Requirement(one).name) for one in wanted}
    homes = packages_distributions()
    strays = {
        f"{_name(path)}: {top}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for top in _imported(node)
        if top not in sys.stdlib_module_names and top not in ROOMS
        if not declared & {canonicalize_name(home) for home in homes.get(top, ())}
    }
    assert strays == set()


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.partition(".")[0]}
    return set()
