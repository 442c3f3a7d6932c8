"""The way of one message: scene, admission, understanding, route, unit of work, in this order."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.config import Admission
from bot.errors import AlreadyHandled, Conflict, Unavailable, UserError
from bot.faqkeeper import NO_FILES
from bot.memory import Memory
from bot.model import Incoming, Reply, Role
from bot.ports import Clock, FaqKeeper, State, UnitOfWork
from bot.reader import Reader
from bot.routing import Answer, Aside, Context, Route, RouteTable
from bot.scene import Scene, SceneReader
from bot.understanding import Understanding
from shop.book import Book
from shop.review import ReviewItem, ReviewKind

log = structlog.get_logger(__name__)
SORRY = "刚才没弄好，已经记下来请人看了，麻烦稍后再试一次。(编号 {})"
TOO_LONG = "这条太长了，分几条发我才看得过来。"
RACES = 20
REVIEWED_CHARACTERS = 500
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What became of a message; `route` is empty where nobody took it."""

    incoming: Incoming
    understanding: Understanding | None = None
    route: str = ""
    replies: tuple[Reply, ...] = ()
    incident: str = ""

    @property
    def outcome(self) -> str:
        """In one word, for logs and figures."""
        return "incident" if self.incident else "replied" if self.replies else "silent"


Observe = Callable[[Handled, float], None]
"""Is told of every message that was handled, and in how many seconds."""


class Dispatcher:
    """Takes one message at a time through its steps. Lanes see to the order within a room."""

    def __init__(
        self,
        *,
        units: Callable[[], UnitOfWork],
        state: State,
        reader: Reader,
        routes: RouteTable,
        clock: Clock,
        admission: Admission,
        observe: Observe = lambda _handled, _seconds: None,
        faq: FaqKeeper = NO_FILES,
    ) -> None:
        self._units = units
        self._state = state
        self._memory = Memory(state)
        self._scenes = SceneReader(state, clock)
        self._reader = reader
        self._routes = routes
        self._clock = clock
        self._admission = admission
        self._observe = observe
        self._faq = faq

    async def handle_surely(self, incoming: Incoming) -> Handled:
        """Handle a message however long the store is away; the lane waits, so the order holds."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self.handle(incoming)
            except Unavailable as error:
                log.warning("dispatch.away", message=incoming.id, error=str(error), retry_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def handle(self, incoming: Incoming) -> Handled:
        """Handle a message once. Raises Unavailable, with nothing done, when the store is away."""
        started = time.perf_counter()
        try:
            handled = await self._through_races(incoming)
        except AlreadyHandled:
            handled = Handled(incoming=incoming, route="repeat")
        seconds = time.perf_counter() - started
        _log_line(handled, milliseconds=1000 * seconds)
        self._observe(handled, seconds)
        return handled

    async def _through_races(self, incoming: Incoming) -> Handled:
        for _ in range(RACES):
            try:
                return await self._steps(incoming)
            except Conflict:
                log.info("dispatch.race", message=incoming.id)
        raise Unavailable(f"lost {RACES} races in a row")

    async def _steps(self, incoming: Incoming) -> Handled:
        """The steps; what goes wrong before a route is found is told only to who addressed the bot."""
        try:
            scene = await self._scene(incoming)
            refusal = await self._refusal(incoming, scene)
            if refusal is not None:
                return await self._finish(Handled(incoming=incoming, route="admission", replies=refusal))
            understanding = await self._reader.read(incoming.text, scene.situation)
            if understanding is None:
                return await self._leave_to_leader(incoming, scene)
        except (AlreadyHandled, Conflict, Unavailable):
            raise
        except Exception as error:  # noqa: BLE001 - nothing may end the lane
            return await self._incident(incoming, error, speak=incoming.at_bot)
        route = self._routes.match(understanding)
        if route is None:
            return await self._pass_over(incoming, scene, understanding)
        return await self._work(incoming, scene, understanding, route)

    async def _scene(self, incoming: Incoming) -> Scene:
        async with self._units() as store:
            scene = await self._scenes.read(store, incoming)
            await store.commit()
        return scene

    async def _refusal(self, incoming: Incoming, scene: Scene) -> tuple[Reply, ...] | None:
        """Nothing for an admitted message, else what is said to the one who is not."""
        if scene.sender.role is Role.BLOCKED:
            return ()
        if len(incoming.text) > self._admission.max_length:
            return (Reply(text=TOO_LONG, to=incoming.sender_name),)
        said = await self._state.count(f"rate:{scene.room.id}:{scene.sender.id}", 60)
        return () if said > self._admission.messages_per_minute else None

    async def _leave_to_leader(self, incoming: Incoming, scene: Scene) -> Handled:
        """A message that was not understood in time may be an order: the leader reads it."""
        async with self._units() as store:
            group_buy = await store.group_buys.current(scene.room.id)
            item = ReviewItem(
                group_buy_id=group_buy.id if group_buy else None,
                member_id=scene.sender.id,
                message_id=incoming.id,
                kind=ReviewKind.UNCLEAR,
                text=incoming.text[:REVIEWED_CHARACTERS],
                opened_at=self._clock.now(),
            )
            await store.reviews.add(scene.room.id, item)
            await store.marks.handled(incoming, None, "review")
            await store.commit()
        return Handled(incoming=incoming, route="review")

    async def _work(
        self, incoming: Incoming, scene: Scene, understanding: Understanding, route: Route
    ) -> Handled:
        aside = Aside()
        try:
            route.admit(scene.sender.role)
            async with self._units() as store:
                context = await self._context(store, scene, understanding, aside)
                replies = _replies(await route.handler(incoming, context))
                await store.replies.put(incoming, replies)
                await store.marks.handled(incoming, understanding, route.name)
                await store.commit()
        except UserError as error:
            replies = (Reply(text=error.message, to=incoming.sender_name),)
            refused = Handled(
                incoming=incoming, understanding=understanding, route=route.name, replies=replies
            )
            return await self._finish(refused)
        except (AlreadyHandled, Conflict, Unavailable):
            raise
        except Exception as error:  # noqa: BLE001 - a handler that fails is an incident, never the end of the lane
            return await self._incident(incoming, error, speak=True)
        await self._remember(scene, understanding, aside)
        return Handled(incoming=incoming, understanding=understanding, route=route.name, replies=replies)

    async def _context(
        self, store: UnitOfWork, scene: Scene, understanding: Understanding, aside: Aside
    ) -> Context:
        group_buy = await store.group_buys.current(scene.room.id)
        return Context(
            understanding=understanding,
            situation=scene.situation,
            room=scene.room,
            sender=scene.sender,
            group_buy=group_buy,
            book=Book() if group_buy is None else await store.ledger.book(group_buy.id),
            store=store,
            state=self._state,
            now=self._clock.now(),
            routes=self._routes,
            faq=self._faq,
            aside=aside,
        )

    async def _pass_over(self, incoming: Incoming, scene: Scene, understanding: Understanding) -> Handled:
        """Silence; what was asked back before stays open."""
        left = scene.remembered
        open_matters = Aside(pending=left.pending, confirming=left.confirming, asked=left.asked)
        handled = await self._finish(Handled(incoming=incoming, understanding=understanding))
        await self._remember(scene, understanding, open_matters)
        return handled

    async def _finish(self, handled: Handled) -> Handled:
        """Mark a message on which no handler's work is to be kept, with what is said about it."""
        async with self._units() as store:
            await store.replies.put(handled.incoming, handled.replies)
            await store.marks.handled(handled.incoming, handled.understanding, handled.route)
            await store.commit()
        return handled

    async def _remember(self, scene: Scene, understanding: Understanding, aside: Aside) -> None:
        focus = understanding.focus if understanding.focus.skus else scene.remembered.focus
        await self._memory.keep(scene.room.id, scene.sender.id, focus, aside)

    async def _incident(self, incoming: Incoming, error: Exception, *, speak: bool) -> Handled:
        incident = secrets.token_hex(4)
        log.error("incident", incident=incident, message=incoming.id, exc_info=error)
        reply = Reply(text=SORRY.format(incident), to=incoming.sender_name)
        replies = (reply,) if speak else ()
        return await self._finish(
            Handled(incoming=incoming, route="incident", replies=replies, incident=incident)
        )


def _replies(answer: Answer) -> tuple[Reply, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, Reply) else tuple(answer)


def _log_line(handled: Handled, *, milliseconds: float) -> None:
    understanding = handled.understanding
    log.info(
        "message",
        channel=handled.incoming.address.channel,
        room=handled.incoming.address.room,
        message=handled.incoming.id,
        intent=understanding.intent.value if understanding else "",
        route=handled.route,
        outcome=handled.outcome,
        ms=round(milliseconds, 2),
    )
