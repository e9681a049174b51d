"""Two versions of the knowledge before the same clients: whether there is one for whom they decide differently, and who it is.

A client may answer every question of either version, in every way that either allows, or leave it open. What only one version asks, or
offers as an answer, the other takes for not answered. A question that was of another kind is another question; nobody answers both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from advisor.inference.case import Case
from advisor.knowledge.condition import Condition, Test, Unless, rewritten
from advisor.knowledge.model import Choice, Entry, Fact, Knowledge, Rule
from advisor.proof.grounding import Grounding
from advisor.proof.logic import ALWAYS, NEVER, Truth
from advisor.proof.solver import PATIENCE, Solver

T = TypeVar("T")

BEFORE = "before {name}"  # no fact can have such a name


class Apart:
    """Asks about all clients on any of these days, one choice that both versions have after the other.

    What is proven of a choice helps with those that read it; so lower layers are best asked about first.
    """

    def __init__(self, old: Knowledge, new: Knowledge, days: Sequence[date], patience: int = PATIENCE) -> None:
        self._old, self._new = _side_by_side(old, new)
        self._days, self._patience = days, patience
        self._same: set[str] = set()
        self._ground()

    def client(self, choice: str) -> Case | None:
        """A client for whom the versions do not pick the same options, on the first day if there is one, or nothing if there can be none.

        Raises UndecidedError.
        """
        if self._differing[choice] != NEVER and self._built_on != self._same:
            self._ground()
        today, *later = self._days
        found = self._asked(choice, self._before.is_day[today]) or (self._asked(choice) if later else None)
        if found is None and self._differing[choice] != NEVER and _readable_as_one(self._old.choices[choice], self._new.choices[choice]):
            self._same.add(choice)
        return found

    def _ground(self) -> None:
        """Put both versions into one program, in which choices that are known to be picked alike are one."""
        self._built_on = frozenset(self._same)
        nobody = Case("", self._days[0])
        self._before = Grounding(self._old, nobody, self._old.questions, whole=False, days=self._days)
        self._after = Grounding(self._new, nobody, self._new.questions, whole=False, beside=self._before, same=self._built_on)
        self._differing = {name: self._differs(name) for name in self._new.choices if name in self._old.choices}
        self._cause = self._moved()
        self._openings = self._after.close()
        opening_of = {opening.question.id: opening for opening in self._openings}
        for name, opening in opening_of.items():
            if before := opening_of.get(BEFORE.format(name=name)):
                self._after.program.forbid(opening.changed, before.changed)
        self._solver = Solver(self._after.program, self._patience)

    def _asked(self, choice: str, *beside: Truth) -> Case | None:
        model = self._solver.model(self._differing[choice], self._cause, *beside)
        if model is None:
            return None
        changes = [change for opening in self._openings if (change := opening.change(model))]
        day = next(day for day, truth in self._before.is_day.items() if truth in model)
        return Case("", day, {change.question.removeprefix(BEFORE.format(name="")): change.to for change in changes})

    def _differs(self, choice: str) -> Truth:
        program, was, is_ = self._after.program, self._old.choices[choice], self._new.choices[choice]
        turned: list[Truth] = []
        for option in dict.fromkeys((*was.order, *is_.order)):
            before = self._before.picked(was, option) if option in was.options else NEVER
            after = self._after.picked(is_, option) if option in is_.options else NEVER
            turned += [program.every((before, -after)), program.every((-before, after))]
        return program.some(turned)

    def _moved(self) -> Truth:
        """What must be so wherever anything differs: a rule fires in one version only, or fires and does something else there."""
        if any(map(_otherwise, *_paired(self._old.facts, self._new.facts))) or any(map(_otherwise, *_paired(self._old.choices, self._new.choices))):
            return ALWAYS
        program, moved = self._after.program, list[Truth]()
        for was, is_ in zip(*_paired(self._old.rule, self._new.rule), strict=True):
            alike = was and is_ and _effects(was) == _effects(is_)
            if was and is_ and alike and was.condition == is_.condition and all(was.in_force(day) == is_.in_force(day) for day in self._days):
                continue
            before = self._before.fires(was) if was else NEVER
            after = self._after.fires(is_) if is_ else NEVER
            moved += [program.every((before, -after)), program.every((-before, after))] if alike else [before, after]
        return program.some(moved)


def _readable_as_one(one: Choice, other: Choice) -> bool:
    """Whether two choices that pick alike look alike to whoever reads them. Of ranks more is read than what they pick: whether anything was left."""
    return one.options.keys() == other.options.keys() and "ranked" not in (one.pick, other.pick)


def _paired(one: Mapping[str, T], other: Mapping[str, T]) -> tuple[list[T | None], list[T | None]]:
    """What has a name in either, side by side."""
    names = list({**one, **other})
    return [one.get(name) for name in names], [other.get(name) for name in names]


def _otherwise(one: Fact | Choice | None, other: Fact | Choice | None) -> bool:
    """Whether a fact or a choice may come out otherwise though the same rules fire."""
    match one, other:
        case Fact(), Fact():
            return (one.kind, list(one.options)) != (other.kind, list(other.options))
        case Choice(), Choice():
            return (one.pick, one.threshold, one.inherits, one.order) != (other.pick, other.threshold, other.inherits, other.order)
    return False  # what only one version has counts through the rules that speak of it


def _effects(rule: Rule) -> object:
    """What of a rule other rules and choices hang on."""
    points = [(points.choice, points.option, points.points) for points in rule.points]
    return points, rule.excludes, rule.concludes


def _side_by_side(old: Knowledge, new: Knowledge) -> tuple[Knowledge, Knowledge]:
    """Both versions, with one questionnaire for the two."""
    names = {name: name if _shared(fact, new) or name not in new.facts else BEFORE.format(name=name) for name, fact in old.questions.items()}
    asked = {names[name]: replace(fact, id=names[name]) for name, fact in old.questions.items()}
    both = {name: _either(asked[name], fact) if name in asked else fact for name, fact in new.questions.items()}
    both |= {name: fact for name, fact in asked.items() if name not in both}
    return _reading(old, names, both), _reading(new, {name: name for name in new.questions}, both)


def _shared(fact: Fact, other: Knowledge) -> bool:
    return fact.id in other.questions and other.questions[fact.id].kind == fact.kind


def _either(one: Fact, other: Fact) -> Fact:
    """A question that can be answered as either of two can."""
    least, most = ([limit for limit in limits if limit is not None] for limits in ((one.min, other.min), (one.max, other.max)))
    return replace(other, options={**other.options, **one.options}, min=min(least, default=None), max=max(most, default=None))


def _reading(known: Knowledge, names: Mapping[str, str], questions: Mapping[str, Fact]) -> Knowledge:
    """A version that reads a common questionnaire, in which its own questions have these names."""
    odd = {name for name, asked in names.items() if name != asked or known.facts[name].options.keys() != questions[asked].options.keys()}

    def put(test: Test) -> Condition:
        if test.fact not in odd:
            return test
        name, options = names[test.fact], known.facts[test.fact].options
        if test.op != "known" or known.facts[test.fact].kind != "one":
            return Test(name, test.op, test.expected)
        answered = Test(name, "one_of", tuple(options))  # an option that only the other version has answers nothing here
        return answered if test.expected else Unless(answered)

    rules = tuple(rule if odd.isdisjoint(rule.reads) else _put(rule, put) for rule in known.rules)
    own = {name: fact for name, fact in known.facts.items() if fact.question is None}
    return replace(known, facts={**questions, **own}, rules=rules)


def _put(rule: Rule, put: Callable[[Test], Condition]) -> Rule:
    when = tuple(Entry(entry.key, rewritten(entry.condition, put)) for entry in rule.when)
    return replace(rule, when=when, unless=rule.unless and rewritten(rule.unless, put))
