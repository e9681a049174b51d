"""Which rules must wait for which: rules sorted into layers, choices decided between them.

A rule waits for every rule that concludes a fact it reads, and for every choice it reads; a choice waits for every rule that
gives points to it. Within a layer no rule waits for another, so their order cannot matter (stratified forward chaining).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from advisor.errors import AdvisorError, Place, Problem
from advisor.knowledge.condition import tests
from advisor.knowledge.model import Choice, Layer, Rule
from advisor.knowledge.source import Step

Node = tuple[str, str]  # ("rule" | "fact" | "choice", id)


def layered(rules: Iterable[Rule], choices: Mapping[str, Choice]) -> tuple[Layer, ...]:
    """The layers of these rules, first to fire first. Raises AdvisorError naming every link if they form a loop."""
    living = {rule.id: rule for rule in rules if rule.status != "retired"}
    waits = _graph(living.values(), choices)
    sorter = TopologicalSorter(waits)
    try:
        order = tuple(sorter.static_order())
    except CycleError as error:
        raise AdvisorError([_loop(error.args[1], living, choices)]) from None

    depth: dict[Node, int] = {}
    for node in order:  # rules stand one deeper than what they wait for, facts and choices as deep as their last rule
        undecided = 0 if node[0] == "choice" else -1  # a choice without rules is decided after the first layer
        below = max((depth[other] for other in waits.get(node, ())), default=undecided)
        depth[node] = below + 1 if node[0] == "rule" else below
    layers = max(1, 1 + max(depth.values(), default=0))
    return tuple(
        Layer(
            tuple(rule for rule in living.values() if depth["rule", rule.id] == level),
            tuple(choice for choice in choices.values() if depth["choice", choice.id] == level),
        )
        for level in range(layers)
    )


def _graph(rules: Iterable[Rule], choices: Mapping[str, Choice]) -> dict[Node, list[Node]]:
    waits: dict[Node, set[Node]] = {("choice", choice): set() for choice in choices}
    for heir in choices.values():
        parent = choices.get(heir.inherits or "")
        if parent and parent.inherits is None:  # heirs of heirs are refused elsewhere
            waits["choice", heir.id].add(("choice", parent.id))
    for rule in rules:
        node = ("rule", rule.id)
        read = {test.fact for test in tests(rule.condition)}
        waits[node] = {("choice", fact) if fact in choices else ("fact", fact) for fact in read}
        for fact, _ in rule.concludes:
            waits.setdefault(("fact", fact), set()).add(node)
        for choice in rule.touches:
            waits["choice", choice].add(node)
    return {node: sorted(others) for node, others in waits.items()}  # of several loops, always the same is told


def _loop(cycle: list[Node], rules: Mapping[str, Rule], choices: Mapping[str, Choice]) -> Problem:
    """One problem that names every rule of the loop, where it stands, and what it waits for."""
    circle = cycle[:-1]  # graphlib gives each node before those that wait for it, the first again at the end
    start = min(range(len(circle)), key=lambda i: circle[i] if circle[i][0] == "rule" else ("~", ""))
    circle = circle[start:] + circle[:start]
    links: list[tuple[Place, str]] = []
    for position, (kind, name) in enumerate(circle):
        before, reads = circle[position - 1]
        if kind == "rule":
            links += _links(rules[name], reads=reads, gives=circle[(position + 1) % len(circle)][1])
        elif kind == before == "choice" and (place := choices[name].origin.place("inherits")):
            links.append((place, f"`{name}` inherits `{reads}`"))
    path = " -> ".join(f"`{name}`" for _, name in [*circle, circle[0]])
    first, *rest = links or [(Place(""), "")]
    return Problem(
        "rule-loop",
        f"rules wait for each other: {path}",
        first[0],
        first[1],
        also=tuple(rest),
        helps=("let one of them read an answer instead of what another concludes",),
    )


def _links(rule: Rule, reads: str, gives: str) -> list[tuple[Place, str]]:
    """Where a rule reads one thing and decides another; where it stands if it was made from a figure or a law."""
    reading = next((path for key in ("when", "unless") if (path := _tested(rule.origin.data(key), reads, (key,)))), None)
    giving = _given(rule.origin.data("then"), gives)
    places: tuple[tuple[Place | None, str], ...]
    if reading and giving:
        place = rule.origin.place(*giving, key=giving[2] == "conclude")
        places = ((rule.origin.place(*reading, key=True), f"`{rule.id}` reads `{reads}`"), (place, f"and decides `{gives}`"))
    else:
        places = ((rule.origin.place("id"), f"`{rule.id}` reads `{reads}`, and decides `{gives}`"),)
    return [(place, label) for place, label in places if place]


def _tested(condition: Any, name: str, at: tuple[Step, ...]) -> tuple[Step, ...] | None:
    """The path of the test of a fact within a condition as it was read."""
    inner = condition.items() if isinstance(condition, dict) else enumerate(condition) if isinstance(condition, list) else ()
    for step, part in inner:
        if step == name:
            return (*at, step)
        if (isinstance(step, int) or step in ("any", "all", "unless")) and (found := _tested(part, name, (*at, step))):
            return found
    return None


def _given(effects: Any, name: str) -> tuple[Step, ...] | None:
    """The path of the effect that decides a fact or a choice."""
    for position, effect in enumerate(effects or ()):
        for word, part in effect.items():
            if isinstance(part, dict) and name in (part if word == "conclude" else (part.get("choice"),)):
                return ("then", position, word, name if word == "conclude" else "choice")
    return None
