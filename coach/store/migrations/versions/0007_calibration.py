"""Verdicts of finished practices and what trainers said to them; how a scenario of one's own was typed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "verdict",
        *_owned(),
        sa.Column("practice_id", sa.String(32), sa.ForeignKey("practice.id"), nullable=False),
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("check_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("engine", sa.String(200), nullable=False),
        sa.Column("scenario", sa.String(200), nullable=False),
        sa.Column("scenario_version", sa.String(40), nullable=False),
        sa.Column("rubric_version", sa.String(40), nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("p", sa.Float),
        sa.Column("edge", sa.Float),
        sa.Column("turn", sa.Integer),
        sa.Column("begins", sa.Integer),
        sa.Column("stops", sa.Integer),
    )
    op.create_table(
        "verdict_vote",
        *_owned(),
        sa.Column("verdict_id", sa.String(32), sa.ForeignKey("verdict.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("vote", sa.String(8), nullable=False),
        sa.Column("meant", sa.String(12)),
        sa.Column("remark", sa.Text, nullable=False),
    )
    for table in ("verdict", "verdict_vote"):
        for column in ("owner", "created_at"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_verdict_scope", "verdict", ["scope"])
    op.create_index("ix_verdict_vote_verdict_id", "verdict_vote", ["verdict_id"])
    op.create_index("one_verdict_for_a_check", "verdict", ["practice_id", "check_id"], unique=True)
    op.create_index("one_vote_for_a_number", "verdict_vote", ["owner", "verdict_id", "number"], unique=True)
    op.add_column("own_scenario", sa.Column("text", sa.Text))
