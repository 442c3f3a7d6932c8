"""Files of one JSON object a line: every line is checked against a model, all faults are told at once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot import documents
from bot.documents import Document
from bot.errors import ConfigError, Fault

Line = TypeVar("Line", bound=BaseModel)


def read(path: Path, model: type[Line]) -> tuple[Line, ...]:
    """The lines of a file, empty ones passed over. Raises ConfigError with every bad line."""
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, text in written(path):
        try:
            lines.append(_line(path, number, text, model))
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(*faults)
    return tuple(lines)


def written(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that hold something, with their numbers from 1. Only a line feed ends one."""
    for number, text in enumerate(documents.text_of(path).split("\n"), 1):
        if text.strip():
            yield number, text


def _line(path: Path, number: int, text: str, model: type[Line]) -> Line:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        fault = Fault(file=str(path), line=number, column=1, found=text[:60], allowed="一行一个 JSON 对象")
        raise ConfigError(fault) from None
    return documents.validated(Document(file=str(path), data=data, places={(): (number, 1)}), model)
