"""`tuanbot faq`: check, try and tend the FAQ files."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot import config
from bot.errors import ConfigError, Fault
from bot.model import Role
from bot.understanding import FaqMatch
from nlp.faq import entries as faq_entries
from nlp.faq.index import FaqIndex
from nlp.faq.shipped import index_of

PATHS = click.Path(path_type=Path)
FAQ_OPTION = click.option("--faq", "faq_path", type=PATHS, help="FAQ 文件或文件夹,默认用配置里的")


@click.group()
def command() -> None:
    """检查、试问和维护 FAQ 文件。"""


@command.command()
@FAQ_OPTION
@click.option("--queries", type=PATHS, help='问题文件,一行一条 {"q": "..."}')
@click.option("--json", "json_path", type=PATHS, help="结果写到这个文件,一行一条")
@click.argument("questions", nargs=-1)
def ask(
    faq_path: Path | None, queries: Path | None, json_path: Path | None, questions: tuple[str, ...]
) -> None:
    """试问:每个问题由哪一条回答。"""
    index = index_of(read(faq_path).entries)
    asked = [*questions, *(_queries(queries) if queries else ())]
    rows = [(question, found(index, question)) for question in asked]
    if json_path is not None:
        lines = (json.dumps(_row(question, match), ensure_ascii=False) + "\n" for question, match in rows)
        json_path.write_text("".join(lines), encoding="utf-8")
        return
    table = Table("问题", "回答", "规则", "分数", "候选")
    for question, match in rows:
        others = " ".join(f"{entry}:{score:.2f}" for entry, score in match.candidates[:3])
        table.add_row(question, match.entry or "(不回答)", match.rule, f"{match.score:.2f}", others)
    Console().print(table)


def read(faq_path: Path | None) -> faq_entries.EntrySet:
    """The entries of the path, or of the configured paths."""
    paths = (faq_path,) if faq_path is not None else config.load().faq
    return faq_entries.load(paths)


def found(index: FaqIndex, question: str) -> FaqMatch:
    """What a member is answered now."""
    return index.find(question, room="", role=Role.MEMBER, now=datetime.now(UTC))


def _row(question: str, match: FaqMatch) -> dict[str, object]:
    return {
        "q": question,
        "faq": match.entry or None,
        "score": round(match.score, 4),
        "candidates": [entry for entry, _ in match.candidates],
    }


def _queries(path: Path) -> list[str]:
    asked: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            asked.append(str(json.loads(line)["q"]))
        except (ValueError, KeyError, TypeError):
            fault = Fault(file=str(path), line=number, column=1, found=line[:60], allowed='{"q": "问题"}')
            raise ConfigError(fault) from None
    return asked
