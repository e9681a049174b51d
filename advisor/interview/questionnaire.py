"""The state of one interview: the answers so far, the question at hand, and how much is settled.

Asks what can still change the advice, as `inquiry` plans it, unless the person goes elsewhere. Is told what a person typed or chose;
prints nothing, reads nothing, saves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisor.foresight.inquiry import STAGES, Inquiry, Stage, inquirer_for
from advisor.inference.case import Case
from advisor.knowledge import written
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact, Knowledge
from advisor.language import reply
from advisor.reasoning.stakes import Stake, stake

LIKELY = 0.5  # an option picked for a larger share of possible clients is what the headline choice comes to as far as known


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the interview is.

    `number`: the question at hand is the so-manieth that was shown. `stage`: what is asked next is asked for the sake of this; nothing
    if nothing matters any more. `left`: at most so many questions can still be asked for the sake of it; `left_in_all`: at most so
    many can be asked at all. Both only ever shrink while answers are added.
    """

    number: int
    questions: int
    answered: int
    stage: Stage | None
    left: int
    left_in_all: int


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """A topic with its questions: those answered, and those left open that no longer matter."""

    topic: written.Topic
    questions: tuple[Fact, ...]
    answered: int
    idle: int


class Interview:
    """One interview on one day. `answers` holds all that was entered, whether it still matters or not; `declined` what nobody knows."""

    def __init__(self, knowledge: Knowledge, day: date, answers: Mapping[str, Value] | None = None) -> None:
        self.answers: dict[str, Value] = dict(answers or {})
        self.declined: set[str] = set()
        self._knowledge, self._day = knowledge, day
        self._visited = [name for name in knowledge.questions if name in self.answers]
        self._here: str | None = None  # where the person went; nothing while we lead
        self._tour: list[str] = []  # where the person goes next
        self._last = self._visited[-1] if self._visited else None
        self._inquiry: Inquiry | None = None
        self._stake: tuple[str, Stake] | None = None

    # -- what is asked --------------------------------------------------------------------------------------------

    @property
    def inquiry(self) -> Inquiry:
        """What matters, as far as the answers go: worked out once after each."""
        if self._inquiry is None:
            topic = self._knowledge.topic_of[self._last] if self._last else None
            self._inquiry = inquirer_for(self._knowledge, self._day).inquire(self.answers, frozenset(self.declined), topic)
        return self._inquiry

    @property
    def question(self) -> Fact | None:
        """The question at hand; nothing if no other could still change what the client is told."""
        name = self._here or self.inquiry.question
        return self._knowledge.questions[name] if name else None

    @property
    def topic(self) -> written.Topic | None:
        """The topic of the question at hand."""
        question = self.question
        return next((topic for topic in self._knowledge.topics if question and topic.id == self._knowledge.topic_of[question.id]), None)

    @property
    def given(self) -> Value | None:
        """The answer that the question at hand has already."""
        return self.answers.get(self.question.id) if self.question else None

    @property
    def matters(self) -> bool:
        """Whether an answer to the question at hand can still change anything; so it is of one answered before."""
        return self.question is not None and self.question.id not in self.inquiry.idle

    @property
    def why(self) -> str:
        """Why the question at hand is asked, in the words of its author."""
        return self.question.question.why if self.question and self.question.question else ""

    @property
    def stake(self) -> Stake | None:
        """What hangs on the question at hand."""
        if self.question is None:
            return None
        if self._stake is None or self._stake[0] != self.question.id:
            self._stake = self.question.id, stake(self._knowledge, self.case("", self._day), self.question.id, frozenset(self.declined))
        return self._stake[1]

    # -- how far it is --------------------------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """How far the interview is."""
        matter, stage = self.inquiry.matter, self.inquiry.stage
        visited = list(dict.fromkeys(self._visited))
        here = self.question.id if self.question else None
        return Progress(
            number=visited.index(here) + 1 if here in visited else len(visited) + 1,
            questions=len(self._knowledge.questions),
            answered=len(self.answers),
            stage=stage,
            left=sum(len(matter[each]) for each in STAGES[: STAGES.index(stage) + 1]) if stage else 0,
            left_in_all=sum(map(len, matter.values())),
        )

    @property
    def standing(self) -> Mapping[str, float]:
        """For what share of the clients that this one may yet turn out to be each option of the headline choice is picked, largest first."""
        return self.inquiry.standing

    @property
    def leading(self) -> tuple[str, ...]:
        """What the headline choice comes to for most of them; nothing if that is nothing, or quite open."""
        return tuple(option for option, share in self.standing.items() if share > LIKELY)

    @property
    def settled(self) -> tuple[str, ...]:
        """The choices that come out the same for practically all of them; none before the headline choice is."""
        return self.inquiry.settled

    @property
    def idle(self) -> tuple[str, ...]:
        """The open questions that can no longer change anything."""
        return self.inquiry.idle

    @property
    def topics(self) -> tuple[TopicProgress, ...]:
        """Every topic that has questions, with how much of it is answered, in order."""
        return tuple(progress for topic in self._knowledge.topics if (progress := self._progress_of(topic)).questions)

    def _progress_of(self, topic: written.Topic) -> TopicProgress:
        questions = tuple(question for name, question in self._knowledge.questions.items() if self._knowledge.topic_of[name] == topic.id)
        answered = [question for question in questions if question.id in self.answers]
        idle = [question for question in questions if question.id in self.idle]
        return TopicProgress(topic, questions, len(answered), len(idle))

    def case(self, client: str, day: date) -> Case:
        """The answers so far as a case."""
        return Case(client, day, {name: self.answers[name] for name in self._knowledge.questions if name in self.answers})

    # -- answering ------------------------------------------------------------------------------------------------

    def answer(self, entry: str) -> Value:
        """Take what was typed as the answer and go on. Raises NoAnswerError, and stays, if it is none.

        Raises LookupError if there is no question.
        """
        return self.give(reply.understood(reply.tidy(entry), self._asked()))

    def give(self, value: Value) -> Value:
        """Take a value as the answer and go on. Raises LookupError if there is no question."""
        name = self._asked().id
        self.answers[name] = value
        self.declined.discard(name)
        self._go_on(name)
        return value

    def skip(self) -> None:
        """Go on; an answer given before is kept, without one the question stays unknown and is not asked again."""
        if self.question:
            name = self.question.id
            self.declined |= {name} - self.answers.keys()
            self._go_on(name)

    def skip_topic(self) -> None:
        """Leave the topic of the question at hand; what is open in it stays unknown and is not asked again."""
        if self.question:
            name = self.question.id
            topic = self._questions_of(self._knowledge.topic_of[name])
            self.declined |= set(topic) - self.answers.keys()
            self._tour = [each for each in self._tour if each not in topic]
            self._go_on(name)

    def clear(self) -> bool:
        """Take the answer to the question at hand back and stay; false if there was none."""
        if self.question is None or self.question.id not in self.answers:
            return False
        self._here = self.question.id
        del self.answers[self._here]
        self._changed()
        return True

    # -- going elsewhere ------------------------------------------------------------------------------------------

    def back(self) -> bool:
        """Return to the question that was asked before this one; false if there is none. No answer is lost."""
        if not self._visited:
            return False
        if self._here:
            self._tour.insert(0, self._here)
        self._here = self._visited.pop()
        return True

    def go_to(self, name: str) -> None:
        """Go to any question, answered or not; after it we lead again."""
        self._tour, self._here = [], name

    def go_to_topic(self, number: int) -> None:
        """Go through the open questions of this topic, counted from 1, first those that matter; if all are answered, through all."""
        names = [question.id for question in self.topics[number - 1].questions]
        open_ = [name for name in names if name not in self.answers]
        self._tour = [name for name in open_ if name not in self.idle] or open_ or names
        self._here = self._tour.pop(0)

    # -- within ---------------------------------------------------------------------------------------------------

    def _asked(self) -> Fact:
        if self.question is None:
            raise LookupError("no question is at hand")
        return self.question

    def _questions_of(self, topic: str) -> tuple[str, ...]:
        return tuple(name for name in self._knowledge.questions if self._knowledge.topic_of[name] == topic)

    def _go_on(self, name: str) -> None:
        self._visited.append(name)
        self._last = name
        self._here = self._tour.pop(0) if self._tour else None
        self._changed()

    def _changed(self) -> None:
        self._inquiry = self._stake = None
