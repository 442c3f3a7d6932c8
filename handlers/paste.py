"""粘贴: a list, a chat log or an order sheet of another group, sent in private, comes back summed up."""

from bot.model import Incoming, Pasted, Reply
from bot.routing import Answer, Context, Form, Router
from bot.understanding import OfferDraft, Paste, PasteKind
from handlers._lines import goods, price_text
from handlers._offer import drafted
from handlers._people import answer
from handlers._questions import keep_open
from shop.catalogue import with_own_codes

router = Router(__name__)

KINDS = {
    PasteKind.LIST: "接龙",
    PasteKind.LOG: "聊天记录",
    PasteKind.INLINE: "聊天记录",
    PasteKind.SHEET: "订单表",
}
WHAT_IS_SOLD = (
    "收到{kind}啦，不过里面没写卖什么、多少钱，我还算不了。把商品和价格加在最前面，再整个发我一次就行，比如：\n"
    "南瓜 6元/个\n鸡蛋 20元/板"
)
READ = "{kind}读好啦，{orders}人下单，下面的可以直接复制。"
NOBODY = "{kind}看过了，没读到谁订了什么。"
PRICES = "价格按里面写的：{goods}"
DOUBTS = "这几行没看懂：{lines}"
NOTICE = "—— {title} ——\n{text}"


@router.on(
    Form.PASTE,
    summary="整理别的群：接龙、聊天记录或订单表私聊发给我",
    examples=("#接龙 南瓜6元/个 … 1. 王姐 2个",),
)
async def paste(incoming: Incoming, ctx: Context) -> Answer:
    """Summary, pick list and notices, ready to be copied; nothing is booked in this chat."""
    keep_open(ctx)
    pasted, reader = ctx.understanding.paste, ctx.pastes
    if pasted is None or reader is None:
        return None
    group_buy = drafted(pasted.offer, ctx) if pasted.offer else ctx.group_buy
    if group_buy is None:
        return answer(incoming, WHAT_IS_SOLD.format(kind=KINDS[pasted.kind]))
    read = await reader.read(pasted, group_buy)
    notices = (NOTICE.format(title=one.title, text=one.text) for one in read.notices)
    return Reply(text="\n\n".join((_head(pasted, read), *notices)), to=incoming.sender_name)


def _head(pasted: Paste, read: Pasted) -> str:
    """What was read, and at which prices where the paste tells them."""
    said = (READ if read.orders else NOBODY).format(kind=KINDS[pasted.kind], orders=read.orders)
    return "\n".join((said, *(_told(pasted.offer) if pasted.offer else ())))


def _told(offer: OfferDraft) -> tuple[str, ...]:
    named = "、".join(f"{goods(sku)} {price_text(sku)}" for sku in with_own_codes(offer.skus))
    doubts = (DOUBTS.format(lines="；".join(offer.doubts)),) if offer.doubts else ()
    return (PRICES.format(goods=named), *doubts)
