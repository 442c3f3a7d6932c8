"""The Node gateway of tests/gateway as a process that can be started, frozen and killed."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import aiohttp
import pytest

FOLDER = Path(__file__).parents[1] / "gateway"
BOT = "wxid_bot"
ROOM = "sunshine@chatroom"
WANG = "wxid_wang"
MUST = os.environ.get("CI") == "true"


class NodeGateway:
    """A real wechaty-puppet-service on loopback; after `kill` it may be started again at its old port."""

    def __init__(self, *, token: str = "insecure_test", tls: bool = False) -> None:
        self.port = _free_port()
        self.token = token
        self.tls = tls
        self._process: subprocess.Popen[str] | None = None
        self._control = 0

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it listens."""
        settings = {"GATEWAY_PORT": str(self.port), "GATEWAY_TOKEN": self.token, "WECHATY_LOG": "silent"}
        settings["GATEWAY_TLS"] = str(int(self.tls))
        self._process = subprocess.Popen(
            ["node", "--no-deprecation", "gateway.mjs"],
            cwd=FOLDER,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._control = json.loads(self._process.stdout.readline())["control"]

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def freeze(self) -> None:
        """Connections stay open and nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    async def order(self, word: str, **fields: Any) -> Any:
        """Steer it; see gateway.mjs for the words."""
        url = f"http://127.0.0.1:{self._control}/{word}"
        body = io.BytesIO(json.dumps(fields).encode())
        async with aiohttp.ClientSession() as client, client.post(url, data=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json(content_type=None)

    async def say(self, text: str, **fields: Any) -> str:
        """A member says something; returns the message id."""
        ids = await self.order("say", messages=[{"text": text, **fields}])
        return str(ids[0])

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


def installed() -> None:
    """Skip where Node or the gateway's packages are missing; CI must have them."""
    missing = shutil.which("node") is None or not (FOLDER / "node_modules").is_dir()
    if missing and not MUST:
        pytest.skip("no Node gateway: run `make gateway`")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
