"""YAML read strictly: what each way of writing a value becomes, where it stood, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisor.errors import AdvisorError, Problem
from advisor.knowledge import source
from advisor.knowledge.source import DEEPEST_NESTING, LARGEST_FILE, Document, Origin, parse

WRITTEN = """\
topic: What?
rules:
  - id: one
    when: {a: [x, yy], "b": 3}
  - id: two
    text: >
      Bake for
      {guests}.
"""


def plain(text: str) -> Any:
    return parse(text, "f").root


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(AdvisorError) as caught:
        parse(text, "f")
    return caught.value.problems


# -- values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(word, word) for word in ("yes", "no", "on", "off", "y", "True", "FALSE", "18_24", "2026-11-21", "1e3", "1_000", "0x1f", "010", "+1", ".5", "1.")],
        *[(word, word) for word in ("12:30", "inf", ".nan", "NULL", "Null", "1e400", "١٢", "=")],
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("2.50", 2.5),
        ("-0.5", -0.5),
        ("123456789012345", 123456789012345),  # as many digits as a number may have
        ("1234567890123456", "1234567890123456"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("''", ""),
        ("|\n  true", "true"),
        ('"a\\tb"', "a\tb"),
    ],
)
def test_a_value_is_text_unless_it_is_plainly_something_else(written: str, value: object) -> None:
    read = plain(f"key: {written}")["key"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("key", ["18", "true", "null", "~", "2.50", "no", "a.b", "'18'", '"18"'])
def test_a_key_is_the_word_that_is_written(key: str) -> None:
    assert list(plain(f"{key}: x")) == [key.strip("'\"")]


def test_an_empty_text_is_nothing() -> None:
    assert [plain(text) for text in ("", "# a\n", "---\n", "\n\n")] == [None] * 4


# -- places ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "key", "line", "column", "width"),
    [
        ((), False, 1, 1, 1),
        (("topic",), True, 1, 1, 5),
        (("topic",), False, 1, 8, 5),
        (("rules", 0), False, 3, 5, 1),
        (("rules", 0, "id"), False, 3, 9, 3),
        (("rules", 0, "when", "a"), True, 4, 12, 1),
        (("rules", 0, "when", "a", 1), False, 4, 19, 2),
        (("rules", 0, "when", "b"), True, 4, 24, 3),
        (("rules", 1, "text"), False, 6, 11, 1),
        (("rules", 1, "nothing"), False, 5, 5, 1),  # what is not there stands where its parent stands
        (("rules", 7, "id"), False, 3, 3, 1),
        (("topic", "deeper"), False, 1, 8, 5),
    ],
)
def test_everything_remembers_where_it_stood(path: tuple[str | int, ...], key: bool, line: int, column: int, width: int) -> None:
    place = parse(WRITTEN, "f").place(path, key=key)
    assert (place.line, place.column, place.width) == (line, column, width)
    assert place.text == WRITTEN.splitlines()[line - 1]


def test_an_item_knows_its_part_of_the_document() -> None:
    origin = Origin(parse(WRITTEN, "f"), ("rules", 1))
    assert str(origin.place("id")) == "f:5:9"
    assert str(origin.inner("text").place()) == "f:6:11"
    assert (origin.data("id"), origin.data("when"), origin.data()) == ("two", None, {"id": "two", "text": "Bake for {guests}.\n"})
    assert str(origin.within("{guests}", "text")) == "f:8:7"  # in a later line of the text
    assert str(origin.within("for {guests}", "text")) == "f:6:11"  # over the end of a line
    assert (Origin().place("id"), Origin().within("x"), Origin().data()) == (None, None, None)


def test_a_document_tells_what_it_holds() -> None:
    document = parse("a: {b: [x, null]}", "f")
    held = [("a",), ("a", "b"), ("a", "b", 0), ("a", "b", 1)]
    assert [path for path in [*held, ("b",), ("a", "b", 2), ("a", "b", "x"), ("a", 0)] if document.has(path)] == held
    assert [document.data(path) for path in held[2:]] == ["x", None]


@pytest.mark.parametrize("before", ["\n", "\r\n", "\r", "\u0085", "\u2028"])
def test_lines_are_counted_as_yaml_counts_them(before: str) -> None:
    assert str(parse(f"a: 1{before}b: 2", "f").place(("b",))) == "f:2:4"


def test_columns_are_counted_in_letters() -> None:
    assert str(parse('{"é中😀": x, b: y}', "f").place(("b",))) == "f:1:15"


# -- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3", "repeated-key", "f:3:1"),
        ("{a: 1, 'a': 2}", "repeated-key", "f:1:8"),
        ("18: 1\n'18': 2", "repeated-key", "f:2:1"),
        ("a: &x 1", "yaml-alias", "f:1:4"),
        ("&x a: 1", "yaml-alias", "f:1:1"),
        ("a: *x", "yaml-alias", "f:1:4"),
        ("a: !!int 3", "yaml-tag", "f:1:4"),
        ("a: !python/object:os.system x", "yaml-tag", "f:1:4"),
        ("? [a]\n: b", "yaml-key", "f:1:3"),
        ("? {a: b}\n: c", "yaml-key", "f:1:3"),
        ("? \n: b", "yaml-key", "f:1:2"),
        ("?", "yaml-key", "f:1:2"),
        ("a: 1\n---\nb: 2", "two-documents", "f:2:1"),
        ("a: 1\n...\n---\n", "two-documents", "f:3:1"),
        ("a: [1", "yaml-syntax", "f:1:4"),
        ("a: 'b", "yaml-syntax", "f:1:4"),
        ("a: b: c", "yaml-syntax", "f:1:5"),
        ("a:\n\tb: c", "yaml-syntax", "f:2:1"),
        ("a: \x1b", "yaml-syntax", "f:1:4"),
        ("a: b\nc: \ud800", "yaml-syntax", "f:2:4"),
        ("a: @b", "yaml-syntax", "f:1:4"),
        ("a: - b", "yaml-syntax", "f:1:4"),
        (": b", "yaml-syntax", "f:1:1"),
        ("%a", "yaml-syntax", "f:1:3"),
    ],
)
def test_what_a_person_hardly_means_is_refused_where_it_stands(text: str, code: str, place: str) -> None:
    first = refused(text)[0]
    assert (first.code, str(first.place)) == (code, place)
    assert first.helps


def test_a_repeated_key_shows_both_places() -> None:
    (problem,) = refused("a: 1\nb: 2\na: 3")
    assert [(str(place), label) for place, label in problem.also] == [("f:1:1", "first here")]


def test_nesting_has_a_bound() -> None:
    assert plain("[" * DEEPEST_NESTING + "]" * DEEPEST_NESTING)
    assert [problem.code for problem in refused("[" * (DEEPEST_NESTING + 1) + "]" * (DEEPEST_NESTING + 1))] == ["too-deep"]


@pytest.mark.parametrize(("size", "fits"), [(LARGEST_FILE, True), (LARGEST_FILE + 1, False)])
def test_a_file_has_a_largest_size(size: int, fits: bool, tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"#" + b" " * (size - 1))
    if fits:
        assert source.read(path).root is None
    else:
        with pytest.raises(AdvisorError, match=r"larger than 4000 kB"):
            source.read(path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    document = source.read(path, "known as")
    assert (document.root, document.lines, document.name) == ({"a": 1}, ("a: 1",), "known as")


def test_bytes_that_are_no_text_are_shown_as_far_as_they_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("a: é\nb: \xe9t\xe9\n".encode() + "c: \xe9t\xe9\nd: 1".encode("latin-1"))
    with pytest.raises(AdvisorError) as caught:
        source.read(path, "f")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place), problem.place and problem.place.text) == ("not-text", "f:3:4", "c: \ufffdt\ufffd")


def test_what_an_item_is_does_not_depend_on_where_it_stood() -> None:
    assert Origin(Document("f", (), None), ("a",)) == Origin()
