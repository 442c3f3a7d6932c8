"""Invented shops of many trades: what the slots of utterances are filled with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shop.catalogue import Catalogue, Sku
from shop.money import Fen

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop with its goods; `trade` is the name of the file that it stands in."""

    trade: str
    title: str
    catalogue: Catalogue


@cache
def shops() -> tuple[Shop, ...]:
    """All shops of nlp/data/shops, in the order of their files."""
    folder = files("nlp").joinpath("data", "shops")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".txt"))
    return tuple(
        shop
        for name in names
        for shop in _shops(name[:-4], folder.joinpath(name).read_text(encoding="utf-8"))
    )


def _shops(trade: str, text: str) -> Iterator[Shop]:
    title, lines = "", list[str]()
    for line in [*text.splitlines(), "="]:
        if not line.startswith("="):
            lines += [line] if line.strip() and not line.startswith("#") else []
            continue
        if title:
            letters = (len(title) + len(lines)) % 2 == 0
            yield Shop(trade=trade, title=title, catalogue=_catalogue(lines, letters=letters))
        title, lines = line[1:].strip(), []


def _catalogue(lines: list[str], *, letters: bool) -> Catalogue:
    """One SKU a spec; half of the shops count with letters, half with numbers."""
    rows = [(line, spec) for line in lines for spec in _specs(line)]
    codes = list(_LETTERS) if letters else [str(number) for number in range(1, 100)]
    return Catalogue(skus=tuple(_sku(code, *row) for code, row in zip(codes, rows, strict=False)))


def _specs(line: str) -> list[str]:
    return [spec.strip() for part in line.split("|")[2:] for spec in part.split(",")] or [""]


def _sku(code: str, line: str, spec: str) -> Sku:
    written, unit = (part.strip() for part in line.split("|")[:2])
    name, *aliases = (part.strip() for part in written.split(","))
    return Sku(code=code, name=name, aliases=tuple(aliases), unit=unit, spec=spec, price=Fen(1990))
