"""The commands, and how they become one program.

A new command is a module with a function of its name, and its name in ``COMMANDS``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from calcverify.cli.guard import guarded
from calcverify.version import __version__

# Each is calcverify.cli.NAME with a function NAME, listed in this order by --help.
COMMANDS: tuple[str, ...] = ("check", "text", "diff", "explain", "readings", "annotate", "serve")


def build() -> typer.Typer:
    """The program with every command of ``COMMANDS``."""
    app = typer.Typer(
        help="核对预算表格里的测算依据是否算得对 (check the arithmetic in Chinese budget forms).",
        no_args_is_help=True,
        add_completion=False,
        # Plain text: rich reads markup such as [red] in what users type, and takes time to load.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    for name in COMMANDS:
        command: Callable[..., Any] = getattr(import_module(f"calcverify.cli.{name}"), name)
        app.command(name)(guarded(command))
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
