"""The last messages of each conversation, to find what a quote repeats and whose name is called."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass

MESSAGES = 300
CONVERSATIONS = 500
CUT_OFF = ("…", "...")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody's message."""

    id: str
    sender_id: str
    sender_name: str
    text: str


class Recent:
    """Bounded in messages and conversations; what it has forgotten is merely not found."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[Line]] = OrderedDict()

    def add(self, conversation: str, line: Line) -> None:
        """Keep a message."""
        lines = self._lines.setdefault(conversation, deque(maxlen=MESSAGES))
        lines.append(line)
        self._lines.move_to_end(conversation)
        if len(self._lines) > CONVERSATIONS:
            self._lines.popitem(last=False)

    def has(self, conversation: str, message_id: str) -> bool:
        """Whether a message of this id is remembered."""
        return any(line.id == message_id for line in self._latest(conversation))

    def quoted(self, conversation: str, name: str, text: str) -> Line | None:
        """The latest message of this text; of several, the one of the name, for names differ by phone."""
        same = [line for line in self._latest(conversation) if _repeats(text, line.text)]
        return next((line for line in same if line.sender_name == name), same[0] if same else None)

    def id_of(self, conversation: str, name: str) -> str:
        """The account that last spoke under a name, "" for none."""
        found = (line.sender_id for line in self._latest(conversation) if line.sender_name == name)
        return next(found, "")

    def _latest(self, conversation: str) -> Iterator[Line]:
        return reversed(self._lines.get(conversation, ()))


def _repeats(copy: str, text: str) -> bool:
    copy, text = copy.strip(), text.strip()
    if not copy:
        return False
    if copy == text:
        return True
    cut = next((end for end in CUT_OFF if copy.endswith(end)), None)
    return cut is not None and len(copy) > len(cut) and text.startswith(copy.removesuffix(cut))
