"""What authors write: one frozen pydantic model for each kind of item in `knowledge/` and `rules/`.

Names of other items are plain text here; `load` resolves them. Knows the shape of items, not their meaning.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, Strict, model_validator

from advisor.knowledge.source import Origin

IDENTIFIER = re.compile(r"\$?[A-Za-z0-9][A-Za-z0-9_.\-]*\Z")
EARLIEST_YEAR, LATEST_YEAR = 1800, 2200
NO_DATE = "a date is a day, a month or a year: 2026-11-21, 2026-11 or 2026\nwrite it in one of these forms"
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")

Kind = Literal["one", "many", "flag", "number"]
Pick = Literal["one", "at_most_one", "ranked"]
Status = Literal["draft", "reviewed", "retired"]
SourceKind = Literal["survey", "audience_meter", "company_figures", "compilation", "vendor_study", "law", "platform_rules", "press"]


# What is wrong with an item stands before the break of a line, what to do about it behind.


def _identifier(text: str) -> str:
    if not IDENTIFIER.match(text):
        raise ValueError("an id is letters, digits, dots, dashes and underscores, without blanks\nwrite it like `opening_hours` or `client.age`")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty\nwrite one")
    return " ".join(text.split())


def _year_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@cache
def first_day(text: str) -> date:
    """The first day of a year, a month or a day. Raises ValueError if there is no such day."""
    if not DAY.match(text):
        raise ValueError(NO_DATE)
    year, month, day = (int(part) for part in (text + "-01-01")[:10].split("-"))
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"a year lies between {EARLIEST_YEAR} and {LATEST_YEAR}\nlook for a slip in the year")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("there is no such day in the calendar\nwrite a day that there is") from None


def _day(text: str) -> str:
    first_day(text)
    return text


Id = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(_said)]
Flag = Annotated[bool, Strict()]
Day = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_day)]
OneOrMore = Annotated[tuple[Id, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v), Field(min_length=1)]
Number = Annotated[float, Strict(), Field(ge=-1e9, le=1e9)]
When = dict[str, Any]  # resolved by `condition.read`


class Written(BaseModel):
    """An item as written, with the place it was read from."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    origin: InstanceOf[Origin] = Field(default=Origin(), exclude=True, repr=False)


# -- the frame ------------------------------------------------------------------------------------------------


class Section(Written):
    """A section of the strategy document."""

    id: Id
    title: Text


class Base(Written):
    """What this knowledge base is about, the words it counts in, the scenario that is shown first, and how long its kinds of sources keep."""

    title: Text
    headline: Id
    example: Id | None = None
    strengths: Annotated[dict[Id, Annotated[int, Strict(), Field(gt=0, le=1000)]], Field(min_length=1)]
    sections: tuple[Section, ...]
    old_after_months: Annotated[int, Strict(), Field(gt=0)] = 24
    sources_keep_months: dict[SourceKind, Annotated[int, Strict(), Field(gt=0, le=1200)]] = Field(default_factory=dict)


class Option(Written):
    """One answer to a question, or one thing a choice can pick."""

    id: Id
    label: Text
    text: Text | None = None
    help: Text | None = None

    @property
    def said(self) -> str:
        """The option inside a sentence."""
        return self.text or self.label


class Vocabulary(Written):
    """A list of options that several items share."""

    id: Id
    options: Annotated[tuple[Option, ...], Field(min_length=1)]


class PlainWord(Written):
    """Words of the trade, in whatever case and number they are met, and what to say in their place."""

    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    say: Text


class Reading(Written):
    """How texts must read: words in a sentence, a text and a lesson at most, the hardest LIX, words of the trade to do without."""

    longest_sentence: Annotated[int, Strict(), Field(gt=0)]
    longest_text: Annotated[int, Strict(), Field(gt=0)]
    longest_lesson: Annotated[int, Strict(), Field(gt=0)]
    hardest: Annotated[int, Strict(), Field(gt=0)]
    plain_words: tuple[PlainWord, ...] = ()


class Accepted(Written):
    """A finding that stays as it is, by its code and the first name in its headline, and why."""

    code: Id
    about: Id
    because: Text


# -- facts, questions, choices --------------------------------------------------------------------------------


class _WithOptions(Written):
    options: tuple[Option, ...] = ()
    options_from: Id | None = None

    needs_options: ClassVar[bool] = True

    @model_validator(mode="after")
    def _options_once(self) -> Self:
        if self.options and self.options_from:
            raise ValueError("give `options` or `options_from`, not both\nkeep one of the two")
        return self


class Fact(_WithOptions):
    """A named value: what a client answered or a rule concluded. Unknown until then."""

    id: Id
    kind: Kind
    name: Text
    says: Text
    says_not: Text | None = None
    unit: Text | None = None
    min: Number | None = None
    max: Number | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        has_options = bool(self.options or self.options_from)
        if has_options != (self.kind in ("one", "many")):
            raise ValueError("facts of kind `one` and `many` have options, others have none\ngive it options or take them away, or change its `kind`")
        if (self.says_not is not None) != (self.kind == "flag"):
            raise ValueError(
                "a `flag` says what it means when false in `says_not`; other kinds have none\nadd `says_not` to a flag, and take it away elsewhere"
            )
        if self.kind == "number" and (self.unit is None or self.min is None or self.max is None):
            raise ValueError("a `number` has `unit`, `min` and `max`\nadd those that are missing")
        if self.kind != "number" and (self.unit or self.min is not None or self.max is not None):
            raise ValueError("only a `number` has `unit`, `min` and `max`\ntake them away, or make it a `number`")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("`min` is larger than `max`\nexchange the two")
        if self.kind != "flag" and "{value}" not in self.says:
            raise ValueError("`says` must hold {value}\nput {value} where the value is to stand")
        return self


class Question(Fact):
    """A fact that the client is asked for."""

    ask: Text
    why: Text
    changeable: Flag
    help: Text | None = None


class Topic(Written):
    """A group of questions asked together."""

    id: Id
    title: Text
    order: Annotated[int, Strict()]


class Choice(_WithOptions):
    """A decision among options that gather points."""

    id: Id
    name: Text
    ask: Text
    says: Text
    pick: Pick
    order: tuple[Id, ...]
    inherits: Id | None = None
    threshold: Annotated[int, Strict()] = 1

    @model_validator(mode="after")
    def _has_options(self) -> Self:
        if not (self.options or self.options_from):
            raise ValueError("a choice has options\nadd `options` or `options_from`")
        if "{value}" not in self.says:
            raise ValueError("`says` must hold {value}\nput {value} where the value is to stand")
        return self


# -- what is known, and from whom -----------------------------------------------------------------------------


class Caveat(Written):
    """A warning for some clients; weight 1 (good to know) to 5 (read this first)."""

    id: Id
    title: Text
    text: Text
    weight: Annotated[int, Strict(), Field(ge=1, le=5)]


class Claim(Written):
    """One statement of the guidance, in our words; `taught` ones change no advice, `retired` ones are given up."""

    id: Id
    kind: Literal["definition", "fact", "opinion", "advice", "warning", "checklist"]
    says: Text
    taught: Flag
    retired: Flag = False


class Disagreement(Written):
    """Claims that answer one question differently."""

    id: Id
    between: Annotated[tuple[Id, ...], Field(min_length=2)]
    question: Text


class Lesson(Written):
    """A short text to teach from, and the claims it teaches."""

    id: Id
    title: Text
    text: Text
    claims: Annotated[tuple[Id, ...], Field(min_length=1)]


class Source(Written):
    """Where a figure or a law was published, and who was counted; by when somebody is to look again whether it still holds."""

    id: Id
    title: Text
    publisher: Text
    url: Text
    published: Day | Literal["undated"]
    kind: SourceKind
    population: Text
    trust: Literal["high", "medium", "low"]
    review_by: Day | None = None
    retired: Flag = False
    read_via: Text | None = None
    note: Text | None = None


# -- rules ----------------------------------------------------------------------------------------------------


class Points(Written):
    """Points for or against options of a choice, in a word of strength."""

    choice: Id
    option: OneOrMore
    strength: Id


class Bar(Written):
    """Options that may not be picked."""

    choice: Id
    option: OneOrMore


class Line(Written):
    """A line of a section: advice or a thing to do."""

    section: Id
    text: Text


class Task(Line):
    """A thing to do, and within how many days from the date of the case."""

    days: Annotated[int, Strict(), Field(ge=0, le=3660)] | None = None


class Measure(Line):
    """A thing to measure, with its unit."""

    unit: Text


class Settlement(Written):
    """Which of the claims that disagree is followed."""

    disagreement: Id
    follow: OneOrMore


class Effect(Written):
    """One thing a rule does when it fires; exactly one key is given."""

    support: Points | None = None
    oppose: Points | None = None
    exclude: Bar | None = None
    conclude: Annotated[dict[str, Any], Field(min_length=1)] | None = None
    warn: Id | None = None
    advise: Line | None = None
    task: Task | None = None
    kpi: Measure | None = None
    settle: Settlement | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = self.model_fields_set - {"origin"}
        if len(given) != 1:
            raise ValueError("an effect has exactly one key, such as `support` or `warn`\nbegin a line `- …` for each")
        if getattr(self, key := next(iter(given))) is None:
            raise ValueError(f"`{key}` says nothing\nwrite what it does after the colon")
        return self


class Rule(Written):
    """When … unless … then … because … wrong_when … cites; with `each`, one rule for each option of a vocabulary."""

    id: Id
    title: Text
    status: Status
    each: Id | None = None
    since: Day | None = None
    until: Day | None = None
    when: When
    unless: When | None = None
    then: Annotated[tuple[Effect, ...], Field(min_length=1)]
    because: Text
    wrong_when: Text
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_force_for_a_while(self) -> Self:
        if self.since and self.until and first_day(self.since) >= first_day(self.until):
            raise ValueError("`until` is not after `since`\ngive a later `until`, or leave it out")
        return self
