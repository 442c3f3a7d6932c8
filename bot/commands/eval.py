"""`tuanbot eval`: scores on labelled chats, questions and numbers."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from bot import config, number_cases, questions
from bot.app import faq_model_of
from bot.errors import ConfigError, Fault
from bot.evaluation import HEADS, LOWER_IS_BETTER, evaluate
from bot.model import Role
from bot.scores import Score
from nlp.faq import entries as faq_entries
from nlp.quantities import numbers as read_numbers

PATHS = click.Path(path_type=Path)
SHOW = click.option("--show", type=click.IntRange(min=0), default=0, metavar="N", help="最多列出多少条读错的")


@click.group()
def command() -> None:
    """用自己标注的数据打分。"""


@command.command()
@click.argument("folders", nargs=-1, required=True, type=PATHS)
@SHOW
def chats(folders: tuple[Path, ...], show: int) -> None:
    """重放标注好的群聊(shop.yaml、chat.jsonl、gold.jsonl)，列出各项得分。"""
    scenarios = sorted({gold.parent for folder in folders for gold in folder.rglob("gold.jsonl")})
    if not scenarios:
        raise ConfigError(
            *(Fault(file=str(folder), allowed="含有 gold.jsonl 的文件夹") for folder in folders)
        )
    progress = track(scenarios, "重放中…", console=Console(stderr=True), transient=True)
    heads = {figure: head + "↓" * (figure in LOWER_IS_BETTER) for figure, head in HEADS.items()}
    _print("群聊", heads, [(scenario.name, asyncio.run(evaluate(scenario))) for scenario in progress], show)


@command.command()
@click.option("--faq", "faq_path", type=PATHS, help="FAQ 文件或文件夹，默认用配置里的")
@click.argument("files", metavar="QUERIES...", nargs=-1, required=True, type=PATHS)
@SHOW
def faq(faq_path: Path | None, files: tuple[Path, ...], show: int) -> None:
    """拿标注好的问题({"q": "...", "faq": "id 或 null"}，一行一条)试 FAQ，列出四项得分。"""
    settings = config.load()
    entries = faq_entries.load(settings.faq if faq_path is None else (faq_path,)).entries
    known = {entry.id for entry in entries}
    asked = {path: questions.read(path, known) for path in files}
    index, now = faq_model_of(settings).index_of(entries), datetime.now(UTC)
    scored = []
    for path, labelled in asked.items():
        progress = track(labelled, "试问中…", console=Console(stderr=True), transient=True)
        matches = [index.find(one.q, room="", role=Role.MEMBER, now=now) for one in progress]
        scored.append((path.name, questions.score(labelled, matches)))
    _print("问题", questions.HEADS, scored, show, counts=True)


@command.command()
@click.argument("files", metavar="CASES...", nargs=-1, required=True, type=PATHS)
@SHOW
def numbers(files: tuple[Path, ...], show: int) -> None:
    """看句子里的数读得对不对([{"text": "...", "numbers": [{"text", "value"}]}])。"""
    scored = [(path.name, number_cases.score(number_cases.read(path), read_numbers)) for path in files]
    _print("句子", {number_cases.EXACT: "全对"}, scored, show, counts=True)


def _print(
    what: str,
    heads: Mapping[str, str],
    scored: Iterable[tuple[str, Score]],
    show: int,
    *,
    counts: bool = False,
) -> None:
    """One row each, in per cent, and one of all together; without lines, so that it fits 80 columns."""
    table = Table(box=None, pad_edge=False, padding=(0, 0, 0, 1))
    table.add_column(what, overflow="fold")
    for head in heads.values():
        table.add_column(head, justify="right", no_wrap=True)
    total = Score()
    rows = list(scored)
    for name, score in rows:
        table.add_row(escape(name), *(_share(score, figure, counts=counts) for figure in heads))
        total.add(score)
    if len(rows) > 1:
        table.add_row("合计", *(_share(total, figure, counts=counts) for figure in heads), style="bold")
    console = Console(highlight=False)
    console.print(table)
    for miss in total.misses[:show]:
        console.print(f"- {miss}", markup=False, soft_wrap=True)


def _share(score: Score, figure: str, *, counts: bool) -> str:
    share = score.share(figure)
    if share is None:
        return "-"
    return f"{share:.1f}" + (f" ({score.right[figure]}/{score.of[figure]})" if counts else "")
