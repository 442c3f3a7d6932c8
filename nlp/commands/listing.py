"""改价, 库存, 上架, 下架: what is on sale, for how much, how many."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import Found, find
from nlp.commands.slots import COUNT, MONEY, NUMBER, Slot
from nlp.commands.utterance import Utterance, supposed
from nlp.offers import goods_line
from shop.catalogue import Sku
from shop.money import Fen

_SUPPLIED = re.compile(
    "补货|到货|匀|调来|调了|又来|又送|又给|又进|又有|加多|多给|追加|放出|找到|厂家|厂里|老板|供应商|船家|仓库|"
    "批发|农户|果园|基地|总部|匀|又[给来调送进发拉找翻批腾挤运做烤蒸拨补到摘捞采收杀宰割]|另外"
)
"""Why there is more of something, beside 加6只."""
_ADDING = re.compile(
    r"(?:^|[\s,。!:;])(?:今天|临时|再|先|又|帮我|小团|新|就|我)*"
    r"(?:(?:加|上|添|来|增加|添加|登记|录)(?:一?[个款种样])?(?:新品|新的?品|品|品种|新货|商品|品|规格|链接)|上新|新上|上货|录入|"
    r"上架(?:一?[个款种])?|新增(?:商品|一?[个款种])?(?:规格|商品)?|加推(?:一?[款个])?|"
    r"(?P<vague>(?:加|上|挂|添|增加|添加|整|多)一?[个款种样]))[::\s,]*(?P<line>[^\n]+)"
)
_ADDED = re.compile(
    r"^(?P<line>.+?)(?:也|先)?(?:上架|加上去|加进来|加到团里|挂上|挂出来卖|放上去|上一下)(?P<price>.*)$"
)
_DEARER = re.compile(
    "成本|进价|拿货|进货|行情|批发|产地|厂家|贵了|涨|降|便宜|没长|品相|个头|天气|运费|让利|让点"
)
"""Why a price changes."""
_PAST = re.compile("昨|前天|上次|上回|去年|超市|隔壁|别家|人家|菜场|网上|商场")
"""Whose price, or when, a leader may tell that is none of today."""
_CODED = re.compile(r"\s*(?:编号)?(?:[A-Za-z][0-9]{0,2}|[0-9]{1,2}(?:号|款))\s*[^\s0-9]")
_PRICED = re.compile(r"[0-9](?:元|块|[/一每][^\s0-9])|[0-9]\.[0-9]|[一每][^\s0-9] ?[0-9]")
_NUMBERS = frozenset((COUNT, NUMBER, MONEY))
_FARTHEST = 2
"""How many times dearer or cheaper goods become by being named with a price."""
_LEAST_LIKELY = 3
"""A leader's 改成3 of goods at 40 is an order: no price falls to a third."""


def listing(said: Utterance) -> Directive | None:
    """A command about goods on sale."""
    return _adding(said) or _stock(said) or _price(said) or _removing(said)


def _price(said: Utterance) -> Directive | None:
    shifted = find(said.goods, "price_shift")
    if shifted and not supposed(shifted.rest):
        return _shift(said, shifted)
    found = find(said.goods, "price") or _price_said(said)
    skus = said.goods.skus(found.span) if found else ()
    if found is None and (said.only_sku or len(said.goods.skus()) == 1):
        found, skus = _price_alone(said), said.goods.skus() or said.only_sku
    if found is None or supposed(found.rest):
        empty = find(said.goods, "price_unsaid")
        return _made(said, Command.PRICE, empty, said.goods.skus(empty.span)) if empty else None
    amounts = _amounts(said, found)
    if not amounts or not skus or _orders(said, skus, amounts[-1]) or _contradicts(said, found, skus):
        return None
    directive = _made(said, Command.PRICE, found, skus)
    return _with_price(directive, Fen(round(amounts[-1].number * 100)))


def _price_said(said: Utterance) -> Found | None:
    """Goods with another price than theirs, in a message about prices."""
    found = find(said.goods, "price_said")
    skus = said.goods.skus(found.span) if found else ()
    amounts = _amounts(said, found) if found else ()
    if not skus or not amounts or supposed(said.goods.text) or _PAST.search(said.text):
        return None
    price, now = round(amounts[-1].number * 100), said.situation.catalogue[skus[0]].price
    return found if price != now and now < price * _FARTHEST and price < now * _FARTHEST else None


def _price_alone(said: Utterance) -> Found | None:
    """A price in a clause of its own; without a word for prices only beside a reason for a new one."""
    found = find(said.goods, "price_alone")
    if found or not _DEARER.search(said.goods.text):
        return found
    found = find(said.goods, "price_reasoned")
    return found if found and not _PAST.search(found.rest) else None


def _with_price(directive: Directive, price: Fen) -> Directive:
    return Directive(command=directive.command, skus=directive.skus, price=price, span=directive.span)


def _amounts(said: Utterance, found: Found) -> tuple[Slot, ...]:
    """Amounts of a phrase; of one that tells new from old only the new one."""
    start, end = found.match.span("new") if "new" in found.match.re.groupindex else found.span
    return tuple(slot for slot in said.goods.slots[start:end] if slot and slot.sign in {MONEY, NUMBER})


def _contradicts(said: Utterance, found: Found, skus: tuple[str, ...]) -> bool:
    """是X不是Y where Y is no price of the goods: something else was put right."""
    if "old" not in found.match.re.groupindex:
        return False
    start, end = found.match.span("old")
    old = {round(slot.number * 100) for slot in said.goods.slots[start:end] if slot and slot.number}
    return not any(said.situation.catalogue[sku].price in old for sku in skus)


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
    found = find(said.goods, "stock")
    if found and not supposed(found.rest):
        return _stocked(said, found, said.goods.skus(found.span), found.span)
    skus = said.goods.skus() or said.only_sku
    for act in ("stock_alone", "stock_later"):
        found = find(said.goods, act)
        if found and skus and not supposed(found.rest):
            return _stocked(said, found, skus, (0, len(said.goods.text)))
    if _SUPPLIED.search(said.text):
        found = find(said.goods, "stock_supplied", "stock_supplied_later")
        if found and skus and not supposed(found.rest):
            return _stocked(said, found, said.goods.skus(found.span) or skus, (0, len(said.goods.text)))
    found = find(said.goods, "stock_query")
    return _made(said, Command.STOCK, found, said.goods.skus(found.span)) if found else None


def _stocked(said: Utterance, found: Found, skus: tuple[str, ...], span: tuple[int, int]) -> Directive | None:
    """The count said with the act, else the last one beside it."""
    groups = found.match.groupdict()
    counts = _numbers(said, found.span) or _numbers(said, span)
    if not skus or not (counts or groups.get("zero")):
        return None
    quantity = round(counts[-1].number) if counts and not groups.get("zero") else 0
    return Directive(
        command=Command.STOCK,
        skus=skus,
        quantity=-quantity if groups.get("less") else quantity,
        absolute=not (groups.get("more") or groups.get("less")),
        span=said.span(said.goods, found),
    )


def _numbers(said: Utterance, span: tuple[int, int]) -> tuple[Slot, ...]:
    """Counts, and what looks like money: 20块 may be pieces."""
    return tuple(slot for slot in said.goods.slots[span[0] : span[1]] if slot and slot.sign in _NUMBERS)


def _adding(said: Utterance) -> Directive | None:
    again = find(said.goods, "relist")
    if again and not supposed(again.rest):
        return _made(said, Command.ADD_ITEM, again, said.goods.skus(again.span))
    unsaid = find(said.goods, "add_item")
    if unsaid and not unsaid.rest.strip():
        return _made(said, Command.ADD_ITEM, unsaid, ())
    return _added(said)


def _added(said: Utterance) -> Directive | None:
    match = _ADDING.search(said.told)
    line = match["line"] if match else ""
    vague = bool(match and match["vague"]) and not _CODED.match(line)
    if match is None:
        match = _ADDED.match(said.told.removeprefix("把"))
        line = f"{match['line']} {match['price']}" if match else ""
        vague = bool(said.goods.skus())  # of what is on sale there may be more: 雨靴又来5双 加上去
    if match is None or supposed(said.told[: match.start()]):
        return None
    item = priced_line(said, line) if vague else _line(said, line)
    if item is None:
        return None
    return Directive(command=Command.ADD_ITEM, item=item, span=said.original((0, len(said.text))))


def priced_line(said: Utterance, line: str) -> Sku | None:
    """New goods in a line that says what they cost."""
    return _line(said, line) if _PRICED.search(line) else None


def _line(said: Utterance, line: str) -> Sku | None:
    return goods_line(line, taken=tuple(sku.code for sku in said.situation.catalogue))


def _removing(said: Utterance) -> Directive | None:
    found = find(said.goods, "remove_item") or find(said.goods, "remove_item_unless_own")
    if found is None or supposed(found.rest):
        return None
    skus = said.goods.skus(found.span) or said.goods.skus()
    own = said.situation.own_order
    listed = any(word in found.match[0] for word in ("架", "售", "卖"))
    if not skus and not listed:
        return None
    if not listed and any(sku in own for sku in skus):
        return None  # the leader takes it out of the own order
    return _made(said, Command.REMOVE_ITEM, found, skus)


def _made(said: Utterance, command: Command, found: Found, skus: tuple[str, ...]) -> Directive:
    return Directive(command=command, skus=skus, span=said.span(said.goods, found))
