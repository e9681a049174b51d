"""The least that Streamlit can show: a title and buttons that lead to the next title. What every page built with it pays."""

import streamlit as st

number = st.session_state.setdefault("number", 0)


def on() -> None:
    st.session_state.number += 1


st.title(f"Question {number}")
with st.container(key="options-answer"):
    for option in range(5):
        st.button(f"Answer {option}", key=f"{number}-{option}", on_click=on)
