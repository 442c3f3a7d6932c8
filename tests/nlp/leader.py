"""A leader and a member of a small shop, and what the commands make of what they say."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from bot.model import Role
from bot.understanding import Command, Directive, Situation
from nlp.commands import directive
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from shop.catalogue import Catalogue, Sku
from shop.money import Fen

NOW = datetime(2026, 3, 4, 19, 0, tzinfo=timezone(timedelta(hours=8)))
GOODS = Catalogue(
    skus=(
        Sku(code="A", name="海南芒果", spec="10斤", unit="箱", price=Fen(6800), aliases=("芒果",), stock=20),
        Sku(code="B", name="现磨豆浆", unit="瓶", price=Fen(850), aliases=("豆浆",)),
        Sku(code="C", name="拖鞋", spec="男款", unit="双", price=Fen(1900)),
        Sku(code="D", name="拖鞋", spec="女款", unit="双", price=Fen(1900)),
    )
)
NAMES = ("团长大宝", "5-1203老魏", "Momo🐱", "米粒妈妈", "石榴(3栋)", "阿九")
LEADER = Situation(now=NOW, catalogue=GOODS, role=Role.LEADER, sender_name="团长大宝", member_names=NAMES)
MEMBER = replace(LEADER, role=Role.MEMBER, sender_name="阿九")


def said(text: str, situation: Situation = LEADER) -> Directive | None:
    return directive(normalise(text), Lexicon.of(situation.catalogue), situation)


def meant(text: str, situation: Situation = LEADER) -> Command | None:
    given = said(text, situation)
    return given.command if given else None
