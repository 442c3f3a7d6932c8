"""Whole values in one sealed column."""

import json
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from bot.model import Incoming, Outgoing
from bot.understanding import SolitaireList
from storage.secrets import Secrets

Value = TypeVar("Value")


class Payload(Generic[Value]):
    """Values of one type as sealed JSON."""

    def __init__(self, kind: type[Value]) -> None:
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def seal(self, value: Value, secrets: Secrets) -> str:
        """For the store."""
        try:
            return secrets.seal(self._adapter.dump_json(value).decode())
        except PydanticSerializationError:
            return secrets.seal(_mended(self._adapter.dump_python(value, mode="json")))

    def open(self, sealed: str, secrets: Secrets) -> Value:
        """From the store."""
        return self._adapter.validate_json(secrets.open(sealed))


def _mended(value: Any) -> str:
    """JSON in which half a surrogate pair, as cut-off nicknames have, became a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


INCOMING = Payload(Incoming)
OUTGOING = Payload(Outgoing)
LIST = Payload(SolitaireList)
