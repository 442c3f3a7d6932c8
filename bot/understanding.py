"""What a message means, and what its meaning depends on. Values only: nlp makes them, handlers use them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model import Role, Roster, Span
from shop.catalogue import Catalogue, Sku
from shop.changes import Change
from shop.money import Fen


class Intent(StrEnum):
    """What somebody wants with a message."""

    ORDER = "order"
    AMEND = "amend"
    CANCEL = "cancel"
    ORDER_QUERY = "order_query"
    PRODUCT_QUERY = "product_query"
    FAQ = "faq"
    QUESTION = "question"
    CHECKIN = "checkin"
    POINTS_QUERY = "points_query"
    REDEEM = "redeem"
    RECOMMEND = "recommend"
    AFTERSALE = "aftersale"
    ADMIN = "admin"
    CHITCHAT = "chitchat"


class Command(StrEnum):
    """Commands that are written in chat; the value is the name used in records."""

    # leaders
    OPEN = "open"
    COPY_LAST = "copy_last"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL_GROUP_BUY = "cancel_group_buy"
    SCHEDULE_CUTOFF = "schedule_cutoff"
    REMIND = "remind"
    SUMMARY = "summary"
    UNPAID = "unpaid"
    NOT_PICKED_UP = "not_picked_up"
    REVIEW = "review"
    PRICE = "price"
    STOCK = "stock"
    ADD_ITEM = "add_item"
    REMOVE_ITEM = "remove_item"
    ORDER_FOR = "order_for"
    UNDO_FOR = "undo_for"
    ANNOUNCE = "announce"
    ARRIVED = "arrived"
    PAID = "paid"
    PICKED_UP = "picked_up"
    SHORTAGE = "shortage"
    EXPORT = "export"
    POINTS_ADJUST = "points_adjust"
    FAQ_ROLLBACK = "faq_rollback"
    CASES = "cases"
    SETTLE = "settle"
    HELP = "help"
    OTHER = "other"
    # everybody
    UNDO = "undo"
    WHY = "why"
    WAIT = "wait"
    MY_DATA = "my_data"
    FORGET_ME = "forget_me"
    UNSUBSCRIBE = "unsubscribe"
    HUMAN = "human"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    CONFIRM = "confirm"
    DECLINE = "decline"

    @property
    def label(self) -> str:
        """The name under which records and evaluation count the command; "other" where they have none."""
        return _LABELS.get(self, self.value) if self in _LABELLED else "other"


_LABELS = {Command.COPY_LAST: "open", Command.REOPEN: "open", Command.SCHEDULE_CUTOFF: "close"}
_LABELLED = frozenset(_LABELS) | {
    Command.OPEN,
    Command.CLOSE,
    Command.SUMMARY,
    Command.STOCK,
    Command.PRICE,
    Command.ADD_ITEM,
    Command.REMOVE_ITEM,
    Command.ANNOUNCE,
    Command.ARRIVED,
    Command.PAID,
    Command.PICKED_UP,
    Command.EXPORT,
    Command.HELP,
}


class Aspect(StrEnum):
    """What is asked about goods or about an order."""

    PRICE = "price"
    STOCK = "stock"
    RANGE = "range"  # what is on sale
    DETAIL = "detail"
    CONTENT = "content"  # what did I order
    TOTAL = "total"
    ARRIVAL = "arrival"


class UnclearReason(StrEnum):
    """Why the grammar does not decide by itself."""

    SPEC = "spec"  # several specs of one name, none said
    ITEM = "item"  # which goods is not said, or several fit
    WEIGHT = "weight"  # the weight is no whole number of units, or no weight is declared
    HALF = "half"  # half of something sold whole
    UNIT = "unit"  # a unit that was not declared
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to understand something unclear: the words that are offered and what they would change."""

    label: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A part of a message that is asked back: what was written, why it is unclear, the ways to read it."""

    reason: UnclearReason
    span: Span
    text: str
    choices: tuple[Choice, ...] = ()
    sku: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A command with what it was given: SKU codes, member names, numbers, the rest of the text."""

    command: Command
    skus: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    quantity: int | None = None
    absolute: bool = False
    price: Fen | None = None
    time: datetime | None = None
    view: str = ""
    text: str = ""
    words: Span = (0, 0)  # characters of the message that are to be said on as they stand
    changes: tuple[Change, ...] = ()
    item: Sku | None = None
    offer: "OfferDraft | None" = None
    confirmed: bool = False  # the leader said yes to it
    choosing: bool = False  # which of its goods is meant was asked
    guessed: bool = False  # by a model, from words that no phrase knows: to be asked about
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """A group-buy as read from an offer post; `doubts` are lines that were not understood."""

    title: str
    skus: tuple[Sku, ...]
    cutoff: datetime | None = None
    pickup_points: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class PasteKind(StrEnum):
    """What was pasted, by its form."""

    LIST = "list"
    LOG = "log"  # every message under a line with name and time
    INLINE = "inline"  # name: message
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedMessage:
    """One message; `name` is empty for a list, which is nobody's."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """What was said in a group that the bot is not in; `offer` is None where it does not tell its goods."""

    kind: PasteKind
    messages: tuple[PastedMessage, ...]
    offer: OfferDraft | None = None


class RowChange(StrEnum):
    """How a row of a solitaire list differs from the list that it grew out of."""

    SAME = "same"
    ADDED = "added"
    CHANGED_BY_OWNER = "changed_by_owner"
    CHANGED_BY_OTHER = "changed_by_other"
    REMOVED_BY_OWNER = "removed_by_owner"
    LOST = "lost"  # missing although somebody else wrote it: an old copy
    STALE = "stale"  # shows an older state than the one in force


@dataclass(frozen=True, slots=True, kw_only=True)
class SolitaireRow:
    """One participant's row; `account_id` is known where the network sends a roster."""

    name: str
    content: str
    span: Span
    number: int = 0
    account_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolitaireList:
    """A whole solitaire list as it was sent, kept to compare later ones with."""

    header: str
    rows: tuple[SolitaireRow, ...]
    message_id: str = ""
    sender: str = ""
    sid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEvent:
    """What happened to one name's rows, and the order that they now stand for."""

    kind: RowChange
    name: str
    account_id: str = ""
    changes: tuple[Change, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolitaireReading:
    """A list compared with its ancestor; `merged` holds every row that is in force, lost ones included."""

    current: SolitaireList
    events: tuple[RowEvent, ...]
    ancestor: str = ""
    merged: SolitaireList | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqMatch:
    """What the FAQ finder says: the entry that answers ("" for none), and the runners-up, best first.

    `answer` may hold live facts in braces, see shop.facts. `cooldown` in seconds, None for the setting's;
    `handoff`: the leader is called as well. `suggested`: ids and titles of what may have been meant.
    """

    entry: str
    score: float
    rule: str
    candidates: tuple[tuple[str, float], ...] = ()
    answer: str = ""
    cooldown: int | None = None
    handoff: bool = False
    suggested: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of the sender's last question to the FAQ; `text` is the question, masked.

    `entry` answered it; or `suggested` (ids) were offered, numbered from 1; `missed` questions in a row,
    this one included, were not answered.
    """

    text: str = ""
    entry: str = ""
    suggested: tuple[str, ...] = ()
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """What one earlier message booked, net, in SKU codes and units; `name` is what the member is called."""

    message_id: str
    member: int
    lines: Mapping[str, int]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What the talk is about: goods last named, the amount and the kind of change left open with them."""

    skus: tuple[str, ...] = ()
    quantity: int | None = None
    intent: Intent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Questions put back to the sender that are still open; their choices are numbered through from 1."""

    unclear: tuple[Unclear, ...]
    message_id: str
    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the meaning of a message depends on beside its text."""

    now: datetime
    room: str = ""  # the network's name of it
    group_buy: str = ""  # its title
    catalogue: Catalogue = field(default_factory=lambda: Catalogue(skus=()))
    open: bool = True
    role: Role = Role.MEMBER
    sender_name: str = ""
    at_bot: bool = False
    private: bool = False  # a chat with the bot alone
    own_order: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)  # units not sold yet, of what is bounded
    own_last: Booked | None = None
    recent: tuple[Booked, ...] = ()  # what the room's last order messages booked, latest first
    quoted: Booked | None = None
    quoted_text: str = ""
    pending: Pending | None = None
    offered: Mapping[str, int] = field(default_factory=dict)  # units that the bot just said are left
    confirming: Directive | None = None  # a command that waits for a yes or no, or for one of its goods
    asked: Asked | None = None
    focus: Focus = field(default_factory=Focus)  # the sender's
    room_focus: Focus = field(default_factory=Focus)
    lists: tuple[SolitaireList, ...] = ()  # latest first
    member_names: tuple[str, ...] = ()
    staff_names: tuple[str, ...] = ()  # leaders and helpers of the room
    roster: Roster | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the explanation: which rule read which characters as what."""

    rule: str
    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The meaning of one message. `answering` is true when it answers the pending question."""

    text: str
    normalised: str
    intent: Intent
    confidence: float = 1.0
    scores: tuple[tuple[Intent, float], ...] = ()
    changes: tuple[Change, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    directive: Directive | None = None
    solitaire: SolitaireReading | None = None
    paste: Paste | None = None
    faq: FaqMatch | None = None
    aspect: Aspect | None = None
    skus: tuple[str, ...] = ()
    focus: Focus = field(default_factory=Focus)
    answering: bool = False
    question: bool = False
    overheard: bool = False  # a question that is likely put to somebody else
    small_talk: bool = False  # said to the bot for fun
    steps: tuple[Step, ...] = ()
