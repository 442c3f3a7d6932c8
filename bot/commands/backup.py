"""`tuanbot backup`: everything that the store holds, in one file."""

import asyncio
from pathlib import Path

import click
from rich.console import Console

from bot import config
from bot.app import database_of
from storage.backup import Manifest, back_up


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件，默认 config.yaml")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def command(path: Path, config_path: Path | None) -> None:
    """把数据库备份到一个文件，小团可以照常运行。文件里有订单和密钥，请妥善保管。"""
    manifest = asyncio.run(_back_up(config.load(config_path), path))
    events = manifest.rows["order_events"]
    click.echo(
        f"已备份到 {path}：{len(manifest.books)} 个团，{events} 条订单记录，"
        f"共 {sum(manifest.rows.values())} 行。"
    )


async def _back_up(settings: config.Settings, path: Path) -> Manifest:
    database = database_of(settings)
    try:
        with Console(stderr=True).status("备份中…") as status:
            return await back_up(database, settings.data, path, lambda name: status.update(f"备份 {name}…"))
    finally:
        await database.dispose()
