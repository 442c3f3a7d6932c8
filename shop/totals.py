"""Sums of an order book by SKU, member, building and pickup point, and the check that they agree."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shop.book import Book, OrderEvent
from shop.catalogue import Catalogue, Sku
from shop.dwelling import Dwelling
from shop.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuTotal:
    """`quantity` units of a SKU ordered by `buyers` members, worth `amount` fen."""

    sku: Sku
    quantity: int
    amount: Fen
    buyers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTotal:
    """One member's order: SKU codes in the catalogue's order to units, and its worth."""

    member: int
    order: Mapping[str, int]
    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTotal:
    """What goes to one building or pickup point; `place` is "" for members without one."""

    place: str
    members: tuple[MemberTotal, ...]
    quantities: Mapping[str, int]
    amount: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSum:
    """The worth of the whole book in fen, added up in three ways."""

    by_member: Fen
    by_sku: Fen
    by_pickup_point: Fen

    @property
    def holds(self) -> bool:
        """Tell whether the three ways agree."""
        return self.by_member == self.by_sku == self.by_pickup_point


def totals_by_sku(book: Book, catalogue: Catalogue) -> tuple[SkuTotal, ...]:
    """One total for each SKU that was ordered, in the catalogue's order."""
    return tuple(_sku_total(book, sku) for sku in catalogue if book.sold(sku.code))


def totals_by_member(book: Book, catalogue: Catalogue) -> tuple[MemberTotal, ...]:
    """One total for each member with an order, first buyer first."""
    return tuple(_member_total(book, catalogue, member) for member in book.members)


def totals_by_building(
    book: Book, catalogue: Catalogue, nicknames: Mapping[int, str]
) -> tuple[PlaceTotal, ...]:
    """One total for each building, 2栋 before 10栋; members by unit and room, unknown buildings last."""
    dwellings = {member: Dwelling.of(nicknames.get(member, "")) for member in book.members}

    def rank(total: MemberTotal) -> tuple[bool, tuple[tuple[int, str], ...]]:
        dwelling = dwellings[total.member]
        return (dwelling is None, dwelling.sort_key if dwelling else ())

    def building(total: MemberTotal) -> str:
        dwelling = dwellings[total.member]
        return dwelling.building if dwelling else ""

    return _by_place(sorted(totals_by_member(book, catalogue), key=rank), building)


def totals_by_pickup_point(
    book: Book, catalogue: Catalogue, points: tuple[str, ...], chosen: Mapping[int, str]
) -> tuple[PlaceTotal, ...]:
    """One total for each pickup point with orders, in the order of `points`.

    Who chose none, or one that this group-buy does not have, gets the goods at the first.
    """
    default = points[0] if points else ""

    def point(total: MemberTotal) -> str:
        choice = chosen.get(total.member, "")
        return choice if choice in points else default

    members = totals_by_member(book, catalogue)
    ranks = {place: rank for rank, place in enumerate(points)}
    return _by_place(sorted(members, key=lambda total: ranks.get(point(total), 0)), point)


def check_sum(
    book: Book, catalogue: Catalogue, points: tuple[str, ...], chosen: Mapping[int, str]
) -> CheckSum:
    """Add the book up in the three ways that must agree."""
    return CheckSum(
        by_member=_sum(total.amount for total in totals_by_member(book, catalogue)),
        by_sku=_sum(total.amount for total in totals_by_sku(book, catalogue)),
        by_pickup_point=_sum(
            place.amount for place in totals_by_pickup_point(book, catalogue, points, chosen)
        ),
    )


def follow_numbers(events: Iterable[OrderEvent]) -> dict[int, int]:
    """跟团号 of every member who ever ordered: 1 for the first, kept for ever."""
    numbers: dict[int, int] = {}
    for event in events:
        numbers.setdefault(event.member, len(numbers) + 1)
    return numbers


def _sku_total(book: Book, sku: Sku) -> SkuTotal:
    counts = [count for member in book.members if (count := book.quantity(member, sku.code))]
    amount = _sum(sku.amount(count) for count in counts)
    return SkuTotal(sku=sku, quantity=sum(counts), amount=amount, buyers=len(counts))


def _member_total(book: Book, catalogue: Catalogue, member: int) -> MemberTotal:
    order = {sku.code: count for sku in catalogue if (count := book.quantity(member, sku.code))}
    return MemberTotal(member=member, order=order, amount=book.total(member, catalogue))


def _by_place(
    totals: Iterable[MemberTotal], place_of: Callable[[MemberTotal], str]
) -> tuple[PlaceTotal, ...]:
    places: dict[str, list[MemberTotal]] = {}
    for total in totals:
        places.setdefault(place_of(total), []).append(total)
    return tuple(_place_total(place, members) for place, members in places.items())


def _place_total(place: str, members: list[MemberTotal]) -> PlaceTotal:
    quantities: dict[str, int] = {}
    for total in members:
        for code, count in total.order.items():
            quantities[code] = quantities.get(code, 0) + count
    amount = _sum(total.amount for total in members)
    return PlaceTotal(place=place, members=tuple(members), quantities=quantities, amount=amount)


def _sum(amounts: Iterable[int]) -> Fen:
    return Fen(sum(amounts))
