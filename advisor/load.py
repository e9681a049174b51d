"""Two folders -> Knowledge; every problem of every file reported together.

The front door for everything that reads knowledge. Is given the folders; guesses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from advisor import evidence, source, written
from advisor.errors import AdvisorError, Place, Problem, suggestion
from advisor.knowledge import Knowledge
from advisor.layers import layered
from advisor.resolve import Resolver
from advisor.shape import Shelf


def load(knowledge: Path, rules: Path) -> Knowledge:
    """What the two folders know. Raises AdvisorError with every problem in them."""
    shelf, digest = Shelf(), hashlib.sha256()
    for folder, take in ((knowledge, shelf.take_knowledge), (rules, shelf.take_rules)):
        for path in _files(folder, shelf):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            try:
                document = source.read(path, _shown(path))
            except AdvisorError as error:
                shelf.problems += error.problems
                shelf.unread += 1
                continue
            digest.update(f"{name}\n".encode() + "\n".join(document.lines).encode() + b"\n\n")
            take(document)
    resolver = Resolver(shelf)
    resolved = resolver.rules(_rules(shelf, resolver))
    if shelf.unread:  # names that stand in what could not be read would be called unknown
        raise AdvisorError([*shelf.problems, *(p for p in resolver.problems if not p.code.startswith("unknown-"))])
    if resolver.problems or resolver.base is None:
        raise AdvisorError(resolver.problems)
    return Knowledge(
        resolver.base,
        resolver.topics,
        shelf.topic_of,
        resolver.facts,
        resolver.choices,
        resolver.caveats,
        resolver.claims,
        resolver.disagreements,
        resolver.sources,
        resolver.rows,
        resolved,
        layered(resolved, resolver.choices),
        digest.hexdigest()[:16],
    )


def _files(folder: Path, shelf: Shelf) -> Iterator[Path]:
    """The YAML files of a folder, in an order that does not depend on the machine."""
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        shelf.problems.append(Problem("no-folder", f"`{_shown(folder)}` {what}", Place(_shown(folder)), helps=("give a folder of YAML files",)))
        shelf.unread += 1
        return
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())
    if not found:
        shelf.problems.append(Problem("empty-folder", f"`{_shown(folder)}` holds no YAML file", Place(_shown(folder)), helps=("see the README of the shipped folder for what belongs there",)))
        shelf.unread += 1
    yield from found


def _shown(path: Path) -> str:
    """A path as people would type it: relative where it lies below the folder they are in."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _rules(shelf: Shelf, resolver: Resolver) -> list[written.Rule]:
    """Rules as written, and those that the evidence amounts to."""
    rules = shelf.all("rules", written.Rule)
    rows, constraints = resolver.rows, shelf.all("constraints", written.Constraint)
    surveys, consequences = shelf.all("surveys", written.Surveys), shelf.all("consequences", written.Constraints)
    if rows and not surveys and not shelf.unread:
        resolver.problems.append(Problem("no-formula", "there are rows, but no `surveys` says what they weigh", rows[0].origin.place(), helps=("add `surveys:` to the knowledge folder",)))
    if constraints and not consequences and not shelf.unread:
        resolver.problems.append(Problem("no-formula", "there are constraints, but no `consequences` says what they do", constraints[0].origin.place(), helps=("add `consequences:` to the knowledge folder",)))
    for formula in surveys[:1]:
        if formula.choice not in resolver.choices:
            resolver.problems.append(_unknown("choice", formula.choice, resolver.choices, formula.origin.place("choice")))
            continue
        options = resolver.choices[formula.choice].options
        resolver.problems += _row_problems(formula, rows, options)
        rules += evidence.survey_rules(formula, rows, options, resolver.sources)
    for consequence in consequences[:1]:
        resolver.problems += _constraint_problems(consequence, constraints)
        caveats = {caveat.id: caveat for caveat in evidence.constraint_caveats(consequence, constraints)}
        resolver.caveats = {**resolver.caveats, **caveats}
        rules += evidence.constraint_rules(consequence, constraints)
    return rules


def _row_problems(formula: written.Surveys, rows: tuple[written.Row, ...], options: object) -> Iterator[Problem]:
    metrics = {metric.id for metric in formula.metrics} | {silent.id for silent in formula.silent}
    known = tuple(options) if isinstance(options, dict) else ()
    for row in rows:
        if row.metric not in metrics:
            yield _unknown("metric", row.metric, metrics, row.origin.place("metric"))
        if row.option is not None and row.option not in known:
            yield _unknown("option", row.option, known, row.origin.place("option"))


def _constraint_problems(formula: written.Constraints, constraints: list[written.Constraint]) -> Iterator[Problem]:
    effects = {consequence.id for consequence in formula.consequences}
    for constraint in constraints:
        if constraint.place not in formula.places:
            yield _unknown("place", constraint.place, formula.places, constraint.origin.place("place"))
        for position, word in enumerate(constraint.effects):
            if word not in effects:
                yield _unknown("effect", word, effects, constraint.origin.place("effects", position))


def _unknown(noun: str, name: str, known: object, place: Place | None) -> Problem:
    names = tuple(sorted(str(item) for item in known))  # type: ignore[attr-defined]
    return Problem(f"unknown-{noun}", f"`{name}` is not a known {noun}", place, f"no {noun} has this name", helps=suggestion(name, names, f"{noun}s"))
