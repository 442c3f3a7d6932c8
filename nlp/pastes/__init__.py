"""Pastes: lists, chat logs and order sheets of groups that the bot is not in, told from talk with the bot."""

from nlp.pastes.recognition import counts, read
from nlp.pastes.split import split

__all__ = ["counts", "read", "split"]
