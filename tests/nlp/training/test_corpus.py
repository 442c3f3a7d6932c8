"""The corpus of the shipped model: reproducible, even over its sources, blind to goods."""

from collections import Counter
from random import Random

import pytest

from nlp.masking import GOODS
from nlp.training.filling import filled
from nlp.training.shops import shops
from nlp.training.surface import dressed
from nlp.training.templates import Template, templates


def test_there_are_many_shops_of_many_trades() -> None:
    assert len(shops()) >= 60
    assert len({shop.trade for shop in shops()}) >= 15


def test_written_lines_suffice_for_every_intent() -> None:
    counts = Counter(template.label.partition(".")[0] for template in templates())
    assert min(counts.values()) >= 450
    assert sum(counts.values()) >= 12_000


def test_written_lines_have_known_slots_and_flat_choices() -> None:
    random = Random(1)
    for template in templates():
        text = filled(template.worded(random), shops()[0], random)
        assert not set(text) & set("{}|"), template


def test_no_line_is_written_under_two_labels() -> None:
    labels: dict[str, set[str]] = {}
    for template in templates():
        if template.voice != "faq":
            labels.setdefault(template.text, set()).add(template.label)
    assert {text: both for text, both in labels.items() if len(both) > 1} == {}


def test_same_seed_same_line() -> None:
    def made(seed: int) -> list[str]:
        random = Random(seed)
        return [dressed(filled("{item}来{n}{unit} 谢谢", shop, random), random) for shop in shops()]

    assert made(3) == made(3)
    assert made(3) != made(4)


def test_choices_are_taken_one_at_a_time() -> None:
    template = Template(label="order", text="(来|要){n}{unit}{item}", group="g")
    assert {template.worded(Random(seed)) for seed in range(20)} == {
        "来{n}{unit}{item}",
        "要{n}{unit}{item}",
    }


@pytest.mark.parametrize("label", ["order", "chitchat", "aftersale"])
def test_dress_does_not_tell_the_label(label: str) -> None:
    random = Random(7)
    chosen = random.sample([one for one in templates() if one.label == label and one.voice != "faq"], 300)
    thanked = sum("谢" in dressed("好" * 9, random) for _ in chosen)
    assert 5 < thanked < 40


def test_goods_are_masked_in_most_guises() -> None:
    from nlp.training.corpus import masked  # noqa: PLC0415  # draws in the whole lexicon

    random, found = Random(5), 0
    for _ in range(100):
        shop = random.choice(shops())
        found += GOODS in masked(filled("{item}多少钱", shop, random), shop)
    assert 75 <= found < 100
