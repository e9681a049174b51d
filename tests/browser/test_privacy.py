"""Nothing leaves the machine. The browser's side is looked at after every test of this folder too (`come`)."""

from __future__ import annotations

from tests.browser.person import Person
from tests.browser.serving import HOST
from ui import texts


def test_neither_the_pages_nor_the_server_call_anybody(person: Person) -> None:
    person.tries_example()
    for page in (texts.QUESTIONS, texts.STRATEGY, texts.WHAT_IF, texts.REASONING, texts.LIBRARY, texts.START):
        person.goes_to(page)
    local = person.server.address.removeprefix("http")
    assert [address for address in person.addresses if not address.startswith((f"http{local}", f"ws{local}", "data:", "blob:"))] == []
    assert any(address.startswith(f"ws{local}") for address in person.addresses)
    hosts = {note.split()[-1] for note in person.server.notes()}
    assert hosts == {HOST}


def test_only_this_machine_can_reach_the_pages(person: Person) -> None:
    assert {note for note in person.server.notes() if note.startswith("socket.bind")} == {f"socket.bind {HOST}"}
