"""Every storm on SQLite and on PostgreSQL."""

from tests.storage.conftest import url

__all__ = ["url"]
