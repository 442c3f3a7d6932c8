"""Labelled numbers: sentences with the numbers in them, as Microsoft's Recognizers-Text lists them."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel, field_validator

from bot import documents
from bot.documents import Document
from bot.errors import ConfigError, Fault
from bot.scores import Score

EXACT = "numbers exact"
_CLOSE = 1e-6
"""Values that differ by less, relatively, are the same."""
Reader = Callable[[str], Iterable[tuple[int, int, float]]]


class Written(BaseModel):
    """A number as it stands in the text, and its value."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    text: str
    value: str

    @field_validator("value")
    @classmethod
    def _a_number(cls, value: str) -> str:
        try:
            float(value)
        except ValueError:
            raise ValueError("数字") from None
        return value

    def is_same(self, text: str, value: float) -> bool:
        """Whether that was read here."""
        wanted = float(self.value)
        return text == self.text and abs(value - wanted) <= _CLOSE * max(1.0, abs(wanted))


class Case(BaseModel):
    """A text and all numbers in it, in order."""

    model_config = ConfigDict(extra="ignore")

    text: str
    numbers: tuple[Written, ...]


class Cases(RootModel[tuple[Case, ...]]):
    """A file of cases."""


def read(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON file. Raises ConfigError with every fault."""
    try:
        data = json.loads(written := documents.text_of(path))
    except json.JSONDecodeError as error:
        found = written[error.pos :].partition("\n")[0][:30]
        fault = Fault(file=str(path), line=error.lineno, column=error.colno, found=found, allowed="JSON 文本")
        raise ConfigError(fault) from None
    return documents.validated(Document(file=str(path), data=data), Cases).root


def score(cases: Sequence[Case], numbers: Reader) -> Score:
    """A case is right when all its numbers are read, no other, each with its characters and its value."""
    counted = Score()
    for case in cases:
        read_ones = [(case.text[start:end], value) for start, end, value in numbers(case.text)]
        right = len(read_ones) == len(case.numbers) and all(
            wanted.is_same(*got) for wanted, got in zip(case.numbers, read_ones, strict=True)
        )
        if not counted.count(EXACT, right=right):
            counted.misses.append(f"{case.text!r}: {_listed(read_ones)}，应为 {_wanted(case)}")
    return counted


def _listed(read_ones: Iterable[tuple[str, float]]) -> str:
    return "、".join(f"{text}={value:.12g}" for text, value in read_ones) or "没有数"


def _wanted(case: Case) -> str:
    return "、".join(f"{number.text}={number.value}" for number in case.numbers) or "没有数"
