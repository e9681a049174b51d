"""The whole way of a visitor: start, questions, strategy, and back another day."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

import advisor
from advisor.inference.case import Case
from advisor.reasoning.stakes import sentences, stake
from tests.ui.conftest import run
from ui import known
from ui.record import Record

TODAY = datetime.now().astimezone().date()
BAKERY = Path(advisor.__file__).with_name("examples") / "bakery.yaml"

Visit = Callable[..., AppTest]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def asked(app: AppTest) -> str:
    """The id of the question on the page."""
    titles = {question.question.ask: name for name, question in known.knowledge().questions.items() if question.question}
    return titles[app.title[0].value.replace("\\", "")]


def begin(app: AppTest) -> AppTest:
    app.switch_page("views/questions.py")
    return run(app)


def answers(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith("answer-")]


def test_one_press_answers_and_leads_to_another_question(visit: Visit) -> None:
    app = begin(visit())
    first = asked(app)
    press(app, answers(app)[0])
    assert asked(app) != first


def test_why_a_question_is_asked_is_told_with_what_hangs_on_it(visit: Visit) -> None:
    app = begin(visit())
    question = known.knowledge().questions[asked(app)]
    assert question.question
    hanging = sentences(stake(known.knowledge(), Case("", TODAY), question.id), known.knowledge())
    assert hanging
    assert not any(told in texts_on(app) for told in hanging)
    app.session_state[f"why-{question.id}"] = True
    run(app)
    assert [told for told in (question.question.why, *hanging) if told not in texts_on(app)] == []


def test_back_returns_to_the_answer_given(visit: Visit) -> None:
    app = begin(visit())
    first, key = asked(app), answers(app)[0]
    press(app, key)
    press(app, "back")
    assert asked(app) == first
    assert app.button(key=key).label.startswith("✓")


def test_a_skipped_question_is_not_asked_again(visit: Visit) -> None:
    app = begin(visit())
    seen = [asked(app)]
    for _ in range(4):
        press(app, "skip")
        seen.append(asked(app))
    assert len(set(seen)) == len(seen)


def test_a_visitor_finds_the_answers_again_and_nobody_else_does(visit: Visit) -> None:
    app = begin(visit("a" * 43))
    question, key = asked(app), answers(app)[0]
    press(app, key)
    again = visit("a" * 43)
    assert any(button.key == "go-on" for button in again.button)
    again.switch_page("views/answers.py")
    run(again)
    assert "not answered" not in again.button(key=f"change-{question}").label
    stranger = visit("b" * 43)
    assert not any(button.key == "go-on" for button in stranger.button)


def test_the_strategy_can_be_seen_at_any_time(visit: Visit) -> None:
    app = begin(visit())
    press(app, answers(app)[0])
    app.switch_page("views/strategy.py")
    run(app)
    assert app.title[0].value.startswith("Your strategy")
    for _ in range(3):
        press(app, "next")
    assert app.header[0].value


def test_boxes_need_a_tick_or_none_of_these(visit: Visit) -> None:
    app = to_kind(visit(), "many")
    question = asked(app)
    press(app, f"answer-{question}-next")
    assert asked(app) == question
    assert "Tick at least one" in app.error[0].value
    press(app, f"answer-{question}-none")
    assert asked(app) != question


def test_a_number_out_of_reach_is_refused_in_words_and_nothing_is_lost(visit: Visit) -> None:
    app = to_kind(visit(), "number")
    question = asked(app)
    app.number_input(key=f"answer-{question}-number").set_value(-5)
    press(app, f"answer-{question}-next")
    assert asked(app) == question
    assert app.error
    app.number_input(key=f"answer-{question}-number").set_value(7)
    press(app, f"answer-{question}-next")
    app.switch_page("views/answers.py")
    run(app)
    assert "7" in app.button(key=f"change-{question}").label


def texts_on(app: AppTest) -> str:
    """What stands on the page outside buttons and boxes."""
    return html.unescape("\n".join(str(part.proto.body) for part in app.get("html")))


def to_kind(app: AppTest, kind: str) -> AppTest:
    """The first question of this kind, whichever comes first in the questionnaire."""
    name = next(name for name, fact in known.knowledge().questions.items() if fact.kind == kind)
    app.switch_page("views/answers.py")
    run(app)
    app.button(key=f"change-{name}").click()
    return begin(run(app))


def test_what_if_changes_nothing_until_it_is_taken_over(visit: Visit) -> None:
    app = example(visit())
    app.switch_page("views/what_if.py")
    run(app)
    name = next(name for name, fact in known.knowledge().questions.items() if fact.kind == "flag")
    app.selectbox(key="what-if-question").select(name)
    run(app)
    before = given(app, name)
    app.switch_page("views/what_if.py")
    run(app)
    app.selectbox(key="what-if-question").select(name)
    run(app)
    other = next(button.key for button in app.button if button.key and button.key.startswith(f"try-{name}-") and "✓" not in button.label)
    press(app, other)
    assert any(button.key == f"undo-{name}" for button in app.button)
    app.text_input(key="keep-name").set_value("<b>Other</b> *way*")
    press(app, "keep-it")
    assert any("Other" in part.proto.body and "<b>Other" not in part.proto.body for part in app.get("html"))
    assert given(app, name) == before
    app.switch_page("views/what_if.py")
    run(app)
    press(app, "make-mine")
    assert given(app, name) != before


def given(app: AppTest, name: str) -> str:
    """What the page of all answers shows for a question."""
    app.switch_page("views/answers.py")
    run(app)
    label: str = app.button(key=f"change-{name}").label
    return label


def example(app: AppTest) -> AppTest:
    """The first example, opened."""
    app.button(key="try-example").click()
    return run(app)


def test_a_case_file_is_opened_and_a_broken_one_is_refused_in_words(visit: Visit) -> None:
    app = visit()
    app.file_uploader(key="case-file").set_value(("broken.yaml", b"client: [", "application/yaml"))
    run(app)
    assert app.error
    app.file_uploader(key="case-file").set_value(("mine.yaml", BAKERY.read_bytes(), "application/yaml"))
    run(app)
    app.switch_page("views/strategy.py")
    run(app)
    assert "Bakery" in app.title[0].value


def test_a_foreign_file_names_every_problem(visit: Visit) -> None:
    app = visit()
    text = b"client: Me\ndate: 2026-11-21\nanswers:\n  business.modell: b2c\n  team.people: many\n"
    app.file_uploader(key="case-file").set_value(("foreign.yaml", text, "application/yaml"))
    run(app)
    assert "business.modell" in app.error[0].value.replace("\\", "")
    assert "team.people" in app.error[0].value.replace("\\", "")


def test_a_strategy_of_older_knowledge_is_worked_out_anew_and_the_difference_told(visit: Visit) -> None:
    app = example(visit("a" * 43))
    app.switch_page("views/strategy.py")
    run(app)
    page = known.book().pages("a" * 43)[0]
    record = Record.model_validate_json(page.text)
    assert record.advised
    older = {**record.advised, "fingerprint": "older", "caveats": []}
    known.book().change("a" * 43, page.id, lambda _: record.model_copy(update={"advised": older}).model_dump_json())
    run(app)
    assert "worked it out anew" in app.info[0].value
    press(app, "seen")
    assert not app.info


def test_a_file_from_older_knowledge_tells_which_decisions_are_different_now(visit: Visit) -> None:
    app = visit()
    choices = known.knowledge().choices
    first = choices[known.knowledge().base.headline]
    advised = f"advised:\n  fingerprint: older\n  picks: {{{first.id}: [{first.order[-1]}]}}\n"
    app.file_uploader(key="case-file").set_value(("old.yaml", BAKERY.read_bytes() + advised.encode(), "application/yaml"))
    run(app)
    app.switch_page("views/strategy.py")
    run(app)
    assert "worked it out anew" in app.info[0].value
    assert any(f"Until now: {first.options[first.order[-1]].said}" in part.proto.body for part in app.get("html"))


def test_answers_that_the_knowledge_no_longer_understands_are_named(visit: Visit) -> None:
    record = Record(day=date(2026, 11, 21), answers={"business.model": "b2c", "business.horoscope": "leo"})
    known.book().begin("a" * 43, record.model_dump_json())
    app = visit("a" * 43)
    app.switch_page("views/strategy.py")
    run(app)
    assert "business.horoscope" in app.warning[0].value.replace("\\", "")


def test_two_windows_of_one_visitor_lose_no_answer(visit: Visit) -> None:
    one = example(visit("a" * 43))
    other = visit("a" * 43)
    flags = [name for name, fact in known.knowledge().questions.items() if fact.kind == "flag"][:2]
    for app, name in zip((one, other), flags, strict=True):
        given(app, name)
        app.button(key=f"change-{name}").click()
        begin(run(app))
        press(app, f"answer-{name}-true")
    record = Record.model_validate_json(known.book().pages("a" * 43)[0].text)
    assert [record.answers[name] for name in flags] == [True, True]


def test_deleting_all_leaves_nothing(visit: Visit) -> None:
    app = example(visit("a" * 43))
    app.switch_page("views/start.py")
    run(app)
    app.expander(key="delete-all")
    press(app, "delete-all-sure")
    assert known.book().pages("a" * 43) == []
    assert app.success
