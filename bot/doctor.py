"""The examinations of `tuanbot doctor`: each looks at one thing, changes nothing, and says what to do."""

import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from bot import channels, shopfile
from bot.app import database_of
from bot.config import Settings
from bot.errors import ConfigError, TuanbotError
from nlp import classifier, encoder
from nlp.faq import entries as faq_entries
from storage.database import FILE, Database
from storage.embedded_redis import EmbeddedRedis
from storage.probe import Probe, probe
from storage.state import RedisState

LITTLE_DISK = 500_000_000
NO_DISK = 50_000_000
TOLERABLE = timedelta(seconds=30)
BUILT = datetime(2026, 1, 1, tzinfo=UTC)


class Level(Enum):
    """How a thing is; the value is what is shown."""

    GOOD = "[green]正常[/]"
    FAIR = "[yellow]注意[/]"
    BAD = "[red]有问题[/]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it is, what was seen, and what to do about it."""

    thing: str
    level: Level
    seen: str
    advice: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Everything that a start of the bot depends on, in the order in which a start meets it."""
    for look in (_shop_files, _faq_files, _channels, _disk, _models, _clock, _port):
        for finding in look(settings):
            yield finding
    async for finding in _networks(settings):
        yield finding
    yield await _database(settings)
    yield await _redis(settings)


def _shop_files(settings: Settings) -> Iterator[Finding]:
    yield _read("商品文件", lambda: f"{len(shopfile.read_all(settings.shops))} 个团")


def _faq_files(settings: Settings) -> Iterator[Finding]:
    def read() -> str:
        entries = faq_entries.load(settings.faq, shopfile.read_all(settings.shops)).entries
        return f"{len(entries)} 条"

    yield _read("FAQ 文件", read)


def _channels(settings: Settings) -> Iterator[Finding]:
    def make() -> str:
        return "、".join(channel.name for channel in channels.made(settings.channels, settings))

    yield _read("渠道", make)


async def _networks(settings: Settings) -> AsyncIterator[Finding]:
    """Whether those behind the channels answer; the bot starts without them and goes on trying."""
    with suppress(ConfigError):  # told above
        for channel in channels.made(settings.channels, settings):
            if hasattr(channel, "probe"):
                hint = await channel.probe()
                level = Level.FAIR if hint else Level.GOOD
                seen = "还没连上" if hint else "能连上"
                yield Finding(thing=f"渠道 {channel.name}", level=level, seen=seen, advice=hint)


def _read(thing: str, read: Callable[[], str]) -> Finding:
    try:
        return Finding(thing=thing, level=Level.GOOD, seen=read())
    except ConfigError as error:
        return Finding(thing=thing, level=Level.BAD, seen=str(error), advice="按提示改好文件，再检查一次")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = _existing(settings.data)
    if not os.access(folder, os.W_OK):
        yield Finding(
            thing="数据目录", level=Level.BAD, seen=f"{folder} 不能写", advice="改目录权限，或换 data 的位置"
        )
        return
    free = shutil.disk_usage(folder).free
    level = Level.BAD if free < NO_DISK else Level.FAIR if free < LITTLE_DISK else Level.GOOD
    advice = "" if level is Level.GOOD else "清理磁盘；写不进去时消息会留在收件箱里等"
    yield Finding(thing="磁盘", level=level, seen=f"{settings.data} 还有 {free / 1e9:.1f} GB", advice=advice)


def _existing(folder: Path) -> Path:
    """The folder, or the one in which a start would make it."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def _models(settings: Settings) -> Iterator[Finding]:
    yield _model("意图模型", settings.understanding.model, classifier.SHIPPED)
    yield _model("FAQ 模型", settings.faq_tuning.encoder, encoder.SHIPPED)


def _model(thing: str, chosen: str, shipped: Path) -> Finding:
    if chosen == "none":
        return Finding(thing=thing, level=Level.GOOD, seen="不用模型，只用规则")
    folder = shipped if chosen == "shipped" else Path(chosen)
    if folder.is_dir() and any(folder.iterdir()):
        return Finding(thing=thing, level=Level.GOOD, seen=chosen)
    advice = "重新安装小团；没有模型时只用规则" if chosen == "shipped" else "检查配置里的路径"
    return Finding(thing=thing, level=Level.FAIR, seen=f"{chosen} 里没有模型文件", advice=advice)


def _clock(settings: Settings) -> Iterator[Finding]:
    now = datetime.now(UTC)
    level = Level.GOOD if now > BUILT else Level.BAD
    advice = "" if level is Level.GOOD else "校准系统时间，截单和签到都靠它"
    seen = f"{now:%Y-%m-%d %H:%M:%S} UTC，时区 {settings.timezone}"
    yield Finding(thing="时钟", level=level, seen=seen, advice=advice)


def _port(settings: Settings) -> Iterator[Finding]:
    place = f"{settings.web.host}:{settings.web.port}"
    try:
        with socket.create_server((settings.web.host, settings.web.port)):
            pass
    except OSError as error:
        advice = "小团正在运行就不用管；否则换一个 web.port"
        seen = f"{place} {error.strerror or error}"
        yield Finding(thing="网页端口", level=Level.FAIR, seen=seen, advice=advice)
    else:
        yield Finding(thing="网页端口", level=Level.GOOD, seen=f"{place} 空闲")


async def _database(settings: Settings) -> Finding:
    thing, url = "数据库", settings.database.get_secret_value()
    if url == "sqlite" and not (settings.data / FILE).exists():
        return Finding(thing=thing, level=Level.GOOD, seen="还没有，第一次运行时自动建立")
    try:
        database = _looked_at(settings, url)
        try:
            return _judged(thing, await probe(database))
        finally:
            await database.dispose()
    except (TuanbotError, ValueError, ImportError) as error:
        advice = "检查 database 一项、数据库服务和磁盘；SQLite 被锁住时关掉别的程序"
        return Finding(thing=thing, level=Level.BAD, seen=f"连不上或写不进：{error}", advice=advice)


def _looked_at(settings: Settings, url: str) -> Database:
    """Without a data folder none is made: a look leaves no key behind."""
    return database_of(settings) if settings.data.exists() else Database(url)


def _judged(thing: str, found: Probe) -> Finding:
    if not found.migrated:
        seen = f"表结构是 {found.revision or '空的'}，这个版本要 {found.newest}"
        return Finding(
            thing=thing, level=Level.FAIR, seen=seen, advice="运行 tuanbot migrate（启动时也会自动升级）"
        )
    if found.behind > TOLERABLE:
        seen = f"可读写，但本机时钟慢了 {found.behind.total_seconds():.0f} 秒"
        return Finding(thing=thing, level=Level.FAIR, seen=seen, advice="校准系统时间")
    return Finding(thing=thing, level=Level.GOOD, seen=f"可读写，表结构 {found.revision}")


async def _redis(settings: Settings) -> Finding:
    where = settings.redis.get_secret_value()
    if where == "memory":
        return Finding(thing="Redis", level=Level.GOOD, seen="不用，会话状态放在内存里，重启后追问会忘掉")
    if where == "embedded":
        return await _embedded()
    state = RedisState(where)
    try:
        answers = await state.count("doctor", 1)
    finally:
        await state.close()
    if answers:
        return Finding(thing="Redis", level=Level.GOOD, seen="能连上")
    advice = "检查 redis 一项和服务；连不上时下单照常，只是追问会忘掉"
    return Finding(thing="Redis", level=Level.FAIR, seen="连不上", advice=advice)


async def _embedded() -> Finding:
    """Start one beside the bot's own, which may be running."""
    with tempfile.TemporaryDirectory(prefix="tuanbot-") as folder:
        try:
            async with EmbeddedRedis(Path(folder)):
                return Finding(thing="Redis", level=Level.GOOD, seen="自带的能启动")
        except TuanbotError as error:
            advice = "重新安装小团，或把 redis 改成 memory"
            return Finding(thing="Redis", level=Level.BAD, seen=str(error), advice=advice)
