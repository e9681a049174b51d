"""The command line: reads what was typed, lets others work, and shows what comes of it.

Results go to the standard output, problems to the standard error; 0 means fine, 1 problems in input or knowledge, 2 wrong usage.
What a command needs is imported when it runs, so that the others start at once.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import runpy
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from advisor import usage
from advisor.documents.formats import Format as ExportFormat
from advisor.errors import AdvisorError, Problem, nearest, report

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from advisor.checking.accept import Findings
    from advisor.checking.certificate import Certificate
    from advisor.inference.case import Case
    from advisor.knowledge.model import Knowledge
    from advisor.reasoning.reasons import Graph

Data = dict[str, Any]


def folders() -> tuple[Path, Path]:
    """The knowledge and the rules that come with the package: beside it in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent
    home = package / "shipped" if (package / "shipped").is_dir() else package.parent
    return home / "knowledge", home / "rules"


# -- how it is started and how it ends ------------------------------------------------------------------------


class Commands(TyperGroup):
    """All commands; whatever goes wrong in one is told in words, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except AdvisorError as error:
            _complain(report(error.problems))
        except BrokenPipeError:  # whoever read our output has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            _complain(report([Problem("system", f"the system refuses: {error.strerror or error}", notes=(str(error.filename),) if error.filename else ())]))
        raise typer.Exit(1)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command that was typed."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # what is multiplied is small: threads would only wait for each other
    gc.disable()  # a run is short and keeps nearly all it makes, so looking for garbage would only cost time
    app(prog_name="advisor")


def _show_version(wanted: bool) -> None:
    if wanted:
        _write(usage.VERSION.format(version=_version()))
        raise typer.Exit


def _version() -> str:
    from importlib.metadata import entry_points

    scripts = (script for script in entry_points(group="console_scripts", name="advisor") if script.value.startswith("advisor."))
    versions = [script.dist.version for script in scripts if script.dist]
    return versions[0] if versions else usage.NOT_INSTALLED


@app.callback()
def _begin(version: Annotated[bool, typer.Option("--version", help=usage.HELP_VERSION, callback=_show_version, is_eager=True)] = False) -> None:
    """Advice from rules, with the reason for every word."""


# -- what can be typed ----------------------------------------------------------------------------------------


class Format(StrEnum):
    """How a result is shown."""

    text = "text"
    markdown = "markdown"
    json = "json"


class ExplainFormat(StrEnum):
    """How an explanation is shown."""

    text = "text"
    markdown = "markdown"
    json = "json"
    dot = "dot"
    mermaid = "mermaid"


class CoverageFormat(StrEnum):
    """How coverage is shown."""

    text = "text"
    json = "json"


class CheckFormat(StrEnum):
    """How problems are shown."""

    text = "text"
    short = "short"
    json = "json"
    sarif = "sarif"


CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help=usage.HELP_CASE)]
KnowledgeFolder = Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help=usage.HELP_KNOWLEDGE)]
RulesFolder = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help=usage.HELP_RULES)]
ResultFormat = Annotated[Format, typer.Option("--format", help=usage.HELP_FORMAT)]


@app.command(help=usage.HELP_RECOMMEND)
def recommend(case: CaseFile, format_: ResultFormat = Format.text, knowledge: KnowledgeFolder = None, rules: RulesFolder = None) -> None:
    """Show the strategy for the client of a case file."""
    known = _load(knowledge, rules)
    data = _strategy(known, _read(case, known))
    from advisor.presentation import markdown, render

    match format_:
        case Format.json:
            _write(render.as_json(data))
        case Format.markdown:
            _write(markdown.strategy(data, known))
        case Format.text:
            _write_text(lambda console: render.show(data, known, console, _typed(case, knowledge, rules)))


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
    known = _load(knowledge, rules)
    client = _read(case, known)
    from advisor.documents import export as exporting
    from advisor.documents.formats import Order
    from advisor.inference.consult import consult
    from advisor.reasoning.strategy import strategy

    path = out or Path(exporting.file_name(client.client, to))
    consultation = consult(known, client)
    order = Order(strategy(consultation), consultation, template, brand, zone)
    exporting.export(order, to, path, replace=force)
    _write(str(path))


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
    known = _load(knowledge, rules)
    from advisor.presentation import explanation

    asked = explanation.Asked(known, _read(case, known))
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
            _write_json(told.data)
        case ExplainFormat.markdown:
            _write(told.markdown())
        case ExplainFormat.text:
            _write_text(told.show)
        case ExplainFormat.dot | ExplainFormat.mermaid:
            _draw(told.graph, format_)


def _one_at_a_time(asked: dict[str, object]) -> None:
    """Refuse two questions at once."""
    names = [name for name, value in asked.items() if value is not None]
    if len(names) > 1:
        raise typer.BadParameter(usage.ONE_AT_A_TIME.format(first=names[0], second=names[1]))


@app.command(help=usage.HELP_CHECK)
def check(
    format_: Annotated[CheckFormat, typer.Option("--format", help=usage.HELP_CHECK_FORMAT)] = CheckFormat.text,
    watch: Annotated[bool, typer.Option("--watch", help=usage.HELP_WATCH)] = False,
    prove: Annotated[bool, typer.Option("--prove", help=usage.HELP_PROVE)] = False,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Look for mistakes in the knowledge and the rules; 1 if there is an error."""
    if not watch:
        if not _check(format_, knowledge, rules, prove=prove):
            raise typer.Exit(1)
        return
    if format_ in (CheckFormat.json, CheckFormat.sarif):
        raise typer.BadParameter(usage.WATCH_SHOWS_TEXT.format(format=format_.value))
    if not all(folder.is_dir() for folder in _folders(knowledge, rules)):
        _check(format_, knowledge, rules, prove=prove)
        raise typer.Exit(1)
    gc.enable()  # this run is long
    with contextlib.suppress(KeyboardInterrupt):  # the one way to end it
        for _ in _saves(*_folders(knowledge, rules)):
            _check(format_, knowledge, rules, prove=prove)
            _complain(usage.WATCHING)


def _saves(*folders: Path) -> Iterator[None]:
    """At once, and again whenever a YAML file in one of these folders is saved; what is saved meanwhile counts too."""
    import watchfiles

    begun = False
    for changes in watchfiles.watch(*folders, watch_filter=lambda _, name: name.endswith((".yaml", ".yml")), yield_on_timeout=True, rust_timeout=200):
        if changes or not begun:
            begun = True
            yield


def _check(format_: CheckFormat, knowledge: Path | None, rules: Path | None, *, prove: bool) -> bool:
    """Show what is found; whether it is no error."""
    findings, known, certified = _findings(knowledge, rules, prove=prove)
    from advisor.presentation.findings import as_data, as_sarif

    counts = _counts(known) if known else {}
    match format_:
        case CheckFormat.json:
            _write_json({**as_data(findings, counts), **({"certificate": certified.data()} if certified else {})})
        case CheckFormat.sarif:
            _write_json(as_sarif(findings, _version()))
        case CheckFormat.short if findings.problems:
            _complain(report(findings.problems, short=True))
        case CheckFormat.text if findings.problems:
            _complain(report(findings.problems))
    if format_ in (CheckFormat.text, CheckFormat.short) and known and not findings.fails:
        if not findings.problems:
            _write(usage.NO_PROBLEMS)
        if findings.accepted:
            _write(usage.accepted(len(findings.accepted)))
        _write(usage.COUNTS.format(**counts))
    if format_ in (CheckFormat.text, CheckFormat.short) and certified:
        from advisor.checking import certificate

        _write_text(lambda console: certificate.show(certified, console))
    return not findings.fails


def _findings(knowledge: Path | None, rules: Path | None, *, prove: bool) -> tuple[Findings, Knowledge | None, Certificate | None]:
    """What is wrong with two folders, what they know if they can be loaded, and what is guaranteed if that is to be proven."""
    from advisor.checking.accept import Findings

    try:
        with _busy(usage.CHECKING):
            known = _load_anew(knowledge, rules)
    except AdvisorError as error:
        return Findings(error.problems), None, None
    from advisor.checking.check import check

    today = datetime.now().astimezone().date()
    proven, looked_for, certified = _proven(known, today) if prove else ((), frozenset[str](), None)
    with _busy(usage.CHECKING):
        return check(known, today, proven, looked_for), known, certified


@app.command(help=usage.HELP_COVERAGE)
def coverage(
    cases: Annotated[list[Path] | None, typer.Argument(metavar="[CASE]...", help=usage.HELP_CASES)] = None,
    by_rule: Annotated[bool, typer.Option("--by-rule", help=usage.HELP_BY_RULE)] = False,
    format_: Annotated[CoverageFormat, typer.Option("--format", help=usage.HELP_FORMAT)] = CoverageFormat.text,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Show where each claim is at work, or each rule; 1 if one is not."""
    if cases and not by_rule:
        raise typer.BadParameter(usage.CASES_BY_RULE_ONLY)
    known = _load_anew(knowledge, rules)
    if by_rule:
        _cover_rules(known, cases or [], format_)
        return
    from advisor.checking import claims

    uses = claims.coverage(known)
    if format_ is CoverageFormat.json:
        _write_json({"claims": [use.data() for use in uses]})
    else:
        _write_text(lambda console: claims.show(uses, console))
    if not all(use.works for use in uses):
        raise typer.Exit(1)


def _cover_rules(known: Knowledge, cases: list[Path], format_: CoverageFormat) -> None:
    from advisor.checking.reach import reaches
    from advisor.presentation import show_reach

    files = [file for path in cases for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    found = reaches(known, [(str(file), _read(file, known)) for file in files])
    if format_ is CoverageFormat.json:
        _write_json({"rules": [reach.data() for reach in found]})
    else:
        _write_text(lambda console: show_reach.show(found, console))
    if not all(reach.whole for reach in found):
        raise typer.Exit(1)


@app.command(help=usage.HELP_MUTATE)
def mutate(
    only: Annotated[str, typer.Option("--only", metavar="GLOB", help=usage.HELP_MUTATE_ONLY)] = "*",
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help=usage.HELP_LIMIT)] = None,
    clients: Annotated[int, typer.Option("--clients", metavar="N", min=0, max=100_000, help=usage.HELP_BESIDE)] = 1_000,
    format_: Annotated[CoverageFormat, typer.Option("--format", help=usage.HELP_FORMAT)] = CoverageFormat.text,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Show which slips of the pen no scenario notices."""
    known = _load_anew(knowledge, rules)
    from advisor.checking import mutants, mutation
    from advisor.checking.bystanders import Bystanders
    from advisor.presentation import show_mutants

    found = mutants.some(list(mutants.mutants(known, only)), limit)
    if not found:
        raise typer.BadParameter(usage.NO_SUCH_RULES.format(pattern=only))
    with _progress(usage.TRYING) as advance:
        results = list(mutation.tried(known, found, advance))
    bystanders = Bystanders(known, clients)
    with _progress(usage.LOOKING_BESIDE) as advance:
        results = list(mutation.looked_beside(known, results, bystanders, advance))
    if format_ is CoverageFormat.json:
        _write_json(show_mutants.data(results, bystanders, known))
    else:
        _write_text(lambda console: show_mutants.show(results, bystanders, known, console))


@app.command(help=usage.HELP_DIFF)
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=usage.HELP_OLD)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=usage.HELP_NEW)] = ".",
    clients: Annotated[int, typer.Option("--clients", metavar="N", min=1, max=100_000, help=usage.HELP_CLIENTS)] = 10_000,
    format_: Annotated[CoverageFormat, typer.Option("--format", help=usage.HELP_FORMAT)] = CoverageFormat.text,
) -> None:
    """Show what was edited, and what comes of it."""
    from advisor.checking.upshot import upshot
    from advisor.checking.versions import version
    from advisor.presentation import show_upshot
    from advisor.presentation.blocks import show

    with _busy(usage.CHECKING):
        versions = version(old), version(new)
    with _progress(usage.COMPARING) as advance:
        found = upshot(*versions, clients, advance)
    if format_ is CoverageFormat.json:
        _write_json(show_upshot.data(found))
    else:
        _write_text(lambda console: show(show_upshot.blocks(found), console))


@app.command(help=usage.HELP_ASK)
def ask(
    save: Annotated[Path | None, typer.Option("--save", metavar="CASE", help=usage.HELP_SAVE)] = None,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Interview a person, then show the strategy."""
    known = _load(knowledge, rules)
    from advisor.interview import conversation
    from advisor.presentation import render

    case = conversation.run(known, _console(stderr=not sys.stdout.isatty()), save)
    if case is not None:
        data = _strategy(known, case)
        _write_text(lambda console: render.show(data, known, console, _typed(save, knowledge, rules) if save else None))


@app.command(help=usage.HELP_UI)
def ui(
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help=usage.HELP_PORT)] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=usage.HELP_NO_BROWSER)] = False,
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Serve the questionnaire to a browser on this machine until it is stopped."""
    _load(knowledge, rules)  # whatever is wrong with the folders is told here, not in the browser
    for name, folder in (("ADVISOR_KNOWLEDGE", knowledge), ("ADVISOR_RULES", rules)):
        if folder:
            os.environ[name] = str(folder.resolve())
    gc.enable()  # this run is long
    sys.argv = ["advisor ui", *([f"--server.port={port}"] if port else []), *(["--server.headless=true"] if no_browser else [])]
    runpy.run_module("ui", run_name="__main__")


@app.command(help=usage.HELP_SCHEMA)
def schema(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=usage.HELP_OUT)],
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Write JSON schemas with which editors check what is being written."""
    known = _load(knowledge, rules)
    from advisor.knowledge import schemas

    for path in schemas.write(known, out):
        _write(str(path))


# -- the parts of a run ---------------------------------------------------------------------------------------


def _typed(case: Path, knowledge: Path | None, rules: Path | None) -> str:
    """How to name this case, and the folders it was read with, on the command line again."""
    options = [part for name, folder in (("--knowledge", knowledge), ("--rules", rules)) if folder for part in (name, str(folder))]
    return shlex.join([str(case), *options])


def _folders(knowledge: Path | None, rules: Path | None) -> tuple[Path, Path]:
    """The two folders that were named, or those that come with the package."""
    shipped_knowledge, shipped_rules = folders()
    return knowledge or shipped_knowledge, rules or shipped_rules


def _load(knowledge: Path | None, rules: Path | None) -> Knowledge:
    """What the two folders know, or those that come with the package."""
    from advisor.knowledge import warm

    return warm.knowledge(*_folders(knowledge, rules))


def _load_anew(knowledge: Path | None, rules: Path | None) -> Knowledge:
    """The same, every file read and checked."""
    from advisor.knowledge.load import load

    return load(*_folders(knowledge, rules))


def _proven(known: Knowledge, today: date) -> tuple[tuple[Problem, ...], frozenset[str], Certificate]:
    """What is found over all possible clients of today, the codes that were looked for, and what is guaranteed."""
    from advisor.checking import certificate, proofs
    from advisor.checking.space import Space

    space, found = Space(known, today), dict[str, tuple[Problem, ...]]()
    with _progress(usage.PROVING) as progress:
        for name, problems in proofs.findings(space):
            found[name] = problems
            progress(len(found), len(proofs.CHECKS))
    return tuple(problem for problems in found.values() for problem in problems), proofs.CODES, certificate.certificate(space, found)


def _read(path: Path, known: Knowledge) -> Case:
    from advisor.inference import case

    return case.read(path, known)


def _strategy(known: Knowledge, case: Case) -> Data:
    from advisor.inference.consult import consult
    from advisor.reasoning.strategy import strategy

    return strategy(consult(known, case))


def _zone(name: str) -> ZoneInfo:
    """The time zone with this name. Raises BadParameter if there is none."""
    from zoneinfo import ZoneInfo, available_timezones

    zones = available_timezones()
    if name not in zones:
        near = nearest(name, sorted(zones))
        raise typer.BadParameter(usage.NO_SUCH_ZONE_BUT.format(name=name, near=near) if near else usage.NO_SUCH_ZONE.format(name=name))
    return ZoneInfo(name)


def _counts(known: Knowledge) -> Data:
    return {
        "questions": len(known.questions),
        "rules": len(known.rules),
        "layers": len(known.layers),
        "choices": len(known.choices),
        "claims": len(known.claims),
        "sources": len(known.sources),
        "lessons": len(known.lessons),
        "scenarios": len(known.scenarios),
        "neighbours": len(known.neighbours),
        "fingerprint": known.fingerprint,
    }


# -- what is shown --------------------------------------------------------------------------------------------


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _busy(text: str) -> contextlib.AbstractContextManager[object]:
    """Shows on a terminal that work goes on, and nothing elsewhere."""
    return _console(stderr=True).status(text) if sys.stderr.isatty() else contextlib.nullcontext()


def _write_text(show: Callable[[Console], None]) -> None:
    """Write what is shown on a console, in colour where the terminal has it."""
    console = _console()
    with console.capture() as shown:
        show(console)
    _write(shown.get())


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal while something takes its time; nothing where the errors go to a file."""
    from rich.progress import Progress

    console = _console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _draw(graph: Graph, format_: ExplainFormat) -> None:
    """Write a graph in the language of a drawing program; what is too large for it is told, not kept back."""
    from advisor.presentation import diagram

    if not graph.nodes:
        raise AdvisorError([Problem("nothing-to-draw", usage.NO_GRAPH_OF_NOTHING)])
    if format_ is ExplainFormat.mermaid and diagram.too_large_for_mermaid(graph):
        _complain(usage.LARGE_DIAGRAM.format(edges=len(graph.edges)))
    _write(diagram.mermaid(graph) if format_ is ExplainFormat.mermaid else diagram.dot(graph))


def _write_json(data: Data) -> None:
    from advisor.presentation.render import as_json

    _write(as_json(data))


def _write(text: str) -> None:
    """Write a result, as UTF-8 where it goes to a file or another program."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
