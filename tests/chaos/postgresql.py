"""A PostgreSQL server of our own, to be stopped and started while a bot works on it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

SETTINGS = "-c fsync=off -c listen_addresses=127.0.0.1 -c max_connections=30"
OWNER = "postgres"
"""Who runs it where we are root, for the server refuses to."""


class Cluster:
    """Made in a folder of its own; listens on a free port of the loopback once started."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tuanbot-postgresql-"))
        self._port = _free_port()
        self._user = OWNER if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        self._call("initdb", "-D", self._data, "-U", OWNER, "-A", "trust", "-N", "-E", "UTF8", "--no-locale")

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self._port}/{OWNER}"

    def start(self) -> None:
        """Returns when it takes connections."""
        options = f"{SETTINGS} -p {self._port} -k {self._folder}"
        self._call("pg_ctl", "start", "-w", "-D", self._data, "-l", f"{self._folder}/log", "-o", options)

    def stop(self) -> None:
        """As by a crash: open connections break, what was committed is found again by the next start."""
        self._call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    def remove(self) -> None:
        """Stop it, if it runs, and leave nothing behind."""
        if (Path(self._data) / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder)

    @property
    def _data(self) -> str:
        return f"{self._folder}/data"

    def _call(self, program: str, *arguments: str) -> None:
        groups: list[str] | None = [] if self._user else None
        done = subprocess.run(
            [_programs() / program, *arguments],
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=groups,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def _programs() -> Path:
    """Where the newest server's programs are; skips the test where there is none."""
    found = shutil.which("initdb")
    places = [Path(found)] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not places:
        pytest.skip("no PostgreSQL server is installed here")
    return places[-1].parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
