"""What would have to change for an option to be picked, as plain data.

What `flips` has found, put into words; the bars are those of the strategy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.inference.consult import Consultation
from advisor.inference.trace import plain
from advisor.knowledge.condition import Test
from advisor.knowledge.model import Knowledge
from advisor.language.english import clause
from advisor.language.values import value_text
from advisor.proof.flips import Best, Flips
from advisor.proof.openings import Change
from advisor.reasoning import contrast, wording
from advisor.reasoning.balance import FRAME, option_named, sheet, standing_of

Data = dict[str, Any]


def overturn(data: Data, consultation: Consultation, choice: str, option: str) -> Data:
    """The smallest changes that make an option be picked, or what stands in their way. `data` is the strategy of the consultation.

    `changes` is the number of answers that it takes, nothing if no number does; `covered` is the number up to which all was tried where
    trying more would take too long; `because` says what no change
    does away with, `open_answer` what an answer not given yet would do. Raises AdvisorError if there is no such choice or option.
    """
    knowledge = consultation.knowledge
    balance = sheet(data, choice, knowledge)
    standing = standing_of(balance["ranking"], option_named(option, choice, knowledge))
    flip = Flips(consultation, choice).of(standing["option"])
    barring = {rule.id for rule in flip.barred_by}
    hopeless = not (flip.is_picked or flip.ways or flip.covered is not None)
    return {
        **{key: balance[key] for key in (*FRAME, "choice", "name", "picked")},
        **{key: standing[key] for key in ("option", "label", "points")},
        "is_picked": flip.is_picked,
        "changes": len(flip.ways[0]) if flip.ways else None,
        "ways": [[_change(change, knowledge) for change in way] for way in flip.ways],
        "covered": flip.covered,
        "bars": [bar for bar in standing["bars"] if bar["rule"] in barring],
        "best": flip.best and _best(flip.best, choice, knowledge),
        "because": list(_because(flip.best, balance["ranking"], standing, consultation)) if flip.best else [],
        "open_answer": _open_answer(contrast.why_not(consultation, data, choice, standing["option"]), knowledge) if hopeless else None,
    }


def _because(best: Best, ranking: list[Data], standing: Data, consultation: Consultation) -> Iterator[str]:
    """What speaks for the rival, or against the option, whatever is changed."""
    rival = standing_of(ranking, best.rival) if best.rival else None
    shared = {reason["rule"] for reason in standing["for"]}
    ahead = [reason for reason in rival["for"] if reason["rule"] in best.held - shared] if rival else []
    against = [reason for reason in standing["against"] if reason["rule"] in best.held]
    for template, option, reasons in ((wording.KEEPS_SPEAKING_FOR, rival, ahead), (wording.KEEPS_SPEAKING_AGAINST, standing, against)):
        if option and reasons:
            yield template.format(option=option["label"], reasons=contrast.in_short(reasons, consultation))


def _open_answer(told: Data, knowledge: Knowledge) -> str | None:
    """What an answer not given yet would do, to a question about what cannot be changed."""
    nearest = told["nearest"]
    question = knowledge.questions[nearest["question"]].question if nearest else None
    if question is None or question.changeable or nearest["state"] != "open":
        return None
    return contrast.change_text(nearest, told["label"], told["needed"])


def _best(best: Best, choice: str, knowledge: Knowledge) -> Data:
    decided = knowledge.choices[choice]
    rival = best.rival and {"option": best.rival, "label": decided.options[best.rival].label, "points": best.rival_points}
    return {
        "lacks": best.lacks,
        "points": best.points,
        "needed": None if decided.pick == "one" else decided.threshold,
        "rival": None if decided.pick == "ranked" else rival,
        "after": [_change(change, knowledge) for change in best.way],
    }


def _change(change: Change, knowledge: Knowledge) -> Data:
    """One answer changed: `says` is the clause with the new answer and, in brackets, the old one."""
    fact = knowledge.facts[change.question]
    new = clause(Test(fact.id, "one_of", (change.to, *change.also)) if change.also else Test(fact.id, "is", change.to), knowledge)
    template = wording.NOT_ANSWERED if change.now is None else wording.UNLIKE_NOW if fact.kind == "flag" else wording.NOW
    says = template.format(clause=new, answer="" if change.now is None else value_text(fact, change.now))
    return {"question": fact.id, "now": plain(change.now), "to": plain(change.to), "also": [plain(value) for value in change.also], "says": says}
