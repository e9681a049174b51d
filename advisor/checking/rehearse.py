"""Scenarios played through, all at once: whether the advisor says what it should, and which rules none of them needs.

A scenario is a believable client with what an expert would tell them. Knows nothing of any field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from advisor.errors import Problem
from advisor.foresight.columns import Columns, clients
from advisor.inference.case import Case
from advisor.knowledge.model import Knowledge, Rule, Scenario
from advisor.knowledge.source import Origin, Step


@dataclass(frozen=True)
class Played:
    """A scenario, what each choice picked for its client, best first, and the rules that fired."""

    scenario: Scenario
    picked: Mapping[str, tuple[str, ...]]
    fired: tuple[Rule, ...]


def case_of(scenario: Scenario) -> Case:
    """The client of a scenario as a case."""
    return Case(scenario.client, scenario.day, scenario.answers)


def played(knowledge: Knowledge) -> tuple[Played, ...]:
    """Every scenario, played: the same as `consult` says of each, but those of one day together."""
    days: dict[date, list[Scenario]] = {}
    for scenario in knowledge.scenarios.values():
        days.setdefault(scenario.day, []).append(scenario)
    return tuple(one for day, scenarios in days.items() for one in _on(day, scenarios, knowledge))


def _on(day: date, scenarios: list[Scenario], knowledge: Knowledge) -> Iterator[Played]:
    plan = Columns(knowledge, day, idle=True)
    people = clients([scenario.answers for scenario in scenarios], knowledge)
    verdicts, fired = plan.decide(people), plan.fired(people)
    for number, scenario in enumerate(scenarios):
        picked = {name: verdict.names(number)[: None if verdict.choice.pick == "ranked" else 1] for name, verdict in verdicts.items()}
        yield Played(scenario, picked, tuple(rule for rule, fires in zip(plan.rules, fired[:, number], strict=True) if fires))


def surprises(rehearsal: Iterable[Played]) -> Iterator[Problem]:
    """Every expectation of a scenario that the advisor does not meet."""
    for one in rehearsal:
        for part, text in _unmet(one):
            place = one.scenario.origin.place("expect", *part)
            helps = ("mend the rule that decides it, or the expectation if the advice is right",)
            notes = (f"expected, because {one.scenario.expect.because}",)
            yield Problem("surprise", f"scenario `{one.scenario.id}`: {text}", place, notes=notes, helps=helps)


def _unmet(one: Played) -> Iterator[tuple[tuple[str, ...], str]]:
    expect = one.scenario.expect
    for choice, wanted in expect.picks.items():
        picked = one.picked[choice]
        if picked[: len(wanted)] != wanted:
            yield ("picks", choice), f"`{choice}` picks {_named(picked)}, not {_named(wanted)}"
    for choice, unwanted in expect.not_picks.items():
        if found := tuple(option for option in one.picked[choice] if option in unwanted):
            yield ("not_picks", choice), f"`{choice}` picks {_named(found)}"
    warned = {caveat for rule in one.fired for caveat in rule.warns}
    for caveat in expect.caveats:
        if caveat not in warned:
            yield ("caveats",), f"the caveat `{caveat}` is not shown"
    for caveat in expect.no_caveats:
        if caveat in warned:
            yield ("no_caveats",), f"the caveat `{caveat}` is shown"
    if expect.without_caveats and warned:
        yield ("without_caveats",), f"caveats are shown: {_named(tuple(sorted(warned)))}"


def _named(options: tuple[str, ...]) -> str:
    return ", ".join(f"`{option}`" for option in options) or "nothing"


def uncovered(knowledge: Knowledge, rehearsal: Iterable[Played]) -> Iterator[Problem]:
    """Every rule an author wrote that fires in no scenario; of one written for each option, or made from one law, any counts.

    Rules made from figures are left out: one formula makes them all. So are rules not yet, or no longer, in force on any day played.
    """
    plays = tuple(rehearsal)
    days = {one.scenario.day for one in plays}
    seen = {_written(rule.origin) for one in plays for rule in one.fired}
    figures = {_written(row.origin) for row in knowledge.rows}
    for rule in knowledge.rules:
        where = _written(rule.origin)
        if plays and where not in seen | figures and any(rule.in_force(day) for day in days):
            seen.add(where)
            name = rule.origin.data("id") or rule.id
            helps = ("add a scenario of a client for whom it fires, with what that client should be told",)
            yield Problem("uncovered-rule", f"rule `{name}` fires in no scenario", rule.origin.place("id"), helps=helps, severity="warning")


def _written(origin: Origin) -> tuple[str, tuple[Step, ...]]:
    """Where an item was written: rules of one place were written at once."""
    return origin.document.name if origin.document else "", origin.path
