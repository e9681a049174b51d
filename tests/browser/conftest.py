"""One server and one browser for all tests of this folder; every person has a browser memory of their own, and none may call anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import serving
from tests.browser.person import PATIENCE, Person, Theme
from tests.browser.serving import Server

Come = Callable[..., Person]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving.served(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with serving.browser() as opened:
        yield opened


@pytest.fixture
def come(server: Server, chromium: Browser) -> Iterator[Come]:
    """Somebody sits down at a browser that was never here, or, with `memory`, at one that was."""
    people: list[Person] = []

    def comes(*, width: int = 1280, height: int = 900, theme: Theme = "light", memory: Person | None = None) -> Person:
        kept = memory.context.storage_state() if memory else None
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme, storage_state=kept)
        people.append(Person(context, server))
        return people[-1]

    yield comes
    for person in people:
        person.context.close()
    assert {urlsplit(address).netloc for person in people for address in person.addresses if not address.startswith(("data:", "blob:"))} <= {
        urlsplit(server.address).netloc
    }


@pytest.fixture
def person(come: Come) -> Person:
    """Somebody who was never here."""
    return come()
