"""Scenarios played through: what the advisor should say to each, and whether it does.

A scenario is a believable client with what an expert would tell them. Knows nothing of any field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.checking import expected
from advisor.checking.expected import Told
from advisor.errors import Problem
from advisor.foresight.columns import Columns, clients
from advisor.inference.case import Case
from advisor.knowledge.model import Knowledge, Scenario


def case_of(scenario: Scenario) -> Case:
    """The client of a scenario as a case."""
    return Case(scenario.client, scenario.day, scenario.answers)


def by_day(knowledge: Knowledge) -> dict[date, list[Scenario]]:
    """The scenarios of each day; on another day other rules may be in force."""
    found: dict[date, list[Scenario]] = {}
    for scenario in knowledge.rehearsed.values():
        found.setdefault(scenario.day, []).append(scenario)
    return found


@dataclass(frozen=True)
class Played:
    """The scenarios of one day, and what their clients are told, in the same order."""

    day: date
    scenarios: Sequence[Scenario]
    told: Told


def play(knowledge: Knowledge) -> tuple[Played, ...]:
    """All scenarios, played through."""
    return tuple(
        Played(day, scenarios, expected.told(Columns(knowledge, day, idle=True), clients([scenario.answers for scenario in scenarios], knowledge)))
        for day, scenarios in by_day(knowledge).items()
    )


def surprises(played: Iterable[Played]) -> Iterator[Problem]:
    """Every expectation of a scenario that the advisor does not meet."""
    for each in played:
        for row, scenario in enumerate(each.scenarios):
            for part, missed in expected.unmet(scenario.expect, each.told):
                if missed[row]:
                    yield _surprise(scenario, part, expected.instead(part, scenario.expect, each.told.of(slice(row, row + 1))))


def _surprise(scenario: Scenario, part: expected.Part, said: str) -> Problem:
    helps = ("mend the rule that decides it, or the expectation if the advice is right",)
    notes = (f"expected, because {scenario.expect.because}",)
    return Problem("surprise", f"scenario `{scenario.id}`: {said}", scenario.origin.place("expect", *part), notes=notes, helps=helps)
