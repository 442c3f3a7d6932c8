"""Routes: which handler answers which meaning, who may use it, and what 帮助 says of it.

A handler module defines `router = Router(__name__)` and decorates its handlers; the table of all routes is
closed when the program starts, and the first route that matches wins.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.errors import NotAllowed, WiringError
from bot.faqkeeper import NO_FILES
from bot.model import Incoming, Member, Reply, Role, Room
from bot.ports import FaqKeeper, PasteReader, State, UnitOfWork
from bot.understanding import Asked, Command, Directive, Intent, Pending, Situation, Understanding
from shop.book import Book
from shop.groupbuy import GroupBuy

Answer = Reply | Sequence[Reply] | None


class Form(StrEnum):
    """Messages that are routed by what they are, whatever their writer wants with them."""

    PASTE = "paste"
    SOLITAIRE = "solitaire"
    PICTURES = "pictures"
    SMALL_TALK = "small_talk"


Meaning = Intent | Command | Form


@dataclass(slots=True, kw_only=True)
class Aside:
    """What a handler leaves for the next message of the sender; kept after the commit, for ten minutes."""

    pending: Pending | None = None
    confirming: Directive | None = None
    asked: Asked | None = None
    offered: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a handler may use: the meaning, who and where, and the store of this unit of work."""

    understanding: Understanding
    situation: Situation
    room: Room
    sender: Member
    group_buy: GroupBuy | None
    book: Book
    store: UnitOfWork
    state: State
    now: datetime
    routes: "RouteTable"
    faq: FaqKeeper = NO_FILES
    pastes: PasteReader | None = None
    aside: Aside = field(default_factory=Aside)

    @property
    def role(self) -> Role:
        """The sender's role."""
        return self.sender.role

    @property
    def directive(self) -> Directive:
        """The command; only handlers of commands may ask for it."""
        if self.understanding.directive is None:
            raise LookupError("this message is no command")
        return self.understanding.directive


Handler = Callable[[Incoming, Context], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How 帮助 shows a route: what it does and what one writes for it."""

    summary: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way from a meaning to a handler; `role` is the least that may use it."""

    name: str
    handler: Handler
    intents: frozenset[Intent]
    commands: frozenset[Command]
    role: Role
    usage: Usage | None
    forms: frozenset[Form] = frozenset()

    def admit(self, role: Role) -> None:
        """Raise NotAllowed when the role does not reach."""
        if role < self.role:
            raise NotAllowed


class Router:
    """Collects the routes of one handler module."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.routes: list[Route] = []

    def on(
        self,
        *meanings: Meaning,
        role: Role = Role.MEMBER,
        summary: str = "",
        examples: Iterable[str] = (),
    ) -> Callable[[Handler], Handler]:
        """Register a handler for intents, commands and forms; with a summary it appears in 帮助."""

        def register(handler: Handler) -> Handler:
            self._check(handler, meanings)
            self.routes.append(
                Route(
                    name=f"{self.module.rpartition('.')[2]}.{handler.__name__}",
                    handler=handler,
                    intents=frozenset(meaning for meaning in meanings if isinstance(meaning, Intent)),
                    commands=frozenset(meaning for meaning in meanings if isinstance(meaning, Command)),
                    forms=frozenset(meaning for meaning in meanings if isinstance(meaning, Form)),
                    role=role,
                    usage=Usage(summary=summary, examples=tuple(examples)) if summary else None,
                )
            )
            return handler

        return register

    def _check(self, handler: Handler, meanings: tuple[Meaning, ...]) -> None:
        if not inspect.iscoroutinefunction(handler):
            raise WiringError(f"{self.module}: {handler.__name__} must be an async function")
        if not meanings:
            raise WiringError(f"{self.module}: {handler.__name__} is registered for nothing")


class RouteTable:
    """All routes in their order, closed: two routes for one meaning are refused."""

    def __init__(self, routers: Iterable[Router]) -> None:
        self._routes = tuple(route for router in routers for route in router.routes)
        self._by_meaning: dict[Meaning, Route] = {}
        for route in self._routes:
            meanings: tuple[Meaning, ...] = (*route.commands, *route.forms, *route.intents)
            for meaning in meanings:
                self._add(meaning, route)

    def _add(self, meaning: Meaning, route: Route) -> None:
        if meaning in self._by_meaning:
            other = self._by_meaning[meaning].name
            raise WiringError(f"{route.name} and {other} both take {meaning!r}")
        self._by_meaning[meaning] = route

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes)

    def match(self, understanding: Understanding, *, pictures: bool = False) -> Route | None:
        """The route of a meaning, None for what nobody handles; with `pictures` talk is what they show."""
        if understanding.paste is not None:
            return self._by_meaning.get(Form.PASTE)
        if understanding.directive is not None:
            return self._by_meaning.get(understanding.directive.command)
        if understanding.solitaire is not None:
            return self._by_meaning.get(Form.SOLITAIRE)
        if pictures and understanding.intent is Intent.CHITCHAT:
            return self._by_meaning.get(Form.PICTURES)
        if understanding.small_talk:
            return self._by_meaning.get(Form.SMALL_TALK)
        return self._by_meaning.get(understanding.intent)

    def usable_by(self, role: Role) -> Iterator[Route]:
        """Routes with a usage text that the role may use, in order."""
        return (route for route in self._routes if route.usage is not None and route.role <= role)
