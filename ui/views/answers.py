"""All answers, topic by topic, each of which can be changed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from advisor.inference.case import dump
from advisor.knowledge import written
from advisor.language.values import answer_text
from ui import known, show, texts, visit

knowledge, record = known.knowledge(), visit.record()
case, lost = visit.case()

st.title(texts.ANSWERS, anchor=False)
show.paragraph(texts.ANSWERS_INTRO, "lead")
if lost:
    st.warning("\n".join([texts.LOST_ANSWERS, "", *(f"- {show.md(problem.headline)}" for problem in lost)]))
with st.container(horizontal=True):
    if st.button(texts.BACK_TO_QUESTIONS, key="to-questions"):
        visit.to_questions()
    st.download_button(texts.SAVE_FILE, dump(case, knowledge), "case.yaml", "application/yaml", key="save", on_click="ignore")


def on_day() -> None:
    """Let the plan be for another day."""
    visit.change(lambda now: now.model_copy(update={"day": st.session_state.day}))


first, last = date(written.EARLIEST_YEAR, 1, 1), date(written.LATEST_YEAR, 12, 31)
st.date_input(texts.DAY_OF_PLAN, case.date, first, last, key="day", format="YYYY-MM-DD", on_change=on_day, width=240)

for topic in knowledge.topics:
    questions = [fact for name, fact in knowledge.questions.items() if knowledge.topic_of[name] == topic.id]
    st.header(show.md(topic.title), anchor=False)
    for fact in questions:
        given = case.answers.get(fact.id)
        state = texts.SKIPPED if record and fact.id in record.declined else texts.OPEN
        ask = fact.question.ask if fact.question else fact.name
        said = f"**{show.md(answer_text(fact, given))}**" if given is not None else f"*{state}*"
        with st.container(key=f"row-{fact.id}"):
            if st.button(f"{show.md(ask)}  \n{said}", key=f"change-{fact.id}", width="stretch"):
                visit.to_questions(fact.id)
