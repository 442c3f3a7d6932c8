"""Commands in chat: an act, what it is done to, with which arguments; said by somebody who may, and meant."""

from nlp.commands.directives import directive, guess, intent_of
from nlp.commands.phrases import prepare

__all__ = ["directive", "guess", "intent_of", "prepare"]
