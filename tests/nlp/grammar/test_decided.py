"""What others decide, tell or carry: whose word makes an order, and which counts are none."""

import pytest

from bot.understanding import Focus
from tests.nlp.grammar.shop import booked


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("老公说还是三瓶 唉 听他的", ["set E 3"]),
        ("我妈说还是三瓶吧", ["set E 3"]),
        ("家里人说还是五瓶", ["set E 5"]),
        ("我家那位说了,改成三瓶", ["set E 3"]),
        ("媳妇发话了 改四瓶", ["set E 4"]),
        ("孩子他爸非要改成五瓶", ["set E 5"]),
        ("闺女说就要一瓶", ["set E 1"]),
        ("老伴说不要了 家里还有半瓶没用完", ["drop_all "]),
        ("婆婆说不用了", ["drop_all "]),
        ("我爸说取消吧", ["drop_all "]),
        ("老婆说不要了,退了吧", ["drop_all "]),
        ("儿子说墨汁不要了", ["drop E"]),
        ("我老公说少一瓶", ["subtract E 1"]),
        ("奶奶说减一瓶", ["subtract E 1"]),
        ("对象还说不要了 烦死了", []),
        ("我对象说不要了", ["drop_all "]),
        ("老妈说墨汁再来一瓶", ["add E 1"]),
        ("孩子他爸说还是算了 不要了", ["drop_all "]),
        ("我们家那口子说还是三瓶", ["set E 3"]),
    ],
)
def test_the_family_decides_ones_own_order(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"E": 2}, focus=Focus(skus=("E",))) == changes


@pytest.mark.parametrize(
    "text",
    [
        "她老公说不要了",
        "王姐老公说还是三瓶",
        "小雨妈妈说不要了",
        "同事说还是三瓶划算",
        "你老公说三瓶",
        "他媳妇说要五瓶",
        "老公说还是三瓶?",
        "老公说以前三瓶才够",
        "我妈说上次三瓶没用完",
        "老公说不要吃那么咸",
        "孩子说不要送",
        "老婆说三瓶太多了",
        "我爸说他们那会儿三瓶用一年",
        "邻居说还是三瓶好",
        "楼上说不要了",
        "老公说墨汁不错",
        "我妈说墨汁贵",
    ],
)
def test_what_others_say_of_theirs_orders_nothing(text: str) -> None:
    assert booked(text, own_order={"E": 2}, focus=Focus(skus=("E",))) == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("行吧有诚意 再给我们部门拿四瓶", 4),
        ("算你会做生意 给我们班拿两瓶", 2),
        ("我们办公室要三瓶", 3),
        ("我们宿舍也来两瓶", 2),
        ("领导请客 帮我们科室订六瓶", 6),
        ("冲你这态度 再给我们组加两瓶", 2),
        ("给我们店里留五瓶", 5),
        ("咱单位再来两瓶", 2),
        ("我们公司一共要八瓶", 8),
        ("我们车间来三瓶吧", 3),
    ],
)
def test_a_wish_for_ones_people(text: str, units: int) -> None:
    assert [change.split()[-1] for change in booked(text, focus=Focus(skus=("E",)))] == [str(units)]


@pytest.mark.parametrize(
    "text",
    [
        "墨汁我先搬20瓶到架子上",
        "老宋那5瓶墨汁我给他搬上去了 他家在贴瓷砖",
        "辛苦小蒋 20瓶墨汁给我扛到六楼",
        "我三盒毛笔拎不动啊 给送上楼不",
        "两箱墨汁我帮你抬进去",
        "那两瓶墨汁我给你放门口了",
        "这5盒毛笔先搬到阳台去",
        "我去抬三盒毛笔过来",
        "咱先搬10瓶墨汁进屋",
        "她那3瓶墨汁我顺手提上来了",
        "5盒毛笔他一个人扛上去的",
        "我们搬两盒毛笔过去给老师看看",
        "三袋乌龙茶我一个人提不动",
        "我两瓶墨汁端不下了",
        "两盒毛笔抬到楼上啦",
        "谁帮我把3瓶墨汁搬到四楼",
        "6瓶墨汁太沉了搬不动",
        "剩下的3盒毛笔我放到传达室了",
        "你家2瓶墨汁我提回来了",
    ],
)
def test_what_is_carried_is_there_already(text: str) -> None:
    assert booked(text) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("给我搬两箱墨汁", []),
        ("墨汁搬两瓶", ["add E 2"]),
        ("毛笔扛两盒走", ["add F 2"]),
        ("来三盒毛笔 我拎不动 帮我送上楼", ["add F 3"]),
        ("来两瓶墨汁帮我搬到六楼", ["add E 2"]),
        ("墨汁还是两瓶吧四瓶提不动", ["add E 2"]),
        ("太沉提不动 来一瓶墨汁就行", ["add E 1"]),
        ("我要3盒毛笔 到时候老公来扛", ["add F 3"]),
        ("墨汁两瓶 放到门口", ["add E 2"]),
        ("再来两盒毛笔 搬到车上就行", ["add F 2"]),
    ],
)
def test_verbs_of_carrying_that_take_goods(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁来一瓶不要袋子", ["add E 1"]),
        ("来一盒毛笔不要盒子", ["add F 1"]),
        ("墨汁一瓶不要发票", ["add E 1"]),
        ("墨汁来一瓶不用包装了", ["add E 1"]),
        ("墨汁来一瓶不用袋子装", ["add E 1"]),
        ("花茶一罐不要送到门口", ["add D 1"]),
        ("墨汁来一瓶不要太浓的", ["add E 1"]),
        ("花茶来一罐不要香精的", ["add D 1"]),
        ("毛笔两盒不要掉毛的", ["add F 2"]),
        ("花茶来两罐不要碎末", ["add D 2"]),
        ("墨汁一瓶 不要袋子", ["add E 1"]),
        ("毛笔来一盒不要忘了", ["add F 1"]),
        ("墨汁来两瓶不要搞错了", ["add E 2"]),
        ("花茶来两罐不要白不要", ["add D 2"]),
        ("墨汁来一瓶不要了", []),
        ("墨汁两瓶不要", []),
        ("毛笔来一盒 墨汁不要了", ["add F 1"]),
    ],
)
def test_what_is_unwanted_with_the_goods(text: str, changes: list[str]) -> None:
    assert [change for change in booked(text) if not change.startswith("drop")] == changes


@pytest.mark.parametrize(
    "text",
    [
        "那年头一家一个月就半斤花茶",
        "我们小时候墨汁一瓶用三年",
        "早年花茶五两换两尺布",
        "凭票那会儿 花茶一人就二两 哪像现在",
        "从前一罐花茶能喝半年",
        "当年我一口气写完三瓶墨汁",
        "解放前哪喝得起花茶两罐",
        "年轻时我一天能喝三罐花茶",
        "想当初墨汁两瓶换一支毛笔",
        "我小时候花茶一罐三毛",
        "旧社会花茶两罐顶一担米",
        "那会儿毛笔要两盒得托关系",
    ],
)
def test_tales_of_old_times(text: str) -> None:
    assert booked(text, own_order={"D": 1, "E": 2}) == []


@pytest.mark.parametrize(
    "text", ["现在条件好了 花茶来两罐", "小时候喝不起 现在来两罐花茶", "从前舍不得 这回花茶要两罐"]
)
def test_what_is_wanted_now(text: str) -> None:
    assert booked(text) == ["add D 2"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("我那个大号的别要了我量了一下书架塞不进去", ["drop A"]),
        ("墨汁帮我退了吧我妈已经买了三瓶", ["drop E"]),
        ("毛笔不用给我了我在学校领到两盒", ["drop F"]),
        ("我的墨汁不要了昨天翻柜子发现还有四瓶", ["drop E"]),
        ("那个毛笔我不要了孩子学校发了", ["drop F"]),
        ("墨汁取消哈家里还有大半瓶", ["drop E"]),
        ("墨汁我就不要了啊上次的还没用完", ["drop E"]),
        ("大号本子撤了吧太大了包里装不下", ["drop A"]),
        ("毛笔别给我留了我男人说用不上", ["drop F"]),
        ("退了毛笔吧买重了", ["drop F"]),
        ("毛笔退一盒吧买多了用不完", ["subtract F 1"]),
        ("墨汁都退了吧", ["drop E"]),
        ("把墨汁给我去掉吧 我老公不让", ["drop E"]),
        ("团长墨汁算了不要了太贵", ["drop E"]),
        ("我那两瓶墨汁不要了我拿手电一照里面有渣", ["drop E"]),
    ],
)
def test_taken_back_with_a_reason_in_one_breath(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"A": 1, "E": 2, "F": 3}) == changes
