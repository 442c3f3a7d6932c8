"""What `faq check` finds, and the tests that stand in the files."""

from datetime import UTC, datetime

import pytest

from bot import documents
from nlp.faq.entries import entries_of
from nlp.faq.index import FaqIndex
from nlp.faq.lint import Finding, lint
from nlp.faq.trials import failures

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
GOOD = "- {id: hours, q: 几点开门, a: 九点。}\n"


def findings(text: str) -> tuple[Finding, ...]:
    entries = entries_of(documents.parse(text, "faq.yaml"))
    return lint(entries, FaqIndex(entries.entries), NOW)


def test_good_entries_have_no_findings() -> None:
    assert findings(GOOD + "- {id: pay, q: 怎么付款, a: '扫码,{cutoff|九点}前。'}\n") == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("- {id: x, q: [几点开门?, 别的], a: 九点。}", "double"),
        ("- {id: x, q: 几点开门呀, a: 九点。}", "near-double"),
        ("- {id: x, q: 开门吗, a: '{weather|晴}'}", "fact"),
        ("- {id: x, q: 开门吗, a: '{cutoff}'}", "fact"),
        ("- {id: x, q: 还有苹果么, a: '{stock|有}'}", "fact"),
        ("- {id: x, q: 春节休息吗, a: 不休。, valid_until: 2026-01-01}", "date"),
        ("- {id: x, q: 春节休息吗, a: 不休。, review_by: 2026-01-01}", "date"),
        ("- {id: x, q: 尾号, a: 查。, regex: '([0-9]+)+号'}", "pattern"),
        ("- {id: x, q: 尾号, a: 查。, regex: '.*'}", "pattern"),
        ("- {id: x, q: 品质好吗, a: 全国第一。}", "advert"),
        ("- {id: x, q: 电话多少, a: 打13800001234。}", "private"),
        ("- {id: x, q: 能开发票吗, a: 待写。}", "unwritten"),
        ("- {id: x, q: 取件, a: 好。, must_not_match: 取件}", "never-wins"),
    ],
)
def test_each_rule_finds_its_fault(line: str, rule: str) -> None:
    found = findings(GOOD + line + "\n")
    assert (rule, "x", 2) in {(finding.rule, finding.entry, finding.line) for finding in found}


def test_a_test_that_does_not_hold_says_who_answered() -> None:
    tests = "tests: [{say: 几点开门, expect: x}, {say: 怎么付款, expect: x}]"
    text = GOOD + f"- {{id: x, q: 怎么付款, a: 扫码。, {tests}}}\n"
    entries = entries_of(documents.parse(text, "faq.yaml")).entries
    (failure,) = failures(entries, FaqIndex(entries), NOW)
    assert (failure.entry, failure.expected, failure.answered) == ("x", "x", "hours")


def test_a_draft_that_is_switched_off_may_wait_for_its_answer() -> None:
    assert findings(GOOD + "- {id: x, q: 能开发票吗, a: 待写, enabled: false}\n") == ()
