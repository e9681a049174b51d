"""Written rules -> rules: every name is looked up, every condition typed, every problem kept.

Knows the rule language. Does not read files and does not stop at the first problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.knowledge import written
from advisor.knowledge.condition import Value
from advisor.knowledge.conditions import Conditions
from advisor.knowledge.model import Basis, Line, Points, Rule, Settlement
from advisor.knowledge.source import Step


class Resolver(Conditions):
    """Resolves rules, and knows what else was written."""

    def rules(self, items: Iterable[written.Rule]) -> tuple[Rule, ...]:
        """These rules with every name resolved; those with problems are left out."""
        resolved = []
        for item in self.once("rule", (single for several in items for single in self._each(several))).values():
            before = len(self.problems)
            rule = self._rule(item)
            if len(self.problems) == before:
                resolved.append(rule)
        return tuple(resolved)

    def check(self, item: written.Rule, blanks: Iterable[str]) -> None:
        """Look up the names in a rule that is yet to be made; these blanks will be filled."""
        self._blanks = frozenset(blanks)
        self._rule(item)
        self._blanks = frozenset()

    def _each(self, item: written.Rule) -> Iterator[written.Rule]:
        """The rule itself, or one for each option of the vocabulary it names."""
        if item.each is None:
            yield item
        elif item.each not in self.vocabularies:
            self._unknown("vocabulary", item.each, self.vocabularies, item.origin.place("each"))
        else:
            raw = item.model_dump(exclude_unset=True)
            for option in self.vocabularies[item.each].options:
                single = substituted({**raw, "each": None}, option)
                yield written.Rule.model_validate({**single, "id": f"{item.id}.{option.id}", "origin": item.origin})

    def _rule(self, item: written.Rule) -> Rule:
        concludes: list[tuple[str, Value]] = []
        points: list[Points] = []
        excludes: list[tuple[str, str]] = []
        lines: list[Line] = []
        for position, effect in enumerate(item.then):
            at = ("then", position)
            if effect.support:
                points += self._points(item, effect.support, (*at, "support"), +1)
            if effect.oppose:
                points += self._points(item, effect.oppose, (*at, "oppose"), -1)
            if effect.exclude:
                excludes += [(effect.exclude.choice, option) for option in self._choice_options(item, effect.exclude, (*at, "exclude"))]
            if effect.conclude:
                concludes += self._conclusions(item, effect.conclude, (*at, "conclude"))
            for kind, line in (("advice", effect.advise), ("task", effect.task), ("kpi", effect.kpi)):
                if line:
                    key = "advise" if kind == "advice" else kind
                    lines.append(self._line(item, line, (*at, key), kind))
        self.slots(item.because, item.origin, ("because",))
        return Rule(
            item.id,
            item.title,
            item.status,
            written.first_day(item.since) if item.since else None,
            written.first_day(item.until) if item.until else None,
            tuple(self.condition(item.when, item.origin, ("when",))),
            self._all(item.unless, item.origin, ("unless",)) if item.unless is not None else None,
            tuple(points),
            tuple(excludes),
            tuple(concludes),
            tuple(self._caveat(item, effect.warn, position) for position, effect in enumerate(item.then) if effect.warn),
            tuple(lines),
            tuple(self._settlement(item, effect.settle, position) for position, effect in enumerate(item.then) if effect.settle),
            item.because,
            item.wrong_when,
            item.cites,
            self._basis(item),
            item.origin,
        )

    def _points(self, item: written.Rule, points: written.Points, at: tuple[Step, ...], sign: int) -> list[Points]:
        strengths = self.base.strengths if self.base else {points.strength: 0}
        if points.strength not in strengths:
            self._unknown("strength", points.strength, strengths, item.origin.place(*at, "strength"))
            return []
        weight = sign * strengths[points.strength]
        return [Points(points.choice, option, weight, points.strength) for option in self._choice_options(item, points, at)]

    def _choice_options(self, item: written.Rule, part: written.Points | written.Bar, at: tuple[Step, ...]) -> list[str]:
        if part.choice not in self.choices:
            self._unknown("choice", part.choice, self.choices, item.origin.place(*at, "choice"))
            return []
        known = self.choices[part.choice].options
        found: list[str] = []
        for position, option in enumerate(part.option):
            place = item.origin.place(*at, "option", position)
            if option in found:
                self.say("repeated-value", f"`{option}` stands twice", place, help_="keep one")
            elif self.option(option, part.choice, known, place):
                found.append(option)
        return found

    def _conclusions(self, item: written.Rule, conclude: Mapping[str, Any], at: tuple[Step, ...]) -> list[tuple[str, Value]]:
        concluded = []
        for name, raw in conclude.items():
            key = item.origin.place(*at, name, key=True)
            fact = self.facts.get(name)
            if fact is None:
                own = [f.id for f in self.facts.values() if not f.question and not f.is_choice]
                self._unknown("fact", name, own, key, "facts that rules conclude")
            elif fact.question or fact.is_choice:
                what = "an answer of the client" if fact.question else "a choice"
                help_ = (
                    "conclude a fact that stands under `facts` instead" if fact.question else "give points with `support` or `oppose`, or `exclude` the others"
                )
                self.say("not-concluded", f"`{name}` is {what}; rules do not conclude it", key, help_=help_)
            elif (value := self.value(fact, raw, item.origin, (*at, name))) is not None:
                concluded.append((name, value))
        return concluded

    def _line(self, item: written.Rule, line: written.Line, at: tuple[Step, ...], kind: Any) -> Line:
        sections = [section.id for section in self.base.sections] if self.base else [line.section]
        if line.section not in sections:
            self._unknown("section", line.section, sections, item.origin.place(*at, "section"))
        self.slots(line.text, item.origin, (*at, "text"))
        unit = line.unit if isinstance(line, written.Measure) else None
        return Line(kind, line.section, line.text, unit, line.days if isinstance(line, written.Task) else None)

    def _caveat(self, item: written.Rule, name: str, position: int) -> str:
        if name not in self.caveats and name not in self._blanks:
            self._unknown("caveat", name, self.caveats, item.origin.place("then", position, "warn"))
        return name

    def _settlement(self, item: written.Rule, settle: written.Settlement, position: int) -> Settlement:
        at: tuple[Step, ...] = ("then", position, "settle")
        if settle.disagreement not in self.disagreements:
            self._unknown("disagreement", settle.disagreement, self.disagreements, item.origin.place(*at, "disagreement"))
        else:
            sides = self.disagreements[settle.disagreement].between
            for number, claim in enumerate(settle.follow):
                if claim not in sides:
                    self._unknown("claim", claim, sides, item.origin.place(*at, "follow", number), "claims of this disagreement", defined_in=())
        return Settlement(settle.disagreement, settle.follow)

    def _basis(self, item: written.Rule) -> tuple[Basis, ...]:
        self.cites(item.cites, item.origin, ("cites",))
        found: set[Basis] = {"opinion" for name in item.cites if name in self.claims}
        found |= {"law" if self.sources[name].kind in ("law", "platform_rules") else "measurement" for name in item.cites if name in self.sources}
        order: tuple[Basis, ...] = ("law", "measurement", "opinion")
        return tuple(basis for basis in order if basis in found)


EACH = "$each"


def substituted(data: Any, option: written.Option) -> Any:
    """Plain data in which `$each` is this option: its id where it stands alone, its words inside a text."""
    if isinstance(data, dict):
        return {key: substituted(value, option) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [substituted(value, option) for value in data]
    if isinstance(data, str):
        return option.id if data == EACH else data.replace(EACH, option.said)
    return data
