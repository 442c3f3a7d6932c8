"""Solitaire lists (接龙): read, compared with the version that they grew out of, told row by row."""

from nlp.solitaire.reader import parse
from nlp.solitaire.reading import compare, is_list, read

__all__ = ["compare", "is_list", "parse", "read"]
