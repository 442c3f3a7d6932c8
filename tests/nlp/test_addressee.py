from datetime import UTC, datetime

import pytest

from bot.model import Role
from bot.understanding import Focus, Situation
from nlp.addressee import leaning, to_a_member

SITUATION = Situation(
    now=datetime(2026, 5, 1, 9, tzinfo=UTC),
    member_names=("老郭", "鱼档阿强", "3-502王姐"),
    staff_names=("鱼档阿强",),
)


@pytest.mark.parametrize("text", ["老郭你家狗又叫了?", "王姐 你昨天那锅汤怎么炖的", "@老郭 明天几点出发?"])
def test_what_is_said_to_a_member_by_name(text: str) -> None:
    assert to_a_member(text, asks=True, situation=SITUATION)


@pytest.mark.parametrize(
    "text", ["阿强你家鲈鱼还有吗?", "@鱼档阿强(团长) 几点到", "我家老郭你见到没", "几点能取"]
)
def test_what_the_shop_may_answer(text: str) -> None:
    assert not to_a_member(text, asks=True, situation=SITUATION)


@pytest.mark.parametrize("text", ["这个价算便宜吗各位", "姐妹们,周末去爬山吗", "是吗,那在哪儿拍的"])
def test_the_room_and_whoever_spoke_before_are_not_the_shop(text: str) -> None:
    assert leaning(text, SITUATION) < 0


def test_who_spoke_with_the_shop_may_go_on() -> None:
    talking = Situation(now=SITUATION.now, focus=Focus(skus=("A",)))
    assert leaning("是吗,那几点能取", talking) == 0
    assert leaning("几点能取", SITUATION) == 0


def test_staff_do_not_ask_the_shop() -> None:
    assert leaning("货都到哪了", Situation(now=SITUATION.now, role=Role.LEADER)) < 0
