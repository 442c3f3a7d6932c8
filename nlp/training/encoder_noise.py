"""Noise as people type: lost, doubled and swapped characters, words that sound alike, words of address."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pypinyin import Style, pinyin

BEFORE = (
    "请问", "团长", "老板", "问下", "我想问一下", "那个", "在吗", "你好",
    "群主", "哎", "亲", "想问问", "有人知道", "话说", "请教下",
)  # fmt: skip
AFTER = ("谢谢", "急", "啊", "呀", "呢", "哈", "哦", "求回复", "了解一下", "有人知道吗", "麻烦了", "嘞")

UNSPACED, ADDRESSED, URGED = 0.15, 0.12, 0.08
"""Shares of lines."""
LOST, MISHEARD = 0.06, 0.03
"""Shares of characters."""


class Noise:
    """Makes a line look as if somebody else had typed it; the same seed makes the same lines."""

    def __init__(self, alphabet: Sequence[str], seed: int) -> None:
        self._chance = random.Random(seed)
        self._alike = _homophones(tuple(sorted(set(alphabet))))

    def __call__(self, line: str) -> str:
        """One noisy copy of a line."""
        chance = self._chance
        text = "".join(self._typed(character) for character in line)
        if chance.random() < UNSPACED:
            text = text.replace(" ", "")
        if chance.random() < ADDRESSED:
            text = f"{chance.choice(BEFORE)}{chance.choice(('', ' '))}{text}"
        if chance.random() < URGED:
            text = f"{text}{chance.choice(('', ' '))}{chance.choice(AFTER)}"
        return text or line

    def _typed(self, character: str) -> str:
        draw = self._chance.random()
        if draw < LOST:
            return ""
        if draw < LOST + MISHEARD:
            return self._chance.choice(self._alike.get(_sound(character), [character]))
        return character


def _homophones(alphabet: tuple[str, ...]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for character in alphabet:
        if "\u4e00" <= character <= "\u9fff":
            groups[_sound(character)].append(character)
    return groups


@lru_cache(maxsize=16384)
def _sound(character: str) -> str:
    return pinyin(character, style=Style.NORMAL)[0][0]
