"""改价, 库存, 上架, 下架: what is on sale, for how much, how many."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import Found, find, phrase
from nlp.commands.slots import COUNT, GOODS, MONEY, NUMBER, Slot
from nlp.commands.utterance import Utterance, supposed
from nlp.offers import goods_line
from shop.money import Fen

_WHEN = "(?:今天|今晚|今朝|今日|现在|从现在起|这次|本场|明天起|都|全部?|一律|统一|也|就|限时)"
_PRICE = "(?:价格|价钱|单价|售价|团购价|价位|价)"
_TO = "(?:改成|改为|改到|改回|改|调到|调成|调整为|调整到|调为|调|设为|设成|降到|降为|降成|降|降价到|涨到|涨为|涨价到|调价到|调价为|改价为|改价成|改价到|变成|变)"
_ACT = "(?:做活动|搞活动|特价|特惠|秒杀价|活动价|优惠价?|降价|涨价|调价|改价|改个价|改下价|改一下价|调一下价|调下价|调个价|打折|便宜点?|恢复原价)"
_IS = "(?:是|为|按|卖|算|到|只要|就)"
_PRICING = tuple(
    map(
        phrase,
        (
            rf"<goods>的?{_PRICE}?{_WHEN}*{_ACT}?(?:啦|了)? {_WHEN}*{_TO}{_PRICE}?(?:到|成|为)? ?<money>",
            rf"<goods>的?{_WHEN}*{_ACT}(?:啦|了)? {_WHEN}*{_IS}?(?:到|成)? ?<money>",
            rf"<goods>的?{_PRICE} {_WHEN}*(?:{_IS})? ?<money> ?(?:改一下|改下|改过来)?",
            rf"<goods>的?{_WHEN}* ?<money> (?:改一?下|改过来|改价|调一?下)",
            rf"(?:{_ACT}|{_PRICE}|更正{_PRICE}?|调整{_PRICE}?)(?:一下|下)? <goods>(?:的)?{_TO}? ?<money>",
            rf"<goods>的?{_WHEN}*{_PRICE}?{_ACT} <money>(?:的)? ?{_WHEN}*(?:现在|改|现价|变|到)(?:卖|成)?<money>",
            rf"<goods>的?{_WHEN}*(?:原价|原来|从)?<money>(?:的)? ?{_WHEN}*(?:现在|改|改成|现价|降到|变|降成|调到)(?:卖|成)?<money>",
            rf"<goods>的?{_PRICE}?(?:打错|写错|标错)了? ?(?:应该)?(?:是|改成|改为)<money> ?(?:改过来)?",
            rf"<goods>(?:不是)<money> ?(?:是|应该是)<money> ?(?:改价|改过来|改一下)?",
            rf"<goods>的?{_WHEN}*(?:{_PRICE})?(?:限时)?(?:特价|活动价|秒杀价|优惠价|一口价|现价|团购价){_IS}?<money>",
        ),
    )
)
_PRICING_ALONE = tuple(
    map(
        phrase,
        (
            rf"{_WHEN}*(?:{_PRICE}|{_ACT})(?:啦|了)? {_WHEN}*{_TO}? ?<money>",
            rf"{_WHEN}*{_TO}<amount>(?:<counted>|[/一每][^\s]{{1,2}})?",
        ),
    )
)
_SHIFTING = tuple(
    map(
        phrase,
        (
            rf"<goods>的?{_PRICE}?{_WHEN}*(?P<down>降价|降|便宜|减价|减|下调|优惠|少)(?:了|个)?(?P<by><amount>)(?: ?改一下价| ?改价)?",
            rf"<goods>的?{_PRICE}?{_WHEN}*(?P<up>涨价|涨|上调|贵|提价)(?:了|个)?(?P<by><amount>)(?: ?改一下价| ?改价)?",
            rf"<goods>的?(?P<up>加)(?P<by><amount>) ?改价",
        ),
    )
)
_NO_PRICE = tuple(
    map(
        phrase,
        (rf"(?:改价|调价|改价格|调价格)(?: ?<goods>)?|<goods>(?:改价|调价|改个价|降价|恢复原价|改回原价)",),
    )
)
_ONLY_HOURS = "(?:只有|只剩|还剩|就剩|剩|有)"
_MORE = "(?:再|又|还|多)*(?:加多|加|增加|补上?|追加|多加|[+])(?:到|上|了|多)?"
_STOCKING = tuple(
    map(
        phrase,
        (
            rf"<goods>的?库存(?P<more>{_MORE}) ?<count>",
            rf"<goods>的?(?P<more>{_MORE}) ?<count>的?库存",
            rf"<goods>的?(?P<more>加库存|补库存|增加库存|追加库存) ?<count>",
            rf"(?P<more>加库存|补库存|增加库存|追加库存|库存加|补货) ?<goods> ?(?:再|加|补)*<count>(?: ?加到库存)?",
            rf"<goods>的?(?P<more>补货(?:了|啦)?|补到货(?:了|啦)?|到了一批) ?(?:再|又)*(?:加|补|放|有|多)?(?:了)? ?<count>",
            rf"(?P<more>再放|再补|再加) ?<count>的?<goods>(?:的)?(?:库存|出来卖|出来)",
            rf"(?P<more>补|加|再加|增加)<count>的?<goods>(?:的)?库存",
            rf"<goods>(?P<more>再放|追加|加多|再补|多到了?) ?<count>(?:的)?(?: ?加?库存)?",
            rf"<goods>的?库存(?P<less>减少?|少|扣|去掉|[-]) ?<count>(?: ?改一下)?",
            rf"<goods>的?(?P<less>减库存|扣库存|坏了|少了) ?<count>(?: ?库存减掉| ?库存减一下)",
            rf"<goods>的?库存 ?(?:改成|改为|改到|改|设为|设成|设|调到|调成|调整为|变成|变|更新为|更新成|是|为|{_ONLY_HOURS})* ?<count>",
            rf"(?:改|设|更新|修改|调)?库存 ?(?:改成|改为|设为|为)?<count> ?<goods>",
            rf"(?:改|设|更新|修改|调)?库存 <goods>的?(?:库存)?(?:改成|改为|改|设为|调到)? ?<count>",
            rf"<goods>{_ONLY_HOURS}<count>了? ?(?:库存改一?下|改库存|改一下库存)",
        ),
    )
)
_STOCKING_ALONE = tuple(
    map(
        phrase,
        (
            rf"库存(?P<more>{_MORE}) ?<count>",
            rf"(?P<more>{_MORE}) ?<count>的?库存",
            rf"(?P<more>加库存|补库存) ?<count>",
            rf"库存(?:改成|改为|改到|改|设为|设成|设|调到|调成|是)<count>",
        ),
    )
)
_STOCK_LATER = tuple(
    map(
        phrase,
        (
            r"(?P<more>库存(?:里)?(?:再|也|给)*(?:加上(?:去)?|加进去|加一?下|加起来|补上|更新一?下|更新)|加(?:到|进|入)库存(?:里|里面)?|补(?:进|到|入)库存)",
        ),
    )
)
_SUPPLIED = re.compile(
    "补货|到货|匀|调来|调了|又来|又送|又给|又进|又有|加多|多给|追加|放出|找到|厂家|厂里|老板|供应商|船家|仓库|批发|农户|果园|基地|总部"
)
_SUPPLY = tuple(map(phrase, (rf"<goods>(?:再|又)*(?P<more>加多?|补|追加)(?:了)?<count>",)))
_STOCK_QUERY = tuple(
    map(
        phrase,
        (
            r"(?:查看?|看看?|查一下|看一?下|查下|报一?下|列一?下)*(?:各品|各个品|所有|全部|每样|每个品)?(?:的)?(?:<goods>的?)?库存(?:表|情况|清单)?",
        ),
    )
)
_ADDING = re.compile(
    r"(?:^|[\s,。!:;])(?:(?:今天|临时|再|先|又|帮我|小团|新|就|我)*)"
    r"(?:(?:加|上|添|来|增加|添加)(?:一?[个款种样])?(?:新品|新的?品|品种|新货|商品|品|规格)|上新|上架(?:一?[个款种])?|新增(?:商品|一?[个款种])?(?:规格|商品)?|加推(?:一?[款个])?|"
    r"(?P<vague>(?:加|上)一?[个款种样]))[::\s,]*(?P<line>[^\n]+)"
)
_RELISTING = tuple(
    map(
        phrase,
        (
            r"(?:重新|恢复|再)?(?:上架|恢复销售|恢复上架) ?<goods>",
            r"<goods>(?:又有了|补到货了|补货了)? ?(?:重新|恢复|再|也|先)*(?:上架|恢复销售|恢复上架)",
        ),
    )
)
_REMOVING = tuple(
    map(
        phrase,
        (
            r"<goods>的?(?:这个品|这款|这个|都|全部|全|先|就|暂时|临时|暂|也)*(?:下架|下掉|撤下来|撤下|撤架|撤掉|撤了|停售|停卖|停止销售|暂停销售|取消上架|取消销售|移除|拿下来|屏蔽掉?|隐藏)",
            r"<goods>(?:先|就|都)?(?:从团里|从列表|从接龙)(?:里)?(?:删掉|去掉|移除|拿掉|删除|撤掉)",
            r"<goods>(?:不卖了|没货了?|没有了|断货了?|卖完了?|售罄了?|停了)(?: |,)(?:先)?(?:下架|撤了|下掉|停售|撤掉)",
            r"(?:下架|撤下|停售|移除|下掉|撤掉|删除商品|删除|隐藏)(?:商品)? ?<goods>",
            r"(?:下架|停售)",
        ),
    )
)
_LEAST_LIKELY = 3
"""A leader's 改成3 of goods at 40 is an order: no price falls to a third."""


def listing(said: Utterance) -> Directive | None:
    """A command about goods on sale."""
    return _adding(said) or _stock(said) or _price(said) or _removing(said)


def _price(said: Utterance) -> Directive | None:
    shifted = find(said.goods, _SHIFTING)
    if shifted and not supposed(shifted.rest):
        return _shift(said, shifted)
    found = find(said.goods, _PRICING)
    skus = said.goods.skus(found.span) if found else ()
    if found is None and (said.only_sku or len(said.goods.skus()) == 1):
        found, skus = find(said.goods, _PRICING_ALONE), said.goods.skus() or said.only_sku
    if found is None or supposed(found.rest):
        empty = find(said.goods, _NO_PRICE)
        return _made(said, Command.PRICE, empty, said.goods.skus(empty.span)) if empty else None
    amounts = _amounts(said, found)
    if not amounts or not skus or _orders(said, skus, amounts[-1]):
        return None
    directive = _made(said, Command.PRICE, found, skus)
    return _with_price(directive, Fen(round(amounts[-1].number * 100)))


def _with_price(directive: Directive, price: Fen) -> Directive:
    return Directive(command=directive.command, skus=directive.skus, price=price, span=directive.span)


def _amounts(said: Utterance, found: Found) -> tuple[Slot, ...]:
    start, end = found.span
    return tuple(slot for slot in said.goods.slots[start:end] if slot and slot.sign in {MONEY, NUMBER})


def _orders(said: Utterance, skus: tuple[str, ...], amount: Slot) -> bool:
    """Whether a bare number is no price but how many the leader wants: far below what the goods cost."""
    sku = said.situation.catalogue[skus[0]]
    return amount.sign == NUMBER and amount.number * 100 * _LEAST_LIKELY < sku.price


def _shift(said: Utterance, found: Found) -> Directive | None:
    skus = said.goods.skus(found.span)
    amounts = _amounts(said, found)
    if not amounts or not skus:
        return None
    sign = -1 if found.match.groupdict().get("down") else 1
    price = said.situation.catalogue[skus[0]].price + sign * round(amounts[-1].number * 100)
    return _with_price(_made(said, Command.PRICE, found, skus), Fen(price)) if price > 0 else None


def _stock(said: Utterance) -> Directive | None:
    found = find(said.goods, _STOCKING)
    if found and not supposed(found.rest):
        return _stocked(said, found, said.goods.skus(found.span), found.span)
    skus = said.goods.skus() or said.only_sku
    for patterns in (_STOCKING_ALONE, _STOCK_LATER):
        found = find(said.goods, patterns)
        if found and skus and not supposed(found.rest):
            return _stocked(said, found, skus, (0, len(said.goods.text)))
    found = find(said.goods, _SUPPLY) if _SUPPLIED.search(said.text) else None
    if found and not supposed(found.rest):
        return _stocked(said, found, said.goods.skus(found.span), found.span)
    found = find(said.goods, _STOCK_QUERY)
    return _made(said, Command.STOCK, found, said.goods.skus(found.span)) if found else None


def _stocked(said: Utterance, found: Found, skus: tuple[str, ...], span: tuple[int, int]) -> Directive | None:
    """The last count said behind the act, else the one before it."""
    inside = [*said.goods.of(COUNT, found.span), *said.goods.of(NUMBER, found.span)]
    counts = inside or [*said.goods.of(COUNT, span), *said.goods.of(NUMBER, span)]
    if not counts or not skus:
        return None
    quantity = round(counts[-1].number)
    groups = found.match.groupdict()
    return Directive(
        command=Command.STOCK,
        skus=skus,
        quantity=-quantity if groups.get("less") else quantity,
        absolute=not (groups.get("more") or groups.get("less")),
        span=said.span(said.goods, found),
    )


def _adding(said: Utterance) -> Directive | None:
    again = find(said.goods, _RELISTING)
    if again and not supposed(again.rest):
        return _made(said, Command.ADD_ITEM, again, said.goods.skus(again.span))
    match = _ADDING.search(said.text)
    if match is None or supposed(said.text[: match.start()]):
        return None
    item = goods_line(match["line"], taken=tuple(sku.code for sku in said.situation.catalogue))
    if item is None:
        return None
    span = said.original((match.start(), match.end()))
    return Directive(command=Command.ADD_ITEM, item=item, span=span)


def _removing(said: Utterance) -> Directive | None:
    found = find(said.goods, _REMOVING)
    if found is None or supposed(found.rest):
        return None
    skus = said.goods.skus(found.span)
    if not skus and GOODS in said.goods.text:
        skus = said.goods.skus()
    return _made(said, Command.REMOVE_ITEM, found, skus)


def _made(said: Utterance, command: Command, found: Found, skus: tuple[str, ...]) -> Directive:
    return Directive(command=command, skus=skus, span=said.span(said.goods, found))
