"""The difference of two strategies -> headings, paragraphs and points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor import words
from advisor.knowledge.model import Knowledge
from advisor.language.english import as_sentence, picked_text
from advisor.language.values import every, first_sentence
from advisor.presentation import wording
from advisor.presentation.blocks import Block, Heading, Paragraph, Point
from advisor.presentation.cited import mark

Data = dict[str, Any]

MOST_OPTIONS = 6  # of a decision that turns out otherwise, those picked first, then those that moved most
MOST_OPTIONS_OF_SAME = 3  # of a decision that stays
MOST_REASONS = 4  # that came or went, for the options picked before and after
BAR = 1000  # more than any points


def blocks(data: Data, knowledge: Knowledge, choice: str | None = None) -> Iterator[Block]:
    """The answers changed, and what comes of it; with a choice only what comes of it for that."""
    yield Paragraph(words.FOR_CLIENT.format(client=data["client"], date=words.day_text(data["date"])))
    yield Heading(wording.WHAT_IF)
    for answer in data["answers"]:
        yield Point(wording.CHANGED_ANSWER.format(ask=answer["ask"], before=answer["says_before"], after=answer["says_after"]))
    decided = {name: changed for name, changed in data["choices"].items() if choice in (None, name) and _told(changed)}
    lines = [] if choice else [data[kind] for kind in ("added", "gone", "reworded", "sides")]
    if not decided and not any(lines):
        yield Paragraph(wording.STAYS if choice else wording.CHANGES_NOTHING)
        return
    if not decided:
        yield Paragraph(wording.KEEPS_DECISIONS)
    for name, changed in sorted(decided.items(), key=lambda item: item[1]["before"] == item[1]["after"]):  # stable: turned decisions first
        yield from _decision(name, changed, knowledge)
    if choice is None:
        yield from _lines(data, knowledge)


def _decision(name: str, changed: Data, knowledge: Knowledge) -> Iterator[Block]:
    now, same = _picked(name, changed["after"], knowledge), changed["before"] == changed["after"]
    labels = [knowledge.choices[name].options[option].said for option in changed["before"]]
    yield Heading(wording.SAME_DECISION.format(now=now) if same else words.NEW_DECISION.format(now=now, before=every(labels) or words.NO_PICK))
    turned = [*changed["after"], *changed["before"]]
    moved = sorted(_moved(changed), key=lambda option: (turned.index(option["option"]) if option["option"] in turned else len(turned), -_weight(option)))
    most = MOST_OPTIONS_OF_SAME if same else MOST_OPTIONS
    for option in moved[:most]:
        yield Point(wording.POINTS_CHANGE.format(option=option["label"], before=_stand(option, "before"), after=_stand(option, "after")))
    if len(moved) > most:
        yield Point(wording.more_near(len(moved) - most), sign="")
    if not same:
        yield from _because([option for option in moved if option["option"] in (*changed["before"][:1], *changed["after"][:1])], knowledge)


def _told(changed: Data) -> bool:
    return changed["before"] != changed["after"] or bool(_moved(changed))


def _moved(changed: Data) -> list[Data]:
    """The options that stand otherwise than before."""
    return [option for option in changed["options"] if _stand(option, "before") != _stand(option, "after")]


def _picked(name: str, picked: list[str], knowledge: Knowledge) -> str:
    return as_sentence(picked_text(name, picked, knowledge)) if picked else words.NOTHING_FITS.format(name=knowledge.choices[name].name)


def _weight(option: Data) -> int:
    """How much an option moved; to be barred, or no longer, is more than any points."""
    moved: int = abs(option["after"] - option["before"])
    return moved + BAR * (bool(option["barred_before"]) is not bool(option["barred_after"]))


def _stand(option: Data, when: str) -> str:
    return words.IS_OUT if option[f"barred_{when}"] else words.points(option[when])


def _because(options: list[Data], knowledge: Knowledge) -> Iterator[Block]:
    """The weightiest rules that came or went for the options that matter."""
    reasons = [(option, reason) for option in options for reason in option["because"]]
    reasons.sort(key=lambda pair: (bool(pair[1]["points"]), -abs(pair[1]["points"])))  # bars first
    for option, reason in reasons[:MOST_REASONS]:
        gain = reason["points"] if reason["came"] else -reason["points"]
        text = wording.WEIGHS[reason["side"], reason["came"]].format(option=option["label"], because=reason["because"])
        source = words.SENTENCES.format(first=mark(reason["cites"], knowledge), next=wording.BY_RULE.format(rule=reason["rule"]))
        yield Point(text, source, f"{gain:+d}" if gain else "!")


def _lines(data: Data, knowledge: Knowledge) -> Iterator[Block]:
    for title, kind in ((wording.ADDED, "added"), (wording.GONE, "gone")):
        if data[kind]:
            yield Heading(title)
            yield from (Point(first_sentence(line["text"]), wording.BY_RULE.format(rule=line["rule"])) for line in data[kind])
    if data["reworded"]:
        yield Heading(wording.REWORDED)
        yield from (Point(first_sentence(line["after"]), wording.BY_RULE.format(rule=line["rule"])) for line in data["reworded"])
    if data["sides"]:
        yield Heading(wording.OTHER_SIDE)
    for side in data["sides"]:
        before, after = (
            every(words.QUOTED.format(text=knowledge.claims[claim].says) for claim in side[when]) or wording.NOBODY for when in ("before", "after")
        )
        yield Point(wording.SIDE_CHANGE.format(question=side["question"], before=before, after=after))
