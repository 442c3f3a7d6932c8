"""`tuanbot run`: the live bot with its web page and channels."""

import asyncio
import gc
import signal
from pathlib import Path

import click

from bot import config, logs
from bot.serving import serving


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件，默认 config.yaml")
def command(config_path: Path | None) -> None:
    """启动小团，在本机打开网页模拟器。按 Ctrl+C 结束。"""
    gc.disable()  # until it is ready: nothing that is made before is garbage
    settings = config.load(config_path)
    logs.set_up(settings.logging)
    asyncio.run(_run(settings))


async def _run(settings: config.Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serving(settings) as (bot, address):
        gc.freeze()  # dictionaries and models stay: looking through them costs 60 ms each time
        gc.enable()
        click.echo(f"小团已就绪：{address}  (Ctrl+C 结束)")
        await _stopped(stop, bot.running)


async def _stopped(stop: asyncio.Event, running: asyncio.Task[None]) -> None:
    """Wait for a signal; raises what ended the bot when that comes first."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((stopping, running), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if running.done():
        await running
