"""Finds the modules of a package that offer something by a known name. Wrong ones stop the start."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from bot.errors import WiringError
from bot.routing import Router, RouteTable


def routes(package: str = "handlers") -> RouteTable:
    """The table of all routes in the modules of a package, in the order of the modules' names."""
    return RouteTable(_routers(package))


def _routers(package: str) -> Iterator[Router]:
    for name in module_names(package):
        router = getattr(_imported(name), "router", None)
        if not isinstance(router, Router):
            raise WiringError(f"{name}: a handler module defines `router = Router(__name__)`")
        if not router.routes:
            raise WiringError(f"{name}: its router has no route")
        yield router


def module_names(package: str) -> list[str]:
    """The dotted names of a package's public modules, sorted."""
    path = _imported(package).__path__
    return sorted(
        f"{package}.{found.name}" for found in pkgutil.iter_modules(path) if not found.name.startswith("_")
    )


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except WiringError:
        raise
    except Exception as error:
        raise WiringError(f"{name}: cannot be imported: {error}") from error
