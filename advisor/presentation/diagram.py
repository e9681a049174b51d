"""A graph of reasons -> Graphviz dot and Mermaid.

Shapes tell the kinds of nodes apart, so that nothing hangs on colour; what did not take part is dashed. No text can act as markup.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from advisor import words
from advisor.presentation.page import clean
from advisor.reasoning.reasons import Edge, Graph, Kind, Node

WIDEST = 32  # letters on a line of a label
LONGEST = 240  # letters of a label
MERMAID_EDGES, MERMAID_LETTERS = 500, 50_000  # what Mermaid draws at most unless the page that shows it says otherwise

DOT_STYLES: dict[Kind, str] = {
    "answer": 'shape=box style="rounded,filled" fillcolor="#e8f1fb"',
    "fact": 'shape=ellipse style=filled fillcolor="#eef7e6"',
    "rule": 'shape=note style=filled fillcolor="#ffffff"',
    "option": 'shape=cds style=filled fillcolor="#f6f0fa"',
    "choice": 'shape=hexagon style=filled fillcolor="#fdf3d8"',
    "line": 'shape=box style="filled,bold" fillcolor="#fbe9e7"',
}
DOT_UNLIT = 'style=dashed color="#767676" fontcolor="#767676"'
MERMAID_SHAPES: dict[Kind, tuple[str, str]] = {
    "answer": ("(", ")"),
    "fact": ("([", "])"),
    "rule": ("[", "]"),
    "option": (">", "]"),
    "choice": ("{{", "}}"),
    "line": ("[[", "]]"),
}
DASHED = ("exception", "behind", "barred")  # what did not make the difference
MARKUP = re.compile(r"""["#<>&`\\*_~|{}\[\]$]""")
LIST_ITEM = re.compile(r"\A(\d*)([-+.)])(?=\s)")


def dot(graph: Graph) -> str:
    """The graph in the language of Graphviz, for `dot -Tsvg`."""
    names = _names(graph)
    lines = ["digraph advisor {", "  rankdir=LR;", '  node [fontname="sans-serif" fontsize=11 color="#333333"];', '  edge [fontname="sans-serif" fontsize=10];']
    for node in graph.nodes:
        style = DOT_STYLES[node.kind] if node.lit else f"{DOT_STYLES[node.kind].partition(' ')[0]} {DOT_UNLIT}"
        lines.append(f"  {names[node.id]} [label={_dot_text(_wrapped(node))} tooltip={_dot_text([node.id])} {style}];")
    for edge in graph.edges:
        label = f"label={_dot_text([text])}" if (text := _edge_text(edge)) else ""
        style = " ".join(filter(None, (label, "style=dashed" if edge.role in DASHED else "")))
        lines.append(f"  {names[edge.source]} -> {names[edge.target]}{f' [{style}]' if style else ''};")
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart."""
    names = _names(graph)
    lines = ["flowchart LR"]
    for node in graph.nodes:
        begin, end = MERMAID_SHAPES[node.kind]
        label = "<br/>".join(_mermaid_text(line) for line in _wrapped(node))
        lines.append(f'  {names[node.id]}{begin}"{label}"{end}{"" if node.lit else ":::unlit"}')
    for edge in graph.edges:
        arrow = "-.->" if edge.role in DASHED else "-->"
        label = f'|"{_mermaid_text(text)}"|' if (text := _edge_text(edge)) else ""
        lines.append(f"  {names[edge.source]} {arrow}{label} {names[edge.target]}")
    if not all(node.lit for node in graph.nodes):
        lines.append("  classDef unlit stroke-dasharray:4,color:#767676")
    return "\n".join(lines) + "\n"


def too_large_for_mermaid(graph: Graph) -> bool:
    """Whether Mermaid would refuse to draw the graph unless it is told to draw large ones."""
    return len(graph.edges) > MERMAID_EDGES or len(mermaid(graph)) > MERMAID_LETTERS


def _names(graph: Graph) -> dict[str, str]:
    """Names that mean nothing to either language."""
    return {node.id: f"n{number}" for number, node in enumerate(graph.nodes, 1)}


def _wrapped(node: Node) -> list[str]:
    return list(_lines(textwrap.shorten(clean(node.says), LONGEST, placeholder=" …")))


def _lines(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDEST, break_long_words=False) or [" "]


def _edge_text(edge: Edge) -> str:
    if edge.points is not None:
        return f"{edge.points:+d}"
    return words.EDGES.get(edge.role, "")


def _dot_text(lines: list[str]) -> str:
    """A quoted string of dot: only backslashes, quotation marks and the names of letters, such as `&lt;`, mean anything in it."""
    return '"' + r"\n".join(line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines) + '"'


def _mermaid_text(text: str) -> str:
    """A text in which nothing acts as Mermaid, Markdown or HTML."""
    coded = MARKUP.sub(lambda match: f"#{ord(match[0])};", text)
    return LIST_ITEM.sub(lambda match: f"{match[1]}#{ord(match[2])};", coded)
