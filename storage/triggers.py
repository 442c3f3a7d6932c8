"""Triggers that keep history as it was written; SQLite and PostgreSQL each in its own words."""

import sqlalchemy as sa

from storage.tables import APPEND_ONLY, metadata

FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def statements(dialect: str, tables: tuple[str, ...] = APPEND_ONLY) -> list[str]:
    """What makes the tables append-only."""
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
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
