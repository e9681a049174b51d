"""The whole way of a visitor: start, questions, strategy, and back another day."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import run
from ui import known

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
