"""Which rules must wait for which: rules sorted into layers, choices decided between them.

A rule waits for every rule that concludes a fact it reads, and for every choice it reads; a choice waits for every rule that
gives points to it. Within a layer no rule waits for another, so their order cannot matter (stratified forward chaining).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from advisor.condition import tests
from advisor.errors import AdvisorError, Place, Problem
from advisor.knowledge import Choice, Layer, Rule

Node = tuple[str, str]  # ("rule" | "fact" | "choice", id)


def layered(rules: Iterable[Rule], choices: Mapping[str, Choice]) -> tuple[Layer, ...]:
    """The layers of these rules, first to fire first. Raises AdvisorError naming every link if they form a loop."""
    living = {rule.id: rule for rule in rules if rule.status != "retired"}
    waits = _graph(living.values(), choices)
    sorter = TopologicalSorter(waits)
    try:
        order = tuple(sorter.static_order())
    except CycleError as error:
        raise AdvisorError([_loop(error.args[1], living)]) from None

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


def _graph(rules: Iterable[Rule], choices: Mapping[str, Choice]) -> dict[Node, set[Node]]:
    waits: dict[Node, set[Node]] = {("choice", choice): set() for choice in choices}
    for rule in rules:
        node = ("rule", rule.id)
        read = {test.fact for test in tests(rule.condition)}
        waits[node] = {("choice", fact) if fact in choices else ("fact", fact) for fact in read}
        for fact, _ in rule.concludes:
            waits.setdefault(("fact", fact), set()).add(node)
        for choice in rule.touches:
            waits["choice", choice].add(node)
    return waits


def _loop(cycle: list[Node], rules: Mapping[str, Rule]) -> Problem:
    """One problem that names every rule of the loop, where it stands, and what it waits for."""
    circle = cycle[:-1]  # graphlib gives each node before those that wait for it, the first again at the end
    start = min(range(len(circle)), key=lambda i: circle[i] if circle[i][0] == "rule" else ("~", ""))
    circle = circle[start:] + circle[:start]
    links: list[tuple[Place, str]] = []
    for position, (kind, name) in enumerate(circle):
        if kind == "rule" and (place := rules[name].origin.place("id")):
            gives = circle[(position + 1) % len(circle)][1]
            reads = circle[position - 1][1]
            links.append((place, f"reads `{reads}`, decides `{gives}`"))
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
