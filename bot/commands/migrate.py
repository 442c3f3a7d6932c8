"""`tuanbot migrate`: make or upgrade the database."""

import asyncio
from pathlib import Path

import click

from bot import config
from bot.app import database_of


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="配置文件,默认 config.yaml")
@click.option("--check", is_flag=True, help="只检查表结构和迁移脚本是否一致")
def command(config_path: Path | None, *, check: bool) -> None:
    """把数据库建立或升级到最新版本。"""
    settings = config.load(config_path)
    asyncio.run(_migrate(settings, check=check))


async def _migrate(settings: config.Settings, *, check: bool) -> None:
    database = database_of(settings)
    try:
        if check:
            await database.check_migrations()
            click.echo("表结构与迁移脚本一致。")
        else:
            version = await database.migrate()
            click.echo(f"数据库已是最新版本:{version}")
    finally:
        await database.dispose()
