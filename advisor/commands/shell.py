"""What all commands share: how they begin, how they end, and what they are given.

0 means fine, 1 problems in input or knowledge, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from advisor.commands import screen, usage
from advisor.errors import AdvisorError, Problem, report


class Commands(TyperGroup):
    """All commands; whatever goes wrong in one is told in words, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except AdvisorError as error:
            screen.complain(report(error.problems))
        except BrokenPipeError:  # whoever read our output has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            notes = (str(error.filename),) if error.filename else ()
            screen.complain(report([Problem("system", f"the system refuses: {error.strerror or error}", notes=notes)]))
        raise typer.Exit(1)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        screen.write(usage.VERSION.format(version=version()))
        raise typer.Exit


def version() -> str:
    """The version that is installed."""
    from importlib.metadata import entry_points

    scripts = (script for script in entry_points(group="console_scripts", name="advisor") if script.value.startswith("advisor."))
    versions = [script.dist.version for script in scripts if script.dist]
    return versions[0] if versions else usage.NOT_INSTALLED


@app.callback()
def _begin(version: Annotated[bool, typer.Option("--version", help=usage.HELP_VERSION, callback=_show_version, is_eager=True)] = False) -> None:
    """Advice from rules, with the reason for every word."""


class Format(StrEnum):
    """How a result is shown."""

    text = "text"
    markdown = "markdown"
    json = "json"


CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help=usage.HELP_CASE)]
KnowledgeFolder = Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help=usage.HELP_KNOWLEDGE)]
RulesFolder = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help=usage.HELP_RULES)]
ResultFormat = Annotated[Format, typer.Option("--format", help=usage.HELP_FORMAT)]
