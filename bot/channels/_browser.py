"""What the page and the simulator say to each other over the WebSocket: JSON objects with a `type`."""

import json
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.channels._bubbles import Bubble
from bot.model import Quote

MOST_CHARACTERS = 200_000
MOST_BYTES = 1024 * 1024
"""Of one WebSocket message; more than the characters above take in UTF-8."""

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00-\x1f]*$")
]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,64}$")]


class Refused(Exception):
    """What a page said cannot be a message; the text says why, in Chinese."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Speaker(_Part):
    """The person as whom the page speaks."""

    id: Name
    name: Name


class Say(_Part):
    """Somebody says something; `id` is chosen by the page, so that saying it again changes nothing."""

    type: Literal["say"]
    id: Key
    conversation: Annotated[str, Field(min_length=1, max_length=100)]
    speaker: Speaker
    text: Annotated[str, Field(max_length=MOST_CHARACTERS)] = ""
    at_bot: bool = False
    quote: Annotated[str, Field(max_length=200)] = ""
    files: Annotated[tuple[Key, ...], Field(max_length=9)] = ()


class Person(_Part):
    """Somebody whom the page offers to speak as."""

    id: str
    name: str
    leader: bool = False


class RoomTitle(_Part):
    """A room that the page offers."""

    id: str
    title: str


def hello(bot_name: str, rooms: Iterable[RoomTitle], people: Iterable[Person], said: Iterable[Bubble]) -> str:
    """The first message to a page: all that it needs to show itself."""
    return _text(
        {
            "type": "hello",
            "bot": bot_name,
            "rooms": [room.model_dump() for room in rooms],
            "people": [person.model_dump() for person in people],
            "messages": [_bubble(bubble) for bubble in said],
        }
    )


def news(bubble: Bubble) -> str:
    """A bubble that is new."""
    return _text({"type": "message", "message": _bubble(bubble)})


def accepted(say_id: str) -> str:
    """The message is written down; the page need not say it again."""
    return _text({"type": "accepted", "id": say_id})


def refused(say_id: str, reason: str) -> str:
    """The message will not be handled, and why, in Chinese."""
    return _text({"type": "refused", "id": say_id, "reason": reason})


def id_in(text: str) -> str:
    """The id of a message that is not valid otherwise, so that its page knows which one was refused."""
    try:
        said = json.loads(text)
    except ValueError:
        return ""
    key = said.get("id") if isinstance(said, dict) else None
    return key[:64] if isinstance(key, str) else ""


def _bubble(bubble: Bubble) -> dict[str, Any]:
    return {
        "id": bubble.id,
        "conversation": bubble.conversation,
        "sender": {"id": bubble.sender_id, "name": bubble.sender_name},
        "bot": not bubble.sender_id,
        "text": bubble.text,
        "time": bubble.time.isoformat(),
        "mentions": list(bubble.mentions),
        "quote": _quote(bubble.quote),
        "files": [{"url": file.url, "name": file.name, "picture": file.picture} for file in bubble.files],
    }


def _quote(quote: Quote | None) -> dict[str, str] | None:
    if quote is None:
        return None
    return {"id": quote.message_id, "name": quote.sender_name, "text": quote.text[:200]}


def _text(event: dict[str, Any]) -> str:
    """Escaped, so that half a surrogate pair in a text cannot end the connection."""
    return json.dumps(event)
