from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.quantities import PIECES, numbers, ordinals, quantities

SIMPLIFIED = ("零一二三四五六七八九", "十百千", "万亿")
TRADITIONAL = ("零壹貳叁肆伍陸柒捌玖", "拾佰仟", "萬億")
NUMERALS = st.text(
    st.sampled_from("零一二两三五九十百千万亿点分之又负几多半打俩仨0159.,/^e- 斤箱个"), max_size=24
)


def written(number: int, digits: str, units: str, scales: str) -> str:
    """`number` below 10**12 in Chinese numerals, as a cheque has it."""
    if number == 0:
        return digits[0]
    low = number % 10**4
    parts = [_section(low, digits, units)] if low else []
    for scale in scales:
        number //= 10**4
        if section := number % 10**4:
            gap = digits[0] if parts and low < 10**3 and not parts[0].startswith(digits[0]) else ""
            parts = [_section(section, digits, units), scale, gap, *parts]
        low = section
    return "".join(parts)


def _section(value: int, digits: str, units: str) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text


def read(text: str) -> list[tuple[str, float]]:
    return [(text[start:end], value) for start, end, value in numbers(text)]


def counted(text: str, *units: str) -> list[tuple[str, float, str]]:
    return [(text[each.start : each.end], each.value, each.unit) for each in quantities(text, units)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("七", 7),
        ("十九", 19),
        ("三百零八", 308),
        ("三百八", 380),
        ("六千零七十", 6070),
        ("一百十二", 112),
        ("八万六", 86000),
        ("七亿零九", 700000009),
        ("三萬貳仟", 32000),
        ("三萬億", 3 * 10**12),
        ("6万3千", 63000),
        ("8千零5", 8005),
        ("6萬 4千", 64000),
        ("3.6万", 36000),
        ("1.1亿", 110000000),
        ("半百", 50),
        ("千六", 1600),
        ("负八", -8),
        ("-7.5", -7.5),
        ("两点二五", 2.25),
        ("六点八万", 68000),
        ("８．５", 8.5),
        ("12,500", 12500),
        ("60k", 60000),
        ("3w", 30000),
        ("3e4", 30000),
        ("3^4", 81),
        ("7/8", 0.875),
        ("3 1/4", 3.25),
        ("八分之三", 0.375),
        ("2又4分之1", 2.25),
        ("三十多万", 300000),
        ("两打", 24),
        ("二〇二五", 2025),
        ("一三五零", 1350),
    ],
)
def test_a_number_is_read_whole(text: str, expected: float) -> None:
    assert read(text) == [(text, expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苹果三梨六", [("三", 3), ("六", 6)]),
        ("要一,不要二", [("一", 1), ("二", 2)]),
        ("3,45,678", [("3", 3), ("45,678", 45678)]),
        ("4.5.6", [("4", 4), ("5", 5), ("6", 6)]),
        ("二十 三箱", [("二十", 20), ("三", 3)]),
        ("桃二 十个", [("二", 2), ("十", 10)]),
        ("A1 百合", [("1", 1)]),
        ("苹果2千层1", [("2", 2), ("1", 1)]),
        ("九点三十", [("九", 9), ("三十", 30)]),
        ("百分之三十二", [("三十二", 32)]),
        ("三十几个", [("三十", 30)]),
        ("六块八一个", [("六", 6), ("八", 8), ("一", 1)]),
        ("B3两盒", [("3", 3), ("两", 2)]),
        ("3两虾", [("3", 3)]),
        ("三四个", []),
        ("八折", []),
        ("几十个", []),
        ("3%", []),
        ("第六个", [("六", 6)]),
        ("3/4/5", [("3", 3), ("4", 4), ("5", 5)]),
        ("1/0", [("1", 1), ("0", 0)]),
        ("9^999", [("9", 9), ("999", 999)]),
        ("0^-1", [("0", 0), ("1", 1)]),
        ("1" * 5000, []),
        ("9万" + "亿" * 5000, [("9", 9)]),
        ("", []),
    ],
)
def test_numbers_keep_apart(text: str, expected: list[tuple[str, float]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一起去吧", "等一会儿", "大家统一拿", "三明治", "四季豆", "五谷杂粮", "六神无主", "八宝饭", "百合",
        "十分新鲜", "千万别忘", "万一下雨", "周三送", "星期四到", "礼拜五", "伍经理", "陆路运输", "放肆",
        "拾金不昧", "你俩商量", "一看就甜", "半夜", "半价", "两两一组", "之一", "成千上万", "几十", "壹切",
    ],
)  # fmt: skip
def test_numerals_of_other_words_are_no_numbers(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("葡萄来两串", [("两串", 2, "串")]),
        ("虾3斤,蟹四只", [("3斤", 3, "斤"), ("四只", 4, "只")]),
        ("2.5斤", [("2.5斤", 2.5, "斤")]),
        ("三点五公斤", [("三点五公斤", 3.5, "公斤")]),
        ("4KG", [("4KG", 4, "KG")]),
        ("250 g", [("250 g", 250, "g")]),
        ("2gold", [("2", 2, "")]),
        ("三斤半", [("三斤半", 3.5, "斤")]),
        ("一个半", [("一个半", 1.5, "个")]),
        ("一箱半斤", [("一箱", 1, "箱"), ("半斤", 0.5, "斤")]),
        ("半盒", [("半盒", 0.5, "盒")]),
        ("二两", [("二两", 2, "两")]),
        ("2两", [("2两", 2, "两")]),
        ("四斤三两", [("四斤三两", 4.3, "斤")]),
        ("四斤三盒", [("四斤", 4, "斤"), ("三盒", 3, "盒")]),
        ("一打", [("一打", 1, "打")]),
        ("半打", [("半打", 0.5, "打")]),
        ("两对", [("两对", 2, "对")]),
        ("要俩", [("俩", 2, "")]),
        ("来仨", [("仨", 3, "")]),
        ("俩袋", [("俩袋", 2, "袋")]),
        ("三大箱", [("三大箱", 3, "箱")]),
        ("B3两盒", [("3", 3, ""), ("两盒", 2, "盒")]),
        ("两千克", [("两千克", 2000, "克")]),
        ("四分之一盒", [("四分之一盒", 0.25, "盒")]),
        ("六块八", [("六块八", 6.8, "块")]),
        ("6块8一盒", [("6块8", 6.8, "块"), ("一盒", 1, "盒")]),
        ("六块八一盒", [("六块八", 6.8, "块"), ("一盒", 1, "盒")]),
        ("两块三个", [("两块", 2, "块"), ("三个", 3, "个")]),
        ("￥12.8", [("￥12.8", 12.8, "¥")]),
        ("兩箱", [("兩箱", 2, "箱")]),
        ("两打包", [("两", 2, "")]),
        ("每样一个", [("一个", 1, "个")]),
        ("一样一份", [("一份", 1, "份")]),
        ("+1", [("1", 1, "")]),
        ("2月饼", [("2", 2, "")]),
    ],
)
def test_a_count_has_its_measure_word(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第二箱", "19:30截单", "八点二十", "6点半", "9号楼", "负一楼", "5月6日", "二〇二五年", "3天后",
        "住10来天", "两个月", "三个人", "打八折", "30%", "13800000000", "周三", "星期4", "No.3", "2XL",
        "三十六度", "好几箱", "几十个",
    ],
)  # fmt: skip
def test_places_times_and_names_are_no_counts(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("两三箱", 2, 3),
        ("一两个", 1, 2),
        ("三五斤", 3, 5),
        ("五六十个", 50, 60),
        ("十七八个", 17, 18),
        ("2-3盒", 2, 3),
        ("2~3盒", 2, 3),
        ("两到四盒", 2, 4),
    ],
)
def test_a_range_is_no_single_count(text: str, value: float, upper: float) -> None:
    (each,) = quantities(text)
    assert (text[each.start : each.end], each.value, each.upper) == (text, value, upper)
    assert each.approximate


def test_an_item_before_a_dash_begins_no_range() -> None:
    assert counted("A2-3盒") == [("2", 2, ""), ("3盒", 3, "盒")]


@pytest.mark.parametrize(
    "text",
    ["十来斤", "二十几个", "30多盒", "大概两斤", "两斤左右", "两斤多", "三百多", "十余箱", "差不多5斤"],
)
def test_about_is_said(text: str) -> None:
    (each,) = quantities(text)
    assert each.approximate
    assert each.upper is None


@pytest.mark.parametrize("text", ["两斤", "两斤多少钱", "预约2盒", "来两箱多谢", "加2来斤"])
def test_exact_is_not_called_about(text: str) -> None:
    assert not [each for each in quantities(text) if each.approximate]


def test_a_packed_weight_is_told_from_a_count() -> None:
    spec, count = quantities("3斤装两袋")
    assert (spec.unit, spec.packed) == ("斤", True)
    assert (count.unit, count.packed) == ("袋", False)


def test_the_shop_adds_its_own_measure_words() -> None:
    assert counted("来3礼箱") == [("3", 3, "")]
    assert counted("来3礼箱", "礼箱") == [("3礼箱", 3, "礼箱")]
    assert counted("三号", "号") == [("三号", 3, "号")]


def test_collective_units_say_their_pieces() -> None:
    (each,) = quantities("两打")
    assert each.value * PIECES[each.unit] == 24


def test_ordinals_are_exposed() -> None:
    text = "第二个,第 12 位,三个"
    assert [(text[start:end], value) for start, end, value in ordinals(text)] == [("第二", 2), ("第 12", 12)]


@given(st.integers(0, 10**12 - 1), st.sampled_from([SIMPLIFIED, TRADITIONAL]))
def test_written_integers_are_read_back(number: int, script: tuple[str, str, str]) -> None:
    text = written(number, *script)
    assert read(f"({text})") == [(text, number)]


@given(st.integers(1, 9999), st.sampled_from(["万", "億", "萬", "亿"]), st.integers(0, 9999))
def test_arabic_and_chinese_mix(high: int, scale: str, low: int) -> None:
    text = f"{high}{scale}零{low}" if low else f"{high}{scale}"
    assert read(text) == [(text, high * (10**8 if scale in "億亿" else 10**4) + low)]


@given(st.decimals(0, 10**6, places=2))
def test_decimals_are_read_back(number: object) -> None:
    assert read(f"共{number}斤") == [(str(number), float(str(number)))]


@given(st.text(st.characters()) | NUMERALS)
def test_any_text_is_read_without_error(text: str) -> None:
    for found in (numbers(text), quantities(text), ordinals(text)):
        spans = [(start, end) for start, end, *_ in found]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_quantity_unpacks_into_span_value_and_unit() -> None:
    ((start, end, value, unit),) = quantities("苹果来两箱")
    assert (start, end, value, unit) == (3, 5, 2, "箱")
