"""All tables. Money is integer fen, times are UTC, amounts and words are held by check constraints."""

import sqlalchemy as sa

from bot.model import Role
from shop.aftersale import CaseStatus
from shop.book import EventKind
from shop.fulfilment import Fact
from shop.groupbuy import Phase
from shop.points import PointsKind
from shop.review import ReviewKind
from storage.columns import ExactDecimal, Text, key, moment, reference, text, word
from storage.delivery import Delivery

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

APPEND_ONLY = ("order_events", "order_event_spans", "fulfilments", "points_events", "audit", "consents")
"""Tables whose rows are history: triggers refuse to change or delete them."""


def _check(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


rooms = sa.Table(
    "rooms",
    metadata,
    key(),
    text("channel"),
    text("account"),
    text("room"),
    sa.Column("private", sa.Boolean(), nullable=False),
    text("title"),
    text("timezone"),
    # grows with every change of what storage.kept keeps of the room: what was read before is out of date
    sa.Column("revision", sa.BigInteger(), nullable=False),
    sa.UniqueConstraint("channel", "account", "room", "private"),
    _check("revision >= 0", "revision"),
)

members = sa.Table(
    "members",
    metadata,
    key(),
    reference("room_id", "rooms"),
    sa.Column("account_id", Text(), nullable=True),
    text("name"),
    text("pickup"),
    moment("forgotten_at", nullable=True),
    sa.UniqueConstraint("room_id", "account_id"),
    sa.Index(None, "room_id", "name"),
    _check("account_id <> ''", "account_id"),
)

member_names = sa.Table(
    "member_names",
    metadata,
    key(),
    reference("member_id", "members"),
    text("name"),
    sa.UniqueConstraint("member_id", "name"),
)

roles = sa.Table(
    "roles",
    metadata,
    key(),
    text("channel"),
    text("room"),
    text("account_id"),
    word(Role, "role"),
    text("source"),
    sa.UniqueConstraint("channel", "room", "account_id"),
)

group_buys = sa.Table(
    "group_buys",
    metadata,
    key(),
    reference("room_id", "rooms"),
    text("room"),
    sa.Column("number", sa.Integer(), nullable=False),
    text("title"),
    word(Phase, "phase"),
    moment("cutoff", nullable=True),
    moment("opened_at"),
    text("note"),
    # grows with every change of the row, its SKUs and its pickup points
    sa.Column("version", sa.BigInteger(), nullable=False),
    sa.UniqueConstraint("room_id", "number"),
    sa.Index(None, "phase", "cutoff"),
    _check("number >= 1", "number"),
    _check("version >= 1", "version"),
)

pickup_points = sa.Table(
    "pickup_points",
    metadata,
    key(),
    reference("group_buy_id", "group_buys"),
    sa.Column("position", sa.Integer(), nullable=False),
    text("name"),
    sa.UniqueConstraint("group_buy_id", "position"),
)

skus = sa.Table(
    "skus",
    metadata,
    key(),
    reference("group_buy_id", "group_buys"),
    sa.Column("position", sa.Integer(), nullable=False),
    text("code"),
    text("name"),
    text("unit"),
    sa.Column("price", sa.BigInteger(), nullable=False),
    text("spec"),
    sa.Column("aliases", sa.JSON(), nullable=False),
    sa.Column("weight_jin", ExactDecimal(), nullable=True),
    sa.Column("pieces", sa.Integer(), nullable=True),
    sa.Column("limit", sa.Integer(), nullable=True),
    sa.Column("stock", sa.Integer(), nullable=True),
    sa.Column("on_sale", sa.Boolean(), nullable=False),
    sa.Column("is_default", sa.Boolean(), nullable=False),
    sa.UniqueConstraint("group_buy_id", "code"),
    _check("code <> '' AND name <> ''", "named"),
    _check("price >= 0", "price"),
    _check("CAST(weight_jin AS NUMERIC) > 0", "weight_jin"),
    _check("pieces >= 1", "pieces"),
    _check('"limit" >= 1', "limit"),
    _check("stock >= 0", "stock"),
)

price_tiers = sa.Table(
    "price_tiers",
    metadata,
    key(),
    reference("sku_id", "skus"),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("quantity", sa.Integer(), nullable=False),
    sa.Column("total", sa.BigInteger(), nullable=False),
    sa.UniqueConstraint("sku_id", "position"),
    _check("quantity >= 1", "quantity"),
    _check("total >= 0", "total"),
)

order_events = sa.Table(
    "order_events",
    metadata,
    key(),
    reference("group_buy_id", "group_buys"),
    sa.Column("seq", sa.Integer(), nullable=False),
    reference("member_id", "members"),
    text("sku"),
    sa.Column("delta", sa.Integer(), nullable=False),
    word(EventKind, "kind"),
    reference("actor_id", "members", nullable=True),
    text("message_id", index=True),
    text("batch"),
    moment("time"),
    text("reason"),
    sa.Column("undoes", sa.Integer(), nullable=True),
    sa.UniqueConstraint("group_buy_id", "seq"),
    sa.ForeignKeyConstraint(["group_buy_id", "sku"], ["skus.group_buy_id", "skus.code"]),
    sa.ForeignKeyConstraint(["group_buy_id", "undoes"], ["order_events.group_buy_id", "order_events.seq"]),
    _check("seq >= 1", "seq"),
    _check("delta <> 0", "delta"),
    _check("undoes < seq", "undoes"),
)

order_event_spans = sa.Table(
    "order_event_spans",
    metadata,
    key(),
    sa.Column("group_buy_id", order_events.c.group_buy_id.type, nullable=False),
    sa.Column("seq", sa.Integer(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("start", sa.Integer(), nullable=False),
    sa.Column("stop", sa.Integer(), nullable=False),
    sa.UniqueConstraint("group_buy_id", "seq", "position"),
    sa.ForeignKeyConstraint(["group_buy_id", "seq"], ["order_events.group_buy_id", "order_events.seq"]),
    _check("start >= 0 AND stop >= start", "characters"),
)

waiting_wishes = sa.Table(
    "waiting_wishes",
    metadata,
    key(),
    reference("group_buy_id", "group_buys"),
    sa.Column("position", sa.Integer(), nullable=False),
    reference("member_id", "members"),
    text("sku"),
    sa.Column("quantity", sa.Integer(), nullable=False),
    moment("since"),
    text("message_id"),
    sa.UniqueConstraint("group_buy_id", "position"),
    sa.UniqueConstraint("group_buy_id", "member_id", "sku"),
    sa.ForeignKeyConstraint(["group_buy_id", "sku"], ["skus.group_buy_id", "skus.code"]),
    _check("quantity >= 1", "quantity"),
)

fulfilments = sa.Table(
    "fulfilments",
    metadata,
    key(),
    reference("group_buy_id", "group_buys", index=True),
    word(Fact, "fact"),
    reference("member_id", "members", nullable=True),
    text("sku"),
    reference("actor_id", "members", nullable=True),
    text("message_id"),
    moment("time"),
)

points_events = sa.Table(
    "points_events",
    metadata,
    key(),
    reference("room_id", "rooms", index=True),
    reference("member_id", "members"),
    sa.Column("delta", sa.Integer(), nullable=False),
    word(PointsKind, "kind"),
    moment("time"),
    reference("actor_id", "members", nullable=True),
    text("message_id"),
    text("reason"),
)

check_ins = sa.Table(
    "check_ins",
    metadata,
    key(),
    reference("member_id", "members"),
    sa.Column("day", sa.Date(), nullable=False),
    text("message_id"),
    sa.UniqueConstraint("member_id", "day"),
)

cases = sa.Table(
    "cases",
    metadata,
    key(),
    reference("room_id", "rooms"),
    reference("group_buy_id", "group_buys", nullable=True),
    reference("member_id", "members"),
    text("message_id"),
    text("text"),
    sa.Column("skus", sa.JSON(), nullable=False),
    sa.Column("quantity", sa.Integer(), nullable=True),
    word(CaseStatus, "status"),
    sa.Column("refund", sa.BigInteger(), nullable=False),
    moment("opened_at"),
    sa.Index(None, "room_id", "status"),
    _check("quantity >= 1", "quantity"),
    _check("refund >= 0", "refund"),
)

case_photos = sa.Table(
    "case_photos",
    metadata,
    key(),
    reference("case_id", "cases"),
    sa.Column("position", sa.Integer(), nullable=False),
    text("path"),
    sa.UniqueConstraint("case_id", "position"),
)

reviews = sa.Table(
    "reviews",
    metadata,
    key(),
    reference("room_id", "rooms"),
    reference("group_buy_id", "group_buys", nullable=True),
    reference("member_id", "members", nullable=True),
    text("message_id"),
    word(ReviewKind, "kind"),
    text("text"),
    moment("opened_at"),
    moment("closed_at", nullable=True),
    sa.Index(None, "room_id", "closed_at"),
)

solitaire_versions = sa.Table(
    "solitaire_versions",
    metadata,
    key(),
    reference("group_buy_id", "group_buys", index=True),
    text("message_id"),
    text("payload"),
)

audit = sa.Table(
    "audit",
    metadata,
    key(),
    reference("room_id", "rooms", index=True),
    reference("actor_id", "members", nullable=True),
    text("action"),
    text("detail"),
    text("message_id"),
    moment("time"),
)

consents = sa.Table(
    "consents",
    metadata,
    key(),
    reference("member_id", "members"),
    text("purpose"),
    sa.Column("given", sa.Boolean(), nullable=False),
    moment("time"),
    sa.Index(None, "member_id", "purpose"),
)

faq_questions = sa.Table(
    "faq_questions",
    metadata,
    key(),
    reference("room_id", "rooms"),
    reference("member_id", "members", nullable=True),
    moment("asked_at"),
    text("entry"),
    text("nearest"),
    text("rule"),
    text("text"),
    sa.Column("useful", sa.Boolean(), nullable=True),
    sa.Index(None, "room_id", "member_id", "entry"),
    sa.Index(None, "asked_at"),
    _check("rule <> ''", "rule"),
)

inbox = sa.Table(
    "inbox",
    metadata,
    key(),
    text("channel"),
    text("account"),
    text("room"),
    sa.Column("private", sa.Boolean(), nullable=False),
    text("message_id"),
    text("sender_id"),
    text("payload"),
    moment("accepted_at"),
    moment("handled_at", nullable=True),
    text("intent"),
    text("route"),
    sa.UniqueConstraint("channel", "account", "room", "private", "message_id"),
    sa.Index(None, "channel", "account", "room", "sender_id"),
)
sa.Index(
    "ix_inbox_unhandled",
    inbox.c.id,
    sqlite_where=inbox.c.handled_at.is_(None),
    postgresql_where=inbox.c.handled_at.is_(None),
)

outbox = sa.Table(
    "outbox",
    metadata,
    key(),
    text("key", unique=True),
    text("channel"),
    text("account"),
    text("room"),
    sa.Column("private", sa.Boolean(), nullable=False),
    text("payload"),
    word(Delivery, "state"),
    moment("not_before"),
    moment("created_at"),
    moment("sent_at", nullable=True),
    # the key of the first of those that went out as one message
    text("sent_as"),
    sa.Column("attempts", sa.Integer(), nullable=False),
    text("reason"),
    sa.Index(None, "channel", "account", "room", "sent_at"),
    _check("attempts >= 0", "attempts"),
)
sa.Index(
    "ix_outbox_waiting",
    outbox.c.not_before,
    sqlite_where=outbox.c.state == Delivery.WAITING,
    postgresql_where=outbox.c.state == Delivery.WAITING,
)
