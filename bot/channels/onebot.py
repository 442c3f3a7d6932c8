"""The channel `onebot`: QQ groups and others through a OneBot v11 implementation that serves a WebSocket."""

from bot.channels._hearing import Hearing
from bot.channels._onebot.channel import OneBot
from bot.channels._onebot.protocol import NAME
from bot.config import Settings
from bot.errors import ConfigError, Fault


def create(settings: Settings) -> OneBot:
    """The channel of the settings. Raises ConfigError that says what to put where."""
    if not settings.onebot.url:
        allowed = "OneBot v11 实现（如 NapCat）的 WebSocket 服务器地址，如 ws://127.0.0.1:3001"
        raise ConfigError(Fault(file="config.yaml", key="onebot.url", found="空", allowed=allowed))
    folder = settings.data / NAME
    return OneBot(
        settings.onebot,
        bot_name=settings.bot_name,
        folder=folder / "received",
        hearing=Hearing(channel=NAME, file=folder / "heard.json"),
    )
