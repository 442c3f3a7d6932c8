"""Members as leaders call them: by nickname, without emoji, rooms and notes, or by a telling part."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.measures import measured
from nlp.normalise import normalise
from nlp.segment import common

_NOTE = re.compile(r"[(\[【（].*?[)\]】）]")
_SIGNS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_ROOM = re.compile(
    r"[0-9]+[A-Za-z]?(?:[-#][0-9A-Za-z]+)*(?:[栋幢号楼座层单元室门弄]+[0-9]*(?:[-#][0-9]+)*)*"
    "|[A-Za-z][栋幢座区][0-9]*|[一二三四五六七八九十]+[栋楼层号座幢单元]+"
)
_RUN = re.compile("[\u4e00-\u9fff]+|[a-z]{2,}")
_PART = (2, 3, 4)
_SHORTEST = 2
_TITLES = re.compile(
    "大家|各位|团长|所有人|老板|客人|邻居|[妈爸姐妹哥弟叔爷奶婶][妈爸姐妹哥弟叔爷奶婶]|阿姨|老[公婆师]|妈咪|麻麻|师傅|同学|小区"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The members of a room by every way to write them; ways that fit several people are left out."""

    names: dict[str, str]
    longest: int

    @staticmethod
    def of(member_names: tuple[str, ...]) -> "People":
        """The people of these nicknames, made once."""
        return _people(member_names)

    def mentions(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Spans in a normalised text that name somebody, with the nickname; the longest at each place."""
        folded = text.lower()
        position = 0
        while position < len(folded):
            length = self._length(folded, position)
            if length:
                yield position, position + length, self.names[folded[position : position + length]]
            position += length or 1

    def _length(self, folded: str, position: int) -> int:
        for length in range(min(self.longest, len(folded) - position), 0, -1):
            if folded[position : position + length] in self.names and not _inside_word(
                folded, position, position + length
            ):
                return length
        return 0


def _inside_word(text: str, start: int, end: int) -> bool:
    """Latin letters and digits of a name do not begin or end inside longer ones."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return _joins(before, text[start]) or _joins(text[end - 1], after)


def _joins(one: str, other: str) -> bool:
    ascii_both = one.isascii() and other.isascii() and one.isalnum() and other.isalnum()
    return ascii_both and one.isdigit() == other.isdigit()


@lru_cache(maxsize=64)
def _people(member_names: tuple[str, ...]) -> People:
    ways: dict[str, set[str]] = defaultdict(set)
    exact: dict[str, str] = {}
    for name in dict.fromkeys(member_names):
        written = normalise(name).text.lower().strip()
        if written:
            exact.setdefault(written, name)
        for way in {*plain_ways(name), *_parts(_core(written))}:
            ways[way].add(name)
    names = {way: next(iter(people)) for way, people in ways.items() if len(people) == 1} | exact
    return People(names=names, longest=max(map(len, names), default=0))


@lru_cache(maxsize=16384)
def plain_ways(name: str) -> frozenset[str]:
    """A nickname without emoji and notes, without its room, with the room on the other side."""
    written = normalise(name).text.lower().strip()
    plain = _NOTE.sub("", written).strip()
    note = "".join(_NOTE.findall(written)).strip("()[]【】（） ")
    room, core = _room(plain), _core(written)
    candidates = [plain, _SIGNS.sub("", plain), core]
    for part in filter(None, (note, room)):
        candidates += [part.rpartition("-")[2] + core, part + core, core + part, f"{part} {core}"]
    return frozenset(way for way in candidates if len(way) >= _SHORTEST and not _TITLES.fullmatch(way))


def _room(plain: str) -> str:
    match = _ROOM.match(plain) or _ROOM.search(plain)
    return match[0] if match else ""


def _core(written: str) -> str:
    plain = _NOTE.sub("", written).strip()
    return _SIGNS.sub("", plain.replace(_room(plain), "", 1))


def _parts(core: str) -> Iterator[str]:
    """Ends and beginnings of a long nickname that are no words of everyday talk."""
    for run in _RUN.findall(core):
        if run.isascii():
            yield run
            continue
        for length in _PART:
            for part in (run[-length:], run[:length]):
                if len(run) > length and _telling(part):
                    yield part


def _telling(part: str) -> bool:
    return not (_TITLES.fullmatch(part) or common(part) or measured(part, 1))
