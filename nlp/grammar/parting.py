"""Answers that part what was asked for among the choices: 两冰一热, 一样一半."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.understanding import Choice, Unclear, UnclearReason
from nlp.numerals import whole
from shop.changes import Change, ChangeKind

_PAUSE = re.compile(r"[ ,。!?\n\[…]+")
_SOFT = "(?:吧|嘛|啊|呀|哈|啦|呗|咯|就行|就好|好了|好啦)*"
_EVEN = re.compile(
    f"(?:就|那|那就)*(?:(?:一样|每样|各样|各|各要|各来|两样)一半|一半一半|对半(?:开|分)?|一家一半){_SOFT}"
)
_HAN_COUNT = "一二三四五六七八九十两"
_COUNTED = re.compile(f"(?P<count>[0-9]{{1,2}}|[{_HAN_COUNT}])(?P<what>[^0-9{_HAN_COUNT}]{{1,5}})")
_LEAD = re.compile("^(?:那就|就|那|要|来|我要)+")
_FRAME = re.compile(f"^(?:个|杯|份|盒|袋|件|包|瓶|条|双|只|箱|支|罐|要|是)?(?P<word>.+?)(?:的|嘅)?{_SOFT}$")
_SEVERAL = 2


def parted(text: str, unclear: Unclear) -> Choice | None:
    """The choices with a count each as one, None where the text says no such thing."""
    if unclear.reason not in {UnclearReason.SPEC, UnclearReason.ITEM} or len(unclear.choices) < _SEVERAL:
        return None
    first = _PAUSE.split(text.strip())[0]
    changes = _halves(unclear) if _EVEN.fullmatch(first) else _counted(_LEAD.sub("", first), unclear)
    if not changes:
        return None
    return Choice(label="、".join(choice.label for choice in unclear.choices), changes=changes)


def _halves(unclear: Unclear) -> tuple[Change, ...]:
    parts = tuple(_single(choice) for choice in unclear.choices)
    asked = {change.quantity for change in parts if change}
    many = next(iter(asked)) if len(asked) == 1 else None
    if None in parts or not many or many % len(parts):
        return ()
    return tuple(replace(change, quantity=many // len(parts)) for change in parts if change)


def _counted(text: str, unclear: Unclear) -> tuple[Change, ...]:
    found = tuple(_COUNTED.finditer(text))
    everything = "".join(match[0] for match in found) == text
    if not everything or len(found) < _SEVERAL:
        return ()
    changes = tuple(_parts(found, unclear))
    several = len({change.sku for change in changes}) == len(found)
    return changes if several else ()


def _parts(found: tuple[re.Match[str], ...], unclear: Unclear) -> Iterator[Change]:
    for match in found:
        frame = _FRAME.match(match["what"])
        word = frame["word"] if frame else match["what"]
        meant = [choice for choice in unclear.choices if word.lower() in choice.label.lower()]
        change = _single(meant[0]) if len(meant) == 1 else None
        if change:
            yield replace(change, quantity=whole(match["count"]) or 1)


def _single(choice: Choice) -> Change | None:
    """The one addition that a choice stands for."""
    change = choice.changes[0] if len(choice.changes) == 1 else None
    return change if change and change.kind is ChangeKind.ADD else None
