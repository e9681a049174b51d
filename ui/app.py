"""The frame around every page: who is visiting, where one can go, and that nothing leaves this machine."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import texts, visit

HERE = Path(__file__).parent

st.set_page_config(page_icon="🧭", layout="wide")  # before the navigation, or the browser looks elsewhere for an icon
visit.recognise()
st.html(HERE / "style.css")

pages = [
    st.Page(HERE / "views" / "start.py", title=texts.START, url_path="start", default=True),
    st.Page(HERE / "views" / "questions.py", title=texts.QUESTIONS, url_path="questions"),
    st.Page(HERE / "views" / "strategy.py", title=texts.STRATEGY, url_path="strategy"),
    st.Page(HERE / "views" / "what_if.py", title=texts.WHAT_IF, url_path="what-if"),
    st.Page(HERE / "views" / "reasoning.py", title=texts.REASONING, url_path="reasoning"),
    st.Page(HERE / "views" / "library.py", title=texts.LIBRARY, url_path="library"),
]
hidden = [st.Page(HERE / "views" / "answers.py", title=texts.ANSWERS, url_path="answers", visibility="hidden")]
page = st.navigation([*pages, *hidden], position="hidden")

with st.container(horizontal=True, key="menu", gap="small"):
    for each in pages:
        st.page_link(each, query_params=visit.next_place() if each.url_path == "questions" else None)

page.run()

with st.container(key="foot"):
    st.caption(texts.PRIVATE)
