"""Slots of written utterances, filled for one shop as people write them."""

import re
from collections.abc import Callable, Mapping
from random import Random

from nlp.training.shops import Shop, shops
from nlp.training.slots import word, words
from shop.catalogue import Sku

_SLOT = re.compile(r"\{([a-z]+2?)\}")
_NUMERALS = "零一两三四五六七八九十"
_OF_ANOTHER_SHOP, _BY_CODE, _WITH_SPEC = 0.07, 0.07, 0.12
_GENERAL_UNIT = 0.25
_IN_DIGITS = 0.5


def filled(text: str, shop: Shop, random: Random) -> str:
    """The text with every slot filled; {item} and {item2} become different goods where the shop has two."""
    names = _goods(shop, random)
    specs = [sku.spec for sku in shop.catalogue if sku.spec] or words()["specs"]
    fill: Mapping[str, Callable[[], str]] = {
        "item": lambda: names[0],
        "item2": lambda: names[1],
        "other": lambda: _elsewhere(shop, random),
        "spec": lambda: random.choice(specs),
        "n": lambda: _number(random),
        "n2": lambda: _number(random),
        "unit": lambda: _unit(shop, random),
        "name": lambda: _name(random),
        "phone": lambda: f"1380000{random.randrange(10_000):04}",
        **{slot: _drawn(f"{slot}s", random) for slot in ("weight", "price", "place", "time", "date")},
    }
    return _SLOT.sub(lambda match: fill[match[1]](), text)


def _drawn(name: str, random: Random) -> Callable[[], str]:
    return lambda: word(name, random)


def _goods(shop: Shop, random: Random) -> tuple[str, str]:
    skus = list(shop.catalogue)
    first, second = random.sample(skus, 2) if len(skus) > 1 else skus * 2
    return _written(first, shop, random), _written(second, shop, random)


def _written(sku: Sku, shop: Shop, random: Random) -> str:
    """Goods as people call them: by name mostly, by code, with or by the spec, or as the shop does not."""
    name = random.choice((sku.name, *sku.aliases))
    if random.random() < _OF_ANOTHER_SHOP:
        return _elsewhere(shop, random)
    if random.random() < _BY_CODE:
        return f"{sku.code}号" if sku.code.isdecimal() else sku.code
    if sku.spec and random.random() < _WITH_SPEC:
        return random.choice((f"{sku.spec}{name}", f"{name}{sku.spec}", f"{name} {sku.spec}", sku.spec))
    return name


def _elsewhere(shop: Shop, random: Random) -> str:
    other = random.choice([one for one in shops() if one.trade != shop.trade])
    sku = random.choice(list(other.catalogue))
    return random.choice((sku.name, *sku.aliases))


def _unit(shop: Shop, random: Random) -> str:
    if random.random() < _GENERAL_UNIT:
        return word("units", random)
    return random.choice(list(shop.catalogue)).unit


def _number(random: Random) -> str:
    """Small numbers mostly; 2 is 两, as a measure word comes next nearly always."""
    value = random.choice((1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10, random.randint(1, 30)))
    if value >= len(_NUMERALS) or random.random() < _IN_DIGITS:
        return str(value)
    return _NUMERALS[value]


def _name(random: Random) -> str:
    """A nickname, or a surname with a title, a house or a flat."""
    surname, title = word("surnames", random), word("titles", random)
    called = f"{random.randint(1, 20)}栋{surname}{title}"
    flat = f"{random.randint(1, 20)}-{random.randint(1, 30)}0{random.randint(1, 4)}{surname}"
    return random.choice(
        (called, surname + title, flat, word("nicknames", random), word("nicknames", random))
    )
