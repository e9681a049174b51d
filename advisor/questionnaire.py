"""The state of one interview: the answers so far, and which question is next.

Is told what a person typed; prints nothing, reads nothing, saves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisor import reply, written
from advisor.case import Case
from advisor.condition import Value
from advisor.knowledge import Fact, Knowledge


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the interview is: question 7 of 53, topic 2 of 7; numbers count from 1."""

    question: int
    questions: int
    topic: int
    topics: int
    answered: int


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """How much of a topic is answered."""

    topic: written.Topic
    answered: int
    questions: int


class Interview:
    """Answers so far and the question at hand; the order is that of the questionnaire, topic by topic."""

    def __init__(self, knowledge: Knowledge, answers: Mapping[str, Value] | None = None) -> None:
        self.answers: dict[str, Value] = dict(answers or {})
        self._questions = tuple(knowledge.questions.values())
        self._topic_of = knowledge.topic_of
        asked = {self._topic_of[question.id] for question in self._questions}
        self._topics = tuple(topic for topic in knowledge.topics if topic.id in asked)
        self._position = self._first_open()
        self._visited: list[int] = []

    @property
    def question(self) -> Fact | None:
        """The question at hand; nothing once all have been asked."""
        return self._questions[self._position] if self._position < len(self._questions) else None

    @property
    def topic(self) -> written.Topic | None:
        """The topic of the question at hand."""
        question = self.question
        return next((topic for topic in self._topics if question and topic.id == self._topic_of[question.id]), None)

    @property
    def given(self) -> Value | None:
        """The answer that the question at hand has already."""
        return self.answers.get(self.question.id) if self.question else None

    @property
    def progress(self) -> Progress:
        """How far the interview is; after the last question it stands at the last."""
        last = len(self._questions)
        topic = self._topics.index(self.topic) + 1 if self.topic else len(self._topics)
        return Progress(min(self._position + 1, last), last, topic, len(self._topics), len(self.answers))

    @property
    def topics(self) -> tuple[TopicProgress, ...]:
        """Every topic with how much of it is answered, in order."""
        return tuple(self._progress_of(topic) for topic in self._topics)

    def answer(self, entry: str) -> Value:
        """Take what was typed as the answer and go on. Raises NoAnswerError, and stays, if it is none.

        Raises LookupError behind the last question.
        """
        question = self.question
        if question is None:
            raise LookupError("every question has been asked")
        value = reply.understood(reply.tidy(entry), question)
        self.answers[question.id] = value
        self._go(self._position + 1)
        return value

    def skip(self) -> None:
        """Go on; an answer given before is kept, without one the question stays unknown."""
        if self.question:
            self._go(self._position + 1)

    def clear(self) -> bool:
        """Take the answer to the question at hand back and stay; false if there was none."""
        return self.question is not None and self.answers.pop(self.question.id, None) is not None

    def skip_topic(self) -> None:
        """Go to the first question of the next topic."""
        if self.question:
            topic, later = self._topic_of[self.question.id], range(self._position, len(self._questions))
            self._go(next((place for place in later if self._topic_of[self._questions[place].id] != topic), len(self._questions)))

    def go_to_topic(self, number: int) -> None:
        """Go to the first open question of this topic, counted from 1, or to its first if all are answered."""
        topic = self._topics[number - 1].id
        places = [place for place, question in enumerate(self._questions) if self._topic_of[question.id] == topic]
        self._go(next((place for place in places if self._questions[place].id not in self.answers), places[0]))

    def back(self) -> bool:
        """Return to the question that was asked before this one; false if there is none. No answer is lost."""
        if not self._visited and self._position == 0:
            return False
        self._position = self._visited.pop() if self._visited else self._position - 1
        return True

    def case(self, client: str, day: date) -> Case:
        """The answers so far as a case."""
        return Case(client, day, {question.id: self.answers[question.id] for question in self._questions if question.id in self.answers})

    def _go(self, position: int) -> None:
        self._visited.append(self._position)
        self._position = position

    def _first_open(self) -> int:
        """Behind the last answer; if that was the last question, the first that was skipped; if none was, the first of all."""
        open_ = [place for place, question in enumerate(self._questions) if question.id not in self.answers]
        behind = len(self._questions) - next((n for n, question in enumerate(reversed(self._questions)) if question.id in self.answers), len(self._questions))
        return behind if behind < len(self._questions) else next(iter(open_), 0)

    def _progress_of(self, topic: written.Topic) -> TopicProgress:
        questions = [question for question in self._questions if self._topic_of[question.id] == topic.id]
        return TopicProgress(topic, sum(question.id in self.answers for question in questions), len(questions))
