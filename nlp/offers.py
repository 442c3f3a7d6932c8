"""Offer posts: goods with their prices, limits and stock, a cutoff, pickup points."""

from datetime import datetime

from bot.understanding import OfferDraft
from shop.catalogue import Sku


def offer(text: str, now: datetime) -> OfferDraft | None:
    """A group-buy as an offer post describes it; None for any other text."""
    return None


def goods_line(line: str, taken: tuple[str, ...] = ()) -> Sku | None:
    """One line of an offer: code, name, spec, price, limit, stock; None when it names no goods with a price."""
    return None
