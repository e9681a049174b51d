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
from collections.abc import Mapping

import durable_rules_engine as agenda
from durable import engine as durable

from advisor import translate
from advisor.condition import Facts
from advisor.knowledge import Fact, Knowledge, Rule

WITNESS = "+"  # a rule of every ruleset that always fires: a session in which none did cannot be deleted safely


class _QuietHost(durable.Host):  # type: ignore[misc]  # durable-rules has no types
    """A host without the timers that poll, and may fire, in the background."""

    def _run(self) -> None:
        pass


class _Matcher:
    """One registered ruleset."""

    def __init__(self, host: _QuietHost, name: str, ruleset: translate.Ruleset, facts: Mapping[str, Fact]) -> None:
        rules = {WITNESS: {"all": [{"m": {"kind": "case"}}]}, **ruleset.definition()}
        definition = {rule: {**form, "run": _nothing} for rule, form in rules.items()}
        host.set_rulesets({name: definition})
        self._handle = host.get_ruleset(name)._handle
        self._facts = tuple(facts[fact] for fact in ruleset.facts)

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


class Engine:
    """The layers of a knowledge base, compiled. Safe to use from many threads at once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._layers = []
        for number, layer in enumerate(knowledge.layers):
            trees = {rule.id: translate.tree_of(rule, knowledge.facts) for rule in layer.rules}
            rulesets = translate.rulesets(trees.values(), knowledge.facts)
            unique = next(_names)
            matchers = [_Matcher(_host, f"k{unique}l{number}r{i}", ruleset, knowledge.facts) for i, ruleset in enumerate(rulesets)]
            self._layers.append((matchers, trees, layer.rules))

    def fire(self, layer: int, known: Facts) -> list[Rule]:
        """The rules of a layer whose conditions hold, in the order of the knowledge base."""
        matchers, trees, rules = self._layers[layer]
        session = str(next(_sessions))
        seen = frozenset(name for matcher in matchers for name in matcher.seen(known, session))
        return [rule for rule in rules if trees[rule.id].given(seen)]


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
