"""What is wrong with entries although they are valid: what an operator wants to know before members do."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import nlargest

import regex

from bot.model import Role
from bot.shopfile import ShopFile
from nlp.faq.conflicts import conflicts
from nlp.faq.entries import Entry, EntrySet
from nlp.faq.index import FaqIndex
from nlp.faq.misses import UNWRITTEN
from nlp.faq.overlap import Rarity, grams
from nlp.faq.writing import compact
from nlp.normalise import normalise
from shop.facts import NAMES, facts

NEAR = 0.82
"""Likeness of two phrasings from which they are near-doubles."""
COMPARED, RARE_PAIRS = 30, 3
"""Phrasings that one is compared with for each of its rarest pairs of characters."""
SLOW_SECONDS = 0.02


class Level(StrEnum):
    """Errors keep a file from going live; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: where, by which rule, and in words."""

    level: Level
    rule: str
    entry: str
    message: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.entry}:{self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the rules look at."""

    entries: Sequence[Entry]
    index: FaqIndex
    now: datetime
    shops: Sequence[ShopFile] = ()


Found = Iterator[tuple[Level, str, str]]
"""Level, id of the entry, message."""
Rules = Mapping[str, Callable[[Look], Found]]


def lint(
    entries: EntrySet,
    index: FaqIndex,
    now: datetime,
    shops: Sequence[ShopFile] = (),
    rules: Rules | None = None,
) -> tuple[Finding, ...]:
    """All findings, errors first; of some rules only where they are given."""
    look = Look(entries=tuple(entries), index=index, now=now, shops=shops)
    found = []
    for name, rule in (RULES if rules is None else rules).items():
        for level, entry, message in rule(look):
            file, line = entries.places.get(entry, ("", 0))
            found.append(Finding(level=level, rule=name, entry=entry, message=message, file=file, line=line))
    return tuple(sorted(found, key=lambda finding: (finding.level, finding.file, finding.line)))


def _doubles(look: Look) -> Found:
    owners: dict[str, str] = {}
    for entry in look.entries:
        for phrasing in entry.q:
            owner = owners.setdefault(compact(phrasing), entry.id)
            if owner != entry.id:
                yield Level.ERROR, entry.id, f"问法“{phrasing}”和 {owner} 的一样"


def _near_doubles(look: Look) -> Found:
    """Phrasings that share a rare pair of characters are compared, not all with all."""
    rarity = Rarity(entry.q for entry in look.entries)
    buckets: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
    told: set[tuple[str, str]] = set()
    for entry in look.entries:
        for phrasing in entry.q:
            found = grams(phrasing)
            for pair in _rarest(found, rarity):
                others = buckets.setdefault(pair, [])
                for owner, other, shared in others[:COMPARED]:
                    if owner != entry.id and (owner, entry.id) not in told and _near(found, shared):
                        told.add((owner, entry.id))
                        yield Level.WARNING, entry.id, f"“{phrasing}”和 {owner} 的“{other}”几乎一样"
                others.append((entry.id, phrasing, found))


def _rarest(found: frozenset[str], rarity: Rarity) -> list[str]:
    pairs = (gram for gram in found if len(gram) > 1)
    return nlargest(RARE_PAIRS, pairs, key=lambda pair: (rarity.weight((pair,)), pair))


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Alike but not the same: those that are the same are doubles."""
    return one != other and 2 * len(one & other) >= NEAR * (len(one) + len(other))


def _never_wins(look: Look) -> Found:
    for entry in look.entries:
        if not entry.in_force(look.now):
            continue
        winners = _winners(look, entry)
        if winners:
            who = "、".join(sorted(winners - {""})) or "must_not_match"
            yield Level.ERROR, entry.id, f"永远轮不到它回答：每个问法都被 {who} 抢先"


def _winners(look: Look, entry: Entry) -> frozenset[str]:
    """Who answers the entry's own phrasings; nobody when it answers one of them itself."""
    winners: set[str] = set()
    for phrasing in entry.q:
        winner = _answered(look, phrasing, entry)
        if winner == entry.id:
            return frozenset()
        winners.add(winner)
    return frozenset(winners)


def _answered(look: Look, phrasing: str, entry: Entry) -> str:
    role = Role.LEADER if entry.scope.role == "leader" else Role.MEMBER
    room = entry.scope.rooms[0] if entry.scope.rooms else ""
    return look.index.find(phrasing, room=room, role=role, now=look.now).entry


def _facts(look: Look) -> Found:
    for entry in look.entries:
        for fact in (fact for answer in entry.a for fact in facts(answer)):
            if not fact.known:
                allowed = "、".join(NAMES)
                yield (
                    Level.ERROR,
                    entry.id,
                    f"没有 {fact.written} 这个实时信息，可用：{allowed}(stock、price 后面要写 :商品)",
                )
            elif fact.fallback is None:
                yield (
                    Level.ERROR,
                    entry.id,
                    f"{fact.written} 没写查不到时说什么，写成 {fact.written[:-1]}|查不到时的话}}",
                )


def _dates(look: Look) -> Found:
    for entry in look.entries:
        if entry.valid_until is not None and entry.valid_until <= look.now:
            yield Level.WARNING, entry.id, f"已过期(valid_until {entry.valid_until:%Y-%m-%d})"
        if entry.review_by is not None and entry.review_by < look.now.date():
            yield Level.WARNING, entry.id, f"该复查了(review_by {entry.review_by})"


def _unwritten(look: Look) -> Found:
    for entry in look.entries:
        if entry.enabled and any(answer.strip(" 。.") == UNWRITTEN for answer in entry.a):
            yield Level.ERROR, entry.id, f"回答还是“{UNWRITTEN}”，写好再启用"


_NESTED = re.compile(r"\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)\s*[+*{]")


def _patterns(look: Look) -> Found:
    for entry in look.entries:
        for pattern in (*entry.regex, *entry.must_not_match):
            if _NESTED.search(pattern) or _slow(pattern):
                yield Level.ERROR, entry.id, f"正则 {pattern} 遇到长句会卡住，去掉套着的 + 或 *"
            elif regex.fullmatch(pattern, "", timeout=SLOW_SECONDS) is not None:
                yield Level.ERROR, entry.id, f"正则 {pattern} 什么都能匹配"


def _slow(pattern: str) -> bool:
    """Whether long monotonous texts keep it busy."""
    started = time.perf_counter()
    for text in ("a" * 200 + "!", "啊" * 200 + "!", "1" * 200 + "!", "a1啊 " * 60):
        try:
            regex.search(pattern, text, timeout=SLOW_SECONDS)
        except TimeoutError:
            return True
    return time.perf_counter() - started > 10 * SLOW_SECONDS


_ADVERTS = re.compile(
    "国家级|世界级|全国第一|全网第一|全网最低|史上最低|销量第一|第一品牌|顶级|极品|绝无仅有|万能|百分之百|100%|"
    "最高级|最好的|最佳|最便宜|最低价|最新鲜|最优|唯一|首选|永久|绝对安全|无副作用|根治|治愈|疗效|包治|特供|专供|驰名商标|假一赔万"
)


def _adverts(look: Look) -> Found:
    for entry in look.entries:
        for word in dict.fromkeys(_ADVERTS.findall(" ".join(entry.a))):
            yield Level.WARNING, entry.id, f"广告法不许用的词：{word}"


_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def _private(look: Look) -> Found:
    for entry in look.entries:
        written = normalise(" ".join((*entry.a, *entry.q))).text
        if _PHONE.search(written) or _IDENTITY.search(written):
            yield Level.WARNING, entry.id, "写了电话或证件号码，群里人人看得到"


def _conflicts(look: Look) -> Found:
    """Only where there are shop files to compare with."""
    for entry in look.entries if look.shops else ():
        for message in conflicts(entry, look.shops):
            yield Level.WARNING, entry.id, message


ERRORS: Rules = {
    "double": _doubles,
    "never-wins": _never_wins,
    "fact": _facts,
    "pattern": _patterns,
    "unwritten": _unwritten,
}
WARNINGS: Rules = {
    "near-double": _near_doubles,
    "date": _dates,
    "advert": _adverts,
    "private": _private,
    "conflict": _conflicts,
}
RULES: Rules = {**ERRORS, **WARNINGS}
