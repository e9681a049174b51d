"""Rules that one fact alone would make fire, and the value that it takes: what is close to the advice, and what is not.

Of the rules of which one condition failed, those whose failed condition takes two facts at once, or none that can be had, are not close.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.inference.consult import Consultation
from advisor.inference.remedy import Remedy, State, remedies, state
from advisor.inference.trace import NearMiss, culprits
from advisor.inference.variation import Variations


@dataclass(frozen=True, slots=True)
class Near:
    """A rule that nearly fired; its miss names the fact to look at, its remedy the value that makes it fire."""

    miss: NearMiss
    remedy: Remedy
    state: State


def close(consultation: Consultation, variations: Variations) -> Iterator[Near]:
    """The rules that weigh on a choice and that one fact would make fire, each with the change that is soonest in the client's hands."""
    facts, known = consultation.facts, consultation.knowledge.facts
    for miss in consultation.trace.near:
        if not miss.rule.touches:
            continue
        offered = remedies(miss.rule.condition, miss.entry.condition, facts, known)
        remedy = next((remedy for remedy in offered if variations.makes(miss.rule, remedy)), None)
        if remedy is not None:
            test = next(test for test in culprits(miss.entry.condition, facts) if test.fact == remedy.fact)
            actual = facts.get(remedy.fact)
            yield Near(replace(miss, test=test, actual=actual), remedy, state(known[remedy.fact], actual))
