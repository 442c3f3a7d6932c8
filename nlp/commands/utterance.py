"""What a leader said, in the forms that the commands look at."""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.model import Span
from bot.understanding import Situation
from nlp.commands.phrases import Found
from nlp.commands.slots import Slots, goods_slots, people_slots
from nlp.lexicon import Lexicon
from nlp.normalise import Normalised
from nlp.people import People

_ADDRESS = re.compile(r"\s*@?小团[\s,:]*|\s*@\S{1,12}\s(?=\S)")
_HYPOTHETICAL = re.compile("要是|如果|假如|万一|的话|就好了|开玩笑|逗你")
_ASKING = re.compile(
    r"\?|[吗么](?:[啊呀]?(?: |$))|行不行|好不好|可不可以|怎么样|你们说|咋样|要不要|是不是|咋办|怎么办"
)


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """A message from somebody who may give commands."""

    normalised: Normalised
    lexicon: Lexicon
    situation: Situation

    @property
    def text(self) -> str:
        """The whole normalised text."""
        return self.normalised.text

    @cached_property
    def told(self) -> str:
        """The text behind an address to the bot."""
        match = _ADDRESS.match(self.text) if self.addresses_bot else None
        return self.text[match.end() :] if match else self.text

    @property
    def addresses_bot(self) -> bool:
        """Whether the bot itself is spoken to."""
        return self.situation.at_bot or self.text.lstrip().startswith(("@小团", "小团"))

    @cached_property
    def goods(self) -> Slots:
        """With signs for goods, times, amounts."""
        return goods_slots(self.text, self.lexicon, self.situation.now)

    @cached_property
    def people(self) -> Slots:
        """With signs for members, goods, amounts."""
        return people_slots(self.text, self.lexicon, People.of(self.situation.member_names))

    def span(self, slots: Slots, found: Found) -> Span:
        """Characters of the original text that the phrase explains."""
        return self.original(slots.origin(found.span))

    def original(self, span: Span) -> Span:
        """A span of the normalised text in the original one."""
        return self.normalised.original_span(*span)

    @property
    def only_sku(self) -> tuple[str, ...]:
        """The SKU that need not be named, because it is the only one on sale."""
        on_sale = self.situation.catalogue.on_sale
        return (on_sale[0].code,) if len(on_sale) == 1 else ()


def supposed(rest: str) -> bool:
    """Whether what stands beside a phrase makes it an idea or a question to others."""
    return bool(_HYPOTHETICAL.search(rest) or _ASKING.search(rest))
