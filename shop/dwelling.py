"""Where a member lives, read from a group nickname such as 3-502李, 5-2-301, A栋老张 or 15幢陈老师."""

import re
from dataclasses import dataclass
from typing import Self

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_HOUSE = re.compile(
    r"([A-Za-z]\d{0,2}|\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:号楼|[栋幢座]|楼(?!上|下|长))"
)
_UNIT = re.compile(r"\s*([A-Za-z]|\d{1,2}|[一二两三四五六七八九十])\s*单元")
_ROOM = re.compile(r"[\s\-#]*(\d{3,4})(?!\d)\s*(?:室|房)?")
_DASHED = re.compile(
    r"(?<![\dA-Za-z.])(?<!\d[\-－—~/])([A-Za-z]\d{0,2}|\d{1,3})[#\-－—~/]"
    r"(?:(\d{3,4})|(\d{1,2}|[A-Za-z])(?:[\-－—~/](\d{2,4}))?)(?![\d\-.:])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelling:
    """`building` as people say it ("3栋", "A栋"); `unit` and `room` are "" when they are not told."""

    building: str
    unit: str = ""
    room: str = ""

    @classmethod
    def of(cls, nickname: str) -> Self | None:
        """Read a nickname; None when it tells no building."""
        return cls._named(nickname) or cls._dashed(nickname)

    @classmethod
    def _named(cls, nickname: str) -> Self | None:
        house = _HOUSE.search(nickname)
        if house is None:
            return None
        unit = _UNIT.match(nickname, house.end())
        room = _ROOM.match(nickname, unit.end() if unit else house.end())
        return cls(
            building=_building(house[1]), unit=_number(unit[1]) if unit else "", room=room[1] if room else ""
        )

    @classmethod
    def _dashed(cls, nickname: str) -> Self | None:
        match = _DASHED.search(nickname)
        if match is None:
            return None
        house, room, unit, unit_room = match.groups()
        return cls(building=_building(house), unit=unit or "", room=room or unit_room or "")

    @property
    def sort_key(self) -> tuple[tuple[int, str], ...]:
        """Numbers by value, then letters: 2栋 before 10栋 before A栋."""
        return tuple(_natural(part.removesuffix("栋")) for part in (self.building, self.unit, self.room))


def _natural(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isdecimal() else (10**6 if part else -1, part)


def _building(text: str) -> str:
    return f"{_number(text)}栋"


def _number(text: str) -> str:
    """3, 十二 and 二十 in figures without leading zeros; letters in upper case."""
    if text.isdecimal():
        return str(int(text))
    if text[0].isascii():
        return text.upper()
    tens, ten, ones = text.rpartition("十")
    value = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    return str(value)
