"""A consultation as steps to walk through: layer by layer or rule by rule, what each added, and how a decision stood after it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from advisor.inference.consult import Consultation
from advisor.inference.decide import decide
from advisor.inference.trace import Firing, Standing
from advisor.knowledge.condition import Test
from advisor.knowledge.model import Choice, Knowledge, Rule
from advisor.language.english import as_sentence, clause, fill
from advisor.language.values import every
from advisor.reasoning.reasons import Graph, decision_text
from ui import texts_reasoning as says


@dataclass(frozen=True, slots=True)
class Step:
    """Rules of one layer that applied, and the choices that were decided after them."""

    layer: int
    firings: tuple[Firing, ...]
    decides: tuple[Choice, ...]


def by_layer(consultation: Consultation) -> list[Step]:
    """A step for each layer, those too in which nothing applied."""
    fired = {number: tuple(firings) for number, firings in groupby(consultation.trace.firings, lambda firing: firing.layer)}
    return [Step(number, fired.get(number, ()), layer.decides) for number, layer in enumerate(consultation.knowledge.layers)]


def by_rule(consultation: Consultation) -> list[Step]:
    """A step for each rule that applied, and one wherever choices are decided."""
    return [step for layer in by_layer(consultation) for step in _apart(layer)]


def _apart(layer: Step) -> Iterator[Step]:
    yield from (Step(layer.layer, (firing,), ()) for firing in layer.firings)
    if layer.decides:
        yield Step(layer.layer, (), layer.decides)


def bearing_on(steps: Iterable[Step], choice: str, graph: Graph) -> list[Step]:
    """Only what one choice rests on: rules that weigh on its options or led to such a rule, and the decisions among them."""
    part = graph.behind(f"choice:{choice}", without=frozenset())
    left = (
        Step(
            step.layer,
            tuple(firing for firing in step.firings if f"rule:{firing.rule.id}" in part.node),
            tuple(each for each in step.decides if f"choice:{each.id}" in part.node),
        )
        for step in steps
    )
    return [step for step in left if step.firings or step.decides]


# -- what a step added ------------------------------------------------------------------------------------------


def added(step: Step, consultation: Consultation) -> dict[str, list[str]]:
    """What a step added, in words, by kind: points, bars, conclusions, lines, warnings, sides taken, decisions."""
    knowledge = consultation.knowledge
    rules = [firing.rule for firing in step.firings]
    found = {
        says.ADDED_POINTS: list(_points(rules, knowledge)),
        says.ADDED_BARS: [
            says.BARRED.format(option=knowledge.choices[c].options[o].label, choice=knowledge.choices[c].name) for r in rules for c, o in r.excludes
        ],
        says.ADDED_FACTS: [as_sentence(clause(Test(name, "is", value), knowledge)) for rule in rules for name, value in rule.concludes],
        says.ADDED_LINES: [fill(line.text, consultation.facts, knowledge, consultation.case.date) for rule in rules for line in rule.lines],
        says.ADDED_WARNINGS: [as_sentence(knowledge.caveats[name].title) for rule in rules for name in rule.warns],
        says.ADDED_SIDES: [knowledge.disagreements[settled.disagreement].question for rule in rules for settled in rule.settles],
        says.ADDED_DECISIONS: [decision_text(consultation.decisions[choice.id], knowledge) for choice in step.decides],
    }
    return {title: list(dict.fromkeys(items)) for title, items in found.items() if items}


def _points(rules: Sequence[Rule], knowledge: Knowledge) -> Iterator[str]:
    """Points added up for each option of each choice, the most first."""
    sums: dict[str, dict[str, int]] = {}
    for points in (points for rule in rules for points in rule.points):
        of_choice = sums.setdefault(points.choice, {})
        of_choice[points.option] = of_choice.get(points.option, 0) + points.points
    for name, options in sums.items():
        choice = knowledge.choices[name]
        ordered = sorted(options.items(), key=lambda pair: -pair[1])
        yield says.POINTS_OF.format(choice=choice.name, options=every(says.signed(choice.options[option].label, points) for option, points in ordered))


# -- how a decision stood ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stand:
    """An option after a step: its points so far, what the step gave it, and whether it is ruled out by now."""

    standing: Standing
    gained: int

    @property
    def barred(self) -> bool:
        return bool(self.standing.excluded_by)


def stands(choice: Choice, steps: Sequence[Step], at: int) -> list[Stand]:
    """How a choice would be decided if the steps up to this one were all, best first; before the first step at -1."""
    now = decide(choice, _rules(steps[: at + 1])).ranking
    before = {standing.option: standing.points for standing in decide(choice, _rules(steps[: max(at, 0)])).ranking}
    return [Stand(standing, standing.points - before[standing.option] if at >= 0 else 0) for standing in now]


def most_points(choice: Choice, steps: Sequence[Step]) -> int:
    """The most points that any option ever has on the way, at least 1: the whole width of a chart that grows."""
    totals = dict.fromkeys(choice.options, 0)
    most = 1
    for step in steps:
        for points in (points for firing in step.firings for points in firing.rule.points if points.choice in (choice.id, choice.inherits)):
            totals[points.option] += points.points
        most = max(most, *totals.values())
    return most


def _rules(steps: Iterable[Step]) -> list[Rule]:
    return [firing.rule for step in steps for firing in step.firings]
