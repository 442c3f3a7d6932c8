"""The last character of a name, or a number, which is enough for goods that were ordered: 锅不要了, 6不要."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from nlp.lexicon import Lexicon, Mention
from nlp.surfaces import CODE, SHORT

_CHANGED = (
    "(?:也|就|都|先|还是|我|给我|帮我|那份|那个)*"
    "(?:不要|不拿|别给|别留|退|取消|算了|去掉|删|减|少|改|换|砍|加|多|再加|再来|撤|划掉)"
)
_HEAD = re.compile(
    "(?:(?<=^)|(?<=[ ,。!?那这个的把和跟根盒瓶袋箱包件条双支张本份杯桶罐块]))"
    rf"(?P<head>[\u4e00-\u9fff])(?={_CHANGED})"
)

_BY_MEASURE = re.compile(
    "(?:再要|再来|再拿|再加|我要|还要|来|要|拿|带)(?:一|1)?(?P<unit>[盒瓶袋箱包件条双支张本份杯桶罐块根把])"
    "(?P<head>[\u4e00-\u9fff])(?=$|[ ,。!吧啊])"
)
_CODE = re.compile(rf"(?<![0-9a-zA-Z.*:+-])(?P<code>[0-9]{{1,2}})(?={_CHANGED})")


def mentions(text: str, lexicon: Lexicon, held: Iterable[str]) -> Iterator[Mention]:
    """Where such a character stands before a change."""
    yield from _measured(text, lexicon)
    ordered = tuple(held)
    if not ordered:
        return
    ends = _ends(lexicon, ordered)
    for match in _HEAD.finditer(text):
        if codes := ends.get(match["head"]):
            yield Mention(start=match.start(), end=match.end(), skus=tuple(codes), how=SHORT, score=0.7)
    for match in _CODE.finditer(text):
        if match["code"] in ordered:
            yield Mention(start=match.start(), end=match.end(), skus=(match["code"],), how=CODE, score=1.0)


def _measured(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """再要瓶油: after a wish and a measure word the only goods that end so and are sold by it."""
    for match in _BY_MEASURE.finditer(text):
        codes = tuple(
            sku.code
            for sku in lexicon.catalogue.on_sale
            if sku.unit == match["unit"] and any(n.endswith(match["head"]) for n in (sku.name, *sku.aliases))
        )
        if len(codes) == 1:
            yield Mention(start=match.start("head"), end=match.end(), skus=codes, how=SHORT, score=0.7)


def _ends(lexicon: Lexicon, ordered: Iterable[str]) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = defaultdict(list)
    for code in ordered:
        sku = lexicon.catalogue.get(code)
        for name in (sku.name, *sku.aliases) if sku else ():
            if len(name) > 1 and code not in ends[name[-1]]:
                ends[name[-1]].append(code)
    return ends
