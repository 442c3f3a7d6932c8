"""FAQ files: both forms, and every fault at once with its place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import documents
from bot.errors import ConfigError, Fault
from nlp.faq import entries
from nlp.faq.entries import EntrySet

SHORT = "- id: pay\n  q: [怎么付款]\n  a: 扫码。\n- {id: where, q: 在哪取, a: [大厅, 一楼大厅]}\n"


def parsed(text: str) -> EntrySet:
    return entries.entries_of(documents.parse(text, "faq.yaml"))


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(ConfigError) as caught:
        parsed(text)
    return caught.value.faults


def test_the_short_form_is_a_list() -> None:
    made = parsed(SHORT)
    assert [(entry.id, entry.q, entry.a) for entry in made] == [
        ("pay", ("怎么付款",), ("扫码。",)),
        ("where", ("在哪取",), ("大厅", "一楼大厅")),
    ]
    assert made.places["where"] == ("faq.yaml", 4)


def test_the_full_form_has_the_same_entries_under_a_key() -> None:
    indented = "entries:\n" + "".join(f"  {line}\n" for line in SHORT.splitlines())
    assert parsed(indented).entries == parsed(SHORT).entries


def test_all_faults_of_a_file_are_told_with_their_places() -> None:
    found = faults(
        "- id: a b\n  q: []\n  a: 好\n- id: ok\n  q: 几点\n  a: 八点\n  anser: 九点\n  regex: '('\n"
    )
    assert [(fault.line, fault.key) for fault in found] == [
        (1, "[1].id"),
        (2, "[1].q"),
        (8, "[2].regex[1]"),
        (7, "[2].anser"),
    ]
    assert "正则" in found[2].allowed


def test_a_repeated_id_is_a_fault_in_one_file_and_over_files(tmp_path: Path) -> None:
    assert faults("- {id: a, q: 一, a: 一}\n- {id: a, q: 二, a: 二}\n")[0].line == 2
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(SHORT, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        entries.load([tmp_path])
    assert len(caught.value.faults) == 2
    assert "one.yaml:1" in caught.value.faults[0].allowed


def test_files_of_a_folder_are_read_together_and_all_their_faults(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.yaml").write_text("- {id: a}\n", encoding="utf-8")
    (tmp_path / "deep" / "b.yml").write_text("entries: 3\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("\tx", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        entries.load([tmp_path])
    assert {Path(fault.file).name for fault in caught.value.faults} == {"a.yaml", "b.yml", "c.yaml"}


def test_an_entry_is_in_force_within_its_time_only() -> None:
    (entry,) = parsed("- {id: a, q: 几点, a: 八点, valid_from: 2026-05-01, valid_until: 2026-05-03}\n")
    moments = [datetime(2026, 4, 30, 15, 59, tzinfo=UTC), datetime(2026, 4, 30, 16, tzinfo=UTC)]
    assert [entry.in_force(moment) for moment in moments] == [False, True]
    assert not entry.in_force(datetime(2026, 5, 2, 16, tzinfo=UTC))


def test_a_time_that_ends_before_it_begins_is_a_fault() -> None:
    text = "- {id: a, q: 几点, a: 八点, valid_from: 2026-05-03, valid_until: 2026-05-01}\n"
    assert "valid_until" in faults(text)[0].allowed


def test_the_schema_knows_both_forms_and_refuses_other_keys() -> None:
    made = entries.schema()
    assert {branch["type"] for branch in made["anyOf"]} == {"array", "object"}
    assert made["$defs"]["Entry"]["additionalProperties"] is False
