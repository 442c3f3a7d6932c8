"""Labelled lines: what a model is trained and measured on, {"text", "intent"} one a line in files."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import documents
from bot.errors import ConfigError, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A text as the model reads it and its label; lines of one `source` are wordings of one thought."""

    text: str
    intent: str
    source: str = ""


def read(path: Path, *, labelled: bool = True) -> tuple[Line, ...]:
    """The lines of a file; without `labelled` the intent may be missing. Raises ConfigError with all."""
    lines, faults = list[Line](), list[Fault]()
    for number, written in enumerate(documents.text_of(path).splitlines(), 1):
        if not written.strip():
            continue
        line = _line(written, labelled=labelled)
        if isinstance(line, Line):
            lines.append(line)
        else:
            faults.append(Fault(file=str(path), line=number, column=1, found=line, allowed=_ALLOWED))
    if not lines and not faults:
        faults.append(Fault(file=str(path), found="没有内容", allowed=_ALLOWED))
    if faults:
        raise ConfigError(*faults)
    return tuple(lines)


def write(path: Path, lines: Iterable[Line]) -> None:
    """One JSON object a line."""
    rows = ({"text": line.text, "intent": line.intent, "source": line.source} for line in lines)
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
        encoding="utf-8",
    )


def labels(lines: Sequence[Line]) -> tuple[str, ...]:
    """The different labels in the order of the alphabet."""
    return tuple(sorted({line.intent for line in lines}))


_ALLOWED = '{"text": "要分类的话", "intent": "标签"}'


def _line(written: str, *, labelled: bool) -> Line | str:
    """The line, or what was found instead of one."""
    try:
        row = json.loads(written)
    except json.JSONDecodeError:
        return written[:80]
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return written[:80]
    if labelled and not (isinstance(row.get("intent"), str) and row["intent"]):
        return written[:80]
    return Line(text=row["text"], intent=str(row.get("intent", "")), source=str(row.get("source", "")))
