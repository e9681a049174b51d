"""The library shows everything that is known with its source, finds what is looked for, and knows no field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from advisor.checking.rehearse import case_of
from advisor.commands.home import folders
from advisor.knowledge.model import Knowledge
from advisor.knowledge.warm import knowledge as load
from tests.ui.conftest import run
from ui import known, shelves
from ui import texts_library as says
from ui.record import Record
from ui.shelves import Index

Visit = Callable[..., AppTest]

PLANTS = Path(__file__).parents[1] / "plants"


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return load(*folders())


@pytest.fixture
def plants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_KNOWLEDGE", str(PLANTS / "knowledge"))
    monkeypatch.setenv("ADVISOR_RULES", str(PLANTS / "rules"))


def opened(app: AppTest, shelf: str, **chosen: str) -> AppTest:
    """The library at one shelf."""
    app.switch_page("views/library.py")
    run(app)
    app.session_state["shelf"] = shelf
    for name, value in chosen.items():
        app.session_state[name] = value
    return run(app)


def text(app: AppTest) -> str:
    """All that stands on the page."""
    return "\n".join(str(part.proto.body) for part in app.get("html"))


EVERY_SHELF = (says.PROFILES, says.FIGURES, says.RULES, says.GUIDANCE, says.LESSONS, says.DISAGREEMENTS, says.SOURCES)


@pytest.mark.parametrize("shelf", EVERY_SHELF)
def test_every_shelf_opens(visit: Visit, shelf: str) -> None:
    assert text(opened(visit(), shelf))


@pytest.mark.usefixtures("plants")
@pytest.mark.parametrize("shelf", EVERY_SHELF)
def test_another_field_has_the_same_shelves(visit: Visit, shelf: str) -> None:
    app = opened(visit(), shelf)
    assert text(app)
    assert "etwork" not in text(app)


@pytest.mark.usefixtures("plants")
def test_a_profile_holds_figures_with_who_counted_and_when(visit: Visit) -> None:
    app = opened(visit(), says.PROFILES, profile="orchid")
    page = text(app)
    assert "The European Union, everybody" in page
    assert "45%" in page
    assert "April 2025" in page


def test_every_part_of_every_profile_can_be_opened(visit: Visit, shipped: Knowledge) -> None:
    app = opened(visit(), says.PROFILES)
    for option in list(shipped.choices[shipped.base.headline].options)[:3]:
        for part in ("figures", "for", "against", "follows"):
            app.session_state["profile"] = option
            app.session_state[f"part-{option}"] = part
            run(app)
            assert text(app)


def test_a_rule_is_found_by_its_id_and_stands_first(visit: Visit, shipped: Knowledge) -> None:
    wanted = shipped.rules[700]
    app = opened(visit(), says.RULES, find_rules=wanted.id)
    cards = [part.proto.body for part in app.get("html") if 'class="said"' in part.proto.body]
    assert wanted.id in cards[0]


def test_words_that_fit_no_rule_are_told_kindly(visit: Visit) -> None:
    app = opened(visit(), says.RULES, find_rules="xyzzy")
    assert says.NOTHING_FOUND in text(app)


def test_what_is_typed_never_acts_as_markup(visit: Visit) -> None:
    app = opened(visit(), says.RULES, find_rules="<img src=x onerror=alert(1)>")
    assert "<img" not in text(app)


def test_no_page_holds_more_rules_than_one_can_read(visit: Visit) -> None:
    app = opened(visit(), says.RULES)
    assert sum('class="said"' in part.proto.body for part in app.get("html")) <= 10


def test_a_lesson_leads_to_the_rules_that_rest_on_its_claims(visit: Visit, shipped: Knowledge) -> None:
    lesson = next(iter(shipped.lessons.values()))
    app = opened(visit(), says.LESSONS, lesson=lesson.id)
    index = Index(shipped)
    first = index.rules_of(lesson.claims)[0]
    assert shipped.claims[lesson.claims[0]].says.split("'")[0] in text(app)
    assert first.id in text(app)


def test_a_source_leads_to_the_rules_that_use_it(visit: Visit, shipped: Knowledge) -> None:
    app = opened(visit(), says.SOURCES, find_sources="pew-2025")
    app.button(key="rules-source-pew-2025").click()
    run(app)
    assert app.session_state["shelf"] == says.RULES
    assert app.caption[0].value == says.found(len(Index(shipped).find("pew-2025")), len(shipped.rules))


def test_a_rule_says_whether_it_applies_to_the_client(visit: Visit, shipped: Knowledge) -> None:
    app = visit("a" * 43)
    scenario = next(iter(shipped.scenarios.values()))
    known.book().begin("a" * 43, Record.of(case_of(scenario)).model_dump_json())
    fired = known.told(case_of(scenario)).consultation.trace.firings[0].rule
    opened(app, says.RULES, find_rules=fired.id)
    app.session_state[f"rule-found-{says.ANYTHING}-{fired.id}-0"] = True
    run(app)
    assert says.APPLIES.partition("{")[0] in text(app)


# -- shelves ----------------------------------------------------------------------------------------------------


def test_every_rule_is_found_by_its_own_words(shipped: Knowledge) -> None:
    index = Index(shipped)
    for rule in shipped.rules[::50]:
        assert rule in index.find(rule.title)
        assert index.find(rule.id)[0] is rule


def test_a_subject_leaves_only_rules_that_are_about_it(shipped: Knowledge) -> None:
    subject = f"choice:{shipped.base.headline}"
    found = Index(shipped).find("", subject)
    assert found == [rule for rule in shipped.rules if shipped.base.headline in rule.touches]


def test_figures_of_different_metrics_or_units_never_share_a_chart(shipped: Knowledge) -> None:
    charts = shelves.charts(shipped.rows)
    assert sum(len(chart.rows) for chart in charts) == len(shipped.rows)
    for chart in charts:
        assert {(row.metric, row.unit) for row in chart.rows} == {(chart.metric, chart.unit)}
        assert max(row.value for row in chart.rows) <= chart.top


def test_a_comparison_holds_one_question_of_one_source(shipped: Knowledge) -> None:
    asked = [each for chart in shelves.charts(shipped.rows) for each in shelves.comparisons(chart)]
    assert asked
    for each in asked:
        assert len({(row.place, row.dimension, row.group, row.source, row.as_of) for row in each.rows}) == 1
        assert [row.value for row in each.rows] == sorted((row.value for row in each.rows), reverse=True)


def test_know_how_counts_every_rule_that_weighs_on_an_option(shipped: Knowledge) -> None:
    choice = shipped.base.headline
    for option in shipped.choices[choice].options:
        learnt = shelves.know_how(choice, option, shipped)
        weighed = {rule.id for rule in shipped.rules if any((p.choice, p.option) == (choice, option) for p in rule.points)}
        assert {rule.id for rule, _ in (*learnt.speaks_for, *learnt.speaks_against)} == weighed
        assert [points for _, points in learnt.speaks_for] == sorted((points for _, points in learnt.speaks_for), reverse=True)


def test_sources_without_a_date_stand_last(shipped: Knowledge) -> None:
    days = [source.published for source in shelves.newest_first(shipped.sources.values())]
    dated = [day for day in days if day != "undated"]
    assert days[: len(dated)] == sorted(dated, reverse=True)


def test_a_place_is_named_as_the_knowledge_names_it() -> None:
    knowledge = known.knowledge()
    row = next(row for row in knowledge.rows if row.place in knowledge.place_names)
    assert shelves.place_of(row, knowledge).lower() == knowledge.place_names[row.place].lower()
    assert shelves.place_of(row.model_copy(update={"place": "nowhere"}), knowledge) == "Nowhere"
