"""A list without contents, sent by the one who had posted the full one, took everybody's rows back."""

from datetime import UTC, datetime

import pytest

from bot.understanding import RowChange, Situation, SolitaireList, SolitaireReading
from nlp import solitaire
from nlp.grammar.rows import read_row
from nlp.lexicon import Lexicon
from shop.catalogue import Catalogue, Sku
from shop.money import Fen

GOODS = Catalogue(skus=(Sku(code="A", name="脆柿子", unit="箱", price=Fen(3000)),))
NAMES = [f"住户{number}" for number in range(1, 41)]
FULL = "#接龙\n" + "\n".join(f"{number}. {name} 脆柿子1箱" for number, name in enumerate(NAMES, 1))


def read(text: str, *lists: SolitaireList, own: int = 1) -> SolitaireReading:
    situation = Situation(
        now=datetime(2026, 5, 1, 9, tzinfo=UTC),
        catalogue=GOODS,
        sender_name=NAMES[0],
        own_order={"A": own},
        lists=lists,
    )
    reading = solitaire.read(text, Lexicon.of(GOODS), situation, read_row)
    assert reading is not None
    return reading


@pytest.mark.parametrize(
    "rows",
    [[""] * 40, NAMES, NAMES[:1]],
    ids=["numbers alone", "names alone", "the own name alone"],
)
def test_a_blank_list_undoes_the_senders_row_at_most(rows: list[str]) -> None:
    full = read(FULL, own=0).merged
    assert full is not None
    text = "#接龙\n" + "\n".join(f"{number}. {row}" for number, row in enumerate(rows, 1))
    reading = read(text, full)
    undone = {event.name for event in reading.events if event.changes}
    assert undone <= {NAMES[0]}
    assert all(
        event.kind in {RowChange.LOST, RowChange.STALE} for event in reading.events if not event.changes
    )
    assert reading.merged is not None
    assert {row.name for row in reading.merged.rows if "1箱" in row.content} >= set(NAMES[1:])
