"""The channel made of the settings."""

from bot.channels._hearing import Hearing
from bot.channels._wechaty.channel import NAME, Wechaty
from bot.channels._wechaty.link import tls_of
from bot.channels._wechaty.reading import Reader
from bot.config import Settings
from bot.errors import ConfigError, Fault


def made(settings: Settings) -> Wechaty:
    """A channel that keeps its files in the data folder. Raises ConfigError for an unusable `wechaty.ca`."""
    try:
        tls = tls_of(settings.wechaty)
    except OSError as error:
        found = f"{settings.wechaty.ca} ({error.strerror or error})"
        allowed = "签发网关证书的 PEM 文件"
        raise ConfigError(Fault(file="config.yaml", key="wechaty.ca", found=found, allowed=allowed)) from None
    folder = settings.data / NAME
    return Wechaty(
        settings.wechaty,
        tls=tls,
        reader=Reader(channel=NAME, bot_name=settings.bot_name, folder=folder / "received"),
        hearing=Hearing(channel=NAME, file=folder / "heard.json"),
    )
