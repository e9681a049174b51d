"""Two folders -> Knowledge; every problem of every file reported together.

The front door for everything that reads knowledge. Is given the folders; guesses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from advisor.errors import AdvisorError, Place, Problem
from advisor.knowledge import evidence, source, written, written_evidence
from advisor.knowledge.layers import layered
from advisor.knowledge.model import Knowledge
from advisor.knowledge.resolve import Resolver
from advisor.knowledge.resolve_plan import plan
from advisor.knowledge.resolve_scenarios import scenarios
from advisor.knowledge.shape import ANY_KEY, Shelf, W, validated

Read = Callable[[Path, str], source.Document]


def load(knowledge: Path, rules: Path, shown: Callable[[Path], str] | None = None, read: Read | None = None) -> Knowledge:
    """What the two folders know. Raises AdvisorError with every problem in them.

    `shown` says how people are to be told of a file; as they would type it, if left out. `read` reads a file so called; anew, if left out.
    """
    shown, read = shown or _shown, read or source.read
    shelf, digest = Shelf(), hashlib.sha256()
    for folder, take, lost in ((knowledge, shelf.take_knowledge, ANY_KEY), (rules, shelf.take_rules, "rules")):
        for path in _files(folder, shown(folder), shelf, lost):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            try:
                document = read(path, shown(path))
            except AdvisorError as error:
                shelf.problems += error.problems
                shelf.unread.add(lost)
                continue
            digest.update(f"{name}\n".encode() + "\n".join(document.lines).encode() + b"\n\n")
            take(document)
    resolver = Resolver(shelf)
    items = _rules(shelf, resolver)
    resolved = resolver.rules(items)
    planned = plan(shelf, resolver, resolved, items)
    played, beside = scenarios(shelf, resolver, (rule.id for rule in resolved))
    problems = [*shelf.problems, *resolver.problems]
    try:
        layers = layered(resolved, resolver.choices)
    except AdvisorError as error:
        problems += error.problems
    if problems or resolver.base is None:
        raise AdvisorError(problems)
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
        {place: name for surveys in shelf.all("surveys", written_evidence.Surveys) for place, name in surveys.place_names.items()},
        resolver.lessons,
        played,
        beside,
        resolved,
        layers,
        digest.hexdigest()[:16],
        resolver.reading,
        resolver.accepted,
        planned,
    )


def _files(folder: Path, name: str, shelf: Shelf, lost: str) -> Iterator[Path]:
    """The YAML files of a folder, in an order that does not depend on the machine."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file()) if folder.is_dir() else []
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        shelf.problems.append(Problem("no-folder", f"`{name}` {what}", Place(name), helps=("give a folder of YAML files",)))
    elif not found:
        shelf.problems.append(Problem("empty-folder", f"`{name}` holds no YAML file", Place(name), helps=("put a file there whose name ends in `.yaml`",)))
    if not found:
        shelf.unread.add(lost)
    yield from found


def _shown(path: Path) -> str:
    """A path as people would type it: relative where it lies below the folder they are in."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _rules(shelf: Shelf, resolver: Resolver) -> list[written.Rule]:
    """Rules as written, and those that the evidence amounts to."""
    constraints = list(resolver.once("constraint", shelf.all("constraints", written_evidence.Constraint)).values())
    surveys = _formula(shelf, resolver, "surveys", written_evidence.Surveys, resolver.rows, "there are rows, but no `surveys` says what they weigh")
    consequences = _formula(
        shelf, resolver, "consequences", written_evidence.Constraints, constraints, "there are constraints, but no `consequences` says what they do"
    )
    return [
        *shelf.all("rules", written.Rule),
        *(_survey_rules(surveys, resolver) if surveys else ()),
        *(_constraint_rules(consequences, constraints, resolver) if consequences else ()),
    ]


def _formula(shelf: Shelf, resolver: Resolver, key: str, kind: type[W], used_by: Sequence[written.Written], without: str) -> W | None:
    """The one formula under a key; a problem if it is needed and not there."""
    found = shelf.all(key, kind)
    if used_by and not found and shelf.complete(key):
        resolver.problems.append(Problem("no-formula", without, used_by[0].origin.place(), helps=(f"add `{key}:` to the knowledge folder",)))
    return resolver.only_one(key, found) if found else None


def _survey_rules(formula: written_evidence.Surveys, resolver: Resolver) -> Iterator[written.Rule]:
    """The rules of the rows that fit the formula; none if the formula itself has a problem."""
    origin, before = formula.origin, len(resolver.problems)
    options = resolver.choices[formula.choice].options if resolver.known("choice", formula.choice, resolver.choices, origin.place("choice")) else {}
    for position, word in enumerate(formula.steps if resolver.base else ()):
        resolver.known("strength", word, resolver.base.strengths if resolver.base else (), origin.place("steps", position))
    for key, whens in (("places", [place.when for place in formula.places]), ("groups", [group.when for group in formula.groups])):
        for position, when in enumerate(whens):
            resolver.condition(when, origin, (key, position, "when"))
    resolver.once_within(origin, "metrics", noun="metric", also="unit")
    resolver.once_within(origin, "silent", noun="metric")
    sound = len(resolver.problems) == before
    rows = [row for row in resolver.rows if _fits(row, formula, options, resolver)]
    if sound and options:
        yield from evidence.survey_rules(formula, rows, options, resolver.sources)


def _fits(row: written_evidence.Row, formula: written_evidence.Surveys, options: Mapping[str, written.Option], resolver: Resolver) -> bool:
    """Whether every name in a row is known."""
    place, before = row.origin.place, len(resolver.problems)
    units: dict[str, list[str]] = {}
    for metric in formula.metrics:
        units.setdefault(metric.id, []).append(metric.unit)
    silent = [metric.id for metric in formula.silent]
    weighs = resolver.known("metric", row.metric, [*units, *silent], place("metric")) and row.metric not in silent
    if row.option is not None:
        if weighs:
            resolver.known("unit", row.unit, units[row.metric], place("unit"), f"units of `{row.metric}`")
        resolver.option(row.option, formula.choice, options, place("option"))
    resolver.known("source", row.source, resolver.sources, place("source"))
    return len(resolver.problems) == before


def _constraint_rules(formula: written_evidence.Constraints, constraints: list[written_evidence.Constraint], resolver: Resolver) -> Iterator[written.Rule]:
    """The rules of the constraints that fit the formula; none if the formula itself has a problem. Their caveats become known."""
    resolver.caveats = {**{caveat.id: caveat for caveat in evidence.constraint_caveats(formula, constraints)}, **resolver.caveats}
    before = len(resolver.problems)
    resolver.once_within(formula.origin, "consequences", noun="consequence")
    for name, when in formula.places.items():
        resolver.condition(when, formula.origin, ("places", name))
    for position, consequence in enumerate(formula.consequences):
        _check_consequence(consequence, formula.origin.inner("consequences", position), resolver)
    sound = len(resolver.problems) == before
    fitting = [constraint for constraint in constraints if _agrees(constraint, formula, resolver)]
    if sound:
        yield from evidence.constraint_rules(formula, fitting)


def _check_consequence(consequence: written_evidence.Consequence, origin: source.Origin, resolver: Resolver) -> None:
    """Look up every name in a consequence; `$option` and `$id` stand for those of a constraint."""
    effects: list[written.Effect] = []
    for position in range(len(consequence.then)):
        part = origin.inner("then", position)
        if part.document:
            called = f"entry {position + 1} of `then` of consequence `{consequence.id}`"
            effect, problems = validated(written.Effect, part.data(), part.document, part.path, called)
            resolver.problems += problems
            effects += [effect] if effect else []
            if effect and effect.warn == "$id" and consequence.weight is None:
                help_ = "add `weight:` to the consequence, which makes caveats of its constraints"
                resolver.say("missing-key", f"consequence `{consequence.id}` warns but has no `weight`", part.place("warn"), help_=help_)
    sample = written.Rule.model_construct(
        id=consequence.id, title="", status="reviewed", wrong_when="", when=consequence.when, then=tuple(effects), because="", cites=(), origin=origin
    )
    resolver.check(sample, {"$option", "$id"})


def _agrees(constraint: written_evidence.Constraint, formula: written_evidence.Constraints, resolver: Resolver) -> bool:
    """Whether every name in a constraint is known, and its effects have all they need."""
    place, before = constraint.origin.place, len(resolver.problems)
    by_id = {consequence.id: consequence for consequence in formula.consequences}
    resolver.known("place", constraint.place, formula.places, place("place"))
    for position, name in enumerate(constraint.sources):
        resolver.known("source", name, resolver.sources, place("sources", position))
    for position, word in enumerate(constraint.effects):
        if word in constraint.effects[:position]:
            resolver.say("repeated-value", f"`{word}` stands twice", place("effects", position), help_="keep one")
        elif resolver.known("effect", word, by_id, place("effects", position)):
            _check_option(constraint, by_id[word], resolver)
    resolver.condition(constraint.when or {}, constraint.origin, ("when",))
    if constraint.since and constraint.until and written.first_day(constraint.since) >= written.first_day(constraint.until):
        resolver.say("bad-value", f"constraint `{constraint.id}`: `until` is not after `since`", place("until"), help_="give a later day, or leave `until` out")
    return len(resolver.problems) == before


def _check_option(constraint: written_evidence.Constraint, consequence: written_evidence.Consequence, resolver: Resolver) -> None:
    """Whether the constraint's option is one of whatever its consequence does with it."""
    about = [name for name, test in consequence.when.items() if "$option" in str(test)]
    about += [
        str(part.get("choice")) for effect in consequence.then for part in effect.values() if isinstance(part, dict) and "$option" in str(part.get("option"))
    ]
    for name in about:
        if constraint.option is not None and name in resolver.facts:
            resolver.option(constraint.option, name, resolver.facts[name].options, constraint.origin.place("option"))
    if constraint.option is None and consequence.without_option == "keep" and "$option" in str(consequence.then):
        headline = f"constraint `{constraint.id}` has no `option`, but its effect `{consequence.id}` is about one"
        resolver.say("missing-key", headline, constraint.origin.place(), help_="add `option:`, or write `without_option: skip` in the consequence")
