"""Which question is worth asking next, and when nothing is left that could change the advice.

First whatever decides the headline choice, then the other choices, then the rest of what the client is told. Of these the most
telling question comes first: the one whose answer says most about how the choices come out for the crowd of clients that this one may
yet turn out to be (mutual information, in nats, less its bias by chance after Miller and Madow). A topic is stayed with as long as a
question in it tells nearly as much.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from advisor.foresight.certainty import Certainty, Plan
from advisor.foresight.columns import Columns, Masks, Verdicts
from advisor.foresight.crowd import MEMBERS, Crowd, crowd_for
from advisor.knowledge.condition import Facts
from advisor.knowledge.model import Knowledge

Stage = Literal["headline", "choices", "texts"]
STAGES: tuple[Stage, ...] = ("headline", "choices", "texts")

SETTLED = 1 / 1024  # a choice is settled if it comes out otherwise for no larger share of the crowd
FEW = 2_048  # members asked while they still differ much; all are asked once hardly any do
CLOSE = 0.05  # so few
NEARLY = 0.9  # of what the most telling question tells is enough to stay with a topic
MOST_KEPT = 8  # days


@dataclass(frozen=True)
class Inquiry:
    """Where an interview stands.

    `question`: the one to ask next, for the sake of `stage`; both are nothing once no question can change what the client is told.
    `standing`: the share of the crowd for which each option of the headline choice comes out, largest first. `settled`: the choices
    that come out alike for practically all. `matter`: the open questions that can still change something, by what they can change
    first. `idle`: the open questions that no longer can.
    """

    question: str | None
    stage: Stage | None
    standing: Mapping[str, float]
    settled: tuple[str, ...]
    matter: Mapping[Stage, tuple[str, ...]]
    idle: tuple[str, ...]


class Inquirer:
    """Plans interviews over one knowledge base on one day."""

    def __init__(self, knowledge: Knowledge, day: date, crowd: Crowd) -> None:
        self._knowledge, self._crowd = knowledge, crowd
        self._headline = knowledge.choices[knowledge.base.headline]
        self._for_headline = Columns(knowledge, day, [self._headline.id])
        self._for_all = Columns(knowledge, day)
        self._rules = Plan(knowledge, day)

    def inquire(self, answers: Facts, declined: frozenset[str] = frozenset(), topic: str | None = None) -> Inquiry:
        """Where the interview stands after these answers; questions that were `declined` stay unknown and are not asked again."""
        open_ = {name: each for name, each in self._crowd.possible.items() if name not in answers and name not in declined}
        matter = self._matter(Certainty(self._rules, answers, open_))
        idle = tuple(name for name in open_ if not any(name in names for names in matter.values()))
        verdicts = self._headline_verdicts(answers, matter["headline"])
        standing = _standing(verdicts)
        if matter["headline"] and not _is_settled(verdicts):
            return Inquiry(self._most_telling(matter["headline"], [verdicts], topic), "headline", standing, (), matter, idle)
        settled, undecided = self._others(answers, matter["headline"] + matter["choices"])
        if undecided and (asked := matter["headline"] + matter["choices"]):
            return Inquiry(self._most_telling(asked, undecided, topic), "choices", standing, settled, matter, idle)
        rest = [name for name in open_ if name not in idle]
        question = next((name for name in rest if self._knowledge.topic_of[name] == topic), next(iter(rest), None))
        return Inquiry(question, "texts" if question else None, standing, settled, matter, idle)

    # -- what can still matter ------------------------------------------------------------------------------------

    def _matter(self, certainty: Certainty) -> dict[Stage, tuple[str, ...]]:
        """The open questions that can still change something, each under the first thing it can change."""
        choices = self._knowledge.choices.values()
        reach: dict[Stage, frozenset[str]] = {
            "headline": certainty.matters([self._headline], texts=False),
            "choices": certainty.matters(choices, texts=False),
            "texts": certainty.matters(choices, texts=True),
        }
        found: dict[Stage, tuple[str, ...]] = {}
        seen: frozenset[str] = frozenset()
        for stage in STAGES:
            found[stage] = tuple(name for name in self._knowledge.questions if name in reach[stage] - seen)
            seen |= reach[stage]
        return found

    # -- the crowd ------------------------------------------------------------------------------------------------

    def _completed(self, answers: Facts, plan: Columns, matter: Iterable[str], members: int) -> dict[str, Verdicts]:
        """How the choices come out for members who answer what matters to these choices."""
        return plan.decide(self._crowd.completing(answers, matter, members))

    def _headline_verdicts(self, answers: Facts, matter: Iterable[str]) -> Verdicts:
        """How the headline choice comes out for a few members or, if hardly any differ, for all."""
        verdicts = self._completed(answers, self._for_headline, matter, FEW)[self._headline.id]
        _, counts = np.unique(verdicts.first, return_counts=True)
        if counts.max() < (1 - CLOSE) * FEW:
            return verdicts
        return self._completed(answers, self._for_headline, matter, MEMBERS)[self._headline.id]

    def _others(self, answers: Facts, matter: Iterable[str]) -> tuple[tuple[str, ...], list[Verdicts]]:
        """The choices that are settled, and how those came out that are not."""
        verdicts = self._completed(answers, self._for_all, matter, FEW)
        settled = tuple(name for name, each in verdicts.items() if name == self._headline.id or _is_settled(each))
        return settled, [each for name, each in verdicts.items() if name not in settled]

    # -- telling questions ----------------------------------------------------------------------------------------

    def _most_telling(self, names: Sequence[str], verdicts: Iterable[Verdicts], topic: str | None) -> str:
        """The question that says most about these verdicts, or one nearly as telling of the topic at hand."""
        outcomes = [part for each in verdicts for part in _outcomes(each)]
        members = outcomes[0].shape[1]
        telling = dict(zip(names, information([self._told(name, members) for name in names], outcomes), strict=True))
        best = max(telling, key=lambda name: telling[name])
        here = [name for name in telling if self._knowledge.topic_of[name] == topic and telling[name] >= NEARLY * telling[best]]
        return max(here, key=lambda name: telling[name]) if here else best

    def _told(self, name: str, members: int) -> list[Masks]:
        """The answers of so many members: one mask for each; of a `many` question, one such list for each option."""
        masks = self._crowd.told(name)[:, :members]
        return [mask[None] for mask in masks] if self._crowd.possible[name].question.kind == "many" else [masks]


def information(told: Sequence[Sequence[Masks]], outcomes: Sequence[Masks]) -> list[float]:
    """What each question says about the outcomes, in nats.

    Masks that exclude each other stand together, a row for each; where none of them holds, that counts as one more. What several such
    groups say, of a question or an outcome, is added up.
    """
    seen = np.vstack([_whole(group) for group in outcomes]).astype(np.float32)
    asked = np.vstack([_whole(group) for groups in told for group in groups]).astype(np.float32)
    joint = (asked @ seen.T / seen.shape[1]).astype(float)
    alone, outcome = asked.mean(axis=1, keepdims=True), seen.mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(joint > 0, joint * np.log(joint / (alone * outcome)), 0).sum(axis=1)
    freedom = (np.count_nonzero(outcome) - len(outcomes)) / (2 * seen.shape[1])
    found, first = [], 0
    for groups in told:
        last = first + sum(len(group) + 1 for group in groups)
        found.append(float(terms[first:last].sum() - freedom * (np.count_nonzero(alone[first:last]) - len(groups))))
        first = last
    return found


def _whole(masks: Masks) -> Masks:
    return np.vstack([masks, ~masks.any(axis=0)])


def _outcomes(verdicts: Verdicts) -> list[Masks]:
    """How a choice came out: one mask for each option, of which one holds; of a `ranked` choice, one such list for each option."""
    return [mask[None] for mask in verdicts.picked] if verdicts.choice.pick == "ranked" else [verdicts.picked]


def _is_settled(verdicts: Verdicts) -> bool:
    """Whether the choice comes out for practically all members as it does for the first, who adds nothing to what is known."""
    return float(np.mean((verdicts.picked != verdicts.picked[:, :1]).any(axis=0))) <= SETTLED


def _standing(verdicts: Verdicts) -> dict[str, float]:
    shares = verdicts.picked.mean(axis=1)
    ranked = sorted(zip(verdicts.choice.order, shares, strict=True), key=lambda pair: -pair[1])
    return {option: float(share) for option, share in ranked if share > 0}


_lock = threading.Lock()
_inquirers: dict[tuple[str, date], Inquirer] = {}


def inquirer_for(knowledge: Knowledge, day: date) -> Inquirer:
    """The inquirer of this knowledge base for this day, kept for the next question."""
    with _lock:
        key = knowledge.fingerprint, day
        if key not in _inquirers:
            if len(_inquirers) >= MOST_KEPT:
                _inquirers.pop(next(iter(_inquirers)))
            _inquirers[key] = Inquirer(knowledge, day, crowd_for(knowledge))
        return _inquirers[key]
