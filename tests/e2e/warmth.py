"""Imported by the fork server alone: the program with its dictionaries, which every fork then has at once.

It is the one module that does more than define, since a fork server knows no other way to prepare.
"""

import bot.app
import bot.commands.run
import tests.e2e.mortal  # noqa: F401 - imported for its own sake
from nlp.understander import GrammarUnderstander

GrammarUnderstander()
