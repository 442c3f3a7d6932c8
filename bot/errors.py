"""The error tree.

TuanbotError
├── UserError            shown to the person who wrote the message, as it stands
│   └── NotAllowed       the sender may not do this
├── ConfigError          a file that an operator wrote is wrong: shown, exit code 2
├── WiringError          a handler or channel is put together wrongly: the start stops
├── Conflict             somebody else changed the same rows first: try the unit of work again
├── AlreadyHandled       the message was handled before: nothing is left to do
└── Unavailable          a store or network is away for now: the message stays and is handled later

Everything else is an incident: rolled back, logged with an id, answered with one neutral sentence.
"""

from dataclasses import dataclass


class TuanbotError(Exception):
    """Root of all errors that this program raises on purpose."""


class UserError(TuanbotError):
    """A sentence for the user, in Chinese, with a stable code for tests and logs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotAllowed(UserError):
    """The sender's role does not reach for what was asked."""

    def __init__(self, message: str = "这个要团长来操作哦。") -> None:
        super().__init__("not-allowed", message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One mistake in a file: where (line and column from 1, 0 unknown), what was found, what is allowed."""

    file: str
    line: int = 0
    column: int = 0
    key: str = ""
    found: str = ""
    allowed: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        key = f" {self.key}" if self.key else ""
        found = f"，写的是 {self.found}" if self.found else ""
        space = " " if self.allowed[:1].isascii() else ""
        return f"{place}{key}：应为{space}{self.allowed}{found}"


class ConfigError(TuanbotError):
    """Faults of one or more operator files, all of them at once."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class WiringError(TuanbotError):
    """A handler or channel that cannot be put to work; names its file."""


class Conflict(TuanbotError):
    """The unit of work lost a race and may be tried again."""


class AlreadyHandled(TuanbotError):
    """The message is marked as handled; whatever was about to be done for it must not be done."""


class Unavailable(TuanbotError):
    """A dependency is away; what was being done is not lost and is tried again later."""
