"""Clients made by chance for any knowledge base, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import cache

from advisor.commands.home import folders
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from advisor.knowledge.model import Fact, Knowledge

SKIPPED = (0, 0.2, 0.2, 0.6, 0.9)  # the share of questions that a client leaves open


@cache
def shipped() -> Knowledge:
    """What comes with the package."""
    return load(*folders())


def clients(knowledge: Knowledge, count: int, seed: int) -> Iterator[Case]:
    """So many clients, some with nearly every question answered and some with hardly any."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        skipped = rng.choice(SKIPPED)
        answers = {name: value for name, fact in knowledge.questions.items() if (value := chance_answer(rng, fact, skipped)) is not None}
        yield Case(f"client {number}", date(rng.randint(2022, 2030), rng.randint(1, 12), rng.randint(1, 28)), answers)


def chance_clients(knowledge: Knowledge, seed: int, count: int) -> Iterator[Consultation]:
    """The consultations of so many clients."""
    return (consult(knowledge, case) for case in clients(knowledge, count, seed))


def chance_answer(rng: random.Random, fact: Fact, left_out: float = 0.2) -> Value | None:
    """Any answer to a question, numbers small ones more often, or none."""
    return None if rng.random() < left_out else answer(rng, fact)


def answer(rng: random.Random, fact: Fact) -> Value:
    """Any answer to a question, numbers small ones more often."""
    match fact.kind:
        case "flag":
            return rng.random() < 0.5
        case "number":
            low, high = fact.min or 0, fact.max or 0
            return rng.choice([low, high, round(low + (high - low) * rng.random() ** 4), round(rng.uniform(low, min(high, low + 20)), 1)])
        case "one":
            return rng.choice(list(fact.options))
    return frozenset(rng.sample(list(fact.options), rng.randint(0, min(4, len(fact.options)))))
