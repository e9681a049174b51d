"""Asks a person, one question at a time, in the terminal.

Talks and listens. What an entry means it leaves to `reply`, which question is next to `questionnaire`, what hangs on it to `stakes`,
the file to `keep`; its texts stand in `phrases`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from advisor import phrases, words
from advisor.foresight.inquiry import STAGES
from advisor.inference.case import Case
from advisor.interview.keep import ElsewhereError, Keeper
from advisor.interview.questionnaire import Interview, TopicProgress
from advisor.interview.terminal import Ask, Terminal, typed
from advisor.knowledge.model import Fact, Knowledge
from advisor.language import reply, values
from advisor.language.english import as_sentence, picked_text
from advisor.reasoning import stakes

__all__ = ["Interview", "run"]

MOST_LIKELY = 2  # options that are named as long as the headline choice is open


def run(knowledge: Knowledge, console: Console, save: Path | None = None, *, ask: Ask = typed, today: date | None = None) -> Case | None:
    """Interview a person; nothing if they leave before they are through.

    Raises AdvisorError, before the first question, if `save` is a file that holds no case or cannot be written.
    """
    conversation = _Conversation(knowledge, Terminal(console, ask), save, today or datetime.now().astimezone().date())
    try:
        return conversation.hold()
    except (KeyboardInterrupt, EOFError):
        conversation.break_off()
        return None


class _Conversation:
    """One person at one terminal."""

    def __init__(self, knowledge: Knowledge, terminal: Terminal, save: Path | None, today: date) -> None:
        self._knowledge, self._terminal, self._today = knowledge, terminal, today
        self._keeper = Keeper(knowledge, terminal, save)
        earlier = self._keeper.earlier
        self._client = earlier.client if earlier else ""
        self._named = earlier is not None
        self._interview = Interview(knowledge, today, earlier.answers if earlier else None)
        self._done = self._left = False
        self._heading = ""
        self._news: tuple[int, tuple[str, ...]] = (0, ())  # how much the person knows to be settled, and to what

    # -- the course of it ---------------------------------------------------------------------------------------

    def hold(self) -> Case | None:
        """Ask until the person is through, done or gone."""
        self._greet()
        word = phrases.TOPICS if self._keeper.earlier and not self._interview.question else None  # nothing to ask, but much to change
        while not self._left:
            try:
                if word:
                    now, word = word, None
                    self._obey(now)
                elif not self._named:
                    self._ask_name()
                elif self._interview.question and not self._done:
                    self._ask(self._interview.question)
                else:
                    return self._finish()
            except ElsewhereError as elsewhere:
                word, self._done = self._after(elsewhere.word), False
        return None

    def break_off(self) -> None:
        """Let a person go who leaves without a word."""
        self._terminal.gap()
        self._keeper.break_off(self._case())

    def _after(self, word: str) -> str | None:
        """What to do at the questions when a prompt between them was left with this word."""
        if word in (phrases.SAVE, phrases.DONE, phrases.QUIT, phrases.TOPICS):
            return word
        return phrases.BACK if word == phrases.BACK and self._named and not self._interview.question else None

    def _case(self) -> Case:
        return self._interview.case(self._client or phrases.NO_NAME, self._today)

    def _greet(self) -> None:
        progress, earlier = self._interview.progress, self._keeper.earlier
        self._terminal.show(self._knowledge.base.title, style="bold")
        if earlier:
            self._terminal.say(phrases.CONTINUED, file=self._keeper.file, client=earlier.client, **asdict(progress))
        else:
            topics = phrases.topics(len(self._interview.topics))
            self._terminal.say(phrases.GREETING, questions=phrases.short_questions(progress.left_in_all), topics=topics)
        self._terminal.show(phrases.GREETING_WORDS)

    def _finish(self) -> Case:
        """Keep the answers, or offer to, and hand them over."""
        progress = self._interview.progress
        self._terminal.gap()
        if not self._done:
            self._terminal.show(phrases.NO_OTHER_QUESTION)
        self._terminal.say(phrases.ANSWERED if progress.answered else phrases.ANSWERED_NONE, **asdict(progress))
        if idle := self._interview.idle:
            names = values.every(self._knowledge.questions[name].name for name in idle)
            self._terminal.say(phrases.not_asked(len(idle)), number=len(idle), names=names)
        with contextlib.suppress(EOFError):  # who types no more has said all that was asked
            self._keeper.offer_at_end(self._case())
        self._terminal.gap()
        return self._case()

    # -- the name and the questions -----------------------------------------------------------------------------

    def _ask_name(self) -> None:
        self._terminal.gap()
        self._terminal.show(phrases.NAME, style="bold")
        self._terminal.say(phrases.NAME_SO_FAR if self._client else phrases.NAME_HINT, client=self._client)
        while not (self._named or self._left):
            entry = self._terminal.hear()
            word = phrases.COMMANDS.get(entry.casefold()) if entry else phrases.SKIP
            if word is None:
                self._client, self._named = entry, True
            else:
                self._obey(word)

    def _ask(self, question: Fact) -> None:
        """Show the question and listen until it is answered or left."""
        self._show(question)
        while self._interview.question is question and self._named and not (self._done or self._left):
            entry = self._terminal.hear()
            word = phrases.COMMANDS.get(entry.casefold()) if entry else phrases.SKIP
            if word is None:
                self._take(entry, question)
                continue
            self._obey(word)
            if word in (phrases.SAVE, phrases.TOPICS):
                return  # much was said in between: the question is shown again

    def _show(self, question: Fact) -> None:
        topic, given = self._interview.topic, self._interview.given
        self._tell_news()
        self._terminal.gap()
        if topic and topic.title != self._heading:
            self._heading = topic.title
            self._terminal.heading(topic.title)
        self._terminal.show(self._progress(), style="dim")
        self._terminal.show(question.question.ask if question.question else question.name, style="bold")
        if question.options:
            self._terminal.numbered([(option.label, option.help) for option in question.options.values()])
        if not self._interview.matters:
            self._terminal.show(phrases.IDLE, style="dim")
        if given is None:
            self._terminal.say(phrases.HOW_TO_ANSWER[question.kind], style="dim", unit=question.unit)
        else:
            self._terminal.say(phrases.ANSWER_SO_FAR, answer=values.answer_text(question, given))

    def _progress(self) -> str:
        """How far we are, and how many questions there can still be at most."""
        progress, choice = self._interview.progress, self._knowledge.choices[self._knowledge.base.headline]
        options = values.some(choice.options[option].said for option in list(self._interview.standing)[:MOST_LIKELY])
        template = {
            "headline": phrases.MOST_LIKELY if options else phrases.STILL_OPEN,
            "choices": phrases.HEADLINE_SETTLED,
            "texts": phrases.ALL_SETTLED,
            None: phrases.NOTHING_LEFT,
        }[progress.stage]
        text = template.format(number=progress.number, name=choice.name, options=options)
        return words.SENTENCES.format(first=text, next=phrases.left(progress.stage, progress.left)) if progress.stage else text

    def _tell_news(self) -> None:
        """Say once that the headline choice is settled, and once that all are; and if an answer opens it again."""
        progress, headline = self._interview.progress, self._knowledge.base.headline
        settled = STAGES.index(progress.stage) if progress.stage else len(STAGES)
        news = settled, self._interview.leading if settled else ()
        if news[0] < self._news[0] and not settled:
            self._terminal.say(phrases.OPEN_AGAIN, name=self._knowledge.choices[headline].name)
        if settled and (settled > self._news[0] or news[1] != self._news[1]):
            decision = decided(headline, self._interview.leading, self._knowledge)
            self._terminal.gap()
            self._terminal.good((phrases.IS_SETTLED if progress.stage == "choices" else phrases.ARE_SETTLED).format(decision=decision))
            if progress.stage:
                self._terminal.show(phrases.go_on(progress.left_in_all))
        self._news = news

    def _take(self, entry: str, question: Fact) -> None:
        try:
            value = self._interview.answer(entry)
        except reply.NoAnswerError as reason:
            self._terminal.wrong(str(reason))
        else:
            self._terminal.good(phrases.NOTED.format(answer=values.answer_text(question, value)))

    # -- words that work at every prompt ------------------------------------------------------------------------

    def _obey(self, word: str) -> None:
        match word:
            case phrases.HELP | phrases.WHY:
                self._explain(word)
            case phrases.SAVE:
                self._keeper.save(self._case())
            case phrases.DONE:
                self._named = self._done = True
            case phrases.QUIT:
                self._keeper.offer_before_leaving(self._case())
                self._terminal.show(phrases.GOODBYE)
                self._left = True
            case phrases.TOPICS:
                self._named = True
                self._choose_topic()
            case _ if self._named:
                self._move(word)
            case _:
                self._move_from_name(word)

    def _move(self, word: str) -> None:
        """Go from one question to another, or take an answer back."""
        match word:
            case phrases.SKIP:
                self._interview.skip()
            case phrases.SKIP_TOPIC:
                self._interview.skip_topic()
            case phrases.BACK:
                self._named = self._interview.back()
            case phrases.CLEAR:
                self._terminal.show(phrases.CLEARED if self._interview.clear() else phrases.NOTHING_TO_CLEAR)

    def _move_from_name(self, word: str) -> None:
        match word:
            case phrases.SKIP | phrases.SKIP_TOPIC:
                self._named = True
            case phrases.BACK:
                self._terminal.show(phrases.NOTHING_BEFORE)
            case phrases.CLEAR:
                self._client = ""
                self._terminal.show(phrases.CLEARED)

    def _explain(self, word: str) -> None:
        """Tell why we ask, or give an example and all words that can be typed."""
        question = self._interview.question if self._named else None
        asked = question.question if question else None
        if word == phrases.WHY:
            self._terminal.show(self._interview.why if asked else phrases.NAME_WHY)
            if asked:
                self._tell_stake()
            return
        self._terminal.show((asked.help or phrases.NO_EXAMPLE) if asked else phrases.NAME_HELP)
        if question and question.min is not None and question.max is not None:
            low, high = (values.amount(bound, None) for bound in (question.min, question.max))
            self._terminal.say(phrases.BOUNDS, low=low, high=high, unit=question.unit)
        self._terminal.show(phrases.ALL_WORDS)
        self._terminal.pairs(phrases.MEANINGS)

    def _tell_stake(self) -> None:
        stake = self._interview.stake
        if not self._interview.matters or stake is None:
            self._terminal.show(phrases.IDLE)
            return
        for sentence in stakes.sentences(stake, self._knowledge):
            self._terminal.show(sentence)

    # -- topics -------------------------------------------------------------------------------------------------

    def _choose_topic(self) -> None:
        """Show every topic, and the questions of the one that the person wants. Raises ElsewhereError if they type another word."""
        topics = self._interview.topics
        self._terminal.gap()
        self._terminal.numbered([(_topic_line(of), None) for of in topics])
        number = self._number(phrases.WHICH_TOPIC, len(topics))
        if number is not None:
            self._choose_question(number)

    def _choose_question(self, topic: int) -> None:
        """Show the questions of a topic with their answers, and go to the one that the person wants."""
        questions = self._interview.topics[topic - 1].questions
        self._terminal.gap()
        self._terminal.numbered([(phrases.QUESTION_LINE.format(name=question.name, answer=self._answer(question)), None) for question in questions])
        number = self._number(phrases.WHICH_QUESTION, len(questions))
        if number is None:
            self._interview.go_to_topic(topic)
        else:
            self._interview.go_to(questions[number - 1].id)

    def _answer(self, question: Fact) -> str:
        answers = self._interview.answers
        if question.id in answers:
            return values.answer_text(question, answers[question.id])
        return phrases.NOT_NEEDED if question.id in self._interview.idle else words.OPEN

    def _number(self, hint: str, numbers: int) -> int | None:
        """A number that the person types, or nothing for Enter. Raises ElsewhereError if they type another word."""
        self._terminal.show(hint, style="dim")
        while entry := self._terminal.hear():
            if entry.isdecimal() and entry.lstrip("0") in map(str, range(1, numbers + 1)):
                return int(entry)
            if word := phrases.COMMANDS.get(entry.casefold()):
                raise ElsewhereError(word)
            self._terminal.wrong(phrases.NO_SUCH_NUMBER.format(entry=reply.quoted(entry), numbers=numbers))
        return None


def _topic_line(of: TopicProgress) -> str:
    template = phrases.TOPIC_LINE_IDLE if of.idle else phrases.TOPIC_LINE
    return template.format(title=of.topic.title, answered=of.answered, questions=len(of.questions), idle=of.idle)


def decided(choice: str, picked: Sequence[str], knowledge: Knowledge) -> str:
    """What a choice comes to, as a sentence."""
    return as_sentence(picked_text(choice, picked, knowledge)) if picked else words.NOTHING_FITS.format(name=knowledge.choices[choice].name)
