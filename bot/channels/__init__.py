"""Networks on which the bot hears and speaks: one module a channel, found by its name in the settings.

A channel module offers `create(settings: Settings) -> Channel`. What it makes may have `routes()`, aiohttp
routes that the web server mounts, `hang_up()` to end what they serve, and `titles` of `rooms`, addresses in
which the shop files are opened at the start.
"""

import importlib
from collections.abc import Sequence

from aiohttp import web

from bot import scan
from bot.config import Settings
from bot.errors import ConfigError, Fault, WiringError
from bot.model import Address
from bot.ports import Channel


def made(names: Sequence[str], settings: Settings) -> tuple[Channel, ...]:
    """The channels of these names, in their order. Raises ConfigError for unknown names, all at once."""
    known = [name.rpartition(".")[2] for name in scan.module_names(__name__)]
    unknown = [name for name in names if name not in known]
    if unknown:
        allowed = "、".join(known)
        raise ConfigError(
            *(Fault(file="config.yaml", key="channels", found=name, allowed=allowed) for name in unknown)
        )
    return tuple(_made(name, settings) for name in dict.fromkeys(names))


def rooms_of(listening: Sequence[Channel]) -> tuple[Address, ...]:
    """The rooms that channels have by themselves, as the simulator has."""
    return tuple(room for channel in listening for room in getattr(channel, "rooms", ()))


def titles_of(listening: Sequence[Channel]) -> dict[Address, str]:
    """What people call the rooms that channels have by themselves."""
    return {room: title for channel in listening for room, title in getattr(channel, "titles", {}).items()}


def routes_of(listening: Sequence[Channel]) -> list[web.AbstractRouteDef]:
    """The routes that channels bring along for the web server."""
    return [route for channel in listening if hasattr(channel, "routes") for route in channel.routes()]


async def hang_up(listening: Sequence[Channel]) -> None:
    """End the connections that channels hold in the web server, before it stops."""
    for channel in listening:
        if hasattr(channel, "hang_up"):
            await channel.hang_up()


def _made(name: str, settings: Settings) -> Channel:
    module = importlib.import_module(f"{__name__}.{name}")
    if not hasattr(module, "create"):
        raise WiringError(f"{module.__name__}: a channel module offers `create(settings)`")
    channel: Channel = module.create(settings)
    if channel.name != name:
        raise WiringError(f"{module.__name__}: the channel calls itself {channel.name!r}")
    return channel
