"""Files that operators wrote wrongly: one message that says where and what, exit code 2, nothing changed."""

import asyncio
from pathlib import Path

import pytest

from tests.e2e.nursery import born, ended
from tests.e2e.program import called, configured, errors

RUN = ("run",)
REPLAY = ("replay", "--shop", "shop.yaml", "--json", "result.jsonl", "chat.jsonl")
GOOD_LINE = '{"id": "1", "sender": "a", "name": "甲", "text": "在吗", "time": "2026-03-04T12:00:00+08:00"}\n'
WRONG = {
    "unknown key": (
        "config.yaml",
        "web: {port: 0}\nchanels: [simulator]\n",
        RUN,
        ("config.yaml:2", "chanels"),
    ),
    "wrong type": ("config.yaml", "web:\n  port: 很多\n", RUN, ("config.yaml:2", "web.port", "很多", "整数")),
    "out of range": ("config.yaml", "web: {port: 70000}\n", RUN, ("web.port", "70000", "65535")),
    "unknown channel": (
        "config.yaml",
        "channels: [qq]\nredis: memory\n",
        RUN,
        ("channels", "qq", "simulator"),
    ),
    "tab": ("config.yaml", "web:\n\tport: 1\n", RUN, ("config.yaml:2", "缩进用空格")),
    "binary": ("config.yaml", "\udcff\udcfe", RUN, ("config.yaml", "UTF-8")),
    "key twice": ("config.yaml", "redis: memory\nredis: embedded\n", RUN, ("config.yaml:2", "redis", "两次")),
    "no shop file": ("config.yaml", "shops: [nowhere.yaml]\nredis: memory\n", RUN, ("nowhere.yaml",)),
    "price": (
        "shop.yaml",
        "title: 团\nskus:\n- {code: A, name: 梨, unit: 个, price: 贵}\nleader: {id: x}\n",
        RUN,
        ("shop.yaml:3", "price", "贵"),
    ),
    "shop of a replay": ("shop.yaml", "title: 团\n", REPLAY, ("shop.yaml", "skus")),
    "chat that is no JSON": ("chat.jsonl", GOOD_LINE + "oops\n", REPLAY, ("chat.jsonl:2", "oops", "JSON")),
    "chat without a time": (
        "chat.jsonl",
        '{"id": "1", "sender": "a", "name": "甲", "text": "在吗"}\n',
        REPLAY,
        ("chat.jsonl:1", "time"),
    ),
    "binary chat": ("chat.jsonl", "\udcff\udcfe", REPLAY, ("chat.jsonl", "UTF-8")),
}


@pytest.mark.parametrize(("name", "text", "arguments", "told"), WRONG.values(), ids=WRONG.keys())
async def test_a_wrong_file_is_told_and_nothing_is_changed(
    name: str, text: str, arguments: tuple[str, ...], told: tuple[str, ...], tmp_path: Path
) -> None:
    configured(tmp_path)
    (tmp_path / "chat.jsonl").write_text(GOOD_LINE, encoding="utf-8")
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    before = names(tmp_path)
    code = await asyncio.to_thread(ended, born(called, tmp_path, arguments))
    message = errors(tmp_path)
    assert code == 2, message
    assert "Traceback" not in message
    for part in told:
        assert part in message
    assert names(tmp_path) - before == {"out.txt", "err.txt"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
