"""`tuanbot migrate`: make or upgrade the database."""

import asyncio
from pathlib import Path

import click

from bot import config
from bot.app import database_of
from storage.database import Database


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件，默认 config.yaml")
@click.option("--check", is_flag=True, help="只检查表结构和迁移脚本是否一致")
def command(config_path: Path | None, *, check: bool) -> None:
    """把数据库建立或升级到最新版本。"""
    if check:
        asyncio.run(_check())
        click.echo("表结构与迁移脚本一致。")
    else:
        asyncio.run(_migrate(config.load(config_path)))
        click.echo("数据库已是最新版本。")


async def _migrate(settings: config.Settings) -> None:
    database = database_of(settings)
    try:
        await database.migrate()
    finally:
        await database.dispose()


async def _check() -> None:
    """Migrate a throw-away store and compare it with the tables."""
    database = Database("memory")
    try:
        await database.migrate()
        await database.check_schema()
    finally:
        await database.dispose()
