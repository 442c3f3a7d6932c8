"""What a message names is taken out of it, so that a model learned on some shops reads all others.

Goods, specs, numbers, measure words, pictures and addressed members become one sign each; the name of the
bot or of the staff and all signs between words but the question mark go. Signs are single characters that a
tokenizer of characters keeps apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nlp.lexicon import Mention
from nlp.normalise import Normalised, stickers
from nlp.quantities import Quantity, numbers

GOODS, SPEC, NUMBER, UNIT, MEMBER, PICTURE, LEADER = SIGNS = "◆◇№○@☺※"

ADDRESS = re.compile(r"@(?P<name>[^\s@,。:!?◆]{1,20})[\s:,]*")
"""Somebody addressed by name."""
STAFF = re.compile("小团|机器人|团长|店长|老板|群主|客服|所有人")
"""In a name: the bot or whoever runs the shop, not another member."""

_BOT = re.compile(r"^[\s,]*小团(?:[\s,:]+|(?=帮|给|查|看|报|说|推荐|来|算|请|我|你|有))|[\s,]+小团[\s!~]*$")
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u25b0\u2600-\u2704\u2708-\u274b\u274d-\u2bff\U0001f000-\U0001faff]+"
)
_BETWEEN = re.compile(r"[\s,。.;:!~、…·\"'“”‘’()【】《》—\-_|/\\^]+")
_REPEATED = re.compile(rf"([{PICTURE}?])(?:\s*\1)+")
_MONEY = {"元", "块", "块钱", "毛", "毛钱", "蚊", "¥"}
_WEIGHTS = {"斤", "公斤", "市斤", "台斤", "千克", "克", "两", "钱", "吨", "kg", "g", "mg", "jin"}


class _Edit(NamedTuple):
    start: int
    end: int
    sign: str


def mask(
    normalised: Normalised,
    mentions: Iterable[Mention],
    quantities: Iterable[Quantity],
    *,
    leader: bool = False,
) -> str:
    """The text as the intent model reads it; spans are those of the normalised text.

    What a `leader` or helper says begins with a sign: the same words are a command or talk by who says them.
    """
    text = normalised.text
    edits = [
        *_addresses(text),
        *_pictures(text),
        *_goods(mentions),
        *_quantities(quantities),
        *(_Edit(each.start, each.end, NUMBER) for each in numbers(text)),
    ]
    return LEADER * leader + tidy(_applied(text, edits))


def unnamed(normalised: Normalised, mentions: Sequence[Mention], *, specs: bool = False) -> str:
    """The text with goods masked, without pictures and addresses: the form that rules read.

    With `specs`, these stand for the goods that they tell apart.
    """
    text = normalised.text
    edits = [(edit.start, edit.end, " ") for edit in (*_addresses(text), *_pictures(text))]
    signs = {GOODS, SPEC} if specs else {GOODS}
    goods = (edit._replace(sign=GOODS) for edit in _goods(mentions) if edit.sign in signs)
    return tidy(_applied(text, [*(_Edit(*edit) for edit in edits), *goods]))


def tidy(text: str) -> str:
    """Lower case, single spaces in place of the signs between words, no bot's name, repeats once."""
    text = _BETWEEN.sub(" ", _BOT.sub(" ", text)).strip().lower()
    return _REPEATED.sub(r"\1", text)


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """The text after the edits; where two overlap the one named first holds."""
    taken = bytearray(len(text))
    kept = list(text)
    for start, end, sign in edits:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept[start:end] = [sign] + [""] * (end - start - 1)
    return "".join(kept)


def _addresses(text: str) -> Iterator[_Edit]:
    for match in ADDRESS.finditer(text):
        yield _Edit(match.start(), match.end(), " " if STAFF.search(match["name"]) else MEMBER)


def _pictures(text: str) -> Iterator[_Edit]:
    for start, end in stickers(text):
        yield _Edit(start, end, PICTURE)
    for match in _EMOJI.finditer(text):
        yield _Edit(match.start(), match.end(), PICTURE)


def _goods(mentions: Iterable[Mention]) -> Iterator[_Edit]:
    """One sign each; a code beside the name of the same goods joins it."""
    before: Mention | None = None
    for mention in mentions:
        joined = before is not None and before.end == mention.start and set(before.skus) & set(mention.skus)
        sign = SPEC if mention.attribute else GOODS
        yield _Edit(mention.start, mention.end, "" if joined and sign == GOODS else sign)
        before = mention


def _quantities(quantities: Iterable[Quantity]) -> Iterator[_Edit]:
    for quantity in quantities:
        yield _Edit(quantity.start, quantity.end, NUMBER + _measure(quantity.unit))


def _measure(unit: str) -> str:
    if unit in _MONEY:
        return "元"
    if unit.lower() in _WEIGHTS:
        return "斤"
    return UNIT if unit else ""
