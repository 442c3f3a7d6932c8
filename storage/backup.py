"""Backups: one file with all tables as JSON lines, the same for every database, and the check of the book.

The file is a zip: manifest.json, tables/NAME.jsonl, and the key without which the messages cannot be read.
"""

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import UserError
from storage import migrate
from storage.columns import ExactDecimal, UtcTime
from storage.database import Database
from storage.repositories.ledger import SqlLedger
from storage.secrets import KEY_FILE
from storage.session import Session
from storage.tables import group_buys, metadata

FORMAT = 1
MANIFEST = "manifest.json"
PAGE = 500
Progress = Callable[[str], None]
NOT_NEWEST = "数据库还没有建立，或者不是这个版本的，请先运行 tuanbot migrate。"
NOT_OURS = "这不是小团的备份文件，或者文件已经损坏：{path}"
EXISTS = "{path} 已经有了，换个文件名，免得盖掉旧备份。"
NEWER_VERSION = "这份备份来自更新的版本（表结构 {theirs}，现在是 {ours}），请先升级小团再恢复。"
NOT_EMPTY = "要恢复到的数据库里已经有数据，什么都没有改动。请换一个空的数据目录或数据库。"
OTHER_KEY = "数据目录里已有另一把密钥（{path}），什么都没有改动。请换一个空的数据目录。"
DIFFERS = "恢复后核对不上（{what}），已全部撤回，什么都没有改动。"


class Manifest(BaseModel):
    """What a backup holds: rows by table, and the fingerprint of every order book by group-buy."""

    model_config = ConfigDict(frozen=True)

    format: int
    schema_revision: str
    made_at: datetime
    rows: dict[str, int]
    books: dict[int, str]


async def back_up(
    database: Database, folder: Path, path: Path, progress: Progress = lambda _: None
) -> Manifest:
    """Write everything that is committed now to `path`, while the bot runs. `folder` has the key.

    The file appears whole or not at all. UserError when it is there already.
    """
    await _demand_newest(database)
    unfinished = _unfinished(path)
    try:
        with _created(unfinished) as archive:
            manifest = await _written(database, archive, progress)
            archive.write(folder / KEY_FILE, KEY_FILE)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


async def restore(database: Database, path: Path, progress: Progress = lambda _: None) -> Manifest:
    """Fill an empty database from a backup and check it against the manifest; all of it or nothing.

    A backup of an older version fills the schema of that time, which then goes the way of every upgrade.
    """
    with _opened(path) as archive:
        manifest = read_manifest(archive, path)
        await database.migrate()
        async with database.session() as session:
            if any((await _counts(session)).values()):
                raise UserError("restore-not-empty", NOT_EMPTY)
            await session.to_revision(manifest.schema_revision)
            for table in metadata.sorted_tables:
                if table.name in manifest.rows:
                    progress(table.name)
                    await _fill(session, table, archive)
            await session.to_revision(migrate.newest())
            await _check(session, manifest)
            await session.commit()
    return manifest


def restore_key(path: Path, folder: Path) -> None:
    """Put the key of a backup into a data folder. UserError when another key is there."""
    with _opened(path) as archive:
        read_manifest(archive, path)
        key = archive.read(KEY_FILE)
    place = folder / KEY_FILE
    if place.exists():
        if place.read_bytes().strip() != key.strip():
            raise UserError("restore-key", OTHER_KEY.format(path=place))
        return
    folder.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    place.write_bytes(key)


def read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """The manifest of an open backup; UserError for one that this version cannot restore."""
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError):
        raise UserError("backup-damaged", NOT_OURS.format(path=path)) from None
    if manifest.format != FORMAT or manifest.schema_revision not in migrate.revisions():
        text = NEWER_VERSION.format(theirs=manifest.schema_revision, ours=migrate.newest())
        raise UserError("backup-version", text)
    return manifest


async def _demand_newest(database: Database) -> None:
    if await database.revision() != migrate.newest():
        raise UserError("backup-schema", NOT_NEWEST)


def _unfinished(path: Path) -> Path:
    if path.exists():
        raise UserError("backup-exists", EXISTS.format(path=path))
    return path.with_name(path.name + ".part")


@contextmanager
def _created(path: Path) -> Iterator[zipfile.ZipFile]:
    path.unlink(missing_ok=True)
    # orders, and the key to what people wrote: nobody else may read it
    path.touch(mode=0o600)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        yield archive


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile):
        raise UserError("backup-damaged", NOT_OURS.format(path=path)) from None


async def _written(database: Database, archive: zipfile.ZipFile, progress: Progress) -> Manifest:
    rows: dict[str, int] = {}
    async with database.snapshot() as session:
        for table in metadata.sorted_tables:
            progress(table.name)
            rows[table.name] = 0
            with archive.open(_member(table), "w", force_zip64=True) as file:
                async for page in _pages(session, table):
                    file.writelines(_line(table, row) for row in page)
                    rows[table.name] += len(page)
        manifest = Manifest(
            format=FORMAT,
            schema_revision=migrate.newest(),
            made_at=session.clock.now(),
            rows=rows,
            books=await _books(session),
        )
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


async def _pages(session: Session, table: sa.Table) -> AsyncIterator[Sequence[sa.Row[Any]]]:
    query, last = sa.select(table).order_by(table.c.id).limit(PAGE), 0
    while page := await session.rows(query.where(table.c.id > last)):
        yield page
        last = page[-1].id


async def _fill(session: Session, table: sa.Table, archive: zipfile.ZipFile) -> None:
    batch: list[dict[str, Any]] = []
    with archive.open(_member(table)) as file:
        for line in file:
            batch.append(_values(table, line))
            if len(batch) == PAGE:
                await session.insert_all(table, batch)
                batch = []
    await session.insert_all(table, batch)
    if await session.dialect() == "postgresql":
        # rows came with their numbers: the next new one counts on from the last of them
        last = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        await session.rows(sa.select(sa.func.setval(sequence, last, sa.false())))


async def _check(session: Session, manifest: Manifest) -> None:
    counts = await _counts(session)
    wrong = [name for name, count in manifest.rows.items() if counts.get(name) != count]
    if wrong:
        raise UserError("restore-rows", DIFFERS.format(what="、".join(wrong)))
    if await _books(session) != manifest.books:
        raise UserError("restore-books", DIFFERS.format(what="订单"))


async def _counts(session: Session) -> dict[str, int]:
    return {
        table.name: (await session.rows(sa.select(sa.func.count()).select_from(table)))[0][0]
        for table in metadata.sorted_tables
    }


async def _books(session: Session) -> dict[int, str]:
    """The fold of every ledger, as a digest; a damaged ledger raises."""
    ledger = SqlLedger(session)
    ids = await session.rows(sa.select(group_buys.c.id).order_by(group_buys.c.id))
    return {row.id: _digest((await ledger.book(row.id)).orders.items()) for row in ids}


def _digest(orders: Iterable[tuple[int, Any]]) -> str:
    text = json.dumps(sorted((member, sorted(order.items())) for member, order in orders))
    return hashlib.sha256(text.encode()).hexdigest()


def _member(table: sa.Table) -> str:
    return f"tables/{table.name}.jsonl"


def _line(table: sa.Table, row: sa.Row[Any]) -> bytes:
    values = {column.name: _plain(row._mapping[column.name]) for column in table.columns}  # noqa: SLF001 - SQLAlchemy's documented name
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _values(table: sa.Table, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    # an older version has fewer columns
    return {name: _typed(table.columns[name].type, value) for name, value in values.items()}


def _typed(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return next(one for one in kind.enum_class if one.name.lower() == value)
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, ExactDecimal) else value
