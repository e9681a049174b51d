"""Mutation of the knowledge: how many slips of the pen the scenarios notice.

All slips live side by side in one knowledge base, told apart by one fact more, so that many clients at once (each scenario under each
slip) are decided in one go (mutant schemata: R. H. Untch, A. J. Offutt, M. J. Harrold, ISSTA 1993).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from advisor.checking import expected
from advisor.checking.expected import Told
from advisor.checking.mutants import Mutant
from advisor.checking.rehearse import by_day
from advisor.foresight.columns import BLOCK, Clients, Column, Columns, Masks, clients
from advisor.knowledge.condition import AnyOf, Test, Unless
from advisor.knowledge.model import Entry, Fact, Knowledge, Layer, Rule, Scenario
from advisor.knowledge.source import Origin

SLIP = " slip"  # no fact of a knowledge base begins with a blank

Fate = Literal["noticed", "unwatched", "immaterial", "unreached"]


@dataclass(frozen=True)
class Result:
    """What the scenarios make of a slip, each by the scenarios that do.

    `noticed`: an expectation is no longer met. `changed`: something else is picked or told. `moved`: points change, or what fires.
    """

    mutant: Mutant
    noticed: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def fate(self) -> Fate:
        """Noticed; or not, though a client is told something else; or nobody is, though points move; or no scenario gets near."""
        return "noticed" if self.noticed else "unwatched" if self.changed else "immaterial" if self.moved else "unreached"


def tried(knowledge: Knowledge, mutants: Sequence[Mutant], progress: Callable[[int, int], None]) -> Iterator[Result]:
    """What the scenarios make of every slip; `progress` is told how many of how many are through."""
    size = max(1, BLOCK // max(1, len(knowledge.rehearsed)) - 1)
    for first in range(0, len(mutants), size):
        batch = mutants[first : first + size]
        found: list[tuple[list[str], list[str], list[str]]] = [([], [], []) for _ in batch]
        mixed = _mixed(knowledge, batch)
        for day, scenarios in by_day(knowledge).items():
            told = expected.told(Columns(mixed, day, idle=True), _repeated(scenarios, len(batch) + 1, knowledge))
            speaking = [rule.id for rule in knowledge.rules if rule.lines or rule.warns or rule.settles]
            for row, scenario in enumerate(scenarios):
                theirs = told.of(slice(row, None, len(scenarios)))
                for lists, *seen in zip(found, *(mask[1:].tolist() for mask in _seen(scenario, theirs, speaking)), strict=True):
                    for names, sees in zip(lists, seen, strict=True):
                        if sees:
                            names.append(scenario.id)
        for mutant, names in zip(batch, found, strict=True):
            yield Result(mutant, *map(tuple, names))
        progress(first + len(batch), len(mutants))


def _seen(scenario: Scenario, told: Told, speaking: Sequence[str]) -> tuple[Masks, Masks, Masks]:
    """Under which slips an expectation is no longer met, other things are said, and points or firings differ; the first client is without any."""
    noticed = np.zeros(told.count, bool)
    for _, missed in expected.unmet(scenario.expect, told):
        noticed |= missed & ~missed[0]
    changed, moved = np.zeros(told.count, bool), np.zeros(told.count, bool)
    for verdicts in told.verdicts.values():
        changed |= _differs(verdicts.picked)
        moved |= _differs(verdicts.points) | _differs(verdicts.barred)
    changed |= _differs(np.array([told.fired[name] for name in speaking if name in told.fired], bool).reshape(-1, told.count))
    moved |= changed | _differs(np.array(list(told.fired.values()), bool).reshape(-1, told.count))
    return noticed, changed, moved


def _differs(rows: NDArray[np.generic]) -> Masks:
    """Whose column is not that of the first client."""
    differs: Masks = (rows != rows[:, :1]).any(axis=0)
    return differs


def _repeated(scenarios: Sequence[Scenario], times: int, knowledge: Knowledge) -> Clients:
    """Every scenario once without a slip, then once under each."""
    once = clients([scenario.answers for scenario in scenarios], knowledge)
    columns = {name: Column(np.tile(column.values, times), np.tile(column.known, times)) for name, column in once.columns.items()}
    slips = np.repeat(np.arange(times, dtype=float), len(scenarios))
    return Clients(len(slips), {**columns, SLIP: Column(slips, np.ones(len(slips), bool))}, {})


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
