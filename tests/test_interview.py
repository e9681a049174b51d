"""The interview: what an entry means, which question is next, and whole conversations with a scripted person."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from advisor import files, phrases
from advisor.errors import AdvisorError
from advisor.foresight.inquiry import STAGES
from advisor.inference import case
from advisor.inference.case import Case
from advisor.interview.conversation import run
from advisor.interview.questionnaire import Interview, Progress
from advisor.knowledge import source
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.language import reply
from tests import worlds

TODAY = date(2026, 11, 21)
PLANTS = Path(__file__).parent / "plants"
KNOWN = load(PLANTS / "knowledge", PLANTS / "rules")
ASKED = tuple(KNOWN.questions)  # two topics of four questions
ONE, MANY, NUMBER, FLAG = "home.light", "home.animals", "home.people", "care.forgetful"
OF_EACH_KIND = [ONE, MANY, NUMBER, FLAG]
AN_ANSWER: dict[str, tuple[str, Any]] = {ONE: ("3", "dim"), MANY: ("1 3", frozenset({"cat", "bird"})), NUMBER: ("2", 2), FLAG: ("yes", True)}
EVERY_WORD = [
    phrases.WHY,
    phrases.HELP,
    phrases.BACK,
    phrases.SKIP,
    phrases.SKIP_TOPIC,
    phrases.TOPICS,
    phrases.CLEAR,
    phrases.SAVE,
    phrases.DONE,
    phrases.QUIT,
]


def at(question: str, **answers: Any) -> Interview:
    """An interview that has these answers and has come to this question."""
    interview = Interview(KNOWN, TODAY, answers)
    interview.go_to(question)
    return interview


def here(interview: Interview) -> str | None:
    return interview.question.id if interview.question else None


# -- what an entry means --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "entry", "value"),
    [
        (ONE, "2", "bright"),
        (ONE, "bright", "bright"),
        (ONE, "  FULL   sun ", "sunny"),
        (ONE, "brig", "bright"),
        (ONE, "without", "bright"),  # a word inside the label
        (ONE, "\x1b[A\x1b[D3\x07", "dim"),  # arrow keys and a bell were typed too
        (MANY, "2", {"dog"}),
        (MANY, "1,3", {"cat", "bird"}),
        (MANY, "3  1 1", {"cat", "bird"}),
        (MANY, "cats; dogs , 3", {"cat", "dog", "bird"}),
        (MANY, "cat dog", {"cat", "dog"}),
        (MANY, "none", set()),
        (MANY, "None", set()),
        (FLAG, "y", True),
        (FLAG, "YES", True),
        (FLAG, "n", False),
        (FLAG, "no", False),
        (FLAG, "true", True),
        (NUMBER, "0", 0),
        (NUMBER, "50", 50),
        (NUMBER, "2.5", 2.5),
        (NUMBER, "2,5", 2.5),
        (NUMBER, "3.0", 3),
        (NUMBER, "1 person", 1),
        (NUMBER, "4 people", 4),
        ("care.minutes", "30 minutes", 30),
        ("care.minutes", "30 m", 30),
    ],
)
def test_entry_is_understood(question: str, entry: str, value: Any) -> None:
    interview = at(question)
    understood = interview.answer(entry)
    assert understood == (frozenset(value) if isinstance(value, set) else value)
    assert type(understood) is not float or not understood.is_integer()
    assert interview.answers == {question: understood}
    assert here(interview) != question


@pytest.mark.parametrize(
    ("question", "entry", "message"),
    [
        (ONE, "4", "“4” is not one of the answers. Type its number, from 1 to 3."),
        (ONE, "0", "“0” is not one of the answers. Type its number, from 1 to 3."),
        (ONE, "sunyn", "“sunyn” is not one of the answers. The nearest is Full sun; type 1 if you mean that."),
        (ONE, "ful snu", "“ful snu” is not one of the answers. The nearest is Full sun; type 1 if you mean that."),
        (ONE, "sun", "“sun” could be 1 Full sun or 2 Bright without sun. Type the number."),
        (ONE, "1 2", "Only one answer is possible here. Type one number, the most fitting."),
        (ONE, "l" * 99, "“" + "l" * 39 + "…” is not one of the answers. Type its number, from 1 to 3."),
        (MANY, "brids", "“brids” is not one of the answers. The nearest is Birds; type 3 if you mean that."),
        (MANY, "1, brids", "“brids” is not one of the answers. The nearest is Birds; type 3 if you mean that. Then type the whole list again."),
        (MANY, "1 2 9", "“9” is not one of the answers. Type its number, from 1 to 3. Then type the whole list again."),
        (ONE, "0" * 39 + "199", "“" + "0" * 39 + "…” is not one of the answers. Type its number, from 1 to 3."),
        (MANY, ", ;", "“, ;” is not one of the answers. Type its number, from 1 to 3."),
        (MANY, "none 1", "“none” is not one of the answers. Type its number, from 1 to 3. Then type the whole list again."),
        (FLAG, "1", "“1” is neither yes nor no. Type yes or no."),
        (FLAG, "yep", "“yep” is neither yes nor no. Type yes if you mean that."),
        (NUMBER, "two", "“two” is not a number. Type digits only, such as 3 (people)."),
        (NUMBER, "2 years", "“2 years” is not a number. Type digits only, such as 3 (people)."),
        (NUMBER, "1e1", "“1e1” is not a number. Type digits only, such as 3 (people)."),
        (NUMBER, "51", "“51” is not from 0 to 50 (people). The nearest is 50."),
        (NUMBER, "-1", "“-1” is not from 0 to 50 (people). The nearest is 0."),
        (NUMBER, "9" * 400, "“" + "9" * 39 + "…” is not from 0 to 50 (people). The nearest is 50."),
    ],
)
def test_wrong_entry_is_told_in_one_line_and_changes_nothing(question: str, entry: str, message: str) -> None:
    interview = at(question, **{NUMBER: 7, "home.country": "eu"})
    with pytest.raises(reply.NoAnswerError) as refusal:
        interview.answer(entry)
    assert str(refusal.value) == message
    assert here(interview) == question
    assert interview.answers == {NUMBER: 7, "home.country": "eu"}


@pytest.mark.parametrize(
    ("entry", "value"),
    [("1,500", 1500), ("1.500", 1500), ("1 500", 1500), ("1'500", 1500), ("1,234,567", 1234567), ("1.234,5", 1234.5), ("0.125", 0.125), ("1.23456789", 1.2346)],
)
def test_thousands_and_decimals_as_people_write_them(entry: str, value: float, tmp_path: Path) -> None:
    known = worlds.knowledge(tmp_path, [worlds.question("q", "number", min=0, max=1e9)], [worlds.rule("r", {})])
    assert reply.understood(entry, known.questions["q"]) == value


def test_labels_are_found_without_their_accents_dashes_and_quotes(tmp_path: Path) -> None:
    options = [{"id": "a", "label": "Crème, café"}, {"id": "18_24", "label": "18–24"}, {"id": "none", "label": "I’d rather not"}]
    questions = [worlds.question("one", "one", options=options), worlds.question("many", "many", options=options)]
    known = worlds.knowledge(tmp_path, questions, [worlds.rule("r", {})]).questions
    entries = {"creme, cafe": "a", "cafe": "a", "18-24": "18_24", "18_24": "18_24", "18": "18_24", "i'd rather not": "none", "none": "none"}
    assert {entry: reply.understood(entry, known["one"]) for entry in entries} == entries
    assert {entry: reply.understood(entry, known["many"]) for entry in entries} == {entry: frozenset({name}) for entry, name in entries.items()}
    assert reply.understood("18–24, café", known["many"]) == frozenset({"18_24", "a"})


@given(
    st.sampled_from(ASKED),
    st.one_of(st.text(), st.from_regex(r"[0-9., ']{1,12}( [a-z]+)?"), st.lists(st.sampled_from(["1", "2", "none", ",", "cat", "y"])).map(" ".join)),
)
def test_whatever_is_typed_is_an_answer_of_the_question_or_refused_in_one_line(question: str, entry: str) -> None:
    interview = at(question)
    try:
        value = interview.answer(entry)
    except reply.NoAnswerError as refusal:
        lines = str(refusal).splitlines()
        assert (len(lines), here(interview), interview.answers) == (1, question, {})
    else:
        checker = case.Answers(KNOWN)
        plain = [option for option in KNOWN.questions[question].options if option in value] if isinstance(value, frozenset) else value
        assert checker.read({question: plain}) == {question: value}


@pytest.mark.parametrize("question", [name for name in ASKED if KNOWN.questions[name].options])
def test_every_option_is_known_by_number_id_and_label(question: str) -> None:
    fact = KNOWN.questions[question]
    for number, option in enumerate(fact.options.values(), 1):
        for entry in (str(number), option.id, option.label, option.label.upper()):
            assert reply.understood(entry, fact) in (option.id, frozenset({option.id}))


# -- which question is next -----------------------------------------------------------------------------------


def course(interview: Interview, answers: Mapping[str, Value]) -> list[str]:
    """The questions that are asked of somebody with these answers."""
    asked = []
    while interview.question:
        asked.append(interview.question.id)
        if interview.question.id in answers:
            interview.give(answers[interview.question.id])
        else:
            interview.skip()
    return asked


def test_what_can_still_change_the_advice_is_asked_and_nothing_else() -> None:
    interview = Interview(KNOWN, TODAY)
    assert course(interview, {ONE: "dim"})[0] == ONE
    assert {"home.country", "wish.effects"} <= set(interview.idle)
    assert interview.idle == tuple(name for name in ASKED if name not in interview.answers and name not in interview.declined)
    assert interview.answers == {ONE: "dim"}
    assert (interview.topic, interview.given, interview.why, interview.stake, interview.matters) == (None, None, "", None, False)


def test_progress_tells_what_is_settled_and_at_most_how_many_questions_are_left() -> None:
    interview = Interview(KNOWN, TODAY)
    seen: list[Progress] = []
    while interview.question:
        seen.append(interview.progress)
        interview.skip()
    assert [progress.number for progress in seen] == list(range(1, len(seen) + 1))
    assert [progress.stage for progress in seen] == sorted((progress.stage for progress in seen), key=lambda stage: STAGES.index(stage or "texts"))
    for place, progress in enumerate(seen):
        assert sum(later.stage == progress.stage for later in seen[place:]) <= progress.left <= progress.left_in_all
        assert len(seen) - place <= progress.left_in_all
    assert [earlier.left_in_all > later.left_in_all for earlier, later in pairwise(seen)] == [True] * (len(seen) - 1)
    assert interview.progress == Progress(number=len(seen) + 1, questions=8, answered=0, stage=None, left=0, left_in_all=0)


def test_what_the_headline_choice_comes_to_is_told_before_it_is_settled() -> None:
    before, after = Interview(KNOWN, TODAY), Interview(KNOWN, TODAY, {ONE: "dim"})
    assert (before.settled, before.leading) == ((), ("snake_plant",))
    assert 0.5 < before.standing["snake_plant"] < 1
    assert (after.settled, after.leading) == (("plant",), ("snake_plant",))
    assert after.standing == {"snake_plant": 1}


def test_nothing_can_be_answered_when_no_question_is_left() -> None:
    interview = Interview(KNOWN, TODAY)
    asked = course(interview, {})
    with pytest.raises(LookupError):
        interview.answer("1")
    interview.skip()
    interview.skip_topic()
    assert not interview.clear()
    assert here(interview) is None
    assert interview.back()
    assert here(interview) == asked[-1]


def test_back_returns_and_keeps_what_was_entered_until_it_is_changed() -> None:
    interview = Interview(KNOWN, TODAY)
    assert not interview.back()
    interview.answer("dim")
    second = here(interview) or ""
    interview.answer("1")
    assert interview.back()
    assert here(interview) == second
    assert interview.back()
    assert (here(interview), interview.given) == (ONE, "dim")
    interview.skip()
    assert interview.answers == {ONE: "dim", second: 1}
    assert interview.back()
    interview.answer("sunny")
    assert interview.answers == {ONE: "sunny", second: 1}
    assert here(interview) == second  # the way back is the way on


def test_an_answer_that_no_longer_matters_is_kept() -> None:
    interview = Interview(KNOWN, TODAY, {"wish.effects": frozenset({"flowers"})})
    interview.go_to(ONE)
    interview.answer("dim")
    course(interview, {})
    assert interview.case("Vera", TODAY).answers == {ONE: "dim", "wish.effects": frozenset({"flowers"})}


def test_a_changed_answer_can_make_questions_matter_again() -> None:
    interview = at(ONE, **{ONE: "dim"})
    assert "wish.effects" in interview.idle
    interview.answer("sunny")
    assert "wish.effects" not in interview.idle
    assert "wish.effects" in course(interview, {})


def test_what_is_declined_is_not_asked_again_but_can_be_reached() -> None:
    interview = Interview(KNOWN, TODAY)
    interview.skip()
    assert interview.declined == {ONE}
    assert ONE not in course(interview, {})
    interview.go_to_topic(1)
    assert here(interview) == ONE
    interview.answer("1")
    assert (interview.declined & {ONE}, interview.answers) == (set(), {ONE: "sunny"})


def test_a_topic_can_be_left_out_and_returned_to() -> None:
    interview = Interview(KNOWN, TODAY)
    interview.skip_topic()
    assert interview.declined == set(ASKED[:4])
    assert interview.topic is not None
    assert interview.topic.id == "you"
    interview.back()
    assert here(interview) == ONE


def test_answer_can_be_taken_back() -> None:
    interview = at(ONE, **{ONE: "dim"})
    assert interview.clear()
    assert not interview.clear()
    assert (here(interview), interview.answers) == (ONE, {})


def test_a_topic_is_gone_through_by_what_is_open_in_it_and_matters() -> None:
    interview = at(FLAG, **{ONE: "dim"})
    interview.go_to_topic(1)
    assert [here(interview)] == [MANY]
    interview.skip()
    assert here(interview) == NUMBER
    interview.back()
    assert here(interview) == MANY
    interview.skip()
    assert here(interview) == NUMBER  # the topic goes on
    interview.skip()
    assert interview.topic is not None
    assert interview.topic.id == "you"  # the country no longer matters
    assert [(of.topic.id, of.answered, len(of.questions), of.idle) for of in interview.topics] == [("home", 1, 4, 1), ("you", 0, 4, 3)]


def test_a_topic_without_open_questions_is_gone_through_from_its_first() -> None:
    interview = Interview(KNOWN, TODAY, {"care.minutes": 5, FLAG: True, "care.experience": "never", "wish.effects": frozenset()})
    interview.go_to_topic(2)
    assert (here(interview), interview.given) == (ASKED[4], 5)
    interview.skip()
    assert here(interview) == ASKED[5]


def test_an_interview_is_continued_with_what_is_open() -> None:
    interview = Interview(KNOWN, TODAY, {NUMBER: 2, ONE: "dim"})
    assert here(interview) not in (NUMBER, ONE, None)
    assert interview.progress.answered == 2
    assert interview.back()
    assert (here(interview), interview.given) == (NUMBER, 2)


def test_the_stake_of_a_question_follows_the_answers() -> None:
    interview = at("wish.effects")
    open_ = interview.stake
    assert interview.stake is open_
    assert open_ is not None
    assert open_.decides["plant"].keys() >= {"basil", "orchid"}
    interview.go_to(ONE)
    interview.answer("dim")
    interview.go_to("wish.effects")
    assert interview.stake is not None
    assert "plant" not in interview.stake.decides
    assert not interview.matters


def test_case_holds_the_answers_in_the_order_of_the_questionnaire() -> None:
    interview = at(FLAG)
    interview.answer("yes")
    interview.go_to(ONE)
    interview.answer("1")
    made = interview.case("Vera", TODAY)
    assert made == Case("Vera", TODAY, {ONE: "sunny", FLAG: True})
    assert list(made.answers) == [ONE, FLAG]


# -- whole conversations --------------------------------------------------------------------------------------

Line = str | type[BaseException]


def talk(*lines: Line, save: Path | None = None, knowledge: Knowledge = KNOWN) -> tuple[Case | None, str]:
    """What comes of a conversation in which a person types these lines and then no more, and what they saw."""
    screen, script = io.StringIO(), list(lines)

    def ask(prompt: str) -> str:
        line: Line = script.pop(0) if script else EOFError
        if not isinstance(line, str):
            raise line
        screen.write(f"{prompt}{line}\n")
        return line

    made = run(knowledge, Console(file=screen, width=200), save, ask=ask, today=TODAY)
    assert not script, f"nobody listened to {script}"
    return made, screen.getvalue()


def go(question: str) -> list[str]:
    """What to type in order to get to this question: both topics have four."""
    topic, place = divmod(ASKED.index(question), 4)
    return ["topics", str(topic + 1), str(place + 1)]


def to(question: str) -> list[str]:
    """Enter for the name, then go to this question."""
    return ["", *go(question)]


def test_whole_interview_gives_the_case() -> None:
    made, screen = talk("Vera's hall", "3", "1 person", "yes", "", "never", "1, 3", "")
    assert made == Case("Vera's hall", TODAY, {ONE: "dim", MANY: frozenset({"cat", "bird"}), NUMBER: 1, FLAG: True, "care.experience": "never"})
    assert "8 short questions in 2 topics, at most" in screen
    assert "Question 1. Your plant is still open, most likely a snake plant or basil. At most 7 questions can still change it." in screen
    assert re.search(r"How much light does the place get\?\s+1  Full sun\s+2  Bright without sun\s+3  Little light\s+Type one number", screen)
    assert "You should buy a snake plant. That is settled: hardly any answer could still change it." in screen
    assert "Type done to see the advice now, or go on: up to 5 more questions can shape the plan." in screen
    assert "Question 2. Your plant is settled. At most 2 questions can change other decisions." in screen
    assert "You should buy a snake plant. That is settled, and so is every other decision." in screen
    assert "Question 6. Every decision is settled. At most 1 question can add to the plan." in screen
    assert "Noted: Cats, Birds." in screen
    assert "Noted: 1 person." in screen
    assert "No other question can change the advice." in screen
    assert "You answered 5 of 8 questions." in screen
    assert "We did not ask 2 questions, because no answer to them could change anything: " in screen
    assert "To keep your answers for another day, type a file name such as vera-s-hall.yaml." in screen


def test_all_may_be_skipped() -> None:
    made, screen = talk(*[""] * 7)
    assert made == Case("Your business", TODAY, {})
    assert "You answered no question" in screen


def test_what_was_settled_can_be_opened_again_and_that_is_said() -> None:
    _, screen = talk("", "3", "back", "1", EOFError)
    assert screen.count("That is settled") == 1
    assert "After that your plant is open again." in screen


def test_a_question_that_no_longer_matters_says_so() -> None:
    made, screen = talk("", "3", *go("home.country"), "why", "eu", "done", "")
    assert screen.count("Whatever you answer here, the advice stays the same.") == 2
    assert made == Case("Your business", TODAY, {ONE: "dim", "home.country": "eu"})


def test_why_tells_what_hangs_on_the_question() -> None:
    _, screen = talk("", "why", EOFError)
    assert "Light decides which plants live." in screen
    assert "It can decide between Snake plant and Basil." in screen
    assert "“Little light”: 4 points for Snake plant, and 4 points against Basil and Orchid." in screen


@pytest.mark.parametrize("question", OF_EACH_KIND)
@pytest.mark.parametrize("word", EVERY_WORD)
def test_every_word_works_at_every_kind_of_question(word: str, question: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    entry, value = AN_ANSWER[question]
    asked = KNOWN.questions[question].question
    assert asked is not None
    # answer the question, come back to it, type the word, then break off: the file shows what is left of the answer
    made, screen = talk(*to(question), entry, "back", word.upper(), save=file)
    kept = case.read(file, KNOWN).answers if file.exists() else {}
    assert "Your answer so far:" in screen
    assert kept == ({} if word == phrases.CLEAR else {question: value})
    assert made == (Case("Your business", TODAY, {question: value}) if word == phrases.DONE else None)
    after = screen.rpartition("Your answer so far:")[2]
    expected = {
        phrases.WHY: asked.why,
        phrases.HELP: asked.help or "There is no example for this question.",
        phrases.BACK: "What is the name of your business?",
        phrases.SKIP: "Question 2.",
        phrases.SKIP_TOPIC: "Question 2.",
        phrases.TOPICS: "1  Your home (",
        phrases.CLEAR: "Your answer is taken back.",
        phrases.SAVE: "Your answers are saved in",
        phrases.DONE: "You answered 1 of 8 questions.",
        phrases.QUIT: "Save your answers before you leave?",
    }
    assert expected[word] in after or expected[word] in screen.rpartition("> BACK")[2]


@pytest.mark.parametrize("question", OF_EACH_KIND)
def test_wrong_entry_is_answered_with_the_question_still_open(question: str) -> None:
    entry, value = AN_ANSWER[question]
    made, screen = talk(*to(question), "qwertz", "qwertz", entry, "done", "")
    assert made is not None
    assert made.answers == {question: value}
    assert screen.count("“qwertz” is n") == 2
    ask = KNOWN.questions[question].question.ask  # type: ignore[union-attr]
    assert screen.partition("qwertz")[2].count(ask) == 0


def test_why_and_help_show_what_the_question_says_and_all_words() -> None:
    _, screen = talk("", "why", "help", *go(NUMBER), "?", EOFError)
    assert "Light decides which plants live." in screen
    assert "A window to the south is sunny" in screen
    assert all(re.search(rf"^  {word}  ", screen, re.MULTILINE) for word in EVERY_WORD if word != phrases.SKIP)
    assert "Anything from 0 to 50 (people) is possible." in screen


def test_answer_is_changed_by_going_back() -> None:
    made, screen = talk("", "1", "back", "2", "back", "", "done", "")
    assert made is not None
    assert made.answers == {ONE: "bright"}
    assert "Your answer so far: Bright without sun. Enter keeps it, clear takes it back." in screen


def test_name_can_be_changed_and_taken_back() -> None:
    made, screen = talk("Vera", "back", "help", "why", "back", "Anna", "back", "", "back", "clear", "Olga", "1", "done", "")
    assert made == Case("Olga", TODAY, {ONE: "sunny"})
    assert "So far: Vera. Enter keeps it." in screen
    assert "This is the beginning." in screen
    assert "It stands at the top of your recommendation" in screen


@pytest.mark.parametrize(
    ("word", "seen"),
    [
        ("done", "You answered no question"),
        ("quit", "Goodbye."),
        ("skip topic", "Question 1."),
        ("topics", "2  You (0 of 4 answered)"),
        ("save", "In which file?"),
    ],
)
def test_words_work_before_the_name_is_given(word: str, seen: str) -> None:
    assert seen in talk(word)[1]


def test_topics_are_shown_and_chosen() -> None:
    made, screen = talk("", "1", "topics", "9", "two", "2", "5", "1", "15", "topics", "2", "", "y", "topics", "", "topics", "1", "2", "2", "done", "")
    assert "1  Your home (1 of 4 answered)" in screen
    assert "“9” is none of these. Type a number from 1 to 2, or Enter." in screen
    assert "“5” is none of these. Type a number from 1 to 4, or Enter." in screen
    assert "1  time for plants: not answered" in screen
    assert "1  time for plants: 15 minutes a week" in screen
    assert made is not None
    assert made.answers == {ONE: "sunny", "care.minutes": 15, FLAG: True, MANY: frozenset({"dog"})}


def test_topics_tell_what_is_no_longer_needed() -> None:
    _, screen = talk("", "3", "topics", "1", "back", EOFError)
    assert "Your home (1 of 4 answered, 1 no longer needed)" in screen
    assert "4  country: no longer needed" in screen
    assert screen.count("How many people can water the plant?") == 2  # `back` left the list, and the question was shown again


def test_a_topic_left_out_is_not_asked_but_can_be_chosen() -> None:
    made, screen = talk("", "1", "skip topic", "skip topic", "back", "back", "topics", "2", "1", "10", "done")
    assert made is not None
    assert made.answers == {ONE: "sunny", "care.minutes": 10}
    assert re.search(r"Question \d\. No other question can change the advice\.", screen)


def test_names_and_labels_are_shown_as_they_are() -> None:
    made, screen = talk("[bold]Ben & {Jo}[/bold]", "back", "", "1", EOFError)
    assert made is None
    assert "So far: [bold]Ben & {Jo}[/bold]. Enter keeps it." in screen
    assert "advisor ask --save bold-ben-jo-bold.yaml" in screen


def test_bytes_that_are_no_text_are_asked_for_again() -> None:
    class Garbled(UnicodeDecodeError):
        def __init__(self) -> None:
            super().__init__("utf-8", b"\xff", 0, 1, "invalid start byte")

    made, screen = talk(Garbled, "caf\udce9", "1", "done", "")
    assert made == Case("caf?", TODAY, {ONE: "sunny"})
    assert "could not be read" in screen


def test_knowledge_without_questions_is_no_reason_to_stumble(tmp_path: Path) -> None:
    made, screen = talk("back", "topics", "", knowledge=worlds.knowledge(tmp_path, [], [worlds.rule("r", {})]))
    assert made == Case("Your business", TODAY, {})
    assert "0 short questions in 0 topics" in screen


# -- leaving and saving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
@pytest.mark.parametrize("question", OF_EACH_KIND)
def test_breaking_off_keeps_the_answers_in_the_file(end: type[BaseException], question: str, tmp_path: Path) -> None:
    file = tmp_path / "my case.yaml"
    entry, value = AN_ANSWER[question]
    made, screen = talk(*to(question), entry, end, save=file)
    assert made is None
    assert case.read(file, KNOWN) == Case("Your business", TODAY, {question: value})
    assert f"Your answers are saved in {file}." in screen
    assert f"advisor ask --save '{file}'" in screen
    assert [path.name for path in tmp_path.iterdir()] == ["my case.yaml"]


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_breaking_off_without_a_file_tells_how_to_save_next_time(end: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made, screen = talk("Bakery on the corner", "1", end)
    assert made is None
    assert "Your answers were not saved. Next time, begin with this" in screen
    assert "  advisor ask --save bakery-on-the-corner.yaml" in screen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
@pytest.mark.parametrize("lines", [[], ["Vera"], ["Vera", "", "1", "back", "clear"]])
def test_breaking_off_with_nothing_answered_writes_nothing(lines: list[str], end: type[BaseException], tmp_path: Path) -> None:
    made, screen = talk(*lines, end, save=tmp_path / "case.yaml")
    assert made is None
    assert list(tmp_path.iterdir()) == []
    assert "You had not answered anything yet" in screen


@pytest.mark.parametrize("lines", [["quit"], ["save"], ["topics"], ["done"], ["quit", "yes"], ["quit", "help"]])
def test_breaking_off_at_a_prompt_between_the_questions(lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made, screen = talk("", "1", *lines, KeyboardInterrupt)
    assert made is None
    assert "Your answers were not saved." in screen
    assert list(tmp_path.iterdir()) == []


def test_who_types_no_more_at_the_end_gets_the_recommendation() -> None:
    made, _ = talk("Vera", "1", "done", EOFError)
    assert made == Case("Vera", TODAY, {ONE: "sunny"})


def test_done_saves_where_the_person_said(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    made, screen = talk("Vera", "1", "done", save=file)
    assert made == case.read(file, KNOWN) == Case("Vera", TODAY, {ONE: "sunny"})
    assert f"Your answers are saved in {file}." in screen


def test_file_can_be_named_in_the_midst_and_the_question_is_shown_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made, screen = talk("Café Ö", "1", "save", "", "2", "done")
    assert made == case.read(Path("café-ö.yaml"), KNOWN) == Case("Café Ö", TODAY, {ONE: "sunny", "home.country": "us"})
    assert screen.count("Where do you live?") == 2
    assert screen.count("Your answers are saved in café-ö.yaml.") == 2  # and once more at the end, without asking


def test_file_named_is_kept_in_mind_and_gets_its_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    talk("", "1", "save", "~/first", "2", KeyboardInterrupt)
    assert case.read(tmp_path / "first.yaml", KNOWN).answers == {ONE: "sunny", "home.country": "us"}


@pytest.mark.parametrize(
    ("word", "seen"),
    [
        ("back", "Where do you live?"),
        ("help", "The file holds your answers"),
        ("topics", "1  Your home"),
        ("done", "You answered 1 of 8"),
        ("quit", "Save your"),
    ],
)
def test_words_work_where_a_file_is_asked_for(word: str, seen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, screen = talk("", "1", "save", word, EOFError)
    assert seen in screen.partition("In which file?")[2]
    assert list(tmp_path.iterdir()) == []


def test_other_files_are_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    other = Path("other.yaml")
    talk("Anna", "2", "done", save=other)
    before = other.read_text(encoding="utf-8")
    made, screen = talk("Vera", "1", "save", "other.yaml", "back", "done", "other", "mine", save=None)
    assert other.read_text(encoding="utf-8") == before
    assert case.read(Path("mine.yaml"), KNOWN) == made
    assert screen.count("Other.yaml is there already, so it was left as it is. Type another name.") == 2


def test_file_that_appeared_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"

    class Meanwhile(EOFError):
        def __init__(self) -> None:
            file.write_text("theirs", encoding="utf-8")

    made, screen = talk("Vera", "1", Meanwhile, save=file)
    assert made is None
    assert file.read_text(encoding="utf-8") == "theirs"
    assert "copy them into a file of your own:\nclient: Vera\n" in screen


def test_quit_offers_to_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made, screen = talk("Vera", "1", "quit", "perhaps", "y", "kept")
    assert made is None
    assert case.read(Path("kept.yaml"), KNOWN).answers == {ONE: "sunny"}
    assert "“perhaps” is neither yes nor no." in screen
    assert screen.endswith("Goodbye.\n")


@pytest.mark.parametrize("no", ["no", "n", "quit", "exit"])
def test_quit_takes_no_for_an_answer(no: str, tmp_path: Path) -> None:
    made, screen = talk("", "1", "exit", no, save=tmp_path / "case.yaml")
    assert made is None
    assert list(tmp_path.iterdir()) == []
    assert screen.endswith("Goodbye.\n")


@pytest.mark.parametrize("yes", ["", "yes", "save"])
def test_quit_saves_where_the_person_said(yes: str, tmp_path: Path) -> None:
    talk("", "1", "quit", yes, save=tmp_path / "case.yaml")
    assert case.read(tmp_path / "case.yaml", KNOWN).answers == {ONE: "sunny"}


def test_quit_can_be_taken_back_and_asks_nothing_when_nothing_is_lost(tmp_path: Path) -> None:
    made, screen = talk("", "1", "quit", "back", "2", "save", "quit", save=tmp_path / "case.yaml")
    assert made is None
    assert screen.count("Save your answers before you leave?") == 1
    assert "Save your answers" not in talk("Vera", "", "quit")[1]


def test_interview_continues_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    talk("Vera", "1", *go(NUMBER), "3", KeyboardInterrupt, save=file)
    made, screen = talk("eu", "back", "us", "done", save=file)
    assert made == case.read(file, KNOWN) == Case("Vera", TODAY, {ONE: "sunny", NUMBER: 3, "home.country": "us"})
    assert f"We continue with {file}: Vera, 2 of 8 questions answered." in screen
    assert "What is the name" not in screen


def test_continuing_without_a_change_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("# mine\nclient: Vera\ndate: 2020-02-02\nanswers: {home.light: dim}\n", encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    made, screen = talk(EOFError, save=file)
    assert made is None
    assert "nothing has changed since they were saved" in screen
    assert talk("done", save=file)[0] == Case("Vera", TODAY, {ONE: "dim"})  # advice is for today
    assert file.read_text(encoding="utf-8") == before


def test_taking_back_the_last_answer_is_a_change(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    talk("Vera", "1", EOFError, save=file)
    talk("back", "clear", EOFError, save=file)
    assert case.read(file, KNOWN) == Case("Vera", TODAY, {})


def test_complete_case_can_be_gone_through_again(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    answers = {ONE: "dim", MANY: "[]", NUMBER: "1", "home.country": "eu", "care.minutes": "30", FLAG: "false", "care.experience": "long", "wish.effects": "[]"}
    lines = "".join(f"  {name}: {value}\n" for name, value in answers.items())
    file.write_text(f"client: Vera\ndate: 2026-11-21\nanswers:\n{lines}", encoding="utf-8")
    made, screen = talk("1", "2", "2", save=file)
    assert "Vera, 8 of 8 questions answered" in screen
    assert "4  country: European Union" in screen
    assert made is not None
    assert made.answers[MANY] == frozenset({"dog"})
    assert made == case.read(file, KNOWN)


def test_empty_file_is_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.touch()
    talk("Vera", "1", EOFError, save=file)
    assert case.read(file, KNOWN).client == "Vera"


# -- files that will not do -----------------------------------------------------------------------------------


def nowhere(folder: Path) -> Path:
    return folder / "no" / "such" / "case.yaml"


def folder_itself(folder: Path) -> Path:
    return folder


def below_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "case.yaml"


def read_only(folder: Path) -> Path:
    file = folder / "case.yaml"
    file.write_text("client: x\ndate: 2026-11-21\n", encoding="utf-8")
    file.chmod(0o444)
    return file


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def link_to_itself(folder: Path) -> Path:
    (folder / "link").symlink_to(folder / "link")
    return folder / "link"


@pytest.mark.parametrize("bad", [nowhere, folder_itself, below_a_file, read_only, pipe, link_to_itself])
def test_file_that_cannot_be_written_is_refused_before_the_first_question(bad: Callable[[Path], Path], tmp_path: Path) -> None:
    file = bad(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(AdvisorError) as refusal:
        talk(save=file)
    assert [problem.code for problem in refusal.value.problems] == ["unwritable-file"]
    assert refusal.value.problems[0].helps
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("text", ["Dear diary", "- a\n- b\n", "client: x\n", "client: x\ndate: 2026-11-21\nanswers: {nobody: 1}\n", "a: [\n", "\n\n"])
def test_file_that_is_not_ours_is_refused_and_left_as_it_is(text: str, tmp_path: Path) -> None:
    file = tmp_path / "diary.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AdvisorError) as refusal:
        talk(save=file)
    assert "not-a-case" in [problem.code for problem in refusal.value.problems]
    assert file.read_text(encoding="utf-8") == text


def test_disk_that_fails_leaves_the_old_file_whole_and_shows_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    talk("Vera", "1", EOFError, save=file)
    before = file.read_text(encoding="utf-8")

    def full(*paths: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("advisor.files.os.replace", full)
    _, screen = talk("2", "save", "back", *go("care.minutes"), "3", KeyboardInterrupt, save=file)
    assert f"Cannot write `{file}`: no space left on device. Give another name, in a folder where you may write." in screen
    assert "client: Vera\ndate: '2026-11-21'\nanswers:\n  home.light: sunny\n  home.country: us\n  care.minutes: 3\n" in screen
    assert file.read_text(encoding="utf-8") == before
    assert list(tmp_path.iterdir()) == [file]


def test_disk_that_fails_at_the_end_asks_for_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "gone" / "case.yaml"
    file.parent.mkdir()

    class Gone(UnicodeDecodeError):
        def __init__(self) -> None:
            super().__init__("utf-8", b"\xff", 0, 1, "and the folder is gone")
            file.parent.rmdir()

    monkeypatch.chdir(tmp_path)
    made, screen = talk("Vera", "1", Gone, "done", "yes", "", save=file)
    assert "Make the folder first, or give another name." in screen
    assert case.read(tmp_path / "vera.yaml", KNOWN) == made


def test_written_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    file, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    files.write(link, "new\n")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new\n"
    assert file.stat().st_mode & 0o777 == 0o640


@given(st.text(), st.dictionaries(st.sampled_from(OF_EACH_KIND), st.none()))
def test_whatever_the_name_is_the_file_can_be_read_again(name: str, answered: dict[str, None]) -> None:
    answers = {question: AN_ANSWER[question][1] for question in answered}
    made = Case(reply.tidy(name) or phrases.NO_NAME, TODAY, answers)
    text = case.dump(made, KNOWN)
    root = source.parse(text, "case.yaml").root
    assert isinstance(root, dict)
    assert (root["client"], root["answers"].keys()) == (made.client, answers.keys())


@pytest.mark.parametrize("stdin", ["Vera\n1\n2\n", "Vera\n1\n2\ndone\n"])
def test_answers_can_come_from_a_pipe(stdin: str, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from rich.console import Console; from advisor.knowledge.load import load;"
        "from advisor.interview.conversation import run;"
        f"known = load(Path({str(PLANTS / 'knowledge')!r}), Path({str(PLANTS / 'rules')!r}));"
        "made = run(known, Console(stderr=True), Path('case.yaml')); print(made and made.client)"
    )
    environment = os.environ | {"PYTHONPATH": str(PLANTS.parent.parent)}
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, input=stdin, capture_output=True, text=True, check=True)
    assert ran.stdout == ("Vera\n" if "done" in stdin else "None\n")
    assert "> " in ran.stderr
    assert case.read(tmp_path / "case.yaml", KNOWN).answers == {ONE: "sunny", "home.country": "us"}
