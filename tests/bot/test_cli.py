"""The command line: every command that is listed can be called, unknown ones are refused."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import cli

SHOP = "title: 团\nleader: {id: x, name: 甲}\nskus:\n- {code: A, name: 梨, unit: 个, price: 3}\n"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_listed_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(cli.group, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_help_lists_all_commands() -> None:
    result = CliRunner().invoke(cli.group, ["--help"])
    assert all(name in result.output for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("fly", "没有 fly 这个命令。"),
        ("reply", "没有 reply 这个命令（是不是 replay？）。"),
        ("faq asc", "没有 asc 这个命令（是不是 ask？）。"),
        ("eval chats --shw 3 .", "没有 --shw 这个选项（是不是 --show？）。"),
        ("eval chats", "还缺 FOLDERS。"),
        ("replay chat.jsonl", "还缺 --shop（商品和 FAQ 文件）。"),
        ("recommend rank --top many", "--top 写得不对"),
        ("faq ask", "写上要问的话"),
        ("faq ask --queries nowhere.jsonl", "nowhere.jsonl：应为读得到的文件（没有这个文件或文件夹）"),
        ("replay --shop nowhere.yaml chat.jsonl", "chat.jsonl：应为读得到的文件"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_chinese(
    line: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ended(line, monkeypatch) == 2
    assert told in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chat.jsonl").touch()
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    assert ended("replay --shop shop.yaml --json nowhere/out.jsonl chat.jsonl", monkeypatch) == 1
    assert "nowhere/out.jsonl：读写不了，没有这个文件或文件夹。" in capsys.readouterr().err


def test_what_looks_like_markup_is_only_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = {
        "id": "1",
        "sender": "a",
        "name": "甲",
        "text": "[b]梨两个[/x]",
        "time": "2026-03-04T12:00:00+08:00",
    }
    (tmp_path / "chat.jsonl").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    assert ended("replay --shop shop.yaml chat.jsonl", monkeypatch) == 0
    assert "甲: [b]梨两个[/x]" in capsys.readouterr().out


def ended(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["tuanbot", *line.split()])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return int(caught.value.code or 0)
