"""The channel `console`: the conversation in a terminal, or read from a pipe."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channels._script import HELP, Order, Spoken, number_of, parse
from bot.channels._terminal import Terminal
from bot.config import Settings
from bot.errors import UserError
from bot.model import Address, Incoming, Outgoing, Quote

NAME = "console"
ROOM = Address(channel=NAME, account="bot", room="terminal")
FIRST_SPEAKER = "3栋王姐"
LEADER_NAME = "团长小满"
LEADER_ID = "wx_leader"

Settle = Callable[[], Awaitable[None]]
"""Waits until everything that was said is answered."""


def create(settings: Settings) -> "Console":
    """The console with the first configured leader, on this process's terminal."""
    leaders = [grant.id for grant in settings.roles if grant.role == "leader"]
    return Console(bot_name=settings.bot_name, leader_id=(leaders or [LEADER_ID])[0], terminal=Terminal())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A numbered line of the conversation, for /quote."""

    id: str
    name: str
    text: str


class Console:
    """Implements bot.ports.Channel for a terminal. `ended` is set when there is nothing more to read."""

    name = NAME
    rooms = (ROOM,)

    def __init__(self, *, bot_name: str, leader_id: str, terminal: Terminal) -> None:
        self.ended = asyncio.Event()
        self._bot_name = bot_name
        self._terminal = terminal
        self._ids = {LEADER_NAME: leader_id, FIRST_SPEAKER: f"console_{FIRST_SPEAKER}"}
        self._speaker = FIRST_SPEAKER
        self._lines: list[_Line] = []
        self._quote: Quote | None = None
        self._at_bot = False
        self._private = False
        self._settle: asyncio.Future[Settle] = asyncio.get_running_loop().create_future()

    def begin(self, settle: Settle) -> None:
        """Start to read; every line waits until the one before is answered."""
        self._settle.set_result(settle)

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Read to the end, then stay silent."""
        settle = await self._settle
        while (line := await self._next()) is not None:
            if not line.strip():
                continue
            try:
                incoming = self._understood(line)
            except UserError as error:
                self._terminal.show(error.message, "yellow")
                continue
            if incoming is not None:
                await heard(incoming)
                await settle()
        self.ended.set()

    async def send(self, outgoing: Outgoing) -> None:
        """Print it under its number."""
        to = "".join(f"@{name} " for name in outgoing.mentions if f"@{name}" not in outgoing.text)
        where = "(私聊)" if outgoing.recipient or outgoing.address.private else ""
        text = to + outgoing.text
        number = self._numbered(_Line(id=outgoing.key, name=self._bot_name, text=text))
        body = text.replace("\n", "\n    ")
        self._terminal.show(f"[{number}] {self._bot_name}{where}: {body}", "green")
        for attachment in outgoing.attachments:
            self._terminal.show(f"    文件 {attachment.path}", "green")

    async def _next(self) -> str | None:
        """One message: a line, with those that follow a backslash at its end."""
        where = "私聊 " if self._private else ""
        line = await self._terminal.ask(f"[{len(self._lines) + 1}] {where}{self._speaker}> ")
        while line is not None and line.endswith("\\"):
            following = await self._terminal.ask("... ")
            line = line[:-1] + "\n" + (following or "")
        return line

    def _understood(self, line: str) -> Incoming | None:
        """The message that a line is; None for commands, which are done here."""
        read = parse(line, self._ids)
        if isinstance(read, Spoken):
            return self._incoming(read)
        self._obey(read)
        return None

    def _incoming(self, spoken: Spoken) -> Incoming:
        name = spoken.name or self._speaker
        sender = self._id_of(name)
        address = Address(channel=NAME, account="bot", room=sender, private=True) if self._private else ROOM
        incoming = Incoming(
            id=secrets.token_hex(16),
            address=address,
            sender_id=sender,
            sender_name=name,
            text=spoken.text,
            time=datetime.now(UTC),
            at_bot=self._at_bot or self._private or f"@{self._bot_name}" in spoken.text,
            quote=self._quote,
        )
        self._quote, self._at_bot = None, False
        number = self._numbered(_Line(id=incoming.id, name=name, text=spoken.text))
        if not self._terminal.interactive:
            self._terminal.show(f"[{number}] {name}: {spoken.text}")
        return incoming

    def _obey(self, order: Order) -> None:
        """Do a command. Raises UserError for what cannot be done."""
        match order.word:
            case "as" if order.value:
                self._speaker = order.value[:20]
            case "leader":
                self._speaker = LEADER_NAME
            case "quote":
                self._quote = self._quoted(number_of(order.value))
            case "at":
                self._at_bot = True
            case "private":
                self._private = not self._private
            case "quit":
                self.ended.set()
            case _:
                self._terminal.show(HELP, "cyan")

    def _quoted(self, number: int) -> Quote:
        if not 1 <= number <= len(self._lines):
            raise UserError("no-such-line", f"还没有第 {number} 条。")
        line = self._lines[number - 1]
        return Quote(message_id=line.id, text=line.text, sender_name=line.name)

    def _id_of(self, name: str) -> str:
        return self._ids.setdefault(name, f"console_{name}")

    def _numbered(self, line: _Line) -> int:
        self._lines.append(line)
        return len(self._lines)
