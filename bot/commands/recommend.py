"""`tuanbot recommend rank`: rank goods for members from recorded baskets."""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import track

from bot.errors import ConfigError, Fault
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
    names = [name for name in _text(members).splitlines() if name.strip()]
    progress = track(names, "排序中…", console=Console(stderr=True), transient=True)
    rows = ({"member": name, "items": list(model.rank(name, top))} for name in progress)
    json_path.write_text("".join(_line(row) for row in rows), encoding="utf-8")


def _baskets(path: Path) -> list[Basket]:
    baskets: list[Basket] = []
    faults: list[Fault] = []
    for number, text in enumerate(_text(path).splitlines(), 1):
        try:
            line = BasketLine.model_validate_json(text)
        except ValidationError:
            allowed = '{"member": 文字, "time": 数字, "items": [文字]}'
            faults.append(Fault(file=str(path), line=number, column=1, found=text[:60], allowed=allowed))
        else:
            baskets.append(Basket(member=line.member, time=line.time, items=line.items))
    if faults:
        raise ConfigError(*faults)
    return baskets


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Fault(file=str(path), found=str(error), allowed="可读的 UTF-8 文件")) from None


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
