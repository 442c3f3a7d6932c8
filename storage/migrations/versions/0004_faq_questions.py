"""Questions to the FAQ."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "faq_questions"
INDEXES = (
    ("ix_faq_questions_room_id_member_id_entry", ["room_id", "member_id", "entry"]),
    ("ix_faq_questions_asked_at", ["asked_at"]),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("nearest", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=True),
        sa.CheckConstraint("rule <> ''", name="rule"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_faq_questions_member_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_faq_questions_room_id"),
        sa.PrimaryKeyConstraint("id", name="pk_faq_questions"),
    )
    for name, columns in INDEXES:
        op.create_index(name, TABLE, columns, unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
