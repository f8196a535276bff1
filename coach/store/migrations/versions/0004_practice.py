"""Practices know their mode, what they branched from and how objections ended; scenarios that people made themselves."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    ]


def upgrade() -> None:
    op.add_column("practice", sa.Column("mode", sa.String(20), nullable=False, server_default="practice"))
    op.add_column("practice", sa.Column("parent_id", sa.String(32)))
    op.add_column("practice", sa.Column("from_turn", sa.Integer))
    op.add_column("practice", sa.Column("objections", sa.JSON))
    op.create_index("ix_practice_parent_id", "practice", ["parent_id"])
    op.create_table(
        "own_scenario",
        *_owned(),
        sa.Column("scenario_id", sa.String(200), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("visit_id", sa.String(32), sa.ForeignKey("visit.id", ondelete="CASCADE")),
        sa.Column("certificate", sa.JSON),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("scenario_id"),
    )
    for column in ("owner", "created_at", "status", "visit_id"):
        op.create_index(f"ix_own_scenario_{column}", "own_scenario", [column])
