"""What is on sale: SKUs with their prices, tiers, limits and stock."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as with_fields
from decimal import Decimal
from functools import lru_cache

from shop.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTier:
    """2份50: exactly `quantity` units together cost `total`."""

    quantity: int
    total: Fen

    def __post_init__(self) -> None:
        if self.quantity < 1 or self.total < 0:
            raise ValueError(f"not a price tier: {self.quantity} for {self.total} fen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sku:
    """One thing that can be ordered; the same name with another spec is another SKU.

    `price` is for one `unit`; `limit` (units per member) and `stock` (units in the whole
    group-buy, sold ones included) are None when there is none. `weight_jin` and `pieces` say
    what one unit holds, None when the operator did not declare it.
    """

    code: str
    name: str
    unit: str
    price: Fen
    spec: str = ""
    aliases: tuple[str, ...] = ()
    weight_jin: Decimal | None = None
    pieces: int | None = None
    limit: int | None = None
    stock: int | None = None
    tiers: tuple[PriceTier, ...] = ()
    on_sale: bool = True
    is_default: bool = False

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.name.strip():
            raise ValueError("a SKU needs a code and a name")
        if self.price < 0 or (self.stock or 0) < 0:
            raise ValueError(f"price or stock of {self.code} is negative")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit of {self.code} is below 1")

    @property
    def label(self) -> str:
        """Name and spec as they are shown in the chat."""
        return f"{self.name} {self.spec}".strip()

    def amount(self, quantity: int) -> Fen:
        """Return the lowest price of exactly `quantity` units; ValueError below zero."""
        if quantity < 0:
            raise ValueError(f"negative quantity of {self.code}: {quantity}")
        if not self.tiers:
            return Fen(self.price * quantity)
        return _best_amount(self.price, self.tiers, quantity)


@lru_cache(maxsize=4096)
def _best_amount(price: Fen, tiers: tuple[PriceTier, ...], quantity: int) -> Fen:
    """Coin-change by dynamic programming: singles and tiers that add up to the quantity."""
    packs = (PriceTier(quantity=1, total=price), *tiers)
    best = [0]
    for count in range(1, quantity + 1):
        fitting = (pack for pack in packs if pack.quantity <= count)
        best.append(min(best[count - pack.quantity] + pack.total for pack in fitting))
    return Fen(best[quantity])


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The SKUs of a group-buy in the leader's order; codes differ without regard to case."""

    skus: tuple[Sku, ...] = ()

    def __post_init__(self) -> None:
        codes = [_key(sku.code) for sku in self.skus]
        doubles = sorted({code for code in codes if codes.count(code) > 1})
        if doubles:
            raise ValueError(f"codes used twice: {', '.join(doubles)}")

    def __iter__(self) -> Iterator[Sku]:
        return iter(self.skus)

    def __len__(self) -> int:
        return len(self.skus)

    def __getitem__(self, code: str) -> Sku:
        sku = self.get(code)
        if sku is None:
            raise KeyError(code)
        return sku

    def get(self, code: str) -> Sku | None:
        """Find by code, whatever its case; None when there is none."""
        return next((sku for sku in self.skus if _key(sku.code) == _key(code)), None)

    @property
    def on_sale(self) -> tuple[Sku, ...]:
        """The SKUs that may be ordered now."""
        return tuple(sku for sku in self.skus if sku.on_sale)

    def same_name(self, name: str) -> tuple[Sku, ...]:
        """Return all specs of one name, delisted ones included."""
        return tuple(sku for sku in self.skus if sku.name == name)

    def replace(self, sku: Sku) -> Catalogue:
        """Put `sku` in the place of the one of the same code; KeyError when there is none."""
        old = self[sku.code]
        return with_fields(self, skus=tuple(sku if one is old else one for one in self.skus))

    def add(self, sku: Sku) -> Catalogue:
        """Put `sku` at the end; ValueError when its code is taken."""
        return with_fields(self, skus=(*self.skus, sku))


def with_own_codes(skus: tuple[Sku, ...]) -> tuple[Sku, ...]:
    """A code that was printed twice would make two things one: the later one gets a free number."""
    coded: dict[str, Sku] = {}
    for sku in skus:
        free = (str(number) for number in itertools.count(1) if str(number) not in coded)
        code = next(free) if _key(sku.code) in coded else sku.code
        coded[_key(code)] = with_fields(sku, code=code)
    return tuple(coded.values())


def _key(code: str) -> str:
    return code.strip().casefold()
