"""FAQ entries as operators write them, in the full form or the short one, and the files they stand in."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import regex
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from bot import documents
from bot.documents import Document, Key
from bot.errors import ConfigError, Fault
from bot.shopfile import ShopFile, yaml_files

LOCAL = timezone(timedelta(hours=8))
"""Times without a zone are meant as in China."""


def _as_list(value: object) -> object:
    """One phrasing or answer may stand without the dash of a list."""
    return [value] if isinstance(value, str) else value


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _with_day(value: object) -> object:
    """A day alone means its first moment."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=LOCAL)
    return value


def _zoned(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=LOCAL)


def _compiles(pattern: str) -> str:
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"正确的正则表达式({error})") from None
    return pattern


Word = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=50)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_as_list), Field(max_length=100)]
Phrasing = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=200)]
Answer = Annotated[str, Field(min_length=1, max_length=2000)]
Pattern = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_compiles)]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_as_list), Field(max_length=20)]
Moment = Annotated[datetime, BeforeValidator(_with_day), AfterValidator(_zoned)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Keywords(_Part):
    """Matches when all of `all`, one of `any` and none of `none` are in the text."""

    all: Words = ()
    any: Words = ()
    none: Words = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Keywords":
        if not (self.all or self.any):
            raise ValueError("all 或 any 里至少一个词")
        return self


class Scope(_Part):
    """Where and for whom an entry is in force; empty means everywhere."""

    rooms: Words = ()
    group_buys: Words = ()
    role: Literal["member", "leader"] = "member"


class EntryTest(_Part):
    """A sentence and the id of the entry that must answer it; none for no answer at all."""

    say: Phrasing
    expect: str | None


class Entry(_Part):
    """One question with its answers. `cooldown` in seconds, none for the setting's."""

    id: Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[\w.\-]{1,64}$")]
    title: Annotated[str, Field(max_length=100)] = ""
    q: Annotated[tuple[Phrasing, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=200)]
    a: Annotated[tuple[Answer, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=20)]
    keywords: Keywords | None = None
    regex: Patterns = ()
    must_not_match: Patterns = ()
    tags: Words = ()
    enabled: bool = True
    priority: Annotated[int, Field(ge=-100, le=100)] = 0
    valid_from: Moment | None = None
    valid_until: Moment | None = None
    scope: Scope = Scope()
    cooldown: Annotated[int, Field(ge=0, le=86_400)] | None = None
    handoff: bool = False
    owner: Annotated[str, Field(max_length=50)] = ""
    review_by: date | None = None
    tests: tuple[EntryTest, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Entry":
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise ValueError("晚于 valid_from 的 valid_until")
        return self

    def in_force(self, now: datetime) -> bool:
        """Whether the entry is enabled and the moment lies in its time."""
        begun = self.valid_from is None or self.valid_from <= now
        return self.enabled and begun and (self.valid_until is None or now < self.valid_until)


class ListForm(RootModel[tuple[Entry, ...]]):
    """A file that is a list of entries."""


class FileForm(_Part):
    """A file with the key `entries`."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySet:
    """Entries of all files together; `places` maps an id to its file and line."""

    entries: tuple[Entry, ...] = ()
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, entry_id: str) -> Entry | None:
        """The entry of that id."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)


def load(paths: Sequence[Path], shops: Sequence[ShopFile] = ()) -> EntrySet:
    """Entries of files, of all files of folders, and of shop files. Raises ConfigError with all faults."""
    return _all([partial(documents.read, path) for path in yaml_files(paths)], shops)


def of_texts(texts: Mapping[str, str], shops: Sequence[ShopFile] = ()) -> EntrySet:
    """Entries of texts by the files that they came from. Raises ConfigError with all faults."""
    return _all([partial(documents.parse, text, file) for file, text in texts.items()], shops)


def _all(files: Sequence[Callable[[], Document]], shops: Sequence[ShopFile]) -> EntrySet:
    faults: list[Fault] = []
    parts: list[EntrySet] = []
    in_shops: list[Callable[[], Document]] = [partial(_faq_part, shop.document) for shop in shops]
    for read in (*files, *in_shops):
        try:
            parts.append(entries_of(read()))
        except ConfigError as error:
            faults += error.faults
    return _joined(parts, faults)


def entries_of(document: Document) -> EntrySet:
    """Entries of one document; nothing at all is an empty set. Raises ConfigError with all its faults."""
    data = document.data
    prefix: Key = ()
    if data is None:
        return EntrySet()
    entries: tuple[Entry, ...]
    if isinstance(data, list):
        entries = documents.validated(document, ListForm).root
    else:
        entries = documents.validated(document, FileForm).entries
        prefix = ("entries",)
    places = [document.places.get((*prefix, index), (0, 0))[0] for index in range(len(entries))]
    _refuse_doubles(document, entries, prefix)
    located = {entry.id: (document.file, line) for entry, line in zip(entries, places, strict=True)}
    return EntrySet(entries=entries, places=located)


def schema() -> dict[str, Any]:
    """The JSON schema of FAQ files, for completion in editors."""
    made = {"anyOf": [ListForm.model_json_schema(), FileForm.model_json_schema()]}
    definitions: dict[str, Any] = {}
    for branch in made["anyOf"]:
        definitions |= branch.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "FAQ",
        "$defs": definitions,
        **made,
    }


def _faq_part(document: Document) -> Document:
    """The list under `faq` of a shop file as a document of its own, with the places it has there."""
    data = document.data if isinstance(document.data, dict) else {}
    places = {key[1:]: place for key, place in document.places.items() if key and key[0] == "faq"}
    return Document(file=document.file, data=data.get("faq"), places=places)


def _refuse_doubles(document: Document, entries: Iterable[Entry], prefix: Key) -> None:
    seen: set[str] = set()
    faults = []
    for index, entry in enumerate(entries):
        if entry.id in seen:
            faults.append(document.fault((*prefix, index, "id"), found=entry.id, allowed="没有用过的 id"))
        seen.add(entry.id)
    if faults:
        raise ConfigError(*faults)


def _joined(parts: Sequence[EntrySet], faults: list[Fault]) -> EntrySet:
    places: dict[str, tuple[str, int]] = {}
    for part in parts:
        for entry_id, (file, line) in part.places.items():
            if entry_id in places:
                first = ":".join(map(str, places[entry_id]))
                allowed = f"没有用过的 id({first} 已经用了)"
                faults.append(
                    Fault(file=file, line=line, column=1, key="id", found=entry_id, allowed=allowed)
                )
            places.setdefault(entry_id, (file, line))
    if faults:
        raise ConfigError(*faults)
    return EntrySet(entries=tuple(entry for part in parts for entry in part), places=places)
