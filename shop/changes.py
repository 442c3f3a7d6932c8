"""What a message asks of the order book, before anybody decided whether it may be done."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Span


class ChangeKind(StrEnum):
    """How a wish bears on what the member has ordered so far."""

    ADD = "add"
    SET = "set"
    SUBTRACT = "subtract"
    DROP = "drop"
    DROP_ALL = "drop_all"
    SWAP = "swap"


_NEEDS_QUANTITY = frozenset({ChangeKind.ADD, ChangeKind.SET, ChangeKind.SUBTRACT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One wish about one SKU; `spans` are [start, end) characters of the message it came from.

    `sku` and `to` are SKU codes; `sku` is "" for DROP_ALL, `to` is the target of a SWAP.
    Quantities are units. In a SWAP, `quantity` moves that many units of the source,
    `to_quantity` alone drops all of the source and adds that many of the target, both
    together take `quantity` of the source and add `to_quantity` of the target, neither
    moves all that was ordered.
    """

    kind: ChangeKind
    sku: str = ""
    quantity: int | None = None
    to: str | None = None
    to_quantity: int | None = None
    spans: tuple[Span, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if (self.sku == "") != (self.kind is ChangeKind.DROP_ALL):
            raise ValueError(f"{self.kind} with the SKU {self.sku!r}")
        if (self.to is None) == (self.kind is ChangeKind.SWAP):
            raise ValueError(f"{self.kind} with the target {self.to!r}")
        self._check_quantities()

    def _check_quantities(self) -> None:
        if (self.quantity is None) and self.kind in _NEEDS_QUANTITY:
            raise ValueError(f"{self.kind} needs a quantity")
        least = 0 if self.kind is ChangeKind.SET else 1
        if self.quantity is not None and self.quantity < least:
            raise ValueError(f"{self.kind} of {self.quantity} units")
        if self.to_quantity is not None and (self.to is None or self.to_quantity < 1):
            raise ValueError(f"{self.kind} to {self.to_quantity} units")
