"""A room in which solitaire lists follow each other, for tests of what every one of them does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.model import Role, Roster
from bot.understanding import RowChange, RowEvent, Situation, SolitaireList, SolitaireReading
from nlp import solitaire
from nlp.grammar.rows import read_row
from nlp.lexicon import Lexicon
from shop.catalogue import Catalogue, Sku
from shop.changes import ChangeKind
from shop.money import Fen

NOW = datetime(2026, 3, 4, 11, tzinfo=UTC)
GOODS = Catalogue(
    skus=(
        Sku(code="A", name="冬枣", spec="5斤", aliases=("枣",), unit="箱", price=Fen(3900)),
        Sku(code="B", name="核桃", aliases=(), unit="袋", price=Fen(2900)),
        Sku(code="C", name="红薯", spec="大", unit="份", price=Fen(1500)),
        Sku(code="D", name="红薯", spec="小", unit="份", price=Fen(1200)),
    )
)
HEAD = "#接龙\n周五到货 3号门取\n"


@dataclass
class Room:
    """A room in which lists follow each other; `say` gives what the newest one does."""

    names: tuple[str, ...] = ("阿明", "小雨妈", "2-301老吴")
    lists: tuple[SolitaireList, ...] = ()
    roles: dict[str, Role] = field(default_factory=dict)
    orders: dict[str, dict[str, int]] = field(default_factory=dict)

    def say(self, sender: str, text: str, roster: Roster | None = None) -> SolitaireReading:
        situation = Situation(
            now=NOW,
            catalogue=GOODS,
            role=self.roles.get(sender, Role.MEMBER),
            sender_name=sender,
            member_names=self.names,
            own_order=self.orders.get(sender, {}),
            lists=self.lists,
            roster=roster,
        )
        reading = solitaire.read(text, Lexicon.of(GOODS), situation, read_row)
        assert reading is not None
        assert reading.merged is not None
        self.lists = (replace(reading.merged, message_id=f"m{len(self.lists)}"), *self.lists)
        return reading

    def rows(self, sender: str, *rows: str) -> SolitaireReading:
        return self.say(sender, HEAD + "\n".join(f"{number}. {row}" for number, row in enumerate(rows, 1)))


def told(reading: SolitaireReading) -> dict[str, RowChange]:
    return {event.name: event.kind for event in reading.events}


def wished(event: RowEvent) -> dict[str, int | None]:
    """Units by SKU; None for goods that are dropped."""
    return {one.sku: one.quantity if one.kind is ChangeKind.SET else None for one in event.changes}


def read(text: str, names: Sequence[str] = ("阿明", "小雨妈", "2-301老吴")) -> dict[str, str]:
    """The contents of a list's rows by name."""
    reading = Room(names=tuple(names)).say("群友", text)
    return {row.name: row.content for row in reading.current.rows}
