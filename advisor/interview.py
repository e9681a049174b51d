"""Asks a person, one question at a time, in the terminal.

Talks and listens. What an entry means it leaves to `reply`, which question is next to `questionnaire`, the file to `keep`;
its texts stand in `phrases`. Does not know what the answers lead to.
"""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from advisor import phrases, reply, values
from advisor.case import Case
from advisor.keep import ElsewhereError, Keeper
from advisor.knowledge import Fact, Knowledge
from advisor.questionnaire import Interview
from advisor.terminal import Ask, Terminal, typed

__all__ = ["Interview", "run"]


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
        self._interview = Interview(knowledge, earlier.answers if earlier else None)
        self._done = self._left = False
        self._heading = ""

    # -- the course of it ---------------------------------------------------------------------------------------

    def hold(self) -> Case | None:
        """Ask until the person is through, done or gone."""
        self._greet()
        word: str | None = None
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
        return phrases.BACK if self._named and not self._interview.question else None

    def _case(self) -> Case:
        return self._interview.case(self._client or phrases.NO_NAME, self._today)

    def _greet(self) -> None:
        progress, earlier = self._interview.progress, self._keeper.earlier
        self._terminal.show(self._knowledge.base.title, style="bold")
        if not earlier:
            self._terminal.say(phrases.GREETING, questions=phrases.short_questions(progress.questions), topics=phrases.topics(progress.topics))
        else:
            self._terminal.say(phrases.CONTINUED, file=self._keeper.file, client=earlier.client, **asdict(progress))
        complete = earlier and progress.answered == progress.questions
        self._terminal.say(phrases.CONTINUED_COMPLETE if complete else phrases.GREETING_WORDS)

    def _finish(self) -> Case:
        """Keep the answers, or offer to, and hand them over."""
        progress = self._interview.progress
        self._terminal.gap()
        if not self._done:
            self._terminal.say(phrases.LAST_QUESTION)
        self._terminal.say(phrases.ANSWERED if progress.answered else phrases.ANSWERED_NONE, **asdict(progress))
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
            if word == phrases.SAVE:
                return  # much was said in between: the question is shown again

    def _show(self, question: Fact) -> None:
        progress, topic, given = self._interview.progress, self._interview.topic, self._interview.given
        self._terminal.gap()
        if topic and topic.title != self._heading:
            self._heading = topic.title
            self._terminal.heading(topic.title)
        self._terminal.say(
            phrases.PROGRESS, style="dim", question=progress.question, questions=progress.questions, topic=progress.topic, topics=progress.topics
        )
        self._terminal.show(question.question.ask if question.question else question.name, style="bold")
        if question.options:
            self._terminal.numbered([(option.label, option.help) for option in question.options.values()])
        if given is None:
            self._terminal.say(phrases.HOW_TO_ANSWER[question.kind], style="dim", unit=question.unit)
        else:
            self._terminal.say(phrases.ANSWER_SO_FAR, answer=values.answer_text(question, given))

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
            self._terminal.show(asked.why if asked else phrases.NAME_WHY)
            return
        self._terminal.show((asked.help or phrases.NO_EXAMPLE) if asked else phrases.NAME_HELP)
        if question and question.min is not None and question.max is not None:
            low, high = (values.amount(bound, None) for bound in (question.min, question.max))
            self._terminal.say(phrases.BOUNDS, low=low, high=high, unit=question.unit)
        self._terminal.show(phrases.ALL_WORDS)
        self._terminal.pairs(phrases.MEANINGS)

    def _choose_topic(self) -> None:
        """Show every topic and go where the person wants. Raises ElsewhereError if they type another word."""
        topics = self._interview.topics
        self._terminal.gap()
        self._terminal.numbered([(phrases.TOPIC_LINE.format(title=of.topic.title, answered=of.answered, questions=of.questions), None) for of in topics])
        self._terminal.show(phrases.WHICH_TOPIC, style="dim")
        numbers = {str(number): number for number in range(1, len(topics) + 1)}
        while True:
            entry = self._terminal.hear()
            word = phrases.COMMANDS.get(entry.casefold()) if entry else phrases.SKIP
            if word in (phrases.SKIP, phrases.SKIP_TOPIC, phrases.TOPICS):
                return self._interview.skip_topic()
            if entry in numbers:
                return self._interview.go_to_topic(numbers[entry])
            if word:
                raise ElsewhereError(word)
            self._terminal.wrong(phrases.NO_SUCH_TOPIC.format(entry=reply.quoted(entry), topics=len(topics)))
