"""Kinds of tokens, and the closed-class words of order talk in Mandarin and the turns of the regions."""

from collections import defaultdict
from enum import StrEnum
from functools import cache
from importlib.resources import files

from nlp.normalise import normalise


class Kind(StrEnum):
    """What a token does in a message."""

    ITEM = "item"
    QUANTITY = "quantity"
    SIZE = "size"  # a weight or volume that names a spec: 20斤的
    PRICE = "price"
    WANT = "want"
    MORE = "more"
    SET = "set"
    LESS = "less"
    DROP = "drop"
    SWAP = "swap"
    ALL = "all"
    EACH = "each"
    EVERY = "every"  # every kind: 每样 两种 三个颜色
    EXCEPT = "except"
    OTHERS = "others"
    WRONG = "wrong"
    EXCESS = "excess"  # 要多了: what comes now is all that is wanted
    NOT = "not"
    IS = "is"
    STILL = "still"
    KEEP = "keep"  # 不减 留着: what was said before stays out of it
    PLACE = "place"  # where in the house each of several goes
    SAME = "same"
    ME_TOO = "me_too"
    PLUS = "plus"
    USUAL = "usual"
    AGREE = "agree"  # 也行 就行 得啦: closes what was offered
    SELF = "self"
    FOR = "for"  # 帮 替 给: somebody else's goods or mine
    KIN = "kin"
    AND = "and"
    SOFT = "soft"  # politeness, fillers, particles
    THAT = "that"  # 那个 那种 的: joins a spec to its name
    COND = "cond"  # 有的话 还有就: a condition that is checked at once
    QUESTION = "question"
    REQUEST = "request"  # 能不能帮我: asks for a deed, not for facts
    TAG = "tag"  # 行不 可以吗: asks for leave, not for facts
    PAST = "past"
    LONG_AGO = "long_ago"  # 那年头 小时候: a tale, whatever else it says
    DONE = "done"  # 买了 吃过: the deed is done
    IF = "if"
    SHARE = "share"  # pooling with somebody
    OTHER = "other"  # somebody else is the subject
    HABIT = "habit"  # 一天 每次 一人: a rate, not a count
    ABLE = "able"
    FAULT = "fault"
    POINTS = "points"
    HALF = "half"
    DOUBLE = "double"
    REMAINDER = "remainder"  # 剩下的我包了: all that is not sold yet
    NOTE = "note"
    SEPARATOR = "separator"
    SPACE = "space"
    STICKER = "sticker"
    REST = "rest"


@cache
def table() -> dict[str, tuple[tuple[str, Kind], ...]]:
    """Words by their first character, longest first, each with its kind."""
    groups: dict[str, list[tuple[str, Kind]]] = defaultdict(list)
    for word, kind in sorted(_listed().items(), key=lambda pair: -len(pair[0])):
        groups[word[0]].append((word, kind))
    return {first: tuple(group) for first, group in groups.items()}


def _listed() -> dict[str, Kind]:
    """The words of words.txt with the kind under which each stands first."""
    text = normalise(files("nlp.grammar").joinpath("words.txt").read_text(encoding="utf-8")).text
    kinds: dict[str, Kind] = {}
    kind = Kind.SOFT
    for line in text.splitlines():
        if line.startswith("["):
            kind = Kind(line.strip("[]"))
        elif not line.startswith("#"):
            for word in line.split():
                kinds.setdefault(word, kind)
    return kinds
