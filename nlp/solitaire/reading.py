"""The way of a list through this package: known as one, read, compared."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.model import Role
from bot.understanding import Situation, SolitaireList, SolitaireReading
from nlp.lexicon import Lexicon
from nlp.solitaire.comparison import Comparison
from nlp.solitaire.names import KnownNames, Splitter, key
from nlp.solitaire.reader import elided, parse, tagged
from nlp.solitaire.wishes import RowReader, RowReading, WishReader
from nlp.surfaces import ALIAS, NAME

_FEWEST_UNTAGGED = 2
_GOODS_AND_COUNT = re.compile("[\u4e00-\u9fff]+[0-9]{1,3}[\u4e00-\u9fff]?")


def is_list(text: str, situation: Situation) -> bool:
    """Whether the message is a whole solitaire list."""
    return _listed(text, Lexicon.of(situation.catalogue), situation) is not None


def read(text: str, lexicon: Lexicon, situation: Situation, read_row: RowReader) -> SolitaireReading | None:
    """The list that a message holds, compared with the room's earlier ones; None when it is no list.

    In `merged`, rows that are in force but not on the list that was sent have the number 0.
    """
    current = _listed(text, lexicon, situation)
    if current is None:
        return None
    alone = Situation(now=situation.now, catalogue=situation.catalogue, open=situation.open)
    return Comparison(
        current,
        situation.lists,
        situation.sender_name,
        WishReader(lambda content: read_row(content, lexicon, alone), current.rows, _Plain(lexicon)),
        own_order=situation.own_order,
        leads=situation.role >= Role.HELPER,
        elided=elided(text),
    ).reading()


def compare(
    current: SolitaireList,
    earlier: Sequence[SolitaireList],
    sender_name: str,
    read_row: Callable[[str], RowReading],
) -> SolitaireReading:
    """Compare a list with earlier ones, latest first; `read_row` gives what a row's content asks for."""
    return Comparison(current, earlier, sender_name, WishReader(read_row, current.rows)).reading()


class _Plain:
    """Knows the words that are one exactly named SKU and a number."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, bool] = {}

    def __call__(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._is_plain(word)
        return self._known[word]

    def _is_plain(self, word: str) -> bool:
        if not _GOODS_AND_COUNT.fullmatch(word):
            return False
        mentions = self._lexicon.mentions(word)
        return len(mentions) == 1 and len(mentions[0].skus) == 1 and mentions[0].how in {NAME, ALIAS}


def _listed(text: str, lexicon: Lexicon, situation: Situation) -> SolitaireList | None:
    structured = situation.roster is not None and bool(situation.roster.entries)
    if not structured and not tagged(text) and not (situation.lists and "\n" in text):
        return None
    current = _parsed(text, lexicon, situation)
    if structured or (tagged(text) and (current.rows or "\n" in text.strip())):
        return current
    known = {key(row.name) for version in situation.lists[:1] for row in version.rows}
    return current if sum(key(row.name) in known for row in current.rows) >= _FEWEST_UNTAGGED else None


def _parsed(text: str, lexicon: Lexicon, situation: Situation) -> SolitaireList:
    listed = (row.name for version in situation.lists for row in version.rows)
    names = KnownNames.of(dict.fromkeys((situation.sender_name, *situation.member_names, *listed)))
    found = parse(text, situation.roster, Splitter(names, lexicon))
    rows = tuple(row if row.name else replace(row, name=situation.sender_name) for row in found.rows)
    return replace(found, rows=rows, sender=situation.sender_name)
