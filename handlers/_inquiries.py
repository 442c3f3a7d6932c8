"""What is kept of questions to the FAQ, and how the leader is called to one."""

from collections.abc import Sequence

from bot.model import Incoming, Reply, Role
from bot.routing import Context
from bot.understanding import FaqMatch
from handlers._lines import quoted
from handlers._people import leader_name
from handlers._refusals import hand_to_leader
from shop.inquiry import Inquiry
from shop.privacy import masked
from shop.review import ReviewKind

CALLED = "{name}在问：“{text}”"
WANTED = "{name}在找你。"
NOTHING_FOUND = "miss"
LONGEST_KEPT = 200


async def keep(ctx: Context, text: str, match: FaqMatch | None) -> None:
    """Keep a question (masked; its words only where nothing answered it) and what became of it."""
    entry = match.entry if match else ""
    nearest = match.candidates[0][0] if match and match.candidates and not entry else ""
    inquiry = Inquiry(
        member_id=ctx.sender.id,
        rule=match.rule if match else NOTHING_FOUND,
        asked_at=ctx.now,
        entry=entry,
        nearest=nearest,
        text="" if entry else text,
    )
    await ctx.store.inquiries.add(ctx.room.id, inquiry)


async def plain_text(incoming: Incoming, ctx: Context) -> str:
    """The message without what leads to somebody: names of the room, houses, long numbers."""
    everybody = await ctx.store.members.of_room(ctx.room.id)
    names = {name for member in everybody for name in (member.name, *member.names)}
    return masked(incoming.text, names)[:LONGEST_KEPT]


async def call_leader(incoming: Incoming, ctx: Context, text: str) -> Sequence[Reply]:
    """Put the question on the leader's list; a word to them by name where others hear it too.

    Without `text` the message itself is put there, which asks for the leader and says nothing else.
    """
    await hand_to_leader(incoming, ctx, ReviewKind.QUESTION, text)
    leader = await leader_name(ctx)
    if not leader or ctx.room.address.private or ctx.role >= Role.LEADER:
        return ()
    word = CALLED if text else WANTED
    return (Reply(text=word.format(name=incoming.sender_name, text=quoted(text)), to=leader),)
