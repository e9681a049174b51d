"""The reasoning as a picture: which part of the graph to draw, in which columns, and the drawing itself.

Boxes are buttons in lists, so that whoever cannot see the arrows can still walk through them; all is drawn in the browser by what
stands beside this module, and nothing is fetched from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import streamlit as st

from advisor import words
from advisor.inference.consult import Consultation
from advisor.presentation.diagram import DASHED
from advisor.presentation.page import clean
from advisor.reasoning.reasons import Edge, Graph, Node
from ui import texts_reasoning as says

Data = dict[str, Any]

HERE = Path(__file__).parent
SWEEPS = 4  # over the columns, to untangle the arrows


# -- what to draw -----------------------------------------------------------------------------------------------


def in_short(graph: Graph, target: str, most: int) -> Graph:
    """The way to one node with the heaviest reasons only: `most` rules for each option or conclusion, those that applied first.

    Other decisions on the way are drawn, but not what led to them. Of the options that were not picked only the next best is drawn.
    """
    kept: dict[Edge, None] = {}
    waiting, seen = [target], {target}
    while waiting:
        node = graph.node[waiting.pop(0)]
        if node.kind == "choice" and node.id != target:
            continue
        for edge in _weighty(graph, node, most):
            kept[edge] = None
            if edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
    return _part(graph, kept, [target])


def _weighty(graph: Graph, node: Node, most: int) -> Iterator[Edge]:
    """The edges into a node that are worth drawing."""
    into = graph.into.get(node.id, ())
    if node.kind == "choice":
        behind = [edge for edge in into if edge.role == "behind" and graph.node[edge.source].lit]
        yield from (edge for edge in into if edge.role != "behind")
        yield from behind[:1]
    elif node.kind in ("option", "fact"):
        heaviest = sorted(into, key=lambda edge: (edge.role != "bars", -abs(edge.points or 0)))  # stable
        for lit, number in ((True, most), (False, most // 2)):
            yield from [edge for edge in heaviest if graph.node[edge.source].lit is lit][:number]
    else:
        yield from (edge for edge in into if edge.role != "exception" and (graph.node[edge.source].lit or not node.lit))


def layer(graph: Graph, rules: Iterable[str], most: int | None = None) -> Graph:
    """Rules with what they read and what they did, the weightiest `most` of them."""
    ids = [f"rule:{name}" for name in rules]
    weight = dict.fromkeys(ids, 0)
    for edge in graph.edges:
        if edge.source in weight:
            weight[edge.source] += abs(edge.points or 1)
    chosen = set(sorted(ids, key=lambda name: -weight[name])[:most])
    kept = dict.fromkeys(edge for edge in graph.edges if {edge.source, edge.target} & chosen)
    return _part(graph, kept, [name for name in ids if name in chosen])


def _part(graph: Graph, edges: dict[Edge, None], ids: Iterable[str]) -> Graph:
    """These nodes and edges, in the order of the whole graph."""
    drawn = {*ids, *(edge.source for edge in edges), *(edge.target for edge in edges)}
    return Graph(tuple(node for node in graph.nodes if node.id in drawn), tuple(edge for edge in graph.edges if edge in edges))


def nearly(consultation: Consultation, graph: Graph) -> Graph:
    """The graph without those rules that were far from applying: of the others exactly one condition failed."""
    near = {f"rule:{miss.rule.id}" for miss in consultation.trace.near}
    drawn = {node.id for node in graph.nodes if node.lit or node.kind != "rule" or node.id in near}
    return Graph(tuple(node for node in graph.nodes if node.id in drawn), tuple(e for e in graph.edges if e.source in drawn and e.target in drawn))


# -- where to draw it -------------------------------------------------------------------------------------------


def columns(part: Graph) -> tuple[tuple[Node, ...], ...]:
    """The nodes in columns, so that every arrow leads to the right: answers first, everything else as near as possible to where it leads."""
    leads_to: dict[str, list[str]] = {}
    for edge in part.edges:
        leads_to.setdefault(edge.source, []).append(edge.target)
    from_end: dict[str, int] = {}

    def distance(name: str) -> int:
        if name not in from_end:
            from_end[name] = 1 + max((distance(target) for target in leads_to.get(name, ())), default=-1)
        return from_end[name]

    depth = max((distance(node.id) for node in part.nodes), default=0)
    placed: list[list[Node]] = [[] for _ in range(depth + 1)]
    for node in part.nodes:
        placed[0 if node.kind == "answer" else depth - distance(node.id)].append(node)
    _untangle(placed, part)
    return tuple(tuple(column) for column in placed if column)


def _untangle(placed: list[list[Node]], part: Graph) -> None:
    """Put every node beside the middle of those it is joined to, sweeping to and fro."""
    joined: dict[str, list[str]] = {}
    for edge in part.edges:
        joined.setdefault(edge.source, []).append(edge.target)
        joined.setdefault(edge.target, []).append(edge.source)
    height = {node.id: (row + 0.5) / len(column) for column in placed for row, node in enumerate(column)}

    def middle(node: Node) -> float:
        near = joined.get(node.id, [node.id])
        return sum(height[name] for name in near) / len(near)

    for sweep in range(SWEEPS):
        for column in placed if sweep % 2 else reversed(placed):
            column.sort(key=middle)
            height.update((node.id, (row + 0.5) / len(column)) for row, node in enumerate(column))


# -- drawing ----------------------------------------------------------------------------------------------------


def edge_text(edge: Edge) -> str:
    """What stands at an arrow."""
    return f"{edge.points:+d}".replace("-", "−") if edge.points is not None else words.EDGES.get(edge.role, "")


def note(node: Node) -> str:
    """What must be said of a box besides its text: that a rule did not apply. What is unknown or without points says so itself."""
    return says.DID_NOT_APPLY if node.kind == "rule" and not node.lit else ""


def data(part: Graph, alt: str, chosen: str | None) -> Data:
    """The picture as the browser takes it: plain texts, never markup."""
    placed = columns(part)
    return {
        "alt": alt,
        "chosen": chosen,
        "columns": [
            {
                "title": reduce(_and, dict.fromkeys(says.KINDS[node.kind] for node in column)),
                "boxes": [{"id": node.id, "kind": node.kind, "text": clean(node.says), "lit": node.lit, "note": note(node)} for node in column],
            }
            for column in placed
        ],
        "edges": [
            {
                "from": edge.source,
                "to": edge.target,
                "text": "" if edge.role == "exception" else edge_text(edge),
                "dashed": edge.role in DASHED or not (part.node[edge.source].lit and part.node[edge.target].lit),
                "weight": min(abs(edge.points or 1), 8),
            }
            for edge in part.edges
        ],
    }


def _and(first: str, other: str) -> str:
    return says.COLUMN.format(first=first, next=other)


_picture = st.components.v2.component("picture", css=(HERE / "picture.css").read_text("utf-8"), js=(HERE / "picture.js").read_text("utf-8"))


def draw(part: Graph, alt: str, chosen: str | None, on_chosen: Callable[[str], None], key: str) -> None:
    """Draw a part of the graph; `on_chosen` is told which box was pressed."""

    def pressed() -> None:
        name = st.session_state[key].pressed
        if name in part.node:
            on_chosen(name)

    _picture(data=data(part, alt, chosen), key=key, on_pressed_change=pressed)
