"""Logging: one structured line an event; JSON, or text on a terminal. Never a phone or an address."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.config import Logging

_LONG_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{4,}(\d{4})(?!\d)")


def set_up(settings: Logging) -> None:
    """Send all log lines to standard error in the wanted form."""
    readable = settings.format == "text" or (settings.format == "auto" and sys.stderr.isatty())
    renderer: Any = (
        structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if readable else [structlog.processors.format_exc_info]),
            _masked,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings.level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def mask_numbers(text: str) -> str:
    """Hide the middle of whatever may be a phone or card number."""
    return _LONG_NUMBER.sub(r"\1****\2", text)


def _masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {
        key: mask_numbers(value) if isinstance(value, str) and key != "timestamp" else value
        for key, value in event.items()
    }
