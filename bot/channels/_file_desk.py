"""Where the page hands in pictures and fetches files."""

import asyncio
from pathlib import Path
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.channels._bubbles import ServedFile
from bot.channels._files import FileShelf, NoPicture, ShelvedFile
from bot.model import Attachment

log = structlog.get_logger(__name__)
LONGEST_NAME = 100


class FileDesk:
    """Routes for files; size and Origin are checked by the web server that mounts them."""

    def __init__(self, folder: Path) -> None:
        self._shelf = FileShelf(folder)

    def routes(self) -> list[web.RouteDef]:
        """Upload and download."""
        return [
            web.post("/upload", self._upload),
            web.get("/files/{token:[0-9a-f]{32}}", self._download),
        ]

    def offer(self, attachment: Attachment) -> ServedFile:
        """Make a file of this machine fetchable by the page."""
        return _served(self._shelf.put(attachment))

    def uploaded(self, token: str) -> tuple[Attachment, ServedFile] | None:
        """What was handed in under this token: for the bot, and for the page."""
        file = self._shelf.get(token)
        return None if file is None else (file.attachment, _served(file))

    async def _upload(self, request: web.Request) -> web.Response:
        """Take the body as a picture; answers its token and address."""
        data = await request.read()
        name = request.query.get("name", "")[:LONGEST_NAME]
        try:
            file = await asyncio.to_thread(self._shelf.store_picture, data, name)
        except NoPicture:
            return web.json_response({"reason": "只能发 PNG、JPEG、GIF、WebP 图片。"}, status=415)
        except OSError as error:
            log.warning("simulator.disk", error=str(error))
            return web.json_response({"reason": "图片没存上，磁盘可能满了。"}, status=507)
        return web.json_response({"token": file.token, "url": _url(file)})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        file = self._shelf.get(request.match_info["token"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"Content-Type": file.content_type, "Cache-Control": "private, max-age=86400"}
        if not file.is_picture:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.attachment.name)}"
        return web.FileResponse(file.attachment.path, headers=headers)


def _url(file: ShelvedFile) -> str:
    return f"/files/{file.token}"


def _served(file: ShelvedFile) -> ServedFile:
    return ServedFile(url=_url(file), name=file.attachment.name, picture=file.is_picture)
