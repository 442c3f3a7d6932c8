"""Files that members send: fetched in pieces, bounded, kept in the data folder."""

import asyncio
import hashlib
from contextlib import aclosing
from pathlib import Path, PurePath

import structlog

from bot.channels._wechaty.errors import Declined, Late
from bot.channels._wechaty.link import Kind, Link, Said
from bot.model import Attachment, AttachmentKind

log = structlog.get_logger(__name__)
MOST_BYTES = 20_000_000
SECONDS = 10.0
LONGEST_SUFFIX = 8


class TooLarge(Exception):
    """More bytes than are kept."""


class Received:
    """Puts files into a folder under names of our own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def fetch(self, link: Link, said: Said) -> Attachment | None:
        """The file of a message; None, with a line in the log, when it cannot be had. Raises Lost."""
        try:
            async with asyncio.timeout(SECONDS):
                name, data = await _whole(link, said.id)
            path = await asyncio.to_thread(self._keep, said.id, name, data)
        except (Declined, Late, TooLarge, TimeoutError, OSError) as error:
            log.warning("wechaty.file", message=said.id, error=repr(error))
            return None
        kind = AttachmentKind.IMAGE if said.kind is Kind.IMAGE else AttachmentKind.FILE
        return Attachment(kind=kind, name=name or path.name, path=str(path))

    def _keep(self, message_id: str, name: str, data: bytes) -> Path:
        """The sender's name for it gives no more than an ending."""
        self._folder.mkdir(parents=True, exist_ok=True)
        suffix = PurePath(name).suffix.lower()
        fit = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= LONGEST_SUFFIX
        path = self._folder / (hashlib.sha256(message_id.encode()).hexdigest()[:32] + (suffix if fit else ""))
        path.write_bytes(data)
        return path


async def _whole(link: Link, message_id: str) -> tuple[str, bytes]:
    name, data = "", bytearray()
    async with aclosing(link.file(message_id)) as pieces:
        async for title, piece in pieces:
            name = title or name
            data += piece
            if len(data) > MOST_BYTES:
                raise TooLarge(f"more than {MOST_BYTES} bytes")
    return name, bytes(data)
