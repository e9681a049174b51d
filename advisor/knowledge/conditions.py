"""Conditions as written -> tests of facts, each of the kind that its fact allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.knowledge.condition import COMPARISONS, INCLUSIONS, OPERATORS, All, AnyOf, Condition, Test, Unless
from advisor.knowledge.model import Entry, Fact
from advisor.knowledge.shape import shown
from advisor.knowledge.source import Origin, Step
from advisor.knowledge.terms import Terms, told

TESTED = {  # how a fact of each kind is tested
    "one": "write one of its options, or a list of them",
    "many": "write `{includes: …}`, `{includes_any: […]}` or `{includes_all: […]}`",
    "flag": "write `true` or `false`",
    "number": "write a number, or `{at_least: …}`, `{at_most: …}`, `{more_than: …}`, `{less_than: …}`",
}


class Conditions(Terms):
    """Types conditions."""

    def condition(self, raw: Mapping[str, Any], origin: Origin, at: tuple[Step, ...]) -> list[Entry]:
        """The entries of a condition that have no problem."""
        entries = []
        for key, value in raw.items():
            condition = self._entry(key, value, origin, (*at, key))
            if condition is not None:
                entries.append(Entry(key, condition))
        return entries

    def _all(self, raw: Any, origin: Origin, at: tuple[Step, ...]) -> Condition:
        if not isinstance(raw, dict):
            self.say("wrong-type", "a condition is a mapping of facts", origin.place(*at), help_="write `fact: value`")
            return All(())
        if not raw:
            self.say("empty", "an empty condition always holds, so it says nothing here", origin.place(*at), help_="write `fact: value`, or leave it out")
        parts = tuple(entry.condition for entry in self.condition(raw, origin, at))
        return parts[0] if len(parts) == 1 else All(parts)

    def _entry(self, key: str, value: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        if key in ("any", "all"):
            if not isinstance(value, list) or not value:
                self.say("wrong-type", f"`{key}` takes a list of conditions", origin.place(*at), help_="write a line `- {fact: value}` for each")
                return None
            parts = tuple(self._all(part, origin, (*at, position)) for position, part in enumerate(value))
            return AnyOf(parts) if key == "any" else All(parts)
        if key == "unless":
            return Unless(self._all(value, origin, at))
        fact = self.facts.get(key)
        if fact is None:
            self._unknown("fact", key, self.facts, origin.place(*at, key=True))
            return None
        return self._test(fact, value, origin, at)

    def _test(self, fact: Fact, raw: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        place = origin.place(*at)
        if isinstance(raw, dict):
            return self._operators(fact, raw, origin, at)
        if fact.kind == "many":
            self.say("wrong-operator", f"`{fact.id}` can have many values at once", place, help_=TESTED[fact.kind])
            return None
        if isinstance(raw, list):
            if fact.kind != "one":
                self.say("wrong-operator", f"`{fact.id}` is not tested by a list", place, help_=TESTED[fact.kind])
                return None
            return self._list_test(fact, "one_of", raw, origin, at)
        value = self.value(fact, raw, origin, at)
        return None if value is None else Test(fact.id, "is", value)

    def _operators(self, fact: Fact, raw: Mapping[str, Any], origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        if not raw:
            self.say("empty", f"the test of `{fact.id}` is empty", origin.place(*at), help_="write a value, or an operator such as `known: true`")
            return None
        parts: list[Condition] = []
        for op, expected in raw.items():
            test = self._operator(fact, op, expected, origin, (*at, op))
            if test is not None:
                parts.append(test)
        return None if len(parts) < len(raw) else parts[0] if len(parts) == 1 else All(tuple(parts))

    def _operator(self, fact: Fact, op: str, expected: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        place, key = origin.place(*at), origin.place(*at, key=True)
        if op not in OPERATORS:
            self._unknown("operator", op, OPERATORS, key)
            return None
        if op == "known":
            if not isinstance(expected, bool):
                self.say("wrong-type", f"`known` is true or false, not {told(expected)}", place, help_="write `true` or `false`")
                return None
            return Test(fact.id, op, expected)
        if op in COMPARISONS and fact.kind != "number":
            self.say("wrong-operator", f"`{fact.id}` is not a number, so `{op}` says nothing about it", key, help_=TESTED[fact.kind])
            return None
        if op in INCLUSIONS and fact.kind != "many":
            self.say("wrong-operator", f"`{fact.id}` has one value, so `{op}` says nothing about it", key, help_=TESTED[fact.kind])
            return None
        if op in ("includes_any", "includes_all"):
            return self._list_test(fact, op, expected, origin, at)
        if op == "includes":
            return Test(fact.id, op, str(expected)) if self._is_option(fact, expected, place) else None
        value = self.value(fact, expected, origin, at)
        return None if value is None else Test(fact.id, op, value)

    def _list_test(self, fact: Fact, op: str, raw: Any, origin: Origin, at: tuple[Step, ...]) -> Condition | None:
        if not isinstance(raw, list) or not raw:
            code, headline = (
                ("empty", f"the test of `{fact.id}` lists no value") if raw == [] else ("wrong-type", f"the test of `{fact.id}` needs a list of values")
            )
            self.say(code, headline, origin.place(*at), help_="write `[a, b]`")
            return None
        good = True
        for position, value in enumerate(raw):
            place = origin.place(*at, position)
            good &= self._is_option(fact, value, place)
            if value in raw[:position]:
                self.say("repeated-value", f"`{shown(value)}` stands twice", place, help_="keep one")
                good = False
        return Test(fact.id, op, tuple(raw) if op == "one_of" else frozenset(raw)) if good else None
