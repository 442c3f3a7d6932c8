"""One form for the many ways in which a character is typed, every character knowing where it came from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_ONE_FORM = {
    "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    "\t": " ", "\u2800": " ",
    "➕": "+", "﹢": "+", "➖": "-", "−": "-", "‐": "-", "‑": "-", "﹣": "-",
    "∗": "*", "﹡": "*", "⓿": "0", "🅾": "O", "〜": "~", "∼": "~",
}  # fmt: skip
_TIMES = "×✖✕╳⨯⨉xX"
_INVISIBLE = {
    "Cc",
    "Cf",
    "Cs",
}  # controls, joiners and directions, half characters that no encoding can write
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u20e3"  # fillers, joiners, the frame of a keycap
_COMPATIBLE = (
    (0x2150, 0x218B),  # Roman numerals; the fractions among them are left alone below
    (0x2460, 0x24FF),  # circled and bracketed digits and letters
    (0x2E80, 0x2FDF),  # radicals that copies from documents carry in place of characters
    (0x3200, 0x33FF),  # circled characters, squared units
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F),  # small and vertical forms
    (0xFF01, 0xFFEE),  # full and half width
    (0x1D400, 0x1D7FF),  # "fancy" letters and digits of nicknames
    (0x1F100, 0x1F1E5),
    (0x2F800, 0x2FA1F),
)
_DINGBATS = "".join(map(chr, range(0x2776, 0x2794)))  # three runs of 1 to 10
_FRAMED_LETTERS = (0x1F150, 0x1F170)  # first of the white-on-black rounds and squares, A to Z each
_COUNT = "0-9零〇一二三四五六七八九十两半"
_MULTIPLY = re.compile(
    rf"(?<=[{_COUNT}])[ ]?[{_TIMES}](?=[ ]?[^\x00-\x7f{_TIMES}])"  # 2x苹果
    rf"|(?<![A-Za-z])[A-Za-z]?[ ]?[{_TIMES}](?=[ ]?[{_COUNT}])"  # 苹果x2, Ax2
    rf"|[×✖✕╳⨯⨉](?=[ ]?[{_COUNT}])"  # guo×2
)
_CIRCLED = "\u2460-\u249b\u24f5-\u24ff\u2776-\u2793"
_FRAMED = re.compile(rf"(?:[0-9#*]\ufe0f?\u20e3|🔟)+|[{_CIRCLED}]")
_DIGIT = re.compile("[0-9０-９]")
_DIGIT_OR_CIRCLED = re.compile(f"[0-9０-９{_CIRCLED}🔟]")
_BRACKETED = re.compile(r"\((.+)\)")
_SHORT = 80
"""Characters of texts that are remembered: names, rows, what several readers look at in turn."""
_STICKER = re.compile(r"\[[A-Za-z\u4e00-\u9fff]{1,8}\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """Text in one form; `origin[i]` is the index in the original of what became `text[i]`, never falling."""

    text: str
    origin: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the original that `text[start:end]` came from.

        An empty span lies before the character at `start`. Raises IndexError outside the text.
        """
        if start >= end:
            position = self.origin[start] if start < len(self.origin) else self._after()
            return position, position
        return self.origin[start], self.origin[end - 1] + 1

    def _after(self) -> int:
        return self.origin[-1] + 1 if self.origin else 0


def normalise(text: str) -> Normalised:
    """Half-width, simplified, without invisible characters; letter case, spaces and stickers stay.

    Digits in keycaps, circles or fancy alphabets become plain, signs of multiplication beside a count `*`.
    """
    return _remembered(text) if len(text) <= _SHORT else _normalised(text)


def _normalised(text: str) -> Normalised:
    pieces = [_replacement(character) for character in text]
    _part_framed(text, pieces)
    origin = tuple(index for index, piece in enumerate(pieces) for _ in piece)
    return Normalised(text=_MULTIPLY.sub(_times, "".join(pieces)), origin=origin)


_remembered = lru_cache(maxsize=8192)(_normalised)


def fold(text: str) -> str:
    """As `normalise`, but only what replaces one character by one: spans hold in both texts."""
    if text.isascii():
        return text
    return "".join(piece if len(piece := _replacement(character)) == 1 else character for character in text)


def stickers(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names that WeChat writes for its own stickers, such as [捂脸]."""
    return (match.span() for match in _STICKER.finditer(text))


def _part_framed(text: str, pieces: list[str]) -> None:
    """Keep ①2箱 from becoming 12箱: what a frame set apart, a space sets apart."""
    for match in _FRAMED.finditer(text):
        first, after = match.span()
        if first and _DIGIT.match(text, first - 1):
            pieces[first] = " " + pieces[first]
        if _DIGIT_OR_CIRCLED.match(text, after):
            pieces[after - 1] += " "


def _times(match: re.Match[str]) -> str:
    return match[0][:-1] + "*"


@lru_cache(maxsize=16384)
def _replacement(character: str) -> str:
    """What stands for the character: itself, another, several, or nothing. A fixed point of itself."""
    if " " <= character <= "~" or character == "\n":
        return character
    if character in _ONE_FORM:
        return _ONE_FORM[character]
    if _invisible(character):
        return ""
    if unicodedata.category(character) == "Zs":
        return " "
    return _shape(character)


def _invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    selector = selector or "\u180b" <= character <= "\u180f"
    return selector or character in _BLANK_LETTERS or unicodedata.category(character) in _INVISIBLE


def _shape(character: str) -> str:
    code = ord(character)
    if character == "🔟":
        return "10"
    if character in _DINGBATS:
        return str(_DINGBATS.index(character) % 10 + 1)
    for first in _FRAMED_LETTERS:
        if first <= code < first + 26:
            return chr(ord("A") + code - first)
    if any(first <= code <= last for first, last in _COMPATIBLE):
        return _compatible(character)
    return _simplified().get(character, character)


def _compatible(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    if form == character:
        return _simplified().get(character, character)
    if "\u2044" in form:  # ½ beside a digit would read as another number
        return character
    if bracketed := _BRACKETED.fullmatch(form):
        form = bracketed[1]
    return "".join(_replacement(part) for part in form)


@cache
def _simplified() -> dict[str, str]:
    """Traditional to simplified characters, one for one, as OpenCC's table of single characters has them."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t", 1) for line in table.splitlines() if "\t" in line)
    first = {traditional: choices.split()[0] for traditional, choices in pairs}
    return {traditional: _settled(first, traditional) for traditional in first}


def _settled(table: dict[str, str], character: str) -> str:
    """Follow the table until it says nothing new, so that a second pass changes nothing."""
    seen = {character}
    while (character := table.get(character, character)) not in seen:
        seen.add(character)
    return character
