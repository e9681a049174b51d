"""What stands on the shelves of the library: figures by what they count, know-how on each option, rules that can be searched, and who cites what.

Pure; everything is read from the knowledge, whatever its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from advisor.knowledge import written, written_evidence
from advisor.knowledge.condition import Test, tests
from advisor.knowledge.model import Knowledge, Rule
from advisor.language.english import sentence
from advisor.presentation.cited import reference

Cited = TypeVar("Cited", written.Claim, written.Source)

EVERYBODY = "all"  # the dimension of rows about everybody


def words_of(name: str) -> str:
    """An id as words; a very short one is an abbreviation.

    >>> words_of("daily_use"), words_of("us")
    ('Daily use', 'US')
    """
    text = re.sub(r"[._]+", " ", name)
    return text.upper() if len(text) < 4 else text[:1].upper() + text[1:]


def place_of(row: written_evidence.Row, knowledge: Knowledge) -> str:
    """Where a figure was counted, at the beginning of a line."""
    name = knowledge.place_names.get(row.place)
    return name[:1].upper() + name[1:] if name else words_of(row.place)


# -- figures ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures that may stand side by side: one metric in one unit, never two."""

    metric: str
    unit: str
    rows: tuple[written_evidence.Row, ...]

    @property
    def top(self) -> float:
        """What the whole width of the chart stands for: the highest figure, or a hundred if one of a hundred is readable beside it."""
        most = max(row.value for row in self.rows)
        return 100 if self.unit == "percent" and most >= 10 else max(most, 1e-9)


def charts(rows: Iterable[written_evidence.Row]) -> tuple[Chart, ...]:
    """Rows as charts, those with most rows first."""
    found: dict[tuple[str, str], list[written_evidence.Row]] = {}
    for row in rows:
        found.setdefault((row.metric, row.unit), []).append(row)
    return tuple(Chart(*key, tuple(of_one)) for key, of_one in sorted(found.items(), key=lambda pair: -len(pair[1])))


def dimensions(rows: Iterable[written_evidence.Row]) -> dict[str, tuple[written_evidence.Row, ...]]:
    """Rows by what tells their groups apart, those about everybody first."""
    found: dict[str, tuple[written_evidence.Row, ...]] = {}
    for row in sorted(rows, key=lambda row: row.dimension != EVERYBODY):  # stable: else as they came
        found[row.dimension] = (*found.get(row.dimension, ()), row)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one source says of several options when it put one question to one group: `rows` from the highest figure to the lowest."""

    place: str
    dimension: str
    group: str
    source: str
    as_of: str
    rows: tuple[written_evidence.Row, ...]


def comparisons(chart: Chart) -> tuple[Comparison, ...]:
    """Every question in a chart that was put about more than one thing, about everybody and about most things first."""
    found: dict[tuple[str, str, str, str, str], list[written_evidence.Row]] = {}
    for row in chart.rows:
        found.setdefault((row.place, row.dimension, row.group, row.source, row.as_of), []).append(row)
    several = [Comparison(*key, rows=tuple(sorted(rows, key=lambda row: -row.value))) for key, rows in found.items() if len(rows) > 1]
    return tuple(sorted(several, key=lambda each: (each.dimension != EVERYBODY, -len(each.rows))))


# -- what rules know about an option ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KnowHow:
    """The rules about one option of a choice: for and against it with their points, what bars it, and what follows once it is picked."""

    speaks_for: tuple[tuple[Rule, int], ...]
    speaks_against: tuple[tuple[Rule, int], ...]
    bars: tuple[Rule, ...]
    follows: tuple[Rule, ...]


def know_how(choice: str, option: str, knowledge: Knowledge) -> KnowHow:
    """Everything that living rules say about an option, the heaviest first."""
    living = [rule for rule in knowledge.rules if rule.status != "retired"]
    given = [(rule, points.points) for rule in living for points in rule.points if (points.choice, points.option) == (choice, option)]
    weighed = sorted(given, key=lambda pair: (-abs(pair[1]), pair[0].id))
    return KnowHow(
        tuple(pair for pair in weighed if pair[1] > 0),
        tuple(pair for pair in weighed if pair[1] < 0),
        tuple(rule for rule in living if (choice, option) in rule.excludes),
        tuple(rule for rule in living if any(_asks_for(test, choice, option) for entry in rule.when for test in tests(entry.condition))),
    )


def _asks_for(test: Test, choice: str, option: str) -> bool:
    wanted = (test.expected,) if isinstance(test.expected, str) else test.expected
    return test.fact == choice and isinstance(wanted, tuple | list | frozenset) and option in wanted


# -- subjects of rules ------------------------------------------------------------------------------------------


def subjects(knowledge: Knowledge) -> dict[str, str]:
    """What rules can be about, and its name: a decision they weigh on, a section they write into."""
    decisions = {f"choice:{name}": choice.name for name, choice in knowledge.choices.items()}
    return {**decisions, **{f"section:{section.id}": section.title for section in knowledge.base.sections}}


def about(rule: Rule) -> frozenset[str]:
    """The subjects of a rule."""
    return frozenset(f"choice:{name}" for name in rule.touches) | frozenset(f"section:{line.section}" for line in rule.lines)


# -- searching --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Index:
    """The rules with all that can be found in them, ready to be searched."""

    knowledge: Knowledge

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """Every rule as an English sentence."""
        return {rule.id: sentence(rule, self.knowledge) for rule in self.knowledge.rules}

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {
            rule.id: " ".join((rule.id, rule.title, self.sentences[rule.id], rule.wrong_when, *rule.cites, *map(self._name_of, rule.cites))).casefold()
            for rule in self.knowledge.rules
        }

    def _name_of(self, cited: str) -> str:
        source = self.knowledge.sources.get(cited)
        return f"{source.title} {source.publisher}" if source else ""

    def find(self, words: str, subject: str | None = None) -> list[Rule]:
        """The rules in which every word stands, those in whose id or title one stands first; without words, all of them."""
        wanted = words.casefold().split()
        found = [rule for rule in self.knowledge.rules if (subject is None or subject in about(rule)) and all(word in self._texts[rule.id] for word in wanted)]
        exact = words.strip().casefold()
        return sorted(found, key=lambda rule: (rule.id != exact, not any(word in f"{rule.id} {rule.title}".casefold() for word in wanted)))

    # -- who cites what -------------------------------------------------------------------------------------------

    @cached_property
    def citing(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that cite a claim or a source, by its id."""
        found: dict[str, list[Rule]] = {}
        for rule in self.knowledge.rules:
            for name in rule.cites:
                found.setdefault(name, []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def teaching(self) -> Mapping[str, tuple[written.Lesson, ...]]:
        """The lessons that teach a claim, by its id."""
        found: dict[str, list[written.Lesson]] = {}
        for lesson in self.knowledge.lessons.values():
            for name in lesson.claims:
                found.setdefault(name, []).append(lesson)
        return {name: tuple(lessons) for name, lessons in found.items()}

    def rules_of(self, claims: Iterable[str]) -> tuple[Rule, ...]:
        """The rules that rest on any of these claims, each once."""
        return tuple({rule.id: rule for name in claims for rule in self.citing.get(name, ())}.values())

    def settling(self, disagreement: str) -> Iterator[tuple[Rule, tuple[str, ...]]]:
        """The rules that take a side in a disagreement, and the claims that they follow."""
        return ((rule, settled.follow) for rule in self.knowledge.rules for settled in rule.settles if settled.disagreement == disagreement)


def holding(words: str, items: Iterable[Cited], knowledge: Knowledge) -> list[Cited]:
    """The claims or sources in which every word stands."""
    wanted = words.casefold().split()
    return [item for item in items if all(word in f"{item.id} {item.kind} {reference(item.id, knowledge)}".casefold() for word in wanted)]


def newest_first(sources: Iterable[written.Source]) -> list[written.Source]:
    """Sources by the day of their publication, those without one last."""
    return sorted(sources, key=lambda source: (source.published != "undated", source.published), reverse=True)
