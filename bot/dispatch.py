"""The way of a message: scene, admission, understanding, route, handler. One commit for those that waited."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.config import Admission
from bot.errors import AlreadyHandled, Conflict, Unavailable, UserError
from bot.faqkeeper import NO_FILES
from bot.memory import Memory
from bot.model import Incoming, Reply, Role
from bot.ports import Clock, FaqKeeper, PasteReader, State, UnitOfWork, Units
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
LONGEST_HOLD = 0.1
"""Seconds after which what is done is committed, so that the first does not wait for the last."""
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0


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
    """Takes messages of one conversation through their steps, in order. Lanes see to that order.

    Messages that waited together share a unit of work as long as nothing must be asked of the database for
    them: then it is held, and others shall not wait while a message is understood.
    """

    def __init__(
        self,
        *,
        units: Units,
        state: State,
        reader: Reader,
        routes: RouteTable,
        clock: Clock,
        admission: Admission,
        observe: Observe = lambda _handled, _seconds: None,
        faq: FaqKeeper = NO_FILES,
        pastes: PasteReader | None = None,
    ) -> None:
        self._units = units
        self._state = state
        self._scenes = SceneReader(clock)
        self._reader = reader
        self._routes = routes
        self._clock = clock
        self._admission = admission
        self._observe = observe
        self._faq = faq
        self._pastes = pastes

    async def handle_surely(self, messages: Sequence[Incoming]) -> None:
        """Handle messages however long the store is away; the lane waits, so the order holds."""
        left, size, pause = list(messages), len(messages), FIRST_PAUSE
        while left:
            try:
                left = left[len(await self._handle_some(left[:size])) :]
                pause = FIRST_PAUSE
            except Unavailable as error:
                log.warning("dispatch.away", message=left[0].id, error=str(error), retry_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:
                if size == 1:
                    log.exception(
                        "dispatch.left", message=left.pop(0).id
                    )  # the next start finds it unhandled
                log.info("dispatch.one_by_one", messages=len(left), error=repr(error))
                size = 1  # whoever is at fault fails alone, not with the others

    async def handle(self, incoming: Incoming) -> Handled:
        """Handle a message once. Raises Unavailable, with nothing done, when the store is away."""
        (handled,) = await self._handle_some([incoming])
        return handled

    async def _handle_some(self, messages: Sequence[Incoming]) -> Sequence[Handled]:
        """The first of the messages, and with it as many of the next as one unit of work takes.

        With several, whatever goes wrong with one of them is raised, and nothing is done.
        """
        started, done = time.perf_counter(), list[Handled]()
        try:
            await self._through_races(messages, done)
        except (AlreadyHandled, Unavailable) as error:
            if len(messages) > 1 or isinstance(error, Unavailable):
                raise
            done = [Handled(incoming=messages[0], route="repeat")]
        except Exception as error:
            if len(messages) > 1:
                raise
            known = any(handled.route for handled in done)
            done = [await self._incident_alone(messages[0], error, speak=known or messages[0].at_bot)]
        seconds = time.perf_counter() - started
        for handled in done:
            _log_line(handled, milliseconds=1000 * seconds / len(done))
            self._observe(handled, seconds)
        return done

    async def _through_races(self, messages: Sequence[Incoming], done: list[Handled]) -> None:
        """What is kept of the room is believed until somebody else turns out to have changed it."""
        for attempt in range(RACES):
            try:
                return await self._together(messages, done, trusting=attempt == 0)
            except Conflict:
                log.info("dispatch.race", message=messages[0].id)
                done.clear()
        raise Unavailable(f"lost {RACES} races in a row")

    async def _together(self, messages: Sequence[Incoming], done: list[Handled], *, trusting: bool) -> None:
        """One unit of work: `done` grows with what became of each message, and holds only at the end."""
        patience = time.perf_counter() + LONGEST_HOLD
        memory = Memory(self._state)
        async with self._units(trusting=trusting) as store:
            await self._introduce(store, messages)
            for incoming in messages:
                async with store.attempt():
                    scene = await self._scenes.read(store, memory, incoming)
                if store.busy:
                    if done:
                        break
                    await store.commit()
                done.append(await self._steps(store, memory, scene))
                if store.busy or time.perf_counter() > patience:
                    break
            await store.commit()
        await memory.save()

    async def _introduce(self, store: UnitOfWork, messages: Sequence[Incoming]) -> None:
        if len(messages) > 1:
            await self._scenes.introduce(store, messages)
        if store.busy:
            await store.commit()

    async def _steps(self, store: UnitOfWork, memory: Memory, scene: Scene) -> Handled:
        incoming = scene.incoming
        refusal = self._refusal(scene)
        if refusal is not None:
            return await self._finish(store, Handled(incoming=incoming, route="admission", replies=refusal))
        understanding = await self._reader.read(incoming.text, scene.situation)
        if understanding is None:
            return await self._leave_to_leader(store, scene)
        route = self._routes.match(understanding, pictures=bool(incoming.attachments))
        if route is None:
            return await self._pass_over(store, memory, scene, understanding)
        return await self._work(store, memory, scene, understanding, route)

    def _refusal(self, scene: Scene) -> tuple[Reply, ...] | None:
        """Nothing for an admitted message, else what is said to the one who is not."""
        incoming = scene.incoming
        if scene.sender.role is Role.BLOCKED:
            return ()
        if len(incoming.text) > self._admission.max_length:
            return (Reply(text=TOO_LONG, to=incoming.sender_name),)
        return () if scene.remembered.said > self._admission.messages_per_minute else None

    async def _leave_to_leader(self, store: UnitOfWork, scene: Scene) -> Handled:
        """A message that was not understood in time may be an order: the leader reads it."""
        incoming, group_buy = scene.incoming, await store.group_buys.current(scene.room.id)
        item = ReviewItem(
            group_buy_id=group_buy.id if group_buy else None,
            member_id=scene.sender.id,
            message_id=incoming.id,
            kind=ReviewKind.UNCLEAR,
            text=incoming.text[:REVIEWED_CHARACTERS],
            opened_at=self._clock.now(),
        )
        await store.reviews.add(scene.room.id, item)
        return await self._finish(store, Handled(incoming=incoming, route="review"))

    async def _work(
        self,
        store: UnitOfWork,
        memory: Memory,
        scene: Scene,
        understanding: Understanding,
        route: Route,
    ) -> Handled:
        incoming = scene.incoming
        handled = Handled(incoming=incoming, understanding=understanding, route=route.name)
        aside = Aside()
        try:
            route.admit(scene.sender.role)
            async with store.attempt():
                context = await self._context(store, scene, understanding, aside)
                replies = _replies(await route.handler(incoming, context))
                handled = await self._finish(store, replace(handled, replies=replies))
        except UserError as error:
            reply = Reply(text=error.message, to=incoming.sender_name)
            return await self._finish(store, replace(handled, replies=(reply,)))
        except (AlreadyHandled, Conflict, Unavailable):
            raise
        except Exception as error:  # noqa: BLE001 - a handler that fails is an incident, never the end of the lane
            return await self._incident(store, incoming, error, speak=True)
        _remember(memory, scene, understanding, aside)
        return handled

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
            pastes=self._pastes,
            aside=aside,
        )

    async def _pass_over(
        self,
        store: UnitOfWork,
        memory: Memory,
        scene: Scene,
        understanding: Understanding,
    ) -> Handled:
        """Silence; what was asked back before stays open."""
        left = scene.remembered
        open_matters = Aside(
            pending=left.pending, confirming=left.confirming, asked=left.asked, offered=left.offered
        )
        _remember(memory, scene, understanding, open_matters)
        return await self._finish(store, Handled(incoming=scene.incoming, understanding=understanding))

    async def _finish(self, store: UnitOfWork, handled: Handled) -> Handled:
        """Mark a message as handled, and keep what is said about it."""
        await store.replies.put(handled.incoming, handled.replies)
        await store.marks.handled(handled.incoming, handled.understanding, handled.route)
        return handled

    async def _incident_alone(self, incoming: Incoming, error: Exception, *, speak: bool) -> Handled:
        """What goes wrong outside of a handler is told only to who addressed the bot."""
        async with self._units() as store:
            handled = await self._incident(store, incoming, error, speak=speak)
            await store.commit()
        return handled

    async def _incident(
        self, store: UnitOfWork, incoming: Incoming, error: Exception, *, speak: bool
    ) -> Handled:
        incident = secrets.token_hex(4)
        log.error("incident", incident=incident, message=incoming.id, exc_info=error)
        reply = Reply(text=SORRY.format(incident), to=incoming.sender_name)
        handled = Handled(
            incoming=incoming, route="incident", replies=(reply,) if speak else (), incident=incident
        )
        return await self._finish(store, handled)


def _remember(memory: Memory, scene: Scene, understanding: Understanding, aside: Aside) -> None:
    focus = understanding.focus if understanding.focus.skus else scene.remembered.focus
    memory.keep(scene.room.id, scene.sender.id, focus, aside)


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
