"""What is typed in the terminal: somebody speaks, or a command of the terminal itself."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import UserError

HELP = """\
直接打字就是说话。另外:
  姓名: 文本    换个人说一句
  /as 姓名      以后都用这个名字说
  /leader       以后当团长
  /quote 3      下一句引用第 3 条
  /at           下一句 @小团
  /private      和小团私聊，再打一次回到群里
  行尾打 \\      接着写下一行(接龙用)
  /quit         结束"""

_NAMED = re.compile(r"(?P<name>[^\s:\uff1a/#]{1,20})(?P<colon>:\s+|:|\uff1a\s*)(?P<text>\S.*)", re.DOTALL)
_COMMAND = re.compile(r"/(?P<word>[a-z]+)(?:\s+(?P<value>.*\S))?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A text; `name` is empty for whoever speaks at the moment."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command of the terminal and what stands behind it."""

    word: str
    value: str = ""


def parse(line: str, known: Collection[str]) -> Spoken | Order:
    """Read a line. A name counts when it is known, or when a colon and a space follow it."""
    command = _COMMAND.fullmatch(line)
    if command:
        return Order(word=command["word"], value=command["value"] or "")
    named = _NAMED.fullmatch(line)
    if named and (named["name"] in known or named["colon"].startswith(": ")):
        return Spoken(name=named["name"], text=named["text"])
    return Spoken(text=line)


def number_of(value: str) -> int:
    """The number behind /quote. Raises UserError."""
    if not value.isdecimal():
        raise UserError("no-number", "要写第几条，比如 /quote 3")
    return int(value)
