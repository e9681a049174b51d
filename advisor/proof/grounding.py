"""The rules and one case -> a ground answer-set program: on which other answers it hangs whether an option is picked.

A reading of the rules like that of the engine, held to it by tests. What the client cannot change is certain, and so is every rule that
reads nothing else; the program holds only the rest. Choices that others read are decided inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    barred: Mapping[str, Truth]


class Grounding:
    """Looks things up in the rules as they are asked for, each once; `program` holds what it has come to."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        self.program = Program()
        self._knowledge, self._case = knowledge, case
        self._openings: dict[str, Opening] = {}
        self._states: dict[str, Single | Several] = {}
        self._scales: dict[str, Scales] = {}
        self._found_hurdles: dict[tuple[str, str], tuple[Hurdle, ...]] = {}
        self._fired: dict[str, Truth] = {}

    def close(self) -> tuple[Opening, ...]:
        """Define what is left; returns the questions that matter and can be answered differently, in the order of the questionnaire.

        From then on nothing may be asked that reads a rule for the first time.
        """
        for one in self._openings.values():
            one.close()
        return tuple(self._openings[name] for name in self._knowledge.questions if name in self._openings)

    # -- choices ----------------------------------------------------------------------------------------------

    def picked(self, choice: Choice, option: str, more: int = 0) -> Truth:
        """Whether an option is picked if it is given so many points more."""
        program, barred = self.program, self.scales(choice).barred
        hurdles = ((other, program.comes_to(needed - more, lead)) for other, needed, lead in self._hurdles(choice, option))
        return program.every([-barred[option], *(cleared if other is None else program.some((barred[other], cleared)) for other, cleared in hurdles)])

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
            bars: dict[str, list[Truth]] = {option: [] for option in choice.options}
            for rule in {rule.id: rule for name in counted if name for rule in self._rules(name)}.values():
                if (fires := self.fires(rule)) == NEVER:
                    continue
                for given in rule.points:
                    if given.choice in counted:
                        points[given.option][fires] = points[given.option].get(fires, 0) + given.points
                for name, option in rule.excludes:
                    if name in counted:
                        bars[option].append(fires)
            self._scales[choice.id] = Scales(points, {option: self.program.some(bars[option]) for option in choice.options})
        return self._scales[choice.id]

    # -- rules and conditions ---------------------------------------------------------------------------------

    def fires(self, rule: Rule) -> Truth:
        """Whether a rule fires."""
        if rule.id not in self._fired:
            self._fired[rule.id] = self._truth(rule.condition)
        return self._fired[rule.id]

    def _rules(self, name: str) -> Iterable[Rule]:
        """The rules in force that conclude a fact or touch a choice."""
        return (rule for rule in self._knowledge.deciding.get(name, ()) if rule.in_force(self._case.date))

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
        question = self._knowledge.facts[condition.fact].question
        return 1 if question is None else 2 if question.changeable else 0

    # -- facts ------------------------------------------------------------------------------------------------

    def _meets(self, test: Test) -> Truth:
        fact = self._knowledge.facts[test.fact]
        if fact.question is None:
            return self._state(fact).meets(test)
        if not fact.question.changeable:
            return ALWAYS if test.holds(self._case.answers) else NEVER
        if fact.id not in self._openings:
            limits = self._knowledge.limits.get(fact.id, frozenset())
            whole = all(float(limit).is_integer() for limit in limits)
            self._openings[fact.id] = opening(fact, self._case.answers, self.program, whole=whole)
        return self._openings[fact.id].meets(test)

    def _state(self, fact: Fact) -> Single | Several:
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


def _less(weights: Weights, others: Weights) -> Weights:
    """What is left of weights when others are taken from them."""
    left = dict(weights)
    for truth, weight in others.items():
        left[truth] = left.get(truth, 0) - weight
    return left
