"""What is said to an answer of the FAQ: a number for one of the suggestions, none of them, of use or not."""

import re

from bot.ports import FaqFinder
from bot.understanding import Asked, Command, Directive, FaqMatch, Intent, Situation, Step, Understanding
from nlp.normalise import Normalised

_FRONT = r"^(?:@\S{1,20}\s+|小团[\s,:]*)?"
_END = r"(?:吧|啊|呀|哈|的|呢|哦|嘛|啦|了|谢谢|[\s,。!~.])*$"
_CHOICE = re.compile(
    rf"{_FRONT}(?:就|是|选|我?想?问|看|嗯|对|\s)*(?:第\s*)?(?P<number>[1-9一二三])(?:(?<=第\S)[个条项]|\.|、|号)?{_END}"
)
_NUMBERS = {"一": 1, "二": 2, "三": 3}
_NONE = re.compile(
    rf"{_FRONT}(?:都|全|全都)?(?:不是|不对|没有|不是这[些个])(?:我?想?问的?)?(?:这[些几]个?)?{_END}"
)
_OF_USE = re.compile(rf"{_FRONT}(?:很|挺|真|太)?(?:有用|有帮助|管用|解决了|帮到我了)(?:了|谢谢)?{_END}")
_OF_NO_USE = re.compile(
    rf"{_FRONT}(?:没什么|没啥|没|不|完全没)(?:有用|用|有帮助|帮助|管用|解决|是我?(?:想|要)?问的)(?:了|啊)?{_END}"
)


def reply_to_faq(
    text: str, normalised: Normalised, situation: Situation, faq: FaqFinder | None
) -> Understanding | None:
    """The meaning of a message that answers what the FAQ last said to the sender, else None."""
    asked = situation.asked
    if asked is None or faq is None:
        return None
    if asked.suggested:
        return _to_suggestions(text, normalised, situation, faq, asked)
    verdict = _verdict(normalised.text) if asked.entry else None
    if verdict is None:
        return None
    whole = (0, len(text))
    return Understanding(
        text=text,
        normalised=normalised.text,
        intent=Intent.CHITCHAT,
        directive=Directive(command=verdict, span=whole),
        steps=(Step(rule=f"command.{verdict}", span=whole),),
    )


def chosen(text: str, offered: int) -> int | None:
    """The number from 1 that a normalised text chooses, 0 for none of them, None for other talk."""
    if _NONE.match(text):
        return 0
    match = _CHOICE.match(text)
    if match is None:
        return None
    number = _NUMBERS.get(match["number"]) or int(match["number"])
    return number if number <= offered else None


def _to_suggestions(
    text: str, normalised: Normalised, situation: Situation, faq: FaqFinder, asked: Asked
) -> Understanding | None:
    number = chosen(normalised.text, len(asked.suggested))
    if number is None:
        return None
    match: FaqMatch | None = FaqMatch(entry="", score=0.0, rule="none-of-these")
    if number:
        match = faq.chosen(
            asked.suggested[number - 1],
            room=situation.room,
            role=situation.role,
            now=situation.now,
            group_buy=situation.group_buy,
        )
    return Understanding(
        text=text,
        normalised=normalised.text,
        intent=Intent.FAQ if number and match else Intent.QUESTION,
        faq=match,
        answering=True,
        steps=(Step(rule="faq.chosen", span=(0, len(text)), note=str(number)),),
    )


def _verdict(text: str) -> Command | None:
    if _OF_NO_USE.match(text):
        return Command.UNHELPFUL
    return Command.HELPFUL if _OF_USE.match(text) else None
