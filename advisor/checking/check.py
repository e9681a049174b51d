"""Every plain check of knowledge that could be loaded: what an author should know within two seconds of saving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from advisor.checking.accept import Findings, sorted_out
from advisor.checking.ageing import ageing
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


def check(knowledge: Knowledge, today: date, beside: Iterable[Problem] = (), looked_for: frozenset[str] = frozenset()) -> Findings:
    """What the plain checks find on this day; `beside` is what other checks found, which looked for these codes."""
    found = [
        *beside,
        *surprises(knowledge),
        *uncovered(knowledge),
        *unused(knowledge),
        *given_up(knowledge),
        *ageing(knowledge, today),
        *hard_to_read(knowledge),
    ]
    return sorted_out(found, knowledge, CODES | looked_for)
