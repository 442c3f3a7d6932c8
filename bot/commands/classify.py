"""`tuanbot classify`: labels for lines, by a trained model."""

import json
from pathlib import Path

import click
from rich.progress import track

from nlp.classifier import classifier
from nlp.training import lines


@click.command()
@click.option("--model", required=True, help="tuanbot train 写出的文件夹，或 Hugging Face 的文件夹、名字")
@click.option("--data", type=click.Path(path_type=Path), required=True, help='一行一条 {"text"}')
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="结果写到这个文件，一行一条")
def command(model: str, data: Path, json_path: Path | None) -> None:
    """给每一行文字一个标签和把握。"""
    texts = [line.text for line in lines.read(data, labelled=False)]
    read = classifier(model)
    answers = (
        read.best([text])[0] for text in track(texts, "分类…", transient=True, disable=json_path is None)
    )
    rows = [
        {"text": text, "intent": intent, "score": round(score, 4)}
        for text, (intent, score) in zip(texts, answers, strict=True)
    ]
    written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if json_path is None:
        click.echo(written, nl=False)
    else:
        json_path.write_text(written, encoding="utf-8")
