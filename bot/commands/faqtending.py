"""What keeps the FAQ good: unanswered questions, versions, weights learnt from an operator's own queries."""

import asyncio
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot import config, jsonlines, questions
from bot.app import database_of
from bot.config import Settings
from bot.errors import ConfigError, TuanbotError
from bot.faqversions import Versions
from nlp.faq import entries as faq_entries
from nlp.faq.misses import Miss, draft, grouped
from shop.privacy import masked

PATHS = click.Path(path_type=Path)
CONFIG = click.option("--config", "config_path", type=PATHS, help="配置文件，默认 config.yaml")
VERSIONS = "faq-versions"


@click.command()
@CONFIG
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="最近几天的")
@click.option("--lines", type=PATHS, help='不看小团的记录，看这个文件：一行一条 {"q": "..."} 或一行一句')
@click.option("--out", type=PATHS, help="写成草稿文件；不写就打印")
def misses(config_path: Path | None, days: int, lines: Path | None, out: Path | None) -> None:
    """把没答上来的问题归堆、计数，写成待填答案的条目。"""
    settings = config.load(config_path)
    if out is not None and out.exists():
        raise TuanbotError(f"{out} 已经有了，换个文件名，免得盖掉写好的。")
    asked = _from_lines(lines) if lines else asyncio.run(_from_store(settings, timedelta(days=days)))
    text = draft(grouped(asked), datetime.now(UTC).date(), _taken(settings))
    if not asked:
        click.echo("没有没答上来的问题。")
    elif out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"草稿写到了 {out}")


@click.command()
@CONFIG
def versions(config_path: Path | None) -> None:
    """列出用过的每一版。"""
    kept = _versions(config_path).all()
    if not kept:
        click.echo("还没有版本：小团跑起来读过 FAQ 才有。")
        return
    table = Table("版本", "时间", "改动", "谁")
    for version in kept:
        time = version.time.astimezone()
        table.add_row(str(version.id), f"{time:%Y-%m-%d %H:%M}", version.difference or "最初", version.author)
    Console().print(table)


@click.command()
@CONFIG
@click.argument("number", type=int, required=False)
def rollback(config_path: Path | None, number: int | None) -> None:
    """把文件恢复成某一版，默认上一版；正在跑的小团会立刻换上。"""
    version = _versions(config_path).restore(number)
    click.echo(f"已恢复到第 {version.id} 版（{version.time.astimezone():%Y-%m-%d %H:%M}），写回：")
    for file in version.files:
        click.echo(f"  {file}")


@click.command()
@click.option("--faq", "faq_path", type=PATHS, required=True, help="FAQ 文件或文件夹")
@click.option("--queries", type=PATHS, required=True, help='标注过的问题 {"q": "...", "faq": "id 或 null"}')
@click.option("--out", type=PATHS, required=True, help="学到的权重写到这个文件夹")
def tune(faq_path: Path, queries: Path, out: Path) -> None:
    """用自己标注的问题重新学排序和门槛。"""
    entries = faq_entries.load((faq_path,)).entries
    labelled = [(one.q, one.faq) for one in questions.read(queries, {entry.id for entry in entries})]
    try:
        from nlp.training.ranker_tuning import tuned  # noqa: PLC0415  # needs the extra `train`
    except ImportError:
        raise TuanbotError("学排序要先装 train 这一组：pip install 'tuanbot[train]'") from None
    click.echo(tuned(entries, labelled, out))
    click.echo(f"写到了 {out}。在 config.yaml 里写 faq_tuning: {{ranker: {out}}} 就用上。")


def _versions(config_path: Path | None) -> Versions:
    return Versions(config.load(config_path).data / VERSIONS)


async def _from_store(settings: Settings, time: timedelta) -> Sequence[Miss]:
    database = database_of(settings)
    try:
        await database.migrate()
        async with database.unit_of_work() as store:
            kept = await store.inquiries.unanswered(datetime.now(UTC) - time)
    finally:
        await database.dispose()
    return [Miss(text=one.text, entry=one.entry) for one in kept]


def _from_lines(path: Path) -> Sequence[Miss]:
    return [Miss(text=masked(_question(line))) for _, line in jsonlines.written(path)]


def _question(line: str) -> str:
    try:
        row = json.loads(line)
    except ValueError:
        return line
    return str(row["q"]) if isinstance(row, dict) and "q" in row else line


def _taken(settings: Settings) -> Collection[str]:
    """Ids that are in use, as far as the files can be read."""
    try:
        return {entry.id for entry in faq_entries.load([path for path in settings.faq if path.exists()])}
    except ConfigError:
        return ()
