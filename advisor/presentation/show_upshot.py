"""The difference of two versions of the knowledge -> headings, paragraphs and points, and plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from advisor import words
from advisor.checking.edits import Edit
from advisor.checking.example import Example
from advisor.checking.sample import read_by
from advisor.checking.upshot import Flip, Upshot
from advisor.inference.trace import plain
from advisor.knowledge.condition import Condition, Unless, Value
from advisor.knowledge.model import Choice, Entry, Fact, Knowledge, Rule
from advisor.language.english import condition_text, effect_text, sentence
from advisor.language.values import answer_text, every, listed
from advisor.presentation import wording
from advisor.presentation.blocks import Block, Heading, Paragraph, Point

MOST_FLIPS = 12  # of one choice, most frequent first
MOST_BLAMED = 4  # edits for one turn
MOST_SCENARIOS = 5

EFFECTS = ("points", "excludes", "concludes", "warns", "lines", "settles")
TEXTS = ("title", "because", "wrong_when", "cites")
PLAIN = ("status", "since", "until")


def blocks(upshot: Upshot) -> Iterator[Block]:
    """What was edited, which results turn and why, and a client whose headline differs."""
    yield Heading(wording.WHAT_WAS_EDITED)
    if not upshot.edits and not upshot.retold:
        yield Paragraph(wording.NOTHING_EDITED)
    for edit in upshot.edits:
        yield Point(_edited(edit, upshot), _about(edit, upshot))
    for kind, names in upshot.retold.items():
        told = [wording.RETOLD_HOW[how].format(names=every(some)) for how, some in names.items() if some]
        yield Point(wording.RETOLD.format(kind=kind, told=listed(told, words.SEMICOLON.replace("{next}", "{last}"))))
    yield Heading(wording.WHAT_TURNS)
    yield Paragraph(wording.COMPARED_FOR.format(scenarios=upshot.scenarios, drawn=upshot.clients - upshot.scenarios))
    if not upshot.flips:
        yield Paragraph(wording.NOTHING_TURNS)
    for choice in dict.fromkeys(flip.choice for flip in upshot.flips):
        turns = [flip for flip in upshot.flips if flip.choice == choice]
        for flip in turns[:MOST_FLIPS]:
            yield from _turn(flip, upshot)
        if len(turns) > MOST_FLIPS:
            yield Paragraph(wording.more_turns(len(turns) - MOST_FLIPS))
    yield from _unseen(upshot)
    yield Heading(wording.WHO_DIFFERS)
    if upshot.example:
        yield from _client(upshot.example, upshot)
    elif upshot.proven:
        yield Paragraph(wording.PROVEN_SAME.format(date=_today(upshot)))
    elif upshot.new.base.headline not in upshot.old.choices:
        yield Paragraph(wording.NEW_HEADLINE.format(choice=upshot.new.choices[upshot.new.base.headline].name))
    else:
        yield Paragraph(wording.NO_DIFFERENCE.format(number=upshot.tried))


# -- edits in words ---------------------------------------------------------------------------------------------


def _edited(edit: Edit, upshot: Upshot) -> str:
    return wording.EDITED[edit.kind, edit.how].format(name=edit.name, says=says(edit, upshot))


def _about(edit: Edit, upshot: Upshot) -> str:
    """Where a rule stands, and for how many it fires."""
    if edit.kind != "rule":
        return ""
    rule = edit.after or edit.before
    place = rule.origin.place("id") if isinstance(rule, Rule) else None
    before, after = upshot.firings[edit.name]
    fired = wording.FIRED.format(before=before, after=after, all=upshot.clients)
    return f"({words.SEMICOLON.format(first=wording.AT.format(place=place), next=fired) if place else fired})"


def says(edit: Edit, upshot: Upshot) -> str:
    """What an edit did, in words."""
    match edit.before, edit.after:
        case Rule() as before, Rule() as after:
            return words.SENTENCE.format(text=listed(list(_changes(before, after, upshot.old, upshot.new)), words.SEMICOLON.replace("{next}", "{last}")))
        case None, Rule() as rule:
            return sentence(rule, upshot.new)
        case Rule() as rule, None:
            return sentence(rule, upshot.old)
        case (Fact() as before, Fact() as after) | (Choice() as before, Choice() as after):
            parts = [name for name in vars(after) if name != "origin" and _comparable(getattr(before, name, None)) != _comparable(getattr(after, name))]
            return words.SENTENCE.format(text=wording.OTHERWISE.format(parts=every(parts)))
        case int(), int():
            return words.SENTENCE.format(text=wording.NOW_INSTEAD.format(part=edit.name, before=edit.before, after=edit.after))
    return ""


def _comparable(value: Any) -> Any:
    """A part of an item; options with their order."""
    return list(value.items()) if isinstance(value, dict) else value


def _changes(before: Rule, after: Rule, old: Knowledge, new: Knowledge) -> Iterator[str]:
    """Every change of a rule: its conditions, what it does, when it is in force, how it reads."""
    yield from _conditions(before, after, old, new)
    strengths = {(points.choice, points.option, points.points > 0): points.strength for points in before.points}
    for points in after.points:
        was = strengths.get((points.choice, points.option, points.points > 0), points.strength)
        if was != points.strength:
            part = new.choices[points.choice].options[points.option].said
            yield wording.NOW_INSTEAD.format(part=part, before=was, after=points.strength)
    if come := _effects(after, before, new):
        yield wording.NOW_ALSO.format(effects=come)
    if gone := _effects(before, after, old):
        yield wording.NO_LONGER_DOES.format(effects=gone)
    for name in PLAIN:
        if getattr(before, name) != getattr(after, name):
            was, now = (str(getattr(rule, name) or wording.NOTHING_SET) for rule in (before, after))
            yield wording.NOW_INSTEAD.format(part=name, before=was, after=now)
    if parts := [name for name in TEXTS if getattr(before, name) != getattr(after, name)]:
        yield wording.READS_OTHERWISE.format(parts=every(parts))


def _conditions(before: Rule, after: Rule, old: Knowledge, new: Knowledge) -> Iterator[str]:
    was, now = (_entries(rule) for rule in (before, after))
    for entry, place in was.items():
        twin = next((other for other, at in now.items() if at == place and other not in was), None)
        if entry.condition in [other.condition for other in now]:
            continue
        if twin and isinstance(twin.condition, Unless) is isinstance(entry.condition, Unless):
            yield wording.MUTANT_THRESHOLD.format(before=_asked(entry.condition, old), after=_asked(twin.condition, new))
        else:
            template = wording.MUTANT_EXCEPTION if isinstance(entry.condition, Unless) else wording.MUTANT_CONDITION
            yield template.format(condition=_asked(entry.condition, old))
    for entry, place in now.items():
        if entry.condition not in [other.condition for other in was] and not any(at == place and other not in now for other, at in was.items()):
            template = wording.EXCEPTS_ALSO if isinstance(entry.condition, Unless) else wording.ASKS_ALSO
            yield template.format(condition=_asked(entry.condition, new))


def _entries(rule: Rule) -> dict[Entry, tuple[str, int]]:
    """The conditions of a rule, each with its key and how often that came before."""
    found: dict[Entry, tuple[str, int]] = {}
    for entry in rule.entries:
        found[entry] = entry.key, sum(key == entry.key for key, _ in found.values())
    return found


def _asked(condition: Condition, knowledge: Knowledge) -> str:
    return condition_text(condition.part if isinstance(condition, Unless) else condition, knowledge)


def _effects(these: Rule, those: Rule, knowledge: Knowledge) -> str:
    """What one rule does and the other does not, in words; another strength is no other effect."""
    spoken = {(points.choice, points.option, points.points > 0) for points in those.points}
    only: dict[str, Any] = {name: tuple(part for part in getattr(these, name) if part not in getattr(those, name)) for name in EFFECTS}
    only["points"] = tuple(points for points in these.points if (points.choice, points.option, points.points > 0) not in spoken)
    return effect_text(replace(these, **only), knowledge) if any(only.values()) else ""


# -- results ----------------------------------------------------------------------------------------------------


def _turn(flip: Flip, upshot: Upshot) -> Iterator[Block]:
    choice = upshot.new.choices[flip.choice]
    before, after = _picked(flip.choice, flip.before, upshot.old), _picked(flip.choice, flip.after, upshot.new)
    text = wording.TURNS_FROM.format(choice=choice.name, before=before, after=after, number=flip.clients, all=upshot.clients)
    named = [*flip.scenarios[:MOST_SCENARIOS], *([wording.more_answers(len(flip.scenarios) - MOST_SCENARIOS)] if len(flip.scenarios) > MOST_SCENARIOS else [])]
    yield Paragraph(wording.TURNS_IN.format(text=text, scenarios=every(named)) if named else text)
    for blame in flip.blamed[:MOST_BLAMED]:
        template = wording.BLAMED_ALONE if blame.alone else wording.BLAMED_NEEDED
        yield Point(
            template.format(edit=wording.EDIT_NAMED[blame.edit.kind].format(name=blame.edit.name), number=blame.alone or blame.needed, asked=flip.asked)
        )
    if flip.together:
        yield Point(wording.TAKES_TOGETHER.format(number=flip.together, asked=flip.asked))


def _picked(choice: str, picks: Sequence[str], knowledge: Knowledge) -> str:
    return every(knowledge.choices[choice].options[pick].said for pick in picks) or words.NO_PICK


def _unseen(upshot: Upshot) -> Iterator[Block]:
    """Of the choices in which nobody looked at differs: which are proven to stay, which turn for somebody rare, and which nobody could decide."""
    names = {state: [upshot.new.choices[each.choice].name for each in upshot.unseen if each.state == state] for state in ("same", "undecided")}
    if names["same"]:
        yield Paragraph(wording.PROVEN_TO_STAY.format(date=_today(upshot), choices=every(names["same"])))
    if names["undecided"]:
        yield Paragraph(wording.NOT_DECIDED.format(choices=every(names["undecided"])))
    for each in upshot.unseen:
        if each.example and each.example is not upshot.example:
            yield Paragraph(wording.TURNS_FOR_SOMEBODY.format(choice=upshot.new.choices[each.choice].name))
            yield from _client(each.example, upshot)


def _today(upshot: Upshot) -> str:
    return words.day_text(upshot.today.isoformat())


def _client(example: Example, upshot: Upshot) -> Iterator[Block]:
    before, after = _picked(example.choice, example.before, upshot.old), _picked(example.choice, example.after, upshot.new)
    yield Paragraph(wording.DIFFERS.format(before=before, after=after, date=words.day_text(example.day.isoformat())))
    yield Paragraph(wording.FOUND_BY[example.found].format(scenario=example.scenario))
    for name, value in example.answers.items():
        fact = _question(name, value, upshot)
        yield Point(f"{fact.question.ask if fact.question else name} {answer_text(fact, value)}")
    if not example.answers:
        yield Point(wording.ANSWERS_NOTHING)


def _question(name: str, value: Value, upshot: Upshot) -> Fact:
    """The question that this answers, with the options of both versions that ask it so."""
    asked = [known.questions[name] for known in (upshot.new, upshot.old) if read_by(known, {name: value})]
    return replace(asked[0], options={**asked[-1].options, **asked[0].options})


def data(upshot: Upshot) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "fingerprints": [upshot.old.fingerprint, upshot.new.fingerprint],
        "edits": [_plain(edit, upshot) for edit in upshot.edits],
        "texts": {kind: {how: list(names) for how, names in told.items()} for kind, told in upshot.retold.items()},
        "clients": upshot.clients,
        "scenarios": upshot.scenarios,
        "flips": [
            {
                "choice": flip.choice,
                "before": list(flip.before),
                "after": list(flip.after),
                "clients": flip.clients,
                "scenarios": list(flip.scenarios),
                "asked": flip.asked,
                "blamed": [{"kind": blame.edit.kind, "name": blame.edit.name, "alone": blame.alone, "needed": blame.needed} for blame in flip.blamed],
                "together": flip.together,
            }
            for flip in upshot.flips
        ],
        "example": upshot.example and _example(upshot.example),
        "tried": upshot.tried,
        "proven": upshot.proven,
        "unseen": [{"choice": each.choice, "state": each.state, "example": each.example and _example(each.example)} for each in upshot.unseen],
        "from": upshot.today.isoformat(),
    }


def _example(example: Example) -> dict[str, Any]:
    return {
        "date": example.day.isoformat(),
        "answers": {name: plain(value) for name, value in example.answers.items()},
        "before": list(example.before),
        "after": list(example.after),
        "found": example.found,
        "scenario": example.scenario or None,
    }


def _plain(edit: Edit, upshot: Upshot) -> dict[str, Any]:
    fired = dict(zip(("fired", "fires"), upshot.firings[edit.name], strict=True)) if edit.kind == "rule" else {}
    return {"kind": edit.kind, "name": edit.name, "how": edit.how, "decides": edit.decides, "says": says(edit, upshot), **fired}
