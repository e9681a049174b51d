"""Whom the contestants advise: a fixed set of random clients, and what each layer of rules gets to see of them."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.inference.case import Case
from advisor.inference.decide import as_fact, by_fact, decide
from advisor.knowledge.condition import Facts, Value, tests
from advisor.knowledge.load import load
from advisor.knowledge.model import Fact, Knowledge, Layer, Rule

SEED = 20261121
DAY = date(2026, 11, 21)
ANSWERED = (0.4, 0.7, 0.9, 1.0)  # the share of questions that a client answers
NUMBERS = (0, 1, 2, 3, 5, 6, 10, 20, 40)


@dataclass(frozen=True)
class Client:
    """A case, and the known facts that the rules of each layer read."""

    case: Case
    steps: tuple[dict[str, Value], ...]


def clients(knowledge: Knowledge, count: int) -> list[Client]:
    """So many random clients, the same in every run."""
    rng = random.Random(SEED)
    cases = [Case(f"client {number}", DAY, dict(answers(rng, knowledge))) for number in range(1, count + 1)]
    return [Client(case, tuple(steps(knowledge, case))) for case in cases]


def answers(rng: random.Random, knowledge: Knowledge) -> Iterator[tuple[str, Value]]:
    """Some of the questions answered, whatever comes."""
    share = rng.choice(ANSWERED)
    return ((name, answer(rng, question)) for name, question in knowledge.questions.items() if rng.random() < share)


def answer(rng: random.Random, question: Fact) -> Value:
    """A possible answer to a question."""
    options = list(question.options)
    match question.kind:
        case "one":
            return rng.choice(options)
        case "many":
            return frozenset(rng.sample(options, rng.randint(0, min(4, len(options)))))
        case "flag":
            return rng.random() < 0.5
        case "number":
            return rng.choice(NUMBERS)


def steps(knowledge: Knowledge, case: Case) -> Iterator[dict[str, Value]]:
    """What the layers see, one after the other, found out without any engine: every condition is simply evaluated."""
    facts: dict[str, Value] = dict(case.answers)
    fired: list[Rule] = []
    for layer in knowledge.layers:
        yield seen(layer, facts)
        fired += [rule for rule in layer.rules if rule.in_force(case.date) and rule.condition.holds(facts)]
        facts |= by_fact(fired, knowledge.facts)
        for choice in layer.decides:
            value = as_fact(choice, decide(choice, fired))
            if value is not None:
                facts[choice.id] = value


def seen(layer: Layer, facts: Facts) -> dict[str, Value]:
    """The known facts that any rule of the layer reads."""
    read = {test.fact for rule in layer.rules for test in tests(rule.condition)}
    return {name: facts[name] for name in sorted(read) if name in facts}


def generated(rules: int) -> Knowledge:
    """A random world with so many rules, for as long as there is no real one."""
    from tests import generate

    knowledge, written = generate.knowledge_and_rules(random.Random(SEED), rules=rules)
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), knowledge, written)
        return load(Path(folder) / "knowledge", Path(folder) / "rules")
