"""The dictionary, read from what jieba keeps or made anew."""

from pathlib import Path

import jieba
import pytest

from nlp import segment


@pytest.mark.parametrize("kept", [None, b"", b"no dictionary"])
def test_a_dictionary_that_is_missing_or_broken_is_made_anew(tmp_path: Path, kept: bytes | None) -> None:
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path)
    if kept is not None:
        (tmp_path / "jieba.cache").write_bytes(kept)
    segment._load(tokenizer, tmp_path / "jieba.cache")
    assert tokenizer.initialized
    assert tokenizer.lcut("来两箱苹果", HMM=False) == ["来", "两箱", "苹果"]
    again = jieba.Tokenizer()
    segment._load(again, tmp_path / "jieba.cache")
    assert again.initialized
    assert (again.FREQ, again.total) == (tokenizer.FREQ, tokenizer.total)
