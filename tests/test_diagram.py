"""Graphs are drawn in two languages, in which no text can act as anything but text."""

import itertools
import re

import pytest

from advisor.presentation.diagram import dot, mermaid, too_large_for_mermaid
from advisor.reasoning.reasons import Edge, Graph, Kind, Node, graph
from advisor.reasoning.strategy import strategy
from tests.plants import consulted

EVIL = ['say "hi" \\ and \\n', "<script>alert(1)</script> & &lt; #35;", "`code` **b** _i_ [x](y) {z} |p| ~ $$", "1. one", "- dash", "end", "", "ünï“q”…"]
KINDS: tuple[Kind, ...] = ("answer", "fact", "rule", "option", "choice", "line")


def evil() -> Graph:
    nodes = tuple(Node(kind, f"{number}", text, lit=number % 2 == 0) for number, text in enumerate(EVIL) for kind in KINDS)
    return Graph(nodes, (Edge(nodes[0].id, nodes[1].id, "for", 2), Edge(nodes[1].id, nodes[2].id, "exception"), Edge(nodes[2].id, nodes[3].id, "met")))


def test_dot_has_a_line_for_every_node_and_edge_and_quotes_its_texts() -> None:
    text = dot(evil())
    nodes = re.findall(r'^  n\d+ \[label="(?:[^"\\]|\\.)*" tooltip="(?:[^"\\]|\\.)*" shape=\w+ [^\n"]*(?:"[^"]*"[^\n"]*)*\];$', text, re.MULTILINE)
    assert len(nodes) == len(EVIL) * len(KINDS)
    assert re.findall(r"^  n\d+ -> n\d+.*;$", text, re.MULTILINE) == [
        '  n1 -> n2 [label="+2"];',
        '  n2 -> n3 [label="exception" style=dashed];',
        "  n3 -> n4;",
    ]
    assert 'label="say \\"hi\\" \\\\ and \\\\n"' in text
    assert "&amp;lt;" in text
    assert text.startswith("digraph advisor {\n")
    assert text.endswith("}\n")


def test_mermaid_codes_everything_that_could_act() -> None:
    text = mermaid(evil())
    labels = re.findall(r'^  n\d+\W+?"(.*)"\W+?(?::::unlit)?$', text, re.MULTILINE)
    assert len(labels) == len(EVIL) * len(KINDS)
    assert all(not re.search(r"""["<>`*_\[\]{}|~$\\&]|#(?!\d+;)""", label.replace("<br/>", "")) for label in labels)
    assert all(label for label in labels)
    assert "1#46; one" in labels
    assert "#45; dash" in labels
    assert '  n1 -->|"+2"| n2\n  n2 -.->|"exception"| n3\n  n3 --> n4\n' in text
    assert text.endswith("  classDef unlit stroke-dasharray:4,color:#767676\n")


@pytest.mark.parametrize("draw", [dot, mermaid])
def test_same_graph_same_drawing(draw: object) -> None:
    first, second = (graph(consulted(), strategy(consulted())) for _ in range(2))
    assert callable(draw)
    assert draw(first) == draw(second)


def test_long_texts_are_cut_and_long_lines_broken() -> None:
    text = mermaid(Graph((Node("line", "x", "word " * 200),), ()))
    assert "…" in text
    assert all(len(line) <= 40 for line in text.split('"')[1].split("<br/>"))


def test_drawing_too_large_for_mermaid_is_known_as_such() -> None:
    nodes = tuple(Node("rule", str(number), "x") for number in range(502))
    chain = tuple(Edge(one.id, other.id, "met") for one, other in itertools.pairwise(nodes))
    assert too_large_for_mermaid(Graph(nodes, chain))
    assert not too_large_for_mermaid(Graph(nodes, chain[:-1]))
