"""`python -m benchmarks [NAME...]`: run the named benchmarks, or all, and print their tables."""

import asyncio
import importlib
import logging
import sys
import warnings

import structlog
from rich.console import Console

from bot.scan import module_names

PACKAGE = "benchmarks"


def main(names: list[str]) -> None:
    """Run one after the other; logs are off, for nobody reads them here."""
    warnings.simplefilter("ignore")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    known = [name.removeprefix(f"{PACKAGE}.") for name in module_names(PACKAGE)]
    unknown = sorted(set(names) - set(known))
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    console = Console(width=110)
    for name in names or known:
        console.print(asyncio.run(importlib.import_module(f"{PACKAGE}.{name}").run()))


if __name__ == "__main__":
    main(sys.argv[1:])
