"""Start: what this does, begin, go on, open a file, look at an example."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from advisor.checking.rehearse import case_of
from advisor.errors import AdvisorError
from advisor.inference import case
from advisor.words import day_text
from ui import known, show, texts, visit
from ui.record import Record

STRATEGY = "views/strategy.py"
knowledge = known.knowledge()

show.paragraph(knowledge.base.title, "eyebrow")
st.title(texts.WELCOME, anchor=False)
show.paragraph(texts.PITCH, "lead")
show.paragraph(texts.TAKES, "quiet")

mine = [(page, record) for page, record in visit.records() if record.answers or record.client]
with st.container(horizontal=True):
    if mine:
        latest = mine[0]
        if st.button(texts.GO_ON_WITH.format(client=show.md(latest[1].client or texts.UNNAMED)), type="primary", key="go-on"):
            visit.open_page(latest[0].id)
            visit.to_questions()
    if st.button(texts.BEGIN_ANOTHER if mine else texts.BEGIN, type="secondary" if mine else "primary", key="begin"):
        visit.begin()
        visit.to_questions()

left, right = st.columns(2, gap="large")

with left:
    st.header(texts.OPEN_FILE, anchor=False)
    show.dropzone()
    given = st.file_uploader(texts.OPEN_HINT, type=["yaml", "yml"], key="case-file")
    if given is not None and st.session_state.get("opened_file") != given.file_id:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "case.yaml"
            path.write_bytes(given.getvalue())
            try:
                found, advised = case.read_with_advice(path, knowledge)
            except AdvisorError as error:
                show.problems(error.problems)
            else:
                st.session_state.opened_file = given.file_id
                visit.begin(Record.of(found, advised))
                st.switch_page(STRATEGY)

with right:
    st.header(texts.SEE_EXAMPLE, anchor=False)
    scenario = st.selectbox(texts.EXAMPLE_HINT, knowledge.scenarios.values(), format_func=lambda each: each.title, key="example")
    if st.button(texts.TRY, key="try-example", disabled=not knowledge.scenarios):
        visit.begin(Record.of(case_of(scenario)))
        st.switch_page(STRATEGY)

if mine:
    st.header(texts.YOURS, anchor=False)
    for page, record in mine:
        name = record.client or texts.UNNAMED
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"mine-{page.id}"):
            day = day_text(page.written.astimezone().date().isoformat())
            st.markdown(f"**{show.md(name)}**  \n{texts.SAVED.format(answers=texts.answers(len(record.answers)), day=day)}", width="stretch")
            if st.button(texts.GO_ON_WITH.format(client=show.md(name)), key=f"open-{page.id}"):
                visit.open_page(page.id)
                visit.to_questions()
            st.button(texts.DELETE_THIS.format(client=show.md(name)), key=f"delete-{page.id}", type="tertiary", on_click=visit.delete, args=(page.id,))
    with st.expander(texts.DELETE_ALL, key="delete-all"):
        st.write(texts.DELETE_ASK)
        if st.button(texts.DELETE_SURE, key="delete-all-sure"):
            visit.delete_all()
            st.session_state.deleted = True
            st.rerun()
if st.session_state.pop("deleted", False):
    st.success(texts.DELETED)
