"""Names at the head of rows: nicknames hold digits, rooms, emoji, spaces, and stand next to goods."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicon import Lexicon
from nlp.measures import goods_measured
from nlp.normalise import normalise
from nlp.people import plain_ways
from nlp.quantities import quantities

_SIGNS = re.compile(r"[^0-9a-z\u4e00-\u9fff\u3400-\u4dbf]+")
_BREAK = re.compile(r"[\s\u3000:：,，;；|]+")
_TOKEN = re.compile(r"[^\s\u3000:：,，;；|]+")
_ROOM = re.compile(r"(?:[0-9A-Za-z]{1,4}[-#－栋幢号楼座单元室弄门]*)+", re.ASCII)
_ROOM_SIGN = re.compile("[-#－栋幢号楼座元室弄门]")
_TAIL = re.compile(r"[0-9一二两俩仨三四五六七八九十半]([^0-9]{0,2})$")
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+")
_COUNT = re.compile(r"[+＋➕*×xX✖]?\s*[0-9０-９一二两俩仨三四五六七八九十半]")
_LATIN = re.compile(r"[A-Za-z]{2,}\.?", re.ASCII)
_LONGEST = 24
_MOST_TOKENS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """Names that are known in the room, as they are written and without what people leave out."""

    written: frozenset[str]
    by_key: dict[str, str]

    @staticmethod
    def of(names: Iterable[str]) -> "KnownNames":
        """Names from any source; of two with the same key the first is the canonical one.

        A name without its room or note stands for it too, where nobody else is called so.
        """
        by_key: dict[str, str] = {}
        for name in names:
            by_key.setdefault(key(name), name)
        written = frozenset(by_key.values())
        for way, name in _shorter(by_key.values()):
            by_key.setdefault(way, name)
        return KnownNames(written=written, by_key=by_key)

    def holds(self, name: str) -> bool:
        """Whether somebody goes by that name."""
        return key(name) in self.by_key


def _shorter(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    ways: dict[str, set[str]] = {}
    for name in names:
        for way in plain_ways(name):
            ways.setdefault(key(way), set()).add(name)
    return ((way, next(iter(people))) for way, people in ways.items() if len(people) == 1)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What stays of a name without emoji, spaces, signs and case; a name of signs only stays as it is."""
    plain = normalise(name).text.lower()
    return _SIGNS.sub("", plain) or plain.strip()


class Splitter:
    """Parts names from contents; every row once."""

    def __init__(self, names: KnownNames, lexicon: Lexicon) -> None:
        self.names = names
        self.lexicon = lexicon
        self._done: dict[str, tuple[str, int]] = {}

    def split(self, row: str) -> tuple[str, int]:
        """The name at the head of a row and where the content begins; "" for a row that names nobody."""
        if row not in self._done:
            self._done[row] = self._split(row)
        return self._done[row]

    def knows(self, row: str) -> bool:
        """Whether somebody known stands at the head of a row."""
        return self.names.holds(self.split(row)[0])

    def _split(self, row: str) -> tuple[str, int]:
        known, lexicon = self.names, self.lexicon
        name, end = _as_written(row, known, lexicon) or _by_key(row, known) or _unknown(row, lexicon)
        after = _BREAK.match(row, end)
        return name, after.end() if after else end


def _as_written(row: str, known: KnownNames, lexicon: Lexicon) -> tuple[str, int] | None:
    for end in range(min(_LONGEST, len(row)), 0, -1):
        if row[:end] in known.written and _ends_name(row, end, lexicon):
            pictures = _PICTURES.match(row, end)
            return row[:end], pictures.end() if pictures else end
    return None


def _ends_name(row: str, end: int, lexicon: Lexicon) -> bool:
    if end == len(row) or not (row[end].isalnum() or row[end] in "-－"):
        return True
    if row[end - 1].isdigit() and (row[end].isdigit() or row[end] in "-－"):
        return False
    if _COUNT.match(row, end):
        return True
    return any(mention.start == 0 for mention in lexicon.mentions(normalise(row[end : end + 12]).text))


def _by_key(row: str, known: KnownNames) -> tuple[str, int] | None:
    tokens = list(_TOKEN.finditer(row, 0, _LONGEST * 2))[:_MOST_TOKENS]
    for token in reversed(tokens):
        name = known.by_key.get(key(row[: token.end()]))
        if name is not None:
            return name, token.end()
    return None


def _unknown(row: str, lexicon: Lexicon) -> tuple[str, int]:
    tokens = list(_TOKEN.finditer(row, 0, _LONGEST * 2))[:3]
    if not tokens:
        return "", 0
    first = tokens[0]
    end = _glued(first[0], lexicon, alone=first.end() >= len(row.rstrip()))
    if end < len(first[0]):
        return first[0][:end], end
    last = first
    if len(tokens) > 1 and _goes_on(first[0], tokens[1][0], lexicon):
        last = tokens[1]
    return row[: last.end()], last.end()


def _goes_on(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether a second word belongs to the name: 1-101 小陈, Fiona Wang."""
    room = _ROOM.fullmatch(first) and _ROOM_SIGN.search(first)
    if not room and not (_LATIN.fullmatch(first) and _LATIN.fullmatch(second)):
        return False
    return not any(map(str.isdigit, second)) and not lexicon.mentions(normalise(second).text)


def _glued(token: str, lexicon: Lexicon, *, alone: bool) -> int:
    """Where goods or a count begin inside a word: 王姐苹果2箱, 小陈2; its length where none do.

    0 when the word is goods and count from its beginning: the row names nobody.
    """
    form = normalise(token)
    if not alone and not _ends_in_count(form.text):
        return len(token)
    starts = [mention.start for mention in lexicon.mentions(form.text)]
    counts = [
        count for count in quantities(form.text, lexicon.units) if count.unit or count.end == len(form.text)
    ]
    starts += [count.start for count in counts if count.unit or alone]
    start = next((one for one in sorted(starts) if _all_goods(form.text[one:], lexicon)), len(form.text))
    if start == len(form.text):
        return len(token)
    plus = start > 1 and form.text[start - 1] in {"+", "*"}
    return form.origin[start - 1 if plus else start]


def _ends_in_count(text: str) -> bool:
    tail = _TAIL.search(text)
    return tail is not None and tail[1] != "" and goods_measured(text, tail.start(1))


def _all_goods(text: str, lexicon: Lexicon) -> bool:
    spans = [(mention.start, mention.end) for mention in lexicon.mentions(text)]
    spans += [(count.start, count.end) for count in quantities(text, lexicon.units)]
    covered = {index for start, end in spans for index in range(start, end)}
    return all(index in covered or not character.isalnum() for index, character in enumerate(text))
