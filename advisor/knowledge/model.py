"""What is known, resolved: every name points to a thing that exists, every condition is typed.

Built by `load`, read by everything after it; frozen, shared by all threads. Knows nothing of files or engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, Literal, TypeVar

from advisor.knowledge import written, written_evidence, written_plan, written_scenarios
from advisor.knowledge.condition import All, Condition, Unless, Value, tests
from advisor.knowledge.source import Origin

Basis = Literal["opinion", "measurement", "law"]
W = TypeVar("W", bound=written.Written)


@dataclass(frozen=True)
class Fact:
    """A named value: asked of the client, concluded by rules, or picked by a choice."""

    id: str
    kind: written.Kind
    name: str
    says: str
    says_not: str | None
    options: Mapping[str, written.Option]
    unit: str | None
    min: float | None
    max: float | None
    origin: Origin
    question: written.Question | None = None
    is_choice: bool = False


@dataclass(frozen=True)
class Choice:
    """A decision among options that gather points; ties go to the option that stands first in `order`.

    What rules say for, against or about another choice counts here too if the choice `inherits` it.
    """

    id: str
    name: str
    ask: str
    pick: written.Pick
    threshold: int
    inherits: str | None
    options: Mapping[str, written.Option]
    order: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Points:
    """Points for (positive) or against (negative) one option, and the word of strength they come from."""

    choice: str
    option: str
    points: int
    strength: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the strategy that a rule puts into a section."""

    kind: Literal["advice", "task", "kpi"]
    section: str
    text: str
    unit: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A disagreement between claims, and those that are followed."""

    disagreement: str
    follow: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One of a rule's conditions: the key it stands under, and what it says."""

    key: str
    condition: Condition


@dataclass(frozen=True)
class Rule:
    """When … unless … then … because …, with every name resolved."""

    id: str
    title: str
    status: written.Status
    since: date | None
    until: date | None
    when: tuple[Entry, ...]
    unless: Condition | None
    points: tuple[Points, ...]
    excludes: tuple[tuple[str, str], ...]
    concludes: tuple[tuple[str, Value], ...]
    warns: tuple[str, ...]
    lines: tuple[Line, ...]
    settles: tuple[Settlement, ...]
    because: str
    wrong_when: str
    cites: tuple[str, ...]
    basis: tuple[Basis, ...]
    origin: Origin = field(default=Origin(), compare=False)
    as_of: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the rule takes part in a consultation on this day."""
        begun = self.since is None or self.since <= day
        ended = self.until is not None and self.until <= day
        return self.status != "retired" and begun and not ended

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every condition of the rule, the exception last."""
        exception = () if self.unless is None else (Entry("unless", Unless(self.unless)),)
        return self.when + exception

    @cached_property
    def condition(self) -> Condition:
        """All conditions of the rule as one."""
        return All(tuple(entry.condition for entry in self.entries))

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts, answers and choices that the condition asks about."""
        return frozenset(test.fact for test in tests(self.condition))

    @cached_property
    def touches(self) -> frozenset[str]:
        """The choices whose options the rule gives points to or bars."""
        return frozenset(p.choice for p in self.points) | frozenset(choice for choice, _ in self.excludes)


@dataclass(frozen=True)
class Scenario:
    """A believable client with checked answers, and what the advisor should say to them."""

    id: str
    title: str
    client: str
    day: date
    answers: Mapping[str, Value]
    expect: written_scenarios.Expected
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True)
class Layer:
    """Rules that do not wait for each other, and the choices that can be decided once they are through."""

    rules: tuple[Rule, ...]
    decides: tuple[Choice, ...]


@dataclass(frozen=True)
class When(Generic[W]):
    """Something written that holds for some clients only."""

    condition: Condition
    item: W


@dataclass(frozen=True)
class Plan:
    """How a plan week by week is made from a strategy: its settings as written, and what holds for whom, each list in its order."""

    settings: written_plan.Plan
    words: Mapping[str, tuple[When[written_plan.Told], ...]]
    owners: tuple[When[written_plan.Told], ...]
    hours: tuple[When[written_plan.Hours], ...]
    calendars: tuple[When[written_plan.Calendar], ...]
    quiet: tuple[When[written_plan.Quiet], ...]
    prompts: tuple[When[written_plan.Prompt], ...]
    calls: tuple[When[written_plan.Call], ...]


@dataclass(frozen=True)
class Knowledge:
    """Everything the advisor knows. `fingerprint` is a digest of the files it was read from.

    `neighbours` are clients of scenarios with an answer or two otherwise; `accepted` are findings that stay.
    """

    base: written.Base
    topics: tuple[written.Topic, ...]
    topic_of: Mapping[str, str]
    facts: Mapping[str, Fact]
    choices: Mapping[str, Choice]
    caveats: Mapping[str, written.Caveat]
    claims: Mapping[str, written.Claim]
    disagreements: Mapping[str, written.Disagreement]
    sources: Mapping[str, written.Source]
    rows: tuple[written_evidence.Row, ...]
    place_names: Mapping[str, str]
    lessons: Mapping[str, written.Lesson]
    scenarios: Mapping[str, Scenario]
    neighbours: Mapping[str, Scenario]
    rules: tuple[Rule, ...]
    layers: tuple[Layer, ...]
    fingerprint: str
    reading: written.Reading | None = None
    accepted: tuple[written.Accepted, ...] = ()
    plan: Plan | None = None

    @cached_property
    def questions(self) -> Mapping[str, Fact]:
        """The facts that the client is asked for, in the order of the questionnaire."""
        return {fact.id: fact for fact in self.facts.values() if fact.question}

    @cached_property
    def rehearsed(self) -> Mapping[str, Scenario]:
        """Every client of whom is known what the advisor should say to them: the scenarios and their neighbours."""
        return {**self.scenarios, **self.neighbours}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def read_by_rules(self) -> frozenset[str]:
        """Facts that the condition of any living rule asks about."""
        return frozenset().union(*(rule.reads for rule in self.rules if rule.status != "retired"))

    @cached_property
    def deciding(self) -> Mapping[str, tuple[Rule, ...]]:
        """The living rules that conclude a fact, or touch a choice, by its name."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.status != "retired":
                for name in {*rule.touches, *(fact for fact, _ in rule.concludes)}:
                    found.setdefault(name, []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def limits(self) -> Mapping[str, frozenset[float]]:
        """The numbers with which living rules compare each number."""
        found: dict[str, set[float]] = {}
        for test in (test for rule in self.rules if rule.status != "retired" for test in tests(rule.condition)):
            if self.facts[test.fact].kind == "number" and test.op != "known":
                found.setdefault(test.fact, set()).add(test.expected)
        return {name: frozenset(numbers) for name, numbers in found.items()}
