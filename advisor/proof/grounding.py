"""The rules and one case -> a ground answer-set program: on which open facts it hangs whether an option is picked.

A reading of the rules like that of the engine, held to it by tests. Which facts are open is for the user to say: what one client can
change, every question there is, or even what rules conclude. All others are certain, and so is every rule that reads nothing else; the
program holds only the rest. Choices that others read are decided inside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from advisor.inference.case import Case
from advisor.knowledge.condition import All, AnyOf, Condition, Test, Unless, Value
from advisor.knowledge.model import Choice, Fact, Knowledge, Rule
from advisor.proof.logic import ALWAYS, NEVER, Program, Tally, Truth
from advisor.proof.openings import Opening, opening

Weights = dict[Truth, int]
Hurdle = tuple[str | None, int, Tally]  # the option that stands in the way, or the threshold; how much it takes, and how much there may be


@dataclass(frozen=True)
class Single:
    """A fact with one value, or unknown, which is nothing: exactly one of the truths holds."""

    fact: str
    values: Mapping[Value | None, Truth]
    program: Program

    def meets(self, test: Test) -> Truth:
        """Whether the value meets a test."""
        return self.program.some(truth for value, truth in self.values.items() if test.holds({} if value is None else {self.fact: value}))


@dataclass(frozen=True)
class Several:
    """A fact with any number of values, if it is known."""

    known: Truth
    has: Mapping[str, Truth]
    program: Program

    def meets(self, test: Test) -> Truth:
        """Whether the values meet a test."""
        match test.op:
            case "known":
                return self.known if test.expected else -self.known
            case "includes":
                return self.has[test.expected]
            case "includes_any":
                return self.program.some(self.has[option] for option in test.expected)
        return self.program.every(self.has[option] for option in test.expected)


@dataclass(frozen=True)
class Scales:
    """What the options of a choice weigh, and whether they are barred."""

    points: Mapping[str, Weights]
    bars: Mapping[str, Mapping[str, Truth]]  # by option, the rules that bar it
    barred: Mapping[str, Truth]


class Grounding:
    """Looks things up in the rules as they are asked for, each once; `program` holds what it has come to.

    `open_` names the facts that may have any value, or be unknown if the case does not answer them; without it, the questions whose
    answers the client can change. `whole`: where rules compare a number with whole ones only, there is nothing in between. `beside`:
    another grounding with the same facts to open, whose program and open facts this one shares; one of the two closes both. `same`: the
    choices that read as they do there. `days`: it may be any of these instead of the day of the case.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        case: Case,
        open_: Container[str] | None = None,
        *,
        whole: bool = True,
        beside: Grounding | None = None,
        same: Container[str] = (),
        days: Sequence[date] = (),
    ) -> None:
        self._beside, self._same = beside, same
        self.program: Program = beside.program if beside else Program()
        self._knowledge, self._case, self._whole = knowledge, case, whole
        self._open = changeable(knowledge) if open_ is None else open_
        self._openings: dict[str, Opening] = beside._openings if beside else {}
        self._states: dict[str, Single | Several] = {}
        self._scales: dict[str, Scales] = {}
        self._found_hurdles: dict[tuple[str, str], tuple[Hurdle, ...]] = {}
        self._fired: dict[str, Truth] = {}
        self.is_day: Mapping[date, Truth] = beside.is_day if beside else self._one_of(days) if days else {case.date: ALWAYS}

    def close(self) -> tuple[Opening, ...]:
        """Define what is left; returns the open facts that matter, questions in the order of the questionnaire.

        From then on nothing may be asked that reads a rule for the first time.
        """
        for one in self._openings.values():
            one.close()
        return tuple(self._openings[name] for name in self._knowledge.facts if name in self._openings)

    def _one_of(self, days: Sequence[date]) -> Mapping[date, Truth]:
        is_day = {day: self.program.free() for day in days}
        for one, other in combinations(is_day.values(), 2):
            self.program.forbid(one, other)
        self.program.forbid(*(-truth for truth in is_day.values()))
        return is_day

    # -- choices ----------------------------------------------------------------------------------------------

    def picked(self, choice: Choice, option: str, more: int = 0) -> Truth:
        """Whether an option is picked if it is given so many points more."""
        return self._picked(choice, option, {option: -more}, self.scales(choice).barred)

    def picked_without(self, choice: Choice, option: str, rule: Rule) -> Truth:
        """Whether an option would be picked if a rule, which fires, took no part. What other choices read is left as it is."""
        bars = self.scales(choice).bars
        barred = {name: self.program.some(truth for other, truth in bars[name].items() if other != rule.id) for name in choice.order}
        return self._picked(choice, option, given(rule, choice), barred)

    def ahead(self, choice: Choice, option: str, other: str, without: Rule | None = None) -> Truth:
        """Whether an option has more points than another, or as many and stands before it in the order; if a rule, which fires, took no part."""
        points, less = self.scales(choice).points, given(without, choice) if without else Counter()
        needed = 0 if choice.order.index(option) < choice.order.index(other) else 1
        return self.program.comes_to(needed + less[option] - less[other], self.program.tally(_less(points[option], points[other])))

    def _picked(self, choice: Choice, option: str, less: Mapping[str, int], barred: Mapping[str, Truth]) -> Truth:
        """Whether an option is picked if options are given so many points less, and these are barred."""
        program, needs = self.program, [-barred[option]]
        for other, needed, lead in self._hurdles(choice, option):
            beside = 0 if other is None else less.get(other, 0)
            cleared = program.comes_to(needed + less.get(option, 0) - beside, lead)
            needs.append(cleared if other is None else program.some((barred[other], cleared)))
        return program.every(needs)

    def lacking(self, choice: Choice, option: str) -> int:
        """How many points an option lacks at the very least: enough for each hurdle alone, if not for all together."""
        barred = self.scales(choice).barred
        return max((needed - lead.most for other, needed, lead in self._hurdles(choice, option) if other is None or barred[other] == NEVER), default=0)

    def _hurdles(self, choice: Choice, option: str) -> tuple[Hurdle, ...]:
        """What an option must clear to be picked: the threshold, and every other option, at equal points by the order of the choice."""
        if (choice.id, option) not in self._found_hurdles:
            points, place = self.scales(choice).points, choice.order.index(option)
            hurdles: list[Hurdle] = []
            if choice.pick != "one":
                hurdles.append((None, choice.threshold, self.program.tally(points[option])))
            if choice.pick != "ranked":
                for other in choice.order:
                    if other != option:
                        lead = self.program.tally(_less(points[option], points[other]))
                        hurdles.append((other, 0 if place < choice.order.index(other) else 1, lead))
            self._found_hurdles[choice.id, option] = tuple(hurdles)
        return self._found_hurdles[choice.id, option]

    def scales(self, choice: Choice) -> Scales:
        """What rules put on either side of every option of a choice."""
        if choice.id not in self._scales:
            counted = (choice.id, choice.inherits)
            points: dict[str, Weights] = {option: {} for option in choice.options}
            bars: dict[str, dict[str, Truth]] = {option: {} for option in choice.options}
            for rule in {rule.id: rule for name in counted if name for rule in self._rules(name)}.values():
                if (fires := self.fires(rule)) == NEVER:
                    continue
                for option, number in given(rule, choice).items():
                    points[option][fires] = points[option].get(fires, 0) + number
                for name, option in rule.excludes:
                    if name in counted:
                        bars[option][rule.id] = fires
            barred = {option: self.program.some(bars[option].values()) for option in choice.options}
            self._scales[choice.id] = Scales(points, bars, barred)
        return self._scales[choice.id]

    # -- rules and conditions ---------------------------------------------------------------------------------

    def fires(self, rule: Rule) -> Truth:
        """Whether a rule fires."""
        if rule.id not in self._fired:
            self._fired[rule.id] = self.program.every((self.in_force(rule), self._truth(rule.condition)))
        return self._fired[rule.id]

    def in_force(self, rule: Rule) -> Truth:
        """Whether it is a day on which a rule takes part."""
        days = [truth for day, truth in self.is_day.items() if rule.in_force(day)]
        return ALWAYS if len(days) == len(self.is_day) else self.program.some(days)

    def holds(self, condition: Condition) -> Truth:
        """Whether a condition holds."""
        return self._truth(condition)

    def _rules(self, name: str) -> Iterable[Rule]:
        """The rules in force that conclude a fact or touch a choice."""
        return (rule for rule in self._knowledge.deciding.get(name, ()) if any(map(rule.in_force, self.is_day)))

    def _truth(self, condition: Condition) -> Truth:
        match condition:
            case Test():
                return self._meets(condition)
            case Unless(part):
                return -self._truth(part)
            case All(parts):
                return self._every(parts, 1)
            case AnyOf(parts):
                return -self._every(parts, -1)

    def _every(self, parts: Iterable[Condition], sign: int) -> Truth:
        """Whether every part holds, or with the sign turned fails; an open question is not asked about in vain."""
        found = []
        for part in sorted(parts, key=self._openness):
            if (truth := sign * self._truth(part)) == NEVER:
                return NEVER
            found.append(truth)
        return self.program.every(found)

    def _openness(self, condition: Condition) -> int:
        """Tests of what is certain come first, those of what could be answered differently last."""
        if not isinstance(condition, Test):
            return 1
        return 2 if condition.fact in self._open else 0 if condition.fact in self._knowledge.questions else 1

    # -- facts ------------------------------------------------------------------------------------------------

    def _meets(self, test: Test) -> Truth:
        fact = self._knowledge.facts[test.fact]
        if fact.id not in self._open:
            if fact.question is None:
                return self._state(fact).meets(test)
            return ALWAYS if test.holds(self._case.answers) else NEVER
        if fact.id not in self._openings:
            limits = self._knowledge.limits.get(fact.id, frozenset())
            whole = self._whole and all(float(limit).is_integer() for limit in limits)
            self._openings[fact.id] = opening(fact, self._case.answers, self.program, whole=whole)
        return self._openings[fact.id].meets(test)

    def _state(self, fact: Fact) -> Single | Several:
        if self._beside and fact.id in self._same:
            return self._beside._state(fact)
        if fact.id not in self._states:
            self._states[fact.id] = self._decided(self._knowledge.choices[fact.id]) if fact.is_choice else self._concluded(fact)
        return self._states[fact.id]

    def _decided(self, choice: Choice) -> Single | Several:
        """What later rules read of a choice; of the options of a choice that picks one, the first is the only one."""
        picked = {option: self.picked(choice, option) for option in choice.order}
        values: dict[Value | None, Truth] = dict(picked.items())
        if choice.pick == "ranked":
            all_barred = self.program.every(self.scales(choice).barred.values())
            return Several(-all_barred, picked, self.program)
        values[None] = self.program.every(-truth for truth in picked.values())
        return Single(choice.id, values, self.program)

    def _concluded(self, fact: Fact) -> Single | Several:
        """What rules conclude on a fact, settled by the fact's own order."""
        given: dict[Value, list[Truth]] = {}
        for rule in self._rules(fact.id):
            for name, value in rule.concludes:
                if name == fact.id and (fires := self.fires(rule)) != NEVER:
                    given.setdefault(value, []).append(fires)
        said = {value: self.program.some(fires) for value, fires in given.items()}
        if fact.kind == "many":
            has = {
                option: self.program.some(truth for values, truth in said.items() if isinstance(values, frozenset) and option in values)
                for option in fact.options
            }
            return Several(self.program.some(said.values()), has, self.program)
        options = list(fact.options)
        ordered = sorted(said, key=lambda value: options.index(str(value))) if fact.kind == "one" else sorted(said, reverse=True)
        settled: dict[Value | None, Truth] = {None: -self.program.some(said.values())}
        for place, value in enumerate(ordered):
            settled[value] = self.program.every((said[value], *(-said[earlier] for earlier in ordered[:place])))
        return Single(fact.id, settled, self.program)


def changeable(knowledge: Knowledge) -> frozenset[str]:
    """The questions whose answers a client can change."""
    return frozenset(name for name, fact in knowledge.questions.items() if fact.question and fact.question.changeable)


def given(rule: Rule, choice: Choice) -> Counter[str]:
    """The points that a rule gives to the options of a choice."""
    points: Counter[str] = Counter()
    for one in rule.points:
        if one.choice in (choice.id, choice.inherits):
            points[one.option] += one.points
    return points


def _less(weights: Weights, others: Weights) -> Weights:
    """What is left of weights when others are taken from them."""
    left = dict(weights)
    for truth, weight in others.items():
        left[truth] = left.get(truth, 0) - weight
    return left
