"""Scenarios and their neighbours as written -> clients with checked answers, and expectations in which every name is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.knowledge import written, written_scenarios
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Scenario
from advisor.knowledge.resolve import Resolver
from advisor.knowledge.shape import Shelf
from advisor.knowledge.source import Origin


def scenarios(shelf: Shelf, resolver: Resolver, rules: Iterable[str]) -> tuple[dict[str, Scenario], dict[str, Scenario]]:
    """The scenarios, the example first, and their neighbours; `rules` are the ids of all rules."""
    director, names = _Director(resolver), tuple(rules)
    alone = resolver.once("scenario", shelf.all("scenarios", written_scenarios.Scenario))
    beside = resolver.once("neighbour", shelf.all("neighbours", written_scenarios.Neighbour), alone, "scenario")
    for expect, origin in [*((item.expect, item.origin) for item in alone.values()), *((item.expect, item.origin) for item in beside.values())]:
        director.check(expect, origin, names)
    found = {name: director.scenario(item) for name, item in alone.items()}
    near = {name: director.neighbour(item, found) for name, item in beside.items()}
    if resolver.base and (example := resolver.base.example):
        resolver.known("scenario", example, found, resolver.base.origin.place("example"))
        found = {name: found[name] for name in sorted(found, key=lambda name: name != example)}
    return found, {name: each for name, each in near.items() if each}


class _Director:
    """Looks up the names in scenarios."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._questions = tuple(fact.id for fact in resolver.facts.values() if fact.question)

    def scenario(self, item: written_scenarios.Scenario) -> Scenario:
        """A client who is described whole."""
        answers = {name: value for name, value in self._answers(item.answers, item.origin, "answers").items() if value is not None}
        return Scenario(item.id, item.title, item.client, written.first_day(item.date), answers, item.expect, item.origin)

    def neighbour(self, item: written_scenarios.Neighbour, known: Mapping[str, Scenario]) -> Scenario | None:
        """A client like one of those known but for some answers; nothing if there is none like this."""
        other = self._answers(item.but, item.origin, "but", blank=True)
        if not self._resolver.known("scenario", item.like, known, item.origin.place("like")):
            return None
        model = known[item.like]
        day = written.first_day(item.date) if item.date else model.day
        if day == model.day and not item.but:
            self._resolver.say("bad-value", f"`{item.id}` differs from `{model.id}` in nothing", item.origin.place("id"), help_="add `but:` or another `date:`")
        for name, value in other.items():
            if model.answers.get(name) == value and (value is None) is (item.but[name] is None):
                headline = f"`{model.id}` answers `{name}` like this too" if value is not None else f"`{model.id}` leaves `{name}` open too"
                self._resolver.say("bad-value", headline, item.origin.place("but", name), help_="name only the answers that differ")
        answers = {name: value for name, value in {**model.answers, **other}.items() if value is not None}
        return Scenario(item.id, item.title, model.client, day, answers, item.expect, item.origin)

    def _answers(self, raw: Mapping[str, Any], origin: Origin, key: str, *, blank: bool = False) -> dict[str, Value | None]:
        """The values of answers to known questions; nothing for what is no answer, and where they may be `blank`, for questions left open."""
        found: dict[str, Value | None] = {}
        for name, each in raw.items():
            if self._resolver.known("question", name, self._questions, origin.place(key, name, key=True)):
                open_ = blank and each is None
                found[name] = None if open_ else self._resolver.value(self._resolver.facts[name], each, origin, (key, name))
        return found

    def check(self, expect: written_scenarios.Expected, origin: Origin, rules: tuple[str, ...]) -> None:
        """Look up what is expected."""
        resolver = self._resolver
        for key, expected in (("picks", expect.picks), ("not_picks", expect.not_picks), ("order", expect.order)):
            for choice, options in expected.items():
                if resolver.known("choice", choice, resolver.choices, origin.place("expect", key, choice, key=True)):
                    for position, option in enumerate(options):
                        resolver.option(option, choice, resolver.choices[choice].options, origin.place("expect", key, choice, position))
        for key, caveats in (("caveats", expect.caveats), ("no_caveats", expect.no_caveats)):
            for position, caveat in enumerate(caveats):
                resolver.known("caveat", caveat, resolver.caveats, origin.place("expect", key, position))
        for pattern, names in expect.applies.items():
            alike = written_scenarios.alike(pattern, rules)
            if not alike:
                place = origin.place("expect", "applies", pattern, key=True)
                resolver.say("unknown-rule", f"no rule has an id like `{pattern}`", place, help_="write the beginning of rule ids and `*`")
            for position, name in enumerate(names if alike else ()):
                resolver.known("rule", name, alike, origin.place("expect", "applies", pattern, position))
