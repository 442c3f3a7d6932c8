"""YAML files of operators: places, faults, and what is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from bot import documents
from bot.errors import ConfigError, Fault


class Fruit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    price: int = 0
    tags: list[str] = []


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(ConfigError) as caught:
        documents.validated(documents.parse(text, "fruit.yaml"), Fruit)
    return caught.value.faults


def test_a_good_file_becomes_its_model() -> None:
    document = documents.parse("name: 苹果\nprice: 3\ntags: [甜]\n", "fruit.yaml")
    assert documents.validated(document, Fruit) == Fruit(name="苹果", price=3, tags=["甜"])


def test_all_faults_are_told_at_once_with_their_places() -> None:
    found = faults("name: 苹果\nprice: 三块\ntags:\n  - 甜\n  - [脆]\n")
    assert [(fault.line, fault.key, fault.allowed) for fault in found] == [
        (2, "price", "整数"),
        (5, "tags[2]", "文字(数字请加引号)"),
    ]


def test_an_unknown_key_names_the_near_one() -> None:
    (fault,) = faults("name: 苹果\nprise: 3\n")
    assert (fault.line, fault.found) == (2, "prise")
    assert "是不是 price？" in fault.allowed


def test_a_key_that_is_missing_beside_it_is_the_one_that_was_meant() -> None:
    missing, unknown = faults("nome: 苹果\n")
    assert (missing.key, unknown.key) == ("name", "nome")
    assert "（是不是 name？）" in unknown.allowed


def test_a_misspelt_key_is_told_from_one_that_is_missing_beside_it() -> None:
    unknown = next(fault for fault in faults("prise: 3\n") if fault.key == "prise")
    assert "（是不是 price？）" in unknown.allowed


def test_a_missing_key_is_told_at_the_enclosing_place() -> None:
    (fault,) = faults("price: 3\n")
    assert (fault.key, fault.allowed) == ("name", "一个值，不能省略")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1,\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\na: 2\n", 2),
        ("a: &x 1\nb: *x\n", 1),
        ("a: !!python/object/apply:os.system [ls]\n", 1),
    ],
)
def test_broken_yaml_is_one_fault_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ConfigError) as caught:
        documents.validated(documents.parse(text, "fruit.yaml"), Fruit)
    assert caught.value.faults[0].line == line


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = 'a: &a ["x","x"]\n' + "".join(
        f"{n}: &{n} [*{p},*{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ConfigError):
        documents.parse(bomb, "bomb.yaml")


def test_a_file_that_is_too_big_or_no_text_is_refused(tmp_path: Path) -> None:
    big, binary = tmp_path / "big.yaml", tmp_path / "binary.yaml"
    big.write_text("a: 1\n" * 100)
    binary.write_bytes(b"\xff\xfe\x00\x80")
    for path in (big, binary, tmp_path / "absent.yaml"):
        with pytest.raises(ConfigError):
            documents.read(path, max_bytes=100)


@given(st.text(max_size=200))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(ConfigError):
        assert documents.parse(text, "any.yaml").file == "any.yaml"
