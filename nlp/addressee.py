"""Whom a message speaks to: the shop, one member by name, everybody in the room, or whoever spoke before."""

import re

from bot.model import Role
from bot.understanding import Situation
from nlp.masking import ADDRESS, STAFF
from nlp.people import People

_ROOM = "各位|大家|(?:姐妹|兄弟|家人|邻居|朋友|同学|宝妈|宝子|亲|街坊|群友|老铁)们"
_CALLS_ROOM = re.compile(
    rf"^(?:{_ROOM})(?:好|们)?[ ,!。]|(?:{_ROOM})[?!。~ ]*$|有(?:没有)?人.{{0,4}}(?:要|拼|买|订|一起|分)"
)
_REPLIES = re.compile(
    r"^(?:[哦噢喔啊嗯哇哈]+|是(?:吗|啊|呀|的呢?|呢|么)|对(?:呀|啊|的)|没错|真的(?:吗|啊)?|可以啊|不(?:贵|用|是|多)呀?|当然"
    r"|原来如此|这样啊|我也?(?:觉得|知道)|好(?:的|吧|呀))[,。!? ]+(?=.{3})"
)
_YOU = re.compile("[ ,]*(?:你(?!们)|侬|恁家)")
_TO_ROOM, _REPLYING, _OF_STAFF = -3.0, -1.5, -2.0


def to_a_member(text: str, asks: bool, situation: Situation) -> bool:
    """Whether it is said to another member, by @ or by name: the shop neither answers nor books that."""
    if situation.at_bot:
        return False
    addressed = ADDRESS.search(text)
    if addressed is not None:
        known = addressed["name"] in situation.member_names
        return not STAFF.search(addressed["name"]) and ("你" in text or not asks or known)
    return _calls_member(text, situation)


def _calls_member(text: str, situation: Situation) -> bool:
    """老郭你家猪蹄咋炖的: begins with the name of somebody who does not run the shop."""
    named = next(People.of(situation.member_names).mentions(text[:12]), None)
    if named is None or named[0] or not _YOU.match(text, named[1]):
        return False
    return named[2] not in situation.staff_names and not STAFF.search(named[2])


def leaning(text: str, situation: Situation) -> float:
    """What the form says about its being meant for the shop, in units of relevance (see trade); 0 at most."""
    if situation.at_bot:
        return 0.0
    to_room = _TO_ROOM if _CALLS_ROOM.search(text) else 0.0
    talking = situation.pending is None and not situation.focus.skus
    replying = _REPLYING if talking and _REPLIES.search(text) else 0.0
    return to_room + replying + (_OF_STAFF if situation.role >= Role.HELPER else 0.0)
