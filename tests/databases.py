"""Which databases a test of the store runs on."""

import pytest

ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
ON_BOTH_DATABASES = pytest.mark.parametrize("settings", ["sqlite", ON_POSTGRES], indirect=True)
"""For a test or a whole file: what it says holds on SQLite and on a real PostgreSQL."""
