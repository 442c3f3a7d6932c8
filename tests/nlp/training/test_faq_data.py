"""The written FAQ data holds together: topics, situations, and the trades' FAQs with their questions."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from nlp.training import encoder_corpus as corpus
from nlp.training import faq_trials
from nlp.training.faq_trials import Trade

SITUATIONS = sorted((corpus.DATA / "faq_situations").glob("*.yaml"))


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_situations_belong_to_topics_and_say_what_no_saying_says(path: Path) -> None:
    topics = {topic.name: topic for topic in corpus.topics(situations=Path("none"))}
    for name, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        assert all(isinstance(line, str) for line in lines), name
        assert set(lines).isdisjoint(topics[name].say), name


@pytest.mark.parametrize("trade", faq_trials.trades(), ids=lambda trade: trade.name)
def test_a_trade_has_entries_with_phrasings_and_questions_in_and_out_of_scope(trade: Trade) -> None:
    ids = Counter(entry.id for entry in trade.entries)
    assert len(trade.entries) >= 30
    assert max(ids.values()) == 1
    assert all(len(entry.q) >= 3 and entry.a[0] for entry in trade.entries)
    answers = [answer for _, answer in trade.asked]
    assert set(answers) - {None} <= set(ids)
    assert 0.2 < answers.count(None) / len(answers) < 0.4
    assert max(Counter(text for text, _ in trade.asked).values()) == 1


def test_the_ranker_is_judged_by_trades_that_are_there() -> None:
    names = {trade.name for trade in faq_trials.trades()}
    assert set(faq_trials.JUDGED) < names
