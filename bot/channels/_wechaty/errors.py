"""What can go wrong with a gateway, told apart by what it means for us."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from grpclib.const import Status
from grpclib.exceptions import GRPCError, ProtocolError, StreamTerminatedError
from h2.exceptions import H2Error


class GatewayError(Exception):
    """Root of what a gateway does to us."""


class NotReached(GatewayError):
    """No connection came about; what was to be sent was surely not sent."""


class Untrusted(NotReached):
    """The gateway's certificate is not the one that the settings ask for, or it speaks no TLS."""


class Lost(GatewayError):
    """The connection broke; nobody knows what was done."""


class Late(GatewayError):
    """The answer did not come in time, over a connection that may be sound; nobody knows what was done."""


class Refused(GatewayError):
    """The gateway knows another token."""


class Occupied(GatewayError):
    """Another bot listens to this gateway."""


class Declined(GatewayError):
    """The gateway answered that it could not do it."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn the errors of the libraries below into ours."""
    try:
        yield
    except GRPCError as error:
        raise _meaning(error) from error
    except TimeoutError as error:
        raise Late(repr(error)) from error
    except (StreamTerminatedError, ProtocolError, H2Error) as error:
        raise Lost(repr(error)) from error
    except ssl.SSLError as error:
        raise Untrusted(repr(error)) from error
    except OSError as error:
        raise NotReached(repr(error)) from error


def _meaning(error: GRPCError) -> GatewayError:
    text = f"{error.status.name}: {error.message}"
    match error.status:
        case Status.UNAUTHENTICATED:
            return Refused(error.status.name)  # its text repeats our token
        case Status.ALREADY_EXISTS:
            return Occupied(text)
        case Status.DEADLINE_EXCEEDED:
            return Late(text)
        case Status.UNAVAILABLE | Status.CANCELLED:
            return Lost(text)
        case _:
            return Declined(text)
