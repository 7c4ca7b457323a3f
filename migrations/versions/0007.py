"""What is left of clients whose record was erased or restricted

Revision: 0007, after: 0006
"""

import sqlalchemy as sa
from alembic import op

import webapp.persistence.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", webapp.persistence.database.UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstones")),
        sa.UniqueConstraint("client_mark", "kind", name=op.f("uq_tombstones_client_mark")),
    )


def downgrade() -> None:
    op.drop_table("tombstones")
