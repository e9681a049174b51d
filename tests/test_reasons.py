"""The graph of reasons holds everything that led to a line, and nothing that did not."""

from graphlib import TopologicalSorter

import pytest

from advisor.inference.consult import Consultation
from advisor.reasoning.reasons import KINDS, Graph, Node, graph, lines
from advisor.reasoning.strategy import strategy
from tests import agreement
from tests.clients import chance_clients, shipped
from tests.plants import advised, consulted, known


def of(consultation: Consultation, *, unlit: bool = False) -> Graph:
    return graph(consultation, strategy(consultation), unlit=unlit)


def holds_together(consultation: Consultation) -> None:
    data = strategy(consultation)
    whole = graph(consultation, data)
    assert all(edge.source in whole.node and edge.target in whole.node for edge in whole.edges)
    tuple(TopologicalSorter({node.id: {edge.source for edge in whole.into.get(node.id, ())} for node in whole.nodes}).static_order())  # fails on loops
    assert {node.name for node in whole.nodes if node.kind == "rule"} == {firing.rule.id for firing in consultation.trace.firings}
    assert all(node.lit and node.says for node in whole.nodes)
    for rule in (firing.rule for firing in consultation.trace.firings):
        read = {whole.node[edge.source].name for edge in whole.into.get(f"rule:{rule.id}", ())}
        assert rule.condition.holds({name: value for name, value in consultation.facts.items() if name in read}), rule.id
    for choice, decision in consultation.decisions.items():
        for standing in decision.ranking:
            edges = whole.into.get(f"option:{choice}/{standing.option}", ())
            assert sum(edge.points or 0 for edge in edges) == standing.points
            assert {whole.node[edge.source].name for edge in edges if edge.role == "bars"} == {rule.id for rule in standing.excluded_by}
        assert {whole.node[e.source].name for e in whole.into.get(f"choice:{choice}", ()) if e.role == "picked"} == {f"{choice}/{o}" for o in decision.picked}
    told = lines(data)
    assert len({line["name"] for line in told}) == len(told)
    assert {node.name for node in whole.nodes if node.kind == "line"} == {line["name"] for line in told}
    for line in told:
        part = whole.behind(f"line:{line['name']}")
        assert {part.node[edge.source].name for edge in part.into[f"line:{line['name']}"] if edge.role == "says"} == set(line["rules"])
        assert [node.kind for node in part.nodes if node.kind == "line"] == ["line"]
        ends = [node for node in part.nodes if node.id not in part.into]
        assert all(node.kind in ("answer", "rule") or not consultation.facts.get(node.name) for node in ends)  # unknown, or nothing picked


def test_of_the_shipped_rules() -> None:
    for consultation in chance_clients(shipped(), 21, 4):
        holds_together(consultation)


@pytest.mark.parametrize("seed", range(400, 404))
def test_of_worlds_made_by_chance(seed: int) -> None:
    made = agreement.world(seed)
    for answers, day in agreement.cases(seed, made.knowledge, 8):
        holds_together(agreement.consulted(made, answers, day))


def test_of_another_field() -> None:
    holds_together(consulted())


def test_the_way_to_a_line_begins_at_the_answers() -> None:
    whole = of(consulted())
    part = whole.behind("choice:plant")
    assert {node.name for node in part.nodes if node.kind == "answer"} == {"home.light", "home.country", "care.forgetful"}
    assert [node.name for node in part.nodes if node.kind == "fact"] == ["care.needs_forgiving"]
    assert [node.name for node in part.nodes if node.kind == "option"] == ["plant/snake_plant"]
    others = whole.behind("choice:plant", without=frozenset())
    assert len([node for node in others.nodes if node.kind == "option"]) > 3


def test_line_rests_on_what_it_names_too() -> None:
    whole = of(consulted())
    named = [edge for edge in whole.edges if edge.role == "named"]
    assert {(edge.source, edge.target.partition("/")[0]) for edge in named} >= {("choice:plant", "line:caveat")}


def test_option_that_only_a_bar_kept_back_is_behind_the_decision() -> None:
    """Without the rule that bars it, the water hyacinth would be as good as nothing; barred options with the points are told apart."""
    roles = {edge.source: edge.role for edge in of(consulted()).into["choice:plant"]}
    assert roles["option:plant/snake_plant"] == "picked"
    assert roles["option:plant/water_hyacinth"] == "behind"


def test_what_did_not_take_part_is_unlit() -> None:
    whole = of(consulted(), unlit=True)
    in_force = {rule.id for rule in known().rules if rule.in_force(consulted().case.date)}
    assert {node.name for node in whole.nodes if node.kind == "rule"} == in_force
    fired = {item["rule"] for item in advised()["trace"]}
    assert {node.name for node in whole.nodes if node.kind == "rule" and node.lit} == fired
    assert not whole.node["answer:wish.effects"].lit


def test_graph_as_data_names_both_ends_of_every_edge() -> None:
    data = of(consulted()).data()
    ids = {node["id"] for node in data["nodes"]}
    assert all({edge["from"], edge["to"]} <= ids for edge in data["edges"])
    assert [node["kind"] for node in data["nodes"]] == sorted((node["kind"] for node in data["nodes"]), key=KINDS.index)
    assert Node("rule", "r", "Says").id == "rule:r"
