"""Every plain check of knowledge that could be loaded: what an author should know within two seconds of saving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from advisor.checking.accept import Findings, sorted_out
from advisor.checking.ageing import ageing
from advisor.checking.reading import hard_to_read
from advisor.checking.rehearse import play, surprises
from advisor.checking.uncovered import uncovered
from advisor.checking.unused import given_up, unused
from advisor.errors import Problem
from advisor.knowledge.model import Knowledge


class Check(NamedTuple):
    """A check, and the codes that it looks for."""

    codes: frozenset[str]
    found: Callable[[Knowledge, date], Iterator[Problem]]


def _rehearsed(knowledge: Knowledge, _: date) -> Iterator[Problem]:
    played = play(knowledge)
    yield from surprises(played)
    yield from uncovered(knowledge, played)


def _idle(knowledge: Knowledge, _: date) -> Iterator[Problem]:
    yield from unused(knowledge)
    yield from given_up(knowledge)


UNUSED = (
    *("unread-question", "unused-fact", "never-concluded", "idle-choice", "unused-caveat", "empty-section"),
    *("uncited-claim", "untaught-claim", "unsettled-disagreement", "unused-source", "retired-cited"),
)
CHECKS = (
    Check(frozenset(("surprise", "uncovered-rule")), _rehearsed),
    Check(frozenset(UNUSED), _idle),
    Check(frozenset(("review-due", "undated-source", "old-source")), ageing),
    Check(frozenset(("jargon", "long-text", "long-sentence", "hard-to-read")), lambda knowledge, _: hard_to_read(knowledge)),
)
CODES = frozenset[str]().union(*(check.codes for check in CHECKS))


def check(
    knowledge: Knowledge, today: date, beside: Iterable[Problem] = (), looked_for: frozenset[str] = frozenset(), checks: Sequence[Check] = CHECKS
) -> Findings:
    """What these checks find on this day; `beside` is what other checks found, which looked for these codes."""
    found = [*beside, *(problem for each in checks for problem in each.found(knowledge, today))]
    return sorted_out(found, knowledge, looked_for.union(*(each.codes for each in checks)))
