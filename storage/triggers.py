"""Triggers that keep history as it was written; SQLite and PostgreSQL each in its own words."""

import sqlalchemy as sa

from storage.tables import APPEND_ONLY, metadata

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def guard(connection: sa.Connection, tables: tuple[str, ...]) -> None:
    """Make tables append-only."""
    for statement in _statements(connection.dialect.name, tables):
        connection.exec_driver_sql(statement)


def drop_function(connection: sa.Connection) -> None:
    """Take away what the triggers of PostgreSQL call; their tables are gone."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION refuse_change()")


def _statements(dialect: str, tables: tuple[str, ...]) -> list[str]:
    if dialect == "sqlite":
        return [_sqlite(table, verb) for table in tables for verb in ("UPDATE", "DELETE")]
    return [FUNCTION, *map(_postgresql, tables)]


def _sqlite(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _postgresql(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def create_all(connection: sa.Connection) -> None:
    """Tables and triggers at once, for stores that are thrown away; the migrations make the same."""
    metadata.create_all(connection)
    guard(connection, APPEND_ONLY)
