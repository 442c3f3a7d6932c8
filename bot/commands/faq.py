"""`tuanbot faq`: check, try and tend the FAQ files."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import config, jsonlines, shopfile
from bot.app import faq_model_of
from bot.commands import faqtending
from bot.model import Role
from bot.understanding import FaqMatch
from nlp.faq import entries as faq_entries
from nlp.faq.index import FaqIndex
from nlp.faq.lint import Level, lint
from nlp.faq.trials import failures
from nlp.faq.why import reasons

PATHS = click.Path(path_type=Path)
FAQ_OPTION = click.option("--faq", "faq_path", type=PATHS, help="FAQ 文件或文件夹，默认用配置里的")
JSON_OPTION = click.option("--json", "json_path", type=PATHS, help="结果写到这个文件，一行一条")
RULES = {
    "exact": "exact，和一个问法一样",
    "keywords": "keywords，关键词",
    "pattern": "pattern，正则",
    "meaning": "meaning，意思",
    "suggest": "suggest，只够猜：问到小团时列出来让人选",
    "miss": "miss，没有合适的",
}
MARKS = {Level.ERROR: "[red]错误[/]", Level.WARNING: "[yellow]提醒[/]"}


class Asked(BaseModel):
    """A line of a file of questions."""

    q: str


@click.group()
def command() -> None:
    """检查、试问和维护 FAQ 文件。"""


@command.command()
@FAQ_OPTION
@click.option("--queries", type=PATHS, help='问题文件，一行一条 {"q": "..."}')
@JSON_OPTION
@click.argument("questions", nargs=-1)
def ask(
    faq_path: Path | None, queries: Path | None, json_path: Path | None, questions: tuple[str, ...]
) -> None:
    """试问：每个问题由哪一条回答。"""
    asked = [*questions, *(line.q for line in (jsonlines.read(queries, Asked) if queries else ()))]
    if not asked:
        raise click.UsageError("写上要问的话，或用 --queries 给一个问题文件。")
    index = _index(read(faq_path))
    rows = [(question, found(index, question)) for question in asked]
    if json_path is not None:
        lines = (json.dumps(_row(question, match), ensure_ascii=False) + "\n" for question, match in rows)
        json_path.write_text("".join(lines), encoding="utf-8")
        return
    table = Table("问题", "回答", "规则", "分数", "候选")
    for question, match in rows:
        others = " ".join(f"{entry}:{score:.2f}" for entry, score in match.candidates[:3])
        table.add_row(escape(question), match.entry or "不回答", match.rule, f"{match.score:.2f}", others)
    Console().print(table)


@command.command()
@FAQ_OPTION
@click.argument("question")
def why(faq_path: Path | None, question: str) -> None:
    """为什么这样回答：哪一步、几分、谁第二、凭什么。"""
    entries = read(faq_path)
    index = _index(entries)
    match = found(index, question)
    console = Console(highlight=False)
    console.print(
        f"问题   {question}\n规则   {RULES.get(match.rule, match.rule)}\n回答   {match.entry or '不回答'}",
        markup=False,
    )
    for place, (name, score) in enumerate(match.candidates[:3]):
        console.print(f"{'其次' if place else '最像'}   {name}（{score:.2f}）")
    if match.entry:
        console.print(f"位置   {':'.join(map(str, entries.places[match.entry]))}", soft_wrap=True)
    for line in reasons(entries.entries, index.meaning, question, [name for name, _ in match.candidates[:3]]):
        console.print(f"       {line}", soft_wrap=True, markup=False)


@command.command()
@FAQ_OPTION
@click.option("--shop", "shops", type=PATHS, multiple=True, help="商品文件，用来核对截单、价格、自提点")
def check(faq_path: Path | None, shops: tuple[Path, ...]) -> None:
    """查重复、互相抢答、过期、危险的正则、广告词、电话，再跑一遍测试。"""
    entries, now = read(faq_path), datetime.now(UTC)
    index = _index(entries)
    findings = lint(entries, index, now, shopfile.read_all(shops))
    console = Console(highlight=False)
    for finding in findings:
        console.print(f"{MARKS[finding.level]} {escape(str(finding))}", soft_wrap=True)
    failed = _show_failures(entries, index, now)
    errors = sum(finding.level is Level.ERROR for finding in findings)
    warnings = len(findings) - errors
    click.echo(f"{len(entries)} 条，错误 {errors}，提醒 {warnings}，测试没过 {failed}")
    sys.exit(1 if errors or failed else 0)


@command.command()
@FAQ_OPTION
def test(faq_path: Path | None) -> None:
    """跑一遍写在文件里的测试。"""
    entries = read(faq_path)
    failed = _show_failures(entries, _index(entries), datetime.now(UTC))
    total = sum(len(entry.tests) for entry in entries)
    click.echo(f"测试 {total} 条，没过 {failed}")
    sys.exit(1 if failed else 0)


@command.command()
def schema() -> None:
    """打印 JSON schema，编辑器用它补全。"""
    click.echo(json.dumps(faq_entries.schema(), ensure_ascii=False, indent=1))


for tending in (faqtending.misses, faqtending.versions, faqtending.rollback, faqtending.tune):
    command.add_command(tending)


def read(faq_path: Path | None) -> faq_entries.EntrySet:
    """The entries of the path, or of the configured paths."""
    paths = (faq_path,) if faq_path is not None else config.load().faq
    return faq_entries.load(paths)


def _index(entries: faq_entries.EntrySet) -> FaqIndex:
    """As the bot makes it of these entries."""
    return faq_model_of(config.load()).index_of(entries.entries)


def found(index: FaqIndex, question: str) -> FaqMatch:
    """What a member is answered now."""
    return index.find(question, room="", role=Role.MEMBER, now=datetime.now(UTC))


def _show_failures(entries: faq_entries.EntrySet, index: FaqIndex, now: datetime) -> int:
    failed = list(failures(entries.entries, index, now))
    for failure in failed:
        click.echo(failure.placed(entries))
    return len(failed)


def _row(question: str, match: FaqMatch) -> dict[str, object]:
    return {
        "q": question,
        "faq": match.entry or None,
        "score": round(match.score, 4),
        "candidates": [entry for entry, _ in match.candidates],
    }
