"""开团, 复制, 截单, 重开, 取消, 定时, 催单: the life of a group-buy."""

import re

from bot.understanding import Command, Directive
from nlp.commands.phrases import Found, find, find_all
from nlp.commands.slots import TIME
from nlp.commands.utterance import Utterance, supposed

_SOON = re.compile("快 ?截|马上|要截")


def sale(said: Utterance) -> Directive | None:
    """A command about the group-buy as a whole."""
    return _scheduled(said) or _life(said) or _close(said) or _open(said)


def _scheduled(said: Utterance) -> Directive | None:
    found = find(said.goods, "schedule")
    if found is None:
        return None
    time = said.goods.of(TIME, found.span)[0].time
    return Directive(command=Command.SCHEDULE_CUTOFF, time=time, span=said.span(said.goods, found))


def _life(said: Utterance) -> Directive | None:
    for command in (Command.COPY_LAST, Command.CANCEL_GROUP_BUY, Command.REMIND):
        found = find(said.goods, command.value)
        if found and not supposed(found.rest):
            return _made(said, command, found)
    return None


def _close(said: Utterance) -> Directive | None:
    found = find(said.goods, "close")
    if found is None:
        vague = list(find_all(said.goods, "close_vaguely"))
        found = vague[0] if vague and (len(vague) > 1 or _all_said(vague[0], said)) else None
    if found is None or supposed(found.rest) or _SOON.search(found.match[0]):
        return None
    return _made(said, Command.CLOSE, found)


def _all_said(vague: Found, said: Utterance) -> bool:
    """Whether 到此为止 is the whole message: any other goodbye needs a second one beside it."""
    return said.situation.open and "到此" in vague.match[0] and not vague.rest.strip()


def _open(said: Utterance) -> Directive | None:
    closed = len(said.situation.catalogue) > 0 and not said.situation.open
    again = find(said.goods, "reopen", *(("reopen_if_closed",) if closed else ()))
    if again and not supposed(again.rest):
        return _made(said, Command.REOPEN if closed else Command.OPEN, again)
    found = find(said.goods, "open")
    if found and not supposed(found.rest) and not _to_come(said):
        return _made(said, Command.OPEN, found)
    return None


def _to_come(said: Utterance) -> bool:
    """老规矩四点开团: it will open then."""
    return any(slot.time and slot.time > said.situation.now for slot in said.goods.of(TIME))


def _made(said: Utterance, command: Command, found: Found) -> Directive:
    return Directive(command=command, span=said.span(said.goods, found))
