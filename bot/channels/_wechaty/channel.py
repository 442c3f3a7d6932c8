"""The channel: connects, listens, hands over in order, speaks, and begins anew when the connection breaks."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing

import structlog

from bot.channels._backoff import Backoff
from bot.channels._hearing import Hearing
from bot.channels._wechaty.condition import HINTS, Condition, after
from bot.channels._wechaty.errors import Declined, GatewayError, Late, Lost
from bot.channels._wechaty.link import Event, EventType, Link, Pulse
from bot.channels._wechaty.reading import Reader
from bot.channels._wechaty.speech import Speaker
from bot.config import Wechaty as GatewaySettings
from bot.errors import Unavailable
from bot.model import Gap, Incoming, Outgoing

log = structlog.get_logger(__name__)
NAME = "wechaty"
AT_ONCE = 32
"""Messages that are fetched side by side; they are handed over in the order of their events."""
ATTEMPTS = 3

Heard = Callable[[Incoming], Awaitable[None]]
Reading = asyncio.Task[Incoming | None]


class Wechaty:
    """Implements bot.ports.Channel over a Wechaty gateway. `watch` is told every change of condition."""

    name = NAME

    def __init__(
        self,
        settings: GatewaySettings,
        *,
        tls: ssl.SSLContext | None,
        reader: Reader,
        hearing: Hearing,
        pulse: Pulse | None = None,
        backoff: Backoff | None = None,
        watch: Callable[[Condition], None] = lambda _: None,
    ) -> None:
        self.condition = Condition.CONNECTING
        self._settings = settings
        self._tls = tls
        self._reader = reader
        self._speaker = Speaker(reader)
        self._hearing = hearing
        self._pulse = pulse or Pulse()
        self._backoff = backoff or Backoff()
        self._watch = watch
        self._link: Link | None = None
        self._account = ""
        self._unread: dict[str, None] = {}

    async def run(self, heard: Heard) -> None:
        """Listen until cancelled; whatever the gateway does, the next attempt follows."""
        while True:
            # a task of its own, for grpclib cancels the task that listens when a connection breaks
            session = asyncio.create_task(self._session(heard))
            try:
                await asyncio.wait([session])
            finally:
                session.cancel()
                await asyncio.wait([session])
            self._judge(None if session.cancelled() else session.exception())
            await asyncio.sleep(self._backoff.pause())

    async def send(self, outgoing: Outgoing) -> None:
        """Say it once. Raises Unavailable when it surely was not sent; any other error means nobody knows."""
        if self._link is None or not self._account:
            raise Unavailable(f"wechaty is {self.condition}")
        if outgoing.address.account != self._account:
            raise Unavailable("another account is logged in")
        await asyncio.create_task(self._speaker.send(self._link, outgoing))  # as in `run`

    def gaps(self) -> AsyncIterator[Gap]:
        """Times in which nothing was heard, each when it is over."""
        return self._hearing.gaps()

    def ailments(self) -> tuple[str, ...]:
        """What the operator should know, in Chinese; empty while all is well."""
        hint = HINTS.get(self.condition)
        return () if hint is None else (f"wechaty: {hint}",)

    async def probe(self) -> str:
        """What stands between us and the gateway, in Chinese, "" for nothing; nobody is disturbed by it."""
        link = Link(self._settings, self._tls, self._pulse)
        try:
            await asyncio.create_task(link.greet())  # as in `run`
        except GatewayError as error:
            return HINTS[after(error)]
        finally:
            link.close()
        return ""

    async def _session(self, heard: Heard) -> None:
        link = Link(self._settings, self._tls, self._pulse)
        self._link = link
        try:
            await self._listen(link, heard)
        finally:
            self._link = None
            link.close()
            await self._deaf(self._pulse.every + self._pulse.within)

    async def _listen(self, link: Link, heard: Heard) -> None:
        """Take events until the connection breaks; ends with an error, for no gateway says goodbye."""
        readings: asyncio.Queue[tuple[str, Reading]] = asyncio.Queue(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._hand_over(readings, heard))
            tasks.create_task(self._hearing.keep())
            async with aclosing(link.events()) as events:
                async for event in events:
                    for message_id in await self._messages(event):
                        task = tasks.create_task(self._read(link, message_id))
                        await readings.put((message_id, task))
            raise Lost("the gateway ended the stream of events")

    async def _messages(self, event: Event) -> list[str]:
        """The messages to read because of an event."""
        match event.type:
            case EventType.MESSAGE if message_id := event.text("messageId"):
                known = message_id in self._unread
                self._unread[message_id] = None
                return [] if known or not self._account else [message_id]
            case EventType.LOGIN if event.text("contactId") not in {"", self._account}:
                await self._log_in(event.text("contactId"))
                return list(self._unread)
            case EventType.LOGOUT:
                await self._log_out()
            case EventType.SCAN:
                log.warning("wechaty.scan", hint=HINTS[Condition.LOGGED_OUT], qrcode=event.text("qrcode"))
                self._turn(Condition.LOGGED_OUT)
            case EventType.ERROR:
                log.warning("wechaty.error", error=event.text("data") or event.text("gerror"))
        return []

    async def _log_in(self, account: str) -> None:
        await self._hearing.begin(account)
        self._account = account
        self._backoff.reset()
        self._turn(Condition.LISTENING)

    async def _log_out(self) -> None:
        await self._deaf(0)
        self._turn(Condition.LOGGED_OUT)

    async def _deaf(self, doubtful_seconds: float) -> None:
        if self._account:
            self._account = ""
            await self._hearing.end(doubtful_seconds=doubtful_seconds)

    async def _read(self, link: Link, message_id: str) -> Incoming | None:
        """The message, or None when there is nothing to hand over; tries again what is declined or late."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._reader.read(link, self._account, message_id)
            except (Declined, Late) as error:
                log.warning("wechaty.unread", message=message_id, attempt=attempt, error=str(error))
            if attempt < ATTEMPTS:
                await asyncio.sleep(attempt * self._backoff.first)
        return None

    async def _hand_over(self, readings: asyncio.Queue[tuple[str, Reading]], heard: Heard) -> None:
        """A message stays on the list of unread ones until it is handed over, over connections too."""
        while True:
            message_id, reading = await readings.get()
            incoming = await reading
            if incoming is not None:
                await _handed(incoming, heard)
            self._unread.pop(message_id, None)

    def _judge(self, error: BaseException | None) -> None:
        """Turn to what a session's end means; a gateway that talks nonsense must not end the program."""
        errors = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
        known = [one for one in errors if isinstance(one, GatewayError)]
        if not known:
            log.error("wechaty.broken", exc_info=error)
        self._turn(after(known[0]) if known else Condition.AWAY, error=repr(known))

    def _turn(self, condition: Condition, error: str = "") -> None:
        if condition is self.condition:
            log.debug("wechaty", condition=condition.value, error=error)
            return
        self.condition = condition
        if hint := HINTS.get(condition):
            log.warning("wechaty", condition=condition.value, hint=hint, error=error)
        else:
            log.info("wechaty", condition=condition.value, account=self._account)
        self._watch(condition)


async def _handed(incoming: Incoming, heard: Heard) -> None:
    try:
        await heard(incoming)
    except Exception:  # one message that cannot be taken must not end the hearing of all others
        log.exception("wechaty.not_taken", message=incoming.id)
