"""Order sheets as files that open in every spreadsheet program."""

import asyncio
import csv
import re
import secrets
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.model import Attachment, AttachmentKind
from shop.sheet import COLUMNS, SheetKind, SheetRow

AMOUNTS = frozenset({COLUMNS.index("订单金额"), COLUMNS.index("退款金额")})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class FileExporter:
    """Implements bot.ports.Exporter: files in exports/ below a data folder, or in a temporary one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    async def orders(self, name: str, rows: Sequence[SheetRow], kind: SheetKind) -> Attachment:
        """Write an order sheet called `name`."""
        shown = f"{_UNFIT.sub(' ', name).strip()}.{kind}"
        path = await asyncio.to_thread(self._write, rows, kind)
        return Attachment(kind=AttachmentKind.FILE, name=shown, path=str(path))

    def _write(self, rows: Sequence[SheetRow], kind: SheetKind) -> Path:
        path = self._exports() / f"{secrets.token_hex(8)}.{kind}"
        table = [COLUMNS, *(_cells(row) for row in rows)]
        (_write_csv if kind is SheetKind.CSV else _write_xlsx)(path, table)
        path.chmod(0o600)
        return path

    def _exports(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="tuanbot-"))
        folder = self._folder / "exports"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def _write_csv(path: Path, table: Iterable[Sequence[object]]) -> None:
    """With a byte order mark: without one Excel takes Chinese for something else."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table)


def _write_xlsx(path: Path, table: Iterable[Sequence[object]]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and most starts never write a sheet

    book = Workbook(write_only=True)
    sheet = book.create_sheet("订单")
    for cells in table:
        sheet.append(cells)
    book.save(path)


def _cells(row: SheetRow) -> list[str | int]:
    return [_cell(place, value) for place, value in enumerate(row.cells)]


def _cell(place: int, value: object) -> str | int:
    if place in AMOUNTS and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, int):
        return value
    text = "" if value is None else str(value)
    # What members call themselves must not become a formula in the leader's spreadsheet.
    return f"'{text}" if text.startswith(FORMULA) else text
