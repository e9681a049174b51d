"""Texts that are hard to read: words of the trade left unexplained, sentences and texts too long, or hard on the whole.

How hard a text is, LIX tells, which needs no dictionary and so holds for any language of words and blanks: words in a sentence on
average, plus the percentage of words of more than six letters (C.-H. Björnsson, Läsbarhet, Stockholm 1968; up to 30 very easy, 40
a magazine, 50 a newspaper, 60 and more a textbook). The limits and the words stand in the knowledge under `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from advisor.errors import Place, Problem
from advisor.knowledge.model import Knowledge
from advisor.knowledge.slots import SLOT
from advisor.knowledge.source import Origin, Step
from advisor.knowledge.written import Reading

READ = ("title", "ask", "help", "why", "name", "says", "says_not", "label", "text", "unit", "question", "because", "wrong_when", "advice")
LONG_WORD = 7  # letters from which on LIX counts a word as long
LEAST_WORDS = 20  # of fewer, a single word more or less would decide
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
EXPLAINED = re.compile(rf"{SLOT.pattern}|\([^()]*\)")  # blanks, and words of the trade in brackets behind what they mean
END = re.compile(r"[.!?…:]+[\"'”’)]*\s+")

Path = tuple[Step, ...]
Sentences = Sequence[Sequence[str]]


def hard_to_read(knowledge: Knowledge) -> Iterator[Problem]:
    """Every text a client may read that breaks a limit of the knowledge; none if it states no limits."""
    if (limits := knowledge.reading) is not None:
        trade = _Trade(limits)
        for name, origin in _items(knowledge):
            longest = limits.longest_lesson if origin.path[:1] == ("lessons",) else limits.longest_text
            for path, text in _texts(origin.data()):
                sentences = [words for part in END.split(SLOT.sub("slot", text) + " ") if (words := WORD.findall(part))]
                yield from _long(sentences, origin.place(*path), name, limits, longest)
                for word, say in trade.unexplained(text, sentences):
                    helps = (f"write `{say}`, or put the word in brackets behind what it means: “… ({word})”",)
                    yield _problem("jargon", f"`{name}` speaks of “{word}”, a word of the trade", origin.within(word, *path), helps)


class _Trade:
    """Words of the trade, and where a text has one without saying what it means."""

    def __init__(self, limits: Reading) -> None:
        self._plain = {word.casefold(): entry.say for entry in limits.plain_words for word in entry.words}
        self._telling = {max(WORD.findall(word), key=len, default=word) for word in self._plain}
        self._any = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(self._plain, key=len, reverse=True)))})\b", re.IGNORECASE)

    def unexplained(self, text: str, sentences: Sentences) -> Iterator[tuple[str, str]]:
        """Each such word, once, and what to say in its place."""
        if self._telling.isdisjoint(word.casefold() for words in sentences for word in words):
            return  # as nearly always, and told sooner than by looking for each
        for word in dict.fromkeys(self._any.findall(EXPLAINED.sub(" ", text))):
            if (say := self._plain[word.casefold()]).casefold() not in text.casefold():
                yield word, say


def _items(knowledge: Knowledge) -> Iterator[tuple[str, Origin]]:
    """The name of every item that has texts to read, and where it was written, each once."""
    groups: tuple[Iterable[Any], ...] = tuple(
        found.values() for found in (knowledge.facts, knowledge.caveats, knowledge.claims, knowledge.disagreements, knowledge.lessons)
    )
    seen = set()
    yield "base", knowledge.base.origin
    for item in (item for group in (*groups, knowledge.rules) for item in group):
        where = (item.origin.document, item.origin.path)
        if where not in seen:
            seen.add(where)
            yield item.origin.data("id") or item.id, item.origin


def _texts(data: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts within an item as it was written, each with its path."""
    for step, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if isinstance(part, str) and step in READ:
            yield (*at, step), part
        else:
            yield from _texts(part, (*at, step))


def _long(sentences: Sentences, place: Place | None, name: str, limits: Reading, longest: int) -> Iterator[Problem]:
    count = sum(map(len, sentences))
    if count > longest:
        helps = ("say less, or make two of it",)
        yield _problem("long-text", f"a text of `{name}` has {count} words, more than {longest}", place, helps)
    if (most := max(map(len, sentences), default=0)) > limits.longest_sentence:
        helps = ("make two sentences of it: one idea a sentence",)
        yield _problem("long-sentence", f"a sentence of `{name}` has {most} words, more than {limits.longest_sentence}", place, helps)
    if count >= LEAST_WORDS and (hard := lix(sentences)) > limits.hardest:
        notes = (f"{count / len(sentences):.0f} words in a sentence, and {hard - count / len(sentences):.0f} percent of the words are long",)
        helps = ("write shorter sentences, and everyday words for long ones",)
        yield _problem("hard-to-read", f"a text of `{name}` is hard to read (LIX {hard:.0f}, more than {limits.hardest})", place, helps, notes)


def lix(sentences: Sentences) -> float:
    """How hard sentences are to read, from about 20 (very easy) to 60 and more.

    >>> lix([["Fresh", "bread"], ["Croissants", "too"]])
    27.0
    """
    words = [word for sentence in sentences for word in sentence]
    return len(words) / len(sentences) + 100 * sum(len(word) >= LONG_WORD for word in words) / len(words)


def _problem(code: str, headline: str, place: Place | None, helps: tuple[str, ...], notes: tuple[str, ...] = ()) -> Problem:
    return Problem(code, headline, place, notes=notes, helps=helps, severity="warning")
