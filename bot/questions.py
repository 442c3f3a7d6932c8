"""Labelled questions to an FAQ: which entry answers them, against which one should."""

from collections.abc import Collection, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot import jsonlines
from bot.errors import ConfigError, Fault
from bot.scores import Score
from bot.understanding import FaqMatch

HEADS = {
    "right answer given": "答对",
    "wrong answer given": "答错↓",
    "best candidate right": "首选对",
    "out of scope rejected": "该不答的没答",
}


class Question(BaseModel):
    """A question and the id of the entry that should answer it, None for none."""

    model_config = ConfigDict(extra="ignore")

    q: str
    faq: str | None


def read(path: Path, known: Collection[str]) -> tuple[Question, ...]:
    """The questions of a JSON-lines file. Raises ConfigError with every bad line and every unknown entry."""
    faults: list[Fault] = []
    asked = jsonlines.read(path, Question)
    for (number, _), question in zip(jsonlines.written(path), asked, strict=True):
        if question.faq is not None and question.faq not in known:
            faults.append(
                Fault(
                    file=str(path),
                    line=number,
                    column=1,
                    key="faq",
                    found=question.faq,
                    allowed="FAQ 里有的 id，或 null",
                )
            )
    if faults:
        raise ConfigError(*faults)
    return asked


def score(asked: Sequence[Question], answered: Sequence[FaqMatch]) -> Score:
    """Count what was answered to each question."""
    counted = Score()
    for question, match in zip(asked, answered, strict=True):
        given, right = match.entry or None, (match.entry or None) == question.faq
        if question.faq is None:
            counted.count("out of scope rejected", right=right)
        else:
            counted.count("right answer given", right=right)
            counted.count("wrong answer given", right=given is not None and not right)
            counted.count("best candidate right", right=_best(match) == question.faq)
        if not right:
            counted.misses.append(f"{question.q!r}: {given or '不回答'}，应为 {question.faq or '不回答'}")
    return counted


def _best(match: FaqMatch) -> str:
    return match.candidates[0][0] if match.candidates else match.entry
