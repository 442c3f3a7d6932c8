"""Values that cross every boundary: what came in, what goes out, who may do what."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

Span = tuple[int, int]
"""Characters [start, end) of a message's original text."""


class Role(IntEnum):
    """What somebody may do in a room; a higher role includes the lower ones."""

    BLOCKED = 0
    MEMBER = 1
    HELPER = 2
    LEADER = 3
    OPERATOR = 4


class AttachmentKind(StrEnum):
    """Kinds of files that come with a message."""

    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A picture or file: `path` is where it lies on this machine, `name` what the sender called it."""

    kind: AttachmentKind
    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The message that another one quotes; `message_id` is empty where the network does not tell it."""

    message_id: str = ""
    text: str = ""
    sender_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """One entry of a network's structured solitaire; `span` counts UTF-16 code units of the text."""

    sender_id: str
    span: Span
    time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The structured solitaire that some networks send beside the text; `sid` names the list."""

    sid: str
    entries: tuple[RosterEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a conversation is held: a room, or a private chat with the sender."""

    channel: str
    account: str
    room: str
    private: bool = False

    def __str__(self) -> str:
        return f"{self.channel}:{self.account}:{self.room}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message as every channel hands it over. `time` is aware; (address, id) is unique for ever."""

    id: str
    address: Address
    sender_id: str
    sender_name: str
    text: str
    time: datetime
    at_bot: bool = False
    mentions: tuple[str, ...] = ()
    quote: Quote | None = None
    attachments: tuple[Attachment, ...] = ()
    roster: Roster | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which a channel's account heard nothing; what was said then in its rooms is lost to us."""

    channel: str
    account: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a handler wants said, before it is merged with others and sent.

    `to` names the member who is addressed, where one is; `private` asks for a private chat;
    `urgent` replies are sent even when the room's budget is spent.
    """

    text: str
    to: str = ""
    private: bool = False
    urgent: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way out; `key` is the same for every attempt, `answers` the messages it answers."""

    key: str
    address: Address
    text: str
    answers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    recipient: str = ""  # the account of a private chat, "" for the room
    urgent: bool = False
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """The outbox in figures: what waits, since when the oldest does, and what was given up over all time."""

    waiting: int = 0
    oldest: datetime | None = None
    given_up: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqVersion:
    """FAQ files that were in force since `time`, how they differ from those before, and whose they are."""

    id: int
    time: datetime
    difference: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A text that is ready to be copied into the group."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What became of a paste: its messages and orders in figures, and what there is to copy or to look at."""

    messages: int
    orders: int = 0
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a room; `id` is ours, `account_id` the network's ("" for one known by name only)."""

    id: int
    room_id: int
    name: str
    account_id: str = ""
    role: Role = Role.MEMBER
    names: tuple[str, ...] = field(default=())
    pickup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A conversation that is kept in the store; `timezone` decides what a day is."""

    id: int
    address: Address
    title: str = ""
    timezone: str = "Asia/Shanghai"
