"""`tuanbot explain`: how one sentence is read."""

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import shopfile
from bot.app import understander_of
from bot.config import Settings
from bot.model import Role
from bot.understanding import Situation, Understanding
from nlp.grammar.tokens import tokenise
from nlp.lexicon import Lexicon
from shop.catalogue import Catalogue
from shop.changes import Change, ChangeKind

SIGNS = {
    ChangeKind.ADD: "加",
    ChangeKind.SET: "改为",
    ChangeKind.SUBTRACT: "减",
    ChangeKind.DROP: "不要",
    ChangeKind.DROP_ALL: "全部不要",
    ChangeKind.SWAP: "换成",
}


@click.command()
@click.option("--shop", "shop_path", type=click.Path(path_type=Path), required=True, help="商品文件")
@click.option("--leader", is_flag=True, help="当作团长说的")
@click.argument("text")
def command(text: str, shop_path: Path, *, leader: bool) -> None:
    """看一句话怎样被切开、按哪条规则读成什么。"""
    shop = shopfile.read(shop_path)
    understander = understander_of(Settings.model_construct(faq=()), shops=(shop,))
    situation = Situation(
        now=datetime.now(UTC), catalogue=shop.catalogue, role=Role.LEADER if leader else Role.MEMBER
    )
    show(understander.understand(text, situation), shop.catalogue, Console(highlight=False))


def show(understanding: Understanding, catalogue: Catalogue, console: Console) -> None:
    """Print text, tokens, steps, intent scores and decision."""
    console.print(f"原文   {understanding.text}", markup=False)
    console.print(f"归一   {understanding.normalised}", markup=False)
    console.print(f"切分   {_tokens(understanding.normalised, catalogue)}", markup=False)
    console.print(_steps(understanding))
    scores = "  ".join(f"{intent} {score:.2f}" for intent, score in understanding.scores[:4])
    console.print(f"意图   {understanding.intent} ({understanding.confidence:.2f})  {scores}")
    if understanding.directive is not None:
        console.print(f"命令   {understanding.directive.command}")
    for change in understanding.changes:
        console.print(f"改动   {_change(change, catalogue)}")
    for unclear in understanding.unclear:
        choices = " / ".join(choice.label for choice in unclear.choices)
        console.print(f"要问   “{unclear.text}”({unclear.reason}) {choices}", markup=False)
    if understanding.faq is not None:
        console.print(f"FAQ    {understanding.faq.entry or '没有'} ({understanding.faq.score:.2f})")


def _tokens(text: str, catalogue: Catalogue) -> str:
    """What the grammar sees, each with its kind."""
    cut = tokenise(text, Lexicon.of(catalogue)).tokens
    return "  ".join(f"{token.text}:{token.kind}" for token in cut if token.text.strip())


def _steps(understanding: Understanding) -> Table:
    table = Table("文字", "规则", "读作", box=None, pad_edge=False)
    for step in understanding.steps:
        table.add_row(*map(escape, (understanding.text[slice(*step.span)], step.rule, step.note)))
    return table


def _change(change: Change, catalogue: Catalogue) -> str:
    sku = catalogue.get(change.sku)
    parts = [SIGNS[change.kind] if change.kind is not ChangeKind.SWAP else "", sku.label if sku else ""]
    if change.to is not None:
        parts += [SIGNS[change.kind], catalogue[change.to].label]
    if change.quantity is not None:
        parts.append(f"×{change.quantity}")
    return " ".join(part for part in parts if part)
