"""What was said in the simulator: bubbles, kept in memory so that a page that is loaded again shows them."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.model import Address, Quote

PER_CONVERSATION = 500
CONVERSATIONS = 200
PRIVATE = "private:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFile:
    """A picture or file of a bubble as the browser gets it."""

    url: str
    name: str
    picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message as the page shows it; `sender_id` is empty for the bot."""

    id: str
    conversation: str
    sender_id: str
    sender_name: str
    text: str
    time: datetime
    mentions: tuple[str, ...] = ()
    quote: Quote | None = None
    files: tuple[ServedFile, ...] = ()


def conversation_of(address: Address, recipient: str = "") -> str:
    """The name of a conversation: a room's id, or the private chat of the bot and one person."""
    if recipient or address.private:
        return PRIVATE + (recipient or address.room)
    return address.room


class Conversations:
    """The last bubbles of every conversation. The one that was quiet longest goes when there are too many."""

    def __init__(self) -> None:
        self._logs: OrderedDict[str, deque[Bubble]] = OrderedDict()

    def add(self, bubble: Bubble) -> bool:
        """Keep a bubble; False when one of its id is there already."""
        log = self._log(bubble.conversation)
        if any(kept.id == bubble.id for kept in log):
            return False
        log.append(bubble)
        return True

    def find(self, conversation: str, bubble_id: str) -> Bubble | None:
        """The bubble of this id, unless it is too old."""
        log = self._logs.get(conversation, ())
        return next((bubble for bubble in log if bubble.id == bubble_id), None)

    def __iter__(self) -> Iterator[Bubble]:
        return (bubble for log in self._logs.values() for bubble in log)

    def _log(self, conversation: str) -> deque[Bubble]:
        log = self._logs.setdefault(conversation, deque(maxlen=PER_CONVERSATION))
        self._logs.move_to_end(conversation)
        if len(self._logs) > CONVERSATIONS:
            self._logs.popitem(last=False)
        return log
