"""The only module that knows durable-rules: which rules of a layer fire on these facts.

durable-rules matches; everything around it is arranged so that none of its traps can be stepped into:

- a host of our own that starts no background threads; one message a session, the session deleted after;
- only names of fired rules are taken from its agenda, so no action of ours runs inside it;
- a rule that two branches make true is counted once;
- rulesets are registered once per process and fingerprint, behind a lock, before the first consultation;
- every session has one rule that fires, because deleting one in which none did frees memory never set;
- no ruleset is larger than its stack, no pattern longer than its longest, no message wider than its widest.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator, Mapping

import durable_rules_engine as agenda
from durable import engine as durable

from advisor.inference import translate
from advisor.knowledge.condition import Facts
from advisor.knowledge.model import Entry, Fact, Knowledge, Rule

WITNESS = "+"  # a rule of every ruleset that always fires: a session in which none did cannot be deleted safely


class _QuietHost(durable.Host):  # type: ignore[misc]  # durable-rules has no types
    """A host without the timers that poll, and may fire, in the background."""

    def _run(self) -> None:
        pass


class _Matcher:
    """One registered ruleset."""

    def __init__(self, host: _QuietHost, name: str, ruleset: translate.Ruleset) -> None:
        rules = {WITNESS: {"all": [{"m": {"kind": "case"}}]}, **ruleset.definition()}
        definition = {rule: {**form, "run": _nothing} for rule, form in rules.items()}
        host.set_rulesets({name: definition})
        self._handle = host.get_ruleset(name)._handle
        self._facts = ruleset.facts

    def seen(self, known: Facts, session: str) -> list[str]:
        """The names of the signals that these facts give."""
        members = ",".join([f'"sid":"{session}","kind":"case"', *(translate.properties(fact, known) for fact in self._facts)])
        _, state = agenda.assert_fact(self._handle, "{" + members + "}")
        _, action = agenda.start_action_for_state(self._handle, state)  # the witness is always there
        names: list[str] = []
        while action:
            names.append(action[2 : action.index('"', 2)])  # {"name":{…the message…}}
            action = agenda.complete_and_start_action(self._handle, state)
        agenda.delete_state(self._handle, session)
        return names


def _nothing(_: object) -> None:
    """Every rule of the engine needs an action; ours are read from the agenda instead."""


class _Layer:
    """The rules of a layer, those that ask the same matched as one."""

    def __init__(self, name: str, rules: Iterable[Rule], facts: Mapping[str, Fact]) -> None:
        same: dict[tuple[Entry, ...], list[Rule]] = {}
        for rule in rules:
            same.setdefault(rule.entries, []).append(rule)
        self.alike = [tuple(rules) for rules in same.values()]
        trees = [translate.tree_of(rules[0], facts) for rules in self.alike]
        self._matchers = [_Matcher(_host, f"{name}r{number}", ruleset) for number, ruleset in enumerate(translate.rulesets(trees, facts))]
        self._whole = {tree.name: rules for tree, rules in zip(trees, self.alike, strict=True) if isinstance(tree, translate.Signal)}
        self._cut = [(tree, rules) for tree, rules in zip(trees, self.alike, strict=True) if isinstance(tree, translate.Together)]

    def fire(self, known: Facts, session: str) -> Iterator[Rule]:
        """The rules whose conditions hold, in any order."""
        seen = frozenset(name for matcher in self._matchers for name in matcher.seen(known, session))
        for name in seen & self._whole.keys():
            yield from self._whole[name]
        for tree, rules in self._cut:
            if tree.given(seen):
                yield from rules


class Engine:
    """The layers of a knowledge base, compiled. Safe to use from many threads at once.

    `alike` holds every living rule once, those that ask the same together.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        unique = next(_names)
        self._place = {rule.id: place for place, rule in enumerate(knowledge.rules)}
        self._layers = [_Layer(f"k{unique}l{number}", layer.rules, knowledge.facts) for number, layer in enumerate(knowledge.layers)]
        self.alike = tuple(rules for layer in self._layers for rules in layer.alike)

    def fire(self, layer: int, known: Facts) -> list[Rule]:
        """The rules of a layer whose conditions hold, in the order of the knowledge base."""
        return sorted(self._layers[layer].fire(known, str(next(_sessions))), key=lambda rule: self._place[rule.id])


_host = _QuietHost()
_lock = threading.Lock()
_sessions, _names = itertools.count(1), itertools.count(1)
_engines: dict[str, Engine] = {}


def engine_for(knowledge: Knowledge) -> Engine:
    """The engine of this knowledge base, compiled at most once per process and fingerprint."""
    with _lock:
        if knowledge.fingerprint not in _engines:
            _engines[knowledge.fingerprint] = Engine(knowledge)
        return _engines[knowledge.fingerprint]
