"""The steps in which an answer is found, and who may get it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot import documents
from bot.model import Role
from bot.understanding import FaqMatch
from nlp.faq.entries import entries_of
from nlp.faq.index import FaqIndex
from nlp.faq.meaning import Limits, decide

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
FILE = """
- {id: hours, q: [几点开门, 开门时间], a: 九点。}
- {id: human, q: 转人工, a: 喊团长了。, handoff: true, cooldown: 0,
   keywords: {any: [真人, 活人], none: [不要]}}
- {id: number, q: 尾号查询, a: 在查。, regex: '尾号\\s*[0-9]{4}'}
- {id: slow, q: 很慢的那种, a: 慢。, regex: '(a+)+$'}
- {id: staff, q: 对账表在哪, a: 在后台。, scope: {role: leader}}
- {id: here, q: 电梯卡怎么办理, a: 找物业。, scope: {rooms: [r7]}}
- {id: barred, q: 能刷卡吗, a: 可以。, must_not_match: 交通卡}
- {id: stopped, q: 停车收费吗, a: 不收。, enabled: false}
"""


class Scripted:
    """A meaning that says what it is told."""

    def __init__(self, *ranked: tuple[str, float]) -> None:
        self.limits = Limits(answer=0.6, margin=0.2, suggest=0.3)
        self._ranked = ranked

    def ranked(self, text: str) -> Sequence[tuple[str, float]]:
        return self._ranked


def ask(text: str, *ranked: tuple[str, float], room: str = "r1", role: Role = Role.MEMBER) -> FaqMatch:
    index = FaqIndex(entries_of(documents.parse(FILE, "faq.yaml")).entries, Scripted(*ranked))
    return index.find(text, room=room, role=role, now=NOW)


@pytest.mark.parametrize(
    ("text", "entry", "rule"),
    [
        ("几点 开门??", "hours", "exact"),
        ("幾點開門", "hours", "exact"),
        ("我想找个真人聊", "human", "keywords"),
        ("不要真人", "", "miss"),
        ("我的尾号 1234 到了没", "number", "pattern"),
        ("a" * 60 + "!", "", "miss"),
        ("停车收费吗", "", "miss"),
        ("", "", "miss"),
    ],
)
def test_the_first_step_that_matches_decides(text: str, entry: str, rule: str) -> None:
    match = ask(text)
    assert (match.entry, match.rule) == (entry, rule)


@pytest.mark.parametrize(
    ("scores", "entry", "rule"),
    [
        ((0.9, 0.1), "hours", "meaning"),
        ((0.9, 0.8), "", "suggest"),
        ((0.5, 0.1), "", "suggest"),
        ((0.2, 0.1), "", "miss"),
    ],
)
def test_two_thresholds_and_a_margin_turn_scores_into_an_answer(
    scores: tuple[float, float], entry: str, rule: str
) -> None:
    match = ask("随便问问", ("hours", scores[0]), ("number", scores[1]))
    assert (match.entry, match.rule) == (entry, rule)
    assert [name for name, _ in match.candidates] == ["hours", "number"]


def test_nothing_ranked_is_a_miss() -> None:
    assert decide([], Limits(answer=0.5, margin=0.1, suggest=0.1)) == "miss"


def test_an_entry_for_leaders_is_not_given_to_members() -> None:
    assert ask("对账表在哪").entry == ""
    assert ask("对账表在哪", role=Role.LEADER).entry == "staff"


def test_an_entry_of_a_room_stays_there() -> None:
    assert ask("电梯卡怎么办理").entry == ""
    assert ask("电梯卡怎么办理", room="r7").entry == "here"


def test_what_must_not_match_bars_the_entry_from_every_step() -> None:
    assert ask("能刷卡吗").entry == "barred"
    assert ask("能刷交通卡吗", ("barred", 0.99)).entry == ""


def test_the_match_carries_what_the_handler_needs() -> None:
    match = ask("转人工")
    assert (match.answer, match.handoff, match.cooldown) == ("喊团长了。", True, 0)
