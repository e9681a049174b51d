"""Keeps a person's answers in a file: continues it if it holds a case, refuses it if it holds anything else.

Talks with the person only about the file. Knows nothing of questions.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

from advisor import files, phrases, words
from advisor.errors import AdvisorError, Place, Problem
from advisor.inference import case
from advisor.inference.case import Case
from advisor.interview.terminal import Terminal
from advisor.knowledge.model import Knowledge
from advisor.language import reply, values

SUFFIXES = (".yaml", ".yml")
LONGEST_NAME = 60  # characters of a client's name that go into the name of a file


class ElsewhereError(Exception):
    """The person typed a word that leads away from this prompt, such as `back`."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Keeper:
    """The file for one person's answers, if one is known, and what it holds already."""

    def __init__(self, knowledge: Knowledge, terminal: Terminal, file: Path | None) -> None:
        """Open the file. Raises AdvisorError if it is there and holds no case, or if nothing could be written to it."""
        self._knowledge, self._terminal, self.file = knowledge, terminal, file
        self.earlier = opened(file, knowledge) if file else None
        self._kept = self.earlier
        self._ours = {file} if file and file.exists() else set()  # files that may be written over

    def unsaved(self, now: Case) -> bool:
        """Whether something was entered that the file does not hold."""
        if self._kept is None:
            return bool(now.answers)
        return (now.client, now.answers) != (self._kept.client, self._kept.answers)

    def save(self, now: Case) -> None:
        """Save in the file, or ask in which. Raises ElsewhereError if the person would rather not."""
        if not self.file or not self._stored(self.file, now):
            self._save_as(now)

    def offer_before_leaving(self, now: Case) -> None:
        """Save if the person wants that. Raises ElsewhereError if they come back instead of leaving."""
        while self.unsaved(now):
            entry = self._hear(phrases.OFFER_BEFORE_LEAVING, phrases.SAVE, phrases.QUIT)
            wanted = {"": True, phrases.SAVE: True, phrases.QUIT: False}.get(entry)
            try:
                wanted = reply.yes_or_no(entry) if wanted is None else wanted
            except reply.NoAnswerError as reason:
                self._terminal.wrong(str(reason))
                continue
            if not wanted:
                return
            self.save(now)

    def offer_at_end(self, now: Case) -> None:
        """Save in the file if one is known; if not, offer to. Raises ElsewhereError if the person returns to the questions."""
        if self.file and self.unsaved(now):
            self._stored(self.file, now)
        while self.unsaved(now):
            entry = self._hear(phrases.OFFER_AT_END.format(file=suggested(now.client)), phrases.SKIP, phrases.DONE, phrases.SAVE)
            if entry.casefold() in ("", phrases.SKIP, phrases.DONE, words.NO):
                return
            if entry.casefold() in (phrases.SAVE, words.YES):
                self._save_as(now)
            else:
                self._stored(file_named(entry), now)

    def break_off(self, now: Case) -> None:
        """Save for a person who leaves without a word, if a file is known, and say what became of the answers."""
        if not self.unsaved(now):
            self._terminal.say(phrases.UNCHANGED if self.file and now.answers else phrases.NOTHING_TO_SAVE, file=self.file)
        elif not self.file:
            self._terminal.say(phrases.NOT_SAVED)
            self._terminal.verbatim(f"  {command(suggested(now.client))}")
        elif not self._stored(self.file, now):
            self._terminal.say(phrases.COPY_THEM)
            self._terminal.verbatim(case.dump(now, self._knowledge))

    def _save_as(self, now: Case) -> None:
        while True:
            entry = self._hear(phrases.WHICH_FILE.format(file=suggested(now.client)))
            if self._stored(file_named(entry) if entry else suggested(now.client), now):
                return

    def _stored(self, file: Path, now: Case) -> bool:
        """Whether it could be saved there; if not, the person is told why."""
        try:
            if file not in self._ours and file.exists():
                raise AdvisorError([Problem("unwritable-file", phrases.FILE_EXISTS.format(file=file), Place(str(file)), helps=(phrases.ANOTHER_NAME,))])
            files.write(file, case.dump(now, self._knowledge))
        except AdvisorError as error:
            for problem in error.problems:
                self._terminal.wrong(" ".join(values.as_sentence(text) for text in (problem.headline, *problem.helps)))
            return False
        self.file, self._kept = file, now
        self._ours.add(file)
        self._terminal.good(phrases.SAVED.format(file=file))
        self._terminal.show(phrases.HOW_TO_CONTINUE)
        self._terminal.verbatim(f"  {command(file)}")
        return True

    def _hear(self, hint: str, *answers: str) -> str:
        """What is typed, or one of the words that answer this prompt. Raises ElsewhereError at any other word."""
        self._terminal.show(hint)
        while True:
            entry = self._terminal.hear()
            word = phrases.COMMANDS.get(entry.casefold())
            if word is None or word in answers:
                return word or entry
            if word not in (phrases.HELP, phrases.WHY):
                raise ElsewhereError(word)
            self._terminal.show(phrases.OFFER_HELP)


def opened(file: Path, knowledge: Knowledge) -> Case | None:
    """The case to continue, or nothing if the file is still to be written. Raises AdvisorError if it cannot become one."""
    files.check_writable(file)
    if not file.exists() or file.stat().st_size == 0:
        return None
    try:
        return case.read(file, knowledge)
    except AdvisorError as error:
        name = str(file)
        helps = (phrases.NOT_A_CASE_HELP.format(file=name),)
        raise AdvisorError([Problem("not-a-case", phrases.NOT_A_CASE.format(file=name), Place(name), helps=helps), *error.problems]) from None


def file_named(entry: str) -> Path:
    """The file that a person means by what they typed."""
    with contextlib.suppress(RuntimeError):  # `~somebody` who is not known here
        entry = str(Path(entry).expanduser())
    return Path(entry if entry.endswith(SUFFIXES) else entry + SUFFIXES[0])


def suggested(client: str) -> Path:
    """A file name made of the client's name."""
    name = "-".join(re.findall(r"\w+", client.lower()))[:LONGEST_NAME].strip("-")
    return Path((name or phrases.UNNAMED_FILE) + SUFFIXES[0])


def command(file: Path) -> str:
    """What to type in order to continue with this file."""
    return phrases.COMMAND_LINE.format(file=shlex.quote(str(file)))
