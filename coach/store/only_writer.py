"""Being the only one who writes to a table, where looking and writing must be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coach.store.tables import Table


def only_writer(session: Session, table: type[Table]) -> None:
    """Nobody else writes to this table until this transaction ends; whoever reads does not wait."""
    from sqlalchemy import text

    if session.get_bind().dialect.name == "sqlite":
        # Any write takes SQLite's one write lock; nothing is changed by this one.
        session.execute(text("update person set id = id where id = ''"))
    else:
        session.execute(text(f"lock table {table.__tablename__} in exclusive mode"))
