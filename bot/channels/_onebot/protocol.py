"""OneBot v11 as data: events in, actions out. Source: the standard at github.com/botuniverse/onebot-11."""

import base64
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from bot.model import Address, AttachmentKind, Incoming, Outgoing, Quote

NAME = "onebot"
Id = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
"""Implementations write ids as numbers or as text."""


class Segment(BaseModel):
    """A part of a message; what `data` holds depends on the type."""

    type: str
    data: dict[str, Any] = {}

    def text(self, key: str) -> str:
        """A field as text, "" where there is none."""
        value = self.data.get(key)
        return "" if value is None else str(value)


class Sender(BaseModel):
    """Who speaks; `card` is the name in the group."""

    nickname: str = ""
    card: str | None = None


class Event(BaseModel):
    """A message event; those of other kinds fail to validate."""

    post_type: str = Field(pattern="^message$")
    message_type: str = Field(pattern="^(group|private)$")
    self_id: Id
    user_id: Id
    message_id: Id
    group_id: Id = ""
    time: int
    message: list[Segment]
    sender: Sender = Sender()


def event_of(data: object) -> Event | None:
    """A message event, None for everything else."""
    try:
        return Event.model_validate(data)
    except ValidationError:
        return None


def incoming_of(event: Event, bot_name: str) -> Incoming:
    """What the bot hears; pictures are fetched by whoever wants them."""
    private = event.message_type == "private"
    text = "".join(_words(event.message)).strip()
    mentions = tuple(part.text("qq") for part in event.message if part.type == "at")
    reply = next((part.text("id") for part in event.message if part.type == "reply"), "")
    room = event.user_id if private else event.group_id
    return Incoming(
        id=event.message_id,
        address=Address(channel=NAME, account=event.self_id, room=room, private=private),
        sender_id=event.user_id,
        sender_name=event.sender.card or event.sender.nickname or event.user_id,
        text=text,
        time=datetime.fromtimestamp(event.time, UTC),
        at_bot=private or event.self_id in mentions or f"@{bot_name}" in text,
        mentions=mentions,
        quote=Quote(message_id=reply) if reply else None,
    )


def pictures(event: Event) -> list[str]:
    """Addresses of the pictures of a message."""
    urls = (part.text("url") for part in event.message if part.type == "image")
    return [url for url in urls if url.startswith(("http://", "https://"))]


def action_of(outgoing: Outgoing, called: Iterable[str]) -> dict[str, Any]:
    """The call that says it; `called` are the accounts to mention. Raises OSError for a file that is gone."""
    parts = [*_ats(outgoing, called), *_said(outgoing)]
    if outgoing.recipient or outgoing.address.private:
        to = {"user_id": _number(outgoing.recipient or outgoing.address.room)}
        return {"action": "send_private_msg", "params": to | {"message": parts}}
    return {
        "action": "send_group_msg",
        "params": {"group_id": _number(outgoing.address.room), "message": parts},
    }


def _words(parts: Iterable[Segment]) -> Iterator[str]:
    for part in parts:
        if part.type == "text":
            yield part.text("text")
        elif part.type == "at" and part.text("name"):
            yield f"@{part.text('name')} "


def _ats(outgoing: Outgoing, called: Iterable[str]) -> Iterator[dict[str, Any]]:
    if outgoing.recipient or outgoing.address.private:
        return
    for account in called:
        yield {"type": "at", "data": {"qq": account}}
        yield {"type": "text", "data": {"text": " "}}


def _said(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    if outgoing.text:
        yield {"type": "text", "data": {"text": outgoing.text}}
    for attachment in outgoing.attachments:
        data = base64.b64encode(Path(attachment.path).read_bytes()).decode()
        kind = "image" if attachment.kind is AttachmentKind.IMAGE else "file"
        yield {"type": kind, "data": {"file": f"base64://{data}", "name": attachment.name}}


def _number(account: str) -> int | str:
    """The standard has numbers; implementations for other networks have text."""
    return int(account) if account.isdecimal() else account
