"""Ways to find out which rules fire: this advisor, durable-rules alone, CLIPS and experta.

The advisor does the whole consultation: every layer, conclusions, decisions, the trace with near misses. The others get the same
conditions, and what is concluded and decided between two layers is handed to them for nothing; they only say which rules fire.
So does `Firing`, which is the advisor without everything around its engine.
"""

from __future__ import annotations

import collections
import collections.abc
import itertools
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import clips
import durable_rules_engine
from clients import Client
from durable import engine as durable

from advisor.inference import translate
from advisor.inference.consult import consult
from advisor.inference.engine import engine_for
from advisor.knowledge.condition import All, AnyOf, Condition, Test, Unless, Value, tests
from advisor.knowledge.model import Fact, Knowledge

vars(collections).setdefault("Mapping", collections.abc.Mapping)  # experta 1.9.4 was written for Python 3.9
import experta  # noqa: E402

MOST_PROPERTIES = 250  # in one message of durable-rules, less those of every message


class Contestant(Protocol):
    """A way to find out which rules fire."""

    def fired(self, client: Client) -> Iterable[str]:
        """The ids of the rules that fire for this client; others may stand among them, and a rule may stand there twice."""


class Advisor:
    """This advisor, with everything that belongs to a consultation."""

    def __init__(self, knowledge: Knowledge, _: list[Client]) -> None:
        self._knowledge = knowledge

    def fired(self, client: Client) -> list[str]:
        return [firing.rule.id for firing in consult(self._knowledge, client.case).trace.firings]


class Firing:
    """The engine of this advisor, which like the others only says which rules fire."""

    def __init__(self, knowledge: Knowledge, _: list[Client]) -> None:
        self._engine = engine_for(knowledge)

    def fired(self, client: Client) -> list[str]:
        return [rule.id for number, facts in enumerate(client.steps) for rule in self._engine.fire(number, facts)]


# -- durable-rules --------------------------------------------------------------------------------------------


class _QuietHost(durable.Host):  # type: ignore[misc]  # durable-rules has no types
    """Its own host without its timers, which would run in the background of everybody's measurement."""

    def _run(self) -> None:
        pass


class Durable:
    """durable-rules through its own interface: one ruleset a layer, one message, an action for every rule.

    A layer is cut in halves only where the engine refuses it; as in the advisor, every ruleset has one rule that always
    fires, because a session without a firing cannot be deleted safely.
    """

    def __init__(self, knowledge: Knowledge, clients: list[Client]) -> None:
        self._host = _QuietHost()
        self._facts = knowledge.facts
        self._names: list[str] = []
        self._numbers = itertools.count(1)
        self._layers = []
        for number, layer in enumerate(knowledge.layers):
            trees = {rule.id: translate.tree_of(rule, knowledge.facts) for rule in layer.rules}
            signals = [signal for tree in trees.values() for signal in translate.leaves(tree) if signal.form != translate.NEVER]
            parts = self._registered(signals, [client.steps[number] for client in clients])
            self._layers.append((parts, {name: tree for name, tree in trees.items() if isinstance(tree, translate.Together)}))

    def fired(self, client: Client) -> list[str]:
        self._names = names = []
        for (parts, cut), facts in zip(self._layers, client.steps, strict=True):
            for name, read in parts:
                self._assert(name, read, facts)
            names += [rule for rule, tree in cut.items() if tree.given(frozenset(names))]
        return names

    def _registered(self, signals: list[translate.Signal], samples: list[dict[str, Value]]) -> list[tuple[str, list[Fact]]]:
        """The rulesets that these signals need, each with the facts it reads."""
        name = f"bare{next(self._numbers)}"
        read = [self._facts[fact] for fact in sorted({translate.fact_of(tested) for signal in signals for tested in translate.properties_of(signal.form)})]
        try:
            if sum(len(_flat(fact, None)) for fact in read) > MOST_PROPERTIES:
                raise durable_rules_engine.error
            definition = translate.Ruleset(tuple(signals), ()).definition() | {"always": {"all": [{"m": {"kind": "case"}}]}}
            self._host.set_rulesets({name: {rule: {**form, "run": self._action(rule)} for rule, form in definition.items()}})
            for facts in samples:
                self._assert(name, read, facts)
        except durable_rules_engine.error:
            middle = len(signals) // 2
            return self._registered(signals[:middle], samples) + self._registered(signals[middle:], samples)
        return [(name, read)]

    def _assert(self, ruleset: str, read: list[Fact], facts: Mapping[str, Value]) -> None:
        session = str(next(self._numbers))
        message: dict[str, Any] = {"sid": session, "kind": "case"}
        for fact in read:
            message |= _flat(fact, facts.get(fact.id))
        self._host.assert_fact(ruleset, message)
        self._host.delete_state(ruleset, session)

    def _action(self, rule: str) -> Callable[[object], None]:
        def note(_: object) -> None:
            self._names.append(rule)

        return note


def _flat(fact: Fact, value: Value | None) -> dict[str, object]:
    """A fact as the translated conditions expect it in a message."""
    match fact.kind:
        case "number":
            return {fact.id: value or 0, f"{fact.id}?": value is not None}
        case "many":
            held = value if isinstance(value, frozenset) else ()
            return {f"{fact.id}?": value is not None} | {f"{fact.id}={option}": option in held for option in fact.options}
    return {fact.id: {None: translate.UNKNOWN, True: translate.YES, False: translate.NO}.get(value, value)}  # type: ignore[arg-type]


# -- CLIPS ----------------------------------------------------------------------------------------------------

COMPARES = {"is": "=", "at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


class Clips:
    """CLIPS through clipspy, in the fastest of the shapes tried.

    Ordered facts, `(fact value)`, one for each value of a many-choice fact, read from one text a layer; a fact `(layer n)` keeps
    later layers waiting; fired rules note their names in a global variable. Slower were one template with slots, one `test` a
    rule, a fact for each firing, and calling Python from each rule.
    """

    def __init__(self, knowledge: Knowledge, _: list[Client]) -> None:
        self._kinds = {name: fact.kind for name, fact in knowledge.facts.items()}
        self._variables = itertools.count(1)
        self._asked_if_known = {test.fact for rule in knowledge.rules for test in tests(rule.condition) if test.op == "known"}
        self._environment = clips.Environment()
        self._environment.build("(defglobal ?*fired* = (create$))")
        for number, layer in enumerate(knowledge.layers):
            for rule in layer.rules:
                conditions = " ".join(self._element(entry.condition) for entry in rule.entries)
                self._environment.build(f"(defrule {rule.id} (layer {number}) {conditions} => (bind ?*fired* (create$ ?*fired* {rule.id})))")

    def fired(self, client: Client) -> list[str]:
        environment = self._environment
        environment.reset()
        known: set[str] = set()
        for number, facts in enumerate(client.steps):
            new = [fact for name, value in facts.items() if name not in known for fact in self._facts(name, value)]
            environment.load_facts(f"(layer {number}) {' '.join(new)}")
            environment.run()
            known.update(facts)
        return list(environment.find_global("fired").value)

    def _facts(self, name: str, value: Value) -> list[str]:
        if not isinstance(value, frozenset):
            return [f"({name} {_symbol(value)})"]
        return [f"({name} {_symbol(each)})" for each in value] + ([f"(known {name})"] if name in self._asked_if_known else [])

    def _element(self, condition: Condition) -> str:
        """A conditional element that never matches twice: `or` would, so it is written as "not none of them"."""
        match condition:
            case Unless(part):
                return f"(not {self._element(part)})"
            case All(()):
                return "(layer ?)"
            case All(parts):
                return f"(and {' '.join(map(self._element, parts))})" if len(parts) > 1 else self._element(parts[0])
            case AnyOf((part,)):
                return self._element(part)
            case AnyOf(parts):
                return f"(not (and {' '.join(f'(not {self._element(part)})' for part in parts)}))"
            case Test(fact, "known", expected):
                known = f"(known {fact})" if self._kinds[fact] == "many" else f"({fact} ?)"
                return known if expected else f"(not {known})"
            case Test(fact, op, expected) if self._kinds[fact] == "number":
                variable = f"?n{next(self._variables)}"
                return f"({fact} {variable}&:({COMPARES[op]} {variable} {expected}))"
            case Test(fact, "includes_all", expected):
                return f"(and {' '.join(f'({fact} {_symbol(each)})' for each in sorted(expected))})"
            case Test(fact, "includes_any", expected):
                return f"(exists ({fact} {'|'.join(map(_symbol, sorted(expected)))}))"
            case Test(fact, "one_of", expected):
                return f"({fact} {'|'.join(map(_symbol, expected))})"
            case Test(fact, _, expected):
                return f"({fact} {_symbol(expected)})"


def _symbol(value: Value) -> str:
    """A value as CLIPS reads it; options begin with a letter, so that none is taken for a number."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"o_{value}" if isinstance(value, str) else str(value)


# -- experta --------------------------------------------------------------------------------------------------

HOLDS = {"at_least": operator.ge, "at_most": operator.le, "more_than": operator.gt, "less_than": operator.lt}


class _Seen(experta.Fact):  # type: ignore[misc]  # experta has no types
    """Everything that one layer sees."""


class Experta:
    """experta, one fact a layer with a field for each value; one fact for each value took seven times as long."""

    def __init__(self, knowledge: Knowledge, _: list[Client]) -> None:
        self._kinds = {name: fact.kind for name, fact in knowledge.facts.items()}
        self._names: list[str] = []
        rules = [(rule, number) for number, layer in enumerate(knowledge.layers) for rule in layer.rules]
        methods = {
            f"r{place}": experta.Rule(*self._merged((e.condition for e in rule.entries), number))(self._action(rule.id))
            for place, (rule, number) in enumerate(rules)
        }
        self._engine = type("_Engine", (experta.KnowledgeEngine,), methods)()

    def fired(self, client: Client) -> list[str]:
        self._names = []
        self._engine.reset()
        for number, facts in enumerate(client.steps):
            fields: dict[str, Value] = {"layer": number}
            for name, value in facts.items():
                fields |= {f"{name}?": True} | ({f"{name}={each}": True for each in value} if isinstance(value, frozenset) else {name: value})
            self._engine.declare(_Seen(**fields))
            self._engine.run()
        return self._names

    def _action(self, rule: str) -> Callable[[object], None]:
        def note(_: object) -> None:
            self._names.append(rule)

        return note

    def _merged(self, conditions: Iterable[Condition], layer: int) -> list[Any]:
        """One pattern for all plain tests, and one for each other condition."""
        fields: dict[str, Any] = {"layer": layer}
        others: list[Any] = []
        for condition in conditions:
            wanted = self._fields(condition) if isinstance(condition, Test) else {}
            if wanted and not wanted.keys() & fields.keys():
                fields |= wanted
            else:
                others.append(self._element(condition, layer))
        return [_Seen(**fields), *others]

    def _element(self, condition: Condition, layer: int) -> Any:
        match condition:
            case Unless(part):
                return experta.NOT(self._element(part, layer))
            case All(parts):
                return _joined(experta.AND, self._merged(parts, layer))
            case AnyOf(parts):
                return _joined(experta.OR, [self._element(part, layer) for part in parts])
            case Test(fact, "known", False):
                return experta.NOT(_Seen(layer=layer, **{f"{fact}?": True}))
            case Test(fact, "includes_any", expected):
                return _joined(experta.OR, [_Seen(layer=layer, **{f"{fact}={each}": True}) for each in sorted(expected)])
            case Test():
                return _Seen(layer=layer, **self._fields(condition))

    def _fields(self, test: Test) -> dict[str, Any]:
        """What one fact must hold for the test; nothing if that takes more than one pattern."""
        fact, expected = test.fact, test.expected
        match test.op:
            case "known":
                return {f"{fact}?": True} if expected else {}
            case "is":
                return {fact: expected}
            case "one_of":
                return {fact: experta.P(lambda value: value in expected)}
            case "includes":
                return {f"{fact}={expected}": True}
            case "includes_all":
                return {f"{fact}={each}": True for each in expected}
            case "includes_any":
                return {}
        holds = HOLDS[test.op]
        return {fact: experta.P(lambda value: holds(value, expected))}


def _joined(word: Any, parts: list[Any]) -> Any:
    return word(*parts) if len(parts) > 1 else parts[0]
