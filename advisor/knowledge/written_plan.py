"""What authors write about a plan of posts, or of whatever else is made week by week: its settings, its prompts, its calls to act.

Wherever a setting follows from what the strategy says, it names the rule that says it and holds when that rule has fired, so
that the plan and the strategy cannot disagree. Knows the shape of items, not their meaning.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, Strict, model_validator

from advisor.knowledge.written import Id, Number, OneOrMore, Text, When, Written

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CLOCK = re.compile(r"\d{2}:\d{2}\Z", re.ASCII)
YEAR_WITH_LEAP_DAY = 2024

Count = Annotated[int, Strict(), Field(ge=1, le=1000)]
Days = Annotated[int, Strict(), Field(ge=0, le=366)]


def _clock(text: str) -> str:
    try:
        if CLOCK.match(text):
            time.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise ValueError("a time of day has two digits for the hour and two for the minute: 09:30")


def _day_of_year(text: str) -> str:
    try:
        date.fromisoformat(f"{YEAR_WITH_LEAP_DAY}-{text}")
    except ValueError:
        raise ValueError("a day of the year is a month and a day: 12-24") from None
    return text


def _country(code: str) -> str:
    import holidays  # a tenth of a second, which a warm start can do without

    if code not in holidays.list_supported_countries():
        raise ValueError("a country is named by its two letters: FR")
    return code


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("a time zone has a name such as Europe/London")
    return name


Clock = Annotated[str, AfterValidator(_clock)]
DayOfYear = Annotated[str, AfterValidator(_day_of_year)]
Country = Annotated[str, AfterValidator(_country)]
Zone = Annotated[str, AfterValidator(_zone)]


# -- when something is posted ---------------------------------------------------------------------------------


class Turn(Written):
    """One place in a fixed round of posts: what it is made of, and what it is for if that is fixed too."""

    form: Id
    job: Id | None = None


class Rhythm(Written):
    """On which weekdays posts go out where one of these rules settled how many there are, and which forms fit into the time.

    A `pattern` is a fixed round of posts; without one, the forms that were picked take turns.
    """

    rule: OneOrMore
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    forms: tuple[Id, ...] = ()
    pattern: tuple[Turn, ...] = ()


class Hours(Written):
    """At which time of day to post, where this holds; the first that holds counts."""

    when: When = Field(default_factory=dict)
    begins: Clock
    ends: Clock
    text: Text
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _passes(self) -> Self:
        if self.begins >= self.ends:
            raise ValueError("`ends` is not after `begins`")
        return self


class Calendar(Written):
    """Whose public holidays and seasons count, where this holds: the holidays that all of these countries share.

    Without a `zone`, hours are those of wherever a reader is; without `seasons`, nothing is said about the weather.
    """

    when: When = Field(default_factory=dict)
    countries: tuple[Country, ...] = ()
    zone: Zone | None = None
    seasons: Literal["north", "south"] | None = None
    text: Text


class Quiet(Written):
    """For which jobs nothing is posted on a public holiday, where this holds; without jobs, nothing at all is. The first that holds counts."""

    when: When = Field(default_factory=dict)
    jobs: tuple[Id, ...] = ()


# -- what is posted -------------------------------------------------------------------------------------------


class Job(Written):
    """What a post is for."""

    id: Id
    label: Text


class Mix(Written):
    """How many of so many posts are for what, where one of these rules says so."""

    rule: OneOrMore
    of: Annotated[dict[Id, Count], Field(min_length=1)]


class Wait(Written):
    """What is left out in the first days, where one of these rules says so."""

    rule: OneOrMore
    job: Id
    days: Days


class Theme(Written):
    """A thread that runs through the posts, where one of these rules says so; without a rule, for everybody.

    Themes of different clients that are about the same thing share a strand, so that one prompt can serve them all. A theme may
    have weekdays of its own, and begin after some days; with `every_weeks` it is a column of its own, which comes back after so many
    weeks and not in between, wherever there are enough posts for that.
    """

    id: Id
    label: Text
    strands: tuple[Id, ...] = ()
    rule: OneOrMore | None = None
    days: tuple[Weekday, ...] = ()
    after_days: Days = 0
    every_weeks: Annotated[int, Strict(), Field(ge=1, le=52)] | None = None


class Told(Written):
    """A word or a name, where this holds; the first that holds counts."""

    when: When = Field(default_factory=dict)
    text: Text


class Word(Written):
    """A blank of prompts, and what stands in it for whom."""

    id: Id
    texts: Annotated[tuple[Told, ...], Field(min_length=1)]


class Prompt(Written):
    """An idea for one post: for whom it fits, what it is for, and what it says.

    `themes` are themes or strands, and the prompt serves only those who have one of them; `kind` is an option of the choice of kinds,
    and the prompt serves only those for whom it was picked. `opening` prompts are the first posts, in this order. `on` names public
    holidays (a part of the name is enough), `between` two days of the year; with `weather`, of a year in the north, which lie half a
    year later in the south. `rest_weeks` of 0 is a column that may come each time under the same heading.
    """

    id: Id
    job: Id
    text: Text
    call: Text | None = None
    when: When = Field(default_factory=dict)
    themes: tuple[Id, ...] = ()
    forms: tuple[Id, ...] = ()
    kind: Id | None = None
    opening: Count | None = None
    on: tuple[Text, ...] = ()
    between: Annotated[tuple[DayOfYear, ...], Field(min_length=2, max_length=2)] | None = None
    weather: bool = False
    rest_weeks: Annotated[int, Strict(), Field(ge=0, le=520)] | None = None
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]


class Call(Written):
    """What a post for one of these jobs asks of its readers at the end."""

    id: Id
    jobs: Annotated[tuple[Id, ...], Field(min_length=1)]
    text: Text
    when: When = Field(default_factory=dict)
    cites: Annotated[tuple[Id, ...], Field(min_length=1)]


# -- money and numbers ----------------------------------------------------------------------------------------


class Share(Written):
    """A part of the money, and what it is for."""

    percent: Annotated[int, Strict(), Field(gt=0, le=100)]
    text: Text


class Split(Written):
    """How the money is split, where one of these rules says so; without shares, the rule's own words stand alone. The first that holds counts."""

    rule: OneOrMore
    shares: tuple[Share, ...] = ()

    @model_validator(mode="after")
    def _is_all_of_it(self) -> Self:
        if self.shares and sum(share.percent for share in self.shares) != 100:
            raise ValueError("the `shares` do not add up to 100")
        return self


class Budget(Written):
    """Which number is the money of a month, and how it is split."""

    total: Id
    splits: tuple[Split, ...] = ()


class Aim(Written):
    """What the measure that a rule sets should reach, if the rule says it: a number, or so many `percent` of a fact; whether less of it is better."""

    rule: Id
    number: Number | None = None
    percent: Annotated[int, Strict(), Field(gt=0, le=10_000)] | None = None
    of: Id | None = None
    less_is_better: bool = False

    @model_validator(mode="after")
    def _is_one_aim(self) -> Self:
        if (self.percent is None) != (self.of is None) or (self.number is not None and self.of is not None):
            raise ValueError("an aim is a `number`, or `percent` and `of` together")
        return self


class Plan(Written):
    """How a plan is made from a strategy.

    `posts` is the number a week, `shares_of_forms` how often each of the forms picked comes, best first;
    between two posts for a holiday or a season lie `timely_apart` others. Themes are columns of their own from `columns_from` posts a week on.
    """

    weeks: Annotated[int, Strict(), Field(ge=1, le=104)]
    posts: Id
    place: Id
    forms: Id
    kinds: Id | None = None
    shares_of_forms: Annotated[tuple[Count, ...], Field(min_length=1)]
    rest_weeks: Annotated[int, Strict(), Field(ge=0, le=520)]
    holiday_ahead_days: Days
    timely_apart: Annotated[int, Strict(), Field(ge=0, le=1000)] = 0
    columns_from: Count = 1
    rhythms: Annotated[tuple[Rhythm, ...], Field(min_length=1)]
    jobs: Annotated[tuple[Job, ...], Field(min_length=1)]
    mixes: Annotated[tuple[Mix, ...], Field(min_length=1)]
    waits: tuple[Wait, ...] = ()
    themes: tuple[Theme, ...] = ()
    owners: tuple[Told, ...] = ()
    hours: tuple[Hours, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    words: tuple[Word, ...] = ()
    budget: Budget | None = None
    aims: tuple[Aim, ...] = ()
