"""Chunks of a message: what stands between two spaces, separators, stickers or final particles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.grammar.tails import denied, tells
from nlp.grammar.token import Token
from nlp.grammar.words import Kind

_FINALS = frozenset(["吧", "啦", "嘛", "哈", "呗", "咯", "噻", "撒", "啊", "呀", "嘞", "哦", "喽"])
"""Particles that end a clause where nothing was typed to end it."""

PERFECTIVE = "了啦喇咯喽咧嘞"
"""Particles that say something is done."""
GIVEN_UP = frozenset(("算了", "罢了", "算哒", "算咯", "算哩"))
"""Words that give up what was begun, or settle for the count before them."""
_THEREFORE = frozenset(("那", "那个", "那么", "那就", "所以"))
_NOW = frozenset(("这次", "这回", "今次", "今回", "这趟", "这下"))
_AGAIN = frozenset(("再来", "再给", "再带", "再拿", "再给我", "再加", "再要", "再称", "再整", "再订"))
_CONCLUDES = frozenset(("那就", "咁就", "噉就", "噶么", "格么"))
"""Words with which a wish follows from what was said before them."""
_TALK = 2
"""Unexplained characters from which on a clause without goods is talk."""
_BOUND = frozenset(
    (Kind.ITEM, Kind.QUANTITY, Kind.PAST, Kind.DONE, Kind.IF, Kind.QUESTION, Kind.FAULT, Kind.HABIT)
)
"""What keeps goods and counts behind it in the tale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Tokens between two spaces or separators; `hard` when a separator and no space stands before it."""

    tokens: tuple[Token, ...]
    index: int
    hard: bool = False
    kinds: Mapping[Kind, int] = field(default_factory=dict, repr=False)

    @property
    def start(self) -> int:
        """Where it begins in the normalised text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end

    def has(self, *kinds: Kind) -> bool:
        """Whether a token is of one of these kinds."""
        return not self.kinds.keys().isdisjoint(kinds)

    def count(self, *kinds: Kind) -> int:
        """How many tokens are of these kinds."""
        held = self.kinds
        return sum([held[kind] for kind in kinds if kind in held])

    @property
    def dropped(self) -> bool:
        """Whether it ends by giving something up: 线我不要了."""
        return _gives_up(self.tokens[-1])

    @property
    def rest(self) -> int:
        """Characters that nothing explains."""
        if Kind.REST not in self.kinds:
            return 0
        return sum(len(token.text) for token in self.tokens if token.kind is Kind.REST)


def chunks(tokens: Sequence[Token]) -> tuple[Chunk, ...]:
    """Cut at spaces and separators."""
    groups: list[tuple[list[Token], bool]] = [([], False)]
    for index, token in enumerate(tokens):
        if token.kind in {Kind.SPACE, Kind.SEPARATOR}:
            groups.append(([], token.kind is Kind.SEPARATOR))
            continue
        if token.kind is Kind.STICKER:
            groups.append(([], False))
            continue
        before = groups[-1][0]
        if _begins_anew(before, token, tokens[index + 1 : index + 4]) or tells(
            before, _clause(tokens, index)
        ):
            groups.append(([], False))
        groups[-1][0].append(token)
        if (
            (_gives_up(token) and not _how_many_came_back(token, tokens[index + 1 : index + 2]))
            or token.text in _FINALS
            or (token.kind is Kind.QUESTION and token.text.endswith("?"))
        ):
            groups.append(([], token.kind is Kind.QUESTION))
    filled = [(group, hard) for group, hard in groups if group]
    return tuple(
        Chunk(tokens=tuple(group), index=index, hard=hard, kinds=Counter(token.kind for token in group))
        for index, (group, hard) in enumerate(filled)
    )


def _clause(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """What follows from there up to the next pause."""
    pauses = {Kind.SPACE, Kind.SEPARATOR, Kind.STICKER}
    end = next((index for index in range(start, len(tokens)) if tokens[index].kind in pauses), len(tokens))
    return tokens[start:end]


def _how_many_came_back(token: Token, after: Sequence[Token]) -> bool:
    """核桃退了两袋: tells what happened."""
    return token.text.startswith("退") and bool(after) and after[0].kind is Kind.QUANTITY


def _gives_up(token: Token) -> bool:
    return token.kind is Kind.DROP and token.text[-1] in PERFECTIVE and token.text not in GIVEN_UP


def _begins_anew(before: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Dictated talk: a wish addressed to the shop begins a clause, so does a reason after it."""
    kinds = {one.kind for one in before}
    if token.text in _CONCLUDES and Kind.REST not in {one.kind for one in after}:
        return bool(kinds - {Kind.SOFT})  # 剩两罐那就两罐
    talked = sum(len(one.text) for one in before if one.kind is Kind.REST)
    if token.text in _THEREFORE and after and after[0].kind is Kind.ITEM and Kind.QUANTITY not in kinds:
        return talked > _TALK
    if Kind.ITEM in kinds and Kind.QUANTITY not in kinds and _returns(before, token, after):
        return True
    if talked > _TALK and _lists(before, (token, *after)):
        return True
    if _addresses(token, after):
        return talked >= _TALK and Kind.ITEM not in kinds
    ordered = {Kind.ITEM, Kind.QUANTITY} <= kinds
    told = token.kind is Kind.SELF and ordered and bool(after) and after[0].kind in {Kind.REST, Kind.KIN}
    return told and not denied((token, *after))


def _lists(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """我讲给你听 | 荠菜三斤马兰头四斤: goods and counts in a row begin the order."""
    told = _BOUND.intersection(one.kind for one in before)
    others = any(one.kind is Kind.OTHER and "你" not in one.text and "您" not in one.text for one in before)
    row = [Kind.ITEM, Kind.QUANTITY, Kind.ITEM, Kind.QUANTITY]
    return not told and not others and [one.kind for one in after[: len(row)]] == row


def _returns(before: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """上次那个好吃 | 这次再来三斤, 吃完了 | 再给我来一袋, 说想吃 | 给她买一袋: from the tale to the wish."""
    kinds = {one.kind for one in before}
    if kinds & {Kind.IF, Kind.QUESTION, Kind.DROP} or any("等" in one.text for one in before):
        return False
    told = bool(kinds & {Kind.PAST, Kind.DONE, Kind.OTHER})
    if token.text in _NOW:
        return told
    if token.kind in {Kind.WANT, Kind.MORE} and token.text in _AGAIN:
        return before[-1].text[-1] in PERFECTIVE
    return told and token.kind is Kind.FOR and bool(after) and after[0].kind is Kind.WANT


def _addresses(token: Token, after: Sequence[Token]) -> bool:
    """你给我, 给我来, 我帮她: who speaks turns from the tale to the order."""
    if token.kind in {Kind.FOR, Kind.WANT} and any(word in token.text for word in ("你给", "你帮", "给我")):
        return True
    return token.kind is Kind.SELF and bool(after) and after[0].kind is Kind.FOR
