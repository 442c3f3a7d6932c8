"""`tuanbot faq` as operators call it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from bot.commands.faq import command

FILE = "- {id: hours, q: [几点开门, 开门时间], a: 九点。}\n- {id: pay, q: 怎么付款, a: 扫码。}\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_ask_writes_one_line_a_question_in_order(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(FILE, encoding="utf-8")
    queries = tmp_path / "q.jsonl"
    queries.write_text(
        '{"q": "怎么付款"}\n{"q": "今天天气真好啊哈哈"}\n{"q": "几点开门"}\n', encoding="utf-8"
    )
    result = run("ask", "--faq", tmp_path / "faq.yaml", "--queries", queries, "--json", tmp_path / "out")
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert [(row["q"], row["faq"]) for row in rows] == [
        ("怎么付款", "pay"),
        ("今天天气真好啊哈哈", None),
        ("几点开门", "hours"),
    ]
    assert rows[0]["candidates"][0] == "pay"


def test_check_ends_with_an_error_when_something_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(FILE, encoding="utf-8")
    bad.write_text(FILE + "- {id: x, q: 几点开门, a: 十点。}\n", encoding="utf-8")
    assert run("check", "--faq", good).exit_code == 0
    result = run("check", "--faq", bad)
    assert result.exit_code == 1
    assert "和 hours 的一样" in result.output


def test_why_names_the_rule(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(FILE, encoding="utf-8")
    assert "exact" in run("why", "--faq", tmp_path / "faq.yaml", "几点开门").output


def test_the_shipped_examples_are_good() -> None:
    result = run("check", "--faq", "examples/faq")
    assert result.exit_code == 0, result.output
    assert "100 条,错误 0" in result.output


def test_misses_become_a_draft(tmp_path: Path) -> None:
    lines = tmp_path / "misses.jsonl"
    lines.write_text('{"q": "有停车位吗"}\n有停车位吗\n', encoding="utf-8")
    assert "问过 2 次" in run("misses", "--lines", lines).output
