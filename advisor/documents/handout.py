"""The strategy as every document tells it: decisions, first steps, chapters, balance, roadmap, measures, numbered sources.

Made from the strategy as plain data and the knowledge it came from; frozen. Knows nothing of pages, styles or files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from advisor import words
from advisor.documents import wording
from advisor.knowledge.model import Knowledge
from advisor.language.english import picked_text
from advisor.language.values import as_sentence, every, first_sentence, near_day_text
from advisor.presentation.cited import kinds, reference
from advisor.presentation.page import clean
from advisor.reasoning.balance import deciding, first_monday, first_steps

Data = dict[str, Any]
Kind = Literal["decision", "for", "against", "bars", "advice", "task", "kpi", "caveat", "disagreement"]

MOST_STEPS = 6  # to begin with
MOST_REASONS = 3  # on the page that tells it in short
MOST_CAUTIONS = 3  # there, by their titles
STAGES = (0, 7, 30, 60, 90)  # days after the day of the case between which a roadmap has its stages
REVIEWS = (30, 60, 90)  # days on which measures are counted again


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said, the rules that say it, and the numbers of their sources.

    `title` stands before the text where it has one; `due` is a day in words, empty where there is none; `mark` tells opinion from
    measurement. `rules` is empty only for a decision about which no rule spoke.
    """

    kind: Kind
    text: str
    rules: tuple[str, ...]
    because: str = ""
    title: str = ""
    due: str = ""
    unit: str = ""
    points: int = 0
    mark: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice: what was asked, what it came to, and everything that speaks for and against what was picked, or bars what was not.

    `footing` tells on what kinds of evidence the headline choice rests; it is empty for every other, where it would be said again and again.
    """

    ask: str
    picked: bool
    verdict: Line
    reasons: tuple[Line, ...]
    footing: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one option of the headline choice stands; `given` less `taken` are its points."""

    label: str
    points: int
    given: int
    taken: int
    picked: bool
    barred: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the strategy with its advice and tasks; measures stand together elsewhere."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question on which sources differ: what we follow, what others say, and the line that tells why."""

    question: str
    followed: tuple[tuple[str, int], ...]
    others: tuple[tuple[str, int], ...]
    because: Line


@dataclass(frozen=True, slots=True)
class Stage:
    """Some days of the roadmap and the steps that are due in them."""

    title: str
    steps: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the list of sources; `url` is empty for a claim of the guidance."""

    number: int
    id: str
    text: str
    url: str


@dataclass(frozen=True)
class Handout:
    """Everything a document about one strategy says, in reading order."""

    client: str
    day: date
    date: str
    fingerprint: str
    title: str
    advice: Line
    first_reasons: tuple[Line, ...]
    begin: str
    first_steps: tuple[Line, ...]
    first_cautions: tuple[Line, ...]
    decisions: tuple[Decision, ...]
    standings: tuple[Standing, ...]
    barred: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    caveats: tuple[Line, ...]
    disputes: tuple[Dispute, ...]
    stages: tuple[Stage, ...]
    measures: tuple[Line, ...]
    reviews: tuple[str, ...]
    unknown: tuple[str, ...]
    rule_names: str
    method: tuple[str, ...]
    sources: tuple[Source, ...]


def handout(data: Data, knowledge: Knowledge) -> Handout:
    """The strategy as documents tell it; sources are numbered in the order in which they are first named."""
    return _Maker(data, knowledge).handout()


def lines(told: Handout) -> Iterator[Line]:
    """Every line of a handout, in reading order."""
    yield from (told.advice, *told.first_reasons, *told.first_steps, *told.first_cautions)
    for chapter in told.chapters:
        yield from chapter.lines
    for decision in told.decisions:
        yield from (decision.verdict, *decision.reasons)
    yield from (*told.barred, *told.caveats, *(dispute.because for dispute in told.disputes))
    for stage in told.stages:
        yield from stage.steps
    yield from told.measures


class _Maker:
    """Puts a handout together."""

    def __init__(self, data: Data, knowledge: Knowledge) -> None:
        self._data = data
        self._knowledge = knowledge
        self._day = date.fromisoformat(data["date"])
        self._numbers: dict[str, int] = {}
        self._headline = data["choices"][knowledge.base.headline]

    def handout(self) -> Handout:
        data, day, client = self._data, words.day_text(self._data["date"]), clean(self._data["client"])
        items = [item for section in data["sections"] for item in section["items"]]
        # The order of these calls is the reading order, in which sources get their numbers.
        first_reasons = tuple(self._first_reasons())
        first_tasks = tuple(self._step(task) for task in first_steps(data, MOST_STEPS))
        first_cautions = tuple(self._caution(caveat) for caveat in data["caveats"][:MOST_CAUTIONS])
        chapters = tuple(self._chapters())
        decisions = tuple(self._decisions())
        barred = tuple(self._barred(self._headline))
        caveats = tuple(self._caveat(caveat) for caveat in data["caveats"])
        disputes = tuple(self._dispute(settled) for settled in data["disagreements"])
        return Handout(
            client=client,
            day=self._day,
            date=day,
            fingerprint=data["fingerprint"],
            title=words.STRATEGY_FOR.format(client=client),
            advice=decisions[0].verdict,
            first_reasons=first_reasons,
            begin=words.BEGIN.format(date=near_day_text(first_monday(data))),
            first_steps=first_tasks,
            first_cautions=first_cautions,
            decisions=decisions,
            standings=tuple(self._standings()),
            barred=barred,
            chapters=chapters,
            caveats=caveats,
            disputes=disputes,
            stages=tuple(self._stages([item for item in items if item["kind"] == "task"])),
            measures=tuple(self._line(item, item["kind"], item["text"].removesuffix(".")) for item in items if item["kind"] == "kpi"),
            reviews=tuple(near_day_text((self._day + timedelta(days=days)).isoformat()) for days in REVIEWS),
            unknown=tuple(question.ask for name in data["unknown"] if (question := self._knowledge.facts[name].question)),
            rule_names=self._rule_names(),
            method=tuple(self._method()),
            sources=tuple(self._sources()),
        )

    # -- lines ----------------------------------------------------------------------------------------------------

    def _line(self, item: Data, kind: Kind, text: str, because: str | None = None, title: str = "") -> Line:
        """A line as the strategy's data tell it."""
        return Line(
            kind=kind,
            text=text,
            rules=(item["rule"], *item.get("also", ())),
            because=item["because"] if because is None else because,
            title=title,
            due=near_day_text(item["due"]) if "due" in item else "",
            unit=item.get("unit", ""),
            points=item.get("points", 0),
            mark=as_sentence(kinds(item["cites"], self._knowledge)),
            sources=tuple(sorted(self._number(name) for name in item["cites"])),
        )

    def _number(self, name: str) -> int:
        """The number under which a claim or source stands in the list."""
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def _step(self, task: Data) -> Line:
        """A task cut to its first sentence."""
        return self._line(task, "task", first_sentence(task["text"]), because="")

    def _caveat(self, caveat: Data) -> Line:
        return self._line(caveat, "caveat", caveat["text"], because="", title=as_sentence(caveat["title"]))

    def _caution(self, caveat: Data) -> Line:
        """A caveat cut to its title."""
        return self._line(caveat, "caveat", as_sentence(caveat["title"]), because="")

    # -- decisions ------------------------------------------------------------------------------------------------

    def _decisions(self) -> Iterator[Decision]:
        """The headline choice, then every other one on which some rule spoke."""
        headline = self._knowledge.base.headline
        yield self._decision(headline, self._headline)
        for name, decided in self._data["choices"].items():
            if name != headline and any(standing[side] for standing in decided["ranking"] for side in ("for", "against", "bars")):
                yield self._decision(name, decided)

    def _decision(self, name: str, decided: Data) -> Decision:
        choice, picked = self._knowledge.choices[name], decided["picked"]
        best = [standing for standing in decided["ranking"] if standing["option"] in picked]
        text = as_sentence(picked_text(name, picked, self._knowledge)) if picked else words.NOTHING_FITS.format(name=choice.name)
        reasons = [
            self._reason(reason, side, as_sentence(standing["label"]) if len(best) > 1 else "")
            for standing in best
            for side in ("for", "against")
            for reason in standing[side]
        ]
        if not picked and name != self._knowledge.base.headline:  # what bars options of the headline has a place of its own
            told_there = {bar["rule"] for standing in self._headline["ranking"] for bar in standing["bars"]}
            reasons = [line for line in self._barred(decided) if line.rules[0] not in told_there]
        verdict = Line("decision", text, deciding(decided))
        footing = decided["rests_on"] if name == self._knowledge.base.headline else None
        resting = words.RESTS_ON.format(**{**footing, "old_before": words.day_text(footing["old_before"])}) if footing else ""
        return Decision(choice.ask, bool(picked), verdict, tuple(dict.fromkeys(reasons)), resting)

    def _reason(self, reason: Data, side: Literal["for", "against"], title: str = "") -> Line:
        return self._line(reason, side, words.SENTENCES.format(first=reason["says"], next=reason["because"]), because="", title=title)

    def _first_reasons(self) -> Iterator[Line]:
        """The heaviest reasons for what is advised; of equals, what was counted first."""
        if self._headline["picked"]:
            given = self._headline["ranking"][0]["for"]
            for reason in sorted(given, key=lambda reason: (-reason["points"], reason["basis"] == ["opinion"]))[:MOST_REASONS]:
                yield self._reason(reason, "for")

    def _barred(self, decided: Data) -> Iterator[Line]:
        """Each rule that bars options, with all that it bars."""
        bars: dict[str, Data] = {}
        barred: dict[str, list[str]] = {}
        for standing in decided["ranking"]:
            for bar in standing["bars"]:
                bars[bar["rule"]] = bar
                barred.setdefault(bar["rule"], []).append(standing["label"])
        for rule, bar in bars.items():
            yield self._line(bar, "bars", words.BARRED_OPTION.format(option=every(barred[rule]), because=bar["because"]), because="")

    def _standings(self) -> Iterator[Standing]:
        for standing in self._headline["ranking"]:
            given, taken = (sum(reason["points"] for reason in standing[side]) for side in ("for", "against"))
            rules = tuple(reason["rule"] for side in ("bars", "for", "against") for reason in standing[side])
            picked = standing["option"] in self._headline["picked"]
            yield Standing(standing["label"], standing["points"], given, taken, picked, bool(standing["bars"]), rules)

    # -- the rest -------------------------------------------------------------------------------------------------

    def _chapters(self) -> Iterator[Chapter]:
        for section in self._data["sections"]:
            told = tuple(self._line(item, item["kind"], item["text"]) for item in section["items"] if item["kind"] != "kpi")
            if told:
                yield Chapter(section["title"], told)

    def _dispute(self, settled: Data) -> Dispute:
        followed, others = (
            tuple((self._knowledge.claims[name].says, self._number(name)) for name in settled["claims"] if (name in settled["followed"]) is wanted)
            for wanted in (True, False)
        )
        return Dispute(settled["question"], followed, others, self._line(settled, "disagreement", settled["because"], because=""))

    def _stages(self, tasks: Iterable[Data]) -> Iterator[Stage]:
        """The steps by the days in which they are due, then those due later, then those without a day."""
        dated = sorted(({task["text"]: task for task in tasks if "due" in task}).values(), key=lambda task: task["due"])
        begins = [(self._day + timedelta(days=days)).isoformat() for days in STAGES]
        for (after, until), (first, last) in zip(pairwise(begins), pairwise(STAGES), strict=True):
            due = [task for task in dated if after < task["due"] <= until or (first == 0 and task["due"] <= after)]
            yield from self._stage(wording.STAGE.format(first=first + 1, last=last, date=near_day_text(until)), due)
        yield from self._stage(wording.STAGE_LATER.format(last=STAGES[-1]), [task for task in dated if task["due"] > begins[-1]])
        yield from self._stage(wording.STAGE_ALWAYS, list({task["text"]: task for task in tasks if "due" not in task}.values()))

    def _stage(self, title: str, tasks: list[Data]) -> Iterator[Stage]:
        if tasks:
            yield Stage(title, tuple(self._step(task) for task in tasks))

    def _rule_names(self) -> str:
        """What the small names behind lines are, by the example of one; nothing where no rule applied."""
        return next((wording.METHOD_NAMES.format(rule=firing["rule"]) for firing in self._data["trace"]), "")

    def _method(self) -> Iterator[str]:
        fired = [firing["rule"] for firing in self._data["trace"]]
        strengths = every(wording.METHOD_STRENGTH.format(strength=word, points=points) for word, points in self._knowledge.base.strengths.items())
        yield wording.METHOD_RULES.format(rules=len(self._knowledge.rules), fired=len(fired))
        yield wording.METHOD_POINTS.format(strengths=strengths)
        yield wording.METHOD_SOURCES
        yield wording.METHOD_OPINION
        yield wording.METHOD_DATES
        yield wording.METHOD_AGAIN.format(fingerprint=self._data["fingerprint"])

    def _sources(self) -> Iterator[Source]:
        for name, number in self._numbers.items():
            url = self._knowledge.sources[name].url if name in self._knowledge.sources else ""
            yield Source(number, name, reference(name, self._knowledge), url)
