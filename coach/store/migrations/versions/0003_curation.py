"""Cases people write here: every wording is kept as a version, and every step with who took it and when.

A case that an earlier schema held becomes version 1 of itself.
"""

import json
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    ]


def upgrade() -> None:
    earlier = op.get_bind().execute(sa.text('select * from "case"')).mappings().all()
    op.drop_table("case")
    op.create_table(
        "case",
        *_owned(),
        sa.Column("case_id", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.Column("live", sa.Integer),
        sa.Column("visit_id", sa.String(32), sa.ForeignKey("visit.id", ondelete="SET NULL")),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("case_id"),
    )
    op.create_table(
        "case_version",
        *_owned(),
        sa.Column("case_row", sa.String(32), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("masked", sa.JSON, nullable=False),
        sa.Column("approved_by", sa.String(32), sa.ForeignKey("person.id")),
        sa.Column("approved_at", sa.DateTime),
    )
    op.create_table(
        "case_step",
        *_owned(),
        sa.Column("case_row", sa.String(32), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
    )
    for table in ("case", "case_version", "case_step"):
        for column in ("owner", "created_at"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_case_state", "case", ["state"])
    op.create_index("ix_case_step_case_row", "case_step", ["case_row"])
    op.create_index("one_wording_for_a_number", "case_version", ["case_row", "number"], unique=True)
    for row in earlier:
        _carry_over(dict(row))


def _carry_over(row: dict[str, Any]) -> None:
    connection = op.get_bind()
    published = row["status"] == "published"
    body = row["body"] if isinstance(row["body"], str) else json.dumps(row["body"])
    connection.execute(
        sa.text(
            'insert into "case" (id, owner, created_at, case_id, language, state, newest, live, turns, updated_at) '
            "values (:id, :owner, :created_at, :case_id, :language, :state, 1, :live, :turns, :updated_at)"
        ),
        {**row, "state": row["status"], "live": 1 if published else None, "turns": int(published)},
    )
    connection.execute(
        sa.text(
            "insert into case_version (id, owner, created_at, case_row, number, body, masked) "
            "values (:new, :owner, :created_at, :id, 1, :text, '{}')"
        ),
        {**row, "new": uuid4().hex, "text": body},
    )
