"""Survey rows and constraints -> rules, each by one stated formula.

A survey row says how many people use something, or how much a group of them leans to it. The formula, whose numbers all stand
in the knowledge folder (`surveys`):

1. *Size.* A row about everybody weighs as much as the highest of its metric's three `size` steps that its value reaches.
2. *Lean.* A row about a group is held against its base: the row about everybody by the same metric, in the same unit and
   place (of the same source if there is one, else the nearest in time), else the metric's stated base, else the plain mean of
   the source's groups. The difference (or the ratio, where the metric says so) weighs by the metric's `lean` steps: above the
   base it supports, below it opposes (unless the metric says that a low figure means nothing).
3. *One voice.* For one option, one kind of client and one question, one figure speaks: of the first place and then the first metric
   that has any, the newest; a figure of low confidence only if there is no other. The rest stays in the library, silent.
4. *Doubt.* A figure of low confidence, a figure borrowed from another place, and every figure once it is older than
   `fresh_months` weighs one step less for each of these; below the lowest step it says nothing.

Rows of different metrics are never held against each other, and margins of one survey are never multiplied: each is an
argument of its own, and points are a way of weighing arguments, not an estimate of a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from advisor import words
from advisor.knowledge import written, written_evidence

EVERYBODY = "all"
TRUST = {"high": 0, "medium": 1, "low": 2}
NEWER_FIRST = date.max.toordinal()


@dataclass(frozen=True)
class Figure:
    """A value that may speak: the rows it was taken from, and against what it is held."""

    rows: tuple[written_evidence.Row, ...]
    value: float
    base: float | None = None
    borrowed: bool = False

    @property
    def row(self) -> written_evidence.Row:
        return self.rows[0]

    @property
    def as_of(self) -> date:
        return min(last_day(row.as_of) for row in self.rows)


@cache
def last_day(text: str) -> date:
    """The last day of a year, a month or a day: until then a figure counts as measured."""
    first = written.first_day(text)
    if len(text) == 10:
        return first
    months = 12 if len(text) == 4 else 1
    return date.fromordinal(months_later(first, months).toordinal() - 1)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


# -- surveys ----------------------------------------------------------------------------------------------------


def survey_rules(
    formula: written_evidence.Surveys, rows: Iterable[written_evidence.Row], options: Mapping[str, written.Option], sources: Mapping[str, written.Source]
) -> Iterator[written.Rule]:
    """The rules that these rows amount to."""
    survey = _Survey(formula, rows)
    for option in options.values():
        sizes = [(place, figure) for place in formula.places if (figure := survey.size(option.id, place))]
        yield from _rules_of(survey, sizes, None, option, sources)
        for group in formula.groups:
            leans = [(place, figure) for place in formula.places if (figure := survey.lean(option.id, place, group))]
            yield from _rules_of(survey, leans, group, option, sources)


class _Survey:
    """The rows, ready to be asked for the one that speaks."""

    def __init__(self, formula: written_evidence.Surveys, rows: Iterable[written_evidence.Row]) -> None:
        self.formula = formula
        self.metrics = {(metric.id, metric.unit): metric for metric in formula.metrics}
        self._rank = {key: position for position, key in enumerate(self.metrics)}
        self._rows: dict[tuple[str, str, str], list[written_evidence.Row]] = {}
        for row in rows:
            if row.option is not None and (row.metric, row.unit) in self.metrics:
                self._rows.setdefault((row.option, row.place, row.dimension), []).append(row)
        self._asked: dict[tuple[str, ...], list[float]] = {}
        for of_one in self._rows.values():
            for row in of_one:
                self._asked.setdefault(self._question(row), []).append(row.value)

    def metric(self, row: written_evidence.Row) -> written_evidence.Metric:
        return self.metrics[row.metric, row.unit]

    def size(self, option: str, place: written_evidence.Place) -> Figure | None:
        """The figure on everybody that speaks for an option."""
        rows = self._near(option, place, place.borrowed, EVERYBODY)
        figures = [Figure((row,), row.value, borrowed=row.place not in place.rows_of) for row in rows if self.metric(row).size]
        return self._voice(figures, place)

    def lean(self, option: str, place: written_evidence.Place, group: written_evidence.Group) -> Figure | None:
        """The figure on a group that speaks for or against an option."""
        rows = self._near(option, place, place.borrowed + place.leans_borrowed, group.dimension)
        by_survey: dict[tuple[str, ...], dict[str, written_evidence.Row]] = {}
        for row in rows:
            if self.metric(row).lean:
                by_survey.setdefault((row.place, row.metric, row.unit, row.source), {})[row.group] = row
        figures = []
        for named in by_survey.values():
            chosen = next((names for names in group.groups if all(name in named for name in names)), None)
            if chosen is None:
                continue
            picked = tuple(named[name] for name in chosen)
            base = self._base(picked[0], tuple(named.values()))
            if base:
                figures.append(Figure(picked, sum(row.value for row in picked) / len(picked), base, picked[0].place not in place.rows_of))
        return self._voice(figures, place)

    def strength(self, figure: Figure) -> int:
        """The step a figure reaches, 0 for none to 3, negative if it speaks against; doubts but age are taken off."""
        metric = self.metric(figure.row)
        if figure.base is None:
            value, steps, sign = figure.value, metric.size, 1
        elif metric.lean_by == "difference":
            value, steps, sign = abs(figure.value - figure.base), metric.lean, 1 if figure.value > figure.base else -1
        else:
            above = figure.value >= figure.base
            value = figure.value / figure.base if above else figure.base / max(figure.value, 1e-9)
            steps, sign = metric.lean, 1 if above else -1
        step = sum(value >= least for least in steps)
        if sign < 0 and not metric.below:
            return 0
        doubts = any(row.confidence == "low" for row in figure.rows) + figure.borrowed
        return sign * max(0, step - doubts)

    def _near(self, option: str, place: written_evidence.Place, borrowed: tuple[str, ...], dimension: str) -> list[written_evidence.Row]:
        return [row for where in (*place.rows_of, *borrowed) for row in self._rows.get((option, where, dimension), [])]

    def _base(self, row: written_evidence.Row, groups: tuple[written_evidence.Row, ...]) -> float | None:
        metric = self.metric(row)
        if metric.base == "asked":
            asked = self._asked[self._question(row)]
            return sum(asked) / len(asked) if len(asked) > 1 else None
        everybody = [other for other in self._rows.get((row.option or "", row.place, EVERYBODY), []) if (other.metric, other.unit) == (row.metric, row.unit)]
        if everybody:
            day = last_day(row.as_of).toordinal()
            return min(everybody, key=lambda other: (other.source != row.source, abs(last_day(other.as_of).toordinal() - day), TRUST[other.confidence])).value
        if row.dimension in metric.bases:
            return metric.bases[row.dimension]
        return sum(other.value for other in groups) / len(groups) if len(groups) > 1 else None

    def _voice(self, figures: list[Figure], place: written_evidence.Place) -> Figure | None:
        def standing(figure: Figure) -> tuple[object, ...]:
            row = figure.row
            age = NEWER_FIRST - figure.as_of.toordinal()
            return (
                row.confidence == "low",
                (*place.rows_of, *place.borrowed, *place.leans_borrowed).index(row.place),
                self._rank[row.metric, row.unit],
                age,
                TRUST[row.confidence],
                row.source,
            )

        return min(figures, key=standing, default=None)

    @staticmethod
    def _question(row: written_evidence.Row) -> tuple[str, ...]:
        return row.place, row.metric, row.unit, row.source, row.dimension, row.group


def _rules_of(
    survey: _Survey,
    speaking: list[tuple[written_evidence.Place, Figure]],
    group: written_evidence.Group | None,
    option: written.Option,
    sources: Mapping[str, written.Source],
) -> Iterator[written.Rule]:
    """The rules of figures on one matter, one figure once however many places it speaks for."""
    places: dict[Figure, list[Mapping[str, Any]]] = {}
    for place, figure in speaking:
        places.setdefault(figure, []).append(place.when)
    for figure, whens in places.items():
        yield from _weighed(survey, figure, _either(whens), group, option, sources)


def _weighed(
    survey: _Survey, figure: Figure, where: dict[str, Any], group: written_evidence.Group | None, option: written.Option, sources: Mapping[str, written.Source]
) -> Iterator[written.Rule]:
    """One rule while the figure is fresh, and a softer one from the day on which it no longer is."""
    formula, step = survey.formula, survey.strength(figure)
    saying, title = _saying(formula, group, step)
    words = _words(survey, figure, option, sources)
    words["who"] = _filled(saying.who, words)
    words["amount"] = formula.amounts[abs(step) - 1]
    words["against"] = _filled(survey.metric(figure.row).against, words)
    words["figure"] = _filled(survey.metric(figure.row).says, words)
    stale = months_later(figure.as_of, formula.fresh_months).isoformat()
    for age, left, since, until in (("", abs(step), None, stale), (".aged", abs(step) - 1, stale, None)):
        if left < 1:
            continue
        points = written.Points(choice=formula.choice, option=(option.id,), strength=formula.steps[left - 1])
        yield written.Rule(
            id=_name(figure, group, option) + age,
            title=_filled(title, words),
            status="reviewed",
            since=since,
            until=until,
            when=_joined([where, group.when if group else {}]),
            then=(written.Effect(support=points) if step > 0 else written.Effect(oppose=points),),
            because=_filled(saying.because, words),
            wrong_when=formula.wrong_when,
            cites=tuple(dict.fromkeys(row.source for row in figure.rows)),
            origin=figure.row.origin,
        )


def _saying(formula: written_evidence.Surveys, group: written_evidence.Group | None, step: int) -> tuple[written_evidence.Saying, str]:
    if group is None:
        return formula.size, formula.size.title
    dimension = formula.dimensions.get(group.dimension)
    saying, own = (formula.lean_for, dimension and dimension.lean_for) if step > 0 else (formula.lean_against, dimension and dimension.lean_against)
    return saying, own or saying.title


def _words(survey: _Survey, figure: Figure, option: written.Option, sources: Mapping[str, written.Source]) -> dict[str, str]:
    row = figure.row
    groups = " and ".join(part.group for part in figure.rows)
    dimension = survey.formula.dimensions.get(row.dimension)
    return {
        "option": option.said,
        "value": _short(figure.value),
        "unit": row.unit,
        "group": _filled(dimension.group, {"group": groups}) if dimension else groups,
        "base": "" if figure.base is None else _short(figure.base),
        "as_of": words.day_text(row.as_of),
        "place": survey.formula.place_names.get(row.place, row.place),
        "publisher": sources[row.source].publisher if row.source in sources else row.source,
    }


def _name(figure: Figure, group: written_evidence.Group | None, option: written.Option) -> str:
    about = ("size",) if group is None else (group.dimension, *(str(value) for value in group.when.values()))
    return ".".join(_slug(part) for part in ("survey", option.id, figure.row.place, *about, *(("borrowed",) if figure.borrowed else ())))


def _either(whens: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Any of these conditions; values of one and the same fact as one list."""
    values: dict[str, list[Any]] = {}
    others: list[Mapping[str, Any]] = []
    for when in whens:
        value = next(iter(when.values())) if len(when) == 1 else None
        if isinstance(value, str | list):
            values.setdefault(next(iter(when)), []).extend([value] if isinstance(value, str) else value)
        else:
            others.append(when)
    alternatives = [*({fact: found[0] if len(found) == 1 else found} for fact, found in values.items()), *others]
    return dict(alternatives[0]) if len(alternatives) == 1 else {"any": alternatives}


# -- constraints ------------------------------------------------------------------------------------------------


def constraint_rules(formula: written_evidence.Constraints, constraints: Iterable[written_evidence.Constraint]) -> Iterator[written.Rule]:
    """The rules that laws and platform rules amount to."""
    by_id = {consequence.id: consequence for consequence in formula.consequences}
    for constraint in constraints:
        for word in constraint.effects:
            consequence = by_id.get(word)
            if consequence and consequence.then and _applies(consequence, constraint):
                yield _constraining(formula, consequence, constraint)


def constraint_caveats(formula: written_evidence.Constraints, constraints: Iterable[written_evidence.Constraint]) -> Iterator[written.Caveat]:
    """The caveats of those constraints that have a consequence with a weight, each once, at its highest weight."""
    by_id = {consequence.id: consequence for consequence in formula.consequences}
    for constraint in constraints:
        weights = [c.weight for word in constraint.effects if (c := by_id.get(word)) and c.weight is not None and _applies(c, constraint)]
        if weights:
            yield written.Caveat(id=constraint.id, title=constraint.title, text=constraint.advice, weight=max(weights), origin=constraint.origin)


def _applies(consequence: written_evidence.Consequence, constraint: written_evidence.Constraint) -> bool:
    return constraint.status in (*consequence.status, "past") and (constraint.option is not None or consequence.without_option == "keep")


def _constraining(formula: written_evidence.Constraints, consequence: written_evidence.Consequence, constraint: written_evidence.Constraint) -> written.Rule:
    words = {"option": constraint.option, "id": constraint.id, "advice": constraint.advice}
    parts = [formula.places.get(constraint.place, {})]
    if constraint.option is not None or "$option" not in str(consequence.when):
        parts.append(_substituted(consequence.when, words))
    if constraint.when:
        parts.append(dict(constraint.when))
    return written.Rule(
        id=f"law.{constraint.id}.{consequence.id}",
        title=constraint.title,
        status="reviewed",
        since=constraint.since,
        until=constraint.until,
        when=_joined(parts),
        then=tuple(written.Effect.model_validate(_substituted(effect, words)) for effect in consequence.then),
        because=constraint.says,
        wrong_when=formula.wrong_when,
        cites=constraint.sources,
        origin=constraint.origin,
    )


def _joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Conditions that must all hold, as one; `all` where two ask about the same fact."""
    joined: dict[str, Any] = {}
    for part in parts:
        if any(key in joined for key in part):
            joined = {"all": [joined, part]}
        else:
            joined |= part
    return joined


def _substituted(data: Any, words: Mapping[str, str | None]) -> Any:
    """Plain data with `$name` replaced throughout."""
    if isinstance(data, dict):
        return {key: _substituted(value, words) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_substituted(value, words) for value in data]
    return words.get(data[1:], data) if isinstance(data, str) and data.startswith("$") else data


def _filled(template: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: words.get(slot[1], slot[0]), template)


def _short(number: float) -> str:
    """A number in at most three figures, without exponent."""
    return f"{float(f'{number:.3g}'):g}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9_.]+", "_", text.lower()).strip("_")
