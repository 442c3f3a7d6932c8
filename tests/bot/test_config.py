"""Settings from file and environment."""

from pathlib import Path

import pytest

from bot import config, documents
from bot.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_the_shipped_file_says_every_key_and_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = config.load(ROOT / "config.yaml", environ={})
    written = documents.read(ROOT / "config.yaml").data
    assert isinstance(written, dict)
    assert set(written) == set(config.Settings.model_fields)
    defaults = config.Settings()
    assert shipped.model_copy(update={"roles": ()}).model_dump(exclude={"data", "shops", "faq"}) == (
        defaults.model_dump(exclude={"data", "shops", "faq"})
    )


def test_variables_win_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("web: {port: 9000, host: 127.0.0.1}\n")
    monkeypatch.setenv("TUANBOT_WEB__PORT", "9100")
    assert config.load(file).web == config.Web(port=9100, host="127.0.0.1")


def test_an_unknown_variable_with_our_prefix_is_refused() -> None:
    with pytest.raises(ConfigError, match="TUANBOT_WEBB"):
        config.load(ROOT / "config.yaml", environ={"TUANBOT_WEBB__PORT": "1"})


def test_faults_name_line_key_and_what_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("bot_name: 小团\nweb:\n  port: 很多\n  hots: x\n")
    with pytest.raises(ConfigError) as caught:
        config.load(file, environ={})
    assert [(fault.line, fault.key) for fault in caught.value.faults] == [(3, "web.port"), (4, "web.hots")]


def test_an_unknown_key_at_the_top_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("bot_nmae: 小团\n")
    with pytest.raises(ConfigError, match="bot_nmae"):
        config.load(file, environ={})


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("data: store\n")
    assert config.load(file, environ={}).data == tmp_path / "store"


@pytest.mark.parametrize("url", ["sqlite", "memory", "sqlite:////srv/a.db", "postgresql://u:p@h:5432/n"])
def test_databases_that_there_are(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUANBOT_DATABASE", url)
    assert config.load(ROOT / "config.yaml").database.get_secret_value() == url


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("database: mysql://root:hunter2@h/n", "postgresql://"),
        ("database: postgresql://h:port/n", "postgresql://"),
        ("database: postgresql://", "postgresql://"),
        ("redis: yes please", "embedded"),
        ("redis: http://h", "redis://"),
    ],
)
def test_an_address_that_cannot_be_one_is_told_without_its_password(
    line: str, allowed: str, tmp_path: Path
) -> None:
    (tmp_path / "config.yaml").write_text(line)
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path / "config.yaml", environ={})
    (fault,) = caught.value.faults
    assert (fault.line, fault.key) == (1, line.partition(":")[0])
    assert allowed in str(fault)
    assert "hunter2" not in str(fault)
