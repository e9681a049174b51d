"""What if: other answers, and what becomes of the strategy; kept as scenarios, compared side by side."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from advisor import words
from advisor.inference.trace import plain
from advisor.knowledge.condition import Value
from advisor.language.english import as_sentence, picked_text
from advisor.language.values import answer_text
from advisor.presentation import show_change
from advisor.reasoning import difference
from ui import asking, known, show, texts, visit
from ui.known import Told
from ui.record import Kept, Record, typed

MOST_COMPARED = 3

knowledge, state = known.knowledge(), st.session_state
record = visit.record()
case, _ = visit.case()
now = known.told(case)
changes: dict[str, object] = state.setdefault("changes", {})
tried = typed(changes, knowledge)


def told_with(answers: dict[str, Value | None]) -> Told:
    """What the client would be told with these answers instead."""
    return known.told(case.but(answers))


def says(question: str, value: Value | None) -> str:
    """An answer as on its button."""
    return words.OPEN if value is None else answer_text(knowledge.questions[question], value)


# -- what can be pressed ----------------------------------------------------------------------------------------


def try_out(question: str, value: Value | None) -> None:
    """Try another answer; what is answered so already is no change."""
    if value == case.answers.get(question):
        changes.pop(question, None)
    else:
        changes[question] = plain(value)


def undo(question: str) -> None:
    """One change less."""
    changes.pop(question, None)
    asking.show_again(knowledge.questions[question], case.answers.get(question), "try")


def look_at(kept: Kept) -> None:
    """Show a kept scenario again."""
    state.changes = dict(kept.changes)


def forget(name: str) -> None:
    """One kept scenario less."""
    visit.change(lambda page: page.without(name))


def make_mine() -> None:
    """Let what was tried be the answers."""

    def answered(page: Record) -> Record:
        for question, value in tried.items():
            page = page.reopened(question) if value is None else page.answered(question, value)
        return page

    visit.change(answered)
    state.changes = {}


# -- the parts of the page --------------------------------------------------------------------------------------


def pick() -> None:
    """Pick a question and another answer to it."""
    ask = {name: fact.question.ask if fact.question else fact.name for name, fact in knowledge.questions.items()}
    name = st.selectbox(
        texts.PICK_QUESTION,
        list(ask),
        index=None,
        format_func=lambda each: ask[each],
        placeholder=texts.PICK_HINT,
        key="what-if-question",
        persist_state="session",
    )
    if name is None:
        return
    st.caption(show.md(texts.NOW.format(answer=says(name, case.answers.get(name)))))
    asking.ask(knowledge.questions[name], tried.get(name, case.answers.get(name)), try_out, "try")
    if name in case.answers:
        st.button(texts.UNANSWERED, key="try-open", on_click=try_out, args=(name, None))


def changed() -> None:
    """What is tried, and how to take it back."""
    st.header(texts.TRIED, anchor=False)
    if not tried:
        show.paragraph(texts.NOTHING_TRIED, "quiet")
    for question, value in tried.items():
        fact = knowledge.questions[question]
        ask = fact.question.ask if fact.question else fact.name
        with st.container(horizontal=True, vertical_alignment="center", key=f"tried-{question}"):
            change = texts.TRIED_CHANGE.format(ask=ask, after=says(question, value), before=says(question, case.answers.get(question)))
            st.markdown(show.md(change), width="stretch")
            st.button(texts.UNDO_THIS.format(ask=show.md(ask)), key=f"undo-{question}", type="tertiary", on_click=undo, args=(question,))


def differs() -> None:
    """What would be different."""
    st.header(texts.DIFFERENCE, anchor=False)
    then = told_with(tried)
    compared = difference.between(now.strategy, then.strategy, (case, then.case), knowledge)
    show.blocks(list(show_change.blocks(compared, knowledge))[2 + len(compared["answers"]) :])


def keep() -> None:
    """Keep what is tried under a name, or take it over."""
    with st.form("keep", clear_on_submit=True, border=False):
        name = st.text_input(texts.KEEP_AS, key="keep-name", max_chars=60).strip()
        done = st.form_submit_button(texts.KEEP, key="keep-it", type="primary")
    if done and name:
        visit.change(lambda page: page.keeping(Kept(name=name, changes=changes)))
        state.kept_now = name
        st.rerun()
    if done:
        st.error(texts.KEEP_NEEDS_NAME)
    st.button(texts.MAKE_MINE, key="make-mine", on_click=make_mine)


def compare(scenarios: Iterable[Kept]) -> None:
    """Kept scenarios side by side with the answers as they are."""
    by_name = {kept.name: kept for kept in scenarios}
    st.header(texts.COMPARE, anchor=False)
    names = st.multiselect(texts.COMPARE_HINT, list(by_name), default=list(by_name)[-2:], max_selections=MOST_COMPARED, key="compared")
    columns = {texts.AS_IT_IS: now, **{name: told_with(typed(by_name[name].changes, knowledge)) for name in names}}
    rows = [[choice.ask, *(decided(told, name) for told in columns.values())] for name, choice in knowledge.choices.items()]
    asked = dict.fromkeys(question for name in names for question in typed(by_name[name].changes, knowledge))
    answers = [[knowledge.questions[name].name, *(says(name, told.case.answers.get(name)) for told in columns.values())] for name in asked]
    show.table([texts.DECISION, *columns], [*answers, *rows])
    for name in names:
        with st.container(horizontal=True, key=f"kept-{name}"):
            st.button(texts.LOAD_AGAIN.format(name=show.md(name)), key=f"look-{name}", on_click=look_at, args=(by_name[name],))
            st.button(texts.DELETE_KEPT.format(name=show.md(name)), key=f"forget-{name}", type="tertiary", on_click=forget, args=(name,))


def decided(told: Told, name: str) -> str:
    """What a choice comes to, the headline choice with its points."""
    picked = told.strategy["choices"][name]["picked"]
    if not picked:
        return texts.NOTHING_PICKED
    said = as_sentence(picked_text(name, picked, knowledge))
    points = told.strategy["choices"][name]["ranking"][0]["points"]
    return words.OPTION_POINTS.format(option=said, points=words.points(points)) if name == knowledge.base.headline else said


# -- the page ---------------------------------------------------------------------------------------------------

st.title(texts.WHAT_IF_TITLE, anchor=False)
show.paragraph(texts.WHAT_IF_INTRO, "lead")
if state.get("kept_now"):
    st.success(show.md(texts.KEPT.format(name=state.pop("kept_now"))))
pick()
changed()
if tried:
    differs()
    keep()
if record and record.kept:
    compare(record.kept)
