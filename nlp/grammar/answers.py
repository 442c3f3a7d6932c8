"""Answers to a question that was put back: a number, a label, a spec, a size."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understanding import Choice, Situation, Unclear
from nlp import attributes
from nlp.grammar.chunks import Chunk
from nlp.grammar.evidence import Verdict
from nlp.grammar.parting import parted
from nlp.grammar.references import Reference, joined
from nlp.grammar.tokens import Tokens
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon
from nlp.numerals import whole
from shop.catalogue import Sku
from shop.money import parse_yuan

_NUMBER = re.compile(
    r"(?:选|要|就|那|第)*(?P<number>[1-9][0-9]?|[一二三四五六七八九十])(?:个|种|号|款|项|条)?(?:吧|啊|呀|的|哈|啦|嘛)*[。.!]?"
)
_CHARACTERISTIC = re.compile(
    r"(?:就|那|要|我要|来|是|拿|咁|我|当然|肯定|必须|还是|自然|嗯|哦)*(?P<word>[\u4e00-\u9fffA-Za-z0-9]{1,6}?)(?:的|嘅|那种|嗰种|那个|这种|款|那款|口味)*(?:就行|就好|就可以|也行)?(?:吧|啊|呀|哈|啦|嘛|哦|呗)*"
)
_WITHOUT = re.compile(
    r"(?:就|那|要|我要|来|我)*(?:不|没|无|唔)(?:要|带|加)?(?P<word>[\u4e00-\u9fff]{1,2}?)(?:的|嘅|那种|那个|款|口味)+(?:吧|啊|呀|哈|啦|嘛|哦|呗)*"
)
_PRICED = re.compile(
    r"(?:就|那|要|我要|来|是|拿|咁|我)*(?P<word>便宜|实惠|划算|平|贵|[0-9]{1,4}(?:\.[0-9]{1,2})?)(?:一?点|些|啲)?(?:元|块|块钱)?(?:的|嘅|那种|𠮶种|那个|这种|款|那款)+(?:就行|就好|就可以|也行)?(?:吧|啊|呀|哈|啦|嘛|哦|呗)*"
)
_PAUSE = re.compile(r"[ ,。!?\n\[…]+")
_MORE_THAN_THAT = frozenset(
    (Kind.QUESTION, Kind.SWAP, Kind.DROP, Kind.EACH, Kind.EVERY, Kind.MORE, Kind.PLUS, Kind.ME_TOO, Kind.SAME)
)
_CHEAP, _DEAR = frozenset(("便宜", "实惠", "划算", "平")), frozenset(("贵",))
_FILLER = 3
"""Unexplained characters that may stand before the spec of an answer: 当然大的."""
_BIG, _SMALL = frozenset("大长高多粗厚"), frozenset("小短矮低少细薄")
_BOTH = frozenset(("都要", "都来", "全要"))
_TWO = 2
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
        Kind.PLACE,
        Kind.KIN,
        Kind.ALL,
    )
)


_TOGETHER = _QUIET | {Kind.AND, Kind.EACH, Kind.EVERY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The choices that a message leaves over, how it said so, and how many of its chunks it took."""

    choices: tuple[Choice, ...]
    unclear: Unclear
    rule: str
    chunks: int = 0


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
    match = _NUMBER.fullmatch(text)
    place = whole(match["number"]) if match else None
    if place and place <= len(numbered):
        choice, unclear = numbered[place - 1]
        return Answer(choices=(choice,), unclear=unclear, rule="number", chunks=len(verdicts))
    for one in open_questions:
        if parts := parted(text, one):
            return Answer(choices=(parts,), unclear=one, rule="parts", chunks=len(verdicts))
    nothing_to_move = not any(situation.own_order.get(code) for code in _asked(open_questions))
    quiet = _QUIET | {Kind.SET} if nothing_to_move else _QUIET  # 改成小箱的 then answers
    found = _described(tokens.text, verdicts, lexicon, open_questions, quiet)
    return found or _begun(tokens, verdicts, lexicon, open_questions)


def _asked(questions: Sequence[Unclear]) -> Iterator[str]:
    yield from (change.sku for one in questions for choice in one.choices for change in choice.changes)


def _begun(
    tokens: Tokens, verdicts: Sequence[Verdict], lexicon: Lexicon, questions: Sequence[Unclear]
) -> Answer | None:
    """大箱,再来一盒草莓: the answer first, and then more."""
    if len(verdicts) < _TWO or not verdicts[1].orders or verdicts[0].orders:
        return None
    if not verdicts[1].chunk.hard or not verdicts[1].chunk.has(Kind.ITEM):
        return None
    first = verdicts[0].chunk
    return _described(tokens.text[first.start : first.end], verdicts[:1], lexicon, questions)


def _described(
    text: str,
    verdicts: Sequence[Verdict],
    lexicon: Lexicon,
    questions: Sequence[Unclear],
    quiet: Collection[Kind] = _QUIET,
) -> Answer | None:
    denying = [verdict for verdict in verdicts if _denies(verdict.chunk)]
    left_over = [verdict for verdict in verdicts if verdict not in denying]
    if denying and not left_over:
        return _all_but(denying, lexicon, questions)
    if any(verdict.orders and verdict.chunk.has(*_MORE_THAN_THAT) for verdict in left_over):
        return _several(left_over, lexicon, questions)
    if any(verdict.chunk.has(Kind.QUESTION) for verdict in verdicts) and not _PRICED.fullmatch(text):
        return None
    if any(verdict.orders and verdict.chunk.has(Kind.QUANTITY) for verdict in left_over):
        return None
    if several := _several(left_over, lexicon, questions):
        return several
    goods = _goods(left_over, lexicon, quiet)
    if goods is None and any(verdict.chunk.has(Kind.ITEM) for verdict in left_over):
        return None
    for unclear in questions:
        left = _left(unclear, goods) if goods else _by_character(text, unclear, lexicon)
        if left and len(left) < max(len(unclear.choices), 2):
            rule = "goods" if goods else "characteristic"
            return Answer(choices=left, unclear=unclear, rule=rule, chunks=len(verdicts))
    return None


def _denies(chunk: Chunk) -> bool:
    """不要辣的: one of the choices, and nothing but that."""
    tokens = chunk.tokens
    quiet = all(token.kind in {*_QUIET, Kind.DROP} for token in tokens)
    return quiet and tokens[0].kind is Kind.DROP and not chunk.dropped and chunk.has(Kind.ITEM)


def _all_but(denying: Sequence[Verdict], lexicon: Lexicon, questions: Sequence[Unclear]) -> Answer | None:
    """不要辣的: the one that is left of those that were offered."""
    denied = {code for one in denying for code in _named(one.chunk, lexicon)}
    for unclear in questions:
        left = tuple(one for one in unclear.choices if not any(each.sku in denied for each in one.changes))
        if len(left) == 1 < len(unclear.choices):
            return Answer(choices=left, unclear=unclear, rule="all but", chunks=len(denying))
    return None


def _named(chunk: Chunk, lexicon: Lexicon) -> Iterator[str]:
    for one in joined(chunk.tokens, lexicon):
        if isinstance(one, Reference):
            yield from one.skus


def _several(verdicts: Sequence[Verdict], lexicon: Lexicon, questions: Sequence[Unclear]) -> Answer | None:
    """红的和蓝的, 都要: what was wished for in equal parts of several."""
    if len(verdicts) != 1 or any(token.kind not in _TOGETHER for token in verdicts[0].chunk.tokens):
        return None
    chunk = verdicts[0].chunk
    named = [one for one in joined(chunk.tokens, lexicon) if isinstance(one, Reference)]
    both = chunk.has(Kind.ALL, Kind.EACH) or chunk.tokens[0].text in _BOTH
    if len(named) == 1 or not chunk.has(Kind.AND) if named else not both:
        return None
    for unclear in questions:
        chosen = [_left(unclear, one) for one in named] or [(one,) for one in unclear.choices]
        if all(len(one) == 1 for one in chosen) and (shared := _shared([one[0] for one in chosen])):
            return Answer(choices=(shared,), unclear=unclear, rule="several", chunks=1)
    return None


def _shared(choices: Sequence[Choice]) -> Choice | None:
    """One choice of all, each with its part of the units."""
    changes = [change for choice in choices for change in choice.changes]
    wanted = changes[0].quantity or 1
    part, rest = divmod(wanted, len(choices))
    if rest and part:
        return None
    label = "、".join(choice.label for choice in choices)
    return Choice(label=label, changes=tuple(replace(one, quantity=part or 1) for one in changes))


def _goods(verdicts: Sequence[Verdict], lexicon: Lexicon, quiet: Collection[Kind]) -> Reference | None:
    """The goods last named in chunks that say nothing else (白…不对 紫的: the latter)."""
    found: Reference | None = None
    for verdict in verdicts:
        if not _says_only_that(verdict.chunk, quiet):
            continue
        for one in joined(verdict.chunk.tokens, lexicon):
            if isinstance(one, Reference):
                found = _met(found, one)
    return found


def _says_only_that(chunk: Chunk, quiet: Collection[Kind]) -> bool:
    """Nothing but goods and quiet words, and a few characters of any kind before them: 当然大的."""
    if any(token.kind not in quiet and token.kind is not Kind.REST for token in chunk.tokens):
        return False
    if not chunk.rest:
        return True
    last = max((i for i, token in enumerate(chunk.tokens) if token.kind is Kind.REST), default=0)
    behind = any(token.kind in {Kind.ITEM, Kind.SIZE} for token in chunk.tokens[last:])
    return behind and chunk.rest <= _FILLER


def _met(before: Reference | None, goods: Reference) -> Reference:
    common = tuple(sku for sku in goods.skus if before and sku in before.skus)
    return replace(goods, skus=common) if common else goods


def _left(unclear: Unclear, goods: Reference) -> tuple[Choice, ...]:
    return tuple(
        choice for choice in unclear.choices if any(change.sku in goods.skus for change in choice.changes)
    )


def _by_character(text: str, unclear: Unclear, lexicon: Lexicon) -> tuple[Choice, ...]:
    """短的, 大的: a character that only some labels hold, or a size or price among the choices."""
    for piece in _PAUSE.split(text.strip()):
        priced = _PRICED.fullmatch(piece)
        if priced and (held := _by_price(priced["word"], unclear, lexicon)):
            return held
        denied = _WITHOUT.fullmatch(piece)
        if denied and (held := _without(denied["word"], unclear)):
            return held
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


def _without(word: str, unclear: Unclear) -> tuple[Choice, ...]:
    """不辣的: the one that has not the word in its label."""
    held = tuple(choice for choice in unclear.choices if word not in choice.label)
    return held if len(held) == 1 < len(unclear.choices) else ()


def _by_price(word: str, unclear: Unclear, lexicon: Lexicon) -> tuple[Choice, ...]:
    """便宜的, 贵的那种, 29.9的."""
    priced = [(sku.price, choice) for choice in unclear.choices if (sku := _sku(choice, lexicon))]
    if not priced:
        return ()
    if word in _CHEAP | _DEAR:
        wanted = (max if word in _DEAR else min)(price for price, _ in priced)
    else:
        wanted = parse_yuan(word)
    held = tuple(choice for price, choice in priced if price == wanted)
    return held if len(held) == 1 else ()


def _by_size(word: str, unclear: Unclear, lexicon: Lexicon) -> tuple[Choice, ...]:
    word = word.removesuffix("点").removesuffix("一").removesuffix("容量")
    if word not in _BIG | _SMALL:
        return ()
    measured = [(attributes.sizes(_spec(choice, lexicon)), choice) for choice in unclear.choices]
    if not all(sizes for sizes, _ in measured) or len({sizes[0].kind for sizes, _ in measured}) != 1:
        return ()
    ordered = sorted(measured, key=lambda pair: pair[0][0].value)
    return (ordered[-1][1],) if word[0] in _BIG else (ordered[0][1],)


def _spec(choice: Choice, lexicon: Lexicon) -> str:
    sku = _sku(choice, lexicon)
    return sku.spec if sku else ""


def _sku(choice: Choice, lexicon: Lexicon) -> Sku | None:
    return lexicon.catalogue.get(choice.changes[0].sku)
