"""What a person types -> an answer to the question, or a sentence that says why it is none and what comes nearest.

Knows the kinds of questions. Does not know which question is next, and prints nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from advisor import phrases, words
from advisor.errors import nearest
from advisor.knowledge import written
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Fact
from advisor.language.values import amount, some

ESCAPE_SEQUENCE = re.compile(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|O?[A-Za-z])")  # what arrow keys send
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘`", "'"))
SHORTEST_WORD = 3  # letters that name an option by a word inside its label
LONGEST_QUOTE = 40  # characters of an entry that a message repeats
EXAMPLE = 3  # a number shown to somebody who typed none
DECIMALS = 4  # of a number that are kept; a case file holds no more than 15 digits

GROUPED = re.compile(r"(-?[1-9]\d{0,2})((?:[ ']\d{3})+|(?:,\d{3})+|(?:\.\d{3})+)([.,]\d{1,2})?\Z")  # 1,500 or 1 500 or 1.500
PLAIN = re.compile(r"(-?\d+)([.,]\d+)?\Z")  # 6 or 2.5 or 2,5
NUMBER_THEN_WORDS = re.compile(r"(-?[\d., ']*\d)\s*([^\d]*)\Z")


class NoAnswerError(Exception):
    """An entry that is no answer to the question; its text says why, in one line."""


def understood(entry: str, question: Fact) -> Value:
    """The answer that this entry gives. Raises NoAnswerError if it gives none."""
    match question.kind:
        case "one":
            return _one(entry, question.options)
        case "many":
            return _many(entry, question.options)
        case "flag":
            return yes_or_no(entry)
        case "number":
            return _number(entry, question)


def tidy(entry: str) -> str:
    """The entry on one line, without keys that print nothing and bytes that are no text."""
    readable = ESCAPE_SEQUENCE.sub("", entry).encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in readable).split())


# -- one and many ---------------------------------------------------------------------------------------------


def _one(entry: str, options: Mapping[str, written.Option]) -> str:
    found = _found(entry, options)
    if not found and len(parts := _parts(entry)) > 1 and all(len(_found(part, options)) == 1 for part in parts):
        raise NoAnswerError(phrases.ONE_ONLY)
    return _only(entry, found, options)


def _many(entry: str, options: Mapping[str, written.Option]) -> frozenset[str]:
    if whole := _found(entry, options):  # a label may hold commas and blanks itself
        return frozenset({_only(entry, whole, options)})
    if _alike(entry) == _alike(phrases.NONE):
        return frozenset()
    if not _parts(entry):
        return frozenset({_only(entry, (), options)})
    try:
        return frozenset(name for part in entry.replace(";", ",").split(",") if part.strip() for name in _named(part.strip(), options))
    except NoAnswerError as problem:
        raise (NoAnswerError(phrases.WHOLE_LIST.format(problem=problem)) if len(_parts(entry)) > 1 else problem) from None


def _named(part: str, options: Mapping[str, written.Option]) -> Iterator[str]:
    """The options between two commas: one, or several with blanks between them."""
    found = _found(part, options)
    pieces = [part] if found else part.split()
    for piece in pieces:
        yield _only(piece, found or _found(piece, options), options)


def _parts(entry: str) -> list[str]:
    return entry.replace(",", " ").replace(";", " ").split()


def _only(entry: str, found: Sequence[str], options: Mapping[str, written.Option]) -> str:
    if len(found) == 1:
        return found[0]
    numbers = {name: number for number, name in enumerate(options, 1)}
    if found:
        candidates = some(phrases.NUMBERED_OPTION.format(number=numbers[name], label=options[name].label) for name in found)
        raise NoAnswerError(phrases.SEVERAL_OPTIONS.format(entry=quoted(entry), candidates=candidates))
    if name := _nearest(entry, options):
        raise NoAnswerError(phrases.NEAREST_OPTION.format(entry=quoted(entry), number=numbers[name], label=options[name].label))
    raise NoAnswerError(phrases.NOT_AN_OPTION.format(entry=quoted(entry), options=len(options)))


def _found(entry: str, options: Mapping[str, written.Option]) -> Sequence[str]:
    """The options that an entry may mean, by the surest sign that there is: number, id, label, its beginning, a word in it."""
    if entry.isdecimal() and len(entry) < LONGEST_QUOTE and 1 <= int(entry) <= len(options):
        return [tuple(options)[int(entry) - 1]]
    wanted = _alike(entry)
    labels = {name: _alike(option.label) for name, option in options.items()}
    signs = (
        [name for name in options if _alike(name) == wanted],
        [name for name, label in labels.items() if label == wanted],
        [name for name, label in labels.items() if wanted and label.startswith(wanted)],
        [name for name, label in labels.items() if len(wanted) >= SHORTEST_WORD and re.search(rf"\b{re.escape(wanted)}", label)],
    )
    return next((found for found in signs if found), [])


def _nearest(entry: str, options: Mapping[str, written.Option]) -> str | None:
    """The option whose id, label or a word of it looks most like the entry."""
    names: dict[str, str] = {}
    for name, option in options.items():
        label = _alike(option.label)
        for text in (_alike(name), label, *(word for word in re.findall(r"\w+", label) if len(word) > SHORTEST_WORD)):
            names.setdefault(text, name)
    return names.get(nearest(_alike(entry), names) or "")


def _alike(text: str) -> str:
    """The text without what people leave out when they type: capitals, accents, long dashes, curly quotes."""
    letters = unicodedata.normalize("NFKD", text.translate(DASHES)).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


# -- flags and numbers ----------------------------------------------------------------------------------------


def yes_or_no(entry: str) -> bool:
    """The answer to a question that takes no other. Raises NoAnswerError."""
    wanted = _alike(entry)
    for word, meaning in ((words.YES, True), (words.NO, False)):
        if (wanted and word.startswith(wanted)) or wanted == str(meaning).lower():
            return meaning
    if near := nearest(wanted, (words.YES, words.NO)):
        raise NoAnswerError(phrases.NEAREST_YES_OR_NO.format(entry=quoted(entry), word=near))
    raise NoAnswerError(phrases.NOT_YES_OR_NO.format(entry=quoted(entry)))


def _number(entry: str, question: Fact) -> int | float:
    low, high, unit = question.min or 0, question.max or 0, question.unit or ""
    number = _digits(_without_unit(entry.translate(DASHES), unit))
    if number is None:
        example = amount(min(max(EXAMPLE, low), high), None)
        raise NoAnswerError(phrases.NOT_A_NUMBER.format(entry=quoted(entry), example=example, unit=unit))
    if not low <= number <= high:
        limits = {"low": amount(low, None), "high": amount(high, None), "unit": unit}
        raise NoAnswerError(phrases.OUT_OF_BOUNDS.format(entry=quoted(entry), nearest=amount(low if number < low else high, None), **limits))
    return number


def _without_unit(entry: str, unit: str) -> str:
    """The entry without the unit, or the beginning of it, after the number: `6 hours` where hours a week are asked."""
    match = NUMBER_THEN_WORDS.match(entry)
    if not match or not (wanted := _alike(match[2])):
        return entry
    units = (_alike(unit), _alike(amount(1, unit)).removeprefix("1").strip())
    return match[1] if any(known.startswith(wanted) for known in units) else entry


def _digits(text: str) -> int | float | None:
    """The number that is written, or nothing. Three digits after a comma or a point are thousands: nobody counts that finely."""
    if match := GROUPED.match(text):
        whole, rest = match[1] + re.sub(r"\D", "", match[2]), match[3]
    elif match := PLAIN.match(text):
        whole, rest = match[1], match[2]
    else:
        return None
    number = round(float(whole + (rest or "").replace(",", ".")), DECIMALS)
    return int(number) if number.is_integer() else number


def quoted(entry: str) -> str:
    """As much of an entry as a message repeats."""
    return entry if len(entry) <= LONGEST_QUOTE else entry[: LONGEST_QUOTE - 1] + "…"
