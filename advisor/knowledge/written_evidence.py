"""What authors write of surveys, laws and the rules of platforms, and how these become rules."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, Strict, model_validator

from advisor.knowledge.written import Day, Flag, Id, Number, Text, When, Written

Confidence = Literal["high", "medium", "low"]
Steps = Annotated[tuple[Annotated[float, Strict(), Field(gt=0)], ...], Field(max_length=3)]


class Row(Written):
    """One published figure: of this group in this place, this share (or so many millions) by this metric."""

    option: Id | None = None
    about: Text | None = None
    place: Id
    metric: Id
    unit: Id
    dimension: Id
    group: Text
    value: Number
    source: Id
    as_of: Day
    confidence: Confidence = "high"
    note: Text | None = None

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if (self.option is None) == (self.about is None):
            raise ValueError("a row names an `option`, or says in `about` what else it counts\ngive one of the two")
        return self


class Metric(Written):
    """What a figure counts, and from which value on it weighs how much; never compared with another metric."""

    id: Id
    unit: Id
    says: Text
    size: Steps = ()
    lean: Steps = ()
    lean_by: Literal["difference", "ratio"] = "difference"
    base: Literal["everybody", "asked"] = "everybody"
    bases: dict[Id, Number] = Field(default_factory=dict)
    below: Flag = True
    against: Text = "against {base}"


class Silent(Written):
    """A metric whose rows are kept and shown but never give points, and why."""

    id: Id
    because: Text


class Place(Written):
    """Whose rows speak for these clients: the first place that has any; else rows `borrowed` from others, at a discount."""

    when: When
    rows_of: Annotated[tuple[Id, ...], Field(min_length=1)]
    borrowed: tuple[Id, ...] = ()
    leans_borrowed: tuple[Id, ...] = ()


class Group(Written):
    """Whom an answer means in the words of surveys; of several groups in one list the plain mean is taken."""

    when: When
    dimension: Id
    groups: Annotated[tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...], Field(min_length=1)]


class Saying(Written):
    """How a rule made from a figure is worded: its title, whom the figure is about, why it counts."""

    title: Text
    who: Text
    because: Text


class Dimension(Written):
    """How groups along one dimension are named, and the titles of their rules where the common ones do not fit."""

    group: Text
    lean_for: Text | None = None
    lean_against: Text | None = None


class Surveys(Written):
    """The one formula that turns survey rows into rules."""

    choice: Id
    steps: Annotated[tuple[Id, ...], Field(min_length=3, max_length=3)]
    fresh_months: Annotated[int, Strict(), Field(gt=0, le=1200)]
    metrics: tuple[Metric, ...]
    silent: tuple[Silent, ...]
    place_names: dict[Id, Text]
    dimensions: dict[Id, Dimension] = Field(default_factory=dict)
    amounts: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)] = ("some", "many", "very many")
    places: tuple[Place, ...]
    groups: tuple[Group, ...]
    size: Saying
    lean_for: Saying
    lean_against: Saying
    wrong_when: Text


class Constraint(Written):
    """A law or a platform's rule: where, from when to when, and what it forbids or asks."""

    id: Id
    option: Id | None = None
    place: Id
    since: Day | None = None
    until: Day | None = None
    status: Literal["in_force", "disputed", "proposed", "past"]
    effects: Annotated[tuple[Id, ...], Field(min_length=1)]
    title: Text
    says: Text
    advice: Text
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]
    confidence: Confidence = "high"
    when: When | None = None


class Consequence(Written):
    """What a word in a constraint's `effects` does; `$option`, `$id` and `$advice` stand for the constraint's own."""

    id: Id
    when: When = Field(default_factory=dict)
    without_option: Literal["skip", "keep"] = "keep"
    status: tuple[Literal["in_force", "disputed", "proposed", "past"], ...] = ("in_force", "disputed")
    then: tuple[dict[str, Any], ...]
    weight: Annotated[int, Strict(), Field(ge=1, le=5)] | None = None


class Constraints(Written):
    """How laws and platform rules become rules."""

    places: dict[Id, When]
    consequences: tuple[Consequence, ...]
    wrong_when: Text
