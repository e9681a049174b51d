"""Commands about one client: the strategy, its reasons, as a file, by questions here and in the browser.

What a command needs is imported when it runs, so that the others start at once.
"""

from __future__ import annotations

import gc
import os
import runpy
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.commands import home, screen, usage
from advisor.commands.shell import CaseFile, Format, KnowledgeFolder, ResultFormat, RulesFolder, app
from advisor.documents.formats import Format as ExportFormat
from advisor.errors import AdvisorError, Problem, nearest

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from advisor.reasoning.reasons import Graph


class ExplainFormat(StrEnum):
    """How an explanation is shown."""

    text = "text"
    markdown = "markdown"
    json = "json"
    dot = "dot"
    mermaid = "mermaid"


@app.command(help=usage.HELP_RECOMMEND)
def recommend(case: CaseFile, format_: ResultFormat = Format.text, knowledge: KnowledgeFolder = None, rules: RulesFolder = None) -> None:
    """Show the strategy for the client of a case file."""
    known = home.load(knowledge, rules)
    data = home.strategy(known, home.read(case, known))
    from advisor.presentation import markdown, render

    match format_:
        case Format.json:
            screen.write(render.as_json(data))
        case Format.markdown:
            screen.write(markdown.strategy(data, known))
        case Format.text:
            screen.write_text(lambda console: render.show(data, known, console, home.typed(case, knowledge, rules)))


@app.command(help=usage.HELP_EXPORT)
def export(
    case: CaseFile,
    to: Annotated[ExportFormat, typer.Option("--to", help=usage.HELP_TO)],
    out: Annotated[Path | None, typer.Option("--out", metavar="PATH", help=usage.HELP_EXPORT_OUT)] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", help=usage.HELP_TEMPLATE)] = None,
    brand: Annotated[Path | None, typer.Option("--brand", metavar="FILE", help=usage.HELP_BRAND)] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", metavar="ZONE", help=usage.HELP_TIME_ZONE)] = None,
    force: Annotated[bool, typer.Option("--force", help=usage.HELP_FORCE)] = False,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Write the strategy for the client of a case file into a file of another kind."""
    for option, given in (("template", template), ("brand", brand), ("time-zone", time_zone)):
        if given and option not in to.takes:
            from advisor.language.values import every

            takers = every(format_.value for format_ in ExportFormat if option in format_.takes)
            raise typer.BadParameter(usage.OPTION_NOT_FOR_FORMAT.format(option=f"--{option}", formats=takers))
    zone = _zone(time_zone) if time_zone else None
    known = home.load(knowledge, rules)
    client = home.read(case, known)
    from advisor.documents import export as exporting
    from advisor.documents.formats import Order
    from advisor.inference.consult import consult
    from advisor.reasoning.strategy import strategy

    path = out or Path(exporting.file_name(client.client, to))
    consultation = consult(known, client)
    order = Order(strategy(consultation), consultation, template, brand, zone)
    exporting.export(order, to, path, replace=force)
    screen.write(str(path))


def _zone(name: str) -> ZoneInfo:
    """The time zone with this name. Raises BadParameter if there is none."""
    from zoneinfo import ZoneInfo, available_timezones

    zones = available_timezones()
    if name not in zones:
        near = nearest(name, sorted(zones))
        raise typer.BadParameter(usage.NO_SUCH_ZONE_BUT.format(name=name, near=near) if near else usage.NO_SUCH_ZONE.format(name=name))
    return ZoneInfo(name)


@app.command(help=usage.HELP_EXPLAIN)
def explain(
    case: CaseFile,
    choice: Annotated[str | None, typer.Argument(metavar="[CHOICE]", help=usage.HELP_CHOICE)] = None,
    why_not: Annotated[str | None, typer.Option("--why-not", metavar="OPTION", help=usage.HELP_WHY_NOT)] = None,
    flip: Annotated[str | None, typer.Option("--flip", metavar="OPTION", help=usage.HELP_FLIP)] = None,
    how: Annotated[str | None, typer.Option("--how", metavar="NAME", help=usage.HELP_HOW)] = None,
    what_if: Annotated[list[str] | None, typer.Option("--what-if", metavar="QUESTION=VALUE", help=usage.HELP_WHAT_IF)] = None,
    format_: Annotated[ExplainFormat, typer.Option("--format", help=usage.HELP_EXPLAIN_FORMAT)] = ExplainFormat.text,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Show what speaks for and against every option of a choice, why one was not picked, how a line came about, or what would change."""
    _one_at_a_time({"--why-not": why_not, "--flip": flip, "--how": how, "--what-if": what_if or None})
    if how is not None and choice is not None:
        raise typer.BadParameter(usage.HOW_TAKES_NO_CHOICE.format(choice=choice))
    drawn = format_ in (ExplainFormat.dot, ExplainFormat.mermaid)
    if (what_if or flip is not None) and drawn:
        raise typer.BadParameter(usage.NO_GRAPH_OF_CHANGES)
    known = home.load(knowledge, rules)
    from advisor.presentation import explanation

    asked = explanation.Asked(known, home.read(case, known))
    if what_if:
        told = asked.what_if(what_if, choice)
    elif how is not None:
        told = asked.how(how)
    elif why_not is not None:
        told = asked.why_not(choice, why_not)
    elif flip is not None:
        told = asked.flip(choice, flip)
    else:
        told = asked.sheet(choice)
    match format_:
        case ExplainFormat.json:
            screen.write_json(told.data)
        case ExplainFormat.markdown:
            screen.write(told.markdown())
        case ExplainFormat.text:
            screen.write_text(told.show)
        case ExplainFormat.dot | ExplainFormat.mermaid:
            _draw(told.graph, format_)


def _one_at_a_time(asked: dict[str, object]) -> None:
    """Refuse two questions at once."""
    names = [name for name, value in asked.items() if value is not None]
    if len(names) > 1:
        raise typer.BadParameter(usage.ONE_AT_A_TIME.format(first=names[0], second=names[1]))


def _draw(graph: Graph, format_: ExplainFormat) -> None:
    """Write a graph in the language of a drawing program; what is too large for it is told, not kept back."""
    from advisor.presentation import diagram

    if not graph.nodes:
        raise AdvisorError([Problem("nothing-to-draw", usage.NO_GRAPH_OF_NOTHING)])
    if format_ is ExplainFormat.mermaid and diagram.too_large_for_mermaid(graph):
        screen.complain(usage.LARGE_DIAGRAM.format(edges=len(graph.edges)))
    screen.write(diagram.mermaid(graph) if format_ is ExplainFormat.mermaid else diagram.dot(graph))


@app.command(help=usage.HELP_ASK)
def ask(
    save: Annotated[Path | None, typer.Option("--save", metavar="CASE", help=usage.HELP_SAVE)] = None,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Interview a person, then show the strategy."""
    known = home.load(knowledge, rules)
    from advisor.interview import conversation
    from advisor.presentation import render

    case = conversation.run(known, screen.console(stderr=not sys.stdout.isatty()), save)
    if case is not None:
        data = home.strategy(known, case)
        screen.write_text(lambda console: render.show(data, known, console, home.typed(save, knowledge, rules) if save else None))


@app.command(help=usage.HELP_UI)
def ui(
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help=usage.HELP_PORT)] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=usage.HELP_NO_BROWSER)] = False,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Serve the questionnaire to a browser on this machine until it is stopped."""
    home.load(knowledge, rules)  # whatever is wrong with the folders is told here, not in the browser
    for name, folder in (("ADVISOR_KNOWLEDGE", knowledge), ("ADVISOR_RULES", rules)):
        if folder:
            os.environ[name] = str(folder.resolve())
    gc.enable()  # this run is long
    sys.argv = ["advisor ui", *([f"--server.port={port}"] if port else []), *(["--server.headless=true"] if no_browser else [])]
    runpy.run_module("ui", run_name="__main__")
