"""Every implementation of a port goes through the same suite."""

from tests.storage.conftest import clock, database, url

__all__ = ["clock", "database", "url"]
