"""Whether what somebody sends the bot in private was said to it, or is the copy of what a group said."""

from collections.abc import Iterable

from bot.understanding import OfferDraft, Paste, PastedMessage, PasteKind, Situation
from nlp.commands import directive
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.pastes.goods import offer_above, offer_said, priced
from nlp.pastes.sheet import TITLES
from nlp.pastes.split import Pieces, split
from nlp.quantities import quantities
from nlp.solitaire.names import KnownNames, Splitter
from nlp.solitaire.reader import parse, tagged
from shop.catalogue import Catalogue, with_own_codes

FEWEST = 2
"""Messages, or rows without a tag, that make a paste; and how many of them must be about goods."""


def read(text: str, situation: Situation) -> Paste | None:
    """What was copied from a group, None for what is said to the bot itself.

    Goods are those that the paste tells above its messages, else those on sale in this chat, else those that
    one of its messages tells.
    """
    if "\n" not in text.strip():
        return None
    pieces = split(text)
    offer, messages = _goods(pieces, situation)
    sold = Catalogue(skus=with_own_codes(offer.skus)) if offer else situation.catalogue
    if not _Evidence(text, pieces, messages, Lexicon.of(sold), situation).holds():
        return None
    return Paste(kind=pieces.kind, messages=messages, offer=offer)


def counts(text: str) -> bool:
    """Whether something is counted, whatever it is."""
    plain = normalise(text).text
    return any(one.unit or one.end == len(plain) for one in quantities(plain))


def _goods(pieces: Pieces, situation: Situation) -> tuple[OfferDraft | None, tuple[PastedMessage, ...]]:
    """The goods that the paste tells, and the messages without the one that tells them."""
    messages, offer = pieces.messages, offer_above(pieces.head, situation.now)
    if offer is not None or len(situation.catalogue):
        return offer, messages
    said = offer_said((message.text if message.name else "" for message in messages), situation.now)
    if said is None:
        return None, messages
    at, offer = said
    return offer, (*messages[:at], *messages[at + 1 :])


class _Evidence:
    """What speaks for a copy; the goods are those of the lexicon."""

    def __init__(
        self,
        text: str,
        pieces: Pieces,
        messages: tuple[PastedMessage, ...],
        lexicon: Lexicon,
        situation: Situation,
    ) -> None:
        self._text = text
        self._pieces = pieces
        self._messages = messages
        self._lexicon = lexicon
        self._situation = situation

    def holds(self) -> bool:
        """Whether it is enough for the form that the paste has."""
        match self._pieces.kind:
            case PasteKind.SHEET:
                return bool(self._messages)
            case PasteKind.LIST:
                return self._of_list()
            case PasteKind.LOG:
                several = len(self._pieces.messages) >= FEWEST
                return several and self._about_goods(one.text for one in self._messages) > 0
            case PasteKind.INLINE:
                return self._of_inline()

    def _of_list(self) -> bool:
        """A list that was tagged, or rows of several people with goods or counts below a header."""
        splitter = Splitter(KnownNames.of(()), self._lexicon)
        rows = parse(self._messages[0].text, None, splitter).rows
        if any(tagged(f"{line}\n") for line in self._text.splitlines()):
            return bool(rows)
        ordering = [row for row in rows if row.name and not priced(f"{row.name} {row.content}")]
        headed = bool(self._pieces.head.strip()) or len(self._lexicon.catalogue) > 0
        people = {row.name for row in ordering}
        return headed and len(people) >= FEWEST and self._orders(row.content for row in ordering)

    def _of_inline(self) -> bool:
        """Several people who order: 苹果: 2箱 is an order, 电话: 138 a form, 代下单 王姐: a command."""
        people = {message.name for message in self._messages}
        if len(people) < FEWEST or any(name in TITLES or self._mentions(name) for name in people):
            return False
        first = self._messages[0].name
        begun = bool(self._pieces.head) or self._text.lstrip().startswith(first)
        commanded = directive(normalise(first), self._lexicon, self._situation) is not None
        said = (one.text for one in self._messages if not _only_count(one.text))
        return begun and not commanded and self._orders(said)

    def _orders(self, texts: Iterable[str]) -> bool:
        return self._about_goods(texts) >= FEWEST

    def _about_goods(self, texts: Iterable[str]) -> int:
        """How many of these name goods or count something."""
        return sum(1 for text in texts if self._mentions(text) or counts(text))

    def _mentions(self, text: str) -> bool:
        return bool(self._lexicon.mentions(normalise(text).text))


def _only_count(text: str) -> bool:
    return any(one.start == 0 and one.end == len(text) for one in quantities(normalise(text).text))
