"""Measure words: what a count is of, and the signs that a number counts no goods."""

import re
from collections.abc import Iterable
from functools import lru_cache

PIECES = {"打": 12, "对": 2, "双": 2}
"""Pieces in one of a collective measure word; whether the shop sells by the piece is the shop's matter."""

_GOODS = (
    "个 只 箱 盒 份 份儿 包 袋 瓶 罐 桶 件 条 块 根 支 枝 把 串 束 捆 扎 筐 篮 篓 板 打 对 双 套 组 提 "
    "听 颗 粒 枚 片 张 卷 杯 碗 盘 碟 锅 壶 坛 缸 朵 棵 株 头 尾 匹 台 部 本 册 副 床 样 款 种 味 单 排 "
    "托 盆 坨 团 封 节 段 管 筒 顶 幅 项 箱子 盒子 袋子 桶子 挂 摞 叠 兜 盅 笼 屉 帖 贴 剂 针 圈 瓣 扇 "
    "斗 铲 勺 格 版 条儿 个儿 斤 公斤 市斤 台斤 千克 克 两 钱 吨 毫克 升 毫升 公升 米 厘米 毫米 分米 "
    "公分 寸 尺 英寸 平方 平米 平方米"
)
_MONEY = "元 块 块钱 毛 毛钱 蚊"
_LATIN = "kg g mg ml l cl cm mm m km t jin pcs pc"
_OTHERS = (
    "年 月 日 天 号 点 时 小时 钟头 分钟 秒 周 星期 礼拜 季度 次 遍 趟 回 顿 岁 人 位 名 家 户 口 栋 幢 "
    "楼 层 单元 室 门 期 届 章 集 页 行 列 步 倍 代 度 间 所 场 阵 声 眼 笔 则 篇 首 句 字 道 面 站 班 "
    "路 车 船 艘 架 辆 座 类"
)

FOREIGN_MONEY = re.compile("美元|美刀|美金|刀乐|欧元|英镑|日元|韩元|港币|港元|澳元|加元|卢布|泰铢|新币|台币")
NOT_GOODS = re.compile(
    r" ?(?:[%％‰]|[:/][0-9]|[xX]+[lLsS](?![A-Za-z])"
    r"|个(?:人|半?(?:多|来)?(?:月|小时|钟|星期|礼拜|百分点|季度))"
    r"|(?P<noun>分(?!之)|[号栋幢楼层室月日点时秒年岁周天折成倍度码人位次趟遍]|单元|小时|分钟|星期|礼拜))"
)
"""After a number: it tells where, when, how big, how often or how much of a whole."""


def is_measure(word: str) -> bool:
    """Whether the word is a Chinese measure word, for goods or for anything else."""
    return word in _ANY


def measured(text: str, position: int) -> bool:
    """Whether a Chinese measure word of any kind begins at `position`."""
    return _ANY_PATTERN.match(text, position) is not None


def goods_measured(text: str, position: int) -> bool:
    """Whether a Chinese measure word for goods or money begins at `position`."""
    return _GOODS_PATTERN.match(text, position) is not None


def measure_pattern(units: Iterable[str] = ()) -> re.Pattern[str]:
    """Matches one measure word of goods, the longest, as group `unit`; after 大 or 小 as group `sized`.

    `units` are the shop's own, in any script.
    """
    return _pattern(frozenset(units))


def _words(*vocabularies: str) -> frozenset[str]:
    return frozenset(word for vocabulary in vocabularies for word in vocabulary.split())


@lru_cache(maxsize=256)
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    either = _either({*_CHINESE, *_LATIN.split(), *filter(None, units)})
    return re.compile(f" ?(?:(?P<unit>{either})|[大中小整满](?P<sized>{either}))")


def _either(words: Iterable[str]) -> str:
    """Alternatives, longest first; one that ends in a letter does not end inside a word."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(_guarded(word) for word in ordered)


def _guarded(word: str) -> str:
    if word[-1].isascii() and word[-1].isalpha():
        return f"(?i:{re.escape(word)})(?![A-Za-z])"
    if word == "两":  # in A1两箱 it is a number
        return f"两(?![{''.join(sorted(word for word in _CHINESE if len(word) == 1))}])"
    return re.escape(word)


_CHINESE = _words(_GOODS, _MONEY)
_ANY = _CHINESE | _words(_OTHERS)
_GOODS_PATTERN = re.compile(_either(_CHINESE))
_ANY_PATTERN = re.compile(_either(_ANY))
