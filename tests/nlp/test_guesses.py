"""What messages that order nothing are taken for by rules, model, words and situation together."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.model import Role
from bot.understanding import Command, Intent, Situation, Understanding
from nlp.classifier import IntentModel
from nlp.understander import GrammarUnderstander
from shop.catalogue import Catalogue, Sku
from shop.money import Fen

NOW = datetime(2026, 11, 4, 18, tzinfo=UTC)


def _sku(code: str, name: str, unit: str, spec: str = "", *aliases: str) -> Sku:
    return Sku(code=code, name=name, spec=spec, aliases=aliases, unit=unit, price=Fen(3900))


GOODS = Catalogue(
    skus=(
        _sku("A", "水蜜桃", "箱", "", "桃子"),
        _sku("B", "小米椒", "袋"),
        _sku("C", "电热水壶", "台", "", "水壶"),
        _sku("D", "唇釉", "支", "奶茶色"),
        _sku("E", "唇釉", "支", "樱桃红"),
        _sku("F", "手工面", "把", "", "面条"),
    )
)


def understood(
    text: str, *, at_bot: bool = False, arrived: bool = False, leader: bool = False
) -> Understanding:
    """The message in a room whose member has ordered; `arrived`: after the cutoff."""
    situation = Situation(
        now=NOW,
        catalogue=GOODS,
        open=not arrived,
        own_order={"A": 1},
        at_bot=at_bot,
        role=Role.LEADER if leader else Role.MEMBER,
        member_names=("3栋王姐", "团长小芳"),
        staff_names=("团长小芳",),
    )
    return _UNDERSTANDER.understand(text, situation)


_UNDERSTANDER = GrammarUnderstander(classifier=IntentModel.load())


@pytest.mark.parametrize(
    "text",
    [
        "水蜜桃有一箱全黑了 咋办",
        "桃子有一半是烂的 底下那层全湿了",
        "水壶不出水 按了也没反应",
        "水壶盖子是裂的,给我退了吧",
        "面条是馊的,两把都是",
        "小米椒袋子漏气的,全软了",
        "我要的奶茶色,给我的是樱桃红",
        "我要樱桃红,塞给我一支奶茶色",
        "你给我的是小米椒啊,我订的面条",
        "送来的是面条不是小米椒",
        "只给我一把面条,我订的两把啊",
        "面条里还是放辣椒了 孩子辣得直哭",
        "说了不要辣还是放辣了 娃一口没吃",
        "面条少了点东西 里头没有调料包",
        "上回那袋小米椒袋口没封紧 漏了半袋",
        "我的面条呢?袋子里没有",
        "水壶一通电就跳闸,三次了",
        "桃子软趴趴的,捏着出水",
        "面条吃出根头发",
        "早上拿的桃子 到家一看一大半翻白了",
        "上回那袋小米椒一股霉味 全倒了",
        "我格桃子秤头不对 屋里称下来差三两",
    ],
)
def test_goods_that_came_and_are_not_right(text: str) -> None:
    read = understood(text, arrived=True)
    assert (read.intent, read.changes) == (Intent.AFTERSALE, ())


@pytest.mark.parametrize(
    "text",
    [
        "手机屏裂了 修一下要四百",
        "我家冰箱坏了,一冰箱菜全馊了",
        "昨天在超市买的草莓烂了一半",
        "楼上漏水把我家天花板泡了",
        "我妈寄来的橘子路上压坏好几个",
        "我种的薄荷全死了",
        "快递柜又坏了 取不出来",
        "我家娃今天又把碗打碎了",
        "谢谢,桃子很好,一个坏的都没有",
        "上次的桃子一个坏的都没有 好评",
        "热水器不出热水 烦死了",
        "以前买的水壶用半年就漏了",
        "我鞋子开胶了谁有502",
        "面条煮一下午都没煮烂",
        "削桃子皮手痒死了",
    ],
)
@pytest.mark.parametrize("arrived", [False, True])
def test_what_broke_elsewhere_or_did_not_break(text: str, arrived: bool) -> None:
    assert understood(text, arrived=arrived).intent is Intent.CHITCHAT


@pytest.mark.parametrize("text", ["桃子来两箱,别压坏了", "小米椒再来一袋 上次那袋烂了几个也没事"])
def test_wishes_stay_orders_whatever_state_they_speak_of(text: str) -> None:
    assert understood(text).intent is Intent.ORDER


@pytest.mark.parametrize(
    "text",
    [
        "明天下雨吗",
        "今天周几啊",
        "清明放几天假",
        "你几岁了",
        "你会做饭吗",
        "你有鼻子吗",
        "线代第3章怎么学",
        "高考还有几天",
        "三加五等于几",
        "给我唱首歌",
        "英语作文能帮我写吗",
        "截单 谁都别跟我抢桃子",
    ],
)
def test_what_is_said_to_the_bot_for_fun(text: str) -> None:
    read = understood(f"@小团 {text}", at_bot=True)
    assert (read.intent, read.small_talk, read.changes) == (Intent.CHITCHAT, True, ())


@pytest.mark.parametrize("text", ["几号能到", "怎么给钱", "送到寝室不", "货哪天下来咧", "能开发票吗"])
def test_what_the_bot_is_asked_of_the_shop(text: str) -> None:
    assert understood(f"@小团 {text}", at_bot=True).intent is Intent.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "给高三娃补脑子 弄啥好",
        "减肥的能吃哪样",
        "生理期能吃哪个",
        "干皮用哪支唇釉",
        "送婆婆的拿哪样好",
        "老人吃哪个合适",
        "宿舍能用的有啥",
    ],
)
def test_who_wants_to_be_advised(text: str) -> None:
    assert understood(text).intent is Intent.RECOMMEND


@pytest.mark.parametrize("text", ["今晚吃啥", "你喜欢哪个啊", "中午食堂吃什么好", "周末带娃去哪好"])
def test_advice_that_is_asked_of_others(text: str) -> None:
    assert understood(text).intent is not Intent.RECOMMEND


@pytest.mark.parametrize(
    "text",
    ["我总共欠学姐多少", "我欠团长多少", "我是不是还欠钱没给", "我落咗啲乜嘢 睇下先", "我选的哪个色来着"],
)
def test_what_one_owes_and_chose(text: str) -> None:
    assert understood(text).intent is Intent.ORDER_QUERY


class _Unsure:
    """A model that hears a question, and cannot tell which kind."""

    def scores(self, masked: str) -> Mapping[Intent, float]:
        return {Intent.QUESTION: 0.6, Intent.PRODUCT_QUERY: 0.35, Intent.CHITCHAT: 0.05}

    def commands(self, masked: str) -> Mapping[str, float]:
        return {}


@pytest.mark.parametrize("text", ["放冰箱能过夜不", "可以送到寝室门口吗 不想见人", "有筷子的吧"])
def test_who_calls_the_bot_is_never_only_overheard(text: str) -> None:
    situation = Situation(now=NOW, catalogue=GOODS, at_bot=True)
    assert not GrammarUnderstander(classifier=_Unsure()).understand(f"@小团 {text}", situation).overheard


@pytest.mark.parametrize("text", ["放冰箱能过夜不", "可以送到寝室门口吗 不想见人", "有筷子的吧"])
def test_a_question_that_names_nothing_of_the_shop_is_overheard(text: str) -> None:
    read = GrammarUnderstander(classifier=_Unsure()).understand(text, Situation(now=NOW, catalogue=GOODS))
    assert (read.intent, read.overheard) == (Intent.QUESTION, True)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("通知一声:八点以后东门修路 走北门过来取", Command.ANNOUNCE),
        ("跟大家说一声:驿站今天八点关门,早点来", Command.ANNOUNCE),
        ("说一下:水壶厂家缺货,晚两天到", Command.ANNOUNCE),
        ("各位注意:明天上午停电,下午再来取", Command.ANNOUNCE),
        ("单子导一份给我对账", Command.EXPORT),
        ("把订单弄成表格发我", Command.EXPORT),
        ("桃子面条都多少份了 数一下", Command.SUMMARY),
        ("零食到啦 一楼大厅自己认领", Command.ARRIVED),
        ("锅满了 收", Command.CLOSE),
    ],
)
def test_a_leader_may_command_in_free_words(text: str, command: Command) -> None:
    given = understood(text, leader=True).directive
    assert given is not None
    assert given.command is command
    assert understood(text).directive is None


@pytest.mark.parametrize(
    "text",
    [
        "昨天截单截早了,对不住几位",
        "上次导出的表我放抽屉里了",
        "今天到货估计要晚一点哈",
        "别催了 在卤了",
        "明天的桃子还没到货",
        "今天谁也别催我截单 灶上还早着呢",
        "孩子们快开学了 大家收收心",
        "等下要去仓库拉货 路上堵",
    ],
)
def test_what_leaders_tell_is_no_command(text: str) -> None:
    assert understood(text, leader=True).directive is None


def test_goods_that_are_not_on_sale_are_asked_for() -> None:
    read = understood("火龙果有吗")
    assert (read.intent, read.overheard) == (Intent.PRODUCT_QUERY, False)
