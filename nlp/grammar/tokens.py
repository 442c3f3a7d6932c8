"""A message cut into tokens: goods, counts, closed-class words, and what none of them explains."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.grammar import heads
from nlp.grammar.patterns import (
    ADDRESSED,
    ANY_PATTERN,
    ENOUGH,
    LIKE_WHOM,
    PATTERNS,
    PROXY,
    REPEATING,
    STICKER_LIKE,
    TAKEN_OUT,
    TOO_MANY,
    TOOK,
)
from nlp.grammar.references import sized
from nlp.grammar.settling import settled
from nlp.grammar.token import Token
from nlp.grammar.words import Kind, table
from nlp.homophones import alike
from nlp.lexicon import Lexicon, Mention
from nlp.normalise import stickers
from nlp.quantities import Quantity, quantities
from nlp.surfaces import CODE

LONGEST = 400
"""Characters of one message that are read: what is longer is no order in chat."""

_SEPARATORS = frozenset(",，。.!！;；\n…:：、·|/~～—")
_MONEY = frozenset(("元", "块", "块钱", "毛", "毛钱", "蚊", "¥"))
_BODY = frozenset(
    (
        "斤",
        "公斤",
        "千克",
        "kg",
        "克",
        "g",
        "ml",
        "毫升",
        "升",
        "l",
        "升",
        "寸",
        "cm",
        "枚",
        "片",
        "支",
        "只",
        "抽",
        "粒",
    )
)
_GENERAL = ("份", "件", "个", "只")
_SMALL = frozenset(("克", "g", "ml", "毫升"))
_THAT = tuple("箱盒袋瓶包斤扎罐套支张把双板块根桶提卷条单杯碗枚壶盆束棵颗片台盏串盘樽篮筐捆")
_POINTING = frozenset("那这嗰𠮶")
_WEIGHTS = ("斤", "公斤", "克")
_VERBAL = frozenset(
    (Kind.WANT, Kind.MORE, Kind.SWAP, Kind.SET, Kind.LESS, Kind.EACH, Kind.ME_TOO, Kind.EVERY)
)
_LONG_KINDS = frozenset((Kind.THAT, Kind.FOR, Kind.SELF))
"""Kinds of patterns that leave room for anything, and give way where goods or counts begin in it."""
_NAMED_SIZE = re.compile(" ?(?:装|规格|头额|头|款|那种|的)")
_LISTED_ON = re.compile("(?<=[*xX])[0-9]{1,2},(?=[0-9])")
"""A comma behind a count, which groups no digits: *3,500g."""
_COUNT_BEHIND = re.compile(" ?(?:[来要拿订xX×*]|给我|来上)? ?")
_DIGITS = "零一二三四五六七八九两"
_AFTER_MEASURE = "添的吧呗嘛啊哈啦呀撒噻给呢咯"
_AGES = 10
_ROOM = 100
"""From this number on a count without a measure word names a room, a house, a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A message in tokens; `addressed` names whom it speaks to by @."""

    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    addressed: str = ""


def tokenise(text: str, lexicon: Lexicon, names: Sequence[str] = (), held: Iterable[str] = ()) -> Tokens:
    """Cut a normalised text into tokens, the goods first, then counts, then words.

    `names` are members'; of the SKUs `held`, those that the sender ordered, the last character of a name
    does where something is changed (锅不要了).
    """
    text = text[:LONGEST]
    return _Scanner(text, lexicon, names, held).tokens()


class _Scanner:
    """Reads one text from left to right."""

    def __init__(self, text: str, lexicon: Lexicon, names: Sequence[str], held: Iterable[str]) -> None:
        self._text = text
        self._lexicon = lexicon
        found = (*lexicon.mentions(text), *heads.mentions(text, lexicon, held))
        self._mentions = {mention.start: mention for mention in reversed(found)}
        self._names = names
        self._fixed = dict(self._fixtures())
        masked = self._masked()
        self._counts = {count.start: count for count in quantities(masked, lexicon.units)}
        self._measures = (*lexicon.units, *_GENERAL, *_THAT)
        self._previous: Token | None = None

    def tokens(self) -> Tokens:
        address = ADDRESSED.search(self._text)
        return Tokens(
            text=self._text,
            tokens=tuple(settled(self._text, list(self._scan()))),
            mentions=tuple(self._mentions[start] for start in sorted(self._mentions)),
            addressed=address["name"] if address else "",
        )

    def _masked(self) -> str:
        """The text with the goods replaced: their numerals count nothing."""
        characters = list(self._text)
        for mention in self._mentions.values():
            characters[mention.start : mention.end] = "\u25a1" * (mention.end - mention.start)
        for match in _LISTED_ON.finditer(self._text):
            characters[match.end() - 1] = "\u3001"
        return "".join(characters)

    def _fixtures(self) -> Iterator[tuple[int, Token]]:
        """Whole spans that are no words: addresses, stickers, pictures."""
        for match in ADDRESSED.finditer(self._text):
            yield match.start(), self._token(Kind.STICKER, match.start(), match.end("name"))
        for match in LIKE_WHOM.finditer(self._text):
            named = next(
                (name for name in self._names if name and self._text.startswith(name, match.end())), None
            )
            if named:
                yield match.start(), self._token(Kind.STICKER, match.start(), match.end() + len(named))
        for match in TAKEN_OUT.finditer(self._text):
            yield match.start("deed"), self._token(Kind.DROP, *match.span("deed"))
        for start, end in stickers(self._text):
            yield start, self._token(Kind.STICKER, start, end)
        for match in STICKER_LIKE.finditer(self._text):
            yield match.start(), self._token(Kind.STICKER, *match.span())

    def _scan(self) -> Iterator[Token]:
        position = 0
        while position < len(self._text):
            token = self._at(position)
            self._previous = token
            yield token
            position = token.end

    def _at(self, position: int) -> Token:
        if fixed := self._fixed.get(position):
            return fixed
        if mention := self._mentions.get(position):
            return Token(
                kind=Kind.ITEM,
                start=position,
                end=mention.end,
                text=self._text[position : mention.end],
                mention=mention,
            )
        fixed = self._enough(position) or self._proxy(position) or self._that_one(position)
        fixed = fixed or self._pattern(position)
        if fixed is not None:
            return fixed
        count, word = self._count(position), self._word(position)
        return word if count is None or word.end > count.end else count

    def _enough(self, position: int) -> Token | None:
        """三斤够了: agrees to the count before it; elsewhere it compares."""
        if self._previous is None or self._previous.kind is not Kind.QUANTITY:
            return None
        if match := TOO_MANY.match(self._text, position):
            return self._token(Kind.EXCESS, *match.span())
        match = ENOUGH.match(self._text, position)
        return self._token(Kind.AGREE, *match.span()) if match else None

    def _proxy(self, position: int) -> Token | None:
        """帮三楼的李阿姨带: whoever it is for is explained, unless goods or counts stand there."""
        match = PROXY.match(self._text, position)
        if match is None or self._crosses(position, match.end()):
            return None
        return self._token(Kind.FOR, *match.span())

    def _that_one(self, position: int) -> Token | None:
        """那盒给我, 那袋核桃我要了: one of it, by whoever takes it."""
        if self._text[position] not in _POINTING or position + 1 in self._counts:
            return None
        unit = next((one for one in self._measures if self._text.startswith(one, position + 1)), None)
        end = position + 1 + len(unit or "")
        goods = self._mentions.get(end)
        if unit is None or end in self._counts or TOOK.match(self._text, goods.end if goods else end) is None:
            return None
        count = Quantity(position, end, 1, unit)
        return replace(self._token(Kind.QUANTITY, position, end), quantity=count)

    def _pattern(self, position: int) -> Token | None:
        for pattern, kind in PATTERNS if ANY_PATTERN.match(self._text, position) else REPEATING:
            match = pattern.match(self._text, position)
            crossing = kind in _LONG_KINDS and match is not None and self._crosses(position, match.end())
            if match and not crossing:
                return self._token(kind, *match.span())
        return None

    def _count(self, position: int) -> Token | None:
        count = self._counts.get(position)
        if count is None:
            return self._bare_measure(position) or self._one(position)
        if not count.unit and (code := self._coded(count)):
            return code
        if not count.unit and (heard := self._heard_unit(count)):
            return heard
        if not count.unit and self._unknown(count.end):
            return self._token(Kind.REST, position, count.end)
        kind = Kind.QUANTITY
        end = count.end
        if not count.unit and count.value != int(count.value):
            return self._token(Kind.PRICE, position, end)
        if not count.unit and (count.value >= _ROOM or self._text[position] == "0" or self._aged(count)):
            return self._token(Kind.THAT, position, end)
        if count.unit in _MONEY and count.unit not in self._lexicon.units:
            kind = Kind.PRICE
        elif named := self._named_size(count):
            kind, end = Kind.SIZE, named
        return Token(kind=kind, start=position, end=end, text=self._text[position:end], quantity=count)

    def _aged(self, count: Quantity) -> bool:
        """俺七十了: an age, or whatever has come to be so many."""
        wanted = self._previous is not None and self._previous.kind in _VERBAL
        return count.value >= _AGES and not wanted and self._text.startswith("了", count.end)

    def _coded(self, count: Quantity) -> Token | None:
        """5两杯, 6嚟9杯: a number that is a code, before a count by the measure word of its goods."""
        begins = self._previous is None or self._previous.kind in {Kind.SPACE, Kind.SEPARATOR}
        sku = self._lexicon.catalogue.get(self._text[count.start : count.end])
        after = count.end + (self._text[count.end : count.end + 1] in {"嚟", "来", "要"})
        counted = self._counts.get(after)
        if not begins or sku is None or counted is None or counted.unit != sku.unit:
            return None
        mention = Mention(start=count.start, end=count.end, skus=(sku.code,), how=CODE)
        return replace(self._token(Kind.ITEM, count.start, count.end), mention=mention)

    def _heard_unit(self, count: Quantity) -> Token | None:
        """两代 for 两袋: what sounds like a measure word of the shop behind a bare number."""
        end = count.end + 1
        written = self._text[count.end : end]
        if not ("\u4e00" <= written <= "\u9fff") or count.end in self._mentions or self._is_word(count.end):
            return None
        unit = next((unit for unit in self._lexicon.units if len(unit) == 1 and alike(unit, written)), None)
        if unit is None:
            return None
        quantity = Quantity(count.start, end, count.value, unit)
        return Token(
            kind=Kind.QUANTITY,
            start=count.start,
            end=end,
            text=self._text[count.start : end],
            quantity=quantity,
        )

    def _unknown(self, position: int) -> bool:
        """Whether an unexplained Han character stands there: 两顿 counts by a word that counts no goods."""
        character = self._text[position : position + 1]
        return (
            "\u4e00" <= character <= "\u9fff"
            and position not in self._mentions
            and not self._is_word(position)
        )

    def _is_word(self, position: int) -> bool:
        listed = table().get(self._text[position], ())
        return position in self._counts or any(self._text.startswith(word, position) for word, _ in listed)

    def _one(self, position: int) -> Token | None:
        """A Chinese digit before a measure word, where the dictionary saw another word: 整一个."""
        value = _DIGITS.find(self._text[position])
        if value < 1:
            return None
        for unit in (*self._lexicon.units, *_GENERAL):
            if self._text.startswith(unit, position + 1):
                end = position + 1 + len(unit)
                count = Quantity(position, end, 2 if value == len(_DIGITS) - 1 else value, unit)
                return Token(
                    kind=Kind.QUANTITY, start=position, end=end, text=self._text[position:end], quantity=count
                )
        return None

    def _named_size(self, count: Quantity) -> int:
        """Where a size that names a spec ends (20斤的, 5斤装); 0 when it is a count."""
        if count.unit.lower() not in _BODY or count.unit in self._lexicon.units:
            return 0
        match = _NAMED_SIZE.match(self._text, count.end)
        goods = self._mentions.get(count.end)
        if match is None and goods and set(goods.skus) & set(sized(self._lexicon, count)):
            small = count.unit.lower() in _SMALL  # 500g洗洁精
            return count.end if small or self._counted_on(goods.end) else 0
        return match.end() if match else 0

    def _counted_on(self, position: int) -> bool:
        """10斤大米 x1: the goods have their count behind them, which is of no other goods."""
        match = _COUNT_BEHIND.match(self._text, position)
        count = self._counts.get(match.end()) if match else None
        return count is not None and count.unit not in _BODY and count.end not in self._mentions

    def _bare_measure(self, position: int) -> Token | None:
        """来箱苹果 is 来一箱苹果: a measure word right behind a verb counts one."""
        if self._previous is None or self._previous.kind not in _VERBAL:
            return None
        if self._previous.kind is Kind.SWAP and self._text.startswith("个", position):
            return None
        for unit in (*self._lexicon.units, *_GENERAL):
            end = position + len(unit)
            if self._text.startswith(unit, position) and end not in self._counts:
                after = self._text[end : end + 1]
                near = end in self._mentions or (end + 1 in self._mentions and after not in "的了过")
                if not near and (
                    unit in _WEIGHTS or ("\u4e00" <= after <= "\u9fff" and after not in _AFTER_MEASURE)
                ):
                    continue
                count = Quantity(position, end, 1, unit)
                return Token(kind=Kind.QUANTITY, start=position, end=end, text=unit, quantity=count)
        return None

    def _word(self, position: int) -> Token:
        character = self._text[position]
        if character == " ":
            return self._token(Kind.SPACE, position, position + 1)
        for word, kind in table().get(character, ()):
            if self._text.startswith(word, position) and not self._crosses(position, position + len(word)):
                return self._token(kind, position, position + len(word))
        if character in _SEPARATORS:
            return self._token(Kind.SEPARATOR, position, position + 1)
        kind = Kind.SOFT if character in "()（）\"'“”‘’*-=_<>《》【】[]^&#`" else Kind.REST
        return self._token(kind, position, position + 1)

    def _crosses(self, start: int, end: int) -> bool:
        """Whether goods or a count begin inside a word: 都要两箱 is 都要 and 两箱, never 要两."""
        return any(index in self._mentions or index in self._counts for index in range(start + 1, end))

    def _token(self, kind: Kind, start: int, end: int) -> Token:
        return Token(kind=kind, start=start, end=end, text=self._text[start:end])
