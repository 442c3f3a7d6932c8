"""How many units of a SKU a quantity is: declared units, general measure words, weights, dozens."""

from fractions import Fraction

from bot.understanding import UnclearReason
from nlp import attributes
from nlp.homophones import alike
from nlp.quantities import PIECES, Quantity
from shop.catalogue import Sku

_JIN = {
    "斤": Fraction(1), "市斤": Fraction(1), "台斤": Fraction(6, 5),
    "公斤": Fraction(2), "千克": Fraction(2), "kg": Fraction(2),
    "克": Fraction(1, 500), "g": Fraction(1, 500), "吨": Fraction(2000), "jin": Fraction(1),
}  # fmt: skip
_WEIGHED = {"斤": Fraction(1), "公斤": Fraction(2), "千克": Fraction(2), "kg": Fraction(2)}
_GENERAL = frozenset(["份", "份儿", "件", "个", "个儿", "只", "单", "样", "款", "种", "点", "组", "套"])
_SINGLE = frozenset(["个", "只", "枚", "颗", "粒", "片", "包", "支", "条", "块", "袋", "瓶", "卷"])
"""Measure words for what is inside a unit, where the operator declared how many pieces it holds."""
_CARTONS = frozenset(["箱", "件", "筐", "篮", "篓", "斤", "公斤", "kg", "打", "对"])
_ALIKE = """
箱 箱子 件 纸箱
袋 袋子 包 兜 袋儿 袋装
盒 盒子 盒儿 份 包
瓶 瓶子 罐 支 桶 听
支 根 枝 条 管 只 朵
只 个 头 条 尾 枚 颗
提 组 套 捆 包
把 捆 扎 束 棵
板 盘 托 盒
块 条 个 片
筐 篮 篓
张 片 床
双 对
罐 听 桶
顶 个
棵 颗 个
桶 瓶 壶
卷 筒
个 颗 粒 枚 只
件 条
本 册
扎 把 束 捆
盆 棵 株
"""
"""Measure words that people use for each other, a line each."""
_KIN = tuple(frozenset(group.split()) for group in _ALIKE.strip().splitlines())
_MOST = 999
_FEW = 20
_SMALL = frozenset(("克", "g", "ml", "毫升", "两"))


def units(sku: Sku, quantity: Quantity) -> int | UnclearReason:
    """The whole units of `sku` that the quantity asks for, or why that cannot be said."""
    factor = _factor(sku, quantity.unit)
    if sku.pieces and quantity.unit in _SINGLE and quantity.unit != sku.unit:
        whole, rest = divmod(_fraction(quantity.value), sku.pieces)
        if whole and not rest:
            return int(whole)  # 30个 of 30 to the tray
    if isinstance(factor, UnclearReason):
        return factor
    count = _fraction(quantity.value) * factor
    if quantity.upper is not None:
        return UnclearReason.QUANTITY
    if count.denominator != 1:
        return UnclearReason.WEIGHT if _is_weight(sku, quantity.unit) else UnclearReason.HALF
    return int(count) if 0 < count <= _MOST else UnclearReason.QUANTITY


def exact(sku: Sku, quantity: Quantity) -> Fraction | None:
    """The units that the quantity is, parts included; None when the measure word says nothing about units."""
    factor = _factor(sku, quantity.unit)
    return None if isinstance(factor, UnclearReason) else _fraction(quantity.value) * factor


def around(sku: Sku, quantity: Quantity) -> tuple[int, ...]:
    """The whole units just below and above what was said."""
    units_said = exact(sku, quantity)
    if units_said is None:
        return ()
    below = int(units_said)
    return tuple(count for count in (below, below + 1) if count > 0)


def fits(sku: Sku, unit: str) -> bool:
    """Whether the measure word is the SKU's own, or none."""
    return unit in {"", sku.unit} or _heard(unit, sku.unit)


def strange(sku: Sku, quantity: Quantity, *, bare: bool) -> bool:
    """Whether the measure word says nothing about units of the SKU; `bare`: no goods beside it."""
    if bare or quantity.unit.lower() in _SMALL:
        return isinstance(units(sku, quantity), UnclearReason) and not _halved(sku, quantity)
    inside = _is_content(sku, quantity.unit) or bool(sku.pieces and quantity.unit in _SINGLE)
    return _factor(sku, quantity.unit) is UnclearReason.UNIT and not inside


def _halved(sku: Sku, quantity: Quantity) -> bool:
    return fits(sku, quantity.unit) and quantity.value < _FEW


def _fraction(value: float) -> Fraction:
    """The value as written: 2.5 and a third are meant exactly."""
    return Fraction(value).limit_denominator(1000)


def _is_weight(sku: Sku, unit: str) -> bool:
    return unit.lower() in _JIN and unit != sku.unit


def _factor(sku: Sku, unit: str) -> Fraction | UnclearReason:
    """Units of the SKU in one of `unit`."""
    if fits(sku, unit):
        return Fraction(1)
    if unit.lower() in _JIN or unit == "两":
        return _weight(sku, Fraction(1, 10) if unit == "两" else _JIN[unit.lower()])
    if unit in PIECES:
        return UnclearReason.UNIT if sku.unit in _CARTONS else Fraction(PIECES[unit])
    if _is_content(sku, unit):
        return UnclearReason.UNIT
    if unit in _GENERAL or any({unit, sku.unit} <= group for group in _KIN):
        return Fraction(1)
    return UnclearReason.UNIT


def _weight(sku: Sku, jin: Fraction) -> Fraction | UnclearReason:
    if sku.unit.lower() in _WEIGHED:
        return jin / _WEIGHED[sku.unit.lower()]
    if sku.weight_jin is None:
        return UnclearReason.WEIGHT
    return jin / Fraction(sku.weight_jin)


def _is_content(sku: Sku, unit: str) -> bool:
    """Whether the spec counts what is inside a unit by this measure word: 8 of 12只/打 are no 8 units."""
    if unit in {"份", "件", "单"}:
        return False
    return any(size.kind == unit and size.value > 1 for size in attributes.sizes(sku.spec))


def _heard(unit: str, declared: str) -> bool:
    return len(unit) == len(declared) == 1 and alike(unit, declared)
