"""Group-buys, the ledger of orders, and what became of them."""

import sqlalchemy as sa
from alembic import op

from storage import triggers

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TABLES = (
    "group_buys",
    "pickup_points",
    "skus",
    "price_tiers",
    "order_events",
    "order_event_spans",
    "waiting_wishes",
    "fulfilments",
    "solitaire_versions",
)
APPEND_ONLY = ("order_events", "order_event_spans", "fulfilments")


def upgrade() -> None:
    _create_group_buys()
    _create_pickup_points()
    _create_skus()
    _create_price_tiers()
    _create_order_events()
    _create_order_event_spans()
    _create_waiting_wishes()
    _create_fulfilments()
    _create_solitaire_versions()
    triggers.guard(op.get_bind(), APPEND_ONLY)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _word(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _create_group_buys() -> None:
    op.create_table(
        "group_buys",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phase", _word("open", "closed", "cancelled", name="phase"), nullable=False),
        sa.Column("cutoff", TIME, nullable=True),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number >= 1", name="number"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_group_buys_room_id"),
        sa.PrimaryKeyConstraint("id", name="pk_group_buys"),
        sa.UniqueConstraint("room_id", "number", name="uq_group_buys_room_id_number"),
    )
    op.create_index("ix_group_buys_phase_cutoff", "group_buys", ["phase", "cutoff"], unique=False)


def _create_pickup_points() -> None:
    op.create_table(
        "pickup_points",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_pickup_points_group_buy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pickup_points"),
        sa.UniqueConstraint("group_buy_id", "position", name="uq_pickup_points_group_buy_id_position"),
    )


def _create_skus() -> None:
    op.create_table(
        "skus",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("spec", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("weight_jin", sa.String(40), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code <> '' AND name <> ''", name="named"),
        sa.CheckConstraint('"limit" >= 1', name="limit"),
        sa.CheckConstraint("CAST(weight_jin AS NUMERIC) > 0", name="weight_jin"),
        sa.CheckConstraint("pieces >= 1", name="pieces"),
        sa.CheckConstraint("price >= 0", name="price"),
        sa.CheckConstraint("stock >= 0", name="stock"),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_skus_group_buy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_skus"),
        sa.UniqueConstraint("group_buy_id", "code", name="uq_skus_group_buy_id_code"),
    )


def _create_price_tiers() -> None:
    op.create_table(
        "price_tiers",
        sa.Column("id", ID, nullable=False),
        sa.Column("sku_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name="quantity"),
        sa.CheckConstraint("total >= 0", name="total"),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name="fk_price_tiers_sku_id"),
        sa.PrimaryKeyConstraint("id", name="pk_price_tiers"),
        sa.UniqueConstraint("sku_id", "position", name="uq_price_tiers_sku_id_position"),
    )


def _create_order_events() -> None:
    op.create_table(
        "order_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _word("add", "set", "subtract", "drop", "swap", "undo", "promote", "shortage", name="kind"),
            nullable=False,
        ),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint("delta <> 0", name="delta"),
        sa.CheckConstraint("seq >= 1", name="seq"),
        sa.CheckConstraint("undoes < seq", name="undoes"),
        sa.ForeignKeyConstraint(["actor_id"], ["members.id"], name="fk_order_events_actor_id"),
        sa.ForeignKeyConstraint(
            ["group_buy_id", "sku"],
            ["skus.group_buy_id", "skus.code"],
            name="fk_order_events_group_buy_id_sku",
        ),
        sa.ForeignKeyConstraint(
            ["group_buy_id", "undoes"],
            ["order_events.group_buy_id", "order_events.seq"],
            name="fk_order_events_group_buy_id_undoes",
        ),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_order_events_group_buy_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_order_events_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_order_events"),
        sa.UniqueConstraint("group_buy_id", "seq", name="uq_order_events_group_buy_id_seq"),
    )
    op.create_index("ix_order_events_message_id", "order_events", ["message_id"], unique=False)


def _create_order_event_spans() -> None:
    op.create_table(
        "order_event_spans",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.CheckConstraint("start >= 0 AND stop >= start", name="characters"),
        sa.ForeignKeyConstraint(
            ["group_buy_id", "seq"],
            ["order_events.group_buy_id", "order_events.seq"],
            name="fk_order_event_spans_group_buy_id_seq",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_order_event_spans"),
        sa.UniqueConstraint(
            "group_buy_id", "seq", "position", name="uq_order_event_spans_group_buy_id_seq_position"
        ),
    )


def _create_waiting_wishes() -> None:
    op.create_table(
        "waiting_wishes",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.CheckConstraint("quantity >= 1", name="quantity"),
        sa.ForeignKeyConstraint(
            ["group_buy_id", "sku"],
            ["skus.group_buy_id", "skus.code"],
            name="fk_waiting_wishes_group_buy_id_sku",
        ),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_waiting_wishes_group_buy_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_waiting_wishes_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_wishes"),
        sa.UniqueConstraint(
            "group_buy_id", "member_id", "sku", name="uq_waiting_wishes_group_buy_id_member_id_sku"
        ),
        sa.UniqueConstraint("group_buy_id", "position", name="uq_waiting_wishes_group_buy_id_position"),
    )


def _create_fulfilments() -> None:
    op.create_table(
        "fulfilments",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column(
            "fact",
            _word("arrived", "paid", "unpaid", "picked_up", "not_picked_up", name="fact"),
            nullable=False,
        ),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["members.id"], name="fk_fulfilments_actor_id"),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_fulfilments_group_buy_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_fulfilments_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fulfilments"),
    )
    op.create_index("ix_fulfilments_group_buy_id", "fulfilments", ["group_buy_id"], unique=False)


def _create_solitaire_versions() -> None:
    op.create_table(
        "solitaire_versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_buy_id"], ["group_buys.id"], name="fk_solitaire_versions_group_buy_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_solitaire_versions"),
    )
    op.create_index(
        "ix_solitaire_versions_group_buy_id", "solitaire_versions", ["group_buy_id"], unique=False
    )
