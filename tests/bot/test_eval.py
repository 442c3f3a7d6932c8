"""`tuanbot eval` and `label`: figures of labelled chats, questions and numbers, as people see them."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from bot import cli

SHOP = """\
title: 周五糕点团
leader: {id: wx_leader, name: 团长}
skus:
  - {code: A, name: 绿豆糕, unit: 盒, price: 18}
  - {code: B, name: 枣泥酥, unit: 盒, price: 22}
"""
SAID = ("绿豆糕两盒", "枣泥酥来1盒", "今天好热呀")
HEADS = ("意图", "订单", "误记↓", "账本", "追问", "安静", "应答", "命令", "问答")
GOLD: tuple[dict[str, object], ...] = (
    {"intent": "order", "effects": [{"member": "小周", "sku": "A", "delta": 2}], "reply": "yes"},
    {"intent": "order", "effects": [{"member": "小周", "sku": "B", "delta": 3}], "reply": "yes"},
    {"intent": "chitchat", "reply": "no"},
)
FAQ = "- {id: hours, q: [几点开门, 开门时间], a: 九点。}\n- {id: pay, q: 怎么付款, a: 扫码。}\n"


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Called":
    monkeypatch.setenv("COLUMNS", "80")
    return Called(monkeypatch, capsys)


class Called:
    """Calls `tuanbot` as from a shell; gives back the exit code, standard output and standard error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["tuanbot", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = self._capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err


def scenario(folder: Path) -> Path:
    folder.mkdir()
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    chat: list[dict[str, object]] = [
        {"id": f"m{n}", "sender": "wx", "name": "小周", "text": text, "time": f"2026-03-04T19:0{n}:00+08:00"}
        for n, text in enumerate(SAID)
    ]
    _write(folder / "chat.jsonl", chat)
    _write(folder / "gold.jsonl", [{"id": f"m{n}", **label} for n, label in enumerate(GOLD)])
    return folder


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def test_chats_fit_a_terminal_and_nothing_but_the_figures_is_printed(tmp_path: Path, called: Called) -> None:
    code, out, _ = called("eval", "chats", scenario(tmp_path / "cakes"), "--show", "5")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["群聊", *HEADS]
    assert " ".join(lines[1].split()) == "cakes 100.0 50.0 0.0 50.0 - 100.0 100.0 - -"
    assert lines[2:] == ["- cakes/m1 '枣泥酥来1盒': 订单 小周 B +1，应为 小周 B +3"]
    assert "…" not in out


def test_several_chats_are_summed_up(tmp_path: Path, called: Called) -> None:
    scenario(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    out = called("eval", "chats", tmp_path)[1]
    assert [line.split()[0] for line in out.splitlines()] == ["群聊", "one", "two", "合计"]


def test_a_folder_without_chats_is_told(tmp_path: Path, called: Called) -> None:
    code, _, err = called("eval", "chats", tmp_path)
    assert code == 2
    assert "gold.jsonl" in err


def test_questions_have_four_figures(tmp_path: Path, called: Called) -> None:
    (tmp_path / "faq.yaml").write_text(FAQ, encoding="utf-8")
    asked: list[dict[str, object]] = [
        {"q": "几点开门", "faq": "hours"},
        {"q": "怎么付款", "faq": "hours"},
        {"q": "月亮上有没有兔子呀", "faq": None},
    ]
    _write(tmp_path / "asked.jsonl", asked)
    code, out, _ = called(
        "eval", "faq", "--faq", tmp_path / "faq.yaml", tmp_path / "asked.jsonl", "--show", "5"
    )
    assert code == 0
    heads, figures = (" ".join(line.split()) for line in out.splitlines()[:2])
    assert heads == "问题 答对 答错↓ 首选对 该不答的没答"
    assert figures == "asked.jsonl 50.0 (1/2) 50.0 (1/2) 50.0 (1/2) 100.0 (1/1)"
    assert "- '怎么付款': pay，应为 hours" in out


@pytest.mark.parametrize("line", ["{", '{"q": "几点开门"}', '{"q": "几点开门", "faq": "gone"}'])
def test_a_wrong_question_is_named_with_its_line(line: str, tmp_path: Path, called: Called) -> None:
    (tmp_path / "faq.yaml").write_text(FAQ, encoding="utf-8")
    (tmp_path / "asked.jsonl").write_text('\n{"q": "几点开门", "faq": "hours"}\n' + line, encoding="utf-8")
    code, _, err = called("eval", "faq", "--faq", tmp_path / "faq.yaml", tmp_path / "asked.jsonl")
    assert code == 2
    assert "asked.jsonl:3:1" in err


def test_numbers_are_right_with_their_characters_and_values(tmp_path: Path, called: Called) -> None:
    cases = [
        {"text": "两百零五", "numbers": [{"text": "两百零五", "value": "205"}]},
        {"text": "没有", "numbers": []},
        {"text": "三个", "numbers": [{"text": "三", "value": 4}]},
    ]
    (tmp_path / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    code, out, _ = called("eval", "numbers", tmp_path / "cases.json", "--show", "1")
    assert code == 0
    assert "66.7 (2/3)" in out
    assert "- '三个': 三=3，应为 三=4" in out


def test_wrong_cases_are_told(tmp_path: Path, called: Called) -> None:
    (tmp_path / "cases.json").write_text('[{"text": "三个", "numbers": [{"text": "三", "value": "x"}]}]')
    code, _, err = called("eval", "numbers", tmp_path / "cases.json")
    assert code == 2
    assert "[1].numbers[1].value：应为数字，写的是 x" in err


def test_a_draft_scores_what_it_was_made_of(tmp_path: Path, called: Called) -> None:
    folder = scenario(tmp_path / "cakes")
    (folder / "gold.jsonl").unlink()
    code, out, _ = called("label", folder / "chat.jsonl", "--shop", folder / "shop.yaml")
    assert code == 0
    assert out == f"写好了 3 行：{folder / 'gold.jsonl'}\n"
    assert called("eval", "chats", folder)[1].splitlines()[1].split()[1:3] == ["100.0", "100.0"]
