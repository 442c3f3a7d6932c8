"""A token of a message: goods, a count, a closed-class word, or what none of them explains."""

from dataclasses import dataclass

from nlp.grammar.words import Kind
from nlp.lexicon import Mention
from nlp.quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """`text[start:end]` of the normalised message; goods carry their mention, counts their quantity."""

    kind: Kind
    start: int
    end: int
    text: str
    mention: Mention | None = None
    quantity: Quantity | None = None
