"""What is wrong with a command as it was typed, said in Chinese."""

from collections.abc import Sequence
from difflib import get_close_matches

import click
from click.exceptions import MissingParameter, NoArgsIsHelpError, NoSuchCommand, NoSuchOption


def told(error: click.ClickException) -> str:
    """One or two lines: what is wrong, and where help is. A group that was called alone gives its help."""
    if isinstance(error, NoArgsIsHelpError):
        return error.format_message()
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "tuanbot"
    return f"{_wrong(error)}\n{command} --help 有用法。"


def _wrong(error: click.ClickException) -> str:
    match error:
        case NoSuchCommand():
            return f"没有 {error.command_name} 这个命令{_meant(_near(error.command_name, error.ctx))}。"
        case NoSuchOption():
            return f"没有 {error.option_name} 这个选项{_meant(error.possibilities)}。"
        case MissingParameter(param=click.Parameter() as parameter):
            return f"还缺 {_name(parameter)}{_purpose(parameter)}。"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)} 写得不对：{error.message}"
    return error.format_message()


def _near(name: str, context: click.Context | None) -> Sequence[str]:
    group = context.command if context else None
    known = group.list_commands(context) if isinstance(group, click.Group) and context else ()
    return get_close_matches(name, known)


def _meant(near: Sequence[str] | None) -> str:
    return f"（是不是 {'、'.join(near)}？）" if near else ""


def _name(parameter: click.Parameter) -> str:
    option = isinstance(parameter, click.Option)
    return parameter.opts[0] if option else parameter.metavar or str(parameter.name).upper()


def _purpose(parameter: click.Parameter) -> str:
    help_text = parameter.help if isinstance(parameter, click.Option) else None
    return f"（{help_text}）" if help_text else ""
