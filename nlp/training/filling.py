"""Slots of written utterances, filled for one shop as people write them."""

import re
from collections.abc import Callable, Mapping
from random import Random

from nlp.training.shops import Shop, shops
from shop.catalogue import Sku

_SLOT = re.compile(r"\{([a-z]+2?)\}")
_NUMERALS = "零一二三四五六七八九十"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_NICKNAMES = (
    "小雨妈妈 豆豆爸 静静 🌸小芳🌸 阿强 乐乐妈 Amy 大饼 糖糖 老丁头 秀兰 胖虎 米粒妈 七七 Lisa 大熊 阿珍 果果奶奶 "
    "Vivian 木木 老四 桃子 麦兜妈 平安是福 阿May 石头爸 花开富贵 Kiki 二丫 安之"
).split()
_PLACES = (
    "{n}号楼大厅 {n}栋门口 南门 北门岗亭 东门驿站 小区西门 物业前台 {n}单元楼下 菜鸟驿站 地下车库口 {n}-{n}0{n} 老地方 "
    "超市旁边 快递柜 居委会门口 幼儿园对面 花园凉亭 自提点"
).split()
_TIMES = "{c}点 下午{c}点 晚上{n}点半 20:00 18:30 早上{c}点 中午 今晚 下班 {n}点多 傍晚 12点 十点".split()
_DATES = (
    "明天 后天 周五 周{w} 星期{w} 礼拜{w} 今天 下周{w} {n}号 {n}月{n}号 周末 这周{w} 大后天 端午 月底".split()
)
_WEIGHTS = "{c}斤 {n}斤 半斤 {n}公斤 {n}kg 500克 一斤半 {c}斤半 两斤三两 200g 十斤".split()
_PRICES = "{p} {p}元 {p}块 {n}块{n} {p}块钱 ¥{p} {n}9.9 {c}块 十块 二十五块 {p}.9元 9.9".split()
_GENERAL_UNITS = "份 个 件 盒 包 袋".split()


def filled(text: str, shop: Shop, random: Random) -> str:
    """The text with every slot filled; {item} and {item2} become different goods where the shop has two."""
    names = _goods(shop, random)
    fill: Mapping[str, Callable[[], str]] = {
        "item": lambda: names[0],
        "item2": lambda: names[1],
        "other": lambda: _elsewhere(shop, random),
        "spec": lambda: random.choice([sku.spec for sku in shop.catalogue if sku.spec] or ["大的", "小份"]),
        "n": lambda: _number(random),
        "n2": lambda: _number(random),
        "unit": lambda: _unit(shop, random),
        "weight": lambda: _pattern(_WEIGHTS, random),
        "price": lambda: _pattern(_PRICES, random),
        "name": lambda: _name(random),
        "place": lambda: _pattern(_PLACES, random),
        "time": lambda: _pattern(_TIMES, random),
        "date": lambda: _pattern(_DATES, random),
        "phone": lambda: f"1380000{random.randrange(10_000):04}",
    }
    return _SLOT.sub(lambda match: fill[match[1]](), text)


def _goods(shop: Shop, random: Random) -> tuple[str, str]:
    skus = list(shop.catalogue)
    first, second = random.sample(skus, 2) if len(skus) > 1 else skus * 2
    return _written(first, shop, random), _written(second, shop, random)


def _written(sku: Sku, shop: Shop, random: Random) -> str:
    """Goods as people call them: by name mostly, by code, spec, both, or by a name that the shop does not know."""
    name = random.choice((sku.name, *sku.aliases))
    chance = random.random()
    if chance < 0.07:
        return _elsewhere(shop, random)
    if chance < 0.14:
        return sku.code if not sku.code.isdecimal() else f"{sku.code}号"
    if chance < 0.26 and sku.spec:
        return random.choice((f"{sku.spec}{name}", f"{name}{sku.spec}", f"{name} {sku.spec}", sku.spec))
    return name


def _elsewhere(shop: Shop, random: Random) -> str:
    other = random.choice([one for one in shops() if one.trade != shop.trade])
    sku = random.choice(list(other.catalogue))
    return random.choice((sku.name, *sku.aliases))


def _unit(shop: Shop, random: Random) -> str:
    if random.random() < 0.25:
        return random.choice(_GENERAL_UNITS)
    return random.choice(list(shop.catalogue)).unit


def _number(random: Random) -> str:
    """Small numbers mostly; 2 is 两 beside a measure word, which comes next nearly always."""
    value = random.choice((1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10, random.randint(1, 30)))
    if random.random() < 0.5 or value > 10:
        return str(value)
    return "两" if value == 2 else _NUMERALS[value]


def _name(random: Random) -> str:
    surname = random.choice(_SURNAMES)
    kind = random.randrange(5)
    if kind == 0:
        return f"{random.randint(1, 20)}栋{surname}{random.choice('姐哥姨')}"
    if kind == 1:
        return surname + random.choice(("姐", "哥", "阿姨", "大爷", "老师", "嫂"))
    if kind == 2:
        return f"{random.randint(1, 20)}-{random.randint(1, 30)}0{random.randint(1, 4)}{surname}"
    return random.choice(_NICKNAMES)


def _pattern(choices: list[str], random: Random) -> str:
    written = random.choice(choices)
    for slot, value in (
        ("{n}", lambda: str(random.randint(1, 9))),
        ("{c}", lambda: random.choice("一两三四五六七八九")),
        ("{w}", lambda: random.choice("一二三四五六日")),
        ("{p}", lambda: str(random.randint(5, 99))),
    ):
        while slot in written:
            written = written.replace(slot, value(), 1)
    return written
