"""Rules for intents that order nothing: what they know, and what they must leave alone."""

from datetime import UTC, datetime

import pytest

from bot.understanding import Aspect, Intent, Situation
from nlp.asking import asks
from nlp.intents import SURE, by_rules
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from tests.nlp.shops import catalogue

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def verdict(
    text: str, *, at_bot: bool = False, names: tuple[str, ...] = ()
) -> tuple[Intent, Aspect | None] | None:
    """Intent and aspect of the sure rule that holds, in the test shop."""
    normalised = normalise(text)
    mentions = Lexicon.of(catalogue()).mentions(normalised.text)
    situation = Situation(now=NOW, catalogue=catalogue(), at_bot=at_bot, member_names=names)
    found = by_rules(normalised, mentions, situation)
    return (found[0], found[3]) if found is not None and found[1] >= SURE else None


@pytest.mark.parametrize(
    ("text", "intent", "aspect"),
    [
        ("签到", Intent.CHECKIN, None),
        ("早上好 打卡[太阳]", Intent.CHECKIN, None),
        ("我有多少积分", Intent.POINTS_QUERY, None),
        ("看看排行榜", Intent.POINTS_QUERY, None),
        ("用200积分换饺子", Intent.REDEEM, None),
        ("有什么推荐的", Intent.RECOMMEND, None),
        ("我订了什么", Intent.ORDER_QUERY, Aspect.CONTENT),
        ("我一共多少钱", Intent.ORDER_QUERY, Aspect.TOTAL),
        ("我的饺子到了吗", Intent.ORDER_QUERY, Aspect.ARRIVAL),
        ("饺子多少钱一袋", Intent.PRODUCT_QUERY, Aspect.PRICE),
        ("手套还有吗", Intent.PRODUCT_QUERY, Aspect.STOCK),
        ("今天有什么", Intent.PRODUCT_QUERY, Aspect.RANGE),
        ("几点能取货", Intent.QUESTION, None),
        ("可以微信付款吗", Intent.QUESTION, None),
        ("饺子皮破了3个", Intent.AFTERSALE, None),
        ("谢谢团长", Intent.CHITCHAT, None),
        ("[捂脸][捂脸]", Intent.CHITCHAT, None),
    ],
)
def test_plain_signs(text: str, intent: Intent, aspect: Aspect | None) -> None:
    assert verdict(text) == (intent, aspect)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("公司打卡机又坏了", Intent.CHECKIN),
        ("信用卡积分换了个水壶", Intent.REDEEM),
        ("谢谢推荐 真好吃", Intent.RECOMMEND),
        ("超市的饺子多少钱一袋来着", Intent.PRODUCT_QUERY),
        ("昨天那袋饺子坏了我扔了", Intent.AFTERSALE),
        ("手套破了能换吗", Intent.AFTERSALE),
        ("我女儿想要什么都给买", Intent.ORDER_QUERY),
    ],
)
def test_talk_and_questions_with_the_same_words_are_left_alone(text: str, intent: Intent) -> None:
    assert (verdict(text) or (None, None))[0] is not intent


def test_what_members_tell_each_other_is_talk_unless_the_bot_is_meant() -> None:
    assert verdict("@老李 你的饺子到了吗", names=("老李",)) == (Intent.CHITCHAT, None)
    assert verdict("@小团 我的饺子到了吗", at_bot=True) == (Intent.ORDER_QUERY, Aspect.ARRIVAL)


@pytest.mark.parametrize(
    "text", ["甜不甜", "多少钱", "有冇货", "还有没有", "能不能退", "到了没", "几点", "好吃吗"]
)
def test_questions_are_known(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["饺子两袋", "谢谢", "要那么大的", "来一份吧", "没事"])
def test_statements_are_no_questions(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "饺子订4给3",
        "我订了3袋 只给2袋",
        "只拿到2袋 少一袋",
        "手套有一双是破的",
        "饺子数了一遍才18个",
        "饺子收到的是馄饨",
        "袋口没封住 漏了一地",
        "上一批饺子有股怪味 能退不",
    ],
)
def test_what_is_wrong_with_the_goods_is_a_complaint(text: str) -> None:
    assert verdict(text) == (Intent.AFTERSALE, None)


@pytest.mark.parametrize(
    "text", ["饺子会不会压烂", "我家水管漏了一地", "打卡断了3天", "超市的饺子有一袋是破的", "饺子买4送1"]
)
def test_what_happens_elsewhere_is_none(text: str) -> None:
    assert (verdict(text) or (None, None))[0] is not Intent.AFTERSALE


@pytest.mark.parametrize(
    ("text", "intent", "aspect"),
    [
        ("我现在都要了些啥", Intent.ORDER_QUERY, Aspect.CONTENT),
        ("饺子我订了一袋还是两袋来着", Intent.ORDER_QUERY, Aspect.CONTENT),
        ("我的单子念一下", Intent.ORDER_QUERY, Aspect.CONTENT),
        ("我一共花了多少", Intent.ORDER_QUERY, Aspect.TOTAL),
        ("看看我多少钱", Intent.ORDER_QUERY, Aspect.TOTAL),
        ("送朋友拿哪款好", Intent.RECOMMEND, None),
        ("有什么适合老人的", Intent.RECOMMEND, None),
        ("攒了几分了", Intent.POINTS_QUERY, None),
    ],
)
def test_own_orders_advice_and_points_in_other_words(
    text: str, intent: Intent, aspect: Aspect | None
) -> None:
    assert verdict(text) == (intent, aspect)
