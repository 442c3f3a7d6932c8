"""Random and mutated messages: always a valid understanding, never a quantity that nobody wrote.

300 examples in the suite; `python -m benchmarks fuzz` tries 200,000 others and times them.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import shopfile
from bot.understanding import (
    Booked,
    Choice,
    Focus,
    Pending,
    Situation,
    SolitaireList,
    SolitaireRow,
    Unclear,
    UnclearReason,
)
from nlp.understander import GrammarUnderstander
from shop.catalogue import Catalogue
from shop.changes import Change, ChangeKind
from tests.chats.families import scenarios
from tests.chats.faults import faults
from tests.chats.written import holds, written

EXAMPLES = 300
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
UNDERSTANDER = GrammarUnderstander()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What is on sale in a labelled chat, and what was said there."""

    catalogue: Catalogue
    texts: tuple[str, ...]


@lru_cache
def _shops() -> tuple[Shop, ...]:
    return tuple(
        Shop(
            catalogue=shopfile.read(folder / "shop.yaml").catalogue,
            texts=tuple(
                json.loads(line)["text"]
                for line in (folder / "chat.jsonl").read_text(encoding="utf-8").splitlines()
            ),
        )
        for folder in scenarios("")
    )


_INSERTED = st.one_of(
    st.sampled_from(tuple("0123456789０９①②½一二两三十百半俩仨")),
    st.sampled_from(
        (
            "😂",
            "👍🏽",
            "1️⃣",
            "[捂脸]",
            "\u200d",
            "\u200b",
            "\ufe0f",
            "\u202e",
            "\n",
            " ",
            "@",
            "+",
            "×",
            "#接龙",
        )
    ),
    st.characters(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One change of a text; `place` is from 0 to 1 of its length."""

    kind: str
    place: float
    written: str = ""

    def of(self, text: str) -> str:
        at = int(self.place * len(text))
        match self.kind:
            case "delete":
                return text[:at] + text[at + 1 :]
            case "double":
                return text[: at + 1] + text[at:]
            case "swap":
                return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
            case "cut":
                return text[at:]
            case _:
                return text[:at] + self.written + text[at:]


_PLACES = st.floats(0, 1)
_MUTATIONS = st.one_of(
    st.builds(Mutation, kind=st.sampled_from(("delete", "double", "swap", "cut")), place=_PLACES),
    st.builds(Mutation, kind=st.just("insert"), place=_PLACES, written=_INSERTED),
)


@st.composite
def _messages(draw: st.DrawFn) -> tuple[str, Situation]:
    shop = draw(st.sampled_from(_shops()))
    text = draw(st.one_of(st.sampled_from(shop.texts), st.text(max_size=80)))
    if draw(st.integers(0, 4)) == 0:
        other = draw(st.sampled_from(shop.texts))
        text = Mutation(kind="insert", place=draw(_PLACES), written=other).of(text)
    for mutation in draw(st.lists(_MUTATIONS, max_size=6)):
        text = mutation.of(text)
    return text, draw(_situations(shop))


@st.composite
def _situations(draw: st.DrawFn, shop: Shop) -> Situation:
    codes = [sku.code for sku in shop.catalogue]
    lines = st.dictionaries(st.sampled_from(codes), st.integers(1, 9), min_size=1, max_size=3)
    booked = st.builds(Booked, message_id=st.just("m0"), member=st.integers(1, 3), lines=lines)
    skus = st.lists(st.sampled_from(codes), max_size=2, unique=True).map(tuple)
    focus = st.builds(Focus, skus=skus, quantity=st.none() | st.integers(1, 9))
    return Situation(
        now=NOW,
        catalogue=shop.catalogue,
        at_bot=draw(st.booleans()),
        sender_name="老李",
        member_names=("老李", "3-502王姐"),
        own_order=draw(st.just({}) | lines),
        own_last=draw(st.none() | booked),
        recent=tuple(draw(st.lists(booked, max_size=2))),
        quoted=draw(st.none() | booked),
        quoted_text=draw(st.just("") | st.sampled_from(shop.texts)),
        pending=draw(st.none() | _pending(codes)),
        focus=draw(focus),
        room_focus=draw(focus),
        lists=draw(st.just(()) | st.just((_LIST,))),
    )


_LIST = SolitaireList(
    header="#接龙", rows=(SolitaireRow(name="老李", content="2份", span=(0, 0), number=1),), message_id="m0"
)


def _pending(codes: list[str]) -> st.SearchStrategy[Pending]:
    """A question whose choices add one number of units of some goods."""

    def made(skus: list[str], units: int) -> Pending:
        choices = tuple(
            Choice(label=sku, changes=(Change(kind=ChangeKind.ADD, sku=sku, quantity=units),)) for sku in skus
        )
        asked = Unclear(reason=UnclearReason.SPEC, span=(0, 1), text="?", choices=choices)
        return Pending(unclear=(asked,), message_id="m0", member=1)

    return st.builds(
        made, st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True), st.integers(1, 9)
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(_messages())
def test_every_message_has_a_valid_understanding_and_no_quantity_is_made_up(
    message: tuple[str, Situation],
) -> None:
    text, situation = message
    assert not faults(text, situation, UNDERSTANDER.understand(text, situation))


def test_what_counts_as_written() -> None:
    sku = next(sku for shop in _shops() for sku in shop.catalogue if sku.weight_jin == 10)
    values = written("要三箱", Situation(now=NOW, own_order={sku.code: 7}))
    assert [units for units in range(1, 10) if holds(values, sku, units)] == [1, 2, 3, 6, 7]
    assert holds(written("二十斤", Situation(now=NOW)), sku, 2)
    assert not holds(written("二十斤", Situation(now=NOW)), sku, 5)


@pytest.mark.parametrize("text", ["吐司一一×条"])
def test_messages_that_fuzzing_found(text: str) -> None:
    for shop in _shops():
        assert UNDERSTANDER.understand(text, Situation(now=NOW, catalogue=shop.catalogue)).text == text
