"""People sign in: accounts, browsers that are signed in, failed tries, invitations, tokens for programs."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _person() -> sa.ForeignKey:
    return sa.ForeignKey("person.id", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("person_id", sa.String(32), _person(), primary_key=True),
        sa.Column("login", sa.String(100), nullable=False),
        sa.Column("password", sa.String(300)),
        sa.Column("team", sa.String(100), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(32), _person(), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "invitation",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(32), _person(), nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.String(32), _person(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
        sa.Column("ends_at", sa.DateTime),
        sa.UniqueConstraint("digest"),
    )
    for table, columns in (
        ("sign_in", ("person_id",)),
        ("sign_in_try", ("login", "address", "at")),
        ("invitation", ("person_id",)),
        ("api_token", ("person_id",)),
    ):
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
