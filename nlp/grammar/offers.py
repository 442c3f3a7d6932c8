"""What the bot just offered: so many units that are left, taken as they are or all of them."""

import re
from collections.abc import Sequence

from bot.understanding import Situation
from nlp.grammar.chunks import Chunk
from nlp.grammar.evidence import Verdict
from nlp.grammar.tokens import Tokens
from nlp.grammar.words import Kind
from shop.changes import Change, ChangeKind

_UNIT = "[\u4e00-\u9fff]"
_ALL_LEFT = re.compile(
    f"(?:还?[剩有]|余下?)(?:几|多少){_UNIT}?(?:我|俺|就|都|全|也|给我|便)*[要来拿包收买带订留](?!着)(?:几|多少)?{_UNIT}?了?"
    f"|(?:剩下?|余下|最后)(?:[几一二两三四五六七八九十0-9]{_UNIT})?的?{_UNIT}?(?:我|俺|就)*(?:都|全|统统|一起)(?:给我|归我|俾我|我?要|包|来|拿|收)了?"
    f"|[那这](?:[几一二两三四五六七八九十0-9]{_UNIT}|些)(?:我|俺|就)*(?:都|全|统统)(?:给我|归我|俾我|我?要|包|来|拿|收)了?"
    "|(?:我|俺)?(?:全|都|全都)(?:要|包|收|拿)[了啦]"
)
_AGAINST = (Kind.QUESTION, Kind.PAST, Kind.IF, Kind.OTHER, Kind.SHARE, Kind.FAULT, Kind.DROP)


def taken(tokens: Tokens, verdicts: Sequence[Verdict], situation: Situation) -> tuple[Change, ...]:
    """All that is left of the one SKU on offer: 剩几袋我拿几袋, 那两板我全要了."""
    if len(situation.offered) != 1 or any(verdict.chunk.has(Kind.ITEM) for verdict in verdicts):
        return ()
    match = _ALL_LEFT.search(tokens.text)
    if match is None or any(_speaks_against(one.chunk, match.span()) for one in verdicts):
        return ()
    (code, left), *_ = situation.offered.items()
    return (Change(kind=ChangeKind.ADD, sku=code, quantity=left, spans=(match.span(),)),)


def _speaks_against(chunk: Chunk, span: tuple[int, int]) -> bool:
    """A word outside of what takes all that says no, or asks."""
    return any(token.kind in _AGAINST and not (span[0] <= token.start < span[1]) for token in chunk.tokens)
