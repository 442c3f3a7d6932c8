"""One connection to a Wechaty gateway: gRPC with its token, typed at the border.

Fields and numbers are those of the proto file of wechaty-grpc 0.20 and of wechaty-puppet 1.x.
"""

import base64
import json
import ssl
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import Any

import structlog
from grpclib.client import Channel
from grpclib.config import Configuration
from grpclib.const import Cardinality
from wechaty_grpc.wechaty import PuppetStub, puppet

from bot.channels._wechaty.errors import Declined, told_apart
from bot.config import Wechaty as Settings

log = structlog.get_logger(__name__)
BASE64_BOX = 1
MILLISECONDS_FROM = 10**11
"""Time stamps above are milliseconds; some puppets send seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Seconds: a ping after so long a silence, and the time for its answer, that of a question, a sending."""

    every: float = 5.0
    within: float = 5.0
    asking: float = 10.0
    sending: float = 30.0


class EventType(IntEnum):
    """The events that we act upon."""

    HEARTBEAT = 1
    MESSAGE = 2
    ERROR = 16
    SCAN = 22
    LOGIN = 25
    LOGOUT = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened; `type` may be a number that we do not know."""

    type: int
    payload: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A field as text, "" where there is none."""
        return str(self.payload.get(key) or "")


class Kind(Enum):
    """Kinds of messages by the numbers of wechaty-puppet; what is new there is OTHER."""

    OTHER = 0
    FILE = 1
    IMAGE = 6
    TEXT = 7
    SOLITAIRE = 10
    VIDEO = 15

    @classmethod
    def _missing_(cls, value: object) -> "Kind":  # noqa: ARG003 - the library calls it so
        return cls.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as the gateway tells it; `room_id` is "" in a private chat, which has a listener."""

    id: str
    kind: Kind
    sender_id: str
    room_id: str
    listener_id: str
    text: str
    time: datetime
    mentions: tuple[str, ...]


class Link:
    """Everything that is asked of a gateway. Every method raises GatewayError."""

    def __init__(self, settings: Settings, tls: ssl.SSLContext | None, pulse: Pulse) -> None:
        host, _, port = settings.endpoint.rpartition(":")
        token = settings.token.get_secret_value()
        self._channel = Channel(host.strip("[]"), int(port), ssl=tls, config=_configuration(settings, pulse))
        self._channel._authority = token  # noqa: SLF001 - where gateways look that know no `authorization`
        self._metadata = {"authorization": f"Wechaty {token}"}
        self._stub = PuppetStub(self._channel, timeout=pulse.asking, metadata=self._metadata)
        self._mouth = PuppetStub(self._channel, timeout=pulse.sending, metadata=self._metadata)

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    async def greet(self) -> None:
        """Ask something that changes nothing, also for a bot that listens to this gateway."""
        with told_apart():
            await self._stub.version()

    async def events(self) -> AsyncGenerator[Event, None]:
        """Listen first, then ask the puppet to start, so that nothing falls between; never ask it to stop."""
        with told_apart():
            async with self._channel.request(
                "/wechaty.Puppet/Event",
                Cardinality.UNARY_STREAM,
                puppet.EventRequest,
                puppet.EventResponse,
                metadata=self._metadata,
            ) as stream:
                await stream.send_message(puppet.EventRequest(), end=True)
                await self._mouth.start()
                async for response in stream:
                    yield _event(response)

    async def message(self, message_id: str) -> Said:
        """What was said under an id."""
        with told_apart():
            payload = await self._stub.message_payload(id=message_id)
        return Said(
            id=payload.id or message_id,
            kind=Kind(payload.type),
            sender_id=payload.from_id,
            room_id=payload.room_id,
            listener_id=payload.to_id,
            text=payload.text,
            time=_time(payload.timestamp),
            mentions=tuple(payload.mention_ids),
        )

    async def name_of(self, room_id: str, contact_id: str) -> str:
        """What somebody is called in a room, or anywhere, or else the id."""
        try:
            return await self._name_in(room_id, contact_id) or await self._name(contact_id) or contact_id
        except Declined as error:
            log.info("wechaty.nameless", contact=contact_id, error=str(error))
            return contact_id

    async def say(self, conversation: str, text: str, mentions: Sequence[str] = ()) -> None:
        """Say a text; it is out when this returns, whether the puppet tells an id or not."""
        with told_apart():
            await self._mouth.message_send_text(
                conversation_id=conversation, text=text, mentonal_ids=list(mentions)
            )

    async def send_file(self, conversation: str, name: str, data: bytes) -> None:
        """Send a file of at most 3 MB; a gRPC frame holds 4 MiB and base64 takes a third."""
        box: dict[str, object] = {"name": name, "base64": base64.b64encode(data).decode(), "metadata": {}}
        box |= {"type": BASE64_BOX, "boxType": BASE64_BOX}  # file-box 1.x and before
        with told_apart():
            await self._mouth.message_send_file(conversation_id=conversation, filebox=json.dumps(box))

    async def file(self, message_id: str) -> AsyncGenerator[tuple[str, bytes], None]:
        """The file of a message in pieces: its name, or some of its bytes."""
        with told_apart():
            async for response in self._stub.message_file_stream(id=message_id):
                chunk = response.file_box_chunk
                yield chunk.name, chunk.data

    async def _name_in(self, room_id: str, contact_id: str) -> str:
        if not room_id:
            return ""
        with told_apart():
            member = await self._stub.room_member_payload(id=room_id, member_id=contact_id)
        return str(member.room_alias or member.name)

    async def _name(self, contact_id: str) -> str:
        with told_apart():
            return str((await self._stub.contact_payload(id=contact_id)).name)


def tls_of(settings: Settings) -> ssl.SSLContext | None:
    """How to recognise the gateway. Raises OSError, ssl.SSLError too, for a file without a certificate."""
    if not settings.tls:
        return None
    context = ssl.create_default_context(cafile=settings.ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["h2"])
    return context


def _configuration(settings: Settings, pulse: Pulse) -> Configuration:
    return Configuration(
        _keepalive_time=pulse.every,
        _keepalive_timeout=pulse.within,
        _keepalive_permit_without_calls=True,
        _http2_max_pings_without_data=0,
        _http2_min_sent_ping_interval_without_data=pulse.every,
        ssl_target_name_override=settings.server_name or None,
    )


def _event(response: Any) -> Event:
    try:
        payload = json.loads(response.payload or "{}")
    except ValueError:
        payload = None
    return Event(type=int(response.type), payload=payload if isinstance(payload, dict) else {})


def _time(stamp: int) -> datetime:
    if not stamp:
        return datetime.now(UTC)
    return datetime.fromtimestamp(stamp / 1000 if stamp > MILLISECONDS_FROM else stamp, UTC)
