"""The web server of the live bot."""

from aiohttp import web

from bot.errors import ConfigError, Fault

SHUTDOWN_SECONDS = 2.0


class WebServer:
    """Serves an application on one address; port 0 takes a free one."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        self._host = host
        self._port = port

    async def start(self) -> None:
        """Listen. Raises ConfigError when the address is taken or is not ours."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            found = f"{self._host}:{self._port}({error.strerror or error})"
            raise ConfigError(
                Fault(file="config.yaml", key="web", found=found, allowed="本机空闲的地址和端口")
            ) from None

    async def stop(self) -> None:
        """Stop listening and end what is open."""
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Where it listens, as a URL, once started."""
        port = self._runner.addresses[0][1]
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{port}"
