"""The commands, and how they become one program.

A new command is a module with a function of its name, and its name in ``COMMANDS``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from calcverify.cli.guard import guarded
from calcverify.version import __version__

# Each is calcverify.cli.NAME with a function NAME, listed in this order by --help.
COMMANDS: tuple[str, ...] = ("check", "text", "diff", "explain", "readings", "annotate", "serve")


class Program(TyperGroup):
    """The group of all commands. One is imported when it is called or described, so that ``check`` loads no other."""

    def __init__(self, **given: Any) -> None:
        # The names are there from the beginning: a misspelt one is answered with those that are like it.
        super().__init__(**{**given, "commands": dict.fromkeys(COMMANDS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, ``None`` where there is none."""
        if cmd_name in COMMANDS and self.commands[cmd_name] is None:
            self.commands[cmd_name] = loaded(cmd_name)
        return super().get_command(ctx, cmd_name)


def loaded(name: str) -> Any:
    """One command, as typer makes it of a program that has no other."""
    command: Callable[..., Any] = getattr(import_module(f"calcverify.cli.{name}"), name)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name)(guarded(command))
    return get_command(alone)


def build() -> typer.Typer:
    """The program with every command of ``COMMANDS``."""
    app = typer.Typer(
        cls=Program,
        help="核对预算表格里的测算依据是否算得对 (check the arithmetic in Chinese budget forms).",
        no_args_is_help=True,
        add_completion=False,
        # Plain text: rich reads markup such as [red] in what users type, and takes time to load.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"calcverify {__version__}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool, typer.Option("--version", help="版本号 (the version).", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """核对预算表格里的测算依据是否算得对 (check the arithmetic in Chinese budget forms)."""
