"""The words of a shop: names, aliases, codes, specs and what people make of them, found in a message."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from nlp import segment
from nlp.code_lists import listed
from nlp.homophones import spelling, spellings
from nlp.misspellings import AFTER_ADJECTIVE, SHORTEST, Misspellings, heard, slipped
from nlp.numerals import whole
from nlp.surfaces import (
    ALIAS,
    CODE,
    COLOURS,
    HAN_RUN,
    NAME,
    PINYIN,
    RANK,
    SHORT,
    SPEC,
    TYPO,
    Surface,
    lower,
)
from nlp.surfaces import surfaces as surfaces_of
from shop.catalogue import Catalogue

_SCORE = {CODE: 1.0, NAME: 1.0, ALIAS: 1.0, SPEC: 0.9, SHORT: 0.8, PINYIN: 0.7, TYPO: 0.6}

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2,}")
_PLACE = "座栋幢区楼层口站门室馆厅班级股片场轮超弄苑梯库柜线路院桌"
_NOT_CODE = re.compile(rf" ?(?!号?库存)(?:号?[{_PLACE}]|单元|[:.][0-9]|-[0-9]{2}|[%℃°]|[A-Za-z])")
_MEASURES = re.compile("[0-9]{2}[glf]$")
"""500g, 17F: the letter of a measure or of a storey, no code."""
_NUMBERED = re.compile(
    r"(?P<digits>[0-9]{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九十])(?=号|\*|链接)号?(?:链接)?"
)
_DATE_BEFORE = re.compile(r"[月\-./:0-9周]$")
_BEFORE_ADJECTIVE = (
    "我分有么要来拿买订定整换改选成的那是系和跟加给个箱盒瓶袋包件支双条张把罐桶就都种号咁还"
    "一二两三四五六七八九十俩"
)
_AFTER_HEAD = frozenset("吧呗嘛啊哈啦呀撒噻呢咯哦嘞吗和跟")
"""What may follow goods at the end of a clause."""
_COUNTING = frozenset("0123456789零一二三四五六七八九十两俩半几")
_EACH_OF_BOTH = ("各", "都")
_LATIN_LETTERS = 4
"""Letters of the shortest pinyin that may hold a slip."""
_REMEMBERED = 64
"""Texts whose mentions are kept, since several readers ask for those of one message."""
_LONGEST_FUZZY = 60
"""Characters of Han text up to which misspellings are looked for: longer talk is no order form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`text[start:end]` names the SKUs of these codes; `how` it does so, and how sure that is (0 to 1).

    An `attribute` tells specs apart and needs a name beside it, unless it fits one SKU only.
    """

    start: int
    end: int
    skus: tuple[str, ...]
    how: str
    score: float = 1.0

    @property
    def attribute(self) -> bool:
        """Whether it only tells specs apart."""
        return self.how == SPEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All surfaces of a catalogue, by their first character, longest first; made by `of`."""

    catalogue: Catalogue
    surfaces: Mapping[str, tuple[Surface, ...]] = field(repr=False)
    fuzzy: tuple[Surface, ...] = field(repr=False)
    misspellings: Misspellings = field(repr=False)
    codes: Mapping[str, str] = field(repr=False)
    letter_codes: re.Pattern[str] | None = field(repr=False)
    spelt: re.Pattern[str] | None = field(repr=False)
    units: tuple[str, ...] = ()
    found: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(catalogue: Catalogue) -> "Lexicon":
        """The lexicon of a catalogue, made once."""
        return _lexicon(catalogue)

    def __hash__(self) -> int:
        return hash(self.catalogue)

    def mentions(self, text: str) -> Sequence[Mention]:
        """The mentions in a normalised text, left to right, none overlapping; misspelt ones included."""
        found = self.found.get(text)
        if found is None:
            if len(self.found) >= _REMEMBERED:
                self.found.clear()
            found = self.found[text] = self._mentions(text)
        return found

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        folded = lower(text)
        if len(text) > _LONGEST_FUZZY:
            return tuple(self._exact(folded, ()))
        sighted = (*self._spelt_out(folded), *self._together(folded))
        found = [self._lengthened(folded, one) for one in self._exact(folded, sighted)]
        found += self._misspelt(folded, found)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def name_of(self, code: str) -> str:
        """The name that goes with a code."""
        return self.catalogue[code].name

    def _lengthened(self, folded: str, mention: Mention) -> Mention:
        """The longer name that a mention is the end of, when what stands before it is that name misspelt."""
        before = folded[mention.start - 1 : mention.start]
        if mention.how not in {NAME, ALIAS} or not _HAN.match(before) or before in self.units:
            return mention
        tail = folded[mention.start : mention.end]
        for surface in self.fuzzy:
            if surface.how == SHORT:
                continue
            start = mention.end - len(surface.text)
            if not 0 <= start < mention.start or not surface.text.endswith(tail):
                continue
            written = folded[start : mention.end]
            if written[0] != surface.text[0] and written[0] in _BEFORE_ADJECTIVE:
                continue  # 要草莓 is no 颜草莓
            if heard(surface.text, written) or slipped(surface.text, written) == len(written):
                return _mention(start, written, surface.skus, PINYIN)
        return mention

    def _exact(self, folded: str, spelt: Sequence[Mention]) -> Iterator[Mention]:
        position, last = 0, -1
        while position < len(folded):
            mention = next((one for one in spelt if one.start == position), None)
            mention = mention or self._at(folded, position, position == last)
            if mention is None:
                position += 1
            else:
                yield mention
                position = last = mention.end

    def _at(self, folded: str, position: int, touched: bool) -> Mention | None:
        surface = next(
            (
                surface
                for surface in self.surfaces.get(folded[position], ())
                if folded.startswith(surface.text, position)
                and self._stands(folded, position, surface, touched)
            ),
            None,
        )
        code = self._code_at(folded, position)
        if surface is None or (code and position + len(surface.text) <= code.end):
            return code
        if surface.how == SHORT and (heard := self._longer(folded, position, surface)):
            return heard
        return _mention(position, surface.text, surface.skus, surface.how)

    def _longer(self, folded: str, position: int, surface: Surface) -> Mention | None:
        """A misspelt name that begins with what alone would be a short name."""
        run = HAN_RUN.match(folded, position)
        heard = self.misspellings.heard_at(run[0], 0) if run else None
        if heard is None or heard[1] <= len(surface.text):
            return None
        return _mention(position, folded[position : position + heard[1]], heard[0].skus, PINYIN)

    def _stands(self, folded: str, position: int, surface: Surface, touched: bool) -> bool:
        """Whether the surface stands there as a word of its own and not as a part of another one."""
        text, end = surface.text, position + len(surface.text)
        if surface.how == SHORT and text[-1] == "子" and folded[position - 1 : position] in _COUNTING:
            return False  # 两袋子
        if text.isascii():
            return _ascii_stands(folded, position, end, text)
        if len(text) > 1:
            return surface.how != SPEC or not (
                _measured_on(folded, position, end) or self._counted(folded, position, text)
            )
        if surface.how == SHORT:
            return self._bare_head(folded, position, end)
        if surface.how != SPEC:
            return segment.is_word(folded, position, end)
        if text in self.units and folded[position - 1 : position] in _COUNTING:
            return False  # 6瓶
        return touched or (
            self._free(folded[position - 1 : position]) and self._adjective_stands(folded, end)
        )

    def _bare_head(self, folded: str, position: int, end: int) -> bool:
        """来桶油: the last character of names, right behind a measure word and before nothing else."""
        before, after = folded[max(position - 2, 0) : position], folded[end : end + 1]
        measured = any(before.endswith(unit) for unit in self.units)
        return measured and (not _HAN.match(after) or after in _AFTER_HEAD)

    def _counted(self, folded: str, position: int, text: str) -> bool:
        """两盒的 counts boxes: 盒的 names none there."""
        return text[:-1] in self.units and folded[position - 1 : position] in _COUNTING

    def _free(self, before: str) -> bool:
        """Whether an adjective may begin behind it: after talk it is part of a word (头大, 不大)."""
        return not _HAN.match(before) or before in _BEFORE_ADJECTIVE or before in self.units

    def _adjective_stands(self, folded: str, end: int) -> bool:
        """A single 大 or 红 is a spec beside goods, a count or 的, never inside another word."""
        after = folded[end : end + 1]
        if not _HAN.match(after) or after in AFTER_ADJECTIVE:
            return True
        if any(folded.startswith(unit, end) for unit in self.units):
            return True
        return any(
            folded.startswith(one.text, end)
            for one in self.surfaces.get(after, ())
            if one.how != SPEC or len(one.text) > 1 or folded[end + 1 : end + 2] in _EACH_OF_BOTH
        )  # 大苹果, 大小箱, 大小各一

    def _code_at(self, folded: str, position: int) -> Mention | None:
        match = self.letter_codes.match(folded, position) if self.letter_codes else None
        if (
            match
            and not _NOT_CODE.match(folded, match.end())
            and not _MEASURES.search(folded, 0, match.end())
        ):
            return _mention(position, match[0], (self.codes[match["code"]],), CODE)
        match = _NUMBERED.match(folded, position)
        if match is None or _DATE_BEFORE.search(folded[max(position - 1, 0) : position]):
            return None
        code = self.codes.get(str(whole(match["digits"])))
        if code is None or _NOT_CODE.match(folded, match.end()):
            return None
        return _mention(position, match[0], (code,), CODE)

    def _together(self, folded: str) -> Iterator[Mention]:
        for start, end, skus in listed(folded, self.codes):
            yield _mention(start, folded[start:end], skus, CODE)

    def _spelt_out(self, folded: str) -> Iterator[Mention]:
        """Names written partly or wholly in pinyin."""
        if self.spelt is None or not _LATIN.search(folded):
            return
        for match in self.spelt.finditer(folded):
            if _LATIN.search(match[0]) and match.lastgroup:
                surface = self.fuzzy[int(match.lastgroup[1:])]
                yield _mention(match.start(), match[0], surface.skus, PINYIN)
        for run in _LATIN.finditer(folded):
            if len(run[0]) >= _LATIN_LETTERS and (meant := self._near(run[0])):
                yield _mention(run.start(), run[0], meant.skus, PINYIN)

    def _near(self, letters: str) -> Surface | None:
        """The one name of which the pinyin is these letters but for one slip."""
        near = [one for one in self.fuzzy if one.how in {NAME, ALIAS} and _slip(letters, one.text)]
        return near[0] if len({one.skus for one in near}) == 1 else None

    def _misspelt(self, folded: str, found: list[Mention]) -> Iterator[Mention]:
        """Names with characters that only sound right, or with one character wrong or lost."""
        taken = {index for mention in found for index in range(mention.start, mention.end)}
        masked = "".join(" " if index in taken else character for index, character in enumerate(folded))
        for run in HAN_RUN.finditer(masked):
            yield from self._misspelt_run(run[0], run.start(), folded[: run.start()])

    def _misspelt_run(self, run: str, offset: int, before: str) -> Iterator[Mention]:
        position = 0
        while position < len(run) - 1:
            best = self.misspellings.at(run, position, before)
            if best is None:
                position += 1
                continue
            surface, length, how = best
            yield _mention(offset + position, run[position : position + length], surface.skus, how)
            position += length
            if adjective := self._at(run, position, True) if position < len(run) else None:
                yield replace(adjective, start=offset + position, end=offset + adjective.end)
                position = adjective.end


def _slip(letters: str, word: str) -> bool:
    written = spelling(word)
    return abs(len(written) - len(letters)) <= 1 and OSA.distance(letters, written, score_cutoff=1) <= 1


def _mention(start: int, written: str, skus: tuple[str, ...], how: str) -> Mention:
    return Mention(start=start, end=start + len(written), skus=skus, how=how, score=_SCORE[how])


def _measured_on(folded: str, position: int, end: int) -> bool:
    """Whether a measurement goes on behind the words of a spec: 三米 in 三米二, 5米 in 15米."""
    numerals = "0123456789一二三四五六七八九十"
    before, after = folded[position - 1 : position], folded[end : end + 1]
    inside = folded[position] in numerals
    goes_on = folded[end - 1] in "米m尺" and after in set(numerals)
    return inside and (goes_on or before in set(numerals + "."))


def _ascii_stands(folded: str, position: int, end: int, text: str) -> bool:
    before, after = folded[position - 1 : position], folded[end : end + 1]
    if text.isdecimal():
        return not (before.isdigit() or before in set(".-:*+/") or _counts(folded, end, text))
    return not (_is_latin(before) or _is_latin(after)) and not (text[-1].isdigit() and after.isdigit())


def _counts(folded: str, end: int, digits: str) -> bool:
    """Whether digits that could be a shade or a size are a count: 11箱, 17分钟, 2.5."""
    after = folded[end : end + 1]
    if digits.startswith("0") and len(digits) > 1:
        return after.isdigit()
    return after.isdigit() or after in set(".:/%-+*") or (after != "" and segment.measures(folded, end))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@lru_cache(maxsize=256)
def _lexicon(catalogue: Catalogue) -> Lexicon:
    surfaces = surfaces_of(catalogue)
    by_first: dict[str, list[Surface]] = defaultdict(list)
    for surface in sorted(surfaces, key=lambda one: -len(one.text)):
        by_first[surface.text[0]].append(surface)
    fuzzy = tuple(
        sorted((one for one in surfaces if _is_fuzzy(one)), key=lambda one: (-len(one.text), RANK[one.how]))
    )
    codes = {sku.code.casefold(): sku.code for sku in catalogue}
    units = tuple(dict.fromkeys(sku.unit for sku in catalogue))
    return Lexicon(
        catalogue=catalogue,
        surfaces={first: tuple(group) for first, group in by_first.items()},
        fuzzy=fuzzy,
        misspellings=Misspellings(fuzzy, units),
        codes=codes,
        letter_codes=_code_pattern(codes),
        spelt=_spelt_pattern(fuzzy),
        units=units,
    )


def _is_fuzzy(surface: Surface) -> bool:
    if surface.how == SPEC and (surface.text[-1] in "的那嘅" or surface.text[0] in COLOURS):
        return False  # 那套 is no misspelt 蓝套
    return HAN_RUN.fullmatch(surface.text) is not None and (
        surface.how != SHORT or len(surface.text) > SHORTEST
    )


def _code_pattern(codes: Mapping[str, str]) -> re.Pattern[str] | None:
    written = sorted((code for code in codes if not code.isdecimal()), key=lambda code: -len(code))
    if not written:
        return None
    either = "|".join(re.escape(code) + ("(?![0-9])" if code[-1].isdigit() else "") for code in written)
    return re.compile(rf"(?<![a-z])(?P<code>{either})(?![a-z])(?:号链接|号|链接)?")


def _spelt_pattern(fuzzy: Sequence[Surface]) -> re.Pattern[str] | None:
    """Matches any word of which every character is written either as it is or in pinyin."""
    if not fuzzy:
        return None
    words = (f"(?P<w{index}>{_spelt_word(one.text)})" for index, one in enumerate(fuzzy) if one.how != SHORT)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])")


def _spelt_word(word: str) -> str:
    return " ?".join(f"(?:{'|'.join((character, *spellings(character)))})" for character in word)
