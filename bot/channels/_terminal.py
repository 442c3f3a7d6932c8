"""The terminal, or a pipe: lines come in without blocking the program or its end."""

import asyncio
import queue
import sys
import threading

import click


class Terminal:
    """Reads lines in a thread that dies with the program, for such a read cannot be cancelled."""

    def __init__(self) -> None:
        self.interactive = sys.stdin.isatty()
        self._prompts: queue.Queue[tuple[str, asyncio.Future[str | None]]] = queue.Queue()
        self._reader: threading.Thread | None = None

    async def ask(self, prompt: str) -> str | None:
        """The next line without its end, None after the last; the prompt is shown to people only."""
        if self._reader is None:
            self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
            self._reader.start()
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._prompts.put((prompt, answer))
        return await answer

    def show(self, text: str, colour: str = "") -> None:
        """Print a line; the colour is dropped where nobody sees it."""
        click.secho(text, fg=colour or None)

    def _read(self) -> None:
        while True:
            prompt, answer = self._prompts.get()
            line = self._line(prompt)
            try:
                answer.get_loop().call_soon_threadsafe(_settle, answer, line)
            except RuntimeError:  # the program has ended meanwhile
                return

    def _line(self, prompt: str) -> str | None:
        try:
            if self.interactive:
                return input(prompt)
            line = sys.stdin.readline()
        except (EOFError, ValueError, OSError):
            return None
        return line.rstrip("\r\n") if line else None


def _settle(answer: asyncio.Future[str | None], line: str | None) -> None:
    if not answer.done():
        answer.set_result(line)
