"""`tuanbot replay`: a recorded chat through the whole bot, on a throw-away store."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from bot.replay import ChatLine, Replayed, read_chat, replay


@click.command()
@click.option("--shop", "shop_path", type=click.Path(path_type=Path), required=True, help="商品和 FAQ 文件")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="结果写到这个文件，一行一条")
@click.argument("chat_path", type=click.Path(path_type=Path))
def command(shop_path: Path, chat_path: Path, json_path: Path | None) -> None:
    """把一段群聊记录(jsonl，一行一条消息)完整跑一遍，看小团记了什么、回了什么。"""
    chat = read_chat(chat_path)
    results = asyncio.run(_all(replay(shop_path, chat), chat, quiet=json_path is not None))
    if json_path is None:
        _show(chat, results)
    else:
        json_path.write_text(
            "".join(json.dumps(_row(result), ensure_ascii=False) + "\n" for result in results),
            encoding="utf-8",
        )


async def _all(
    results: AsyncIterator[Replayed], chat: tuple[ChatLine, ...], *, quiet: bool
) -> list[Replayed]:
    bar = iter(track(chat, "重放中…", console=Console(stderr=True, quiet=quiet), transient=True))
    found = []
    async for result in results:
        next(bar, None)
        found.append(result)
    return found


def _row(result: Replayed) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": result.id,
        "intent": result.intent,
        "effects": [{"member": member, "sku": sku, "delta": delta} for member, sku, delta in result.effects],
        "replies": list(result.replies),
        "ms": result.milliseconds,
    }
    if result.command:
        row["command"] = result.command
    if result.faq:
        row["faq"] = result.faq
    return row


def _show(chat: tuple[ChatLine, ...], results: list[Replayed]) -> None:
    console = Console(highlight=False)
    for line, result in zip(chat, results, strict=True):
        console.print(f"[bold]{escape(line.name)}[/]: {escape(line.text)}")
        for member, sku, delta in result.effects:
            console.print(f"    [cyan]账本[/] {escape(member)} {escape(sku)} {delta:+d}")
        for reply in result.replies:
            console.print("    [green]小团[/] " + escape(reply).replace("\n", "\n         "))
