"""Pages run in this process, each test with a client book of its own and nothing left of other tests."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest, app_test

import ui

APP = Path(ui.__file__).with_name("app.py")


atexit.register(app_test.TMP_DIR.cleanup)  # the folder that AppTest opens when it is imported; nobody else closes it


@pytest.fixture(autouse=True)
def _own_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ADVISOR_DATABASE", f"sqlite:///{tmp_path / 'book.sqlite'}")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Opens the first page as a new visitor, or as one who was here before."""

    def opened(cookie: str | None = None) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        if cookie:
            app.session_state["visitor"] = cookie
        return run(app)

    return opened


def run(app: AppTest) -> AppTest:
    """The page as it is drawn next; fails if anything goes wrong."""
    app.run()
    assert not app.exception
    return app
