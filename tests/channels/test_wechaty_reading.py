"""Texts of WeChat's own making, and what is remembered of a conversation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels._backoff import Backoff
from bot.channels._hearing import Hearing
from bot.channels._wechaty import appmsg
from bot.channels._wechaty.quoted import Quoted, quoted
from bot.channels._wechaty.recent import CONVERSATIONS, MESSAGES, Line, Recent
from bot.model import Quote, RosterEntry

HYPHENS = "- - - - - - - - - - - - - - -"


def app_message(kind: int, title: str, more: str = "") -> str:
    inside = f"<title>{title}</title><type>{kind}</type>{more}"
    return f'<?xml version="1.0"?>\n<msg><appmsg appid="">{inside}</appmsg></msg>'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"「王姐：苹果还有吗」\n{HYPHENS}\n有的", ("王姐", "苹果还有吗", "有的")),
        (f"「王姐: 两行\n的话」\n{HYPHENS}\n好\n谢谢", ("王姐", "两行\n的话", "好\n谢谢")),
        (f"「A：「B：x」\n{HYPHENS}\ny」\n{HYPHENS}\nz", ("A", f"「B：x」\n{HYPHENS}\ny", "z")),
        ("「王姐：A」\n------------\n+1", ("王姐", "A", "+1")),
        (f"「王姐：」\n{HYPHENS}\n+1", ("王姐", "", "+1")),
    ],
)
def test_a_quote_is_taken_apart(text: str, parts: tuple[str, str, str]) -> None:
    assert quoted(text) == Quoted(name=parts[0], text=parts[1], reply=parts[2])


@pytest.mark.parametrize(
    "text",
    [
        "「好吃」",
        "「王姐：好」 我也要",
        f"没有名字」\n{HYPHENS}\n好",
        f"「没有冒号」\n{HYPHENS}\n好",
        "「王姐：A」\n--\nB",
        "",
    ],
)
def test_what_only_looks_like_a_quote_stays(text: str) -> None:
    assert quoted(text) is None


def test_a_raw_quote_tells_its_message() -> None:
    inside = "<type>1</type><svrid>77</svrid><displayname>王姐</displayname><content>苹果&lt;大&gt;</content>"
    message = appmsg.read(app_message(57, "我也要", f"<refermsg>{inside}</refermsg>"))
    assert (message.text, message.quote) == (
        "我也要",
        Quote(message_id="77", text="苹果<大>", sender_name="王姐"),
    )


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        (3, "&lt;msg/&gt;", "[图片]"),
        (
            49,
            "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;#接龙&lt;/title&gt;&lt;type&gt;53&lt;/type&gt;&lt;/appmsg&gt;&lt;/msg&gt;",
            "#接龙",
        ),
        (99, "x", ""),
    ],
)
def test_a_raw_quote_of_what_is_no_text(kind: int, content: str, text: str) -> None:
    refer = f"<refermsg><type>{kind}</type><svrid>7</svrid><content>{content}</content></refermsg>"
    quote = appmsg.read(app_message(57, "好", refer)).quote
    assert quote is not None
    assert quote.text == text


def test_a_roster_without_some_of_its_parts() -> None:
    info = (
        "<solitaire><tt>0-5</tt><content><s>3</s><i><u>a</u><t>x</t><r>8-4</r></i>"
        "<i><u>b</u><r>-4</r></i><i><u>c</u><t>99999999999</t><r>20-0</r></i></content></solitaire>"
    )
    text = app_message(53, "#接龙", f"<extinfo><solitaire_info><![CDATA[{info}]]></solitaire_info></extinfo>")
    roster = appmsg.read("wxid_a:\n" + text).roster
    assert roster is not None
    assert roster.sid == ""
    assert roster.entries == (
        RosterEntry(sender_id="a", span=(8, 12)),
        RosterEntry(sender_id="c", span=(20, 20)),
    )


@pytest.mark.parametrize("info", ["", "<solitaire>", "&amp;"])
def test_a_list_without_readable_roster_keeps_its_text(info: str) -> None:
    text = app_message(
        53,
        "#接龙",
        f"<extinfo><solitaire_info>{info}</solitaire_info></extinfo>" if info != "<solitaire>" else "",
    )
    message = appmsg.read(text)
    assert (message.text, message.roster) == ("#接龙", None)


@pytest.mark.parametrize(
    "text",
    [
        "<msg><appmsg><title>x</title>",
        app_message(5, "链接卡片"),
        app_message(53, "&e;").replace("<msg>", '<!DOCTYPE m [<!ENTITY e "ha">]><msg>'),
        "<msg><img/></msg>",
    ],
)
def test_xml_without_use_is_empty(text: str) -> None:
    assert appmsg.is_xml(text)
    assert appmsg.read(text) == appmsg.AppMessage()


@pytest.mark.parametrize("text", ["苹果<大>2", "a: b", "<3 喜欢", "msg", ""])
def test_words_are_no_xml(text: str) -> None:
    assert not appmsg.is_xml(text)


def line(number: int, text: str, name: str = "王姐") -> Line:
    return Line(id=f"m{number}", sender_id=f"wx_{name}", sender_name=name, text=text)


def test_a_quoted_message_is_the_latest_of_its_text_and_best_of_its_name() -> None:
    recent = Recent()
    for number, name in enumerate(("王姐", "豆豆妈", "王姐", "豆豆妈")):
        recent.add("r", line(number, "苹果一箱", name))
    recent.add("elsewhere", line(9, "苹果一箱"))
    found = [recent.quoted("r", name, " 苹果一箱\n") for name in ("王姐", "豆豆妈", "备注名")]
    assert [one and one.id for one in found] == ["m2", "m3", "m3"]
    assert recent.quoted("r", "王姐", "苹果") is None
    assert recent.quoted("r", "王姐", "") is None


def test_a_cut_off_quote_is_found_by_its_beginning() -> None:
    recent = Recent()
    recent.add("r", line(1, "今晚的苹果特别甜，两箱起送"))
    found = recent.quoted("r", "王姐", "今晚的苹果…")
    assert found is not None
    assert recent.quoted("r", "王姐", "…") is None


def test_memory_is_bounded() -> None:
    recent = Recent()
    for number in range(MESSAGES + 1):
        recent.add("r", line(number, f"第{number}条"))
    assert recent.quoted("r", "", "第0条") is None
    assert recent.quoted("r", "", "第1条") is not None
    for number in range(CONVERSATIONS):
        recent.add(f"r{number}", line(number, "好"))
    assert recent.id_of("r", "王姐") == ""
    assert recent.id_of("r0", "王姐") == "wx_王姐"


def test_pauses_double_and_begin_anew() -> None:
    backoff = Backoff(first=1, longest=5)
    assert [backoff.pause() for _ in range(5)] == [1, 2, 4, 5, 5]
    backoff.reset()
    assert backoff.pause() == 1


@pytest.mark.parametrize(
    "note", ["", "{}", "[]", '{"account": "a", "until": "gestern"}', '{"account": "a", "until": 3}']
)
async def test_a_damaged_note_means_no_gap(tmp_path: Path, note: str) -> None:
    file = tmp_path / "heard.json"
    file.write_text(note)
    hearing = Hearing(channel="wechaty", file=file)
    await hearing.begin("a")
    assert hearing._gaps.empty()


async def test_another_account_has_no_gap_and_a_clock_set_back_no_negative_one(tmp_path: Path) -> None:
    file = tmp_path / "heard.json"
    file.write_text('{"account": "a", "until": "2999-01-01T00:00:00+00:00"}')
    other, same = (Hearing(channel="wechaty", file=file) for _ in range(2))
    await other.begin("b")
    assert other._gaps.empty()
    await same.begin("a")
    gap = await anext(same.gaps())
    assert gap.since == gap.until <= datetime.now(UTC)
