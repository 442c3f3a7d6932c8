"""How far a question's pieces are found in an entry."""

import numpy as np
import pytest

from nlp.encoder import packed
from nlp.faq.parts import Parts

PIECES = np.eye(6, dtype=np.float32)


def test_what_is_there_is_found_wherever_it_stands() -> None:
    entry = Parts([packed(PIECES[[0, 1]]), packed(PIECES[[2, 3, 4]])])
    mean, least, few, by_one, back = entry.found(PIECES[[0, 2]])
    assert (mean, least, few) == pytest.approx((1, 1, 1), abs=0.01)
    assert by_one == pytest.approx(0.5, abs=0.01)
    assert back == pytest.approx(0.5, abs=0.01)


def test_one_piece_that_is_nowhere_shows() -> None:
    mean, least, _, _, back = Parts([packed(PIECES[[0, 1, 2]])]).found(PIECES[[0, 1, 2, 5]])
    assert mean == pytest.approx(0.75, abs=0.01)
    assert least == pytest.approx(0, abs=0.01)
    assert back == pytest.approx(1, abs=0.01)
