"""Chunks of a message: what stands between two spaces, separators, stickers or final particles."""

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.grammar.tokens import Token
from nlp.grammar.words import Kind

_FINALS = frozenset(["吧", "啦", "嘛", "哈", "呗", "咯", "噻", "撒", "啊", "呀", "嘞", "哦", "喽"])
"""Particles that end a clause where nothing was typed to end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Tokens between two spaces or separators; `hard` when a separator and no space stands before it."""

    tokens: tuple[Token, ...]
    index: int
    hard: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the normalised text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end

    def count(self, *kinds: Kind) -> int:
        """How many tokens are of these kinds."""
        return sum(token.kind in kinds for token in self.tokens)

    @property
    def rest(self) -> int:
        """Characters that nothing explains."""
        return sum(len(token.text) for token in self.tokens if token.kind is Kind.REST)


def chunks(tokens: Iterable[Token]) -> tuple[Chunk, ...]:
    """Cut at spaces and separators."""
    groups: list[tuple[list[Token], bool]] = [([], False)]
    for token in tokens:
        if token.kind in {Kind.SPACE, Kind.SEPARATOR}:
            groups.append(([], token.kind is Kind.SEPARATOR))
            continue
        if token.kind is Kind.STICKER:
            groups.append(([], False))
            continue
        groups[-1][0].append(token)
        dropped = token.kind is Kind.DROP and token.text.endswith("了") and token.text not in {"算了", "罢了"}
        if dropped or token.text in _FINALS or (token.kind is Kind.QUESTION and token.text.endswith("?")):
            groups.append(([], token.kind is Kind.QUESTION))
    filled = [(group, hard) for group, hard in groups if group]
    return tuple(
        Chunk(tokens=tuple(group), index=index, hard=hard) for index, (group, hard) in enumerate(filled)
    )
