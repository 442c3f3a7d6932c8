"""The command line: every command that is listed can be called, unknown ones are refused."""

import pytest
from click.testing import CliRunner

from bot import cli


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_listed_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(cli.group, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_help_lists_all_commands() -> None:
    result = CliRunner().invoke(cli.group, ["--help"])
    assert all(name in result.output for name in cli.COMMANDS)


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(cli.group, ["fly"]).exit_code == 2
