"""Every check of the whole space, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from advisor.checking.alike import alike
from advisor.checking.contradiction import contradicting
from advisor.checking.decisive import indecisive
from advisor.checking.doubled import equal, shadowed
from advisor.checking.outcomes import empty, unpicked
from advisor.checking.space import Space
from advisor.checking.unreachable import unreachable
from advisor.checking.vain import CODES as VAIN
from advisor.checking.vain import vain
from advisor.errors import Problem

CHECKS: Mapping[str, Callable[[Space], Iterator[Problem]]] = {
    "unreachable": unreachable,
    "vain": vain,
    "equal": equal,
    "shadowed": shadowed,
    "contradicting": contradicting,
    "unpicked": unpicked,
    "empty": empty,
    "alike": alike,
    "indecisive": indecisive,
}
CODES = frozenset(
    (
        *("condition-never-holds", "rule-never-fires", "rules-equal", "rule-shadowed", "rules-contradict", "rule-never-decisive"),
        *VAIN.values(),
        *("option-never-picked", "choice-can-be-empty", "section-can-be-empty", "answers-alike"),
        *("undecided", "readings-disagree"),
    )
)
EXPLAINED = ("rules-equal", "rule-shadowed", "rules-contradict")  # why a rule is never decisive


def findings(space: Space) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """What each check finds, as it is found; that a rule never matters is told only where nothing else tells why."""
    explained = set()
    for name, check in CHECKS.items():
        found = tuple(problem for problem in check(space) if problem.code != "rule-never-decisive" or problem.place is None or problem.place not in explained)
        explained |= {problem.place for problem in found if problem.code in EXPLAINED}
        yield name, found
