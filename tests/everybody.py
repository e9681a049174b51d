"""What is so of all possible clients of a small world, found by asking every one of them: the plain reference evaluator on every set of answers.

Shares nothing with the proofs it checks but what a client is: each question answered in any way, or left open; numbers on, between and
beyond all they are compared with, as far as the question allows.
"""

from __future__ import annotations

import itertools
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from advisor.knowledge.load import load
from tests import brute, generate, reference
from tests.agreement import World

RULES, MOST_CLIENTS = 24, 240
DAY = "2026-11-22"
Answers = dict[str, Any]


def world(seed: int, rules: int = RULES, most: int = MOST_CLIENTS) -> World:
    """A random world, all its rules in force for ever, with so few questions that each of its clients can be asked."""
    rng = random.Random(seed)
    knowledge = generate.some_knowledge(rng)
    offered = [question for question in knowledge["questions"] if len(question.get("options", ())) < 5 and "options_from" not in question]
    rng.shuffle(offered)
    knowledge["questions"] = offered[:4]
    written = [{key: value for key, value in rule.items() if key not in ("since", "until")} for rule in generate.some_rules(rng, knowledge, rules)]
    clients = 1
    for question in list(knowledge["questions"]):
        if clients * (number := 1 + len(list(_answers(question, knowledge, written)))) > most and len(knowledge["questions"]) > 1:
            written = _without(question["id"], written)
            knowledge["questions"].remove(question)
        else:
            clients *= number
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), knowledge, written)
        return World(seed, knowledge, written, load(Path(folder) / "knowledge", Path(folder) / "rules"))


def _without(question: str, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rules that do not read or name a question."""
    return [rule for rule in rules if question not in str(rule)]


@dataclass
class Everybody:
    """What comes of every client of a world, with all rules and without one."""

    made: World
    without: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @cached_property
    def clients(self) -> list[Answers]:
        """All possible clients."""
        questions = self.made.knowledge["questions"]
        ways = [[None, *_answers(question, self.made.knowledge, self.made.rules)] for question in questions]
        return [{question["id"]: answer for question, answer in zip(questions, given, strict=True) if answer is not None} for given in itertools.product(*ways)]

    @cached_property
    def outcomes(self) -> list[reference.Outcome]:
        """What comes of each client, in the same order."""
        return [reference.evaluate(self.made.knowledge, self.made.rules, client, DAY) for client in self.clients]

    def fired(self, rule: str) -> frozenset[int]:
        """The clients for whom a rule fires, by number."""
        return frozenset(number for number, outcome in enumerate(self.outcomes) if rule in outcome.fired)

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The living rules."""
        return [rule for rule in self.made.rules if rule["status"] != "retired"]

    def matters(self, rule: dict[str, Any]) -> bool:
        """Whether taking a rule away changes the result of any client."""
        rest = [other for other in self.made.rules if other is not rule]
        return any(
            result(reference.evaluate(self.made.knowledge, rest, client, DAY), rest) != result(outcome, self.made.rules)
            for client, outcome in zip(self.clients, self.outcomes, strict=True)
            if rule["id"] in outcome.fired
        )


def result(outcome: reference.Outcome, rules: list[dict[str, Any]]) -> object:
    """What a client is told: picks in their order, facts, caveats, lines and sides taken."""
    said = [(word, told) for rule in rules if rule["id"] in outcome.fired for word, told in reference.effects(rule, "advise", "task", "kpi", "settle")]
    return outcome.picked, outcome.facts, outcome.warned, {(word, str(told)) for word, told in said}


def _answers(question: dict[str, Any], knowledge: dict[str, Any], rules: list[dict[str, Any]]) -> Iterator[Any]:
    if question["kind"] != "number":
        found = list(brute.answers(question, knowledge, rules))
        yield from found or [[]]
        return
    tests = [
        test for rule in rules if rule["status"] != "retired" for part in ("when", "unless") for test in brute.tests_of(question["id"], rule.get(part, {}))
    ]
    limits = {limit for test in tests for limit in (test.values() if isinstance(test, dict) else [test]) if not isinstance(limit, bool)}
    edges = sorted({question["min"], question["max"], *(limit for limit in limits if question["min"] <= limit <= question["max"])})
    yield from sorted({*edges, *((low + high) / 2 for low, high in itertools.pairwise(edges))})
