"""Imported by the fork server alone: the program with its dictionaries, which every fork then has at once.

It is the one module that does more than define, since a fork server knows no other way to prepare.
"""

import asyncio
import importlib
from datetime import UTC, datetime

import pytest  # noqa: F401 - every process imports the main program again, which is pytest

from bot import scan
from bot.core import WARMING
from bot.understanding import Situation
from nlp.understander import GrammarUnderstander
from storage.database import Database


async def migrated_once() -> None:
    """Import all that a migration does."""
    database = Database("memory")
    await database.migrate()
    await database.dispose()


importlib.import_module("asyncpg")
scan.routes()
GrammarUnderstander().understand("来一份吗", Situation(now=datetime.now(UTC), catalogue=WARMING))
asyncio.run(migrated_once())
