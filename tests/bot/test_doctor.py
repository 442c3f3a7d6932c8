"""tuanbot doctor: what it finds on good and on bad machines, and that it changes nothing."""

import socket
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot import doctor
from bot.clock import SetClock, SystemClock
from bot.commands.doctor import command
from bot.config import FaqTuning, OneBot, Settings, UnderstandingSettings, Web, Wechaty
from bot.doctor import Finding, Level, examine
from storage.database import Database
from tests.storage.scenery import message

NOBODY = Wechaty(endpoint="127.0.0.1:1", token=SecretStr("insecure_x"), tls=False)
SHOP = "title: 团\nskus: [{code: A, name: 青提, unit: 盒, price: 20}]\nleader: {id: wx_leader}\n"


def settings(folder: Path, **changes: Any) -> Settings:
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    usual: dict[str, Any] = {
        "data": folder / "data",
        "redis": SecretStr("memory"),
        "shops": (folder / "shop.yaml",),
        "faq": (),
        "web": Web(port=0),
        "understanding": UnderstandingSettings(model="none"),
        "faq_tuning": FaqTuning(encoder="none"),
    }
    return Settings(**{**usual, **changes})


async def found(given: Settings) -> dict[str, Finding]:
    return {finding.thing: finding async for finding in examine(given)}


async def test_a_fresh_machine_is_well_and_stays_fresh(tmp_path: Path) -> None:
    findings = await found(settings(tmp_path))
    assert {finding.level for finding in findings.values()} == {Level.GOOD}
    assert not (tmp_path / "data").exists()


async def test_a_database_in_use_is_well(tmp_path: Path) -> None:
    database = Database("sqlite", folder=tmp_path / "data")
    await database.migrate()
    await database.inbox.accept(message(1))
    assert (await found(settings(tmp_path)))["数据库"].level is Level.GOOD
    async with database.unit_of_work() as store:
        assert [room.address.channel for room in await store.rooms.all()] == []
    await database.dispose()


async def test_an_old_schema_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    sqlite3.connect(tmp_path / "data" / "tuanbot.db").execute("CREATE TABLE t (a)").connection.close()
    finding = (await found(settings(tmp_path)))["数据库"]
    assert finding.level is Level.FAIR
    assert "tuanbot migrate" in finding.advice


async def test_a_locked_database_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite.PRAGMAS", ("busy_timeout=0",))
    database = Database("sqlite", folder=tmp_path / "data")
    await database.migrate()
    await database.dispose()
    other = sqlite3.connect(tmp_path / "data" / "tuanbot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert (await found(settings(tmp_path)))["数据库"].level is Level.BAD
    other.close()


async def test_a_clock_that_went_back_is_told(tmp_path: Path) -> None:
    later = SetClock(SystemClock().now() + timedelta(hours=2))
    database = Database("sqlite", folder=tmp_path / "data", clock=later)
    await database.migrate()
    await database.inbox.accept(message(1))
    await database.dispose()
    finding = (await found(settings(tmp_path)))["数据库"]
    assert finding.level is Level.FAIR
    assert "时钟" in finding.seen


@pytest.mark.parametrize(
    ("thing", "changes", "level"),
    [
        ("数据库", {"database": SecretStr("postgresql://root@127.0.0.1:1/test")}, Level.BAD),
        ("Redis", {"redis": SecretStr("redis://127.0.0.1:1")}, Level.FAIR),
        ("Redis", {"redis": SecretStr("embedded")}, Level.GOOD),
        ("渠道", {"channels": ("qq",)}, Level.BAD),
        ("渠道 wechaty", {"channels": ("wechaty",), "wechaty": NOBODY}, Level.FAIR),
        ("渠道 onebot", {"channels": ("onebot",), "onebot": OneBot(url="ws://127.0.0.1:1")}, Level.FAIR),
        ("商品文件", {"shops": (Path("nowhere.yaml"),)}, Level.BAD),
        ("意图模型", {"understanding": UnderstandingSettings(model="nowhere")}, Level.FAIR),
    ],
)
async def test_what_is_wrong_is_found(
    thing: str, changes: dict[str, Any], level: Level, tmp_path: Path
) -> None:
    finding = (await found(settings(tmp_path, **changes)))[thing]
    assert finding.level is level
    assert bool(finding.advice) is (level is not Level.GOOD)


async def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        web = Web(port=other.getsockname()[1])
        assert (await found(settings(tmp_path, web=web)))["网页端口"].level is Level.FAIR


async def test_little_room_on_the_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LITTLE_DISK", 10**18)
    assert (await found(settings(tmp_path)))["磁盘"].level is Level.FAIR
    monkeypatch.setattr(doctor, "NO_DISK", 10**18)
    assert (await found(settings(tmp_path)))["磁盘"].level is Level.BAD


@pytest.mark.parametrize(("channel", "code"), [("simulator", 0), ("qq", 1)])
def test_the_command_shows_a_table_and_its_exit_code_says_it(channel: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    config = f"channels: [{channel}]\nredis: memory\nshops: [shop.yaml]\nfaq: []\nweb: {{port: 0}}\n"
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    result = CliRunner().invoke(command, ["--config", str(tmp_path / "config.yaml")])
    assert result.exit_code == code
    assert "数据库" in result.output
