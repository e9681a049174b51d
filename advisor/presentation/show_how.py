"""How the advisor comes to a line -> headings, paragraphs and points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor import words
from advisor.knowledge.model import Knowledge
from advisor.language.values import every, some
from advisor.presentation import wording
from advisor.presentation.blocks import Block, Heading, Paragraph, Point
from advisor.presentation.cited import mark

Data = dict[str, Any]

MOST_REASONS = 3  # for or against an option that was picked
MOST_NAMES = 8  # of the answers on which a line rests


def blocks(data: Data, knowledge: Knowledge) -> Iterator[Block]:
    """The line, the rules that say it, what they rest on, and the answers behind it all."""
    yield Paragraph(words.FOR_CLIENT.format(client=data["client"], date=words.day_text(data["date"])))
    unknown = any(missing["rule"] is None for missing in data["missing"]) or not (data["said"] or data["missing"])
    yield Heading(wording.NOT_KNOWN if unknown else wording.HOW if data["said"] else wording.HOW_NOT)
    for missing in data["missing"]:
        yield from _missing(missing)
    for step in data["steps"]:
        yield Heading(wording.LINE_KINDS[step["kind"]].format(text=step["says"]))
        if "sentence" in step:
            yield Paragraph(step["sentence"])
        yield from _decision(step, knowledge) if step["kind"] == "choice" else (_rule(rule, knowledge) for rule in step["rules"])
        if step["kind"] == "disagreement":
            yield from _followed(step, knowledge)
    if data["said"]:
        yield Heading(wording.YOUR_ANSWERS)
        yield Paragraph(_answers(data))


def _missing(missing: Data) -> Iterator[Block]:
    if missing["rule"]:
        yield Heading(wording.NOT_SAID.format(title=missing["title"].removesuffix(".")))
    for failed in missing["failed"]:
        yield Point(failed, wording.BY_RULE.format(rule=missing["rule"]) if missing["rule"] else "")


def _rule(rule: Data, knowledge: Knowledge) -> Paragraph:
    return Paragraph(words.SENTENCES.format(first=rule["says"], next=rule["because"]), _source(rule, knowledge))


def _followed(step: Data, knowledge: Knowledge) -> Iterator[Block]:
    """The claims on whose side the rules are."""
    settled = (settled for rule in step["rules"] for settled in knowledge.rule[rule["rule"]].settles)
    claims = [knowledge.claims[claim].says for one in settled if one.disagreement in step["name"].split("/") for claim in one.follow]
    if claims:
        yield Paragraph(words.WE_FOLLOW)
        yield from (Point(claim) for claim in dict.fromkeys(claims))


def _source(rule: Data, knowledge: Knowledge) -> str:
    return words.SENTENCES.format(first=mark(rule["cites"], knowledge), next=wording.BY_RULE.format(rule=rule["rule"]))


def _decision(step: Data, knowledge: Knowledge) -> Iterator[Block]:
    for picked in step["picked"]:
        behind = step["next"]
        template = wording.WON_BEFORE if behind and picked is step["picked"][-1] else wording.WON_WITH
        shown = {"option": picked["label"], "points": words.points(picked["points"])}
        rival = {"next": behind["label"], "next_points": words.points(behind["points"])} if behind else {}
        yield Paragraph(template.format(**shown, **rival))
        for side, sign in (("for", "+"), ("against", "-")):
            for reason in picked[side][:MOST_REASONS]:
                text = words.SENTENCES.format(first=reason["says"], next=reason["because"])
                yield Point(text, _source(reason, knowledge), f"{sign}{reason['points']}")
            if len(picked[side]) > MOST_REASONS:
                yield Point(wording.more_reasons(len(picked[side]) - MOST_REASONS), sign="")
    by_bar: dict[str, list[Data]] = {}
    for barred in step["barred"]:
        by_bar.setdefault(barred["bars"][0]["rule"], []).append(barred)
    for together in by_bar.values():
        bar = together[0]["bars"][0]
        options = some(words.OPTION_POINTS.format(option=barred["label"], points=words.points(barred["points"])) for barred in together)
        yield Paragraph(wording.ONLY_BARRED.format(options=options, because=bar["because"]), _source(bar, knowledge))


def _answers(data: Data) -> str:
    given = [answer["name"] for answer in data["answers"] if answer["answer"] is not None]
    if given:
        return wording.rests_on_answers(len(given)).format(number=len(given), names=_names(given))
    open_ = [question["name"] for question in data["open"]]
    return wording.RESTS_ON_OPEN.format(names=_names(open_)) if open_ else wording.RESTS_ON_NONE


def _names(names: list[str]) -> str:
    return every([*names[:MOST_NAMES], *([wording.more_answers(len(names) - MOST_NAMES)] if len(names) > MOST_NAMES else [])])
