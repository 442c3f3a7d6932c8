"""Commands in words that no phrase knows, by what a trained model says of a leader's message.

The model names the command; goods, people, counts and amounts are those that the message names.
`guessed` is set where the leader is asked first: prices, what goes on or off sale, and whatever is not sure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.model import Span
from bot.understanding import Command, Directive
from nlp.commands.handout import NOT_NOW
from nlp.commands.listing import priced_line
from nlp.commands.slots import COUNT, MONEY, NAME, NUMBER, Slot
from nlp.commands.utterance import Utterance, supposed
from shop.money import Fen

_COMMANDS, _THIS_ONE, _SURE = 0.9, 0.5, 0.9
"""How likely a command has to be, how likely this one, and both where it is done without asking.

Of the leaders' talk in the recorded chats none reached 0.5.
"""
_COMPLETE = {
    Command.PRICE: (0.55, 0.4),
    Command.STOCK: (0.6, 0.4),
    Command.CLOSE: (0.8, 0.7),
    Command.OPEN: (0.7, 0.5),
    Command.ANNOUNCE: (0.7, 0.6),
    Command.ARRIVED: (0.7, 0.6),
}
"""The same for commands with all their arguments, which are asked about or change nothing."""
_LONGEST = 60
_TOLD = re.compile("昨|前天|上次|上回|上期|去年|以前|的时候|那天|忘|[我他她]说")
"""Not now, or not by the bot."""
_NOT_DONE = re.compile("[别甭不未没]|等[下会我]|想|打算|准备|还[有在没]")
"""Goods that have not come."""
_STILL_OPEN = re.compile(
    "再等|等(?:[下会](?!礼拜|周|次|期|回|批|个|一)|我)|想|打算|准备|快要?[截到收]|马上|[别甭不未没](?:急着?|着急|要|忙着?)?(?:截|停|关|封)"
)
_HEAD = re.compile(r"^[^\s:]{0,8}(?:通知|公告|广播|说|讲|注意|提醒)[^\s:]{0,6}[\s:,]+")
_LESS = re.compile("坏|减|扣|自留|留了|少了|碎|烂")
_ALTOGETHER = re.compile("改成|改到|改为|设|总共|一共|只[有出剩能]|最多|顶多|就[有剩]|限量")
_NUMBERS = frozenset((COUNT, NUMBER, MONEY))


def guessed(said: Utterance, commanded: float, commands: Mapping[str, float]) -> Directive | None:
    """The likeliest command; `commanded` is how likely it is that it is one at all."""
    name = max(commands, key=commands.__getitem__, default="")
    command = next((one for one in _MAKING if one.value == name.rpartition(".")[2]), None)
    if command is None or not _meant(said, command):
        return None
    made = replace(_MAKING[command](said, _plain(said, command)), span=_whole(said))
    least = _COMPLETE.get(command, (_COMMANDS, _THIS_ONE)) if _complete(made) else (_COMMANDS, _THIS_ONE)
    if commanded < least[0] or commands[name] < least[1]:
        return None
    sure = min(commanded, commands[name])
    return replace(made, guessed=command in _ASKED or (command in _ASKED_IF_UNSURE and sure < _SURE))


def _complete(made: Directive) -> bool:
    """Whether it says what, and how much."""
    counted = made.price is not None or made.quantity is not None
    return made.command not in {Command.PRICE, Command.STOCK} or (bool(made.skus) and counted)


def _meant(said: Utterance, command: Command) -> bool:
    if len(said.text) > _LONGEST:
        return False
    if command is Command.ANNOUNCE:
        return not supposed(said.text)
    if command in {Command.SUMMARY, Command.EXPORT, Command.HELP}:
        return "?" not in said.text and (command is not Command.SUMMARY or not _TOLD.search(said.text))
    if supposed(said.text) or _TOLD.search(said.text):
        return False
    if command is Command.ARRIVED:
        return not _NOT_DONE.search(said.text) and not NOT_NOW.search(said.text)
    return command is not Command.CLOSE or (said.situation.open and not _STILL_OPEN.search(said.text))


def _plain(said: Utterance, command: Command) -> Directive:
    return Directive(command=command, text=said.told.strip())


def _with_goods(said: Utterance, plain: Directive) -> Directive:
    return replace(plain, skus=said.goods.skus())


def _announcement(said: Utterance, plain: Directive) -> Directive:
    """What is to be told, without 通知一声 before it."""
    end = len(said.text.rstrip())
    told = _HEAD.sub("", plain.text)
    return replace(plain, text=told, words=said.original((end - len(told), end)))


def _price(said: Utterance, plain: Directive) -> Directive:
    """The last amount is the new price: 两块 怕贵 现在卖10块."""
    amounts = _numbers(said, frozenset((MONEY, NUMBER)))
    price = Fen(round(amounts[-1].number * 100)) if amounts else None
    return replace(plain, skus=said.goods.skus() or said.only_sku, price=price)


def _stock(said: Utterance, plain: Directive) -> Directive:
    """More of it, unless the words say less or how many there are altogether."""
    counts = _numbers(said, _NUMBERS)
    quantity = round(counts[-1].number) if counts else None
    less = quantity is not None and _LESS.search(said.text) is not None
    altogether = _ALTOGETHER.search(said.text) is not None and not less
    skus = said.goods.skus() or said.only_sku
    return replace(
        plain, skus=skus, quantity=-quantity if less and quantity else quantity, absolute=altogether
    )


def _people(said: Utterance, plain: Directive) -> Directive:
    names = tuple(dict.fromkeys(slot.name for slot in said.people.of(NAME)))
    return replace(plain, members=names, skus=said.people.skus())


def _removed(said: Utterance, plain: Directive) -> Directive:
    return replace(plain, skus=said.goods.skus() or said.only_sku)


def _added(said: Utterance, plain: Directive) -> Directive:
    return replace(plain, item=priced_line(said, plain.text))


def _numbers(said: Utterance, signs: frozenset[str]) -> list[Slot]:
    return [slot for slot in said.goods.slots if slot and slot.sign in signs]


def _whole(said: Utterance) -> Span:
    return said.original((0, len(said.text)))


def _as_it_is(_said: Utterance, plain: Directive) -> Directive:
    return plain


_MAKING: Mapping[Command, Callable[[Utterance, Directive], Directive]] = {
    Command.SUMMARY: _with_goods,
    Command.EXPORT: _as_it_is,
    Command.ARRIVED: _with_goods,
    Command.ANNOUNCE: _announcement,
    Command.CLOSE: _as_it_is,
    Command.OPEN: _as_it_is,
    Command.HELP: _as_it_is,
    Command.PRICE: _price,
    Command.STOCK: _stock,
    Command.ADD_ITEM: _added,
    Command.REMOVE_ITEM: _removed,
    Command.PAID: _people,
    Command.PICKED_UP: _people,
}
"""What may be guessed, and how its arguments are found."""
_ASKED = frozenset((Command.PRICE, Command.ADD_ITEM, Command.REMOVE_ITEM))
_ASKED_IF_UNSURE = frozenset((Command.CLOSE, Command.STOCK))
