"""Commands in words that no phrase knows, by what a trained model says of a leader's message.

Only what does no harm: lists, files, announcements, the news that goods came; and closing, which asks first.
"""

import re
from collections.abc import Mapping

from bot.model import Span
from bot.understanding import Command, Directive
from nlp.commands.handout import NOT_NOW
from nlp.commands.utterance import Utterance, supposed

_GUESSED = {
    command.value: command
    for command in (Command.SUMMARY, Command.EXPORT, Command.ARRIVED, Command.ANNOUNCE, Command.CLOSE)
}
_COMMANDS, _THIS_ONE = 0.9, 0.5
"""How likely a command has to be, and how likely this one; leaders' talk stays below 0.8."""
_LONGEST = 60
_TOLD = re.compile(
    r"昨|前天|上次|上回|上期|去年|以前|的时候|那天|[别甭不未没]|忘|谁|等[下会我]|想|打算|准备|快要?[截到]|还[有在没]|[我他她]说"
)
"""Not now, not so, or not by the bot."""
_HEAD = re.compile(r"^[^\s:]{0,8}(?:通知|公告|广播|说|讲|注意|提醒)[^\s:]{0,6}[\s:,]+")


def guessed(said: Utterance, commanded: float, commands: Mapping[str, float]) -> Directive | None:
    """The likeliest command; `commanded` is how likely it is that it is one at all."""
    name = max(commands, key=commands.__getitem__, default="")
    command = _GUESSED.get(name.rpartition(".")[2])
    if command is None or commanded < _COMMANDS or commands[name] < _THIS_ONE or not _meant(said, command):
        return None
    whole = said.original((0, len(said.text)))
    if command is Command.ANNOUNCE:
        return _announcement(said, whole)
    skus = said.goods.skus() if command in {Command.ARRIVED, Command.SUMMARY} else ()
    return Directive(command=command, skus=skus, text=said.told.strip(), guessed=True, span=whole)


def _announcement(said: Utterance, whole: Span) -> Directive:
    """What is to be told, without 通知一声 before it."""
    end = len(said.text.rstrip())
    told = _HEAD.sub("", said.told.strip())
    words = said.original((end - len(told), end))
    return Directive(command=Command.ANNOUNCE, text=told, words=words, guessed=True, span=whole)


def _meant(said: Utterance, command: Command) -> bool:
    if len(said.text) > _LONGEST or (command is not Command.ANNOUNCE and _TOLD.search(said.text)):
        return False
    if command in {Command.ARRIVED, Command.CLOSE} and NOT_NOW.search(said.text):
        return False
    if command is Command.SUMMARY:
        return "?" not in said.text
    return not supposed(said.text) and (command is not Command.CLOSE or said.situation.open)
