"""Run by Alembic: migrates over the connection that storage.migrate hands in."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_server_default=True,
    # the caller has begun the transaction and commits it
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
