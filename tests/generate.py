"""Random small worlds: knowledge, rules and cases that use the entire rule language, for comparing two readings of it.

Everything is drawn from one `random.Random`, so a seed names a world for ever.
"""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.reference import first_day, options_of

Knowledge = dict[str, Any]
Rule = dict[str, Any]
Thing = dict[str, Any]  # a question, a fact or a choice: whatever a condition can ask about

KINDS = ("one", "many", "flag", "number")
WAYS_TO_PICK = ("one", "at_most_one", "ranked")
ASKED_AS = {"at_most_one": "one", "ranked": "many"}  # how a choice's pick is tested once it is decided
STRENGTHS = ("slight", "moderate", "strong", "decisive")
BOUNDARIES = (-1, 0, 1, 2.5, 3, 3.0, 3.5, 6, 10)  # of tests, and so the numbers worth answering
FIXED_DAYS = ("2025", "2025-06", "2025-06-15", "2026-11-21", "2027")  # ascending; a year, a month or a day
# Options that a careless YAML reader takes for a truth value, a number or nothing come first; the plain ones fill long lists.
WORDS = ("on", "no", "y", "null", "18_24", "25_34", "none_yet", "b2c", "sales", "laugh", *(f"option_{n}" for n in range(30)))
TOPIC = "shop"
SECTION = "plan"


def chance(rng: random.Random, probability: float) -> bool:
    """True about so often."""
    return rng.random() < probability


def some(rng: random.Random, items: list[Any], at_most: int) -> list[Any]:
    """One or several different items, in any order."""
    return rng.sample(items, rng.randint(1, min(at_most, len(items))))


# Knowledge


def knowledge_and_rules(rng: random.Random, rules: int = 40) -> tuple[Knowledge, list[Rule]]:
    """A small world: questions, facts, choices and acyclic rules about them."""
    knowledge = some_knowledge(rng)
    return knowledge, some_rules(rng, knowledge, rules)


def some_rules(rng: random.Random, knowledge: Knowledge, count: int) -> list[Rule]:
    """So many acyclic rules about what there is."""
    # Every fact and choice stands on a ladder; a rule reads only below the rungs that it touches, so there is never a loop.
    ladder = knowledge["facts"] + knowledge["choices"]
    rng.shuffle(ladder)
    for heir in knowledge["choices"]:
        if "inherits" in heir:  # what decides the choice it inherits decides it too, so it stands higher
            ladder.remove(heir)
            ladder.append(heir)
    return [some_rule(rng, number, ladder, knowledge) for number in range(count)]


def some_knowledge(rng: random.Random) -> Knowledge:
    """All that the knowledge folder holds, in the shape of its README, and the strengths once more where the reference looks."""
    vocabularies = [{"id": name, "options": options(rng, count)} for name, count in (("short", rng.randint(3, 6)), ("long", 30))]
    question_kinds = [*KINDS, *rng.choices(KINDS, k=rng.randint(2, 11))]
    fact_kinds = [*KINDS, *rng.choices(KINDS, k=rng.randint(0, 3))]
    ways = rng.choices(WAYS_TO_PICK, k=rng.randint(2, 4))
    choices = [choice(rng, number, way, vocabularies) for number, way in enumerate(ways)]
    if chance(rng, 0.5):
        choices.append(heir(rng, len(choices), choices[0]))
    # Only the four words are given by the language; their points are the knowledge's, so now and then they differ.
    points = (1, 2, 4, 8) if chance(rng, 0.7) else sorted(rng.sample(range(1, 12), 4))
    strengths = dict(zip(STRENGTHS, points, strict=True))
    return {
        "base": {
            "title": "A random world",
            "headline": rng.choice(choices)["id"],
            "strengths": strengths,
            "sections": [{"id": SECTION, "title": "The plan"}],
        },
        "strengths": strengths,
        "vocabularies": vocabularies,
        "topic": {"id": TOPIC, "title": "Your shop", "order": 1},
        "questions": [question(rng, number, kind) for number, kind in enumerate(question_kinds)],
        "facts": [described(rng, f"found.{kind}_{number}", kind) for number, kind in enumerate(fact_kinds)],
        "choices": choices,
        "caveats": [{"id": f"caveat_{n}", "title": f"Caveat {n}", "text": "Mind this.", "weight": n} for n in range(1, 6)],
        "claims": [{"id": name, "kind": "opinion", "says": "x", "taught": False} for name in ("c1", "c2")],
        "disagreements": [{"id": "d1", "between": ["c1", "c2"], "question": "One or the other?"}],
    }


def options(rng: random.Random, count: int) -> list[dict[str, str]]:
    """So many options, the treacherous ones likelier."""
    words = rng.sample(WORDS[:10] if count <= 10 else WORDS, count)
    return [{"id": word, "label": f"It is {word}"} | ({"text": f"it is {word}"} if chance(rng, 0.3) else {}) for word in words]


def described(rng: random.Random, name: str, kind: str) -> Thing:
    """What questions and facts have in common."""
    thing: Thing = {"id": name, "kind": kind, "name": f"name of {name}"}
    match kind:
        case "flag":
            return thing | {"says": f"{name} is so", "says_not": f"{name} is not so"}
        case "number":
            return thing | {"says": f"{name} is {{value}}", "unit": "hours a week", "min": -5, "max": 20}
    listed = {"options_from": rng.choice(["short", "long"])} if chance(rng, 0.3) else {"options": options(rng, rng.randint(2, 6))}
    return thing | {"says": f"{name} is {{value}}"} | listed


def question(rng: random.Random, number: int, kind: str) -> Thing:
    """A question of the one topic."""
    asked = {"ask": f"Question {number}?", "why": "It changes much.", "changeable": chance(rng, 0.5)}
    helped = {"help": "An example."} if chance(rng, 0.3) else {}
    return described(rng, f"{TOPIC}.{kind}_{number}", kind) | asked | helped


def choice(rng: random.Random, number: int, way: str, vocabularies: list[Thing]) -> Thing:
    """A choice of three to six options; thresholds of nothing, and below nothing, are worth a look too."""
    shared = vocabularies[0]
    listed: Thing = {"options_from": shared["id"]} if chance(rng, 0.3) else {"options": options(rng, rng.randint(3, 6))}
    order = options_of(listed, {"vocabularies": vocabularies})
    rng.shuffle(order)
    name = f"choice_{number}"
    thing = {"id": name, "name": f"name of {name}", "ask": f"Which {name}?", "says": f"your {name} is {{value}}", "pick": way}
    threshold = {"threshold": rng.choice([0, 1, 2, 4, 5])} if way != "one" and chance(rng, 0.6) else {}
    return thing | threshold | listed | {"order": order}


def heir(rng: random.Random, number: int, parent: Thing) -> Thing:
    """A choice among the same options that counts another's points as its own."""
    name = f"choice_{number}"
    way = rng.choice(WAYS_TO_PICK)
    threshold = {"threshold": rng.choice([0, 1, 3])} if way != "one" else {}
    inherited = {key: parent[key] for key in ("options", "options_from", "order") if key in parent}
    thing = {"id": name, "name": f"name of {name}", "ask": f"Which {name}?", "says": f"your {name} is {{value}}", "pick": way, "inherits": parent["id"]}
    return thing | threshold | inherited


# Conditions


def condition(rng: random.Random, things: list[Thing], knowledge: Knowledge, depth: int) -> dict[str, Any]:
    """A mapping of tests, and now and then of any, all and unless beside them."""
    tested = some(rng, things, at_most=rng.choice([1, 2, 2, 3]))
    entries = [(thing["id"], some_test(rng, thing, knowledge)) for thing in tested]
    if depth > 0:
        nested = [
            ("any", [condition(rng, things, knowledge, depth - 1) for _ in range(rng.randint(1, 3))]),
            ("all", [condition(rng, things, knowledge, depth - 1) for _ in range(rng.randint(1, 2))]),
            ("unless", condition(rng, things, knowledge, depth - 1)),
        ]
        inner = [entry for entry in nested if chance(rng, 0.35)]
        entries = (entries if not inner or chance(rng, 0.6) else []) + inner
        rng.shuffle(entries)
    return dict(entries)


def deep_condition(rng: random.Random, things: list[Thing], knowledge: Knowledge) -> dict[str, Any]:
    """A condition wrapped many times over."""
    wrapped = condition(rng, things, knowledge, depth=0)
    for _ in range(rng.randint(5, 12)):
        beside = [condition(rng, things, knowledge, depth=0) for _ in range(rng.randint(0, 1))]
        wrapped = rng.choice([{"unless": wrapped}, {"any": [*beside, wrapped]}, {"all": [wrapped, *beside]}])
    return wrapped


def long_condition(rng: random.Random, things: list[Thing], knowledge: Knowledge) -> dict[str, Any]:
    """Very many alternatives, or very many demands of which one or none may be met."""
    alternatives = [condition(rng, things, knowledge, depth=0) for _ in range(rng.randint(12, 25))]
    return rng.choice([{"any": alternatives}, {"unless": {"any": alternatives}}, {"unless": {"all": alternatives}}])


def some_condition(rng: random.Random, things: list[Thing], knowledge: Knowledge) -> dict[str, Any]:
    """A condition of any shape, mostly a short one."""
    shape = rng.random()
    if shape < 0.06:
        return deep_condition(rng, things, knowledge)
    if shape < 0.10:
        return long_condition(rng, things, knowledge)
    return condition(rng, things, knowledge, depth=rng.choice([0, 0, 0, 1, 1, 2]))


def some_test(rng: random.Random, thing: Thing, knowledge: Knowledge) -> Any:
    """A test that suits the kind of the fact, or the way the choice is picked."""
    if chance(rng, 0.12):
        return {"known": chance(rng, 0.5)}
    kind = kind_of(thing)
    if kind == "flag":
        return chance(rng, 0.6)
    if kind == "number":
        return rng.choice(BOUNDARIES) if chance(rng, 0.2) else comparisons(rng)
    listed = options_of(thing, knowledge)
    if kind == "many":
        return inclusions(rng, listed)
    return rng.choice(listed) if chance(rng, 0.4) else some(rng, listed, at_most=max(4, len(listed) - 2))


def kind_of(thing: Thing) -> str:
    """Of what kind the thing is when a condition asks about it."""
    kind: str = thing.get("kind") or thing["pick"]
    return ASKED_AS.get(kind, kind)


def comparisons(rng: random.Random) -> dict[str, Any]:
    """One to four comparisons of a number, never contradicting each other on their face."""
    low, high = sorted(rng.sample(sorted(set(BOUNDARIES)), 2))
    bounds = {"at_least": low, "more_than": low, "at_most": high, "less_than": high}
    return mapping_of(rng, bounds)


def inclusions(rng: random.Random, listed: list[str]) -> dict[str, Any]:
    """One to three comparisons of a many-choice fact."""
    wanted = {
        "includes": rng.choice(listed),
        "includes_any": some(rng, listed, at_most=max(3, len(listed) // 2)),
        "includes_all": some(rng, listed, at_most=2),
    }
    return mapping_of(rng, wanted)


def mapping_of(rng: random.Random, comparisons: dict[str, Any]) -> dict[str, Any]:
    """Mostly one of these comparisons, sometimes several in one mapping, seldom `known: true` among them."""
    wanted = some(rng, list(comparisons), at_most=rng.choice([1, 1, 2, len(comparisons)]))
    beside = {"known": True} if chance(rng, 0.04) else {}
    return {name: comparisons[name] for name in wanted} | beside


# Rules


def some_rule(rng: random.Random, number: int, ladder: list[Thing], knowledge: Knowledge) -> Rule:
    """A rule that reads below a rung of the ladder and touches what stands from there on."""
    rung = rng.randint(0, len(ladder))  # from the top one can see everything and touch nothing
    readable, touchable = readable_below(rng, ladder[:rung], knowledge["questions"]), ladder[rung:]
    rule: Rule = {
        "id": f"{TOPIC}.rule_{number}",
        "title": f"Rule {number}",
        "status": rng.choices(["draft", "reviewed", "retired"], weights=[3, 9, 1])[0],
    }
    rule |= in_force(rng)
    rule["when"] = {} if chance(rng, 0.06) else some_condition(rng, readable, knowledge)
    if chance(rng, 0.35):
        rule["unless"] = some_condition(rng, readable, knowledge)
    rule["then"] = effects(rng, touchable, spoken_of(rule["when"]), knowledge)
    return rule | {"because": "So it is.", "wrong_when": "It is not so.", "cites": ["c1"]}


def readable_below(rng: random.Random, lower: list[Thing], questions: list[Thing]) -> list[Thing]:
    """What a rule may ask about: a few questions and, more eagerly, what stands lower on the ladder."""
    return some(rng, questions, at_most=5) + some(rng, lower, at_most=5) if lower else some(rng, questions, at_most=5)


def in_force(rng: random.Random) -> dict[str, str]:
    """Mostly for ever; else since or until one of the fixed days, or between two of them."""
    since, until = (FIXED_DAYS[place] for place in sorted(rng.sample(range(len(FIXED_DAYS)), 2)))
    return rng.choices([{}, {"since": since}, {"until": until}, {"since": since, "until": until}], weights=[8, 2, 2, 1])[0]


def spoken_of(when: dict[str, Any]) -> list[str]:
    """The facts and choices that `when` itself tests for a value: only these surely have one to speak of when the rule fires."""
    tests = {name: wanted for name, wanted in when.items() if name not in ("any", "all", "unless")}
    return [name for name, wanted in tests.items() if not (isinstance(wanted, dict) and wanted.get("known") is False)]


def effects(rng: random.Random, touchable: list[Thing], spoken: list[str], knowledge: Knowledge) -> list[dict[str, Any]]:
    """One effect or several: mostly about choices and facts, sometimes only words."""
    targets = rng.choices(touchable, k=rng.choice([0, 1, 1, 1, 2, 2, 3])) if touchable else []
    chosen = [effect for target in targets if "pick" in target for effect in weighing(rng, target, knowledge)]
    concluded = {target["id"]: conclusion(rng, target, knowledge) for target in targets if "kind" in target}
    if concluded and chance(rng, 0.5):  # several facts in one effect
        chosen.append({"conclude": concluded})
    else:
        chosen += [{"conclude": {name: value}} for name, value in concluded.items()]
    if not chosen or chance(rng, 0.25):
        chosen.append(words(rng, spoken, knowledge))
    rng.shuffle(chosen)
    return chosen


def weighing(rng: random.Random, choice: Thing, knowledge: Knowledge) -> list[dict[str, Any]]:
    """Points for or against one option or several, a bar to one, or, so that a choice may be left with none, bars to all."""
    listed = options_of(choice, knowledge)
    word = rng.choices(["support", "oppose", "exclude"], weights=[6, 3, 1])[0]
    if word == "exclude":
        barred = listed if chance(rng, 0.15) else [rng.choice(listed)]
        return [{word: {"choice": choice["id"], "option": option}} for option in barred]
    option = rng.choice(listed) if chance(rng, 0.7) else some(rng, listed, at_most=3)
    return [{word: {"choice": choice["id"], "option": option, "strength": rng.choice(STRENGTHS)}}]


def conclusion(rng: random.Random, fact: Thing, knowledge: Knowledge) -> Any:
    """A value for a fact; a many fact gains a list."""
    match fact["kind"]:
        case "flag":
            return chance(rng, 0.5)
        case "number":
            return rng.choice(BOUNDARIES)
        case "one":
            return rng.choice(options_of(fact, knowledge))
    return some(rng, options_of(fact, knowledge), at_most=3)


def words(rng: random.Random, spoken: list[str], knowledge: Knowledge) -> dict[str, Any]:
    """An effect that only speaks to the client."""
    text = f"Mind {{{rng.choice(spoken)}}}." if spoken and chance(rng, 0.5) else "Mind the shop."
    line = {"section": SECTION, "text": text}
    settled = {"disagreement": "d1", "follow": [rng.choice(["c1", "c2"])]}
    warned = {"warn": rng.choice(knowledge["caveats"])["id"]}
    return rng.choice([warned, warned, {"advise": line}, {"task": line}, {"kpi": line | {"unit": "visits"}}, {"settle": settled}])


# Cases


def case(rng: random.Random, knowledge: Knowledge) -> tuple[dict[str, Any], str]:
    """The answers of one client, from none at all to every one, and a date on or about a fixed day."""
    density = rng.choice([0, 0.3, 0.6, 0.8, 0.9, 1, 1])
    answered = [question for question in knowledge["questions"] if chance(rng, density)]
    return {question["id"]: answer(rng, question, knowledge) for question in answered}, some_date(rng)


def answer(rng: random.Random, question: Thing, knowledge: Knowledge) -> Any:
    """An answer to a question: none of many, or a number on a boundary or a hair beside it, as likely as any other."""
    match question["kind"]:
        case "flag":
            return chance(rng, 0.5)
        case "number":
            boundary = rng.choice(BOUNDARIES)
            return rng.choice([boundary, boundary, round(boundary + 0.1, 1), round(boundary - 0.1, 1), rng.randint(-5, 20)])
        case "one":
            return rng.choice(options_of(question, knowledge))
    return [] if chance(rng, 0.2) else some(rng, options_of(question, knowledge), at_most=40)


def some_date(rng: random.Random) -> str:
    """A fixed day, the day before it or the day after."""
    day = first_day(rng.choice(FIXED_DAYS)) + timedelta(days=rng.choice([-1, 0, 0, 1]))
    return day.isoformat()


# Files


class PlainDumper(yaml.SafeDumper):
    """YAML without anchors, which are refused; it quotes every text that would read as something else."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write what is shared as often as it stands."""
        return True


def write(folder: Path, knowledge: Knowledge, rules: list[Rule]) -> None:
    """Write a world as the two folders `knowledge/` and `rules/`, the rules a handful a file."""
    files = {
        "base": ["base"],
        "vocabularies": ["vocabularies"],
        f"topics/{TOPIC}": ["topic", "questions"],
        "facts/found": ["facts"],
        "choices/all": ["choices"],
        "caveats/all": ["caveats"],
        "guidance": ["claims", "disagreements"],
    }
    for name, keys in files.items():
        write_yaml(folder / "knowledge" / f"{name}.yaml", {key: knowledge[key] for key in keys})
    for first in range(0, len(rules), 8):
        write_yaml(folder / "rules" / TOPIC / f"topic_{first}.yaml", {"topic": "What fits?", "rules": rules[first : first + 8]})


def write_yaml(path: Path, content: dict[str, Any]) -> None:
    """Write one file, with the folders it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(content, Dumper=PlainDumper, sort_keys=False, allow_unicode=True), encoding="utf-8")
