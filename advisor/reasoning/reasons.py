"""How the advisor comes to what it says: answers, conclusions, rules, decisions and lines as a graph, and the way through it to one line.

A line is whatever the strategy tells the client: advice, a task, a measure, a warning, a side taken where claims differ. Pure;
says nothing of how a graph is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from advisor import words
from advisor.inference.consult import Consultation
from advisor.inference.trace import Decision, Standing
from advisor.knowledge.condition import Test, tests
from advisor.knowledge.model import Knowledge, Rule
from advisor.language.english import as_sentence, clause, picked_text
from advisor.language.values import line_text

Data = dict[str, Any]
Kind = Literal["answer", "fact", "rule", "option", "choice", "line"]
Role = Literal["met", "exception", "concludes", "for", "against", "bars", "picked", "barred", "behind", "says", "named"]

KINDS: tuple[Kind, ...] = ("answer", "fact", "rule", "option", "choice", "line")


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that took part; without `lit`, one that would have with other answers. `id` is its kind and its name."""

    kind: Kind
    name: str
    says: str
    lit: bool = True

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Edge:
    """What one node does to another; `points` where a rule weighs on an option, negative if against it.

    A rule needs what it `met`; an `exception` is known and did not apply. An option was `picked`, would have been but is `barred`,
    or is `behind` those picked. A line says what a rule `says`, and the value of what it `named`.
    """

    source: str
    target: str
    role: Role
    points: int | None = None


@dataclass(frozen=True)
class Graph:
    """Nodes by kind, and what they do to each other; without loops, because knowledge has none."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def node(self) -> Mapping[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def into(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges by the node that they lead to."""
        found: dict[str, tuple[Edge, ...]] = {}
        for edge in self.edges:
            found[edge.target] = (*found.get(edge.target, ()), edge)
        return found

    def behind(self, *ids: str, without: Set[Role] = frozenset({"behind"})) -> Graph:
        """Everything that led to these nodes; by default without the options that were not picked."""
        reached, open_ = dict.fromkeys(ids), list(ids)
        while open_:
            for edge in self.into.get(open_.pop(), ()):
                if edge.role not in without and edge.source not in reached:
                    reached[edge.source] = None
                    open_.append(edge.source)
        edges = tuple(edge for edge in self.edges if edge.source in reached and edge.target in reached and edge.role not in without)
        return Graph(tuple(node for node in self.nodes if node.id in reached), edges)

    def data(self) -> Data:
        """The graph as JSON can hold it."""
        nodes = [{"id": node.id, "kind": node.kind, "name": node.name, "says": node.says, "lit": node.lit} for node in self.nodes]
        edges = [{"from": edge.source, "to": edge.target, "role": edge.role, **({} if edge.points is None else {"points": edge.points})} for edge in self.edges]
        return {"nodes": nodes, "edges": edges}


def graph(consultation: Consultation, strategy: Data, *, unlit: bool = False) -> Graph:
    """All that took part in a consultation; with `unlit` also the questions, rules and options that did not."""
    weaver = _Weaver(consultation)
    for rule in consultation.knowledge.rules:
        if rule.id in consultation.firing_of:
            weaver.fired(rule)
        elif unlit and rule.in_force(consultation.case.date):
            weaver.silent(rule)
    for name, decision in consultation.decisions.items():
        weaver.decided(name, decision)
    for line in lines(strategy):
        weaver.line(line)
    return weaver.graph()


def lines(strategy: Data) -> list[Data]:
    """Every line of a strategy: its name, kind, text, the rules that say it, and the facts whose values it names."""
    found: dict[str, Data] = {}
    for kind, place, text, item in _said(strategy):
        numbers = ("", *(f"/{number}" for number in range(2, len(found) + 2)))
        name = next(name for number in numbers if (name := f"{kind}/{place}{number}") not in found)
        found[name] = {"name": name, "kind": kind, "text": text, "rules": [item["rule"], *item.get("also", ())], "names": item.get("names", [])}
    return list(found.values())


def _said(strategy: Data) -> Iterator[tuple[str, str, str, Data]]:
    for section in strategy["sections"]:
        for item in section["items"]:
            yield item["kind"], f"{section['id']}/{item['rule']}", line_text(item), item
    for caveat in strategy["caveats"]:
        yield "caveat", caveat["id"], words.SENTENCES.format(first=as_sentence(caveat["title"]), next=caveat["text"]), caveat
    for settled in strategy["disagreements"]:
        yield "disagreement", settled["id"], settled["question"], settled


class _Weaver:
    """Puts the graph of one consultation together."""

    def __init__(self, consultation: Consultation) -> None:
        self._consultation = consultation
        self._knowledge = consultation.knowledge
        self._facts = consultation.facts
        self._nodes: dict[str, Node] = {}
        self._edges: dict[Edge, None] = {}

    def graph(self) -> Graph:
        ordered = sorted(self._nodes.values(), key=lambda node: KINDS.index(node.kind))  # stable: within a kind as they came
        return Graph(tuple(ordered), tuple(self._edges))

    def fired(self, rule: Rule) -> None:
        """A rule that fired, what met it, what stands in its exceptions without applying, and what it concluded."""
        node = self._add(Node("rule", rule.id, rule.title))
        met = dict.fromkeys(test.fact for met in self._consultation.firing_of[rule.id].met for test in (met.test,))
        for fact in met:
            self._join(self._value(fact, lit=True), node, "met")
        for fact in dict.fromkeys(test.fact for test in tests(rule.condition)):
            if fact not in met and fact in self._facts:
                self._join(self._value(fact), node, "exception")
        for fact, _ in rule.concludes:
            if any(firing.rule.id == rule.id for firing in self._consultation.concluded_by.get(fact, ())):
                self._join(node, self._value(fact), "concludes")

    def silent(self, rule: Rule) -> None:
        """A rule that did not fire, what it asks about, and what it would have concluded or weighed on."""
        node = self._add(Node("rule", rule.id, rule.title, lit=False))
        for fact in dict.fromkeys(test.fact for test in tests(rule.condition)):
            self._join(self._value(fact), node, "met")
        for fact, _ in rule.concludes:
            self._join(node, self._value(fact), "concludes")
        for choice, option in dict.fromkeys((choice, points.option) for points in rule.points for choice in self._counting(points.choice)):
            counted = (choice, self._knowledge.choices[choice].inherits)
            given = ((rule, points.points) for points in rule.points if points.choice in counted and points.option == option)
            self._weigh(given, self._option(choice, option))
        for name, option in rule.excludes:
            for choice in self._counting(name):
                self._join(node, self._option(choice, option), "bars")

    def _weigh(self, given: Iterable[tuple[Rule, int]], option: Node) -> None:
        """Points of rules for an option; those that one rule gives more than once on one side are one."""
        sums: Counter[tuple[str, Role]] = Counter()
        for rule, points in given:
            sums[rule.id, "for" if points > 0 else "against"] += points
        for (rule_id, side), points in sums.items():
            self._join(Node("rule", rule_id, ""), option, side, points)

    def _counting(self, name: str) -> Iterator[str]:
        """The choices for which points for this one count."""
        return (choice.id for choice in self._knowledge.choices.values() if name in (choice.id, choice.inherits))

    def decided(self, name: str, decision: Decision) -> None:
        """A choice, its options, and the rules that weighed on them."""
        node = self._value(name)
        for standing in decision.ranking:
            if not (standing.supports or standing.opposes or standing.excluded_by or standing.option in decision.picked):
                continue
            option = self._option(name, standing.option)
            self._weigh(((weighed.rule, weighed.points.points) for weighed in (*standing.supports, *standing.opposes)), option)
            for rule in standing.excluded_by:
                self._join(Node("rule", rule.id, ""), option, "bars")
            self._join(option, node, role(standing, decision, self._knowledge))

    def line(self, line: Data) -> None:
        node = self._add(Node("line", line["name"], line["text"]))
        for rule in line["rules"]:
            self._join(Node("rule", rule, ""), node, "says")
        for fact in line["names"]:
            if fact in self._facts:
                self._join(self._value(fact), node, "named")

    def _option(self, choice: str, option: str) -> Node:
        standing = next(standing for standing in self._consultation.decisions[choice].ranking if standing.option == option)
        label = self._knowledge.choices[choice].options[option].label
        says = words.STANDING_BARRED.format(option=label)
        if not standing.excluded_by:
            says = words.OPTION_POINTS.format(option=label, points=words.points(standing.points))
        lit = bool(standing.supports or standing.opposes or standing.excluded_by or option in self._consultation.decisions[choice].picked)
        return self._add(Node("option", f"{choice}/{option}", says, lit))

    def _value(self, name: str, *, lit: bool = False) -> Node:
        """What a rule reads: an answer, a conclusion or a decision; where being unknown met the rule, that took part too."""
        fact, value = self._knowledge.facts[name], self._facts.get(name)
        kind: Kind = "choice" if fact.is_choice else "answer" if fact.question else "fact"
        if kind == "choice":
            says = decision_text(self._consultation.decisions[name], self._knowledge)
        else:
            says = as_sentence(clause(Test(name, "is", value) if value is not None else Test(name, "known", False), self._knowledge))
        return self._add(Node(kind, name, says, lit or value is not None or kind == "choice"))

    def _add(self, node: Node) -> Node:
        if node.id not in self._nodes or (node.lit and not self._nodes[node.id].lit):
            self._nodes[node.id] = node
        return self._nodes[node.id]

    def _join(self, source: Node, target: Node, role: Role, points: int | None = None) -> None:
        self._edges[Edge(source.id, target.id, role, points)] = None


def decision_text(decision: Decision, knowledge: Knowledge) -> str:
    """What a choice came to, as a sentence."""
    if not decision.picked:
        return words.NOTHING_FITS.format(name=knowledge.choices[decision.choice].name)
    return as_sentence(picked_text(decision.choice, decision.picked, knowledge))


def role(standing: Standing, decision: Decision, knowledge: Knowledge) -> Role:
    """What became of an option: picked, barred though it had the points, or behind."""
    if standing.option in decision.picked:
        return "picked"
    if not standing.excluded_by:
        return "behind"
    choice = knowledge.choices[decision.choice]
    best = next((other.points for other in decision.ranking if other.option in decision.picked), None)
    needed = choice.threshold if choice.pick == "ranked" or best is None else best
    enough = standing.points >= needed or (best is None and choice.pick == "one")
    return "barred" if enough else "behind"
