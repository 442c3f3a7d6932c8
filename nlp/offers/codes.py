"""Codes for goods that were written without one."""

from collections.abc import Iterable
from itertools import count
from string import ascii_uppercase


def free_code(taken: Iterable[str]) -> str:
    """The next code in the style of those in use: the letter after the last, or the next number."""
    used = {code.upper() for code in taken}
    if used and all(code.isdecimal() for code in used):
        return str(max(map(int, used)) + 1)
    letters = (letter for letter in ascii_uppercase if letter not in used)
    numbers = (str(number) for number in count(1) if str(number) not in used)
    return next(letters, "") or next(numbers)
