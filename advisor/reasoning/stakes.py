"""What is at stake in a question: what each answer is worth, and between which options it decides.

An answer is worth what the same client has with it, less what they have without: points, bars, lines and warnings. Between which
options a question decides is asked of a crowd of possible clients, each of whom gives every answer in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

import numpy as np

from advisor import phrases, words
from advisor.foresight.columns import Clients, Column, Columns, column
from advisor.foresight.crowd import Crowd, crowd_for
from advisor.foresight.possible import Possible
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.inference.trace import plain
from advisor.inference.variation import Outcome, Variations
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Choice, Fact, Knowledge
from advisor.language.english import fill
from advisor.language.values import JOINTS, amount, answer_text, clauses, every, first_sentence, some

Data = dict[str, Any]
Inside = TypeVar("Inside")

MEMBERS = 1_024  # of the crowd, each of whom gives every answer
HARDLY_ANY = 0.01  # of the crowd: options that come and go for fewer are not told
MOST_OPTIONS = 4  # between which a question is said to decide
MOST_CHOICES = 2  # beside the headline, of which it is said
MOST_ANSWERS = 4  # whose worth is told, the weightiest
MOST_TOGETHER = 4  # of them named beside each other
MOST_GAINS = 3  # options told of one answer
MOST_LINES = 2  # told of one answer
BAR = 1_000  # more than any points


@dataclass(frozen=True)
class Worth:
    """What one answer changes, compared with the question left open.

    `points`: by choice and option, what it gains or (negative) loses. `bars` and `frees`: options, by choice, that are ruled out with
    it only, or without it only. `picks`: the choices that come out otherwise at once. `adds`: lines and titles of warnings that only
    it brings.
    """

    value: Value
    points: Mapping[str, Mapping[str, int]]
    bars: Mapping[str, tuple[str, ...]]
    frees: Mapping[str, tuple[str, ...]]
    picks: Mapping[str, tuple[str, ...]]
    adds: tuple[str, ...]

    def moves(self, choice: str) -> Mapping[str, int]:
        """How much each option of a choice that moves does; to be barred is more than any points."""
        moved = dict(self.points.get(choice, {}))
        moved |= dict.fromkeys(self.bars.get(choice, ()), -BAR) | dict.fromkeys(self.frees.get(choice, ()), BAR)
        return moved


@dataclass(frozen=True)
class Stake:
    """What hangs on a question.

    `worth`: of every possible answer; of a question with several, of each alone; of a number, of one in each interval that rules tell
    apart. `decides`: by choice, the options between which it decides, with the share of possible clients for whom that is so, largest
    first.
    """

    question: Fact
    worth: tuple[Worth, ...]
    decides: Mapping[str, Mapping[str, float]]

    def data(self) -> Data:
        """The stake as plain data."""
        return {
            "question": self.question.id,
            "decides": {choice: dict(options) for choice, options in self.decides.items()},
            "answers": [
                {
                    "value": plain(worth.value),
                    "points": {choice: dict(options) for choice, options in worth.points.items()},
                    "bars": {choice: list(options) for choice, options in worth.bars.items()},
                    "frees": {choice: list(options) for choice, options in worth.frees.items()},
                    "picks": {choice: list(options) for choice, options in worth.picks.items()},
                    "adds": list(worth.adds),
                }
                for worth in self.worth
            ],
        }


def stake(knowledge: Knowledge, case: Case, question: str, declined: frozenset[str] = frozenset()) -> Stake:
    """What hangs on a question of this case, as if it were open; those `declined` stay open for good."""
    crowd = crowd_for(knowledge)
    case = case.but({question: None})
    open_ = [name for name in crowd.possible if name not in case.answers and name not in declined and name != question]
    return Stake(knowledge.questions[question], tuple(_worth(knowledge, case, crowd.possible[question])), _decides(knowledge, case, question, open_, crowd))


# -- what an answer is worth ----------------------------------------------------------------------------------


def _worth(knowledge: Knowledge, case: Case, possible: Possible) -> Iterator[Worth]:
    variations = Variations(consult(knowledge, case, nearly=False))
    without = variations.after({})
    said = _said(without, knowledge, case)
    for value in possible.values:
        given = variations.after({possible.question.id: value})
        yield _compared(value, without, given, [text for text in _said(given, knowledge, case) if text not in said])


def _compared(value: Value, without: Outcome, given: Outcome, adds: Iterable[str]) -> Worth:
    points: dict[str, dict[str, int]] = {}
    bars: dict[str, tuple[str, ...]] = {}
    frees: dict[str, tuple[str, ...]] = {}
    for name, decision in given.decisions.items():
        before = {standing.option: standing for standing in without.decisions[name].ranking}
        after = {standing.option: standing for standing in decision.ranking}
        points[name] = {option: gain for option, standing in after.items() if (gain := standing.points - before[option].points)}
        bars[name] = tuple(option for option, standing in after.items() if standing.excluded_by and not before[option].excluded_by)
        frees[name] = tuple(option for option, standing in after.items() if before[option].excluded_by and not standing.excluded_by)
    picks = {name: decision.picked for name, decision in given.decisions.items() if decision.picked != without.decisions[name].picked}
    return Worth(value, _filled(points), _filled(bars), _filled(frees), picks, tuple(adds))


def _filled(mapping: Mapping[str, Inside]) -> dict[str, Inside]:
    """What has something in it."""
    return {name: inside for name, inside in mapping.items() if inside}


def _said(outcome: Outcome, knowledge: Knowledge, case: Case) -> dict[str, None]:
    """The lines and the titles of the warnings that these facts bring, in the order of the rules."""
    said: dict[str, None] = {}
    for rule in knowledge.rules:
        if (rule.lines or rule.warns) and rule.in_force(case.date) and rule.condition.holds(outcome.facts):
            texts = [*(line.text for line in rule.lines), *(knowledge.caveats[name].title for name in rule.warns)]
            said |= dict.fromkeys(fill(text, outcome.facts, knowledge, case.date) for text in texts)
    return said


# -- between what it decides ----------------------------------------------------------------------------------


def _decides(knowledge: Knowledge, case: Case, question: str, open_: Iterable[str], crowd: Crowd) -> dict[str, dict[str, float]]:
    """By choice, for what share of the crowd each option is picked with some answers and not with others."""
    asked = crowd.possible[question]
    answers = [*asked.values, frozenset()] if asked.question.kind == "many" else list(asked.values)
    plan = Columns(knowledge, case.date)
    read = [name for name in open_ if name in plan.read]
    members = MEMBERS if read else 1
    columns = {name: _again(crowd.columns[name].part(slice(0, members)), len(answers)) for name in read}
    given = column(asked.question, answers)
    columns[question] = Column(np.repeat(given.values, members, axis=-1), np.repeat(given.known, members))
    found: dict[str, dict[str, float]] = {}
    for name, verdicts in plan.decide(Clients(members * len(answers), columns, case.answers)).items():
        picked = verdicts.picked.reshape(-1, len(answers), members)
        shares = (picked.any(axis=1) & ~picked.all(axis=1)).mean(axis=1)
        ranked = sorted(zip(verdicts.choice.order, shares, strict=True), key=lambda pair: -pair[1])
        found[name] = {option: float(share) for option, share in ranked if share > 0}
    return _filled(found)


def _again(part: Column, times: int) -> Column:
    """The same members so many times over."""
    return Column(np.concatenate([part.values] * times, axis=-1), np.concatenate([part.known] * times))


# -- in words -------------------------------------------------------------------------------------------------


def sentences(stake: Stake, knowledge: Knowledge) -> tuple[str, ...]:
    """What hangs on the question, in a few plain sentences, the headline choice first."""
    told = [knowledge.choices[name] for name in _told(stake, knowledge)]
    gains = next((gains for choice in told if (gains := list(_gains(stake, choice)))), [])
    decided = [_contest(stake, choice, knowledge) for choice in told]
    if gains:
        return (*decided, *gains)
    if decided:
        return (*decided, phrases.NO_POINTS_ALONE)
    adds = list(_adds(stake))
    return (phrases.CHANGES_NO_DECISION, *adds) if adds else (phrases.CHANGES_NOTHING_ALONE,)


def _told(stake: Stake, knowledge: Knowledge) -> list[str]:
    """The choices to speak of: the headline if the question decides about it, then those about which it decides most often."""
    shares = {name: max(options.values()) for name, options in stake.decides.items() if max(options.values()) >= HARDLY_ANY}
    ranked = sorted(shares, key=lambda name: (name != knowledge.base.headline, -shares[name]))
    if knowledge.base.headline in ranked and any(worth.moves(ranked[0]) for worth in stake.worth):
        return ranked[:1]
    return ranked[:MOST_CHOICES]


def _contest(stake: Stake, choice: Choice, knowledge: Knowledge) -> str:
    """Between which options the question decides."""
    options = [_label(choice, option) for option, share in stake.decides[choice.id].items() if share >= HARDLY_ANY]
    if choice.pick == "ranked" or len(options) == 1:
        return phrases.DECIDES_WHETHER.format(name=choice.name, options=some(_first(options, MOST_OPTIONS)))
    template = phrases.DECIDES_BETWEEN if choice.id == knowledge.base.headline else phrases.DECIDES_BETWEEN_OF
    return template.format(name=choice.name, options=every(_first(options, MOST_OPTIONS)))


def _label(choice: Choice, option: str) -> str:
    """An option by its label, in quotes if it might run into its neighbours."""
    label = choice.options[option].label
    return words.QUOTED.format(text=label) if any(joint in label for joint in (",", *JOINTS)) else label


def _first(labels: list[str], most: int) -> list[str]:
    """The first few, and how many there are beside them."""
    return labels if len(labels) <= most else [*labels[: most - 1], phrases.more_options(len(labels) - most + 1)]


def _gains(stake: Stake, choice: Choice) -> Iterator[str]:
    """What the weightiest answers are worth to the options of a choice; answers that are worth the same are told together."""
    contested = stake.decides[choice.id]
    groups = [(answers, moved) for answers, worth in _alike(stake, lambda worth: worth.moves(choice.id)) if (moved := worth.moves(choice.id))]
    groups.sort(key=lambda group: -max(abs(gain) * (2 if option in contested else 1) for option, gain in group[1].items()))
    for answers, moved in groups[:MOST_ANSWERS]:
        most = sorted(moved, key=lambda option: (option not in contested, -abs(moved[option])))[:MOST_GAINS]
        effects = _effects({option: moved[option] for option in most}, choice)
        yield phrases.WORTH.format(answer=answers, effects=clauses(effects, words.AND, words.AND_CLEARLY))
    if len(groups) > MOST_ANSWERS:
        yield phrases.more_answers(len(groups) - MOST_ANSWERS)


def _effects(moved: Mapping[str, int], choice: Choice) -> Iterator[str]:
    """`2 points for fish and salad`, options that gain the same told together."""
    for gain, options in groupby(sorted(moved, key=lambda option: -moved[option]), key=lambda option: moved[option]):
        labels = every(_label(choice, option) for option in options)
        if abs(gain) == BAR:
            yield (phrases.FREES if gain > 0 else phrases.BARS).format(options=labels)
        else:
            yield (phrases.POINTS_FOR if gain > 0 else phrases.POINTS_AGAINST).format(points=words.points(abs(gain)), options=labels)


def _adds(stake: Stake) -> Iterator[str]:
    """The lines and warnings that the answers bring, those with most first."""
    groups = [(answers, worth.adds) for answers, worth in _alike(stake, lambda worth: worth.adds) if worth.adds]
    groups.sort(key=lambda group: -len(group[1]))
    for answers, adds in groups[:MOST_ANSWERS]:
        told = [words.QUOTED.format(text=first_sentence(text).removesuffix(".")) for text in adds[:MOST_LINES]]
        if len(adds) > MOST_LINES:
            told.append(phrases.more_lines(len(adds) - MOST_LINES))
        yield phrases.ADDS.format(answer=answers, lines=every(told))
    if len(groups) > MOST_ANSWERS:
        yield phrases.more_answers(len(groups) - MOST_ANSWERS)


def _alike(stake: Stake, key: Callable[[Worth], object]) -> Iterator[tuple[str, Worth]]:
    """Answers that come to the same, in words, with what one of them is worth; numbers only if they stand side by side."""
    groups: list[list[int]] = []
    for place, worth in enumerate(stake.worth):
        near = groups[-1:] if stake.question.kind == "number" else groups
        same = next((group for group in near if key(stake.worth[group[0]]) == key(worth)), None)
        if same is None:
            groups.append([place])
        else:
            same.append(place)
    for group in groups:
        yield _answers(stake, group), stake.worth[group[0]]


def _answers(stake: Stake, places: list[int]) -> str:
    fact, values = stake.question, [worth.value for worth in stake.worth]
    if fact.kind == "number":
        return _span(values[places[0]], values[places[-1] + 1] if places[-1] + 1 < len(values) else None, fact.unit, is_first=places[0] == 0)
    return some(_first([words.QUOTED.format(text=answer_text(fact, values[place])) for place in places], MOST_TOGETHER))


def _span(low: Any, after: Any, unit: str | None, *, is_first: bool) -> str:
    """The numbers from one on, up to but without another, as a sentence begins."""
    if after is not None and after - low == 1:
        return amount(low, unit)
    least, most = words.AT_LEAST.format(amount=amount(low, unit)), "" if after is None else words.LESS_THAN.format(amount=amount(after, unit))
    text = least if after is None else most if is_first else words.BUT.format(least=least, most=most)
    return text[:1].upper() + text[1:]
