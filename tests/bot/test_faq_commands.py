"""`tuanbot faq` as operators call it."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.faq import command
from bot.errors import ConfigError, TuanbotError
from bot.faqversions import Versions
from shop.inquiry import Inquiry
from storage.database import Database
from tests.storage.scenery import opened

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


@pytest.mark.parametrize("subcommand", ["ask", "why"])
def test_what_looks_like_markup_is_only_text(subcommand: str, tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(FILE, encoding="utf-8")
    assert "[red]几点[/x]" in run(subcommand, "--faq", tmp_path / "faq.yaml", "[red]几点[/x]").output


def test_the_shipped_examples_are_good() -> None:
    result = run("check", "--faq", "examples/faq")
    assert result.exit_code == 0, result.output
    assert "100 条，错误 0" in result.output


def test_lines_become_a_draft_that_overwrites_nothing(tmp_path: Path) -> None:
    lines, out = tmp_path / "misses.jsonl", tmp_path / "draft.yaml"
    lines.write_text('{"q": "@小团 有停车位吗"}\n有停车位吗\n', encoding="utf-8")
    assert "问过 2 次" in run("misses", "--lines", lines).output
    assert run("misses", "--lines", lines, "--out", out).exit_code == 0
    again = run("misses", "--lines", lines, "--out", out)
    assert isinstance(again.exception, TuanbotError)
    assert "问过 2 次" in out.read_text(encoding="utf-8")


def test_what_members_were_not_answered_becomes_a_draft_that_goes_live(tmp_path: Path) -> None:
    asyncio.run(ask_in_a_store(tmp_path))
    file = config_file(tmp_path)
    output = run("misses", "--config", file).output
    assert "问过 2 次，pay 答了但被说没用" in output
    assert "能赊账吗" in output
    assert "王姐" not in output
    (tmp_path / "draft.yaml").write_text(
        output.replace("待写", "不赊账哦。").replace("  enabled: false\n", ""), encoding="utf-8"
    )
    assert "exact" in run("why", "--faq", tmp_path / "draft.yaml", "能赊账吗").output


def config_file(folder: Path) -> Path:
    file = folder / "config.yaml"
    file.write_text("data: data\nfaq: [faq]\n", encoding="utf-8")
    (folder / "faq").mkdir(exist_ok=True)
    return file


async def ask_in_a_store(folder: Path) -> None:
    """One question that nothing answered and the same with an answer of no use."""
    database, now = Database("sqlite", folder=folder / "data"), datetime.now(UTC)
    await database.migrate()
    async with database.unit_of_work() as store:
        _, member = await opened(store)
        missed = Inquiry(member_id=member.id, rule="miss", text="能赊账吗", asked_at=now)
        answered = Inquiry(member_id=member.id, rule="meaning", entry="pay", asked_at=now)
        for inquiry in (missed, answered):
            await store.inquiries.add(member.room_id, inquiry)
        await store.inquiries.judge(member.room_id, member.id, "pay", useful=False, text="能赊账吗")
        await store.commit()
    await database.dispose()


def test_versions_and_rollback_say_what_they_did(tmp_path: Path) -> None:
    file = config_file(tmp_path)
    entries, kept = tmp_path / "faq" / "a.yaml", Versions(tmp_path / "data" / "faq-versions")
    for number, text in enumerate(("# 第一版\n", "# 第二版\n"), 1):
        time = datetime(2026, 3, number, tzinfo=UTC)
        kept.keep({str(entries): text}, time=time, difference="修改1（x）" if number > 1 else "")
    entries.write_text("# 第三版\n", encoding="utf-8")
    listed = run("versions", "--config", file).output
    assert "最初" in listed
    assert "修改1（x）" in listed
    assert "第 1 版" in run("rollback", "--config", file).output
    assert entries.read_text(encoding="utf-8") == "# 第一版\n"
    assert isinstance(run("rollback", "7", "--config", file).exception, TuanbotError)


@pytest.mark.parametrize("line", ["{", '{"q": "几点开门"}', '{"q": "几点开门", "faq": "gone"}'])
def test_a_wrong_label_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "faq.yaml").write_text(FILE, encoding="utf-8")
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"q": "几点开门", "faq": "hours"}\n' + line + "\n", encoding="utf-8")
    result = run("tune", "--faq", tmp_path / "faq.yaml", "--queries", queries, "--out", tmp_path / "tuned")
    assert isinstance(result.exception, ConfigError)
    assert [fault.line for fault in result.exception.faults] == [2]
