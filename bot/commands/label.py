"""`tuanbot label`: a draft of a gold file for a recorded chat."""

import asyncio
from pathlib import Path

import click

from bot.evaluation import draft
from bot.replay import Replayed, read_chat, replay


@click.command()
@click.option("--shop", "shop_path", type=click.Path(path_type=Path), required=True, help="商品文件")
@click.option("--out", type=click.Path(path_type=Path), help="默认写到旁边的 gold.jsonl，已有则不覆盖")
@click.argument("chat_path", type=click.Path(path_type=Path))
def command(shop_path: Path, chat_path: Path, out: Path | None) -> None:
    """按小团现在的读法写一份标注草稿，再由人逐行改对。"""
    target = out or chat_path.with_name("gold.jsonl")
    if out is None and target.exists():
        raise click.UsageError(f"{target} 已经有了；要写到别处请用 --out")
    lines = asyncio.run(_drafts(shop_path, chat_path))
    target.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    click.echo(f"写好了 {len(lines)} 行：{target}")


async def _drafts(shop_path: Path, chat_path: Path) -> list[str]:
    results: list[Replayed] = [result async for result in replay(shop_path, read_chat(chat_path))]
    return [draft(result) for result in results]
