"""What is said of bookings: what changed, the whole order with its sum, and whose waiting has ended."""

from collections.abc import Mapping, Sequence

from bot.model import Reply
from bot.routing import Context
from handlers._desk import net
from handlers._lines import order_text
from handlers._people import names
from shop.book import Book, DraftEvent
from shop.catalogue import Catalogue
from shop.groupbuy import GroupBuy
from shop.money import format_yuan
from shop.waiting import Wish

PROMOTED = "{name}，你候补的{line}有啦，已经帮你记上~"
WHOLE_SAME = "，合计{total}。"
WHOLE = "你现在一共：{lines}，合计{total}。"
CANCELLED = "已取消{lines}，你现在没有订单了"
CHANGED = "改好啦：{lines}"
LESS = "去掉{lines}"
MORE = "加上{lines}"
BOOKED = "记好啦：{lines}"


def booked_text(events: Sequence[DraftEvent], book: Book, member: int, catalogue: Catalogue) -> str:
    """What was booked and the member's whole order with its sum; "" when nothing was."""
    changes = net(events)
    if not changes:
        return ""
    order = book.order_of(member)
    if not order:
        gone = {sku: -units for sku, units in changes.items()}
        return CANCELLED.format(lines=order_text(gone, catalogue)) + "。"
    total = format_yuan(book.total(member, catalogue))
    said = changes_text(changes, catalogue)
    if changes == order:
        return said + WHOLE_SAME.format(total=total)
    return f"{said}。{WHOLE.format(lines=order_text(order, catalogue), total=total)}"


def changes_text(changes: Mapping[str, int], catalogue: Catalogue) -> str:
    """记好啦:苹果 ×2, or what was taken off and what was put on."""
    more = {sku: units for sku, units in changes.items() if units > 0}
    less = {sku: -units for sku, units in changes.items() if units < 0}
    if not less:
        return BOOKED.format(lines=order_text(more, catalogue))
    parts = [LESS.format(lines=order_text(less, catalogue))]
    if more:
        parts.append(MORE.format(lines=order_text(more, catalogue)))
    return CHANGED.format(lines="，".join(parts))


def whole_text(book: Book, member: int, catalogue: Catalogue) -> str:
    """The member's whole order with its sum, "" without an order."""
    order = book.order_of(member)
    if not order:
        return ""
    total = format_yuan(book.total(member, catalogue))
    return WHOLE.format(lines=order_text(order, catalogue), total=total)


async def promoted(ctx: Context, granted: Sequence[Wish], group_buy: GroupBuy) -> tuple[Reply, ...]:
    """Tell those whose waiting has ended."""
    if not granted:
        return ()
    called = await names(ctx)
    return tuple(_promoted(called[wish.member], wish, group_buy.catalogue) for wish in granted)


def _promoted(name: str, wish: Wish, catalogue: Catalogue) -> Reply:
    line = order_text({wish.sku: wish.quantity}, catalogue)
    return Reply(text=PROMOTED.format(name=name, line=line), to=name)
