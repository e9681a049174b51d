"""The client book keeps what is written, for its writer only."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from advisor.interview.book import Book


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'book.sqlite'}"


def test_what_is_written_is_found_again_by_another_process(address: str) -> None:
    page = Book(address).begin("anna", "tea")
    assert Book(address).page("anna", page.id) == page


def test_nobody_else_sees_changes_or_deletes_a_page(address: str) -> None:
    book = Book(address)
    page = book.begin("anna", "tea")
    assert book.page("berta", page.id) is None
    assert book.change("berta", page.id, str.upper) is None
    book.tear_out("berta", page.id)
    book.forget("berta")
    assert book.pages("berta") == []
    assert [kept.text for kept in book.pages("anna")] == ["tea"]


def test_pages_stand_with_the_latest_first(address: str) -> None:
    book = Book(address)
    first = book.begin("anna", "tea")
    book.begin("anna", "coffee")
    book.change("anna", first.id, str.upper)
    assert [page.text for page in book.pages("anna")] == ["TEA", "coffee"]


def test_no_change_is_lost_when_many_write_at_once(address: str) -> None:
    page = Book(address).begin("anna", "")

    def write(letter: str) -> None:
        for _ in range(5):
            book.change("anna", page.id, lambda text: text + letter)

    book = Book(address)
    writers = [threading.Thread(target=write, args=(letter,)) for letter in "abcdefgh"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    written = book.page("anna", page.id)
    assert written is not None
    assert sorted(written.text) == sorted("abcdefgh" * 5)


def test_what_is_deleted_is_gone_from_the_file_and_the_key_never_was_in_it(address: str, tmp_path: Path) -> None:
    book = Book(address)
    book.begin("secret-of-anna", "a bakery in Ghent")
    book.forget("secret-of-anna")
    book.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Ghent" not in kept
    assert b"secret-of-anna" not in kept
