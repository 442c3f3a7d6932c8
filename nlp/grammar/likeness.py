"""An order that is like another, or stays as it was, but for one thing."""

from collections.abc import Sequence
from dataclasses import replace

from shop.changes import Change, ChangeKind


def but(changes: Sequence[Change], told: Change) -> list[Change]:
    """跟你一样,手膜只要1盒: the count told takes the place of the other's, 少一盒 is taken from it."""
    kept = []
    for change in changes:
        if change.kind is not ChangeKind.ADD or change.sku != told.sku:
            kept.append(change)
        elif told.kind is ChangeKind.SUBTRACT and (left := (change.quantity or 0) - (told.quantity or 0)) > 0:
            kept.append(replace(change, quantity=left))
        elif told.kind in {ChangeKind.ADD, ChangeKind.SET}:
            kept.append(replace(told, kind=ChangeKind.ADD))
    return kept


def rather(changes: Sequence[Change], source: str, to: str, count: int | None) -> list[Change]:
    """同上,毛笔换成花茶: the same but for one of the goods."""
    return [
        replace(change, sku=to, quantity=count or change.quantity)
        if change.kind is ChangeKind.ADD and change.sku == source
        else change
        for change in changes
    ]


def the_rest(
    changes: Sequence[Change], source: str, held: int, taken: int | None
) -> tuple[list[Change], int | None]:
    """秋裤改为一条,另外那条换成黑的: what stays was told; the exchange takes what is left."""
    for change in changes:
        stays = change.quantity or 0
        if change.kind is not ChangeKind.SET or change.sku != source or not 0 < stays < held:
            continue
        if taken is None or taken == held - stays:
            return [one for one in changes if one is not change], held - stays
    return list(changes), taken
