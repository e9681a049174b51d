"""The questionnaire: one question at a time, and what it does to the advice."""

from __future__ import annotations

import streamlit as st

from advisor import phrases
from advisor.foresight.inquiry import STAGES
from advisor.knowledge.condition import Test, Value
from advisor.knowledge.model import Fact
from advisor.language.english import as_sentence, clause
from advisor.language.values import answer_text
from advisor.reasoning.stakes import sentences, stake
from ui import asking, known, show, texts, visit

STRATEGY, ANSWERS = "views/strategy.py", "views/answers.py"
MOST_OPTIONS = 4  # that are shown by name while the headline choice is open
MOST_UNDERSTOOD = 6

knowledge, state = known.knowledge(), st.session_state
record = visit.record()
case, _ = visit.case()
headline = knowledge.choices[knowledge.base.headline]
declined = frozenset(record.declined if record else ())

trail = visit.trail()
place = visit.place()
topic = knowledge.topic_of[trail[place - 1]] if place else None
inquiry = known.inquirer(case).inquire(case.answers, declined, topic)
wanted = trail[place] if place < len(trail) else state.get("question") or inquiry.question
question = knowledge.questions.get(wanted or "")


def take(name: str, value: Value | None) -> None:
    """Keep an answer and go on to the next question."""
    visit.answer(name, value)
    state.trail = [*trail[:place], name]
    go(place + 1)


def take_back(name: str) -> None:
    """As if the question had never been asked, and stay."""
    visit.change(lambda now: now.reopened(name))
    asking.show_again(knowledge.questions[name], None, "answer")


def go(to: int) -> None:
    """To another place on the way through the questions, to which the browser's own buttons lead too."""
    state.pop("question", None)
    st.query_params[visit.PLACE] = str(to)


def name_client() -> None:
    """Keep the name of the business."""
    name = state.client.strip()
    visit.change(lambda now: now.model_copy(update={"client": name}))


def why_ask(fact: Fact) -> None:
    """The author's reason, and what hangs on the answer."""
    if fact.question:
        show.paragraph(fact.question.why)
    if fact.id in inquiry.idle:
        show.paragraph(phrases.IDLE)
    else:
        show.points(sentences(stake(knowledge, case, fact.id, declined), knowledge))


def progress() -> tuple[float, str]:
    """How far the interview is: the share of all questions that nothing hangs on any more, and the same in words."""
    open_ = sum(len(names) for names in inquiry.matter.values())
    part = STAGES[: STAGES.index(inquiry.stage) + 1] if inquiry.stage else ()
    asked = len(record.answers) + len(record.declined) if record else 0
    return 1 - open_ / len(knowledge.questions), texts.progress(asked, sum(len(inquiry.matter[stage]) for stage in part))


main, side = st.columns([2, 1], gap="large")

with main:
    if question:
        title = next(each.title for each in knowledge.topics if each.id == knowledge.topic_of[question.id])
        show.paragraph(title, "eyebrow")
        st.title(show.md(question.question.ask if question.question else question.name), anchor=False)
        if question.question and question.question.help:
            show.paragraph(question.question.help, "quiet")
        given = case.answers.get(question.id)
        if given is not None or question.id in declined:
            st.caption(show.md(texts.SAID_SO_FAR.format(answer=answer_text(question, given))) if given is not None else texts.SKIPPED_SO_FAR)
        asking.ask(question, given, take)
        with st.container(horizontal=True, key="ways"):
            st.button(texts.BACK, key="back", on_click=go, args=(place - 1,), disabled=not place)
            st.button(texts.CANNOT_SAY, key="skip", on_click=take, args=(question.id, None))
            if given is not None:
                st.button(texts.TAKE_BACK, key="take-back", on_click=take_back, args=(question.id,))
        with st.container(key="why"):
            reasons = st.expander(texts.WHY_ASK, key=f"why-{question.id}", on_change="rerun")
            if reasons.open:
                with reasons:
                    why_ask(question)
    else:
        st.title(texts.ALL_ASKED, anchor=False)
        show.paragraph(texts.ALL_ASKED_TEXT, "lead")
        st.button(texts.BACK, key="back", on_click=go, args=(place - 1,), disabled=not place)
    st.progress(*progress())
    if inquiry.stage:
        st.caption(texts.PARTS[inquiry.stage].format(name=headline.name))
    if inquiry.stage != "headline" and st.button(texts.SEE_STRATEGY, key="strategy", type="primary"):
        st.switch_page(STRATEGY)
    if inquiry.stage == "headline" and case.answers and st.button(texts.SEE_STRATEGY_NOW, key="strategy"):
        st.switch_page(STRATEGY)

with side:
    st.header(texts.STANDS, anchor=False)
    labels = {name: option.label for name, option in headline.options.items()}
    if inquiry.stage == "headline" or len(inquiry.standing) > 1:
        st.caption(texts.STANDS_HINT)
        show.shares(dict(inquiry.standing), labels, MOST_OPTIONS)
    else:
        show.paragraph(texts.SURE.format(name=headline.name, option=labels[next(iter(inquiry.standing))]), "verdict")
    if inquiry.settled:
        st.caption(texts.SETTLED_OF.format(settled=len(inquiry.settled), all=len(knowledge.choices)))
    st.header(texts.UNDERSTOOD, anchor=False)
    latest = [name for name in reversed(record.answers if record else {}) if name in case.answers][:MOST_UNDERSTOOD]
    if latest:
        show.points(as_sentence(clause(Test(name, "is", case.answers[name]), knowledge)) for name in latest)
    else:
        show.paragraph(texts.NOTHING_YET, "quiet")
    st.page_link(ANSWERS, label=texts.CHANGE_ANSWERS)
    with st.expander(texts.NAME_OF_BUSINESS, key="naming"):
        show.paragraph(texts.CLIENT_HELP, "quiet")
        st.text_input(texts.CLIENT_ASK, value=record.client if record else "", key="client", max_chars=80, on_change=name_client)

show.attend(question.id if question else "end")
