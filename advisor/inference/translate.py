"""A rule -> the form the engine takes.

What the engine sees of the facts is a flat message in which every property is always there, because its tests of absence are
not safe: an unknown `one` or `flag` fact is the text "", a `many` fact is one true-or-false property per option, and a number
stands beside a property that says whether it is known. So every test has an exact opposite, and `unless` is pushed inward to
the tests. A condition too long for one rule of the engine is cut into several *signals* and put together again afterwards.
Pure; imports no engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.knowledge.condition import All, AnyOf, Condition, Facts, Test, Unless, Value
from advisor.knowledge.model import Fact, Rule

LONGEST = 24  # expressions in one rule of the engine; it takes 32, three of which wrap every pattern
LARGEST = 250  # expressions in one ruleset; its lists hold 256 rules, and a larger ruleset is slower than two
MOST_WAITING = 60  # tests on the engine's stack; it holds 64
MOST_PROPERTIES = 240  # in one message; the engine takes 255

Form = dict[str, Any]
Network = dict[tuple[str, str], Any]  # (what, value) -> the tests that come after; of one `what`, only one value can match
YES, NO, UNKNOWN = "yes", "no", ""
OPPOSITE = {"$gte": "$lt", "$lt": "$gte", "$lte": "$gt", "$gt": "$lte"}
COMPARES = {"at_least": "$gte", "at_most": "$lte", "more_than": "$gt", "less_than": "$lt"}

ALWAYS: Form = {"$and": []}
NEVER: Form = {"$or": []}


# -- conditions -----------------------------------------------------------------------------------------------


def form(condition: Condition, facts: Mapping[str, Fact], opposite: bool = False) -> Form:
    """A condition (or its exact opposite) over the properties of a message."""
    match condition:
        case Unless(part):
            return form(part, facts, not opposite)
        case All(parts) | AnyOf(parts):
            every = isinstance(condition, All) is not opposite
            return _joined("$and" if every else "$or", [form(part, facts, opposite) for part in parts])
        case Test():
            return _test(condition, facts[condition.fact], opposite)


def _joined(word: str, parts: list[Form]) -> Form:
    """The parts under one word, nested uses of the same word and single parts flattened."""
    flat: list[Form] = []
    for part in parts:
        flat += part.get(word, [part])
    neutral, fatal = (ALWAYS, NEVER) if word == "$and" else (NEVER, ALWAYS)
    if fatal in flat:
        return fatal
    flat = [part for part in flat if part != neutral]
    return flat[0] if len(flat) == 1 else {word: flat}


def _test(test: Test, fact: Fact, opposite: bool) -> Form:
    name, op, expected = test.fact, test.op, test.expected
    if op == "known":
        return _known(fact, known=expected is not opposite)
    if fact.kind == "number":
        return _number(name, op, expected, opposite)
    if fact.kind == "many":
        wanted = (expected,) if op == "includes" else sorted(expected)
        every = (op != "includes_any") is not opposite
        return _joined("$and" if every else "$or", [{f"{name}={option}": not opposite} for option in wanted])
    values = [_text(value) for value in (expected if op == "one_of" else (expected,))]
    if opposite:
        return _joined("$and", [{"$neq": {name: value}} for value in values])
    return _joined("$or", [{name: value} for value in values])


def _number(name: str, op: str, expected: float, opposite: bool) -> Form:
    if op == "is":
        exactly: Form = {"$and": [{"$gte": {name: expected}}, {"$lte": {name: expected}}, {f"{name}?": True}]}
        other: Form = {"$or": [{"$lt": {name: expected}}, {"$gt": {name: expected}}, {f"{name}?": False}]}
        return other if opposite else exactly
    word = COMPARES[op]
    if opposite:
        return {"$or": [{OPPOSITE[word]: {name: expected}}, {f"{name}?": False}]}
    return {"$and": [{word: {name: expected}}, {f"{name}?": True}]}


def _known(fact: Fact, known: bool) -> Form:
    if fact.kind in ("number", "many"):
        return {f"{fact.id}?": known}
    return {"$neq": {fact.id: UNKNOWN}} if known else {fact.id: UNKNOWN}


def _text(value: Value) -> str:
    return (YES if value else NO) if isinstance(value, bool) else str(value)


# -- rules ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signal:
    """A condition short enough for one rule of the engine."""

    name: str
    form: Form

    def given(self, seen: frozenset[str]) -> bool:
        return self.name in seen


@dataclass(frozen=True)
class Together:
    """Signals all (or any) of which must be seen for a rule to fire."""

    parts: tuple[Signal | Together, ...]
    every: bool

    def given(self, seen: frozenset[str]) -> bool:
        return (all if self.every else any)(part.given(seen) for part in self.parts)


def signals(name: str, whole: Form) -> Signal | Together:
    """A condition as one signal, or as several where it is too long for the engine."""
    if size(whole) <= LONGEST or not (whole.get("$and") or whole.get("$or")):
        return Signal(name, whole)
    word = "$and" if "$and" in whole else "$or"
    parts: list[Signal | Together] = []
    short: list[Form] = []
    for part in sorted(whole[word], key=size):
        if size(part) > LONGEST:
            parts.append(signals(f"{name}+{len(parts)}", part))
        elif sum(map(size, short)) + size(part) + 2 > LONGEST:
            parts.append(Signal(f"{name}+{len(parts)}", _joined(word, short)))
            short = [part]
        else:
            short.append(part)
    if short:
        parts.append(Signal(f"{name}+{len(parts)}", _joined(word, short)))
    return Together(tuple(parts), word == "$and")


def size(whole: Form) -> int:
    """How many expressions of the engine a form takes."""
    for word in ("$and", "$or"):
        if word in whole:
            return 2 + sum(map(size, whole[word]))
    return 1


def leaves(tree: Signal | Together) -> Iterator[Signal]:
    """Every signal of a rule."""
    if isinstance(tree, Signal):
        yield tree
    else:
        for part in tree.parts:
            yield from leaves(part)


# -- rulesets and messages ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ruleset:
    """Signals that fit one ruleset of the engine, and the facts its message must hold, with no more options than are asked for."""

    signals: tuple[Signal, ...]
    facts: tuple[Fact, ...]

    def definition(self) -> dict[str, Form]:
        """The ruleset as the engine reads it; every rule begins with a test that only our message meets."""
        return {signal.name: {"all": [{"m": _pattern(signal.form)}]} for signal in self.signals}


def _pattern(whole: Form) -> Form:
    parts = whole.get("$and", [whole])
    return {"$and": [{"kind": "case"}, *parts]} if parts else {"kind": "case"}


def rulesets(trees: Iterable[Signal | Together], facts: Mapping[str, Fact]) -> tuple[Ruleset, ...]:
    """The signals of a layer, packed into as few rulesets as the engine's limits allow."""
    packs: list[list[Signal]] = []
    expressions, read = 0, frozenset[str]()
    for signal in (leaf for tree in trees for leaf in leaves(tree) if leaf.form != NEVER):
        long, tested = size(signal.form), properties_of(signal.form)
        expressions, read = expressions + long, read | tested
        if not packs or expressions > LARGEST or len(read) > MOST_PROPERTIES:
            packs.append([])
            expressions, read = long, tested
        packs[-1].append(signal)
    return tuple(Ruleset(tuple(part), _asked(part, facts)) for pack in packs for part in _shallow(pack))


def _asked(pack: Iterable[Signal], facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """The facts that the signals test; of a `many` fact only the options they test."""
    tested = frozenset[str]().union(*(properties_of(signal.form) for signal in pack))
    names = sorted({fact_of(name) for name in tested})
    return tuple(replace(facts[name], options={option: it for option, it in facts[name].options.items() if f"{name}={option}" in tested}) for name in names)


def _shallow(pack: list[Signal]) -> Iterator[list[Signal]]:
    """The pack, halved as often as it takes for the engine's stack to hold it."""
    network: Network = {}
    for signal in pack:
        _grow(network, signal.form)
    if len(pack) == 1 or _waiting(network) <= MOST_WAITING:
        yield pack
    else:
        yield from _shallow(pack[: len(pack) // 2])
        yield from _shallow(pack[len(pack) // 2 :])


def _grow(network: Network, whole: Form) -> Network:
    """Add a form to a network as the engine does: rules that begin alike share their tests, alternatives lead to one place."""
    if "$and" in whole:
        for part in whole["$and"]:
            network = _grow(network, part)
        return network
    if "$or" in whole:
        joint: Network = {}
        for part in whole["$or"]:
            _grow(network, part)[f"or {id(joint)}", ""] = joint
        return joint
    ((name, value),) = whole.items()
    node: Network = network.setdefault((f"{name} {value}", "") if name.startswith("$") else (name, str(value)), {})
    return node


def _waiting(network: Network) -> int:
    """How many tests the engine may have on its stack at once: of those for different values of one property, one."""
    at_once = len({property_ for property_, _ in network})
    return max(1, at_once - 1 + max(map(_waiting, network.values()), default=1))


def properties_of(whole: Form) -> frozenset[str]:
    """The properties that a form tests, and those that stand beside them in a message."""
    found: set[str] = set()
    for key, value in whole.items():
        if key in ("$and", "$or"):
            found.update(*map(properties_of, value))
        elif key.startswith("$"):
            found |= properties_of(value)
        else:
            found |= {key, fact_of(key), f"{fact_of(key)}?"}
    return frozenset(found)


def fact_of(property_: str) -> str:
    """The id of the fact that a property belongs to."""
    return property_.partition("=")[0].removesuffix("?")


def properties(fact: Fact, known: Facts) -> str:
    """A fact as properties of a message: JSON members, without braces."""
    value = known.get(fact.id)
    return _WRITERS[fact.kind](fact, value)


def _write_text(fact: Fact, value: Any) -> str:
    return f'"{fact.id}":"{UNKNOWN if value is None else _text(value)}"'


def _write_number(fact: Fact, value: Any) -> str:
    return f'"{fact.id}":{json.dumps(0 if value is None else value)},"{fact.id}?":{json.dumps(value is not None)}'


def _write_many(fact: Fact, value: Any) -> str:
    held = value or ()
    members = [f'"{fact.id}={option}":{"true" if option in held else "false"}' for option in fact.options]
    return ",".join([f'"{fact.id}?":{"false" if value is None else "true"}', *members])


_WRITERS: dict[str, Callable[[Fact, Any], str]] = {"one": _write_text, "flag": _write_text, "number": _write_number, "many": _write_many}


def tree_of(rule: Rule, facts: Mapping[str, Fact]) -> Signal | Together:
    """A rule's condition as signals named after it."""
    return signals(rule.id, form(rule.condition, facts))
