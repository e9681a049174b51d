"""Commands for whoever keeps knowledge and rules: is it right, is it all at work, and what does an edit change.

What a command needs is imported when it runs, so that the others start at once.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisor.commands import home, screen, shell, usage
from advisor.commands.shell import KnowledgeFolder, RulesFolder, app
from advisor.errors import AdvisorError, Problem, report

if TYPE_CHECKING:
    from datetime import date

    from advisor.checking.accept import Findings
    from advisor.checking.certificate import Certificate
    from advisor.knowledge.model import Knowledge


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
    if not all(folder.is_dir() for folder in home.chosen(knowledge, rules)):
        _check(format_, knowledge, rules, prove=prove)
        raise typer.Exit(1)
    gc.enable()  # this run is long
    with contextlib.suppress(KeyboardInterrupt):  # the one way to end it
        for _ in _saves(*home.chosen(knowledge, rules)):
            _check(format_, knowledge, rules, prove=prove)
            screen.complain(usage.WATCHING)


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
            screen.write_json({**as_data(findings, counts), **({"certificate": certified.data()} if certified else {})})
        case CheckFormat.sarif:
            screen.write_json(as_sarif(findings, shell.version()))
        case CheckFormat.short if findings.problems:
            screen.complain(report(findings.problems, short=True))
        case CheckFormat.text if findings.problems:
            screen.complain(report(findings.problems))
    if format_ in (CheckFormat.text, CheckFormat.short) and known and not findings.fails:
        if not findings.problems:
            screen.write(usage.NO_PROBLEMS)
        if findings.accepted:
            screen.write(usage.accepted(len(findings.accepted)))
        screen.write(usage.COUNTS.format(**counts))
    if format_ in (CheckFormat.text, CheckFormat.short) and certified:
        from advisor.checking import certificate

        screen.write_text(lambda console: certificate.show(certified, console))
    return not findings.fails


def _findings(knowledge: Path | None, rules: Path | None, *, prove: bool) -> tuple[Findings, Knowledge | None, Certificate | None]:
    """What is wrong with two folders, what they know if they can be loaded, and what is guaranteed if that is to be proven."""
    from advisor.checking.accept import Findings

    try:
        with screen.busy(usage.CHECKING):
            known = home.load_anew(knowledge, rules)
    except AdvisorError as error:
        return Findings(error.problems), None, None
    from advisor.checking.check import check

    today = datetime.now().astimezone().date()
    proven, looked_for, certified = _proven(known, today) if prove else ((), frozenset[str](), None)
    with screen.busy(usage.CHECKING):
        return check(known, today, proven, looked_for), known, certified


def _proven(known: Knowledge, today: date) -> tuple[tuple[Problem, ...], frozenset[str], Certificate]:
    """What is found over all possible clients of today, the codes that were looked for, and what is guaranteed."""
    from advisor.checking import certificate, proofs
    from advisor.checking.space import Space

    space, found = Space(known, today), dict[str, tuple[Problem, ...]]()
    with screen.progress(usage.PROVING) as progress:
        for name, problems in proofs.findings(space):
            found[name] = problems
            progress(len(found), len(proofs.CHECKS))
    return tuple(problem for problems in found.values() for problem in problems), proofs.CODES, certificate.certificate(space, found)


def _counts(known: Knowledge) -> dict[str, Any]:
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
    known = home.load_anew(knowledge, rules)
    if by_rule:
        _cover_rules(known, cases or [], format_)
        return
    from advisor.checking import claims

    uses = claims.coverage(known)
    if format_ is CoverageFormat.json:
        screen.write_json({"claims": [use.data() for use in uses]})
    else:
        screen.write_text(lambda console: claims.show(uses, console))
    if not all(use.works for use in uses):
        raise typer.Exit(1)


def _cover_rules(known: Knowledge, cases: list[Path], format_: CoverageFormat) -> None:
    from advisor.checking.reach import reaches
    from advisor.presentation import show_reach

    files = [file for path in cases for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    found = reaches(known, [(str(file), home.read(file, known)) for file in files])
    if format_ is CoverageFormat.json:
        screen.write_json({"rules": [reach.data() for reach in found]})
    else:
        screen.write_text(lambda console: show_reach.show(found, console))
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
    known = home.load_anew(knowledge, rules)
    from advisor.checking import mutants, mutation
    from advisor.checking.bystanders import Bystanders
    from advisor.presentation import show_mutants

    found = mutants.some(list(mutants.mutants(known, only)), limit)
    if not found:
        raise typer.BadParameter(usage.NO_SUCH_RULES.format(pattern=only))
    with screen.progress(usage.TRYING) as advance:
        results = list(mutation.tried(known, found, advance))
    bystanders = Bystanders(known, clients)
    with screen.progress(usage.LOOKING_BESIDE) as advance:
        results = list(mutation.looked_beside(known, results, bystanders, advance))
    if format_ is CoverageFormat.json:
        screen.write_json(show_mutants.data(results, bystanders, known))
    else:
        screen.write_text(lambda console: show_mutants.show(results, bystanders, known, console))


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

    with screen.busy(usage.CHECKING):
        versions = version(old), version(new)
    with screen.progress(usage.COMPARING) as advance:
        found = upshot(*versions, clients, advance)
    if format_ is CoverageFormat.json:
        screen.write_json(show_upshot.data(found))
    else:
        screen.write_text(lambda console: show(show_upshot.blocks(found), console))


@app.command(help=usage.HELP_SCHEMA)
def schema(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=usage.HELP_OUT)],
    knowledge: KnowledgeFolder = None,
    rules: RulesFolder = None,
) -> None:
    """Write JSON schemas with which editors check what is being written."""
    known = home.load(knowledge, rules)
    from advisor.knowledge import schemas

    for path in schemas.write(known, out):
        screen.write(str(path))
