"""Points, check-ins, after-sale cases, the review list."""

import sqlalchemy as sa
from alembic import op

from storage import triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TABLES = ("points_events", "check_ins", "cases", "case_photos", "reviews")
APPEND_ONLY = ("points_events",)


def upgrade() -> None:
    _create_points_events()
    _create_check_ins()
    _create_cases()
    _create_case_photos()
    _create_reviews()
    triggers.guard(op.get_bind(), APPEND_ONLY)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _word(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _create_points_events() -> None:
    op.create_table(
        "points_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _word("check_in", "streak", "earn", "invite", "redeem", "adjust", name="kind"),
            nullable=False,
        ),
        sa.Column("time", TIME, nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["members.id"], name="fk_points_events_actor_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_points_events_member_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_points_events_room_id"),
        sa.PrimaryKeyConstraint("id", name="pk_points_events"),
    )
    op.create_index("ix_points_events_room_id", "points_events", ["room_id"], unique=False)


def _create_check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_check_ins_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_check_ins"),
        sa.UniqueConstraint("member_id", "day", name="uq_check_ins_member_id_day"),
    )


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("skus", sa.JSON(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("status", _word("open", "refunded", "resent", "refused", name="status"), nullable=False),
        sa.Column("refund", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.CheckConstraint("quantity >= 1", name="quantity"),
        sa.CheckConstraint("refund >= 0", name="refund"),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_cases_group_buy_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_cases_member_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_cases_room_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_room_id_status", "cases", ["room_id", "status"], unique=False)


def _create_case_photos() -> None:
    op.create_table(
        "case_photos",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_photos_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_photos"),
        sa.UniqueConstraint("case_id", "position", name="uq_case_photos_case_id_position"),
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("group_buy_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            _word("unclear", "after_cutoff", "overwritten", "question", "delisted", name="kind"),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["group_buy_id"], ["group_buys.id"], name="fk_reviews_group_buy_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_reviews_member_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_reviews_room_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_room_id_closed_at", "reviews", ["room_id", "closed_at"], unique=False)
