"""Scenarios played through: what the advisor should say to each, whether it does, and what every claim changes.

A scenario is a believable client with what an expert would tell them. Knows nothing of any field.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Problem
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.model import Knowledge, Scenario


def case_of(scenario: Scenario) -> Case:
    """The client of a scenario as a case."""
    return Case(scenario.client, scenario.day, scenario.answers)


def surprises(knowledge: Knowledge) -> Iterator[Problem]:
    """Every expectation of a scenario that the advisor does not meet."""
    for scenario in knowledge.scenarios.values():
        consultation = consult(knowledge, case_of(scenario))
        for part, text in _unmet(scenario, consultation):
            place = scenario.origin.place("expect", *part)
            helps = ("mend the rule that decides it, or the expectation if the advice is right",)
            notes = (f"expected, because {scenario.expect.because}",)
            yield Problem("surprise", f"scenario `{scenario.id}`: {text}", place, notes=notes, helps=helps)


def _unmet(scenario: Scenario, consultation: Consultation) -> Iterator[tuple[tuple[str, ...], str]]:
    for choice, wanted in scenario.expect.picks.items():
        picked = consultation.decisions[choice].picked
        if picked[: len(wanted)] != wanted:
            yield ("picks", choice), f"`{choice}` picks {_named(picked)}, not {_named(wanted)}"
    for choice, unwanted in scenario.expect.not_picks.items():
        if found := tuple(option for option in consultation.decisions[choice].picked if option in unwanted):
            yield ("not_picks", choice), f"`{choice}` picks {_named(found)}"
    warned = {caveat for firing in consultation.trace.firings for caveat in firing.rule.warns}
    for caveat in scenario.expect.caveats:
        if caveat not in warned:
            yield ("caveats",), f"the caveat `{caveat}` is not shown"
    for caveat in scenario.expect.no_caveats:
        if caveat in warned:
            yield ("no_caveats",), f"the caveat `{caveat}` is shown"
    if scenario.expect.without_caveats and warned:
        yield ("without_caveats",), f"caveats are shown: {_named(tuple(sorted(warned)))}"


def _named(options: tuple[str, ...]) -> str:
    return ", ".join(f"`{option}`" for option in options) or "nothing"
