"""The same client with other answers, quickly: of the rules, only those that read what has changed are asked again.

Says what the engine would say (`tests/test_variation.py` holds it to that), without the account of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.inference.consult import Consultation
from advisor.inference.decide import as_fact, by_fact, decide
from advisor.inference.remedy import Remedy
from advisor.inference.trace import Decision
from advisor.knowledge.condition import Facts, Value
from advisor.knowledge.model import Rule


@dataclass(frozen=True)
class Outcome:
    """What some answers lead to."""

    facts: Facts
    decisions: Mapping[str, Decision]


class Variations:
    """What other answers of one client would lead to."""

    def __init__(self, consultation: Consultation) -> None:
        self._before = consultation
        self._knowledge = consultation.knowledge
        fired = {firing.rule.id for firing in consultation.trace.firings}
        day = consultation.case.date
        self._layers = [[(rule, rule.id in fired) for rule in layer.rules if rule.in_force(day)] for layer in self._knowledge.layers]
        self._found: dict[Remedy, Outcome] = {}

    def one(self, remedy: Remedy) -> Outcome:
        """What this one answer instead would lead to."""
        if remedy not in self._found:
            self._found[remedy] = self.after({remedy.fact: remedy.value})
        return self._found[remedy]

    def makes(self, rule: Rule, remedy: Remedy, *, fire: bool = True) -> bool:
        """Whether the rule fires (or does not) once this is so: an answer with all that follows from it, a conclusion by itself.

        The rule's condition must be as wanted already when nothing but the fact changes.
        """
        if remedy.fact not in self._knowledge.questions or rule.reads <= self._knowledge.questions.keys():
            return True
        return rule.condition.holds(self.one(remedy).facts) is fire

    def after(self, answers: Mapping[str, Value | None]) -> Outcome:
        """What these answers instead would lead to; nothing means that the question is open again."""
        before = self._before
        facts: dict[str, Value] = dict(before.case.but(answers).answers)
        decisions: dict[str, Decision] = {}
        changed = {name for name in answers if facts.get(name) != before.facts.get(name)}
        moved: set[str] = set()  # choices that other rules weigh on now
        fired: list[Rule] = []
        pending: list[Rule] = []
        for rules, layer in zip(self._layers, self._knowledge.layers, strict=True):
            for rule, did in rules:
                does = did if changed.isdisjoint(rule.reads) else rule.condition.holds(facts)
                if does:
                    fired.append(rule)
                    pending += [rule] if rule.concludes else []
                if does is not did:
                    changed.update(name for name, _ in rule.concludes)
                    moved |= rule.touches
            facts |= by_fact(pending, self._knowledge.facts)
            for choice in layer.decides:
                same = moved.isdisjoint((choice.id, choice.inherits))
                decisions[choice.id] = before.decisions[choice.id] if same else decide(choice, fired)
                value = as_fact(choice, decisions[choice.id])
                if value is not None:
                    facts[choice.id] = value
                if value != before.facts.get(choice.id):
                    changed.add(choice.id)
        return Outcome(facts, decisions)
