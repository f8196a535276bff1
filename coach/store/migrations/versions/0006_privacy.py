"""Consent for every recording, an audit log that only grows, what was erased, and the files that were written.

The consent that a visit or job was stored with in one sentence becomes an entry; how it was given was not asked then.
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
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
        "consent",
        *_owned(),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("how", sa.String(12), nullable=False),
        sa.Column("scope", sa.String(12), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("what", sa.JSON, nullable=False),
    )
    op.create_table(
        "made_file",
        *_owned(),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    for table in ("consent", "made_file"):
        for column in ("owner", "created_at"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_consent_sha256", "consent", ["sha256"])
    for column in ("at", "person", "act"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    _only_grows()
    _carry_over()


def _only_grows() -> None:
    """The database itself refuses to change or to drop a line of the audit log."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"create trigger audit_no_{act} before {act} on audit "
                "begin select raise(abort, 'the audit log only grows'); end"
            )
        return
    op.execute(
        "create function audit_only_grows() returns trigger as "
        "$$ begin raise exception 'the audit log only grows'; end $$ language plpgsql"
    )
    op.execute(
        "create trigger audit_only_grows before update or delete or truncate on audit "
        "for each statement execute function audit_only_grows()"
    )


def _carry_over() -> None:
    connection = op.get_bind()
    query = (
        "select owner, created_at, sha256, consent from visit where consent is not null and consent <> '' "
        "union select owner, created_at, sha256, consent from job where consent is not null and consent <> '' "
        "order by 2"
    )
    seen: set[tuple[str, str]] = set()
    for owner, created_at, sha256, who in connection.execute(sa.text(query)).fetchall():
        if (owner, sha256) not in seen:
            seen.add((owner, sha256))
            connection.execute(
                sa.text(
                    "insert into consent (id, owner, created_at, sha256, who, how, scope) "
                    "values (:id, :owner, :at, :sha256, :who, 'not_said', 'record')"
                ),
                {"id": uuid4().hex, "owner": owner, "at": created_at, "sha256": sha256, "who": who},
            )
