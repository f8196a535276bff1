"""Alembic's entry: runs migrations on the connection that `coach.store.database` hands over."""

from alembic import context

from coach.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
