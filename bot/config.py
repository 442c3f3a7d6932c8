"""Settings: one frozen tree from config.yaml and TUANBOT_* variables. Nobody else reads the environment."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot import documents
from bot.errors import ConfigError, Fault

PREFIX = "TUANBOT_"
NOT_SETTINGS = ("TUANBOT_CONFIG", "TUANBOT_TEST_")
"""Names with our prefix that are no settings: where config.yaml is, and what the tests use."""
LAST_PORT = 65535


class Section(BaseModel):
    """A part of the tree: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RoleGrant(Section):
    """Who may do what in which room; `room` "*" means every room."""

    room: str = "*"
    id: str
    role: Literal["leader", "helper", "blocked"]


class Web(Section):
    """Where the simulator and the console listen."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=LAST_PORT)
    editor: str = "vscode://file{file}:{line}"

    @field_validator("editor")
    @classmethod
    def _opens_a_file(cls, value: str) -> str:
        scheme = value.partition(":")[0]
        if value and ("{file}" not in value or scheme in {"javascript", "data"}):
            raise ValueError("带 {file} 的编辑器链接，如 vscode://file{file}:{line}，或者留空")
        return value


class Admission(Section):
    """What is not even read."""

    messages_per_minute: int = Field(default=60, ge=1)
    max_length: int = Field(default=120_000, ge=100)


class Lanes(Section):
    """Queues, one a conversation."""

    capacity: int = Field(default=1000, ge=1)
    idle_seconds: float = Field(default=60, gt=0)


class Outbox(Section):
    """Sending."""

    merge_seconds: float = Field(default=0.3, ge=0, le=60)
    messages_per_day: int = Field(default=0, ge=0)
    attempts: int = Field(default=5, ge=1)


class Wechaty(Section):
    """The gateway of the channel `wechaty`; `server_name` "" means the endpoint's host."""

    endpoint: str = ""
    token: SecretStr = SecretStr("")
    tls: bool = True
    ca: Path | None = None
    server_name: str = ""

    @field_validator("endpoint")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host and port.isdecimal() and 0 < int(port) <= LAST_PORT):
            raise ValueError("网关的 主机:端口，如 127.0.0.1:8788")
        return value


class OneBot(Section):
    """The WebSocket server of the channel `onebot`."""

    url: str = ""
    token: SecretStr = SecretStr("")

    @field_validator("url")
    @classmethod
    def _web_socket(cls, value: str) -> str:
        if value and not value.startswith(("ws://", "wss://")):
            raise ValueError("以 ws:// 或 wss:// 开头的地址，如 ws://127.0.0.1:3001")
        return value


class UnderstandingSettings(Section):
    """Reading."""

    model: str = "shipped"
    deadline_ms: int = Field(default=5000, ge=10)


class FaqTuning(Section):
    """Answering questions."""

    encoder: str = "shipped"
    ranker: Path | None = None
    cooldown_seconds: int = Field(default=60, ge=0)
    notify_room: str = ""


class Logging(Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "text"] = "auto"


class Settings(BaseSettings):
    """The whole tree. Made by `load`, passed down by bot.app."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    bot_name: str = "小团"
    timezone: str = "Asia/Shanghai"
    data: Path = Path("data")
    database: SecretStr = SecretStr("sqlite")
    redis: SecretStr = SecretStr("embedded")
    channels: tuple[str, ...] = ("simulator",)
    shops: tuple[Path, ...] = (Path("examples/shop"),)
    faq: tuple[Path, ...] = (Path("examples/faq"),)
    roles: tuple[RoleGrant, ...] = ()
    web: Web = Web()
    admission: Admission = Admission()
    lanes: Lanes = Lanes()
    outbox: Outbox = Outbox()
    wechaty: Wechaty = Wechaty()
    onebot: OneBot = OneBot()
    understanding: UnderstandingSettings = UnderstandingSettings()
    faq_tuning: FaqTuning = FaqTuning()
    logging: Logging = Logging()

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url in {"sqlite", "memory"} or _is_url(url, {"sqlite", "postgresql", "postgres"}):
            return value
        raise ValueError("sqlite，或 postgresql://用户:密码@主机/库名")

    @field_validator("redis")
    @classmethod
    def _known_redis(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url in {"embedded", "memory"} or _is_url(url, {"redis", "rediss", "unix"}):
            return value
        raise ValueError("embedded（自带的）、memory，或 redis://主机:6379/0")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("时区名，如 Asia/Shanghai") from None
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library calls with these names
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return env_settings, init_settings


def _is_url(text: str, schemes: Collection[str]) -> bool:
    """Of one of the schemes, with a host or a path, and a port that may be one."""
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname or parts.path) and parts.port != 0
    except ValueError:
        return False


def load(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings of a file (default: TUANBOT_CONFIG, else ./config.yaml if it is there) and the environment.

    Raises ConfigError with every fault at once. Relative paths are relative to the file's folder.
    """
    chosen = path or Path(environ.get("TUANBOT_CONFIG", "config.yaml"))
    if path is None and "TUANBOT_CONFIG" not in environ and not chosen.exists():
        document = documents.Document(file="config.yaml", data={})
    else:
        document = documents.read(chosen)
    _refuse_unknown_variables(environ)
    return _rooted(_validated(document), chosen.parent)


def _validated(document: documents.Document) -> Settings:
    data = document.data if document.data is not None else {}
    if not isinstance(data, dict):
        raise ConfigError(document.fault((), found=data, allowed="一组 键: 值"))
    _refuse_unknown_keys(document, data)
    try:
        return Settings(**data)
    except ValidationError as error:
        raise ConfigError(*documents.faults_of(document, error, Settings)) from None


def _refuse_unknown_keys(document: documents.Document, data: Mapping[str, Any]) -> None:
    unknown = [key for key in data if key not in Settings.model_fields]
    if unknown:
        allowed = "已知的键：" + "、".join(Settings.model_fields)
        raise ConfigError(*(document.fault((key,), found=key, allowed=allowed) for key in unknown))


def _refuse_unknown_variables(environ: Mapping[str, str]) -> None:
    """pydantic-settings ignores variables that it does not know; a typing error would go unseen."""
    names = (name for name in environ if name.startswith(PREFIX) and not name.startswith(NOT_SETTINGS))
    unknown = [name for name in names if _field_of(name) not in Settings.model_fields]
    if unknown:
        allowed = "、".join(PREFIX + field.upper() for field in Settings.model_fields)
        raise ConfigError(
            *(Fault(file="环境变量", key=name, found=name, allowed=allowed) for name in unknown)
        )


def _field_of(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower().partition("__")[0]


def _rooted(settings: Settings, folder: Path) -> Settings:
    ca = settings.wechaty.ca
    wechaty = settings.wechaty.model_copy(update={"ca": ca and folder / ca})
    tuning = settings.faq_tuning
    rooted = {
        "encoder": str(folder / tuning.encoder) if (folder / tuning.encoder).is_dir() else tuning.encoder,
        "ranker": tuning.ranker and folder / tuning.ranker,
    }
    return settings.model_copy(
        update={
            "wechaty": wechaty,
            "faq_tuning": tuning.model_copy(update=rooted),
            "data": folder / settings.data,
            "shops": tuple(folder / shop for shop in settings.shops),
            "faq": tuple(folder / faq for faq in settings.faq),
        }
    )
