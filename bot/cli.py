"""The command `tuanbot`. Commands are imported when they are called, so that --help is quick."""

import gc
import importlib
import sys

import click

COMMANDS = {
    "run": "启动小团（网页模拟器和已配置的渠道）",
    "chat": "在终端里和小团聊一聊",
    "replay": "把一段群聊记录完整跑一遍",
    "explain": "看一句话是怎么被读懂的",
    "faq": "检查、试问和维护 FAQ 文件",
    "recommend": "用购买记录算推荐",
    "train": "用标注数据训练意图模型",
    "classify": "用训练好的模型给文本分类",
    "eval": "用自己标注的数据打分",
    "label": "给群聊记录打一份待修改的标注草稿",
    "migrate": "建立或升级数据库",
    "backup": "备份数据库",
    "restore": "从备份恢复",
    "doctor": "检查配置、数据库、Redis、渠道",
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports one when it is asked for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # nothing that is imported is garbage; looking for some takes a tenth of the start
        module = importlib.import_module(f"bot.commands.{cmd_name}")
        gc.enable()
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without importing any."""
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tuanbot", message="%(version)s", help="看版本")
@click.help_option("-h", "--help", help="看说明")
def group() -> None:
    """小团：在群聊里跑社区团购的机器人。"""
    from bot import logs  # noqa: PLC0415 - as below
    from bot.config import Logging  # noqa: PLC0415 - as below

    logs.set_up(Logging(level="warning"))  # standard output belongs to the command


def main() -> None:
    """Run a command; what was written wrongly ends with exit code 2 and one message, never a traceback."""
    from bot.errors import ConfigError, TuanbotError, Unavailable  # noqa: PLC0415 - --help must not pay

    try:
        sys.exit(group.main(prog_name="tuanbot", standalone_mode=False))
    except click.ClickException as error:
        from bot.commands import mistyped  # noqa: PLC0415 - as above

        click.echo(mistyped.told(error), err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)  # as shells say of Ctrl+C
    except ConfigError as error:
        click.echo(f"写得不对，什么都没有改动：\n{error}", err=True)
        sys.exit(2)
    except Unavailable as error:
        click.echo(f"现在连不上：{error}\ntuanbot doctor 会说该怎么办。", err=True)
        sys.exit(1)
    except TuanbotError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        if not error.filename:
            raise
        from bot.documents import reason  # noqa: PLC0415 - as above

        click.echo(f"{error.filename}：读写不了，{reason(error)}。", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
