"""The recorded chats of the tests, and what the understander was asked while they ran."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import replay
from bot.app import open_shop
from bot.clock import SetClock
from bot.core import core
from bot.model import Address, Incoming, Quote
from bot.ports import Understander
from bot.shopfile import read
from bot.understanding import Situation, Understanding
from nlp.understander import GrammarUnderstander
from storage.database import Database
from storage.state import MemoryState

CHATS = Path(__file__).parent.parent / "tests" / "data" / "chats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One message as the understander gets it."""

    text: str
    situation: Situation


class Recording:
    """Implements Understander by another one, and keeps what it was asked."""

    def __init__(self, inner: Understander) -> None:
        self._inner = inner
        self.asked: list[Asked] = []

    def understand(self, text: str, situation: Situation) -> Understanding:
        """See Understander."""
        self.asked.append(Asked(text=text, situation=situation))
        return self._inner.understand(text, situation)


async def asked() -> Sequence[Asked]:
    """All messages of all chats, each with the situation that it came into."""
    recording = Recording(GrammarUnderstander())
    for folder in sorted(path for path in CHATS.iterdir() if path.is_dir()):
        await _run(folder, recording)
    return recording.asked


async def _run(folder: Path, understander: Understander) -> None:
    shop, lines = read(folder / "shop.yaml"), replay.read_chat(folder / "chat.jsonl")
    clock = SetClock(lines[0].time)
    database = Database("memory", clock=clock)
    await database.create_all()
    try:
        state = MemoryState(clock)
        making = core(replay.SETTINGS, database=database, state=state, clock=clock, understander=understander)
        async with making as made:
            await open_shop(database, shop, replay.ADDRESS, clock.now())
            for line in lines:
                clock.set(line.time)
                await made.dispatcher.handle(incoming(line, replay.ADDRESS))
    finally:
        await database.dispose()


def incoming(line: replay.ChatLine, address: Address) -> Incoming:
    """A recorded line as a message to a room."""
    return Incoming(
        id=line.id,
        address=address,
        sender_id=line.sender,
        sender_name=line.name,
        text=line.text,
        time=line.time,
        at_bot=line.at_bot,
        quote=Quote(message_id=line.quote.id) if line.quote else None,
    )
