"""Our vocabulary is jieba's, and sentences are cut as jieba cuts them."""

from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import segment, vocabulary
from nlp.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def original() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def test_the_vocabulary_is_that_of_jieba(original: jieba.Tokenizer) -> None:
    words = {word: count for word, count in original.FREQ.items() if count}
    assert dict(vocabulary.shipped().items()) == words
    assert original.total == vocabulary.TOTAL
    assert max(map(len, words)) == vocabulary.LONGEST


def test_the_file_can_be_made_anew(tmp_path: Path) -> None:
    vocabulary.write(tmp_path / "words.trie")
    assert (tmp_path / "words.trie").read_bytes() == vocabulary.FILE.read_bytes()


def test_a_word_has_its_occurrences_and_other_text_none() -> None:
    words = Vocabulary()
    assert words.occurrences("苹果") > 0
    assert words.occurrences("果来") == 0
    assert words.get("果来") is None
    assert words.ends("苹果汁来两箱", 0) == [0, 1, 2]


@settings(deadline=None)
@given(
    sentence=st.text(
        alphabet="来两箱苹果要个大的草莓车厘子今天下午三点到不辣椒A1 ,中华人民共和国", max_size=40
    )
)
def test_sentences_are_cut_as_jieba_cuts_them(original: jieba.Tokenizer, sentence: str) -> None:
    assert list(segment.words(sentence)) == original.lcut(sentence, HMM=False)
