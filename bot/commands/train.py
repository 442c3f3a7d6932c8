"""`tuanbot train`: an intent classifier from labelled lines."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bot.errors import TuanbotError

if TYPE_CHECKING:
    from nlp.training.measures import Figures

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--data", "data_path", type=_FILE, help='训练数据，一行一条 {"text","intent"}，标签任意')
@click.option("--dev", "dev_path", type=_FILE, help="开发数据，同样格式；不给就从训练数据里留一成")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="模型写到这个文件夹")
@click.option("--base", default="", help="从这个 Hugging Face 文件夹或名字开始；不给就从预训练的小模型开始")
@click.option(
    "--epochs", type=click.IntRange(1, 500), default=24, show_default=True, help="最多几轮，不再变好就停"
)
@click.option("--rate", type=float, default=1e-4, show_default=True, help="学习率")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子")
@click.option("--shipped", is_flag=True, help="用项目自己写的语料重新训练随包的意图模型")
def command(
    *,
    data_path: Path | None,
    dev_path: Path | None,
    out: Path | None,
    base: str,
    epochs: int,
    rate: float,
    seed: int,
    shipped: bool,
) -> None:
    """用标注好的话训练一个意图模型：ONNX、分词器、标签和说明都写进 --out。"""
    try:
        from nlp.training import fitting, trainer  # noqa: PLC0415 - an extra, and slow to import
        from nlp.training import shipped as own  # noqa: PLC0415 - as above
    except ImportError as error:
        raise TuanbotError(f"训练要先装 tuanbot[train]（缺 {error.name}）。") from error
    recipe = trainer.Recipe(base=base, plan=fitting.Plan(epochs=epochs, rate=rate, seed=seed))
    if shipped:
        trained = own.make(out)
    elif data_path is None or out is None:
        raise click.UsageError("要给 --data 和 --out（或 --shipped）。")
    else:
        trained = trainer.train(data_path, dev_path, out, recipe)
    _show(trained.figures)


def _show(figures: "Figures") -> None:
    console = Console(highlight=False)
    for one in figures.labels:
        console.print(f"{one.label:24} {one.lines:6} 条  准 {one.precision:6.1%}  全 {one.recall:6.1%}")
    console.print(f"开发集正确率 {figures.accuracy:.1%}，宏平均 F1 {figures.macro_f1:.1%}")
