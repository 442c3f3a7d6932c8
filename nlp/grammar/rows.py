"""The content of one row of a solitaire list: the whole order of the name beside it."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from bot.understanding import Situation, Step, Unclear, UnclearReason
from nlp.grammar.chunks import chunks
from nlp.grammar.evidence import Verdict
from nlp.grammar.gathering import gather
from nlp.grammar.placing import change_placed, placing, unclear_placed
from nlp.grammar.resolution import resolve
from nlp.grammar.tokens import tokenise
from nlp.grammar.wishes import Act, Wish
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from shop.changes import Change, ChangeKind

_NOTE = re.compile(r"[((][^()()]*[))]?|其中.*$")
_NOTHING = re.compile(r"[\s.。、,,:+＋\-~]*")
_TALK = (Kind.IF, Kind.PAST, Kind.SHARE, Kind.HABIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReading:
    """What a row stands for: SET changes, one per SKU, and what is unclear; `empty`: nothing is written."""

    changes: tuple[Change, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    empty: bool = False
    steps: tuple[Step, ...] = ()


def read_row(text: str, lexicon: Lexicon, situation: Situation) -> RowReading:
    """Read a row by the grammar of chat, without what was said in chat before; spans are of `text`."""
    normalised = normalise(text)
    content = _NOTE.sub(lambda match: " " * len(match[0]), normalised.text)
    if _NOTHING.fullmatch(content):
        return RowReading(empty=True)
    alone = Situation(now=situation.now, catalogue=situation.catalogue, open=situation.open)
    tokens = tokenise(content, lexicon)
    verdicts = tuple(
        Verdict(chunk=part, score=0.0 if part.has(*_TALK) else 2.0, reasons=())
        for part in chunks(tokens.tokens)
    )
    gathered = gather(verdicts, lexicon)
    if any(wish.act is Act.DROP for wish in gathered.wishes) and not any(
        wish.act is Act.ADD for wish in gathered.wishes
    ):
        return RowReading(empty=True)
    wishes = [wish for wish in gathered.wishes if wish.act is not Act.DROP]
    if not wishes:
        wishes = [Wish(goods=goods, spans=goods.spans) for goods in gathered.topics]
    resolved = resolve(replace(gathered, wishes=_named_first(tuple(wishes))), lexicon, alone, content)
    changes, unclear = _whole(resolved.changes), _asked(resolved.unclear, bool(resolved.changes))
    if place := placing(normalised):
        changes = tuple(change_placed(change, place) for change in changes)
        unclear = tuple(unclear_placed(one, place) for one in unclear)
    return RowReading(changes=changes, unclear=unclear)


def _named_first(wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Counts without goods beside goods are notes: 两盘 3楼; alone the first one counts."""
    named = tuple(wish for wish in wishes if wish.goods is not None or wish.everything)
    return named or wishes[:1]


def _whole(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    total: Counter[str] = Counter()
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    for change in changes:
        if change.quantity is not None:
            total[change.sku] += change.quantity
            spans[change.sku] = spans.get(change.sku, ()) + change.spans
    return tuple(
        Change(kind=ChangeKind.SET, sku=code, quantity=units, spans=spans[code])
        for code, units in total.items()
    )


def _asked(unclear: tuple[Unclear, ...], understood: bool) -> tuple[Unclear, ...]:
    return tuple(one for one in unclear if not (understood and one.reason is UnclearReason.ITEM))
