"""Coverage by rule: which clients make each rule fire, and which nearly, one fact away.

A rule that no example reaches was never seen at work; one without a near miss was never seen to hold back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.checking.rehearse import case_of
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.inference.remedy import remedies
from advisor.knowledge.condition import Facts
from advisor.knowledge.model import Knowledge, Rule


@dataclass(frozen=True)
class Reach:
    """A rule, the clients by whom it fires, and those whom one fact keeps from it; `in_force` on the day of any of them."""

    rule: Rule
    fires: tuple[str, ...]
    nearly: tuple[str, ...]
    in_force: bool

    @property
    def always(self) -> bool:
        """Whether the rule has no condition, so that it can never miss."""
        return not self.rule.entries

    @property
    def whole(self) -> bool:
        """Whether the rule was seen both at work and holding back, as far as it can be."""
        return not self.in_force or bool(self.fires and (self.nearly or self.always))

    def data(self) -> dict[str, object]:
        """The reach as plain data."""
        place = self.rule.origin.place("id")
        where = {"file": place.file if place else None, "line": place.line if place else None}
        return {"rule": self.rule.id, **where, "in_force": self.in_force, "fires": list(self.fires), "nearly": list(self.nearly), "whole": self.whole}


def reaches(knowledge: Knowledge, cases: Iterable[tuple[str, Case]] = ()) -> tuple[Reach, ...]:
    """Every living rule with the scenarios, and the cases besides, that reach it; in the order of the rules."""
    examples = [*((name, case_of(scenario)) for name, scenario in knowledge.rehearsed.items()), *cases]
    fires: dict[str, list[str]] = {}
    nearly: dict[str, list[str]] = {}
    known: dict[object, bool] = {}
    for name, case in examples:
        consultation = consult(knowledge, case)
        for firing in consultation.trace.firings:
            fires.setdefault(firing.rule.id, []).append(name)
        for rule in _near(consultation, known):
            nearly.setdefault(rule.id, []).append(name)
    days = {case.date for _, case in examples}
    living = [rule for rule in knowledge.rules if rule.status != "retired"]
    return tuple(Reach(rule, tuple(fires.get(rule.id, ())), tuple(nearly.get(rule.id, ())), any(map(rule.in_force, days))) for rule in living)


def _near(consultation: Consultation, known: dict[object, bool]) -> Iterator[Rule]:
    """The rules of which one condition failed that one fact would meet, with another value or left open; `known` remembers what was found out before."""
    facts = consultation.facts
    for miss in consultation.trace.near:
        rule = miss.rule
        alike = (rule.id, *(facts.get(name) for name in rule.reads))
        if alike not in known:
            known[alike] = _fires_without(rule, facts) or any(True for _ in remedies(rule.condition, miss.entry.condition, facts, consultation.knowledge.facts))
        if known[alike]:
            yield rule


def _fires_without(rule: Rule, facts: Facts) -> bool:
    """Whether the rule would fire if one of these facts were not known."""
    return any(rule.condition.holds({name: value for name, value in facts.items() if name != left_open}) for left_open in rule.reads & facts.keys())
