"""`tuanbot run`: the live bot with its web page and channels."""

import asyncio
import signal
from pathlib import Path

import click

from bot import config, logs
from bot.app import live


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件,默认 config.yaml")
def command(config_path: Path | None) -> None:
    """启动小团,在本机打开网页模拟器。按 Ctrl+C 结束。"""
    settings = config.load(config_path)
    logs.set_up(settings.logging)
    asyncio.run(_run(settings))


async def _run(settings: config.Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with live(settings) as bot:
        click.echo(f"小团已就绪:{bot.address}  (Ctrl+C 结束)")
        await stop.wait()
