"""A question and what a person can answer: a button for each option, boxes to tick, a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact
from advisor.language.reply import NoAnswerError, understood
from advisor.words import NO, YES
from ui import texts
from ui.show import md

Take = Callable[[str, Value | None], None]


def ask(question: Fact, given: Value | None, take: Take, place: str = "answer") -> None:
    """Show what can be answered; `take` is told the question and the answer. `place` keeps keys apart."""
    with st.container(key=f"options-{place}", gap="xsmall"):
        match question.kind:
            case "one":
                _buttons(question, [(name, option.label, option.help) for name, option in question.options.items()], given, take, place)
            case "flag":
                _buttons(question, [(True, YES, None), (False, NO, None)], given, take, place)
            case "many":
                _boxes(question, given, take, place)
            case "number":
                _number(question, given, take, place)
    if refused := st.session_state.pop("refused", None):
        st.error(md(refused))


def _buttons(question: Fact, options: Iterable[tuple[Value, str, str | None]], given: Value | None, take: Take, place: str) -> None:
    """One press answers."""
    for value, label, help_ in options:
        chosen = given is not None and given == value
        text = md(label) + (f"  \n:small[{md(help_)}]" if help_ else "")
        st.button(
            texts.YOUR_ANSWER.format(label=text) if chosen else text,
            key=f"{place}-{question.id}-{str(value).lower()}",
            type="primary" if chosen else "secondary",
            width="stretch",
            on_click=take,
            args=(question.id, value),
        )


def _boxes(question: Fact, given: Value | None, take: Take, place: str) -> None:
    """Tick some, then go on."""
    ticked = given if isinstance(given, frozenset) else frozenset()
    keys = {name: f"{place}-{question.id}-{name}" for name in question.options}

    def taken(*, none: bool = False) -> None:
        chosen = frozenset(name for name, key in keys.items() if st.session_state.get(key))
        if not none and not chosen:
            st.session_state.refused = texts.TICK_ONE
            return
        take(question.id, frozenset() if none else chosen)
        show_again(question, frozenset() if none else chosen, place)

    with st.form(f"{place}-{question.id}", border=False):
        for name, option in question.options.items():
            st.checkbox(md(option.label), value=name in ticked, key=keys[name], help=option.help and md(option.help))
        with st.container(horizontal=True):
            st.form_submit_button(texts.NEXT, type="primary", key=f"{place}-{question.id}-next", on_click=taken)
            st.form_submit_button(texts.NONE_OF_THESE, key=f"{place}-{question.id}-none", on_click=taken, kwargs={"none": True})


def _number(question: Fact, given: Value | None, take: Take, place: str) -> None:
    """Type a number, then go on."""
    key = f"{place}-{question.id}-number"

    def taken() -> None:
        typed = st.session_state.get(key)
        try:
            if typed is None:
                raise NoAnswerError(texts.NUMBER_NEEDED)
            take(question.id, understood(f"{typed:.10g}", question))
        except NoAnswerError as reason:
            st.session_state.refused = str(reason)

    with st.form(f"{place}-{question.id}", border=False):
        st.number_input(md(question.unit or question.name), value=_number_of(given), step=1.0, format="%.10g", key=key)
        st.form_submit_button(texts.NEXT, type="primary", key=f"{place}-{question.id}-next", on_click=taken)


def _number_of(given: Value | None) -> float | None:
    return float(given) if isinstance(given, int | float) and not isinstance(given, bool) else None


def show_again(question: Fact, given: Value | None, place: str) -> None:
    """Let boxes and numbers that are on the page show this answer; call it from what a press does."""
    for name in question.options if question.kind == "many" else ():
        st.session_state[f"{place}-{question.id}-{name}"] = isinstance(given, frozenset) and name in given
    if question.kind == "number":
        st.session_state[f"{place}-{question.id}-number"] = _number_of(given)
