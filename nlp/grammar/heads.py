"""The last character of a name, which is enough for goods that the sender ordered: 锅不要了, 蛋减一板."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from nlp.lexicon import Lexicon, Mention
from nlp.surfaces import SHORT

_CHANGED = (
    "(?:也|就|都|先|还是|我|给我|帮我|那份|那个)*"
    "(?:不要|不拿|退|取消|算了|去掉|删|减|少|改|换|砍|加|多|再加|再来|撤|划掉)"
)
_HEAD = re.compile(rf"(?:(?<=^)|(?<=[ ,。!?那这个的把和跟]))(?P<head>[\u4e00-\u9fff])(?={_CHANGED})")


def mentions(text: str, lexicon: Lexicon, held: Iterable[str]) -> Iterator[Mention]:
    """Where such a character stands before a change."""
    ordered = tuple(held)
    if not ordered:
        return
    ends = _ends(lexicon, ordered)
    for match in _HEAD.finditer(text):
        if codes := ends.get(match["head"]):
            yield Mention(start=match.start(), end=match.end(), skus=tuple(codes), how=SHORT, score=0.7)


def _ends(lexicon: Lexicon, ordered: Iterable[str]) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = defaultdict(list)
    for code in ordered:
        sku = lexicon.catalogue.get(code)
        for name in (sku.name, *sku.aliases) if sku else ():
            if len(name) > 1 and code not in ends[name[-1]]:
                ends[name[-1]].append(code)
    return ends
