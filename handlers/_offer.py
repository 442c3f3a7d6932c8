"""What is on sale: as a list that members order from, and as read from an offer post."""

from bot.routing import Context
from bot.understanding import OfferDraft
from handlers._lines import goods, price_text
from shop.book import Book
from shop.catalogue import Catalogue, Sku, with_own_codes
from shop.groupbuy import GroupBuy
from shop.ordering import stock_left

LINE = "{code} {goods} {price}{limit}{left}"
LIMIT = "，限{limit}{unit}"
LEFT = "(剩{left}{unit})"
SOLD_OUT = "(订完)"


def offer_text(group_buy: GroupBuy, book: Book) -> str:
    """One line for each SKU on sale: code, goods, price, limit and what is left."""
    return "\n".join(_line(sku, book) for sku in group_buy.catalogue.on_sale)


def drafted(draft: OfferDraft, ctx: Context) -> GroupBuy:
    """The group-buy that an offer describes, not yet in the store."""
    return GroupBuy(
        id=0,
        room=ctx.room.address.room,
        title=draft.title or "团购",
        catalogue=Catalogue(skus=with_own_codes(draft.skus)),
        cutoff=draft.cutoff,
        pickup_points=draft.pickup_points,
        number=0,
        opened_at=ctx.now,
    )


def _line(sku: Sku, book: Book) -> str:
    limit = LIMIT.format(limit=sku.limit, unit=sku.unit) if sku.limit else ""
    return LINE.format(
        code=sku.code, goods=goods(sku), price=price_text(sku), limit=limit, left=_left(sku, book)
    )


def _left(sku: Sku, book: Book) -> str:
    left = stock_left(book, sku)
    if left is None:
        return ""
    return LEFT.format(left=left, unit=sku.unit) if left else SOLD_OUT
