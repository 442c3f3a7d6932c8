"""The command that a message is, if it is one."""

import re
from collections.abc import Mapping

from bot.model import Role
from bot.understanding import Command, Directive, Intent, Situation
from nlp.commands.everybody import answer, everybody
from nlp.commands.guessed import guessed
from nlp.commands.handout import handout
from nlp.commands.listing import listing
from nlp.commands.office import office
from nlp.commands.proxy import proxy
from nlp.commands.sale import sale
from nlp.commands.utterance import Utterance
from nlp.lexicon import Lexicon
from nlp.normalise import Normalised
from nlp.offers import offer

_LONGEST = 300
"""Characters from which on a message is no command but a post."""
_OF_MEMBERS = {
    Command.UNDO: Intent.CANCEL,
    Command.WAIT: Intent.ORDER,
    Command.WHY: Intent.ORDER_QUERY,
    Command.HELP: Intent.QUESTION,
    Command.HUMAN: Intent.QUESTION,
    Command.MY_DATA: Intent.QUESTION,
    Command.FORGET_ME: Intent.QUESTION,
    Command.UNSUBSCRIBE: Intent.QUESTION,
    Command.CONFIRM: Intent.CHITCHAT,
    Command.DECLINE: Intent.CHITCHAT,
}
_OPENING = re.compile(
    r"^\s*(?:@?小团)?[\s,:]*(?:[^\s,:]{0,12})?(?:开团|开个团|开新团|新团|建团|发起团购|开一个团|开个新团)|^[^\n]*团[^\n]*\n",
    re.MULTILINE,
)
_LEADERS_TOO = {Command.HELP}


def directive(normalised: Normalised, lexicon: Lexicon, situation: Situation) -> Directive | None:
    """The command of a message; None for talk, and for a leader's command from somebody who is none.

    A yes to `situation.confirming` is that directive, confirmed; a no is DECLINE.
    """
    said = answer(normalised, situation)
    if said:
        return said
    if situation.role >= Role.HELPER:
        given = _leaders(normalised, lexicon, situation)
        if given:
            return given
    return everybody(normalised, lexicon, situation)


def guess(
    normalised: Normalised,
    lexicon: Lexicon,
    situation: Situation,
    commanded: float,
    commands: Mapping[str, float],
) -> Directive | None:
    """The command that a model reads in a leader's message, of those that may be guessed."""
    if situation.role < Role.HELPER:
        return None
    said = Utterance(normalised=normalised, lexicon=lexicon, situation=situation)
    return guessed(said, commanded, commands)


def intent_of(given: Directive, situation: Situation) -> Intent:
    """The intent under which a command is counted."""
    if given.command in _LEADERS_TOO and situation.role >= Role.HELPER:
        return Intent.ADMIN
    return _OF_MEMBERS.get(given.command, Intent.ADMIN)


def _leaders(normalised: Normalised, lexicon: Lexicon, situation: Situation) -> Directive | None:
    posted = _posted(normalised, situation)
    if posted or len(normalised.text) > _LONGEST:
        return posted
    said = Utterance(normalised=normalised, lexicon=lexicon, situation=situation)
    return handout(said) or office(said) or proxy(said) or listing(said) or sale(said)


def _posted(normalised: Normalised, situation: Situation) -> Directive | None:
    """An offer post with the word for opening in it."""
    if not _OPENING.search(normalised.text):
        return None
    draft = offer(normalised.text, situation.now)
    if draft is None:
        return None
    return Directive(command=Command.OPEN, offer=draft, span=(0, normalised.origin[-1] + 1))
