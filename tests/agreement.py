"""The engine held against the reference evaluator, and the rules over columns against the engine, on worlds and cases made by chance."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from advisor.foresight.columns import Clients, Columns
from advisor.inference.case import Answers, Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from tests import generate, reference


@dataclass(frozen=True)
class World:
    """A knowledge base as plain data, and as the advisor loads it."""

    seed: int
    knowledge: dict[str, Any]
    rules: list[dict[str, Any]]
    loaded: Knowledge


def world(seed: int, rules: int = 60) -> World:
    """The world of this seed."""
    knowledge, written = generate.knowledge_and_rules(random.Random(seed), rules=rules)
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), knowledge, written)
        return World(seed, knowledge, written, load(Path(folder) / "knowledge", Path(folder) / "rules"))


def cases(seed: int, knowledge: dict[str, Any], count: int) -> Iterator[tuple[dict[str, Any], str]]:
    """So many cases of a world: answers and date."""
    rng = random.Random(seed * 7919 + 1)
    for _ in range(count):
        yield generate.case(rng, knowledge)


def consulted(made: World, answers: dict[str, Any], day: str) -> Consultation:
    """What the advisor makes of a case."""
    checker = Answers(made.loaded)
    read = checker.read(answers)
    assert not checker.problems, [problem.full() for problem in checker.problems]
    return consult(made.loaded, Case("x", date.fromisoformat(day), read))


def differences(made: World, answers: dict[str, Any], day: str) -> list[str]:
    """In what the advisor and the reference differ on one case; empty if in nothing."""
    ours, theirs = consulted(made, answers, day), reference.evaluate(made.knowledge, made.rules, answers, day)
    decisions = ours.decisions
    views: dict[str, tuple[object, object]] = {
        "fired": ({firing.rule.id for firing in ours.trace.firings}, set(theirs.fired)),
        "near": ({miss.rule.id: miss.entry.key for miss in ours.trace.near}, dict(theirs.near)),
        "facts": (
            {name: _plain(value) for name, value in ours.trace.concluded.items() if name not in decisions},
            {name: _plain(value) for name, value in theirs.facts.items()},
        ),
        "points": ({name: {s.option: s.points for s in d.ranking} for name, d in decisions.items()}, theirs.points),
        "excluded": (
            {name: {s.option: {rule.id for rule in s.excluded_by} for s in d.ranking if s.excluded_by} for name, d in decisions.items()},
            theirs.excluded,
        ),
        "ranking": ({name: [s.option for s in d.ranking] for name, d in decisions.items()}, theirs.ranking),
        "picked": ({name: list(d.picked) for name, d in decisions.items()}, theirs.picked),
        "warned": ({caveat for firing in ours.trace.firings for caveat in firing.rule.warns}, set(theirs.warned)),
    }
    return [
        f"{view} differ in world {made.seed} on {day} with {answers}:\n  advisor   {mine}\n  reference {reference_}"
        for view, (mine, reference_) in views.items()
        if mine != reference_
    ]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (frozenset, set, list, tuple)) else value


def column_differences(known: Knowledge, day: date, people: Sequence[Mapping[str, Value]], batch: Clients) -> list[str]:
    """In what the columns and one consultation after the other differ."""
    plan, found = Columns(known, day), []
    verdicts, fired = plan.decide(batch), plan.fired(batch)
    for client, answers in enumerate(people):
        consultation = consult(known, Case("x", day, answers), nearly=False)
        for name, decision in consultation.decisions.items():
            mine, order = verdicts[name], known.choices[name].order
            theirs = {s.option: (s.points, bool(s.excluded_by)) for s in decision.ranking}
            ours = {option: (int(mine.points[row, client]), bool(mine.barred[row, client])) for row, option in enumerate(order)}
            if ours != theirs or mine.names(client) != decision.picked:
                found.append(f"client {client}, {name}: {mine.names(client)} {ours}, not {decision.picked} {theirs}")
        firings = {firing.rule.id for firing in consultation.trace.firings} & {rule.id for rule in plan.rules}
        if {rule.id for rule, yes in zip(plan.rules, fired[:, client], strict=True) if yes} != firings:
            found.append(f"client {client}: other rules fire")
    return found
