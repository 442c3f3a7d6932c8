"""The written utterances: lines with slots {item} and choices (a|b), each sure of its label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from random import Random

import yaml

from nlp.asking import asks

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_BLOCK = 4
"""Lines that follow each other are often one thought put in several ways: they are held out together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One written line. Lines of one `group` share a thought; `voice` is the middle of the file's name."""

    label: str
    text: str
    group: str
    voice: str = ""

    def wordings(self) -> int:
        """How many texts the choices make."""
        return 1 if (match := _CHOICE.search(self.text)) is None else match[1].count("|") + 1

    def worded(self, random: Random) -> str:
        """The text with one of its choices taken."""
        return _CHOICE.sub(lambda match: random.choice(match[1].split("|")), self.text)


@cache
def templates() -> tuple[Template, ...]:
    """All lines of nlp/data/intents and those questions of nlp/data/faq whose topic has one intent."""
    return (*_utterances(), *_questions())


def _utterances() -> Iterator[Template]:
    folder = files("nlp").joinpath("data", "intents")
    for file in sorted(
        (one for one in folder.iterdir() if one.name.endswith(".txt")), key=lambda one: one.name
    ):
        name = file.name[:-4].split(".")
        label = ".".join(name[:2]) if name[0] == "admin" else name[0]
        written = file.read_text(encoding="utf-8").splitlines()
        lines = [line.strip() for line in written if line.strip() and not line.startswith("#")]
        for index, line in enumerate(lines):
            group = f"{file.name}:{index // _BLOCK}"
            yield Template(label=label, text=line, group=group, voice=".".join(name[1:-1]))


def _questions() -> Iterator[Template]:
    data = files("nlp").joinpath("data")
    topics = yaml.safe_load(data.joinpath("intents", "topics.yaml").read_text(encoding="utf-8"))
    labels = {topic: label for label, names in topics.items() for topic in names}
    folder = data.joinpath("faq")
    for file in sorted(
        (one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name
    ):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            label = labels.get(entry["topic"], "")
            for index, line in enumerate(map(str, entry["say"])):
                if label and _sure(line, label):
                    group = f"{entry['topic']}:{index // _BLOCK}"
                    yield Template(label=label, text=line, group=group, voice="faq")


def _sure(line: str, label: str) -> bool:
    """Put as its intent would be: a report of damage does not ask, a question does."""
    return asks(line) == (label != "aftersale")


def named(folder: Traversable, ending: str) -> list[Traversable]:
    """The files of a folder whose names end so, in order."""
    return sorted((one for one in folder.iterdir() if one.name.endswith(ending)), key=lambda one: one.name)
