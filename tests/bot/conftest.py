"""Whatever a test makes of the logging ends with it."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def usual_logging() -> Iterator[None]:
    yield
    structlog.reset_defaults()
