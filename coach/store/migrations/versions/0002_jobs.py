"""Jobs and what their steps gave; the same bytes of a person are one visit and one job, now by the database itself.

Visits that were doubled by two writers at once are folded into the oldest: its records and practices join there.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    ]


def upgrade() -> None:
    _fold_doubled_visits()
    op.create_index("one_visit_for_the_same_bytes", "visit", ["owner", "sha256"], unique=True)
    op.create_table(
        "job",
        *_owned(),
        sa.Column("deal_id", sa.String(32), sa.ForeignKey("deal.id")),
        sa.Column("visit_id", sa.String(32), sa.ForeignKey("visit.id")),
        sa.Column("source_name", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("visited_on", sa.Date),
        sa.Column("consent", sa.Text),
        sa.Column("language", sa.String(2)),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("starts", sa.Integer, nullable=False),
        sa.Column("step", sa.String(12)),
        sa.Column("step_at", sa.DateTime),
        sa.Column("seconds_before", sa.Float, nullable=False),
        sa.Column("seconds_done", sa.Float, nullable=False),
        sa.Column("seconds_total", sa.Float),
        sa.Column("error", sa.JSON),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "job_step",
        *_owned(),
        sa.Column("job_id", sa.String(32), sa.ForeignKey("job.id"), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
    )
    for table in ("job", "job_step"):
        for column in ("owner", "created_at"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_job_state", "job", ["state"])
    op.create_index("one_job_for_the_same_bytes", "job", ["owner", "sha256"], unique=True)
    op.create_index("one_result_for_a_step", "job_step", ["job_id", "name"], unique=True)


def _fold_doubled_visits() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("select id, owner, sha256 from visit order by created_at, id")
    ).fetchall()
    first: dict[tuple[str, str], str] = {}
    for visit, owner, sha256 in rows:
        kept = first.setdefault((owner, sha256), visit)
        if kept != visit:
            for table in ("record", "practice"):
                connection.execute(
                    sa.text(f"update {table} set visit_id = :kept where visit_id = :double"),
                    {"kept": kept, "double": visit},
                )
            connection.execute(sa.text("delete from visit where id = :double"), {"double": visit})
