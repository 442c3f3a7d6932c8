"""The meaning model that the settings name: the shipped one, none, or another encoder in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigError, Fault
from nlp import encoder as encoders
from nlp import sentence_onnx
from nlp.encoder import SHIPPED, SentenceEncoder
from nlp.faq import shipped
from nlp.faq.background import Background
from nlp.faq.entries import Entry
from nlp.faq.evidence import Evidence
from nlp.faq.index import FaqIndex
from nlp.faq.meaning import Meaning
from nlp.faq.nearness import Nearness
from nlp.faq.ranker import Ranker, Weights

ALLOWED = "shipped、none、sentence-transformers 或 ONNX 的文件夹、模型库里的名字"
EXTRA = "先装 train 这一组：pip install 'tuanbot[train]'，或者换成 ONNX 文件夹"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqModel:
    """`encoder`: "shipped", "none", a folder or a hub name; `ranker`: a folder that `tuanbot faq tune` wrote.

    `cooldown` in seconds is that of entries without one of their own.
    """

    encoder: str = "shipped"
    ranker: Path | None = None
    cooldown: int = 60

    def index_of(self, entries: Sequence[Entry]) -> FaqIndex:
        """An index of the entries. Raises ConfigError where the model cannot be had."""
        return FaqIndex(entries, self._meaning(entries) if entries else None, self.cooldown)

    def warm(self, folder: Path) -> None:
        """Take over the vectors that an earlier run kept in the folder."""
        if (encoder := self._encoder()) is not None:
            encoder.load(folder)

    def keep(self, entries: Sequence[Entry], folder: Path) -> None:
        """Keep the entries' vectors in the folder for the next start."""
        if (encoder := self._encoder()) is not None:
            encoder.save(folder, [text for entry in entries for text in (*entry.q, entry.a[0])])

    def _meaning(self, entries: Sequence[Entry]) -> Meaning | None:
        encoder, home = self._encoder(), self._home()
        if encoder is None:
            return None
        if home is None:
            return Nearness(entries, encoder)
        if self.ranker is None:
            return shipped.ranker_of(entries, encoder, home)
        background = Background.load(home / shipped.BACKGROUND)
        return Ranker(entries, Evidence(entries, encoder, background), _weights(self.ranker))

    def _home(self) -> Path | None:
        """The folder of a whole model with ranker and background, such as the shipped one."""
        folder = SHIPPED if self.encoder == "shipped" else Path(self.encoder)
        return folder if shipped.available(folder) else None

    def _encoder(self) -> SentenceEncoder | None:
        home = self._home()
        if home is not None:
            return encoders.shipped(home)
        if self.encoder in {"none", "shipped"}:
            return None
        try:
            if sentence_onnx.found(Path(self.encoder)):
                return sentence_onnx.encoder(Path(self.encoder))
            return encoders.hugging_face(self.encoder)
        except ImportError:
            raise _unknown(self.encoder, EXTRA) from None
        except (OSError, ValueError) as error:
            raise _unknown(f"{self.encoder}（{str(error).splitlines()[0][:120]}）", ALLOWED) from None


def _weights(folder: Path) -> Weights:
    try:
        return Weights.load(folder / shipped.RANKER)
    except (OSError, ValueError, KeyError) as error:
        fault = Fault(
            file=str(folder),
            key="faq_tuning.ranker",
            found=str(error)[:120],
            allowed="tuanbot faq tune 写出的文件夹",
        )
        raise ConfigError(fault) from None


def _unknown(found: str, allowed: str) -> ConfigError:
    return ConfigError(Fault(file="config.yaml", key="faq_tuning.encoder", found=found, allowed=allowed))
