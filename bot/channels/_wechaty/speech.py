"""What the bot says, in the form that the network wants: mentions in text and by id, files that fit."""

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog

from bot.channels._wechaty.errors import Declined, GatewayError, Late, NotReached, Refused
from bot.channels._wechaty.link import Link
from bot.channels._wechaty.reading import Reader
from bot.errors import Unavailable
from bot.model import Attachment, Outgoing

log = structlog.get_logger(__name__)
MOST_BYTES = 3_000_000
AFTER_NAME = "\u2005"
"""The space that WeChat puts behind a mentioned name."""
LOOKED_UP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file ready to go out."""

    name: str
    data: bytes


class Speaker:
    """Sends one message as a text and its files."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def send(self, link: Link, outgoing: Outgoing) -> None:
        """Say it once. Raises Unavailable when nothing of it went out; any other error means nobody knows."""
        files, missing = await asyncio.to_thread(_pieces, outgoing.attachments)
        text = "\n".join(filter(None, (_text(outgoing), *missing)))
        mentions = await self._mentions(link, outgoing)
        conversation = outgoing.recipient or outgoing.address.room
        sayings = [partial(link.say, conversation, text, mentions)] if text else []
        sayings += [partial(link.send_file, conversation, file.name, file.data) for file in files]
        try:
            for saying in sayings[:1]:
                await saying()
        except (NotReached, Refused) as error:
            raise Unavailable(repr(error)) from error
        for saying in sayings[1:]:
            await saying()

    async def _mentions(self, link: Link, outgoing: Outgoing) -> list[str]:
        """Accounts of those who are addressed; a name that nobody bears is still called in the text."""
        if outgoing.recipient or outgoing.address.private:
            return []
        known = {name: self._reader.id_of(outgoing.address.room, name) for name in outgoing.mentions}
        if not all(known.values()):
            try:
                known |= await self._answered(link, outgoing)
            except GatewayError as error:
                raise Unavailable(repr(error)) from error
        return [known[name] for name in outgoing.mentions if known[name]]

    async def _answered(self, link: Link, outgoing: Outgoing) -> dict[str, str]:
        """Those who said what is answered, by name; asked of the gateway after a restart of ours."""
        found = {}
        for message_id in outgoing.answers[:LOOKED_UP]:
            try:
                said = await link.message(message_id)
                found[await link.name_of(said.room_id, said.sender_id)] = said.sender_id
            except (Declined, Late) as error:
                log.info("wechaty.forgotten", message=message_id, error=str(error))
        return found


def _text(outgoing: Outgoing) -> str:
    if outgoing.recipient or outgoing.address.private:
        return outgoing.text
    called = [f"@{name}{AFTER_NAME}" for name in outgoing.mentions if f"@{name}" not in outgoing.text]
    return "".join(called) + outgoing.text


def _pieces(attachments: tuple[Attachment, ...]) -> tuple[list[Piece], list[str]]:
    """Files that fit, and a line for each that does not."""
    files, missing = [], []
    for attachment in attachments:
        try:
            data = Path(attachment.path).read_bytes()
        except OSError as error:
            log.warning("wechaty.file", name=attachment.name, error=str(error))
            missing.append(f"（文件「{attachment.name}」没找到，请再导出一次）")
            continue
        if len(data) > MOST_BYTES:
            missing.append(f"（文件「{attachment.name}」超过 3 MB，微信里发不了，请到网页后台下载）")
        else:
            files.append(Piece(name=attachment.name, data=data))
    return files, missing
