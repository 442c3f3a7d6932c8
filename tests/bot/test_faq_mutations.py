"""Files broken in every way: each is refused with a clear word, and nothing that is live changes."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.faqdesk import REFUSED, FaqDesk
from bot.faqversions import Versions
from bot.model import Role
from nlp.faq.entries import Entry

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
GOOD = """entries:
  - id: hours
    q: [几点开门, 开门时间]
    a: 九点。
    priority: 3
  - id: pay
    q: [怎么付款]
    a: [扫码。, 扫群公告里的码。]
    keywords: {any: [付款]}
    tests: [{say: 怎么付款, expect: pay}]
"""
BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BROKEN: tuple[str | bytes, ...] = (
    BOMB,
    b"\x00\x01\xff",
    GOOD.encode("utf-16"),
    b"x" * 50_000_000,
    "[" * 3000,
    "{" * 3000,
    "- - - -",
    "? [a, b]\n: 3\n",
    f"{GOOD}---\n{GOOD}",
    "- !!python/object/apply:os.system [ls]\n",
    "- &a {id: x, q: 问, a: 答}\n- {<<: *a, id: y}\n",
    "- {id: x, q: 问, a: 答, valid_until: 2026-02-30}\n",
)
WRONG = {"q": "{}", "a": "[]", "id": "[1]", "priority": "很高", "keywords": "[1]", "tests": "是"}


def mutations(count: int) -> list[str | bytes]:
    """Good files with one thing wrong each."""
    chance = random.Random(5)
    made: list[str | bytes] = list(BROKEN)
    while len(made) < count:
        made.append(chance.choice((_tabbed, _cut, _retyped, _renamed, _doubled, _anchored))(chance))
    return made


def _line(chance: random.Random, *having: str) -> tuple[list[str], int]:
    lines = GOOD.splitlines()
    fitting = [number for number, line in enumerate(lines) if any(f"{key}:" in line for key in having)]
    return lines, chance.choice(fitting)


def _tabbed(chance: random.Random) -> str:
    lines, number = _line(chance, "q", "a")
    lines[number] = "\t" + lines[number]
    return "\n".join(lines)


def _cut(chance: random.Random) -> str:
    return GOOD[: GOOD.index("[怎么") + chance.randint(1, 4)]


def _retyped(chance: random.Random) -> str:
    key = chance.choice(list(WRONG))
    lines, number = _line(chance, key)
    start = lines[number].index(f"{key}:")
    lines[number] = f"{lines[number][:start]}{key}: {WRONG[key]}"
    return "\n".join(lines)


def _renamed(chance: random.Random) -> str:
    lines, number = _line(chance, "q", "a", "id")
    lines[number] = lines[number].replace(":", chance.choice("xyz") + ":", 1)
    return "\n".join(lines)


def _doubled(chance: random.Random) -> str:
    lines, number = _line(chance, "    q", "    a", "priority")
    return "\n".join([*lines[: number + 1], lines[number], *lines[number + 1 :]])


def _anchored(chance: random.Random) -> str:
    lines, number = _line(chance, "    q")
    name = chance.choice("abc")
    return "\n".join([*lines, f"  - {{id: {name}, q: &{name} [x{number}], a: *{name}}}"])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[FaqDesk, Path]:
    folder = tmp_path_factory.mktemp("faq")
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    versions = Versions(tmp_path_factory.mktemp("versions"))
    return FaqDesk([folder], clock=SetClock(NOW), versions=versions), folder / "a.yaml"


def live(desk: FaqDesk) -> tuple[tuple[Entry, ...], str]:
    return desk.entries.entries, desk.find("几点开门", room="", role=Role.MEMBER, now=NOW).answer


def test_three_hundred_broken_files_change_nothing(desk: tuple[FaqDesk, Path]) -> None:
    finder, file = desk
    before = live(finder)
    start = REFUSED.partition("{")[0]
    told = set()
    for broken in mutations(300):
        file.write_bytes(broken.encode() if isinstance(broken, str) else broken)
        said = finder.reload()
        assert said.startswith(start) or said in told or not said, broken[:200]
        assert all("：应为" in line for line in finder.trouble.splitlines()), finder.trouble
        assert live(finder) == before, broken[:200]
        told.add(said)
    assert len(told) > 20
