"""到货, 已付, 已取, 缺货: what became of the orders."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import Found, find, find_all, phrase
from nlp.commands.slots import COUNT, GOODS, NAME, NUMBER
from nlp.commands.utterance import Utterance, supposed

_HAS = "(?:都|全部|全|已经|已|也|刚刚?|刚才|今天|终于|总算|统统|陆续|马上|提前|顺利|现在|都已|全都)*"
_DONE = "(?:了|啦|咯|喽|咗|晒|哉|嘞|哦|喇|拢了)"
_NO_PLACE = "(?![点时账家期底处手头不没付现货齐站店仓位晚早达])"
_BE_THERE = (
    rf"(?:到货|到齐|到全|齐|到站|到店|到仓|到位|到场|到家门口|出炉|新鲜出炉|出锅|送到|运到|拉回来|卸完|卸好|做好|烤好|到咗|到晒|到达|到){_DONE}+"
    rf"|(?:到货|到齐|出炉|送到)"
    rf"|(?:到|送到|放到?|搬到|拉到|运到|在){_NO_PLACE}(?:<goods>|[^\s?没不]){{1,9}}?{_DONE}+"
    rf"|已(?:经)?(?:到|送到|放到?|放在){_NO_PLACE}[^\s?没不]{{1,9}}"
)
_THINGS = "(?:货|货物|货品|东西|商品|宝贝|包裹|[^\\s?我你他她没不]{0,4}(?:货|团)的?(?:货|东西)?|所有|全部|大家(?:订)?的[^\\s?没不]{0,4}|车|货车)"
_ARRIVING = tuple(
    map(
        phrase,
        (
            rf"(?:<goods>|{_THINGS})?(?:的?货)?{_HAS}(?:{_BE_THERE})(?: ?(?:<goods>|{_THINGS})?{_HAS}(?:{_BE_THERE}))*",
            rf"(?:标记?一?下?|设为|确认|登记)(?:已)?(?:<goods>)?(?:已)?到货 ?(?:<goods>)?(?:<count>)?",
            r"到货(?:登记|确认|通知)? ?<goods>(?: ?<count>)?",
            r"<goods>(?:标记?为?|设成|设为|标成|状态改|确认)(?:已)?到货",
            rf"<goods>(?:实到|到货|到)<count>{_DONE}*",
            r"(?:发|发一?下|发个)?到货通知(?:发一?下)?(?: ?<goods>)?",
        ),
    )
)
_ELSEWHERE = "我你您他她它谁吗没不哪快等|快递|外卖|工资|老公|老婆|孩子|娃|客人|师傅|司机|时间|点|今年|同事|邻居|电梯|朋友|几"
_ARRIVING_LOOSELY = tuple(
    map(phrase, (rf"(?P<what>[^\s?]{{1,6}}?){_HAS}(?:{_BE_THERE}|(?:都|全)?放[^\s?没不]{{1,9}}{_DONE})",))
)
_FETCH = re.compile(
    "来取|来拿|来领|自取|自提|下来|下楼|取货|提货|可取|可以取|可以拿|可以来|领货|来攞|攞|通知|快来|来店里|报名字|请取|找自己|来搬|过来"
)
_NOT_OURS = re.compile(f"[{_ELSEWHERE.split('|', 1)[0]}]|{_ELSEWHERE.split('|', 1)[1]}")
_FUTURE = re.compile(
    "明天|明日|明早|明晚|明朝|后天|预计|大概|估计|应该|可能|下周|等下|等会|一会|待会|还没|还未|没到|未到|不到|才到|什么时候|几点|上次|上回|昨天|昨晚|前天|的时候|那天|之前|以后|快到|要到|就到|改到|换到"
)
_WHOSE = "(?:的|那单|这单|那份|的?单子?|的?钱|的?款|的?货款|的?订单|钱|款|家)*"
_ALSO = (
    "(?:也|都|已经|已|刚刚?|刚才|昨天|今天|全部?|全款|现金|微信|支付宝|我|自己|老公|老婆|家人|来|先|收到|给)*"
)
_PAY = (
    "(?:已付款?|付款?|付清|付好|付过|付完|给钱|给过钱|给现金|给|转账?|转过|转钱|结清|结账?|到账|收到|收讫|收款?|交|交钱|打款|扫码?付|扫过|畀咗钱|俾钱|畀钱|付脱|缴)"
    "(?:款|钱|我)?"
)
_PAID = tuple(
    map(
        phrase,
        (
            rf"(?:付款登记|收款登记|登记|记一下|标记|确认)? ?<names>{_WHOSE}{_ALSO}(?:已付款?|付清|付好|收讫|结清)(?:<money>)?(?:了|啦|过)*(?: ?(?:标记?一?下|标已付|记一?下))?",
            rf"(?:付款登记|收款登记|登记|记一下)? ?<names>{_WHOSE}{_ALSO}{_PAY}(?:了|啦|过|咗|喇|咯)+(?:<money>)?(?:钱|现金|支付宝|微信)*(?: ?(?:标记?一?下|标已付|记一?下|记已付|标记已付|给记上|记低|记到))*",
            rf"(?:已付款?|标记已付|标记付款|标付款|登记付款|确认收款|收款登记|收款确认|收款|付款登记|登记) ?<names>(?: ?<money>)?(?:已付款?)?",
            rf"(?:标记?|设|登记|记|确认|把|将)?<names>(?:的)?(?:状态)?(?:标记?|设|改|记)(?:成|为|作)?(?:已)?付款?",
            rf"收到<names>{_WHOSE}(?:<money>)?(?:了)?(?: ?(?:标记|记已付|标已付))?",
            rf"<names>{_WHOSE}(?:现金|微信|支付宝)付的(?: ?<money>)?",
        ),
    )
)
_NOT_PAID = re.compile("[吗没未?]|谢谢|多谢|客气|怎么付|你")
_TAKE = "(?:取走|拿走|领走|提走|带走|取货|提货|拿货|领货|取|拿|领|提|攞|搬走)(?:过|完|好|到|走)?"
_GOODS_OF = "(?:的|家的?|的?(?:货|东西|单|那份|那单|份)|的?<goods>)*"
_PICKED = tuple(
    map(
        phrase,
        (
            rf"<names>{_GOODS_OF}{_ALSO}(?:{_TAKE})(?:了|啦|咗|走了|喇|咯)+(?:<goods>|货|<count>)*(?: ?(?:标记?一?下|标已取|记一?下|记已取))?",
            rf"<names>{_GOODS_OF}{_ALSO}(?:已取走?|已取货|已提货?|已自提|已领取?|已拿走?|核销)(?:了|啦)*(?:<goods>|货)*",
            r"(?:已取货?|已提货?|核销|标记已取|标记取货|标取货|登记取货) ?<names>",
            rf"(?:标记?|设|登记|记|确认|把|将)?<names>(?:的)?(?:状态)?(?:标记?|设|改|记)(?:成|为|作)?(?:已)?取货?",
            rf"<names>{_GOODS_OF}(?:送到家|送上门|送到|送过去)了 ?(?:标已取|记已取)",
        ),
    )
)
_NOT_PICKED = re.compile("[吗没未?谁]|还给|你")
_STRANGER = re.compile(
    r"(?:@?小团 ?)?(?P<name>[^\s,。我你他她的?]{2,12}?)(?:的)?(?P<act>已付款?|已取货?|已提货?|已自提)[了啦哈~。!]*"
)
_SHORT = tuple(
    map(
        phrase,
        (
            r"<goods>(?:的)?(?:缺货|少到|短缺|缺|少发|少来|少送|少给)了?<count>(?: ?(?:缺货)?(?:按[^\s]{1,4})?(?:分|分摊))?",
            r"缺货 ?<goods>? ?<count>(?: ?按[^\s]{1,6})?",
            r"(?:到货)?(?:缺|少到?)<count>的?<goods>",
        ),
    )
)


def handout(said: Utterance) -> Directive | None:
    """A command about goods that came, were paid or were fetched."""
    return _shortage(said) or _fetched(said) or _paid(said) or _arrived(said) or _stranger(said)


def _arrived(said: Utterance) -> Directive | None:
    found = next((one for one in find_all(said.goods, _ARRIVING) if _ours(one)), None)
    if found is None:
        loose = find(said.goods, _ARRIVING_LOOSELY)
        found = loose if loose and _ours(loose) and _known_or_called(said, loose) else None
    if found is None or supposed(found.rest.replace("吗", "")):
        return None
    return Directive(
        command=Command.ARRIVED,
        skus=said.goods.skus(found.span),
        text=said.told.strip(),
        span=said.span(said.goods, found),
    )


def _ours(found: Found) -> bool:
    words = found.match[0]
    return not _FUTURE.search(words) and not _NOT_OURS.search(words.replace(GOODS, ""))


def _known_or_called(said: Utterance, found: Found) -> bool:
    """What came is named by a part of a word on sale, or people are called to fetch it."""
    what = found.match["what"].removeprefix("啲")
    words = [said.situation.catalogue, *()]
    named = any(what in word for sku in words[0] for word in (sku.name, *sku.aliases)) if what else False
    return named or _FETCH.search(said.text) is not None


def _paid(said: Utterance) -> Directive | None:
    return _of_people(said, Command.PAID, _PAID, _NOT_PAID)


def _fetched(said: Utterance) -> Directive | None:
    return _of_people(said, Command.PICKED_UP, _PICKED, _NOT_PICKED)


def _of_people(
    said: Utterance, command: Command, patterns: tuple[re.Pattern[str], ...], against: re.Pattern[str]
) -> Directive | None:
    if NAME not in said.people.text or against.search(said.people.text):
        return None
    found = list(find_all(said.people, patterns))
    if not found:
        return None
    slots = sorted(
        (slot for one in found for slot in said.people.of(NAME, one.span)), key=lambda slot: slot.start
    )
    names = tuple(dict.fromkeys(slot.name for slot in slots))
    skus = tuple(sku for one in found for sku in said.people.skus(one.span))
    return Directive(command=command, members=names, skus=skus, span=said.span(said.people, found[0]))


def _stranger(said: Utterance) -> Directive | None:
    """Somebody whom nobody in the room is called: said all the same, so that the leader hears of it."""
    match = _STRANGER.fullmatch(said.text.strip())
    if match is None:
        return None
    command = Command.PAID if "付" in match["act"] else Command.PICKED_UP
    return Directive(command=command, members=(match["name"],), span=(0, len(said.normalised.origin)))


def _shortage(said: Utterance) -> Directive | None:
    found = find(said.goods, _SHORT)
    if found is None or supposed(found.rest):
        return None
    counts = [*said.goods.of(COUNT, found.span), *said.goods.of(NUMBER, found.span)]
    skus = said.goods.skus(found.span) or said.goods.skus() or said.only_sku
    quantity = round(counts[-1].number) if counts else None
    return Directive(
        command=Command.SHORTAGE, skus=skus, quantity=quantity, span=said.span(said.goods, found)
    )
