"""The one front door: case + knowledge -> Consultation.

A pure function: the same case, date and fingerprint give the same consultation, on any machine and from any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from advisor.inference.case import Case
from advisor.inference.decide import as_fact, by_fact, decide
from advisor.inference.engine import Engine, engine_for
from advisor.inference.trace import Decision, Firing, Trace, Watch, firing
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge, Rule


@dataclass(frozen=True)
class Consultation:
    """Everything that one case led to."""

    knowledge: Knowledge
    case: Case
    facts: Mapping[str, Value]
    decisions: Mapping[str, Decision]
    trace: Trace

    @cached_property
    def firing_of(self) -> Mapping[str, Firing]:
        """The firings by rule."""
        return {fired.rule.id: fired for fired in self.trace.firings}

    @cached_property
    def concluded_by(self) -> Mapping[str, tuple[Firing, ...]]:
        """The firings that concluded each fact as it stands; what another value outranked is not among them."""
        found: dict[str, tuple[Firing, ...]] = {}
        for fired in self.trace.firings:
            for name, value in fired.rule.concludes:
                settled = self.facts[name]
                if value == settled or (isinstance(value, frozenset) and isinstance(settled, frozenset) and value <= settled):
                    found[name] = (*found.get(name, ()), fired)
        return found


def consult(knowledge: Knowledge, case: Case, without: frozenset[str] = frozenset(), *, nearly: bool = True) -> Consultation:
    """Let every layer of rules fire on the case, and decide every choice when its last rule is through.

    Rules named in `without` take no part, as if they had never been written; without `nearly`, near misses are not looked for.
    """
    engine = engine_for(knowledge)
    facts: dict[str, Value] = dict(case.answers)
    fired: list[Rule] = []
    firings: list[Firing] = []
    decisions: dict[str, Decision] = {}
    pending: list[Rule] = []  # fired rules whose conclusions later layers may still add to
    for number, layer in enumerate(knowledge.layers):
        now = [rule for rule in engine.fire(number, facts) if rule.in_force(case.date) and rule.id not in without]
        firings += [firing(rule, number, facts) for rule in now]
        fired += now
        pending += [rule for rule in now if rule.concludes]
        facts |= by_fact(pending, knowledge.facts)
        for choice in layer.decides:
            decisions[choice.id] = decide(choice, fired)
            value = as_fact(choice, decisions[choice.id])
            if value is not None:
                facts[choice.id] = value
    near = tuple(miss for miss in _watch(engine).near_misses(facts, case.date) if miss.rule.id not in without) if nearly else ()
    concluded = {name: value for name, value in facts.items() if name not in case.answers}
    return Consultation(knowledge, case, facts, decisions, Trace(tuple(firings), near, concluded))


@cache
def _watch(engine: Engine) -> Watch:
    """What looks for near misses among the rules of an engine; kept as long as the engine."""
    return Watch(engine.alike)
