"""The meaning model that comes with the package, put to entries."""

from collections.abc import Sequence

from nlp.faq.entries import Entry
from nlp.faq.index import FaqIndex


def index_of(entries: Sequence[Entry]) -> FaqIndex:
    """An index of the entries with the shipped model."""
    return FaqIndex(entries)
