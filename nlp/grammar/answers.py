"""Answers to a question that was put back: a number, a label, a spec, a size."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understanding import Choice, Situation, Unclear
from nlp import attributes
from nlp.grammar.evidence import Verdict
from nlp.grammar.parting import parted
from nlp.grammar.references import Reference, joined
from nlp.grammar.tokens import Tokens
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon

_NUMBER = re.compile(
    r"(?:选|要|就|那|第)*(?P<number>[1-9][0-9]?|[一二三四五六七八九十])(?:个|种|号|款|项|条)?(?:吧|啊|呀|的|哈|啦|嘛)*[。.!]?"
)
_CHARACTERISTIC = re.compile(
    r"(?:就|那|要|我要|来|是|拿|咁|我)*(?P<word>[\u4e00-\u9fffA-Za-z0-9]{1,6}?)(?:的|嘅|那种|嗰种|那个|这种|款|那款|口味)*(?:就行|就好|就可以|也行)?(?:吧|啊|呀|哈|啦|嘛|哦|呗)*"
)
_PAUSE = re.compile(r"[ ,。!?\n\[…]+")
_MORE_THAN_THAT = frozenset(
    (Kind.QUESTION, Kind.SWAP, Kind.DROP, Kind.EACH, Kind.EVERY, Kind.MORE, Kind.PLUS, Kind.ME_TOO, Kind.SAME)
)
_BIG, _SMALL = frozenset("大长高多粗厚"), frozenset("小短矮低少细薄")
_NUMERALS = "一二三四五六七八九十"
_QUIET = frozenset(
    (
        Kind.ITEM,
        Kind.SIZE,
        Kind.SOFT,
        Kind.THAT,
        Kind.SELF,
        Kind.WANT,
        Kind.SPACE,
        Kind.SEPARATOR,
        Kind.STICKER,
        Kind.IS,
        Kind.STILL,
        Kind.AGREE,
        Kind.FOR,
        Kind.WRONG,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The choices that a message leaves over, and how it said so."""

    choices: tuple[Choice, ...]
    unclear: Unclear
    rule: str


def answer(
    tokens: Tokens, verdicts: Sequence[Verdict], lexicon: Lexicon, situation: Situation
) -> Answer | None:
    """What the message answers to the open question; None when it answers nothing or says more than that."""
    if situation.pending is None:
        return None
    open_questions = [one for one in situation.pending.unclear if one.choices]
    if not open_questions:
        return None
    text = tokens.text.strip()
    numbered = [(choice, one) for one in open_questions for choice in one.choices]
    if (match := _NUMBER.fullmatch(text)) and (place := _place(match["number"])) <= len(numbered):
        choice, unclear = numbered[place - 1]
        return Answer(choices=(choice,), unclear=unclear, rule="number")
    for one in open_questions:
        if parts := parted(text, one):
            return Answer(choices=(parts,), unclear=one, rule="parts")
    nothing_to_move = not any(situation.own_order.get(code) for code in _asked(open_questions))
    quiet = _QUIET | {Kind.SET} if nothing_to_move else _QUIET  # 改成小箱的 then answers
    return _described(tokens, _goods(verdicts, lexicon, quiet), verdicts, open_questions, lexicon)


def _asked(questions: Sequence[Unclear]) -> Iterator[str]:
    yield from (change.sku for one in questions for choice in one.choices for change in choice.changes)


def _place(number: str) -> int:
    return int(number) if number.isascii() else _NUMERALS.index(number) + 1


def _described(
    tokens: Tokens,
    goods: Reference | None,
    verdicts: Sequence[Verdict],
    questions: Sequence[Unclear],
    lexicon: Lexicon,
) -> Answer | None:
    if any(verdict.orders and verdict.chunk.count(*_MORE_THAN_THAT) for verdict in verdicts):
        return None
    if any(token.kind is Kind.QUESTION for token in tokens.tokens):
        return None
    if any(verdict.orders and verdict.chunk.count(Kind.QUANTITY) for verdict in verdicts):
        return None
    if goods is None and any(token.mention for token in tokens.tokens):
        return None
    for unclear in questions:
        left = _left(unclear, goods) if goods else _by_character(tokens.text, unclear, lexicon)
        if left and len(left) < max(len(unclear.choices), 2):
            return Answer(choices=left, unclear=unclear, rule="goods" if goods else "characteristic")
    return None


def _goods(verdicts: Sequence[Verdict], lexicon: Lexicon, quiet: Collection[Kind]) -> Reference | None:
    """The goods last named in chunks that say nothing else (白…不对 紫的: the latter)."""
    found: Reference | None = None
    for verdict in verdicts:
        if any(token.kind not in quiet for token in verdict.chunk.tokens):
            continue
        for one in joined(verdict.chunk.tokens, lexicon):
            if isinstance(one, Reference):
                found = _met(found, one)
    return found


def _met(before: Reference | None, goods: Reference) -> Reference:
    common = tuple(sku for sku in goods.skus if before and sku in before.skus)
    return replace(goods, skus=common) if common else goods


def _left(unclear: Unclear, goods: Reference) -> tuple[Choice, ...]:
    return tuple(
        choice for choice in unclear.choices if any(change.sku in goods.skus for change in choice.changes)
    )


def _by_character(text: str, unclear: Unclear, lexicon: Lexicon) -> tuple[Choice, ...]:
    """短的, 大的: a character that only some labels hold, or a size among those to be chosen from."""
    for piece in _PAUSE.split(text.strip()):
        match = _CHARACTERISTIC.fullmatch(piece)
        if match is None:
            continue
        word = match["word"]
        held = tuple(choice for choice in unclear.choices if word.lower() in choice.label.lower())
        if not held:
            held = _by_size(word, unclear, lexicon)
        if held and len(held) < len(unclear.choices):
            return held
    return ()


def _by_size(word: str, unclear: Unclear, lexicon: Lexicon) -> tuple[Choice, ...]:
    if word.removesuffix("点").removesuffix("一") not in _BIG | _SMALL:
        return ()
    measured = [(attributes.sizes(_spec(choice, lexicon)), choice) for choice in unclear.choices]
    if not all(sizes for sizes, _ in measured) or len({sizes[0].kind for sizes, _ in measured}) != 1:
        return ()
    ordered = sorted(measured, key=lambda pair: pair[0][0].value)
    return (ordered[-1][1],) if word[0] in _BIG else (ordered[0][1],)


def _spec(choice: Choice, lexicon: Lexicon) -> str:
    sku = lexicon.catalogue.get(choice.changes[0].sku)
    return sku.spec if sku else ""
