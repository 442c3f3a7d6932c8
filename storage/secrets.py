"""Encryption at rest of what people wrote: messages hold phone numbers and addresses."""

import os
from pathlib import Path
from typing import Self

from cryptography.fernet import Fernet

KEY_FILE = "secret.key"


class Secrets:
    """Seals text with one key; a sealed text is URL-safe ASCII."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    @classmethod
    def passing(cls) -> Self:
        """With a key that is forgotten at the end of the program, for stores that are too."""
        return cls(Fernet.generate_key())

    @classmethod
    def of_folder(cls, folder: Path) -> Self:
        """With the key of a data folder, made when there is none; nobody else may read it."""
        path = folder / KEY_FILE
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return cls(path.read_bytes().strip())
        with os.fdopen(handle, "wb") as file:
            file.write(key := Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        return cls(key)

    def seal(self, text: str) -> str:
        """Encrypt; the empty text stays empty."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """Decrypt; raises cryptography's InvalidToken when the key is another one."""
        return self._fernet.decrypt(sealed.encode()).decode() if sealed else ""
