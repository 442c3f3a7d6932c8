"""Money as integer fen (1 yuan = 100 fen); nothing in the shop ever computes with floats."""

import re
from decimal import Decimal, InvalidOperation
from typing import NewType

Fen = NewType("Fen", int)

_AMOUNT = re.compile(r"[¥￥]?\s*([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*[元块]?", re.ASCII)


def format_yuan(fen: int) -> str:
    """Yuan for a chat message: 1290 gives "12.9元", 1200 gives "12元"."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{sign}{yuan}{decimals}元"


def parse_yuan(value: str | float | Decimal) -> Fen:
    """Fen of an amount in yuan ("12.9", "¥12.9", "12.9元", 12.9, Decimal("12.9")).

    Raises ValueError for anything that is not a whole number of fen.
    """
    fen = _decimal(value) * 100
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError(f"not a whole number of fen: {value!r}")
    return Fen(int(fen))


def _decimal(value: str | float | Decimal) -> Decimal:
    if isinstance(value, bool):
        raise ValueError(f"not an amount: {value!r}")  # noqa: TRY004 - one error for all bad input
    if not isinstance(value, str):
        # repr gives the shortest decimal of a float: 12.9 stays 12.9 and not 12.9000000000000003.
        return Decimal(str(value))
    return _decimal_of_text(value)


def _decimal_of_text(text: str) -> Decimal:
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    try:
        return Decimal(match[1])
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {text!r}") from error
