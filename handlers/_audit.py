"""What leaders do is written down with who did it."""

from bot.model import Incoming
from bot.routing import Context
from handlers._lines import masked


async def record(incoming: Incoming, ctx: Context, action: str, detail: str = "") -> None:
    """Keep one act of the sender."""
    await ctx.store.audit.record(ctx.room.id, ctx.sender.id, action, masked(detail), incoming.id)
