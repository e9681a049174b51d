"""Where a statement comes from, in words: a short mark behind a reason, or the full reference.

What the guidance says is an opinion, what was counted a measurement, what the press tells a report, and what must be obeyed
a law or terms of use: the reader can tell them apart at a glance.
"""

from __future__ import annotations

from collections.abc import Iterable

from advisor import words
from advisor.knowledge import written
from advisor.knowledge.model import Knowledge
from advisor.presentation import wording

MOST_MARKS = 2  # of sources behind one reason; the rest are counted


def mark(cites: Iterable[str], knowledge: Knowledge) -> str:
    """The sources of a reason in brackets: `[opinion; measured: Statistics Office, May 2025]`."""
    return wording.MARK.format(marks=kinds(cites, knowledge))


def kinds(cites: Iterable[str], knowledge: Knowledge) -> str:
    """The same without brackets."""
    names = list(cites)
    marks = [_source_mark(knowledge.sources[name]) for name in names if name in knowledge.sources]
    if any(name in knowledge.claims for name in names):
        marks.insert(0, wording.OPINION)
    marks = list(dict.fromkeys(marks))
    if len(marks) > MOST_MARKS:
        marks[MOST_MARKS:] = [words.MORE_SOURCES.format(number=len(marks) - MOST_MARKS)]
    text = marks[0]
    for other in marks[1:]:
        text = words.SEMICOLON.format(first=text, next=other)
    return text


def _source_mark(source: written.Source) -> str:
    kinds = {"law": wording.LAW, "platform_rules": wording.PLATFORM_RULES, "press": wording.REPORTED}
    return kinds.get(source.kind, wording.MEASURED).format(publisher=source.publisher, date=words.day_text(source.published))


def reference(name: str, knowledge: Knowledge) -> str:
    """The full reference of a claim or a source, without its address."""
    if name in knowledge.claims:
        return wording.GUIDANCE.format(says=knowledge.claims[name].says)
    source = knowledge.sources[name]
    text = wording.SOURCE.format(title=source.title, publisher=source.publisher, date=words.day_text(source.published))
    more = [wording.COUNTED.format(population=source.population)]
    more += [wording.READ_VIA.format(via=source.read_via)] if source.read_via else []
    for part in more:
        text = words.SENTENCES.format(first=text, next=part)
    return text
