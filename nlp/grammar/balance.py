"""The changes of one message held against each other and against what was ordered before it."""

from collections.abc import Iterator, Mapping, Sequence

from shop.changes import Change, ChangeKind

_PARTS = 3
"""Counts of one thing from which on the first may be the sum of the others: 三箱 我妈两箱 我一箱."""
_TAKES = frozenset((ChangeKind.SUBTRACT, ChangeKind.SET, ChangeKind.SWAP))


def balanced(changes: Sequence[Change], held: Mapping[str, int]) -> Iterator[Change]:
    """The changes without those that only tell what is held, what is left, or whose each is."""
    for change in changes:
        of_it = [one for one in changes if one.sku == change.sku]
        told = change.kind is ChangeKind.ADD and (_told(change, of_it, held) or _part(change, of_it))
        told = told or (change.kind is ChangeKind.SET and _left(change, of_it, held))
        if not told and not _undone(change, of_it, held):
            yield change


def _undone(change: Change, of_it: Sequence[Change], held: Mapping[str, int]) -> bool:
    """Additions of goods that the same message drops cancel out: 同上 不过花瓶不要."""
    both = {ChangeKind.ADD, ChangeKind.DROP}
    return change.kind in both and both <= {one.kind for one in of_it} and not held.get(change.sku)


def _told(change: Change, of_it: Sequence[Change], held: Mapping[str, int]) -> bool:
    """小芋艿两袋,减去一袋; 留一袋 另一袋不要: the count of what was ordered, or of what is left of it."""
    own, count = held.get(change.sku, 0), change.quantity or 0
    later = of_it[of_it.index(change) + 1 :]
    stated = own > 0 and own == count and any(one.kind in _TAKES for one in later)
    return stated or _left(change, of_it, held)


def _left(change: Change, of_it: Sequence[Change], held: Mapping[str, int]) -> bool:
    """一罐就够 减一罐: so many are left of what was ordered."""
    less = sum(one.quantity or 0 for one in of_it if one.kind is ChangeKind.SUBTRACT)
    return less > 0 and held.get(change.sku, 0) == (change.quantity or 0) + less


def _part(change: Change, of_it: Sequence[Change]) -> bool:
    """Whose each is of those that were counted together first: 三箱 我妈两箱 我一箱."""
    counts = [one.quantity or 0 for one in of_it if one.kind is ChangeKind.ADD]
    return len(counts) >= _PARTS and counts[0] == sum(counts[1:]) and change is not of_it[0]
