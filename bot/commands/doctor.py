"""`tuanbot doctor`: is everything there that the bot needs, and if not, what is to be done."""

import asyncio
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from bot import config, logs
from bot.doctor import Finding, Level, examine


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件，默认 config.yaml")
def command(config_path: Path | None) -> None:
    """检查配置、文件、渠道、磁盘、模型、时钟、数据库和 Redis，并说明该怎么办。有问题时退出码是 1。"""
    settings = config.load(config_path)
    logs.set_up(config.Logging(level="error"))
    findings = asyncio.run(_all(settings))
    Console().print(_table(findings))
    if any(finding.level is Level.BAD for finding in findings):
        sys.exit(1)


async def _all(settings: config.Settings) -> list[Finding]:
    found = Finding(thing="配置", level=Level.GOOD, seen="读得懂")
    return [found, *[finding async for finding in examine(settings)]]


def _table(findings: list[Finding]) -> Table:
    table = Table("项目", "状态", *(Column(name, overflow="fold") for name in ("看到的", "怎么办")))
    for finding in findings:
        # what was seen may hold brackets of its own
        seen, advice = (text.replace("[", r"\[") for text in (finding.seen, finding.advice))
        table.add_row(finding.thing, finding.level.value, seen, advice)
    return table
