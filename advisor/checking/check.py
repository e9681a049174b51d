"""Every plain check of knowledge that could be loaded: what an author should know within two seconds of saving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from advisor.checking.accept import Findings, sorted_out
from advisor.checking.ageing import ageing
from advisor.checking.proofs import CODES as PROVEN
from advisor.checking.reading import hard_to_read
from advisor.checking.rehearse import surprises
from advisor.checking.uncovered import uncovered
from advisor.checking.unused import given_up, unused
from advisor.errors import Problem
from advisor.knowledge.model import Knowledge

CODES = frozenset(
    (
        *("surprise", "uncovered-rule"),
        *("unread-question", "unused-fact", "never-concluded", "idle-choice", "unused-caveat", "empty-section"),
        *("uncited-claim", "untaught-claim", "unsettled-disagreement", "unused-source", "retired-cited"),
        *("review-due", "undated-source", "old-source"),
        *("jargon", "long-text", "long-sentence", "hard-to-read"),
    )
)


def check(knowledge: Knowledge, today: date, proven: Iterable[Problem] | None = None) -> Findings:
    """What the plain checks find on this day, beside what was found over all possible clients, if that was looked for."""
    found = [
        *(proven or ()),
        *surprises(knowledge),
        *uncovered(knowledge),
        *unused(knowledge),
        *given_up(knowledge),
        *ageing(knowledge, today),
        *hard_to_read(knowledge),
    ]
    return sorted_out(found, knowledge, CODES if proven is None else CODES | PROVEN)
