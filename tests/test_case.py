"""Case files: what is read, and what is said of those that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from advisor.errors import AdvisorError, report
from advisor.inference import case
from advisor.inference.case import Answers, Case
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.knowledge.source import LARGEST_FILE

GOOD = Path(__file__).parent / "broken" / "_good"
DAY = date(2026, 11, 21)
HEAD = "client: Anna\ndate: 2026-11-21\nanswers:\n"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load(GOOD / "knowledge", GOOD / "rules")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # messages name the file as it was given


def read(content: str | bytes, known: Knowledge) -> Case:
    path = Path("case.yaml")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return case.read(path, known)


def said_of(content: str | bytes, known: Knowledge) -> str:
    with pytest.raises(AdvisorError) as caught:
        read(content, known)
    return report(caught.value.problems)


# -- what is read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("", {}),
        ("  guests.number: 30\n", {"guests.number": 30}),
        ("  guests.number: 29.5\n", {"guests.number": 29.5}),
        ("  guests.number: 1\n", {"guests.number": 1}),  # the least and the most that there may be
        ("  guests.number: 500\n", {"guests.number": 500}),
        ("  guests.kind: family\n", {"guests.kind": "family"}),
        ("  guests.kind: 'family'\n", {"guests.kind": "family"}),
        ("  weather.rain: false\n", {"weather.rain": False}),
        ("  guests.wishes: [soup, cake]\n", {"guests.wishes": frozenset({"cake", "soup"})}),
        ("  guests.wishes:\n    - soup\n", {"guests.wishes": frozenset({"soup"})}),
        ("  guests.wishes: soup\n", {"guests.wishes": frozenset({"soup"})}),
        ("  guests.wishes: []\n", {"guests.wishes": frozenset()}),  # none of these: known, unlike what follows
        ("  guests.wishes:\n", {}),
        ("  guests.kind: null\n  weather.rain: true\n", {"weather.rain": True}),
    ],
)
def test_answers_are_read_by_question_and_empty_ones_are_unknown(answers: str, expected: dict[str, Any], known: Knowledge) -> None:
    assert read(HEAD + answers, known) == Case("Anna", DAY, expected)


@pytest.mark.parametrize(
    "content",
    [HEAD, "client: Anna\ndate: 2026-11-21\n", "answers: {}\ndate: '2026-11-21'\nclient:  Anna\n", "\ufeff" + HEAD, HEAD.replace("\n", "\r\n")],
)
def test_a_case_without_answers_is_a_case(content: str, known: Knowledge) -> None:
    assert read(content, known) == Case("Anna", DAY, {})


def test_the_name_of_a_client_is_one_line_of_any_letters(known: Knowledge) -> None:
    assert read(HEAD.replace("Anna", ">\n  Пекарня\n  на углу"), known).client == "Пекарня на углу"


def test_a_case_written_is_the_case_read_again(known: Knowledge, tmp_path: Path) -> None:
    answers: dict[str, Any] = {"guests.wishes": frozenset({"soup", "cake"}), "guests.number": 12.5, "weather.rain": False, "guests.kind": "friends"}
    for client in ("Anna", "no", "2026", '# 1: the "best"', "Пекарня"):
        written = Case(client, DAY, answers)
        text = case.dump(written, known)
        assert read(text, known) == written
    plain = "  guests.number: 12.5\n  guests.kind: friends\n  guests.wishes: [cake, soup]\n  weather.rain: false\n"
    assert text == f"client: Пекарня\ndate: '2026-11-21'\nanswers:\n{plain}"


def test_answers_given_as_data_are_checked_alike_and_have_no_place(known: Knowledge) -> None:
    checker = Answers(known)
    assert checker.read({"guests.number": 0, "guests.kind": "family", "weather.rain": None}) == {"guests.kind": "family"}
    assert [problem.full() for problem in checker.problems] == [
        "error[out-of-range]: `guests.number` is 0, outside 1 to 500 guests\n  = help: write a number from 1 to 500 guests"
    ]


# -- what cannot be read --------------------------------------------------------------------------------------

FILE: dict[str, tuple[str | bytes, str]] = {
    "empty": (
        "",
        """
        error[empty-case]: `case.yaml` is empty
         --> case.yaml:1:1
          |
          = help: write `client: …`, `date: 2026-11-21` and `answers:` with one `question: answer` line for each
        """,
    ),
    "only a comment": (
        "# later\n",
        """
        error[empty-case]: `case.yaml` is empty
         --> case.yaml:1:1
          |
        1 | # later
          | ^
          |
          = help: write `client: …`, `date: 2026-11-21` and `answers:` with one `question: answer` line for each
        """,
    ),
    "a list": (
        "- client: Anna\n",
        """
        error[wrong-type]: a case file is a mapping with `client`, `date` and `answers`
         --> case.yaml:1:1
          |
        1 | - client: Anna
          | ^
          |
          = help: write `client: …`, `date: 2026-11-21` and `answers:` with one `question: answer` line for each
        """,
    ),
    "text": (
        "Anna\n",
        """
        error[wrong-type]: a case file is a mapping with `client`, `date` and `answers`
         --> case.yaml:1:1
          |
        1 | Anna
          | ^
          |
          = help: write `client: …`, `date: 2026-11-21` and `answers:` with one `question: answer` line for each
        """,
    ),
    "not YAML": (
        'client: "Anna\n',
        """
        error[yaml-syntax]: a quotation mark is never closed
         --> case.yaml:1:9
          |
        1 | client: "Anna
          |         ^ begun here
          |
          = help: close it with the same mark at the end of the text
        """,
    ),
    "two documents": (
        HEAD + "---\n" + HEAD,
        """
        error[two-documents]: a second YAML document begins here
         --> case.yaml:4:1
          |
        4 | ---
          | ^^^
          |
          = help: remove the `---`
        """,
    ),
    "a tab": (
        "client: Anna\n\tdate: 2026-11-21\n",
        """
        error[yaml-syntax]: a tab stands where only blanks may
         --> case.yaml:2:1
          |
        2 |  date: 2026-11-21
          | ^
          |
          = help: indent with blanks, never with tabs
        """,
    ),
    "an alias bomb": (
        "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nclient: *c\n",
        """
        error[yaml-alias]: an anchor (`&a`) is not allowed here
         --> case.yaml:1:4
          |
        1 | a: &a [x, x, x]
          |    ^^^^
          |
          = help: write the value out
        """,
    ),
    "another alphabet": (
        "client: Zoë\n".encode("latin-1"),
        """
        error[not-text]: `case.yaml` is not text in UTF-8
         --> case.yaml:1:11
          |
        1 | client: Zo�
          |           ^
          |
          = help: save the file as UTF-8
        """,
    ),
    "UTF-16": (
        HEAD.encode("utf-16"),
        """
        error[not-text]: `case.yaml` is not text in UTF-8
         --> case.yaml:1:1
          |
          = help: save the file as UTF-8
        """,
    ),
    "a photograph": (
        b"\x89PNG\r\n\x1a\n\0\0",
        """
        error[not-text]: `case.yaml` is not text in UTF-8
         --> case.yaml:1:1
          |
        1 | �PNG
          | ^
          |
          = help: save the file as UTF-8
        """,
    ),
    "a control character": (
        HEAD + "\0",
        """
        error[yaml-syntax]: the character U+0000 is not allowed in a text
         --> case.yaml:4:1
          |
        4 | �
          | ^
          |
          = help: remove it
        """,
    ),
}


@pytest.mark.parametrize("name", FILE)
def test_a_file_that_is_no_case_is_told_so(name: str, known: Knowledge) -> None:
    content, expected = FILE[name]
    assert said_of(content, known) == f"{dedent(expected).strip()}\n\n1 error"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("nowhere.yaml", "`nowhere.yaml`: no such file or directory\n --> nowhere.yaml:1:1\n  |\n  = help: check the name, or the folder you are in"),
        ("folder", "`folder`: is a directory\n --> folder:1:1\n  |\n  = help: give a file, not a folder"),
        ("a\0b", "`a\ufffdb`: embedded null byte\n --> a\ufffdb:1:1\n  |\n  = help: check that you may read it"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_so(place: str, expected: str, known: Knowledge) -> None:
    Path("folder").mkdir()
    with pytest.raises(AdvisorError) as caught:
        case.read(Path(place), known)
    assert report(caught.value.problems) == f"error[unreadable-file]: cannot read {expected}\n\n1 error"


@pytest.mark.parametrize("size", [case.LARGEST_CASE + 1, 50_000_000])
def test_a_file_too_large_for_a_case_is_not_read(size: int, known: Knowledge) -> None:
    with Path("case.yaml").open("wb") as file:
        file.truncate(size)  # a hole: no such file is ever written
    with pytest.raises(AdvisorError) as caught:
        case.read(Path("case.yaml"), known)
    assert report(caught.value.problems) == (
        "error[file-too-large]: `case.yaml` is larger than 250 kB\n --> case.yaml:1:1\n  |\n  = help: give the YAML file itself\n\n1 error"
    )
    assert case.LARGEST_CASE < LARGEST_FILE


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_nesting_too_deep_is_refused_at_once(bracket: str, known: Knowledge) -> None:
    said = said_of("client: Anna\nanswers:\n  " + bracket * (200_000 // len(bracket)), known)
    assert "error[too-deep]: more than 40 levels of nesting\n --> case.yaml:3:" in said
    assert len(said) < 20_000


# -- what does not fit the questionnaire ----------------------------------------------------------------------


ANSWER: dict[str, tuple[str, str]] = {
    "unknown question": (
        HEAD + "  guests.nmber: 3\n",
        """
        error[unknown-question]: `guests.nmber` is not a question
         --> case.yaml:4:3
          |
        4 |   guests.nmber: 3
          |   ^^^^^^^^^^^^ no question has this id
          |
          = help: write `guests.number`
        """,
    ),
    "unknown question, like no other": (
        HEAD + "  zebra: 3\n",
        """
        error[unknown-question]: `zebra` is not a question
         --> case.yaml:4:3
          |
        4 |   zebra: 3
          |   ^^^^^ no question has this id
          |
          = help: known questions: `guests.number`, `guests.kind`, `guests.wishes`, `weather.rain`
        """,
    ),
    "a fact that rules conclude": (
        HEAD + "  crowd.is_large: true\n",
        """
        error[unknown-question]: `crowd.is_large` is not a question
         --> case.yaml:4:3
          |
        4 |   crowd.is_large: true
          |   ^^^^^^^^^^^^^^ no question has this id
          |
          = help: leave it out; the rules decide it
        """,
    ),
    "unknown option": (
        HEAD + "  guests.kind: famly\n",
        """
        error[unknown-option]: `famly` is not an option of `guests.kind`
         --> case.yaml:4:16
          |
        4 |   guests.kind: famly
          |                ^^^^^ no such option
          |
          = help: write `family`
        """,
    ),
    "unknown options in a list": (
        HEAD + "  guests.wishes: [pie,\n    cake, bread]\n",
        """
        error[unknown-option]: `pie` is not an option of `guests.wishes`
         --> case.yaml:4:19
          |
        4 |   guests.wishes: [pie,
          |                   ^^^ no such option
          |
          = help: known options: `cake`, `soup`

        error[unknown-option]: `bread` is not an option of `guests.wishes`
         --> case.yaml:5:11
          |
        5 |     cake, bread]
          |           ^^^^^ no such option
          |
          = help: known options: `cake`, `soup`
        """,
    ),
    "too many options": (
        HEAD + f"  guests.wishes: [{', '.join(['cake'] * 15)}]\n",
        """
        error[bad-value]: `guests.wishes` has 2 options, but 15 values are given
         --> case.yaml:4:18
          |
        4 |   guests.wishes: [cake, cake, cake, cake, cake, cake, cake, cake, cake, cake, cake, cake, cake, cake, cake]
          |                  ^
          |
          = help: name each once
        """,
    ),
    "number too large": (
        HEAD + "  guests.number: 501\n",
        """
        error[out-of-range]: `guests.number` is 501, outside 1 to 500 guests
         --> case.yaml:4:18
          |
        4 |   guests.number: 501
          |                  ^^^
          |
          = help: write a number from 1 to 500 guests
        """,
    ),
    "number too small": (
        HEAD + "  guests.number: 0.9\n",
        """
        error[out-of-range]: `guests.number` is 0.9, outside 1 to 500 guests
         --> case.yaml:4:18
          |
        4 |   guests.number: 0.9
          |                  ^^^
          |
          = help: write a number from 1 to 500 guests
        """,
    ),
    "text for a number": (
        HEAD + "  guests.number: many\n",
        """
        error[wrong-type]: `guests.number` is a number of guests, not `many`
         --> case.yaml:4:18
          |
        4 |   guests.number: many
          |                  ^^^^
          |
          = help: write plain digits, such as 3
        """,
    ),
    "number between quotes": (
        HEAD + '  guests.number: "30"\n',
        """
        error[wrong-type]: `guests.number` is a number of guests, not `30`
         --> case.yaml:4:18
          |
        4 |   guests.number: "30"
          |                  ^^^^
          |
          = help: leave out the quotation marks
        """,
    ),
    "true for a number": (
        HEAD + "  guests.number: true\n",
        """
        error[wrong-type]: `guests.number` is a number of guests, not `true`
         --> case.yaml:4:18
          |
        4 |   guests.number: true
          |                  ^^^^
          |
          = help: write plain digits, such as 3
        """,
    ),
    "number with too many digits": (
        HEAD + "  guests.number: 3.1234567890123456\n",
        """
        error[wrong-type]: `guests.number` is a number of guests, not `3.1234567890123456`
         --> case.yaml:4:18
          |
        4 |   guests.number: 3.1234567890123456
          |                  ^^^^^^^^^^^^^^^^^^
          |
          = help: write it with at most 15 digits
        """,
    ),
    "yes for true": (
        HEAD + "  weather.rain: yes\n",
        """
        error[wrong-type]: `weather.rain` is true or false, not `yes`
         --> case.yaml:4:17
          |
        4 |   weather.rain: yes
          |                 ^^^
          |
          = help: write `true` or `false`
        """,
    ),
    "one for true": (
        HEAD + "  weather.rain: 1\n",
        """
        error[wrong-type]: `weather.rain` is true or false, not `1`
         --> case.yaml:4:17
          |
        4 |   weather.rain: 1
          |                 ^
          |
          = help: write `true` or `false`
        """,
    ),
    "a list for one": (
        HEAD + "  guests.kind: [family]\n",
        """
        error[wrong-type]: `guests.kind` has one value, not a list
         --> case.yaml:4:16
          |
        4 |   guests.kind: [family]
          |                ^
          |
          = help: keep one of them
        """,
    ),
    "a mapping for one": (
        HEAD + "  guests.kind: {family: true}\n",
        """
        error[wrong-type]: `guests.kind` takes one of its options, not a mapping
         --> case.yaml:4:16
          |
        4 |   guests.kind: {family: true}
          |                ^
          |
          = help: write one of `family`, `friends`
        """,
    ),
    "the same question twice": (
        HEAD + "  guests.number: 3\n  guests.number: 4\n",
        """
        error[repeated-key]: the key `guests.number` stands twice in one mapping
         --> case.yaml:5:3
          |
        5 |   guests.number: 4
          |   ^^^^^^^^^^^^^ again here
         ::: case.yaml:4:3
          |
        4 |   guests.number: 3
          |   ^^^^^^^^^^^^^ first here
          |
          = help: keep one of the two
        """,
    ),
    "a day that never was": (
        HEAD.replace("11-21", "02-30"),
        """
        error[bad-value]: `date` of the case: there is no such day in the calendar
         --> case.yaml:2:7
          |
        2 | date: 2026-02-30
          |       ^^^^^^^^^^
          |
          = help: write a day that there is
        """,
    ),
    "a day far away": (
        HEAD.replace("2026", "9999"),
        """
        error[bad-value]: `date` of the case: a year lies between 1800 and 2200
         --> case.yaml:2:7
          |
        2 | date: 9999-11-21
          |       ^^^^^^^^^^
          |
          = help: look for a slip in the year
        """,
    ),
    "a month": (
        HEAD.replace("-21", ""),
        """
        error[bad-value]: `date` of the case: a case has a day, such as 2026-11-21
         --> case.yaml:2:7
          |
        2 | date: 2026-11
          |       ^^^^^^^
        """,
    ),
    "a year": (
        HEAD.replace("-11-21", ""),
        """
        error[bad-value]: `date` of the case: a case has a day, such as 2026-11-21
         --> case.yaml:2:7
          |
        2 | date: 2026
          |       ^^^^
        """,
    ),
    "a day written another way": (
        HEAD.replace("2026-11-21", "21.11.2026"),
        """
        error[bad-value]: `date` of the case: a case has a day, such as 2026-11-21
         --> case.yaml:2:7
          |
        2 | date: 21.11.2026
          |       ^^^^^^^^^^
        """,
    ),
    "a day in other digits": (
        HEAD.replace("2026", "２０２６"),
        """
        error[bad-value]: `date` of the case: a case has a day, such as 2026-11-21
         --> case.yaml:2:7
          |
        2 | date: ２０２６-11-21
          |       ^^^^^^^^^^
        """,
    ),
    "no day": (
        HEAD.replace("2026-11-21", ""),
        """
        error[bad-value]: `date` of the case: a case has a day, such as 2026-11-21
         --> case.yaml:2:6
          |
        2 | date:
          |      ^
        """,
    ),
    "no date": (
        HEAD.replace("date: 2026-11-21\n", ""),
        """
        error[missing-key]: the case has no `date`
         --> case.yaml:1:1
          |
        1 | client: Anna
          | ^ `date` is required
          |
          = help: add `date:`
        """,
    ),
    "no client": (
        HEAD.replace("client: Anna\n", ""),
        """
        error[missing-key]: the case has no `client`
         --> case.yaml:1:1
          |
        1 | date: 2026-11-21
          | ^ `client` is required
          |
          = help: add `client:`
        """,
    ),
    "a client without a name": (
        HEAD.replace("Anna", '" "'),
        """
        error[bad-value]: `client` of the case: the text is empty
         --> case.yaml:1:9
          |
        1 | client: " "
          |         ^^^
          |
          = help: write one
        """,
    ),
    "a client that is a number": (
        HEAD.replace("Anna", "7"),
        """
        error[wrong-type]: `client` of the case must be text
         --> case.yaml:1:9
          |
        1 | client: 7
          |         ^
          |
          = help: put it between quotes: "7"
        """,
    ),
    "answers that are a list": (
        HEAD.replace("answers:", "answers: [a]"),
        """
        error[wrong-type]: `answers` of the case must be a mapping of keys
         --> case.yaml:3:10
          |
        3 | answers: [a]
          |          ^
          |
          = help: write `key: value` lines below it, or `{key: value}`
        """,
    ),
    "answers beside `answers`": (
        HEAD + "guests.number: 3\n",
        """
        error[unknown-key]: unknown key `guests.number` in the case
         --> case.yaml:4:1
          |
        4 | guests.number: 3
          | ^^^^^^^^^^^^^ no such key here
          |
          = help: put it below `answers:`, and indent it
        """,
    ),
    "a misspelled key": (
        HEAD.replace("answers", "anwsers"),
        """
        error[unknown-key]: unknown key `anwsers` in the case
         --> case.yaml:3:1
          |
        3 | anwsers:
          | ^^^^^^^ no such key here
          |
          = help: write `answers`
        """,
    ),
    "a key of our own": (
        HEAD + "origin: here\n",
        """
        error[unknown-key]: unknown key `origin` in the case
         --> case.yaml:4:1
          |
        4 | origin: here
          | ^^^^^^ no such key here
          |
          = help: known keys: `client`, `date`, `answers`, `advised`
        """,
    ),
}


@pytest.mark.parametrize("name", ANSWER)
def test_what_does_not_fit_is_told_with_its_place_and_mend(name: str, known: Knowledge) -> None:
    content, expected = ANSWER[name]
    assert said_of(content, known).rsplit("\n\n", 1)[0] == dedent(expected).strip()


def test_every_problem_of_a_case_is_told_at_once(known: Knowledge) -> None:
    said = said_of("client: 7\ndate: 2026-11\nanswers:\n  guests.nmber: 3\n  guests.number: 0\n  guests.kind: famly\nnotes: none\n", known)
    assert [line.split(":")[0] for line in said.splitlines() if line.startswith("error")] == [
        "error[wrong-type]",
        "error[bad-value]",
        "error[unknown-question]",
        "error[out-of-range]",
        "error[unknown-option]",
        "error[unknown-key]",
    ]
    assert said.endswith("\n\n6 errors")


@pytest.mark.parametrize("line", [lambda n: f"  q{n}: 1\n", lambda n: f"  guests.number{n}: 1\n"])
def test_a_file_of_thousands_of_faults_is_told_quickly_and_in_part(line: Callable[[int], str], known: Knowledge) -> None:
    said = said_of(HEAD + "".join(map(line, range(9000))), known)
    assert said.endswith("\n\n50 errors")


def test_what_was_advised_is_written_and_read_again_and_changes_no_answer(known: Knowledge) -> None:
    content = f"{HEAD}"
    anna = read(content, known)
    Path("kept.yaml").write_text(case.dump(anna, known, case.Advised(fingerprint="0123456789abcdef", picks={"drink": ("tea",)})), encoding="utf-8")
    again, advised = case.read_with_advice(Path("kept.yaml"), known)
    assert again == anna
    assert advised is not None
    assert (advised.fingerprint, dict(advised.picks)) == ("0123456789abcdef", {"drink": ("tea",)})
