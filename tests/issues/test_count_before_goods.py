"""The step of a change whose count stands before its goods spanned backwards: it began after its end."""

from datetime import UTC, datetime

import pytest

from bot.understanding import Situation
from nlp.understander import GrammarUnderstander
from shop.catalogue import Catalogue, Sku
from shop.money import Fen

GOODS = Catalogue(
    skus=(
        Sku(code="A", name="鱼线", spec="15磅", unit="条", price=Fen(1000)),
        Sku(code="B", name="鱼线", spec="30磅", unit="条", price=Fen(1500)),
    )
)


@pytest.mark.parametrize("text", ["补一条 15磅", "来两条 30磅的"])
def test_steps_span_from_left_to_right(text: str) -> None:
    understood = GrammarUnderstander().understand(
        text, Situation(now=datetime(2026, 5, 1, 9, tzinfo=UTC), catalogue=GOODS)
    )
    assert any(step.rule.startswith("change") for step in understood.steps)
    assert all(0 <= start <= end <= len(text) for start, end in (step.span for step in understood.steps))
