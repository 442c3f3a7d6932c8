"""What is left of a question when it is stored."""

import pytest

from shop.privacy import masked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@小团 能开发票吗", "能开发票吗"),
        ("电话13800001234打不通", "电话***打不通"),
        ("138 0000 1234能改吗", "***能改吗"),
        ("5栋2单元301能送上楼吗", "***能送上楼吗"),
        ("3-502可以放门口吗", "***可以放门口吗"),
        ("加微信 wxid_abc12345 行吗", "加微信*** 行吗"),
        ("发我邮箱 a.b@example.com 可以吗", "发我邮箱 *** 可以吗"),
        ("满100包邮吗,2箱呢", "满100包邮吗,2箱呢"),
        ("两\n行", "两 行"),
    ],
)
def test_what_leads_to_somebody_is_hidden_and_the_question_stays(text: str, left: str) -> None:
    assert masked(text) == left


def test_names_of_the_room_are_hidden_the_longest_first() -> None:
    assert masked("小雨妈妈的那份小雨能拿吗", ["小雨", "小雨妈妈", "吗"]) == "***的那份***能拿吗"
