"""Files of the simulator: pictures that the page sends, and what the bot attaches, served by a token."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from bot.model import Attachment, AttachmentKind

MOST = 2000
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


class NoPicture(Exception):
    """The bytes are none of the kinds of pictures that we show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedFile:
    """A file that may be fetched by its token."""

    token: str
    attachment: Attachment

    @property
    def content_type(self) -> str:
        """What the browser is told; only known pictures are ever shown by it."""
        kind = Path(self.attachment.path).suffix.removeprefix(".")
        return TYPES.get(kind, "application/octet-stream") if self.is_picture else "application/octet-stream"

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in the page, not downloaded."""
        return self.attachment.kind is AttachmentKind.IMAGE


class FileShelf:
    """Files by token; the oldest tokens are forgotten, the files stay on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: OrderedDict[str, ShelvedFile] = OrderedDict()

    def put(self, attachment: Attachment) -> ShelvedFile:
        """Make a file that lies on this machine fetchable."""
        file = ShelvedFile(token=secrets.token_hex(16), attachment=attachment)
        self._files[file.token] = file
        if len(self._files) > MOST:
            self._files.popitem(last=False)
        return file

    def get(self, token: str) -> ShelvedFile | None:
        """The file of a token."""
        return self._files.get(token)

    def store_picture(self, data: bytes, name: str) -> ShelvedFile:
        """Write a picture to the disk. Raises NoPicture for other bytes, OSError when the disk refuses."""
        kind = picture_kind(data)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{secrets.token_hex(16)}.{kind}"
        path.write_bytes(data)
        return self.put(Attachment(kind=AttachmentKind.IMAGE, name=name or path.name, path=str(path)))


def picture_kind(data: bytes) -> str:
    """png, jpg, gif or webp by the first bytes; what the sender says is not asked. Raises NoPicture."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise NoPicture
