"""到货, 已付, 已取, 缺货: what became of the orders."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import Found, find, find_all
from nlp.commands.slots import COUNT, GOODS, NAME, NUMBER
from nlp.commands.utterance import Utterance, supposed

_FETCH = re.compile(
    "来取|来拿|来领|自取|自提|下来|下楼|取货|提货|可取|可以取|可以拿|可以来|领货|攞|通知|快来|来店里|速来|报名字|请取|找自己|来搬|过来"
    "|来[^\\s,。]{1,6}[取拿领搬提]|带(?:上|好|个)?[^\\s,。]{0,4}[箱袋车篮桶盆]|排队"
)
_PLACED = re.compile("[在放][^\\s,。]{0,8}(?:[柜门楼店亭站室厅堂岗仓院区棚架]|楼下|门口|前台)")
_NOT_OURS = re.compile(
    "[我您你他她它谁吗没不哪快等几]|外卖|工资|老公|老婆|孩子|娃|客人|师傅|司机|时间|[0-9]点|今年|同事|邻居|电梯|朋友|校车|公交|班车|地铁|火车|高铁|救护|消防|警车|放晴|放心"
)
NOT_NOW = re.compile(
    "明天|明日|明早|明晚|明朝|后天|预计|大概|估计|应该|可能|下周|等下|等会|一会|待会|还没|还未|没到|未到|不到|才到|什么时候|几点|"
    "上次|上回|昨天|昨晚|前天|的时候|那天|之前|以后|快到|要到|就到|改到|换到"
)
_NOT_PAID = re.compile("[吗没未?你]|客气|怎么付|(?<!已付款 )(?<!已付 )(?:谢谢|多谢)")
_NOT_FETCHED = re.compile("[吗没未?谁你]|还给")
_LEFT_BEHIND = re.compile("还剩.*没取|还有.*没取")
_STRANGER = re.compile(
    r"(?:@?小团 ?)?(?P<name>[^\s,。我你他她的?]{2,12}?)的?(?P<act>已付款?|已取货?|已提货?|已自提)[了啦哈~!]*"
)


def handout(said: Utterance) -> Directive | None:
    """A command about goods that came, were paid or were fetched."""
    return (
        _shortage(said)
        or _fetched(said)
        or _paid(said)
        or _numbered(said)
        or _arrived(said)
        or _stranger(said)
    )


def _arrived(said: Utterance) -> Directive | None:
    found = next((one for one in find_all(said.goods, "arrived") if _ours(one)), None)
    if found is None:
        loose = find(said.goods, "arrived_if_called")
        found = loose if loose and _ours(loose) and _known_or_called(said, loose) else None
    if found is None or supposed(found.rest):
        return None
    return Directive(
        command=Command.ARRIVED,
        skus=said.goods.skus(found.span),
        text=said.told.strip(),
        span=said.span(said.goods, found),
    )


def _ours(found: Found) -> bool:
    words = found.match[0].replace(GOODS, "")
    return not NOT_NOW.search(words) and not _NOT_OURS.search(words)


def _known_or_called(said: Utterance, found: Found) -> bool:
    """What came is part of a word on sale, or people are called to fetch it."""
    parts = [part for part in re.split("[和跟与、]", found.match["what"].removeprefix("啲")) if part]
    words = [word for sku in said.situation.catalogue for word in (sku.name, *sku.aliases)]
    named = bool(parts) and all(any(part in word for word in words) for part in parts)
    placed = _PLACED.search(said.text) is not None
    return named or placed or _FETCH.search(said.text.replace(found.match["what"], "")) is not None


def _paid(said: Utterance) -> Directive | None:
    return _of_people(said, Command.PAID, _NOT_PAID)


def _fetched(said: Utterance) -> Directive | None:
    return _of_people(said, Command.PICKED_UP, _NOT_FETCHED)


def _of_people(said: Utterance, command: Command, against: re.Pattern[str]) -> Directive | None:
    if NAME not in said.people.text or against.search(_LEFT_BEHIND.sub("", said.people.text)):
        return None
    found = list(find_all(said.people, command.value))
    if not found:
        return None
    slots = sorted(
        (slot for one in found for slot in said.people.of(NAME, one.span)), key=lambda one: one.start
    )
    return Directive(
        command=command,
        members=tuple(dict.fromkeys(slot.name for slot in slots)),
        skus=tuple(dict.fromkeys(sku for one in found for sku in said.people.skus(one.span))),
        span=said.span(said.people, found[0]),
    )


def _numbered(said: Utterance) -> Directive | None:
    """Orders named by follow numbers or codes, or all of them: the text says which."""
    for command in (Command.PAID, Command.PICKED_UP):
        found = find(said.people, f"{command.value}_by_number")
        if found and not supposed(said.people.text):
            return Directive(command=command, text=said.told.strip(), span=said.span(said.people, found))
    return None


def _stranger(said: Utterance) -> Directive | None:
    """Somebody whom nobody in the room is called: said all the same, so that the leader hears of it."""
    match = _STRANGER.fullmatch(said.text.strip())
    if match is None:
        return None
    command = Command.PAID if "付" in match["act"] else Command.PICKED_UP
    return Directive(command=command, members=(match["name"],), span=said.original(match.span()))


def _shortage(said: Utterance) -> Directive | None:
    found = find(said.goods, "shortage")
    if found is None or supposed(found.rest):
        return None
    counts = said.goods.of(COUNT, found.span) + said.goods.of(NUMBER, found.span)
    return Directive(
        command=Command.SHORTAGE,
        skus=said.goods.skus(found.span) or said.goods.skus() or said.only_sku,
        quantity=round(counts[-1].number) if counts else None,
        span=said.span(said.goods, found),
    )
