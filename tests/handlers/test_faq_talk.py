"""Questions to the FAQ in a room: answers, suggestions, misses, the leader, 有用 and 没用."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.model import FaqVersion, Role
from bot.understanding import Asked, Command, Directive, FaqMatch, Intent, Understanding
from shop.inquiry import EntryUse, Unanswered
from shop.review import ReviewKind
from tests.handlers.talking import LEADER, NOON, ROOM, Talk, meaning

PICKUP = FaqMatch(entry="pickup", score=0.9, rule="exact", answer="周四四点后来取。", cooldown=60)
NEAR = FaqMatch(
    entry="",
    score=0.4,
    rule="suggest",
    candidates=(("invoice", 0.4), ("receipt", 0.3)),
    suggested=(("invoice", "能开发票吗"), ("receipt", "有小票吗")),
)
ANSWERED = meaning(Intent.FAQ, faq=PICKUP)
UNKNOWN = meaning(Intent.QUESTION)


def said(command: Command, **given: object) -> Understanding:
    return meaning(Intent.CHITCHAT, directive=Directive(command=command, **given))  # type: ignore[arg-type]  # a directive's fields


async def uses(talk: Talk) -> Sequence[EntryUse]:
    async with talk.database.unit_of_work() as store:
        return await store.inquiries.uses()


async def unanswered(talk: Talk) -> Sequence[Unanswered]:
    async with talk.database.unit_of_work() as store:
        return await store.inquiries.unanswered(NOON - timedelta(days=1))


def asked_before(talk: Talk) -> Asked | None:
    return talk.script.situations[-1].asked


class TestCooldown:
    async def test_the_entry_answers_once_within_its_cooldown(self, talk: Talk) -> None:
        assert await talk.says("王姐", "几点能取", ANSWERED) == ["周四四点后来取。"]
        assert await talk.says("李哥", "几点能取", ANSWERED) == ["刚在上面说过啦，往上翻一下哈~"]
        assert await talk.says("王姐", "几点能取?", ANSWERED) == []
        assert await talk.says("王姐", "几点能取", ANSWERED, at_bot=True) == ["周四四点后来取。"]
        talk.clock.set(talk.clock.now() + timedelta(minutes=2))
        assert await talk.says("李哥", "几点能取", ANSWERED) == ["周四四点后来取。"]

    async def test_what_differs_by_person_is_told_to_each(self, talk: Talk) -> None:
        own = FaqMatch(entry="own", score=1.0, rule="exact", answer="你订了{my_order|还没有}。", cooldown=60)
        asked = meaning(Intent.FAQ, faq=own)
        assert await talk.says("王姐", "我订了啥", asked) == ["你订了还没有。"]
        assert await talk.says("李哥", "我订了啥", asked) == ["你订了还没有。"]
        assert await talk.says("李哥", "我订了啥", asked) == []

    async def test_no_cooldown_answers_every_time(self, talk: Talk) -> None:
        always = meaning(
            Intent.FAQ, faq=FaqMatch(entry="x", score=1.0, rule="exact", answer="好。", cooldown=0)
        )
        for name in ("王姐", "王姐", "李哥"):
            assert await talk.says(name, "在吗", always) == ["好。"]


class TestSuggestions:
    async def test_are_numbered_and_the_number_is_remembered(self, talk: Talk) -> None:
        (text,) = await talk.says("王姐", "@小团 发票", meaning(Intent.QUESTION, faq=NEAR), at_bot=True)
        assert text == "您是不是想问：\n1. 能开发票吗\n2. 有小票吗\n回数字就行，都不是就回“都不是”。"
        await talk.says("王姐", "嗯")
        asked = asked_before(talk)
        assert asked is not None
        assert asked.suggested == ("invoice", "receipt")
        await talk.says("李哥", "1")
        assert asked_before(talk) is None

    async def test_are_kept_from_the_group_unless_the_bot_was_asked(self, talk: Talk) -> None:
        assert await talk.says("王姐", "发票咋弄", meaning(Intent.QUESTION, faq=NEAR)) == []
        assert await uses(talk) == [EntryUse(entry="invoice", misses=1)]

    async def test_none_of_them_goes_to_the_leader_with_the_question(self, talk: Talk) -> None:
        await talk.says("王姐", "@小团 发票抬头能改吗", meaning(Intent.QUESTION, faq=NEAR), at_bot=True)
        none = meaning(Intent.QUESTION, faq=FaqMatch(entry="", score=0, rule="none-of-these"), answering=True)
        replies = await talk.replies("王姐", "都不是", none)
        assert [reply.to for reply in replies] == ["王姐", LEADER]
        assert replies[1].text == "王姐在问：“发票抬头能改吗”"
        assert [item.text for item in await talk.reviews()] == ["发票抬头能改吗"]


class TestMisses:
    async def test_two_in_a_row_go_to_the_leader(self, talk: Talk) -> None:
        assert await talk.says("王姐", "能开发票吗", UNKNOWN) == []
        (text,) = await talk.says("王姐", "@小团 能开发票吗", UNKNOWN, at_bot=True)
        assert "人工" in text
        assert await talk.reviews() == []
        replies = await talk.replies("王姐", "@小团 抬头写公司行不", UNKNOWN, at_bot=True)
        assert [reply.to for reply in replies] == ["王姐", LEADER]
        assert "转给团长" in replies[0].text
        assert [(item.kind, item.text) for item in await talk.reviews()] == [
            (ReviewKind.QUESTION, "能开发票吗；@小团 抬头写公司行不")
        ]

    async def test_an_answer_in_between_begins_anew(self, talk: Talk) -> None:
        await talk.says("王姐", "@小团 能开发票吗", UNKNOWN, at_bot=True)
        await talk.says("王姐", "几点能取", ANSWERED)
        await talk.says("王姐", "@小团 能开收据吗", UNKNOWN, at_bot=True)
        assert await talk.reviews() == []

    async def test_are_kept_without_names_and_numbers(self, talk: Talk) -> None:
        await talk.says("小雨妈妈", "大家好")
        await talk.says("王姐", "小雨妈妈那份能放5栋302吗 我电话13800001234", UNKNOWN)
        assert [one.text for one in await unanswered(talk)] == ["***那份能放***吗 我电话***"]


class TestHuman:
    async def test_the_leader_gets_the_question_asked_before(self, talk: Talk) -> None:
        await talk.says("王姐", "@小团 能开发票吗", UNKNOWN, at_bot=True)
        replies = await talk.replies("王姐", "人工", said(Command.HUMAN))
        assert [reply.to for reply in replies] == ["王姐", LEADER]
        assert [item.text for item in await talk.reviews()] == ["能开发票吗"]

    async def test_who_asks_nothing_is_looking_for_the_leader(self, talk: Talk) -> None:
        replies = await talk.replies("王姐", "人工", said(Command.HUMAN))
        assert [reply.text for reply in replies[1:]] == ["王姐在找你。"]
        assert [item.text for item in await talk.reviews()] == ["人工"]

    async def test_an_entry_that_hands_over_calls_the_leader_too(self, talk: Talk) -> None:
        given = FaqMatch(entry="h", score=1.0, rule="exact", answer="喊团长了。", cooldown=0, handoff=True)
        replies = await talk.replies("王姐", "冰箱坏了", meaning(Intent.FAQ, faq=given))
        assert [(reply.to, reply.text) for reply in replies] == [
            ("王姐", "喊团长了。"),
            (LEADER, "王姐在问：“冰箱坏了”"),
        ]


class TestFeedback:
    async def test_is_counted_for_the_entry_that_answered(self, talk: Talk) -> None:
        await talk.says("王姐", "几点能取", ANSWERED)
        assert await talk.says("王姐", "有用", said(Command.HELPFUL)) == []
        await talk.says("李哥", "取货的秤准吗", ANSWERED, at_bot=True)
        (text,) = await talk.says("李哥", "没用", said(Command.UNHELPFUL))
        assert "人工" in text
        (use,) = await uses(talk)
        assert (use.entry, use.hits, use.useful, use.useless) == ("pickup", 2, 1, 1)
        assert [(one.text, one.entry) for one in await unanswered(talk)] == [("取货的秤准吗", "pickup")]


class Keeper:
    """Three versions, and what was rolled back to."""

    def __init__(self) -> None:
        self.done: list[tuple[int, str]] = []

    def versions(self) -> Sequence[FaqVersion]:
        changes = ("", "新增1（pay）", "修改1（pay）")
        return [
            FaqVersion(id=number, time=datetime.fromisoformat("2026-03-01T12:00:00+08:00"), difference=change)
            for number, change in enumerate(changes, 1)
        ]

    def roll_back(self, number: int, author: str) -> None:
        self.done.append((number, author))


class TestRollback:
    @pytest.fixture
    def keeper(self, talk: Talk) -> Keeper:
        keeper = Keeper()
        talk._dispatcher._faq = keeper
        return keeper

    async def test_asks_once_and_goes_back_to_the_version_asked_about(
        self, talk: Talk, keeper: Keeper
    ) -> None:
        (text,) = await talk.leads("回滚FAQ", Command.FAQ_ROLLBACK)
        assert text == (
            "要把 FAQ 从第3版换回第2版（03-01 12:00）吗？第3版的改动是：修改1（pay）。确定请回“是”。"
        )
        assert keeper.done == []
        (text,) = await talk.says(LEADER, "是")
        assert "第2版" in text
        assert keeper.done == [(2, LEADER)]

    @pytest.mark.parametrize(("number", "said"), [(9, "没有第9版，现在有第1到第3版。"), (0, "没有第0版")])
    async def test_a_version_that_never_was(self, talk: Talk, keeper: Keeper, number: int, said: str) -> None:
        (text,) = await talk.leads("回滚FAQ", Command.FAQ_ROLLBACK, quantity=number)
        assert text.startswith(said)

    async def test_is_not_for_helpers(self, talk: Talk, keeper: Keeper) -> None:
        async with talk.database.unit_of_work() as store:
            await store.members.grant(ROOM.channel, ROOM.room, "wx_小帮", Role.HELPER)
            await store.commit()
        command = meaning(Intent.ADMIN, directive=Directive(command=Command.FAQ_ROLLBACK))
        assert await talk.says("小帮", "回滚FAQ", command) == ["这个要团长来操作哦。"]

    async def test_without_files_there_is_nothing_to_go_back_to(self, talk: Talk) -> None:
        assert await talk.leads("回滚FAQ", Command.FAQ_ROLLBACK) == ["FAQ 还没有更早的版本可以回滚。"]
