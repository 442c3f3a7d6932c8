"""`tuanbot restore`: an empty store is filled from a backup."""

import asyncio
from pathlib import Path

import click
from rich.console import Console

from bot import config
from bot.app import database_of
from storage.backup import Manifest, restore, restore_key


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件，默认 config.yaml")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def command(path: Path, config_path: Path | None) -> None:
    """从备份恢复到一个空的数据库，并逐团核对订单；核对不上就全部撤回。"""
    manifest = asyncio.run(_restore(config.load(config_path), path))
    click.echo(
        f"已恢复 {manifest.made_at:%Y-%m-%d %H:%M} (UTC) 的备份：{len(manifest.books)} 个团，订单核对无误。"
    )


async def _restore(settings: config.Settings, path: Path) -> Manifest:
    restore_key(path, settings.data)
    database = database_of(settings)
    try:
        with Console(stderr=True).status("恢复中…") as status:
            return await restore(database, path, lambda name: status.update(f"恢复 {name}…"))
    finally:
        await database.dispose()
