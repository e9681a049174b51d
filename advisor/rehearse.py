"""Scenarios played through: does the advisor say what it should, and what does each claim change?

A scenario is a believable client with what an expert would tell them. Knows nothing of any field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.case import Case
from advisor.consult import Consultation, consult
from advisor.errors import Problem
from advisor.knowledge import Knowledge, Scenario
from advisor.strategy import Data, strategy


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


def _named(options: tuple[str, ...]) -> str:
    return ", ".join(f"`{option}`" for option in options) or "nothing"


# -- claims at work -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Use:
    """Where a claim is at work: the rules and lessons that cite it, the scenarios in which such a rule fires, those it changes."""

    claim: str
    taught: bool
    rules: tuple[str, ...]
    lessons: tuple[str, ...]
    shows: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def works(self) -> bool:
        """Whether the claim does what it should: one that is taught only stands in a lesson, any other changes a scenario."""
        return bool(self.lessons) if self.taught else bool(self.changes)


def coverage(knowledge: Knowledge) -> tuple[Use, ...]:
    """Every claim with its use, in the order of the guidance."""
    played = {scenario.id: consult(knowledge, case_of(scenario)) for scenario in knowledge.scenarios.values()}
    results = {name: _result(consultation) for name, consultation in played.items()}
    return tuple(_use(claim.id, claim.taught, knowledge, played, results) for claim in knowledge.claims.values())


def _use(claim: str, taught: bool, knowledge: Knowledge, played: Mapping[str, Consultation], results: Mapping[str, Data]) -> Use:
    citing = frozenset(rule.id for rule in knowledge.rules if claim in rule.cites)
    lessons = tuple(lesson.id for lesson in knowledge.lessons.values() if claim in lesson.claims)
    shows = tuple(name for name, consultation in played.items() if any(firing.rule.id in citing for firing in consultation.trace.firings))
    changes = tuple(name for name in shows if _result(consult(knowledge, played[name].case, citing)) != results[name])
    return Use(claim, taught, tuple(sorted(citing)), lessons, shows, changes)


def _result(consultation: Consultation) -> Data:
    """What a client is told, without how it came about."""
    told = strategy(consultation)
    picks = {name: choice["picked"] for name, choice in told["choices"].items()}
    sections = [[(item["kind"], item["text"]) for item in section["items"]] for section in told["sections"]]
    settled = [(entry["id"], tuple(entry["followed"])) for entry in told["disagreements"]]
    points = {name: {standing["option"]: standing["points"] for standing in choice["ranking"]} for name, choice in told["choices"].items()}
    return {"picks": picks, "points": points, "sections": sections, "caveats": [caveat["id"] for caveat in told["caveats"]], "disagreements": settled}
