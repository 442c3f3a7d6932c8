"""How goods are found in a text."""

import pytest

from nlp.lexicon import Lexicon
from tests.nlp.grammar.shop import catalogue


def _found(text: str) -> list[tuple[str, str, str]]:
    mentions = Lexicon.of(catalogue()).mentions(text)
    return [(text[one.start : one.end], one.how, "".join(one.skus)) for one in mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("横线笔记本", [("横线笔记本", "name", "AB")]),
        ("墨汁", [("墨汁", "alias", "E")]),
        ("磨汁", [("磨汁", "pinyin", "E")]),
        ("茉莉huacha", [("茉莉huacha", "pinyin", "D")]),
        ("狼豪毛笔", [("狼豪毛笔", "pinyin", "F")]),
        ("A2", [("A", "code", "A")]),
        ("大号", [("大号", "spec", "A")]),
        ("a座2楼", []),
        ("5月6号楼下", []),
    ],
)
def test_finds(text: str, found: list[tuple[str, str, str]]) -> None:
    assert _found(text) == found


def test_one_character_of_a_spec_is_no_part_of_other_words() -> None:
    assert not _found("大家好")
    assert not _found("头大")


def test_is_made_once_for_a_catalogue() -> None:
    assert Lexicon.of(catalogue()) is Lexicon.of(catalogue())
