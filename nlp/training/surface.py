"""How a message looks: addresses, thanks, signs, pictures, slips of the finger.

All of it is added at random and evenly over the labels, because writers differ in such habits and a model
that learned them would know the writer and not the intent.
"""

from functools import cache
from random import Random

from nlp.asking import asks
from nlp.homophones import alike
from nlp.training.slots import word, words

_TAIL, _QUESTION_MARK, _ADDRESS, _THANKS, _PICTURE = 0.1, 0.35, 0.14, 0.08, 0.08
_DICTATED, _SLIP, _BY_EAR = 0.15, 0.15, 0.7
_SHORT = 6
"""Characters below which a slip would leave nothing to understand."""


def dressed(text: str, random: Random) -> str:
    """The text as one of many hands would type it."""
    asking = asks(text)
    text = _slipped(_broken(text, random), random)
    if random.random() < _TAIL:
        text += word("tails", random)
    elif asking and random.random() < _QUESTION_MARK:
        text += random.choice("??？")
    if random.random() < _ADDRESS:
        text = word("addresses", random) + random.choice((" ", " ", ",", "")) + text
    if random.random() < _THANKS:
        text += random.choice((" ", " ", ",", "")) + word("thanks", random)
    if random.random() < _PICTURE:
        text += word("pictures", random) * random.choice((1, 1, 2))
    return text


def _broken(text: str, random: Random) -> str:
    """Written breaks become any sign or, as in dictated text, none."""
    if random.random() < _DICTATED:
        return text.replace(" ", "")
    return "".join(word("breaks", random) if character == " " else character for character in text)


def _slipped(text: str, random: Random) -> str:
    """Now and then a character that sounds alike, or one lost."""
    place = random.randrange(len(text))
    if len(text) < _SHORT or not "\u4e00" <= text[place] <= "\u9fff" or random.random() > _SLIP:
        return text
    like = _alike(text[place])
    slip = random.choice(like) if like and random.random() < _BY_EAR else ""
    return text[:place] + slip + text[place + 1 :]


@cache
def _alike(character: str) -> str:
    frequent = "".join(words()["frequent"]).replace(" ", "")
    return "".join(one for one in frequent if one != character and alike(one, character))
