"""How sure a decision is, as plain data and as sentences: what `surety` has found, in words first, figures behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor import words
from advisor.foresight.surety import Neighbour, Surety, surety
from advisor.inference.consult import Consultation
from advisor.inference.trace import plain
from advisor.knowledge.model import Knowledge
from advisor.language.values import amount, answer_text, every
from advisor.reasoning import wording

Data = dict[str, Any]

MOST_TURNING = 3  # other answers that would turn the decision, told in the text
MOST_HINGES = 4  # answers, or rules, named in the text


def assurance(consultation: Consultation, choice: str) -> Data:
    """How sure the decision of a choice is: the figures of `surety`, and the sentences that tell them under `says`."""
    found, knowledge = surety(consultation, choice), consultation.knowledge
    return {
        "word": found.word,
        "says": list(_sentences(found, knowledge)),
        "completions": {"shares": dict(found.completions), "same": found.same, "tried": found.completed, "all": found.enumerated},
        "neighbours": {"tried": found.neighbours, "same": found.alike, "turning": [_turning(one) for one in found.turning]},
        "weights": {"tried": found.reweighed, "same": found.kept},
        "hangs_on": {"answers": list(found.hangs_on_answers), "rules": [rule.id for rule in found.hangs_on_rules]},
    }


def _turning(neighbour: Neighbour) -> Data:
    return {"question": neighbour.question, "answer": plain(neighbour.answer), "picked": list(neighbour.picked)}


def _sentences(found: Surety, knowledge: Knowledge) -> Iterator[str]:
    """The word for it, then what it rests on."""
    yield wording.SURE[found.word].format(picked=_named(found.choice, found.picked, knowledge))
    yield from _completions(found, knowledge)
    if found.neighbours:
        yield wording.NEIGHBOURS.format(number=amount(found.neighbours, None), same=amount(found.alike, None))
    if found.turning:
        yield wording.TURNING.format(examples=every(_example(one, found, knowledge) for one in found.turning[:MOST_TURNING]))
    if found.reweighed:
        yield wording.REWEIGHED.format(number=amount(found.reweighed, None), same=amount(found.kept, None))
    asks = [words.QUOTED.format(text=question.ask) for name in found.hangs_on_answers if (question := knowledge.facts[name].question)]
    titles = [words.QUOTED.format(text=rule.title) for rule in found.hangs_on_rules]
    for names, one, several in ((asks, wording.HANGS_ON_ANSWER, wording.HANGS_ON_ANSWERS), (titles, wording.HANGS_ON_RULE, wording.HANGS_ON_RULES)):
        if names:
            yield (one if len(names) == 1 else several).format(names=every(names[:MOST_HINGES]), number=len(names))
    if not asks and not titles:
        yield wording.HANGS_ON_NOTHING


def _completions(found: Surety, knowledge: Knowledge) -> Iterator[str]:
    """In how many of 100 cases it stays, and what else it could become."""
    if found.completed == 1:
        yield wording.ALL_ANSWERED
        return
    template = wording.OF_ALL_COMPLETIONS if found.enumerated else wording.OF_COMPLETIONS
    yield template.format(number=amount(found.completed, None), share=_percent(found.same))
    options = knowledge.choices[found.choice].options
    others = [wording.SHARE.format(option=options[name].label, share=_percent(share)) for name, share in found.completions.items() if name not in found.picked]
    if found.same < 1 and others and knowledge.choices[found.choice].pick != "ranked":
        yield wording.COULD_BECOME.format(options=every(others[:2]))


def _percent(share: float) -> str:
    """A share of 100; what is not quite all, or not quite nothing, is not rounded to it."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return wording.NEARLY_ALL
    return wording.LESS_THAN_ONE if whole == 0 and share > 0 else str(whole)


def _example(one: Neighbour, found: Surety, knowledge: Knowledge) -> str:
    fact = knowledge.facts[one.question]
    answer = answer_text(fact, one.answer) if one.answer is not None else ""
    ask = fact.question.ask if fact.question else fact.name
    return wording.TURNS.format(ask=ask, answer=answer, picked=_named(found.choice, one.picked, knowledge))


def _named(choice: str, picked: tuple[str, ...], knowledge: Knowledge) -> str:
    options = knowledge.choices[choice].options
    return every(options[name].label for name in picked) or words.NO_PICK
