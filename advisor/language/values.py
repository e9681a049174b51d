"""Values and lists in words: `6 hours a week`, `tea, milk and sugar`.

What is special to English, such as the singular of a unit, stands here and in `english`; the templates stand in `words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from advisor import words
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact

JOINTS = (words.AND.format(first="", last=""), words.OR.format(first="", last=""))
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s")
SINGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman"}


# -- lists ----------------------------------------------------------------------------------------------------


def every(items: Iterable[str]) -> str:
    """Things that all hold.

    >>> every(["tea", "milk", "sugar"])
    'tea, milk and sugar'
    """
    return listed(list(items), words.AND)


def some(items: Iterable[str]) -> str:
    """Things of which one is enough.

    >>> some(["tea", "coffee"])
    'tea or coffee'
    """
    return listed(list(items), words.OR)


def listed(items: Sequence[str], last: str) -> str:
    """Things with commas between them, the last one joined by its own template."""
    if not items:
        return ""
    text = items[0]
    for item in items[1:-1]:
        text = words.COMMA.format(first=text, next=item)
    return last.format(first=text, last=items[-1]) if len(items) > 1 else text


def clauses(items: Iterable[str], last: str, clearly: str) -> str:
    """Clauses joined; where one of them is a list itself, a comma keeps them apart."""
    texts = list(items)
    lists = any(joint in text for text in texts for joint in JOINTS)
    return listed(texts, clearly if lists else last)


def as_sentence(clause: str) -> str:
    """A clause with a capital and a full stop."""
    return words.SENTENCE.format(text=clause[:1].upper() + clause[1:])


# -- values ---------------------------------------------------------------------------------------------------


def amount(number: float, unit: str | None) -> str:
    """A number and its unit.

    >>> amount(1, "people"), amount(1.5, "hours a week"), amount(2000, "people")
    ('1 person', '1.5 hours a week', '2,000 people')
    """
    shown = f"{number:,.10g}"
    return words.AMOUNT.format(number=shown, unit=_one(unit) if number == 1 else unit) if unit else shown


def _one(unit: str) -> str:
    """The unit of one: `hours a week` becomes `hour a week`."""
    for word in unit.split():
        if word in SINGULAR:
            return unit.replace(word, SINGULAR[word], 1)
        if re.search(r"[^su]s\Z", word):
            return unit.replace(word, word[:-1], 1)
    return unit


def value_text(fact: Fact, value: Value) -> str:
    """A value inside a sentence; of a flag, its whole clause."""
    if isinstance(value, bool):
        return (fact.says if value else fact.says_not) or fact.says
    if isinstance(value, int | float):
        return amount(value, fact.unit)
    if isinstance(value, frozenset):
        return every(said(fact, value)) or words.NONE_OF_LISTED
    return fact.options[value].said if value in fact.options else value


def answer_text(fact: Fact, value: Value) -> str:
    """A value standing alone, as on the button that the client pressed."""
    if isinstance(value, bool):
        return words.YES if value else words.NO
    if isinstance(value, int | float):
        return amount(value, fact.unit)
    if isinstance(value, frozenset):
        text = ""
        for option in (option for name, option in fact.options.items() if name in value):
            text = words.COMMA.format(first=text, next=option.label) if text else option.label
        return text or words.NONE
    return fact.options[value].label if value in fact.options else value


def said(fact: Fact, values: Iterable[object]) -> list[str]:
    """These options of a fact as they are said inside a sentence."""
    wanted = set(values)
    return [option.said for name, option in fact.options.items() if name in wanted]


def near_day_text(day: str) -> str:
    """A day less than a year away, for which nobody needs the year.

    >>> near_day_text("2026-11-21")
    '21 November'
    """
    month, number = day.split("-")[1:]
    return words.DAY_OF_THIS_YEAR.format(day=int(number), month=words.MONTHS[int(month) - 1])


def line_text(item: dict[str, Any]) -> str:
    """A line of the strategy: a measure with its unit, a task with the day by which it is due."""
    if item["kind"] == "kpi":
        return words.MEASURE.format(text=item["text"].removesuffix("."), unit=item["unit"])
    return words.DUE.format(text=item["text"], date=near_day_text(item["due"])) if "due" in item else item["text"]


def step_text(task: dict[str, Any]) -> str:
    """A task cut to its first sentence, which says what to do."""
    return line_text({**task, "text": first_sentence(task["text"])})


def first_sentence(text: str) -> str:
    """A text up to the end of its first sentence."""
    return END_OF_SENTENCE.split(text, maxsplit=1)[0]
