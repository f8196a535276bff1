"""The first schema: person, customer, deal, visit, record, practice, case, event.

Going back is done by restoring the backup that is taken before a migration, never by a downgrade.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    ]


def _text(name: str, length: int, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=null)


def _of(table: str) -> sa.Column[Any]:
    return sa.Column(f"{table}_id", sa.String(32), sa.ForeignKey(f"{table}.id"), nullable=True)


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), primary_key=True),
        _text("name", 200),
        sa.Column("roles", sa.JSON, nullable=False),
        _text("language", 2),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "customer",
        *_owned(),
        _text("name", 300),
        _text("industry", 100, null=True),
        _text("size", 20, null=True),
    )
    op.create_table(
        "deal",
        *_owned(),
        _of("customer"),
        _text("title", 300),
        sa.Column("text", sa.Text, nullable=False),
        _text("industry", 100, null=True),
        _text("size", 20, null=True),
        sa.Column("pain", sa.JSON, nullable=False),
        _text("stage", 20, null=True),
        _text("outcome", 20, null=True),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_table(
        "visit",
        *_owned(),
        _of("deal"),
        sa.Column("visited_on", sa.Date),
        _text("source_name", 300),
        _text("sha256", 64),
        sa.Column("seconds", sa.Float),
        _text("language", 2),
        sa.Column("transcript", sa.Text, nullable=False),
        sa.Column("consent", sa.Text),
    )
    op.create_table(
        "record",
        *_owned(),
        sa.Column("visit_id", sa.String(32), sa.ForeignKey("visit.id"), nullable=False),
        _text("engine", 200),
        sa.Column("machine", sa.JSON, nullable=False),
        sa.Column("human", sa.JSON, nullable=False),
        sa.Column("confirmed_at", sa.DateTime),
    )
    op.create_table(
        "practice",
        *_owned(),
        _of("visit"),
        _text("scenario", 200),
        _text("scenario_version", 40),
        _text("rubric_version", 40),
        _text("engine", 200),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        _text("outcome", 20, null=True),
        sa.Column("total", sa.Float),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_table(
        "case",
        *_owned(),
        _text("case_id", 200),
        _text("version", 40),
        _text("language", 2),
        _text("status", 20),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("case_id"),
    )
    op.create_table(
        "event",
        *_owned(),
        _text("kind", 60),
        _text("subject", 200),
        sa.Column("data", sa.JSON, nullable=False),
    )
    indexed = {
        "customer": (),
        "deal": ("customer_id",),
        "visit": ("deal_id", "sha256"),
        "record": ("visit_id",),
        "practice": ("visit_id", "scenario"),
        "case": ("status",),
        "event": ("kind", "subject"),
    }
    for table, columns in indexed.items():
        for column in ("owner", "created_at", *columns):
            op.create_index(f"ix_{table}_{column}", table, [column])
