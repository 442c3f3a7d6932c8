"""`tuanbot chat`: the conversation in the terminal, on a store that is thrown away."""

import asyncio
from pathlib import Path
from typing import Any

import click
from pydantic import SecretStr

from bot import config, logs
from bot.app import live
from bot.channels.console import Console, create

THROWN_AWAY: dict[str, Any] = {"database": SecretStr("memory"), "redis": SecretStr("memory")}


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件，默认 config.yaml")
@click.option("--verbose", is_flag=True, help="把日志也打出来")
def command(config_path: Path | None, *, verbose: bool) -> None:
    """在终端里和小团聊一聊；也可以把一段对话用管道送进来。聊完就忘，不碰正在跑的小团。"""
    settings = config.load(config_path)
    logs.set_up(settings.logging if verbose else config.Logging(level="error"))
    asyncio.run(_chat(_on_the_spot(settings)))


def _on_the_spot(settings: config.Settings) -> config.Settings:
    """Nothing is kept, nothing is merged: one line, one answer."""
    outbox = settings.outbox.model_copy(update={"merge_seconds": 0})
    return settings.model_copy(update={**THROWN_AWAY, "outbox": outbox})


async def _chat(settings: config.Settings) -> None:
    console: Console = create(settings)
    async with live(settings, [console], console.rooms) as bot:
        click.secho("打字就能聊，/help 看还能做什么，/quit 结束。", fg="cyan", err=True)
        console.begin(bot.settle)
        ending = asyncio.create_task(console.ended.wait())
        await asyncio.wait((ending, bot.running), return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if bot.running.done():
            await bot.running
