"""Commands about the group-buy and its goods: open, close, prices, stock, what is on sale."""

from dataclasses import replace

import pytest

from bot.understanding import Command
from shop.catalogue import Catalogue
from tests.nlp.leader import GOODS, LEADER, MEMBER, meant, said


@pytest.mark.parametrize(
    ("command", "texts"),
    [
        (Command.CLOSE, "截单 | 好了截单啦 | 到点了,停单 | 今天就收到这儿 不接了 | 接龙到此结束"),
        (Command.CLOSE, "停了停了 后面的下期 | 封盘啦"),
        (Command.OPEN, "开团啦 | 芒果开团了 要的报 | 今天的团开起来 | 开始接龙啦"),
        (Command.SUMMARY, "汇总 | 看看卖了多少 | 现在多少单了 | 每样统计一下 | 芒果订了多少箱"),
        (Command.EXPORT, "导个表 | 把今天的订单导出来 | 给我一份表格 | 打印名单"),
        (Command.HELP, "帮助 | 有哪些命令 | 怎么用"),
        (Command.UNPAID, "谁没付 | 还有谁没付款"),
        (Command.NOT_PICKED_UP, "谁没取 | 还有哪些人没来拿"),
        (Command.REVIEW, "待确认 | 看下待确认"),
        (Command.REMIND, "催单 | 催一下单"),
        (Command.CANCEL_GROUP_BUY, "取消团 | 清空订单"),
        (Command.COPY_LAST, "复制上次团 | 照昨天的再开一个"),
        (Command.REOPEN, "重开 | 再开十分钟 | 给阿九重新开五分钟 | 漏了几个人 再开一会儿"),
        (Command.ARRIVED, "货到了 大家下来拿 | 出炉啦 | 货齐了,3栋车库自提 | 都到楼下门卫室了 快来取"),
        (Command.ARRIVED, "冷链车到了 北门 带箱子 | 出笼啦 来北门取"),
        (Command.OTHER, "抽个奖吧 | 发起投票 周末吃什么"),
    ],
)  # fmt: skip
def test_acts_that_need_no_object(command: Command, texts: str) -> None:
    closed = replace(LEADER, open=False)
    for text in texts.split(" | "):
        assert meant(text, closed if command is Command.REOPEN else LEADER) is command, text
        assert meant(f"@小团 {text}") in {command, Command.OPEN}, text
        assert meant(text, MEMBER) in {None, Command.HELP}, text


@pytest.mark.parametrize(
    "text",
    [
        "昨天截单早了 不好意思",
        "几点截单大家说",
        "快截单啦 要的抓紧",
        "八点截单哈",
        "还没截单呢",
        "明天开团",
        "今天不开团",
        "上次开团好多人",
        "库存要是有一百箱就好了",
        "豆浆库存我再问问",
        "芒果要是50我也买",
        "上次芒果卖50",
        "超市芒果卖99",
        "货还在路上",
        "货明天到",
        "芒果要下午才到",
        "还没到货",
        "我到家了",
        "我快递到了",
        "老公工资到账了",
        "谁把我的推车取走了",
        "阿九你付了吗",
        "@阿九 你的还没付哈",
        "阿九什么时候来取",
        "谢谢阿九 钱收到了",
        "没来拿的我放冰箱了",
        "汇总我晚上再做",
        "公告都看了吗",
        "下次加个品 大家想要啥",
        "加点豆浆更好喝",
        "拖鞋改天再拍照",
        "导航到东门",
        "抽不开身",
        "怎么用这个榨汁机啊",
        "取消明天的会",
        "大家慢慢接 不急",
        "明晚八点截单",
        "雨停了停了",
        "再等半小时",
        "校车到了 带好书包",
        "我又给我妈拿了两箱芒果",
        "昨天芒果又来了6箱",
        "芒果最多放3天",
    ],
)
def test_talk_of_leaders(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "skus", "price"),
    [
        ("芒果改价62", ("A",), 6200),
        ("芒果改成65.5", ("A",), 6550),
        ("豆浆今天特价7块5", ("B",), 750),
        ("B改8", ("B",), 800),
        ("拖鞋都改成18元一双", ("C", "D"), 1800),
        ("女款拖鞋降到17了", ("D",), 1700),
        ("老板让利 芒果降价啦 改60", ("A",), 6000),
        ("芒果原价68现在59.9", ("A",), 5990),
        ("芒果便宜3块", ("A",), 6500),
        ("芒果66一箱 改一下", ("A",), 6600),
        ("今天进价降了 芒果63一箱", ("A",), 6300),
        ("芒果价格写岔了 是66不是68", ("A",), 6600),
        ("芒果是66不是68", ("A",), 6600),
        ("芒果没长好,今天按60一箱算", ("A",), 6000),
        ("豆浆成本上来了 从现在起9块", ("B",), 900),
        ("豆浆统一8块 前面的也按这个", ("B",), 800),
        ("芒果今天促销,60", ("A",), 6000),
        ("芒果拿货贵了 改成72", ("A",), 7200),
    ],
)
def test_prices(text: str, skus: tuple[str, ...], price: int) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.skus, given.price) == (Command.PRICE, skus, price)


@pytest.mark.parametrize(
    "text",
    [
        "芒果改成2",
        "芒果改成2箱",
        "芒果68一箱",
        "芒果68",
        "芒果是3不是5",
        "芒果贵了 改成3箱",
        "昨天芒果卖60 降了",
    ],
)
def test_orders_and_repeated_prices_of_leaders_are_no_new_prices(text: str) -> None:
    assert meant(text) is not Command.PRICE


@pytest.mark.parametrize(
    ("text", "sku", "quantity", "absolute"),
    [
        ("芒果加库存10", "A", 10, False),
        ("芒果库存再加10箱", "A", 10, False),
        ("加10箱芒果的库存", "A", 10, False),
        ("芒果库存改成30", "A", 30, True),
        ("A库存改30箱", "A", 30, True),
        ("芒果库存减5", "A", -5, False),
        ("芒果库存清零", "A", 0, True),
        ("供应商又给了8箱芒果 库存加上", "A", 8, False),
        ("芒果补货了 加12箱", "A", 12, False),
        ("芒果只剩6箱了 改一下库存", "A", 6, True),
        ("芒果厂家又给了6箱", "A", 6, False),
        ("芒果还能再匀8箱", "A", 8, False),
        ("芒果再补5箱货", "A", 5, False),
        ("果园又送来9箱芒果 大家接着拍", "A", 9, False),
        ("芒果最多还能卖10箱", "A", 10, True),
    ],
)
def test_stock(text: str, sku: str, quantity: int, absolute: bool) -> None:
    given = said(text)
    assert given is not None
    assert given.command is Command.STOCK
    assert (given.skus, given.quantity, given.absolute) == ((sku,), quantity, absolute)


def test_the_only_goods_need_no_name() -> None:
    alone = replace(LEADER, catalogue=Catalogue(skus=GOODS.skus[:1]))
    stocked, repriced = said("库存加5", alone), said("价格改成60", alone)
    assert stocked is not None
    assert (stocked.skus, stocked.quantity) == (("A",), 5)
    assert repriced is not None
    assert (repriced.skus, repriced.price) == (("A",), 6000)


@pytest.mark.parametrize(
    ("text", "code", "name", "price", "stock"),
    [
        ("加个品 E 椰子鸡 45一份 20份", "E", "椰子鸡", 4500, 20),
        ("上新:F 柠檬水 9.9/瓶", "F", "柠檬水", 990, None),
        ("再加一个 6号 花生酥 200g一包 12元", "6", "花生酥", 1200, None),
        ("新增 绿豆糕 一盒22", "E", "绿豆糕", 2200, None),
    ],
)
def test_new_goods(text: str, code: str, name: str, price: int, stock: int | None) -> None:
    given = said(text)
    assert given is not None
    assert given.command is Command.ADD_ITEM
    assert given.item is not None
    assert (given.item.code, given.item.name, given.item.price, given.item.stock) == (
        code,
        name,
        price,
        stock,
    )


@pytest.mark.parametrize(
    "text", ["芒果下架", "下架芒果", "芒果先下架 没货了", "A下架吧", "把芒果撤下来", "芒果厂家断货,下了吧"]
)
def test_goods_taken_off(text: str) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.skus) == (Command.REMOVE_ITEM, ("A",))


def test_a_while_more_is_given_only_after_the_close() -> None:
    assert meant("再放半小时") is None
    assert meant("再放半小时", replace(LEADER, open=False)) is Command.REOPEN


def test_what_the_leader_takes_out_of_the_own_order_stays_on_sale() -> None:
    assert meant("芒果撤掉", replace(LEADER, own_order={"A": 2})) is None
