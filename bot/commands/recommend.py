"""`tuanbot recommend rank`: rank goods for members from recorded baskets."""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.progress import track

from bot import documents, jsonlines
from shop.recommend import Basket, learn


class BasketLine(BaseModel):
    """One purchase: `time` is any number that grows."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    member: str
    time: float
    items: tuple[str, ...]


@click.group()
def command() -> None:
    """用购买记录算推荐。"""


@command.command()
@click.option("--history", type=click.Path(path_type=Path), required=True, help="购买记录，一行一个 JSON")
@click.option("--members", type=click.Path(path_type=Path), required=True, help="成员，一行一个")
@click.option("--top", type=click.IntRange(1, 1000), default=20, show_default=True, help="每人几样")
@click.option("--json", "json_path", type=click.Path(path_type=Path), required=True, help="结果文件")
def rank(history: Path, members: Path, top: int, json_path: Path) -> None:
    """给每位成员排出最可能再买的商品。"""
    model = learn(_baskets(history))
    names = [name for name in documents.text_of(members).splitlines() if name.strip()]
    progress = track(names, "排序中…", console=Console(stderr=True), transient=True)
    rows = ({"member": name, "items": list(model.rank(name, top))} for name in progress)
    json_path.write_text("".join(_line(row) for row in rows), encoding="utf-8")


def _baskets(path: Path) -> list[Basket]:
    return [
        Basket(member=line.member, time=line.time, items=line.items)
        for line in jsonlines.read(path, BasketLine)
    ]


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
