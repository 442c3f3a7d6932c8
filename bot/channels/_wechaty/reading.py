"""From what the gateway tells to what the bot hears."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.channels._wechaty import appmsg
from bot.channels._wechaty.link import Kind, Link, Said
from bot.channels._wechaty.quoted import quoted
from bot.channels._wechaty.received import Received
from bot.channels._wechaty.recent import Line, Recent
from bot.model import Address, Attachment, Incoming, Quote, Roster

WITH_FILES = frozenset({Kind.IMAGE, Kind.FILE, Kind.VIDEO})
EVERYBODY = ("@所有人", "@all", "@All")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a message without the network's dress."""

    text: str = ""
    quote: Quote | None = None
    roster: Roster | None = None


class Reader:
    """Makes `Incoming` of messages; remembers the last ones for the sake of quotes and mentions."""

    def __init__(self, *, channel: str, bot_name: str, folder: Path) -> None:
        self._channel = channel
        self._bot_name = bot_name
        self._received = Received(folder)
        self._recent = Recent()

    async def read(self, link: Link, account: str, message_id: str) -> Incoming | None:
        """The message of an id; None for the bot's own and for what is no talk. Raises GatewayError."""
        said = await link.message(message_id)
        if not said.sender_id:
            return None
        own = said.sender_id == account
        conversation = said.room_id or (said.listener_id if own else said.sender_id)
        words = self._words(said, conversation)
        name = self._bot_name if own else await link.name_of(said.room_id, said.sender_id)
        self._remember(conversation, said, name, words.text)
        if own:
            return None
        attachments = await self._attachments(link, said)
        if not words.text.strip() and not attachments:
            return None
        return self._incoming(said, account, name, words, attachments)

    def id_of(self, conversation: str, name: str) -> str:
        """The account that last spoke in a conversation under a name, "" for none."""
        return self._recent.id_of(conversation, name)

    def _incoming(
        self, said: Said, account: str, name: str, words: Words, attachments: tuple[Attachment, ...]
    ) -> Incoming:
        private = not said.room_id
        address = Address(
            channel=self._channel, account=account, room=said.room_id or said.sender_id, private=private
        )
        return Incoming(
            id=said.id,
            address=address,
            sender_id=said.sender_id,
            sender_name=name,
            text=words.text,
            time=said.time,
            at_bot=private or self._addresses_bot(said, account, words.text),
            mentions=said.mentions,
            quote=words.quote,
            attachments=attachments,
            roster=words.roster,
        )

    def _addresses_bot(self, said: Said, account: str, text: str) -> bool:
        """Called by name, or by the network's mention unless that is of everybody."""
        if f"@{self._bot_name}" in text:
            return True
        return account in said.mentions and not any(word in text for word in EVERYBODY)

    def _words(self, said: Said, conversation: str) -> Words:
        if said.kind in WITH_FILES:
            return Words()  # their text is a name or XML, nothing that somebody wrote
        if appmsg.is_xml(said.text):
            message = appmsg.read(said.text)
            quote = message.quote and self._found(conversation, message.quote)
            return Words(text=message.text, quote=quote, roster=message.roster)
        found = quoted(said.text)
        if found is None:
            return Words(text=said.text)
        line = self._recent.quoted(conversation, found.name, found.text)
        message_id = line.id if line else ""
        return Words(
            text=found.reply, quote=Quote(message_id=message_id, text=found.text, sender_name=found.name)
        )

    def _found(self, conversation: str, quote: Quote) -> Quote:
        """Not all puppets name messages by the network's numbers: an unknown one is found by its text."""
        if self._recent.has(conversation, quote.message_id):
            return quote
        line = self._recent.quoted(conversation, quote.sender_name, quote.text)
        return replace(quote, message_id=line.id) if line else quote

    def _remember(self, conversation: str, said: Said, name: str, text: str) -> None:
        if text:
            line = Line(id=said.id, sender_id=said.sender_id, sender_name=name, text=text)
            self._recent.add(conversation, line)

    async def _attachments(self, link: Link, said: Said) -> tuple[Attachment, ...]:
        if said.kind not in WITH_FILES:
            return ()
        attachment = await self._received.fetch(link, said)
        return () if attachment is None else (attachment,)
