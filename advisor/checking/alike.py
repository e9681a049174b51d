"""Answers that make no difference: neighbours in the list of a question that no rule and no text tells apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain, pairwise

from advisor.checking.space import Space, decided
from advisor.errors import Problem
from advisor.knowledge import slots
from advisor.knowledge.condition import All, AnyOf, Condition, Test, Unless, rewritten
from advisor.knowledge.model import Fact, Knowledge, Rule
from advisor.proof.everyone import can_hold

EVERYTHING, NOTHING = All(()), AnyOf(())


def alike(space: Space) -> Iterator[Problem]:
    """Every answer that could as well be the one before it. A question that no rule reads is another matter."""
    knowledge, spoken = space.knowledge, _spoken_of(space.knowledge)
    for question in knowledge.questions.values():
        readers = [rule for rule in knowledge.rules if rule.status != "retired" and question.id in rule.reads]
        if readers and question.id not in spoken:
            for first, second in pairwise(question.options):
                place = question.origin.place("options", list(question.options).index(second))
                judge = partial(_judged, question, first, second, readers, space)
                yield from decided(f"the answers `{first}` and `{second}` to `{question.id}` are told apart", place, judge)


def _judged(question: Fact, first: str, second: str, readers: list[Rule], space: Space) -> Iterator[Problem]:
    if not any(_tells_apart(rule, question, first, second, space) for rule in readers):
        place = question.origin.place("options", list(question.options).index(second))
        helps = ("make them one answer, or let a rule tell them apart",)
        yield Problem("answers-alike", f"of the answers to `{question.id}`, no rule tells `{second}` from `{first}`", place, helps=helps, severity="warning")


def _tells_apart(rule: Rule, question: Fact, first: str, second: str, space: Space) -> bool:
    """Whether one of two answers could make a rule's condition hold where the other does not, all else being equal."""
    swapped = rewritten(rule.condition, partial(_swapped, question=question, other={first: second, second: first}))
    if swapped == rule.condition:
        return False
    given: Condition = Test(question.id, "is", first) if question.kind == "one" else Test(question.id, "includes", first)
    other = Unless(Test(question.id, "includes", second)) if question.kind == "many" else EVERYTHING
    differs = AnyOf((All((rule.condition, Unless(swapped))), All((Unless(rule.condition), swapped))))
    return can_hold([given, other, differs], space.knowledge, space.day, space.knowledge.facts)


def _swapped(test: Test, question: Fact, other: Mapping[str, str]) -> Test:
    """The test as it would read with two answers to a question swapped."""
    if test.fact != question.id or test.op == "known":
        return test
    if isinstance(test.expected, str):
        return Test(test.fact, test.op, other.get(test.expected, test.expected))
    swapped = {other.get(option, option) for option in test.expected}
    return test if swapped == set(test.expected) else Test(test.fact, test.op, type(test.expected)(swapped))


def _spoken_of(knowledge: Knowledge) -> frozenset[str]:
    """The facts whose values texts hold."""
    living = [rule for rule in knowledge.rules if rule.status != "retired"]
    texts = chain.from_iterable([rule.because, *(line.text for line in rule.lines)] for rule in living)
    return frozenset(chain.from_iterable(slots.facts(text) for text in chain(texts, (caveat.text for caveat in knowledge.caveats.values()))))
