"""The channel `wechaty`: WeChat groups through a Wechaty gateway; its libraries are imported on use."""

import importlib
import importlib.util
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.errors import ConfigError, Fault

if TYPE_CHECKING:
    from bot.channels._wechaty.channel import Wechaty

FILE = "config.yaml"
LIBRARIES = ("grpclib", "wechaty_grpc")
_TOKEN = re.compile(r"[\x21-\x7e]+")


def create(settings: Settings) -> "Wechaty":
    """The channel of the settings. Raises ConfigError that says what to put where, all faults at once."""
    faults = tuple(_faults(settings))
    if faults:
        raise ConfigError(*faults)
    made: Wechaty = importlib.import_module("bot.channels._wechaty.making").made(settings)
    return made


def _faults(settings: Settings) -> Iterator[Fault]:
    missing = [library for library in LIBRARIES if importlib.util.find_spec(library) is None]
    if missing:
        allowed = "装好的渠道，先运行 pip install 'tuanbot[wechaty]'"
        yield Fault(file=FILE, key="channels", found=f"wechaty（缺 {'、'.join(missing)}）", allowed=allowed)
    if not settings.wechaty.endpoint:
        allowed = "网关的 主机:端口，如 127.0.0.1:8788（怎么开网关见 docs/wechaty.md）"
        yield Fault(file=FILE, key="wechaty.endpoint", found="空", allowed=allowed)
    token = settings.wechaty.token.get_secret_value()
    if not _TOKEN.fullmatch(token):
        found = "有空格或中文的 token" if token else "空"
        allowed = "网关启动时用的 token，也可以写在环境变量 TUANBOT_WECHATY__TOKEN 里"
        yield Fault(file=FILE, key="wechaty.token", found=found, allowed=allowed)
