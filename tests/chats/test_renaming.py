"""The labelled chats of other shops with other goods, people and prices are understood as well."""

from pathlib import Path

import pytest

from bot import shopfile
from bot.evaluation import FIGURES, LOWER_IS_BETTER
from bot.replay import read_chat
from bot.scores import Score
from tests.chats.families import scenarios, score_of
from tests.chats.renaming import kept, renamed

POINTS = 1.0
Pair = tuple[Path, Path]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pair, ...]:
    """Each scenario twice, without the messages that misspell goods: as it is, and in another shop."""
    root = tmp_path_factory.mktemp("shops")
    made = []
    for folder in (*scenarios("a"), *scenarios("b")):
        before, after = root / "before" / folder.name, root / "after" / folder.name
        kept(folder, before)
        renamed(folder, after)
        made.append((before, after))
    return tuple(made)


async def test_no_figure_falls_by_more_than_a_point(pairs: tuple[Pair, ...]) -> None:
    before = await score_of(before for before, _ in pairs)
    after = await score_of(after for _, after in pairs)
    falls = {figure: fall for figure in FIGURES if (fall := _fall(figure, before, after)) > POINTS}
    assert not falls, "\n".join((str(falls), *after.misses))


def _fall(figure: str, before: Score, after: Score) -> float:
    old, new = before.share(figure), after.share(figure)
    assert old is not None
    assert new is not None
    return new - old if figure in LOWER_IS_BETTER else old - new


def test_every_product_member_and_price_is_another_one(pairs: tuple[Pair, ...]) -> None:
    for before, after in pairs:
        old, new = (shopfile.read(folder / "shop.yaml").catalogue for folder in (before, after))
        assert not {sku.name for sku in old} & {sku.name for sku in new}
        assert all(new[sku.code].price != sku.price for sku in old)
        lines = list(zip(read_chat(before / "chat.jsonl"), read_chat(after / "chat.jsonl"), strict=True))
        assert not {line.name for line, _ in lines} & {line.name for _, line in lines}
        assert not [line.text for _, line in lines if any(sku.name in line.text for sku in old)]


def test_what_tells_goods_apart_still_does(pairs: tuple[Pair, ...]) -> None:
    for before, after in pairs:
        old, new = (shopfile.read(folder / "shop.yaml").catalogue for folder in (before, after))
        assert [len(old.same_name(sku.name)) for sku in old] == [len(new.same_name(sku.name)) for sku in new]
        assert len({sku.label for sku in new}) == len(new)
