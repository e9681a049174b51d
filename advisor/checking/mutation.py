"""Mutation of the knowledge: how many slips of the pen the scenarios and their neighbours notice.

All slips live side by side in one knowledge base, told apart by one fact more, so that many clients at once (each scenario under each
slip) are decided in one go (mutant schemata: R. H. Untch, A. J. Offutt, M. J. Harrold, ISSTA 1993).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from advisor.checking import expected
from advisor.checking.bystanders import Bystanders
from advisor.checking.expected import Told
from advisor.checking.mutants import Mutant
from advisor.checking.rehearse import by_day
from advisor.foresight.columns import BLOCK, Clients, Column, Columns, Masks, clients
from advisor.knowledge.condition import AnyOf, Test, Unless
from advisor.knowledge.model import Entry, Fact, Knowledge, Layer, Rule, Scenario
from advisor.knowledge.source import Origin

SLIP = " slip"  # no fact of a knowledge base begins with a blank

Fate = Literal["noticed", "unwatched", "beside", "nobody"]


@dataclass(frozen=True)
class Result:
    """What the scenarios make of a slip, each by the scenarios that do.

    `noticed`: an expectation is no longer met. `changed`: something else is picked or told. `bystander`: where no scenario's client is
    told anything else, the number of a bystander who is.
    """

    mutant: Mutant
    noticed: tuple[str, ...]
    changed: tuple[str, ...]
    bystander: int | None = None

    @property
    def fate(self) -> Fate:
        """Noticed; or not, though a scenario's client is told something else; or only a bystander is; or nobody."""
        return "noticed" if self.noticed else "unwatched" if self.changed else "nobody" if self.bystander is None else "beside"


Progress = Callable[[int, int], None]


def tried(knowledge: Knowledge, mutants: Sequence[Mutant], progress: Progress) -> Iterator[Result]:
    """What the scenarios make of every slip; `progress` is told how many of how many are through."""
    for first, batch in _batches(mutants, len(knowledge.rehearsed)):
        found: list[tuple[list[str], list[str]]] = [([], []) for _ in batch]
        mixed = _mixed(knowledge, batch)
        for day, scenarios in by_day(knowledge).items():
            told = _told(mixed, day, clients([scenario.answers for scenario in scenarios], knowledge), len(batch))
            changed = _retold(told, len(scenarios), knowledge)
            for row, scenario in enumerate(scenarios):
                noticed = _noticed(scenario, told.of(slice(row, None, len(scenarios))))
                for lists, *sees in zip(found, noticed.tolist(), changed[:, row].tolist(), strict=True):
                    for names, seen in zip(lists, sees, strict=True):
                        if seen:
                            names.append(scenario.id)
        for mutant, (noticing, changing) in zip(batch, found, strict=True):
            yield Result(mutant, tuple(noticing), tuple(changing))
        progress(first + len(batch), len(mutants))


def looked_beside(knowledge: Knowledge, results: Sequence[Result], bystanders: Bystanders, progress: Progress) -> Iterator[Result]:
    """The same results, with a bystander for every slip that changes what one is told, where no scenario's client is told anything else."""
    silent = [place for place, result in enumerate(results) if not result.noticed and not result.changed]
    seen: dict[int, int] = {}
    for first, batch in _batches([results[place].mutant for place in silent], bystanders.clients.count):
        changed = _retold(_told(_mixed(knowledge, batch), bystanders.day, bystanders.clients, len(batch)), bystanders.clients.count, knowledge)
        seen |= {place: int(row.argmax()) for place, row in zip(silent[first:], changed, strict=False) if row.any()}
        progress(first + len(batch), len(silent))
    for place, result in enumerate(results):
        yield replace(result, bystander=seen.get(place))


def _batches(mutants: Sequence[Mutant], people: int) -> Iterator[tuple[int, Sequence[Mutant]]]:
    """The slips, so many at a time that it goes fastest for so many clients, each batch with how many came before."""
    size = max(1, BLOCK // max(1, people) - 1)
    for first in range(0, len(mutants), size):
        yield first, mutants[first : first + size]


def _told(mixed: Knowledge, day: date, people: Clients, slips: int) -> Told:
    """What these clients are told without a slip, then under each of so many."""
    return expected.told(Columns(mixed, day, idle=True), _repeated(people, slips + 1))


def _noticed(scenario: Scenario, told: Told) -> Masks:
    """Under which slips an expectation is no longer met; the first of these clients is without any."""
    noticed = np.zeros(told.count, bool)
    for _, missed in expected.unmet(scenario.expect, told):
        noticed |= missed & ~missed[0]
    return noticed[1:]


def _retold(told: Told, people: int, knowledge: Knowledge) -> Masks:
    """Under which slips (rows) which of so many clients (columns) get other options or lines than without any."""
    speaking = {rule.id for rule in knowledge.rules if rule.lines or rule.warns or rule.settles}
    picked = [row for verdicts in told.verdicts.values() for row in (*verdicts.picked, verdicts.first)]
    retold = np.zeros((told.count // max(1, people), people), bool)
    for row in (*picked, *(mask for name, mask in told.fired.items() if name in speaking)):
        each = row.reshape(retold.shape)
        retold |= each != each[0]
    return retold[1:]


def _repeated(people: Clients, times: int) -> Clients:
    """Every client once without a slip, then once under each."""
    columns = {name: Column(np.tile(column.values, times), np.tile(column.known, times)) for name, column in people.columns.items()}
    slips = np.repeat(np.arange(times, dtype=float), people.count)
    return Clients(len(slips), {**columns, SLIP: Column(slips, np.ones(len(slips), bool))}, people.alike)


def _mixed(knowledge: Knowledge, mutants: Sequence[Mutant]) -> Knowledge:
    """The knowledge with these slips in it, each at work for the clients with its number, from 1 on."""
    versions: dict[str, list[tuple[int, Rule]]] = {}
    for number, mutant in enumerate(mutants, start=1):
        for rule, changed in zip(mutant.rules, mutant.changed, strict=True):
            versions.setdefault(rule.id, []).append((number, changed))
    mixed = [[each for rule in layer.rules for each in _versions(rule, versions.get(rule.id, []))] for layer in knowledge.layers]
    layers = tuple(Layer(tuple(rules), layer.decides) for rules, layer in zip(mixed, knowledge.layers, strict=True))
    slip = Fact(SLIP, "number", SLIP, SLIP, None, {}, None, 0, None, Origin())
    return replace(knowledge, facts={**knowledge.facts, SLIP: slip}, layers=layers)


def _versions(rule: Rule, changed: Sequence[tuple[int, Rule]]) -> Iterator[Rule]:
    if changed:
        other = AnyOf(tuple(Test(SLIP, "is", number) for number, _ in changed))
        rule = replace(rule, when=(*rule.when, Entry(SLIP, Unless(other))))
    yield rule
    for number, version in changed:
        yield replace(version, when=(*version.when, Entry(SLIP, Test(SLIP, "is", number))))
