"""One visitor: which browser, which client, what was answered. Every change goes into the book before the next page is drawn.

A browser is known by a secret that it keeps in a cookie. The book is the truth: what another window of the same browser wrote is
there at the next look. The session holds only which page of the book is open.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import date, datetime

import streamlit as st
from pydantic import ValidationError

from advisor.errors import Problem
from advisor.inference.case import Case
from advisor.interview.book import Page
from advisor.knowledge.condition import Value
from ui import known, texts
from ui.record import Record

COOKIE = "advisor_visitor"
PLACE = "q"  # in the address: how many questions lie behind
QUESTIONS = "views/questions.py"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}\Z")  # as `secrets` makes it

_remember = st.components.v2.component(
    "visitor",
    js="""
    export default function({ data, setStateValue }) {
        const find = () => document.cookie.split("; ").map(part => part.split("=")).find(([name]) => name === data.name)?.[1];
        const known = find() ?? data.secret;
        document.cookie = `${data.name}=${known}; max-age=31536000; path=/; SameSite=Strict`;
        const kept = find() ?? data.secret;
        if (kept !== data.secret) {
            setStateValue("secret", kept);
        }
    }
    """,
)


def recognise() -> None:
    """Know the browser by its cookie, or give it one."""
    state = st.session_state
    if "visitor" not in state:
        state.visitor = _secret(st.context.cookies.get(COOKIE)) or secrets.token_urlsafe(32)
    with st.container(key="unseen-visitor"):
        found = _remember(data={"name": COOKIE, "secret": state.visitor}, key="visitor_cookie", on_secret_change=_same_browser)
    if secret := _secret(found.secret):
        _become(secret)


def _same_browser() -> None:
    """Another window of this browser was first to get a cookie."""
    if secret := _secret(st.session_state.visitor_cookie.secret):
        _become(secret)


def _become(secret: str) -> None:
    state = st.session_state
    if secret == state.visitor:
        return
    before, state.visitor = state.visitor, secret
    for page in known.book().pages(before):  # what was written in the meantime comes along
        moved = known.book().begin(secret, page.text)
        state.page = moved.id if state.get("page") == page.id else state.get("page")
    known.book().forget(before)


def _secret(text: object) -> str | None:
    return text if isinstance(text, str) and SECRET.match(text) else None


# -- the pages of this visitor ----------------------------------------------------------------------------------


def records() -> list[tuple[Page, Record]]:
    """What the book holds of this visitor, the latest first."""
    return [(page, record) for page in known.book().pages(st.session_state.visitor) if (record := _understood(page)) is not None]


def record() -> Record | None:
    """The client at hand; at first the one written last, if there is one."""
    visitor, name = st.session_state.visitor, st.session_state.get("page")
    page = known.book().page(visitor, name) if name else next(iter(known.book().pages(visitor)), None)
    if page is None:
        return None
    st.session_state.page = page.id
    return _understood(page)


def _understood(page: Page) -> Record | None:
    try:
        return Record.model_validate_json(page.text)
    except ValidationError:
        return None


def case() -> tuple[Case, tuple[Problem, ...]]:
    """The client at hand as a case, and what does not fit the knowledge; without a client one of whom nothing is known."""
    return (record() or Record(day=today())).read(known.knowledge(), texts.UNNAMED)


def today() -> date:
    """The day on this machine."""
    return datetime.now().astimezone().date()


# -- what a visitor does ----------------------------------------------------------------------------------------


def open_page(name: str) -> None:
    """Go on with this client."""
    st.session_state.page = name
    forget_place()


def begin(new: Record | None = None) -> None:
    """A new client; others stay in the book."""
    page = known.book().begin(st.session_state.visitor, (new or Record(day=today())).model_dump_json())
    open_page(page.id)


def change(how: Callable[[Record], Record]) -> None:
    """Write into the book what becomes of the client at hand; where the page was deleted meanwhile, on a new one."""

    def rewritten(text: str) -> str:
        return how(Record.model_validate_json(text)).model_dump_json()

    name = st.session_state.get("page")
    if not name or known.book().change(st.session_state.visitor, name, rewritten) is None:
        st.session_state.page = known.book().begin(st.session_state.visitor, how(Record(day=today())).model_dump_json()).id


def answer(question: str, value: Value | None) -> None:
    """Take an answer; nothing means that the client cannot say."""
    change(lambda now: now.answered(question, value))


# -- the way through the questions ------------------------------------------------------------------------------


def trail() -> list[str]:
    """The questions that lie behind, in the order in which they were asked at this visit."""
    asked: list[str] = [name for name in st.session_state.get("trail", []) if name in known.knowledge().questions]
    return asked


def place() -> int:
    """Where on this way the visitor stands; behind its end is the next question."""
    wanted = st.query_params.get(PLACE, "0")
    return min(int(wanted), len(trail())) if wanted.isdecimal() else 0


def to_questions(question: str | None = None) -> None:
    """Go on with the questions, with this one if one is named."""
    if question:
        st.session_state.question = question
    st.switch_page(QUESTIONS, query_params=next_place())


def next_place() -> dict[str, str]:
    """The end of the way, as it stands in the address."""
    return {PLACE: str(len(trail()))}


# -- the end ----------------------------------------------------------------------------------------------------


def delete(name: str) -> None:
    """One client less."""
    known.book().tear_out(st.session_state.visitor, name)
    st.session_state.pop("page", None)
    forget_place()


def delete_all() -> None:
    """Nothing of this visitor is left."""
    known.book().forget(st.session_state.visitor)
    st.session_state.pop("page", None)
    forget_place()


def forget_place() -> None:
    """Nothing on the pages is about another client any more."""
    for name in ("trail", "question", "changes", "step"):
        st.session_state.pop(name, None)
