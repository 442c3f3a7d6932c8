"""Routes: matching, roles, and wiring that stops the start."""

from types import ModuleType
from typing import Any

import pytest

from bot import scan
from bot.errors import NotAllowed, WiringError
from bot.model import Incoming, Role
from bot.routing import Context, Router, RouteTable
from bot.understanding import Command, Directive, Intent, Understanding


def meaning(intent: Intent, command: Command | None = None) -> Understanding:
    directive = Directive(command=command) if command else None
    return Understanding(text="", normalised="", intent=intent, directive=directive)


async def nothing(_incoming: Incoming, _ctx: Context) -> None:
    """Answer nothing."""


def table() -> RouteTable:
    router = Router("handlers.demo")
    router.on(Intent.ORDER, Intent.AMEND, summary="下单", examples=["苹果两箱"])(nothing)
    router.on(Command.CLOSE, role=Role.LEADER, summary="截单")(nothing)
    return RouteTable([router])


def test_a_command_is_matched_before_the_intent() -> None:
    route = table().match(meaning(Intent.ORDER, Command.CLOSE))
    assert route is not None
    assert route.commands == {Command.CLOSE}


def test_a_meaning_that_nobody_takes_has_no_route() -> None:
    assert table().match(meaning(Intent.CHITCHAT)) is None
    assert table().match(meaning(Intent.ORDER, Command.SUMMARY)) is None


def test_a_route_admits_its_role_and_higher_ones_only() -> None:
    route = table().match(meaning(Intent.ADMIN, Command.CLOSE))
    assert route is not None
    route.admit(Role.OPERATOR)
    with pytest.raises(NotAllowed):
        route.admit(Role.HELPER)


def test_help_shows_what_the_role_may_use() -> None:
    assert [route.name for route in table().usable_by(Role.MEMBER)] == ["demo.nothing"]
    assert len(list(table().usable_by(Role.LEADER))) == 2


def test_two_routes_for_one_meaning_are_refused() -> None:
    first, second = Router("handlers.a"), Router("handlers.b")
    first.on(Intent.ORDER)(nothing)
    second.on(Intent.ORDER)(nothing)
    with pytest.raises(WiringError, match=r"b\.nothing and a\.nothing"):
        RouteTable([first, second])


def test_a_handler_that_is_not_async_is_refused() -> None:
    def answer(_incoming: Incoming, _ctx: Context) -> None:
        """Not async."""

    wrong: Any = answer
    with pytest.raises(WiringError, match=r"handlers\.demo: answer"):
        Router("handlers.demo").on(Intent.ORDER)(wrong)


def test_every_meaning_that_is_answered_has_exactly_one_handler() -> None:
    routes = scan.routes()
    for intent in set(Intent) - {Intent.CHITCHAT, Intent.ADMIN}:
        assert routes.match(meaning(intent)) is not None, intent
    for command in set(Command):
        assert routes.match(meaning(Intent.ADMIN, command)) is not None, command


@pytest.mark.parametrize("source", ["", "router = 3", "import there_is_no_such_module"])
def test_a_wrong_handler_module_stops_the_start_with_its_name(
    source: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / f"wrong{abs(hash(source))}"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "broken.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(WiringError, match=r"wrong\d+\.broken"):
        scan.routes(package.name)


def test_scan_takes_a_package() -> None:
    assert isinstance(__import__("handlers"), ModuleType)
    assert "handlers.ordering" in scan.module_names("handlers")
