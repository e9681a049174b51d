"""Consultation -> the strategy as plain data: the JSON that others rely on.

Everything a person is told is here, with the rule it comes from; how it looks is decided elsewhere. The order of every list
is fixed, so one case on one date gives the same text to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from advisor.inference.consult import Consultation
from advisor.inference.near import Near, close
from advisor.inference.trace import Decision, Firing, Standing, Weighed, plain
from advisor.inference.variation import Variations
from advisor.knowledge import slots
from advisor.knowledge.condition import Test, Value
from advisor.knowledge.evidence import months_later
from advisor.knowledge.model import Choice, Rule
from advisor.knowledge.written import first_day
from advisor.language.english import fill, near_miss_text, with_values, would_bar, would_weigh

Data = dict[str, Any]

KINDS = ("advice", "task", "kpi")  # of lines, in reading order


def strategy(consultation: Consultation) -> Data:
    """Everything that one case led to, as JSON can hold it."""
    writer = _Writer(consultation)
    return {
        "client": consultation.case.client,
        "date": consultation.case.date.isoformat(),
        "fingerprint": consultation.knowledge.fingerprint,
        "choices": {name: writer.choice(consultation.decisions[name]) for name in consultation.knowledge.choices},
        "sections": writer.sections(),
        "caveats": writer.caveats(),
        "disagreements": writer.disagreements(),
        "unknown": writer.unknown(),
        "trace": [writer.firing(firing) for firing in consultation.trace.firings],
    }


def account(rule: Rule, consultation: Consultation) -> Data:
    """Why a rule that fired applies to this client, why it says what it says, and where that comes from."""
    knowledge = consultation.knowledge
    concluded_by = {name: firings[0] for name, firings in consultation.concluded_by.items()}
    return {
        "says": with_values(consultation.firing_of[rule.id], knowledge, concluded_by),
        "because": fill(rule.because, consultation.facts, knowledge, consultation.case.date),
        "cites": list(rule.cites),
        "basis": list(rule.basis),
    }


class _Writer:
    """Writes the parts of one consultation down."""

    def __init__(self, consultation: Consultation) -> None:
        self._consultation = consultation
        self._knowledge = consultation.knowledge
        self._case = consultation.case
        self._facts = consultation.facts
        self._firings = consultation.trace.firings

    # -- choices --------------------------------------------------------------------------------------------------

    def choice(self, decision: Decision) -> Data:
        ranking = [self._standing(decision.choice, standing) for standing in decision.ranking]
        picked = [standing for standing in decision.ranking if standing.option in decision.picked[:1]]
        return {"picked": list(decision.picked), "ranking": ranking, "rests_on": self._footing(picked[0]) if picked else None}

    def _footing(self, standing: Standing) -> Data:
        """Of the points for an option, how many rest on opinion alone, and how many on nothing newer than the knowledge calls old."""
        limit = months_later(self._case.date, -self._knowledge.base.old_after_months)
        opinion = sum(w.points.points for w in standing.supports if w.rule.basis == ("opinion",))
        dated = [(w.points.points, days) for w in standing.supports if (days := self._published(w.rule))]
        old = sum(points for points, days in dated if max(days) < limit)
        return {"points_for": sum(w.points.points for w in standing.supports), "opinion_only": opinion, "old": old, "old_before": limit.isoformat()}

    def _published(self, rule: Rule) -> list[date]:
        """When the sources of a rule were published; those without a date count as old."""
        sources = [self._knowledge.sources[name] for name in rule.cites if name in self._knowledge.sources]
        return [first_day(source.published) if source.published != "undated" else date.min for source in sources]

    def _standing(self, choice: str, standing: Standing) -> Data:
        return {
            "option": standing.option,
            "label": self._knowledge.choices[choice].options[standing.option].label,
            "points": standing.points,
            "excluded_by": [rule.id for rule in standing.excluded_by],
            "bars": [{"rule": rule.id, **self._account(rule)} for rule in standing.excluded_by],
            "for": [self._reason(weighed) for weighed in standing.supports],
            "against": [self._reason(weighed) for weighed in standing.opposes],
            "near": self._nearly(self._knowledge.choices[choice], standing.option),
        }

    def _reason(self, weighed: Weighed) -> Data:
        """One rule that gave or took points; `points` is positive on either side."""
        return {"rule": weighed.rule.id, "points": abs(weighed.points.points), **self._account(weighed.rule)}

    def _nearly(self, choice: Choice, option: str) -> list[Data]:
        """What nearly weighed on an option, bars first, then the heaviest; what a choice inherits is its own."""
        near = [miss for name in (choice.id, choice.inherits) if name for miss in self._near_misses.get((name, option), [])]
        return sorted(near, key=lambda miss: (not miss["bars"], -abs(miss["points"]), miss["rule"]))

    @cached_property
    def _near_misses(self) -> dict[tuple[str, str], list[Data]]:
        """Rules that one fact would make fire, by the choice and option on which they weigh."""
        found: dict[tuple[str, str], list[Data]] = {}
        for near in close(self._consultation, Variations(self._consultation)):
            rule = near.miss.rule
            for points in rule.points:
                found.setdefault((points.choice, points.option), []).append(self._near(near, points.points, would_weigh(points, self._knowledge)))
            for choice, option in rule.excludes:
                found.setdefault((choice, option), []).append(self._near(near, 0, would_bar(choice, option, self._knowledge)))
        return found

    def _near(self, near: Near, points: int, effect: str) -> Data:
        """One rule that would have given points (or, where they are negative, taken them); without points it would have barred the option."""
        says = near_miss_text(near.miss, self._knowledge, effect)
        failed = {**_compared(near.miss.test, near.miss.actual), "value": plain(near.remedy.value), "state": near.state, "says": says}
        return {"rule": near.miss.rule.id, "points": points, "bars": points == 0, "failed": failed}

    def _account(self, rule: Rule) -> Data:
        return account(rule, self._consultation)

    # -- the rest of the strategy ---------------------------------------------------------------------------------

    def sections(self) -> list[Data]:
        """Every section, with what the rules put there in reading order; a text that several rules give stands once."""
        items: dict[str, dict[tuple[str, str], Data]] = {section.id: {} for section in self._knowledge.base.sections}
        for rule in self._fired():
            for line in rule.lines:
                text = fill(line.text, self._facts, self._knowledge, self._case.date)
                unit: Data = {"unit": line.unit} if line.unit is not None else {}
                if line.days is not None:
                    unit["due"] = (self._case.date + timedelta(days=line.days)).isoformat()
                item = {"kind": line.kind, "text": text, **unit, "names": list(slots.facts(line.text)), "rule": rule.id, **self._account(rule), "also": []}
                first = items[line.section].setdefault((line.kind, text), item)
                if first is not item:
                    first["also"].append(rule.id)
        return [{"id": section.id, "title": section.title, "items": _in_reading_order(items[section.id].values())} for section in self._knowledge.base.sections]

    def caveats(self) -> list[Data]:
        """Every warning once, the heaviest first."""
        found: dict[str, Data] = {}
        for rule in self._fired():
            for name in rule.warns:
                caveat = self._knowledge.caveats[name]
                text = fill(caveat.text, self._facts, self._knowledge, self._case.date)
                said = {"id": name, "title": caveat.title, "text": text, "weight": caveat.weight, "names": list(slots.facts(caveat.text))}
                item = {**said, "rule": rule.id, **self._account(rule), "also": []}
                first = found.setdefault(name, item)
                if first is not item:
                    first["also"].append(rule.id)
        return sorted(found.values(), key=lambda item: (-item["weight"], item["id"]))

    def disagreements(self) -> list[Data]:
        """Every question on which claims differ and a rule took a side."""
        return [
            {
                "id": settled.disagreement,
                "question": self._knowledge.disagreements[settled.disagreement].question,
                "claims": list(self._knowledge.disagreements[settled.disagreement].between),
                "followed": list(settled.follow),
                "rule": rule.id,
                **self._account(rule),
            }
            for rule in self._fired()
            for settled in rule.settles
        ]

    def unknown(self) -> list[str]:
        """The questions left open that a rule would ask about, in the order of the questionnaire."""
        return [name for name in self._knowledge.questions if name not in self._case.answers and name in self._knowledge.read_by_rules]

    def firing(self, firing: Firing) -> Data:
        return {
            "rule": firing.rule.id,
            "layer": firing.layer,
            "met": [_compared(met.test, met.actual) for met in firing.met],
            "concluded": list(_effects(firing.rule)),
        }

    def _fired(self) -> Iterator[Rule]:
        return (firing.rule for firing in self._firings)


def _in_reading_order(items: Iterable[Data]) -> list[Data]:
    """The lines of a section: advice, then tasks by the day on which they are due, then those that come again and again, then measures."""
    return sorted(items, key=lambda item: (KINDS.index(item["kind"]), item.get("due", "9999")))


def _compared(test: Test, actual: Value | None) -> Data:
    """A test and what it was held against."""
    return {"fact": test.fact, "op": test.op, "expected": plain(test.expected), "actual": plain(actual)}


def _effects(rule: Rule) -> Iterator[Data]:
    """What a rule does, each effect under the word that its author wrote."""
    for points in rule.points:
        yield {"support" if points.points > 0 else "oppose": points.choice, "option": points.option, "points": abs(points.points)}
    for choice, option in rule.excludes:
        yield {"exclude": choice, "option": option}
    for name, value in rule.concludes:
        yield {"conclude": name, "value": plain(value)}
    for name in rule.warns:
        yield {"warn": name}
    for line in rule.lines:
        yield {"advise" if line.kind == "advice" else line.kind: line.section}
    for settled in rule.settles:
        yield {"settle": settled.disagreement, "follow": list(settled.follow)}
