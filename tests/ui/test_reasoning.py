"""The reasoning can be looked at, pressed and walked through, and what is shown is what happened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from advisor.checking.rehearse import case_of
from advisor.commands.home import folders
from advisor.inference.consult import consult
from advisor.knowledge.model import Rule
from advisor.knowledge.warm import knowledge as load
from advisor.reasoning import reasons
from advisor.reasoning.reasons import Graph
from advisor.reasoning.strategy import account, strategy
from tests.ui.conftest import run
from ui import known, picture, steps
from ui import texts_reasoning as says
from ui.known import Told
from ui.record import Record
from ui.show import html

Visit = Callable[..., AppTest]

PLANTS = Path(__file__).parents[1] / "plants"
ME = "a" * 43


def told_of(folder: Path, rules: Path) -> Told:
    knowledge = load(folder, rules)
    case = case_of(next(iter(knowledge.scenarios.values())))
    consultation = consult(knowledge, case)
    return Told(case, consultation, strategy(consultation))


@pytest.fixture(scope="module")
def told() -> Told:
    """A client of the shipped knowledge of whom much is known."""
    return told_of(*folders())


@pytest.fixture(scope="module")
def plant() -> Told:
    return told_of(PLANTS / "knowledge", PLANTS / "rules")


def opened(visit: Visit) -> AppTest:
    """The page of a visitor who has opened a scenario."""
    app = visit(ME)
    scenario = next(iter(known.knowledge().scenarios.values()))
    known.book().begin(ME, Record.of(case_of(scenario)).model_dump_json())
    app.switch_page("views/reasoning.py")
    return run(app)


def walking(visit: Visit, **chosen: object) -> AppTest:
    """The same, step by step."""
    app = opened(visit)
    app.session_state["reasoning_as"] = says.STEPS
    for name, value in chosen.items():
        app.session_state[name] = value
    return run(app)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def text(app: AppTest) -> str:
    """All that stands on the page."""
    return "\n".join([*(str(part.proto.body) for part in app.get("html")), *(header.value for header in app.header)])


# -- the page ---------------------------------------------------------------------------------------------------


def test_without_answers_the_page_says_so_and_offers_an_example(visit: Visit) -> None:
    app = visit()
    app.switch_page("views/reasoning.py")
    run(app)
    assert app.info[0].value == says.NOTHING_YET
    press(app, "try-example")
    assert not app.info
    assert any(box.key == "box" for box in app.selectbox)


def test_a_chosen_rule_is_read_with_the_clients_own_values(visit: Visit) -> None:
    app, now = opened(visit), told_now()
    rule = heaviest(now)
    app.session_state["box"] = f"rule:{rule.id}"
    run(app)
    page = text(app)
    assert html(rule.title) in page
    assert html(account(rule, now.consultation)["says"]) in page


def test_a_rule_that_nearly_applied_says_what_is_missing(visit: Visit) -> None:
    app, now = opened(visit), told_now()
    app.session_state["unlit"] = True
    run(app)
    part = picture.in_short(unlit(now), f"choice:{known.knowledge().base.headline}", 5)
    silent = next(node for node in part.nodes if node.kind == "rule" and not node.lit)
    app.session_state["box"] = silent.id
    run(app)
    assert says.WHY_NOT in text(app)
    assert says.WHY_IT_APPLIES not in text(app)


def test_the_list_tells_every_box_of_the_picture(visit: Visit) -> None:
    app, now = opened(visit), told_now()
    app.session_state["as-list"] = True
    run(app)
    page = text(app)
    part = picture.in_short(now.graph, f"choice:{known.knowledge().base.headline}", 5)
    assert all(html(node.says) in page for node in part.nodes)


def test_every_target_can_be_drawn(visit: Visit) -> None:
    app = opened(visit)
    key = next(box.key for box in app.selectbox if box.key and box.key.startswith("of-"))
    for target in ("layer:0", "layer:3", "all", f"line:{told_now().lines[0]['name']}", f"choice:{known.knowledge().base.headline}"):
        app.session_state[key] = target
        run(app)
        assert any(box.key == "box" for box in app.selectbox)


@pytest.mark.parametrize("way", [says.PICTURE, says.STEPS])
def test_another_field_is_shown_the_same_way(visit: Visit, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setenv("ADVISOR_KNOWLEDGE", str(PLANTS / "knowledge"))
    monkeypatch.setenv("ADVISOR_RULES", str(PLANTS / "rules"))
    app = opened(visit)
    app.session_state["reasoning_as"] = way
    run(app)
    assert len(app.selectbox) >= 1
    assert "etwork" not in text(app)


def told_now() -> Told:
    return known.told(case_of(next(iter(known.knowledge().scenarios.values()))))


# -- the picture ------------------------------------------------------------------------------------------------


def unlit(told: Told) -> Graph:
    return picture.nearly(told.consultation, reasons.graph(told.consultation, told.strategy, unlit=True))


def heaviest(told: Told) -> Rule:
    return told.consultation.decisions[told.consultation.knowledge.base.headline].ranking[0].supports[0].rule


def headline(told: Told) -> str:
    return told.consultation.knowledge.base.headline


@pytest.fixture(params=["told", "plant"])
def any_told(request: pytest.FixtureRequest) -> Told:
    """A client of the shipped knowledge, and one of another field."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Told)
    return found


def test_the_short_picture_leads_from_answers_to_the_decision_with_the_heaviest_reasons(any_told: Told) -> None:
    target = f"choice:{headline(any_told)}"
    part = picture.in_short(any_told.graph, target, 3)
    assert {"answer", "rule", "option", "choice"} <= {node.kind for node in part.nodes}
    decision = any_told.consultation.decisions[headline(any_told)]
    first = [weighed.rule.id for weighed in decision.ranking[0].supports]
    least = abs(decision.ranking[0].supports[min(3, len(first)) - 1].points.points)
    drawn = [edge.points for edge in part.into[f"option:{headline(any_told)}/{decision.ranking[0].option}"] if edge.role == "for"]
    assert drawn
    assert all(points is not None and points >= least for points in drawn)
    assert len(part.nodes) < 40


def test_every_arrow_leads_to_the_right(any_told: Told) -> None:
    for graph in (any_told.graph, unlit(any_told), picture.in_short(any_told.graph, f"choice:{headline(any_told)}", 5)):
        placed = {node.id: number for number, column in enumerate(picture.columns(graph)) for node in column}
        assert len(placed) == len(graph.nodes)
        assert all(placed[edge.source] < placed[edge.target] for edge in graph.edges)


def test_the_picture_of_a_layer_holds_its_weightiest_rules_with_their_neighbours(told: Told) -> None:
    names = [firing.rule.id for firing in told.consultation.trace.firings if firing.layer == 0]
    part = picture.layer(told.graph, names, 5)
    rules = [node for node in part.nodes if node.kind == "rule"]
    assert len(rules) == 5
    assert all(part.into.get(rule.id) == told.graph.into.get(rule.id) for rule in rules)


def test_what_did_not_apply_is_told_by_words_and_not_by_looks_alone(told: Told) -> None:
    part = picture.in_short(unlit(told), f"choice:{headline(told)}", 5)
    boxes = [box for column in picture.data(part, "", None)["columns"] for box in column["boxes"]]
    silent = [box for box in boxes if box["kind"] == "rule" and not box["lit"]]
    assert silent
    assert all(box["note"] == says.DID_NOT_APPLY for box in silent)
    assert not any(box["note"] for box in boxes if box["lit"])


# -- the steps --------------------------------------------------------------------------------------------------


def test_forward_and_back_lead_to_the_same_place(visit: Visit) -> None:
    app = walking(visit)
    begin = text(app)
    press(app, "step-on")
    first = text(app)
    press(app, "step-on")
    press(app, "step-back")
    assert text(app) == first != begin
    press(app, "step-back")
    assert text(app) == begin
    assert app.button(key="step-back").disabled


@pytest.mark.parametrize("pace", [says.LAYERS, says.RULES])
def test_the_last_step_shows_the_points_of_the_strategy(visit: Visit, pace: str) -> None:
    app = walking(visit, pace=pace)
    slider = app.slider[0]
    slider.set_value(slider.max)
    run(app)
    best = told_now().strategy["choices"][known.knowledge().base.headline]["ranking"][0]
    assert f"{best['points']} points" in text(app)
    assert app.button(key="step-on").disabled


def test_what_a_step_adds_stays_hidden_until_asked_for(visit: Visit) -> None:
    app = walking(visit, predict=True)
    press(app, "step-on")
    step = steps.bearing_on(steps.by_rule(told_now().consultation), known.knowledge().base.headline, told_now().graph)[0]
    rule = step.firings[0].rule
    assert html(rule.title) not in text(app)
    assert html(rule.because) not in text(app)
    assert not any(part.value == says.ADDED for part in app.subheader)
    press(app, "reveal")
    assert rule.title in app.header[0].value.replace("\\", "")
    assert any(part.value == says.ADDED for part in app.subheader)
    press(app, "step-on")
    assert any(button.key == "reveal" for button in app.button)


def test_a_guess_is_told_right_or_wrong_only_after_the_step(visit: Visit) -> None:
    app = walking(visit, predict=True, pace=says.LAYERS)
    press(app, "step-on")
    decision = told_now().consultation.decisions[known.knowledge().base.headline]
    guess = next(box for box in app.selectbox if box.key and box.key.startswith("guess-"))
    guess.set_value(decision.picked[0])
    run(app)
    assert not app.info
    press(app, "reveal")
    assert "Right" in app.info[0].value


def test_steps_hold_every_rule_that_applied_once_and_every_decision(any_told: Told) -> None:
    fired = [firing.rule.id for firing in any_told.consultation.trace.firings]
    for walk in (steps.by_layer(any_told.consultation), steps.by_rule(any_told.consultation)):
        assert [firing.rule.id for step in walk for firing in step.firings] == fired
        assert sorted(choice.id for step in walk for choice in step.decides) == sorted(any_told.consultation.decisions)


def test_after_the_last_step_every_decision_stands_as_it_was_made(any_told: Told) -> None:
    knowledge = any_told.consultation.knowledge
    for choice in knowledge.choices.values():
        walk = steps.bearing_on(steps.by_rule(any_told.consultation), choice.id, any_told.graph)
        now = steps.stands(choice, walk, len(walk) - 1)
        assert tuple(each.standing for each in now) == any_told.consultation.decisions[choice.id].ranking


def test_what_steps_give_adds_up_to_the_points(any_told: Told) -> None:
    choice = any_told.consultation.knowledge.choices[headline(any_told)]
    walk = steps.by_rule(any_told.consultation)
    sums = dict.fromkeys(choice.options, 0)
    for at in range(len(walk)):
        for each in steps.stands(choice, walk, at):
            sums[each.standing.option] += each.gained
    assert sums == {standing.option: standing.points for standing in any_told.consultation.decisions[choice.id].ranking}


def test_every_step_adds_something_that_can_be_told(any_told: Told) -> None:
    for step in steps.by_rule(any_told.consultation):
        assert steps.added(step, any_told.consultation)
