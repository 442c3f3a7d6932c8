"""YAML files that operators write: read whole, with the place of every value, and checked against a model.

Anchors, aliases and repeated keys are refused: they are how such files surprise people.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import ConfigError, Fault

Key = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = "tag:yaml.org,2002:str"
_PASSWORD = re.compile(r"(?<=:)[^:/@\s]+(?=@)")
"""The one in a URL, which is not for the screen."""
MAX_BYTES = 5_000_000
MAX_DEPTH = 40
_SURELY = 0.75
"""Likeness from which an unknown key is a known one misspelt, whatever else is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's plain data; `places` maps a key path to its line and column, both from 1."""

    file: str
    data: object
    places: Mapping[Key, tuple[int, int]] = field(default_factory=dict)

    def fault(self, key: Key, *, found: object = "", allowed: str) -> Fault:
        """A fault at the key, or at the nearest enclosing place that the file has."""
        line, column = next(
            (self.places[key[:depth]] for depth in range(len(key), -1, -1) if key[:depth] in self.places),
            (0, 0),
        )
        return Fault(
            file=self.file,
            line=line,
            column=column,
            key=spelled(key),
            found=_shortened(_PASSWORD.sub("***", str(found))),
            allowed=allowed,
        )


def spelled(key: Key) -> str:
    """A key path as people write it: skus[2].price, counted from 1."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read one file. Raises ConfigError for what is not there, too big, not UTF-8 or not plain YAML."""
    return parse(text_of(path, max_bytes=max_bytes), str(path))


def parse(text: str, file: str) -> Document:
    """Read YAML text that came from `file`."""
    try:
        tree = _Tree(file, text)
        return Document(file=file, data=tree.whole(), places=tree.places)
    except yaml.MarkedYAMLError as error:
        raise ConfigError(_syntax_fault(file, error)) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(Fault(file=file, found=_shortened(error), allowed="YAML 文本")) from None


def validated(document: Document, model: type[Model]) -> Model:
    """Check a document against a model. Raises ConfigError with all faults at once."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise ConfigError(*faults_of(document, error, model)) from None


def faults_of(document: Document, error: ValidationError, model: Any) -> Iterator[Fault]:
    """Every fault of a failed validation, with its place and what is allowed, in Chinese."""
    missing = {detail["loc"][:-1]: str(detail["loc"][-1]) for detail in error.errors() if _missing(detail)}
    for detail in error.errors():
        key = tuple(part for part in detail["loc"] if not _is_branch(part))
        found = "" if detail["type"] == "missing" else detail["input"]
        if detail["type"] == "extra_forbidden":
            found = key[-1]
        meant = missing.get(detail["loc"][:-1], "")
        yield document.fault(key, found=found, allowed=_allowed(detail, key, model, meant))


def _missing(detail: ErrorDetails) -> bool:
    return detail["type"] == "missing"


def text_of(path: Path, *, max_bytes: int | None = None) -> str:
    """What a file says. Raises ConfigError for what is not there, too big or not UTF-8."""
    try:
        size = path.stat().st_size
        if max_bytes is not None and size > max_bytes:
            allowed = f"不超过 {max_bytes // 1000} KB 的文件"
            raise ConfigError(Fault(file=str(path), found=f"{size // 1000} KB", allowed=allowed))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(Fault(file=str(path), found="别的编码或二进制", allowed="UTF-8 文本")) from None
    except OSError as error:
        raise ConfigError(Fault(file=str(path), allowed=f"读得到的文件（{reason(error)}）")) from None


def reason(error: OSError) -> str:
    """Why a file cannot be read or written."""
    match error:
        case FileNotFoundError():
            return "没有这个文件或文件夹"
        case IsADirectoryError():
            return "这是文件夹"
        case PermissionError():
            return "没有权限"
    return error.strerror or str(error)


def _syntax_fault(file: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    problem = error.problem or ""
    if "'\\t'" in problem:
        problem = "制表符 Tab"
    return Fault(
        file=file, line=line, column=column, found=problem, allowed="正确的 YAML(缩进用空格，冒号后空一格)"
    )


class _Tree:
    """Plain data of a YAML text, made event by event, so that other threads get their turn meanwhile."""

    def __init__(self, file: str, text: str) -> None:
        self.places: dict[Key, tuple[int, int]] = {}
        self._file = file
        self._loader = Loader(text)

    def whole(self) -> Any:
        """The data of the one document; nothing at all is None."""
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        data = self._value(self._next(), ())
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(after, (), found="第二份文档(---)", allowed="一个文件一份")
        return data

    def _next(self) -> Any:
        return self._loader.get_event()

    def _value(self, event: Any, key: Key) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refused(event, key, found="锚点/别名 (& *)", allowed="直接写出来")
        if len(key) > MAX_DEPTH:
            raise self._refused(event, key, found="太多层", allowed=f"最多 {MAX_DEPTH} 层")
        self.places.setdefault(key, _place(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(key)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(key)
        return self._scalar(event, key)

    def _sequence(self, key: Key) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            values.append(self._value(event, (*key, len(values))))
        return values

    def _mapping(self, key: Key) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused(event, key, found="一组值当了键", allowed="文字作键")
            name = str(event.value)
            if name in values:
                raise self._refused(event, (*key, name), found="写了两次", allowed="同一个键只写一次")
            self.places[(*key, name)] = _place(event)
            values[name] = self._value(self._next(), (*key, name))
        return values

    def _scalar(self, event: Any, key: Key) -> Any:
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == TEXT:
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            return self._loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError):
            raise self._refused(
                event, key, found=_shortened(event.value), allowed="文字、数字、true/false"
            ) from None

    def _refused(self, event: Any, key: Key, *, found: str, allowed: str) -> ConfigError:
        line, column = _place(event)
        return ConfigError(
            Fault(file=self._file, line=line, column=column, key=spelled(key), found=found, allowed=allowed)
        )


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


_ALLOWED = {
    "missing": "一个值，不能省略",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "float_type": "数字",
    "float_parsing": "数字",
    "decimal_type": "数字",
    "decimal_parsing": "数字",
    "string_type": "文字(数字请加引号)",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "list_type": "列表(每项一行，以 - 开头)",
    "tuple_type": "列表(每项一行，以 - 开头)",
    "dict_type": "一组 键: 值",
    "model_type": "一组 键: 值",
    "model_attributes_type": "一组 键: 值",
    "timezone_aware": "带时区的时间",
    "datetime_from_date_parsing": "时间，如 2026-05-01 20:00",
    "datetime_parsing": "时间，如 2026-05-01 20:00",
    "date_from_datetime_parsing": "日期，如 2026-05-01",
    "url_parsing": "网址",
}
_BOUNDS = {
    "greater_than": ("gt", "大于 {}"),
    "greater_than_equal": ("ge", "不小于 {}"),
    "less_than": ("lt", "小于 {}"),
    "less_than_equal": ("le", "不大于 {}"),
    "too_short": ("min_length", "至少 {} 项"),
    "too_long": ("max_length", "最多 {} 项"),
    "string_too_short": ("min_length", "至少 {} 个字"),
    "string_too_long": ("max_length", "最多 {} 个字"),
    "string_pattern_mismatch": ("pattern", "符合 {}"),
    "literal_error": ("expected", "{} 之一"),
    "enum": ("expected", "{} 之一"),
}


def _allowed(detail: ErrorDetails, key: Key, model: Any, meant: str) -> str:
    """In words; `meant` is a key that is missing beside the fault, and perhaps only misspelt."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _known_keys(key, model, meant)
    if kind in _BOUNDS:
        name, wording = _BOUNDS[kind]
        return wording.format(str(context.get(name, "")).replace(" or ", "、"))
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    return _ALLOWED.get(kind, detail["msg"])


def _known_keys(key: Key, model: Any, meant: str) -> str:
    names = _fields_at(key[:-1], model)
    written = str(key[-1])
    misspelt = get_close_matches(written, names, n=1, cutoff=_SURELY)
    near = next(iter((*misspelt, *filter(None, [meant]), *get_close_matches(written, names, n=1))), "")
    hint = f"（是不是 {near}？）" if near else ""
    return f"已知的键{hint}：{'、'.join(names)}" if names else "已知的键"


def _fields_at(key: Key, model: Any) -> Sequence[str]:
    schema = TypeAdapter[Any](model).json_schema()
    node: dict[str, Any] = schema
    for part in key:
        node = _resolved(node, schema)
        child = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
        node = child if isinstance(child, dict) else {}
    return list(_resolved(node, schema).get("properties", {}))


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for branch in (node, *node.get("anyOf", ())):
        if "$ref" in branch:
            found = schema.get("$defs", {}).get(branch["$ref"].rpartition("/")[2], {})
            return found if isinstance(found, dict) else {}
        if "properties" in branch or "items" in branch:
            return dict(branch)
    return node


def _is_branch(part: str | int) -> bool:
    """Pydantic names the branch of a union inside the path; files have no such key."""
    return isinstance(part, str) and ("[" in part or "-" in part or part in {"str", "int", "function-wrap"})


def _shortened(value: object, limit: int = 60) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
