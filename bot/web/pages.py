"""Pages made of templates; what is filled in is escaped."""

from pathlib import Path

import jinja2
from aiohttp import web

FOLDER = Path(__file__).parent / "templates"


class Pages:
    """All templates, with what every page shows."""

    def __init__(self, *, bot_name: str, simulator: bool) -> None:
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._everywhere = {"bot_name": bot_name, "simulator": simulator}

    def show(self, template: str, **values: object) -> web.Response:
        """One template, filled in."""
        text = self._templates.get_template(template).render(self._everywhere | values)
        return web.Response(text=text, content_type="text/html")
