"""`tuanbot explain`: every step from the text to the decision."""

from pathlib import Path

from click.testing import CliRunner

from bot.commands.explain import command

SHOP = """\
title: 周五糕点团
leader: {id: wx_leader, name: 团长}
skus:
  - {code: A, name: 绿豆糕, unit: 盒, price: 18}
  - {code: B, name: 枣泥酥, unit: 盒, price: 22}
"""


def explained(folder: Path, *arguments: str) -> str:
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    result = CliRunner().invoke(command, ["--shop", str(folder / "shop.yaml"), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_text_tokens_steps_and_decision_are_shown(tmp_path: Path) -> None:
    lines = explained(tmp_path, "绿豆糕來２盒").splitlines()
    assert lines[:3] == [
        "原文   绿豆糕來２盒",
        "归一   绿豆糕来2盒",
        "切分   绿豆糕:item  来:want  2盒:quantity",
    ]
    assert any("change.add" in line for line in lines)
    assert lines[-1] == "改动   加 绿豆糕 ×2"


def test_a_command_is_named(tmp_path: Path) -> None:
    assert "命令   summary" in explained(tmp_path, "--leader", "汇总")


def test_what_looks_like_markup_is_only_text(tmp_path: Path) -> None:
    assert "原文   [捂脸] [red]绿豆糕[/x]" in explained(tmp_path, "[捂脸] [red]绿豆糕[/x]")
