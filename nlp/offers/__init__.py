"""Offer posts: what leaders paste to open a group-buy, and the single lines with which they add goods."""

from nlp.offers.lines import goods_line
from nlp.offers.post import offer

__all__ = ["goods_line", "offer"]
