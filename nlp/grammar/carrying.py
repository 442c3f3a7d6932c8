"""Goods that are carried or fetched: they are there already, and nobody orders them."""

import re
from collections.abc import Sequence

from nlp.grammar.chunks import Chunk
from nlp.grammar.words import Kind

_COUNT = "[0-9一二两三四五六七八九十半俩仨几][^ ,。!?]{0,9}?"
_HEAVY = "[搬扛抬拎提背挪推拉运端抱拖]"
_WHITHER = "(?:到|进|上[去来楼了]|下[去来楼]|过[去来]|回[去来]|出[去来]|走了)"
_HELPING = "(?:我|给|帮|替|都|已经|先|去|自己|给我|给[你您他她]|[他她您你]|一个人)*"
_CARRIED = re.compile(f"{_COUNT}{_HELPING}{_HEAVY}{_WHITHER}")
_I_CARRY = re.compile(
    "(?<![给帮替让叫])(?:我|俺|咱|他|她)们?(?:先|来|去|就|这就|马上|已经|再|自己|给[你您他她]|帮[你您他她]|替[你您他她])*"
    f"{_HEAVY}了?{_COUNT}{_WHITHER}"
)
_THOSE = re.compile(
    f"(?:那|这|你的|他的|她的|你家|他家|她家|剩下的|剩的){_COUNT}{_HELPING}"
    "(?:[搬扛抬拎提背挪推拉运端抱拖拿送摆码存寄](?:到|进|上|下|过|回|出|走了|在)|[放搁存])"
)
_TO_ME = re.compile("[给归][我俺咱]")
_TOO_HEAVY = re.compile("[搬扛抬拎提背挪端抱拖拿]不(?:动|起|下|了(?!多少))")
_ASKS = frozenset(
    (
        Kind.MORE,
        Kind.PLUS,
        Kind.ME_TOO,
        Kind.EACH,
        Kind.STILL,
        Kind.SET,
        Kind.LESS,
        Kind.DROP,
        Kind.SWAP,
        Kind.AGREE,
    )
)
_VERBS = frozenset("搬扛抬拎提背端抱切走")
"""Verbs of carrying that also take goods: 搬两箱."""


def carried(part: Chunk, parts: Sequence[Chunk]) -> bool:
    """我先搬20盆到花架上, 那5盆我给他搬上去了, 三袋小米拎不动: a count of goods that nobody asks for."""
    if not part.has(Kind.QUANTITY):
        return False
    said = _clause(part, parts)
    if _I_CARRY.search(said) or (_THOSE.search(said) and not _TO_ME.search(said)):
        return True
    if _wished(part):
        return False
    return bool(_CARRIED.search(said)) or (part.count(Kind.QUANTITY) == 1 and bool(_TOO_HEAVY.search(said)))


def _clause(part: Chunk, parts: Sequence[Chunk]) -> str:
    """What was said in one breath from the chunk on."""
    said, end = "", part.start
    for one in parts[part.index :]:
        if one.start != end:
            break
        said += "".join(token.text for token in one.tokens)
        end = one.end
    return said


def _wished(part: Chunk) -> bool:
    """Whether the goods are asked for by a word that is not the carrying itself."""
    return any(
        token.kind in _ASKS or (token.kind is Kind.WANT and token.text not in _VERBS) for token in part.tokens
    )
