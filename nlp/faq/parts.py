"""How far a question is found in an entry, piece by piece: late interaction (ColBERT, Khattab 2020)."""

from collections.abc import Sequence

import numpy as np

from nlp.encoder import Packed, Vectors, unpacked

FEW = 3


class Parts:
    """An entry's phrasings and its answer, as the unit vectors of their pieces."""

    def __init__(self, texts: Sequence[Packed]) -> None:
        self._pieces = np.concatenate(texts)
        self._starts = np.cumsum([0, *map(len, texts[:-1])])

    def found(self, question: Vectors) -> tuple[float, float, float, float, float]:
        """Likenesses for question pieces (pieces, part).

        To the nearest piece of the whole entry: on average, of the piece that is least alike, of the few
        least; to the pieces of the phrasing that has most of the question: on average, and the other way.
        """
        likeness = question @ unpacked(self._pieces).T
        anywhere = np.sort(likeness.max(1))
        by_text = np.maximum.reduceat(likeness, self._starts, axis=1).mean(0)
        best = int(by_text.argmax())
        end = self._starts[best + 1] if best + 1 < len(self._starts) else None
        back = likeness[:, self._starts[best] : end].max(0)
        return (
            float(anywhere.mean()),
            float(anywhere[0]),
            float(anywhere[:FEW].mean()),
            float(by_text[best]),
            float(back.mean()),
        )
