"""What keeps the FAQ good: unanswered questions, versions, weights learnt from an operator's own queries."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot import config
from bot.faqversions import Versions
from nlp.faq import entries as faq_entries
from nlp.faq.misses import draft, grouped

PATHS = click.Path(path_type=Path)
CONFIG = click.option("--config", "config_path", type=PATHS, help="配置文件,默认 config.yaml")
VERSIONS = "faq-versions"


@click.command()
@click.option("--lines", type=PATHS, required=True, help='没答上来的问题,一行一条 {"q": "..."} 或一行一句')
@click.option("--out", type=PATHS, help="写成草稿文件;不写就打印")
def misses(lines: Path, out: Path | None) -> None:
    """把没答上来的问题归堆、计数,写成待填答案的条目。"""
    asked = [_question(line) for line in lines.read_text(encoding="utf-8").splitlines() if line.strip()]
    text = draft(grouped(asked), datetime.now(UTC).date())
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"草稿写到了 {out}")


@click.command()
@CONFIG
def versions(config_path: Path | None) -> None:
    """列出用过的每一版。"""
    table = Table("版本", "时间", "改动", "谁")
    for version in _versions(config_path).all():
        table.add_row(str(version.id), f"{version.time:%Y-%m-%d %H:%M}", version.difference, version.author)
    Console().print(table)


@click.command()
@CONFIG
@click.argument("number", type=int, required=False)
def rollback(config_path: Path | None, number: int | None) -> None:
    """把文件恢复成某一版,默认上一版;正在跑的小团会立刻换上。"""
    version = _versions(config_path).restore(number)
    click.echo(f"已恢复到版本 {version.id}({version.time:%Y-%m-%d %H:%M})")


@click.command()
@click.option("--faq", "faq_path", type=PATHS, required=True, help="FAQ 文件或文件夹")
@click.option("--queries", type=PATHS, required=True, help='标注过的问题 {"q": "...", "faq": "id 或 null"}')
@click.option("--out", type=PATHS, required=True, help="学到的权重写到这个文件夹")
def tune(faq_path: Path, queries: Path, out: Path) -> None:
    """用自己标注的问题重新学排序和门槛。"""
    from nlp.training.ranker_tuning import tuned  # noqa: PLC0415  # needs the extra `train`

    labelled = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    entries = faq_entries.load((faq_path,)).entries
    click.echo(tuned(entries, [(row["q"], row["faq"]) for row in labelled], out))


def _versions(config_path: Path | None) -> Versions:
    return Versions(config.load(config_path).data / VERSIONS)


def _question(line: str) -> str:
    try:
        row = json.loads(line)
    except ValueError:
        return line
    return str(row["q"]) if isinstance(row, dict) and "q" in row else line
