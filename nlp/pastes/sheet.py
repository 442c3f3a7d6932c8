"""An order sheet as it is copied out of a spreadsheet program or a file: a line of titles, then orders."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.understanding import PastedMessage

NAMES = ("下单人", "团员", "昵称", "姓名", "买家", "收货人")
"""Titles under which a person stands; the first of them that the sheet has counts."""

GOODS = ("商品", "商品名称", "商品信息", "品名", "订单商品")
SPECS = ("规格", "商品规格")
COUNTS = ("数量", "购买数量", "份数", "件数")
OTHERS = ("电话", "联系电话", "手机", "手机号", "地址", "详细地址", "备注", "团员备注", "自提点", "跟团号")
TITLES = frozenset((*NAMES, *GOODS, *SPECS, *COUNTS, *OTHERS))
_SEPARATORS = ("\t", ",", "\uff0c", "|", ";")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The orders of a sheet, and the line of the paste in which it begins."""

    begin: int
    messages: tuple[PastedMessage, ...]


def sheet_rows(lines: Sequence[str]) -> Sheet | None:
    """The first sheet that begins in these lines, None when there is none."""
    for begin, line in enumerate(lines):
        for separator in _SEPARATORS:
            titles = [title.strip().lstrip("\ufeff") for title in line.split(separator)]
            if any(name in titles for name in NAMES) and any(goods in titles for goods in GOODS):
                return Sheet(begin=begin, messages=_orders(lines[begin + 1 :], titles, separator))
    return None


def _orders(lines: Sequence[str], titles: Sequence[str], separator: str) -> tuple[PastedMessage, ...]:
    rows = _rows((line for line in lines if line.strip()), separator)
    cells = (dict(zip(titles, map(str.strip, row), strict=False)) for row in rows)
    orders = (PastedMessage(name=_cell(one, NAMES).lstrip("'"), text=_order(one)) for one in cells)
    return tuple(order for order in orders if order.name and order.text)


def _rows(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """What can be read of them."""
    with suppress(csv.Error):
        yield from csv.reader(lines, delimiter=separator)


def _order(row: Mapping[str, str]) -> str:
    """What was ordered as one would write it in chat."""
    goods, count = _cell(row, GOODS), _cell(row, COUNTS)
    if not goods:
        return ""
    several = goods.replace(";", "，").replace("；", "，")
    return " ".join(filter(None, (several, _cell(row, SPECS), f"×{count}" if count.isdecimal() else count)))


def _cell(row: Mapping[str, str], titles: Sequence[str]) -> str:
    return next((row[title] for title in titles if row.get(title)), "")
