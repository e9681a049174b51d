"""How problems are shown, counted and ordered, and which known name is nearest to an unknown one."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from advisor.errors import WIDEST, AdvisorError, Place, Problem, counted, in_order, nearest, report, suggestion

LINE = "    guests.nmber: 3"
CULPRIT = Place("rules/a.yaml", 8, 5, 12, LINE)


def shown(problem: Problem) -> str:
    return "\n" + problem.full() + "\n"


def test_a_problem_shows_its_line_and_marks_the_culprit() -> None:
    problem = Problem("unknown-fact", "`guests.nmber` is not known", CULPRIT, "no such fact", notes=("3 are known",), helps=("write `guests.number`",))
    assert shown(problem) == dedent("""
        error[unknown-fact]: `guests.nmber` is not known
         --> rules/a.yaml:8:5
          |
        8 |     guests.nmber: 3
          |     ^^^^^^^^^^^^ no such fact
          |
          = note: 3 are known
          = help: write `guests.number`
        """)
    assert problem.short() == "rules/a.yaml:8:5: error[unknown-fact]: `guests.nmber` is not known"


def test_further_places_stand_below_and_share_the_margin() -> None:
    problem = Problem("rule-loop", "round and round", CULPRIT, "here", also=((Place("rules/b.yaml", 120, 1, 2, "ab"), "and here"),))
    assert shown(problem) == dedent("""
        error[rule-loop]: round and round
           --> rules/a.yaml:8:5
            |
          8 |     guests.nmber: 3
            |     ^^^^^^^^^^^^ here
           ::: rules/b.yaml:120:1
            |
        120 | ab
            | ^^ and here
        """)


def test_a_problem_without_a_place_or_without_a_line_is_shown_too() -> None:
    assert Problem("missing-base", "no base", helps=("add one",)).full() == "error[missing-base]: no base\n  = help: add one"
    assert Problem("no-folder", "not there", Place("rules"), helps=("x",)).full() == "error[no-folder]: not there\n --> rules:1:1\n  |\n  = help: x"
    assert Problem("missing-base", "no base").short() == "error[missing-base]: no base"


@pytest.mark.parametrize(
    ("length", "column", "begins", "ends"),
    [
        (WIDEST, 1, "a", "z"),  # just short enough to be shown whole
        (WIDEST, WIDEST, "a", "z"),
        (WIDEST + 1, 1, "a", "…"),
        (WIDEST + 1, WIDEST + 1, "…", "z"),
        (1000, 500, "…", "…"),
        (1000, 41, "a", "…"),  # a third of the width before the culprit: still the whole beginning
        (1000, 42, "…", "…"),
    ],
)
def test_a_long_line_is_cut_around_the_culprit(length: int, column: int, begins: str, ends: str) -> None:
    letters = ["a", *"-" * (length - 2), "z"]
    letters[column - 1] = "X"
    text = "".join(letters)
    line, marks = Problem("c", "h", Place("f", 1, column, 1, text)).full().splitlines()[3:5]
    window = line.removeprefix("1 | ")
    assert len(window) <= WIDEST + 2
    assert window[marks.removeprefix("  | ").index("^")] == "X"
    assert window[0] in (begins, "X")
    assert window[-1] in (ends, "X")


@pytest.mark.parametrize(("width", "marks"), [(0, 1), (1, 1), (3, 3), (99, 11)])
def test_marks_never_run_over_the_end_of_the_line(width: int, marks: int) -> None:
    assert Problem("c", "h", Place("f", 1, 9, width, LINE)).full().count("^") == marks


@pytest.mark.parametrize(
    ("odd", "seen"), [("a\tb", "a b"), ("a\x1b[31mb", "a\ufffd[31mb"), ("a\u202eb", "a\ufffdb"), ("a\u00a0b", "a b"), ("a\nb", "a b"), ("é中", "é中")]
)
def test_no_character_of_a_file_reaches_the_terminal_unseen(odd: str, seen: str) -> None:
    problem = Problem("c", f"`{odd}` is odd", Place("f", 1, 1, 1, odd), helps=(f"not {odd}",))
    assert problem.full() == f"error[c]: `{seen}` is odd\n --> f:1:1\n  |\n1 | {seen}\n  | ^\n  |\n  = help: not {seen}"
    assert problem.short() == f"f:1:1: error[c]: `{seen}` is odd"


def test_problems_stand_in_the_order_of_files_and_lines_each_once() -> None:
    places = [None, Place("a", 2), Place("a", 10), Place("b", 1)]
    problems = [Problem("c", "h", place) for place in places]
    assert in_order([*reversed(problems), problems[1]]) == tuple(problems)
    assert AdvisorError(reversed(problems)).problems == tuple(problems)
    assert str(AdvisorError(problems[1:3])) == "a:2:1: error[c]: h\na:10:1: error[c]: h"


def test_a_report_ends_with_the_count() -> None:
    one, two = Problem("c", "first", Place("a")), Problem("d", "second", severity="warning")
    assert report([one, two]) == "warning[d]: second\n\nerror[c]: first\n --> a:1:1\n\n1 error, 1 warning"
    assert report([one, two], short=True) == "warning[d]: second\na:1:1: error[c]: first"
    assert [counted(problems) for problems in ([], [one], [one, one], [two, two])] == ["no problems", "1 error", "2 errors", "2 warnings"]


def test_a_problem_is_plain_data_for_json() -> None:
    data = Problem("c", "h", CULPRIT, "l", ("n",), ("p",), ((Place("b", 3, 4), "too"),)).data()
    assert json.loads(json.dumps(data)) == {
        "code": "c",
        "severity": "error",
        "headline": "h",
        "file": "rules/a.yaml",
        "line": 8,
        "column": 5,
        "label": "l",
        "notes": ["n"],
        "helps": ["p"],
        "also": [{"file": "b", "line": 3, "column": 4, "label": "too"}],
    }
    assert Problem("c", "h").data()["file"] is None


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("gardn", "garden"),
        ("Garden", "garden"),
        ("GARDEN", "garden"),
        ("number", "guests.number"),  # the right name without its topic
        ("guests.nmber", "guests.number"),
        ("gusts.number", "guests.number"),
        ("guests.sort", None),  # the same topic does not make two names alike
        ("zebra", None),
        ("", None),
    ],
)
def test_the_nearest_known_name_is_suggested_and_no_other(name: str, match: str | None) -> None:
    assert nearest(name, ["garden", "hall", "guests.number", "guests.wishes"]) == match


def test_two_names_equally_right_suggest_none() -> None:
    assert nearest("date", ["guests.date", "weather.date"]) is None


@pytest.mark.parametrize(
    ("known", "help_"),
    [
        (0, "no dishes are defined"),
        (1, "known dishes: `xx`"),
        (12, "known dishes: " + ", ".join(["`xx`"] * 12)),
        (13, "none of the 13 known dishes looks like it"),
    ],
)
def test_few_known_names_are_named_and_many_are_counted(known: int, help_: str) -> None:
    assert suggestion("zebra", ["xx"] * known, "dishes") == (help_,)
