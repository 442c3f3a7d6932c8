"""Logistic regression over n-grams, and what is kept of it."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra train")

from nlp.ngrams import FILE, NgramModel, grams
from nlp.training import linear
from nlp.training.lines import Line

LINES = [
    Line(text=text, intent=intent)
    for intent, texts in {
        "buy": ("墨汁来两瓶", "要毛笔", "再来一支"),
        "ask": ("几点到", "到了没", "哪里取"),
    }.items()
    for text in texts * 20
]
ASKED = ("墨汁来一瓶", "几点取", "毛笔要两支", "到没到", "")


def test_n_grams_know_where_a_text_ends() -> None:
    assert list(grams("来")) == ["^", "来", "$", "^来", "来$", "^来$"]


def test_what_is_written_says_what_was_fitted(tmp_path: Path) -> None:
    model = linear.fit(LINES)
    model.packed().save(tmp_path)
    said = NgramModel.load(tmp_path / FILE).logits(ASKED[:-1]).argmax(1)
    assert [model.names[label] for label in said] == model.predict(ASKED[:-1])
    assert model.predict(ASKED[:4]) == ["buy", "ask", "buy", "ask"]


def test_few_n_grams_are_enough() -> None:
    kept = linear.fit(LINES).foremost(LINES, 12)
    assert len(kept) == 12
    assert linear.fit(LINES, known=kept).predict(ASKED[:2]) == ["buy", "ask"]


def test_a_text_without_known_n_grams_gets_the_bias() -> None:
    model = linear.fit(LINES, known={"墨汁", "几点"}).packed()
    assert np.array_equal(model.logits(["zzz"])[0], model.bias)
