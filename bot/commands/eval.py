"""`tuanbot eval`: scores on labelled chats."""

import asyncio
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.errors import ConfigError, Fault
from bot.evaluation import FIGURES, LOWER_IS_BETTER, Score, evaluate


@click.group()
def command() -> None:
    """用自己标注的数据打分。"""


@command.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--show", type=int, default=0, help="最多列出多少条读错的消息")
def chats(folders: tuple[Path, ...], show: int) -> None:
    """重放标注好的群聊(shop.yaml、chat.jsonl、gold.jsonl)，列出各项得分。"""
    scenarios = sorted({gold.parent for folder in folders for gold in folder.rglob("gold.jsonl")})
    if not scenarios:
        raise ConfigError(Fault(file=str(folders[0]), allowed="含有 gold.jsonl 的文件夹"))
    total, console = Score(), Console(highlight=False)
    table = Table("群聊", *(f"{figure} {'↓' if figure in LOWER_IS_BETTER else '↑'}" for figure in FIGURES))
    for scenario in track(scenarios, "重放中…", console=Console(stderr=True), transient=True):
        score = asyncio.run(evaluate(scenario))
        table.add_row(scenario.name, *_shares(score))
        total.add(score)
    table.add_section()
    table.add_row("合计", *_shares(total))
    console.print(table)
    for miss in total.misses[:show]:
        console.print(f"- {miss}", markup=False)


def _shares(score: Score) -> list[str]:
    return ["-" if (share := score.share(figure)) is None else f"{share:.1f}" for figure in FIGURES]
