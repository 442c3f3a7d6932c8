"""What a spec is told by."""

from fractions import Fraction

import pytest

from nlp.attributes import attributes, size, sizes


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("大箱10斤", {"大箱", "大"}),
        ("05枫叶红", {"05", "枫叶红", "枫叶"}),
        ("XL码48片", {"XL", "XL码"}),
        ("白色M", {"白色", "白", "M"}),
        ("10斤装", set()),
    ],
)
def test_words(spec: str, words: set[str]) -> None:
    found = attributes(spec)
    assert words <= set(found)
    assert bool(found) == bool(words)


def test_sizes_compare_over_units() -> None:
    assert sizes("2kg瓶装") == (size(Fraction(4), "斤"),)
    assert sizes("500ml")[0].kind == "volume"
