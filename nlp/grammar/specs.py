"""Specs said away from the name that they belong to: behind the count, before it, or denied beside it."""

from nlp.grammar.chunks import PERFECTIVE
from nlp.grammar.desk import Desk
from nlp.grammar.lookahead import Parts, clause, next_word
from nlp.grammar.references import Reference, family
from nlp.grammar.token import Token
from nlp.grammar.words import Kind
from nlp.lexicon import Lexicon


def before_its_spec(desk: Desk, following: Parts) -> bool:
    """书包一个蓝一个粉: the count belongs to the spec right behind it, which the name leaves open."""
    after = following[0] if following else None
    before = desk.open[-1]
    if not isinstance(after, Reference) or after.named or before.single or not before.named:
        return False
    desk.topics.append(desk.open.pop())
    return True


def contrasts(desk: Desk, lexicon: Lexicon, token: Token, following: Parts) -> bool:
    """要红心的不要白心的: goods denied beside their like, which nobody ordered."""
    after = next_word(clause(following, Kind.SPACE))
    before = desk.open[-1] if desk.open else desk.done[-1].goods if desk.done else None
    if not isinstance(after, Reference) or after.named or before is None or token.text[-1] in PERFECTIVE:
        return False
    kin = family(lexicon, before.skus)
    if not set(after.skus) & set(kin) or set(after.skus) & set(before.skus):
        return False
    desk.denied = after.skus
    return True
