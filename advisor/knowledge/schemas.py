"""JSON schemas (draft 2020-12), with which editors complete and check what is being written.

They are made from the knowledge, so they name its questions, options, choices and sources, and go out of date when it
changes. What no schema can say, `load` says: ids used twice, loops, days that no calendar has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from advisor import files
from advisor.knowledge import shape, slots, written
from advisor.knowledge.condition import COMPARISONS
from advisor.knowledge.model import Choice, Fact, Knowledge
from advisor.knowledge.resolve import EACH
from advisor.knowledge.written_schema import DAY, NULL, TEXT, Schema, definitions, one_or_more

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def write(knowledge: Knowledge, out: Path) -> tuple[Path, ...]:
    """Write the schemas of cases, rules and knowledge into a folder. Raises AdvisorError if it cannot be written."""
    made = {"case": case_schema(knowledge), "rules": rules_schema(knowledge), "knowledge": knowledge_schema()}
    files.make_folder(out)
    paths = []
    for name, schema in made.items():
        paths.append(out / f"{name}.schema.json")
        files.write(paths[-1], json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    return tuple(paths)


# -- parts ----------------------------------------------------------------------------------------------------


def _mapping(properties: Schema, required: Sequence[str] = (), **more: object) -> Schema:
    """A mapping with these keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", **more, "properties": properties, **needed, "additionalProperties": False}


def _word(meanings: Mapping[str, str]) -> Schema:
    """One of these words; editors show what each means."""
    return {"type": "string", "enum": list(meanings), "enumDescriptions": list(meanings.values())}


def _some(item: Schema, at_least: int = 0) -> Schema:
    """A list without repetitions."""
    return {"type": "array", "items": item, "minItems": at_least, "uniqueItems": True}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _meanings(options: Mapping[str, written.Option]) -> dict[str, str]:
    return {name: option.label if option.help is None else f"{option.label}. {option.help}" for name, option in options.items()}


def _bounded(fact: Fact) -> Schema:
    return {"type": "number", "minimum": fact.min, "maximum": fact.max}


def _value(fact: Fact, option: Schema) -> Schema:
    """Any value that the fact can have; a single one may stand for a list of one."""
    match fact.kind:
        case "one":
            return option
        case "many":
            return {"anyOf": [_some(option), option]}
        case "flag":
            return {"type": "boolean"}
        case "number":
            return _bounded(fact)


# -- a case ---------------------------------------------------------------------------------------------------


def case_schema(knowledge: Knowledge) -> Schema:
    """A case file: who, when, and an answer to each question, or null for none."""
    answers = {question.id: _answer(question) for question in knowledge.questions.values()}
    properties = {
        "client": {**TEXT, "description": "The name of the client, as it stands at the top of the strategy."},
        "date": {**DAY, "description": "The day for which advice is asked, such as 2026-11-21."},
        "answers": {**_mapping(answers), "type": ["object", "null"], "description": "An answer to each question; a question left out is unknown."},
    }
    picks = {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}
    advised = _mapping({"fingerprint": TEXT, "picks": picks}, ("fingerprint",))
    properties["advised"] = {**advised, "description": "What was advised when the file was written; written by the advisor."}
    return {"$schema": DRAFT, "title": f"{knowledge.base.title}: a case", **_mapping(properties, ("client", "date"))}


def _answer(question: Fact) -> Schema:
    asked = question.question
    told = " ".join(text for text in ((asked.ask, asked.help) if asked else ()) if text)
    if question.kind == "number":
        told = f"{told} ({question.unit})"
    return {"title": question.name, "description": told, "anyOf": [_value(question, _word(_meanings(question.options))), NULL]}


# -- rules ----------------------------------------------------------------------------------------------------


def rules_schema(knowledge: Knowledge) -> Schema:
    """A file of rules: the models with every name that the knowledge has."""
    defs = definitions([written.Rule])
    facts = knowledge.facts.values()
    defs |= {f"option.{fact.id}": _word({**_meanings(fact.options), EACH: "the option of `each`"}) for fact in facts if fact.options}
    defs |= {f"test.{fact.id}": _test(fact) for fact in facts}
    defs |= {"condition": _condition(knowledge, least=1), "when": _condition(knowledge, least=0)}
    defs |= {"cited": _word(_quotable(knowledge)), "spoken": _spoken(knowledge)}
    _name_things(defs, knowledge)
    properties = {
        "topic": {"type": "string", "description": "The question that these rules answer."},
        "rules": {"type": "array", "items": _ref("Rule")},
    }
    return {"$schema": DRAFT, "title": f"{knowledge.base.title}: rules", **_mapping(properties, ("topic",)), "$defs": defs}


def _name_things(defs: Schema, knowledge: Knowledge) -> None:
    """Put what the knowledge knows where the models only ask for an id or a text."""
    sections = _word({section.id: section.title for section in knowledge.base.sections})
    strengths = _word({word: f"points: {points}" for word, points in knowledge.base.strengths.items()})
    caveats = _word({**{caveat.id: caveat.title for caveat in knowledge.caveats.values()}, EACH: "the option of `each`"})
    unless = {"anyOf": [_ref("condition"), NULL]}
    effects = {**{name: _ref(model) for name, model in EFFECTS.items()}, "conclude": _conclusions(knowledge), "warn": caveats}
    defs["Rule"]["properties"] |= {"when": _ref("when"), "unless": unless, "because": _ref("spoken")}
    defs["Rule"]["properties"]["cites"] |= {"items": _ref("cited")}
    defs["Effect"]["properties"] = {name: effects[name] for name in defs["Effect"]["properties"]}
    for model in ("Line", "Task", "Measure"):
        defs[model]["properties"] |= {"section": sections, "text": _ref("spoken")}
    defs["Points"]["properties"] |= {"strength": strengths}
    for model in ("Points", "Bar"):
        _depends(defs[model], "choice", "option", {choice.id: (choice.ask, _options(choice)) for choice in knowledge.choices.values()})
    disagreements = knowledge.disagreements.values()
    sides = {item.id: (item.question, one_or_more(_word({claim: knowledge.claims[claim].says for claim in item.between}))) for item in disagreements}
    _depends(defs["Settlement"], "disagreement", "follow", sides)


EFFECTS = {"support": "Points", "oppose": "Points", "exclude": "Bar", "advise": "Line", "task": "Task", "kpi": "Measure", "settle": "Settlement"}


def _depends(definition: Schema, key: str, on_it: str, cases: Mapping[str, tuple[str, Schema]]) -> None:
    """Let one property be one of these names, and another what goes with the name."""
    definition["properties"][key] = _word({name: meaning for name, (meaning, _) in cases.items()})
    definition["allOf"] = [
        {"if": {"properties": {key: {"const": name}}, "required": [key]}, "then": {"properties": {on_it: schema}}} for name, (_, schema) in cases.items()
    ]


def _options(choice: Choice) -> Schema:
    return {"anyOf": [_ref(f"option.{choice.id}"), _some(_ref(f"option.{choice.id}"), at_least=1)]}


def _conclusions(knowledge: Knowledge) -> Schema:
    """The facts that rules may conclude: neither answers nor choices."""
    own = [fact for fact in knowledge.facts.values() if not fact.question and not fact.is_choice]
    return _mapping({fact.id: {**_value(fact, _ref(f"option.{fact.id}")), "description": fact.name} for fact in own}, minProperties=1)


def _quotable(knowledge: Knowledge) -> dict[str, str]:
    claims = {claim.id: claim.says for claim in knowledge.claims.values()}
    return claims | {source.id: f"{source.title} ({source.publisher}, {source.published})" for source in knowledge.sources.values()}


def _spoken(knowledge: Knowledge) -> Schema:
    """A text that may hold the blanks that `slots` knows, and nothing else in braces."""
    facts, numbers = _either(knowledge.facts), _either(name for name, fact in knowledge.facts.items() if fact.kind == "number")
    share = rf"|[0-9]{{1,3}}% of (?:{numbers})" if numbers else ""
    return {"type": "string", "pattern": rf"^(?=[\s\S]*\S)(?:[^{{}}]|\{{(?:{facts}{share}|{slots.DAY.pattern})\}})*$"}


def _either(names: Iterable[str]) -> str:
    return "|".join(name.replace(".", r"\.") for name in names)


# -- conditions -----------------------------------------------------------------------------------------------


def _condition(knowledge: Knowledge, least: int) -> Schema:
    """A mapping of facts to tests, all of which must hold; `least` says how many there must be."""
    facts = {
        fact.id: {**_ref(f"test.{fact.id}"), "title": fact.name, "description": fact.question.ask if fact.question else fact.says}
        for fact in knowledge.facts.values()
    }
    joints = {
        "any": {"type": "array", "items": _ref("condition"), "minItems": 1, "description": "At least one of these conditions holds."},
        "all": {"type": "array", "items": _ref("condition"), "minItems": 1, "description": "Each of these conditions holds."},
        "unless": {**_ref("condition"), "description": "This condition does not hold."},
    }
    return _mapping({**facts, **joints}, minProperties=least)


def _test(fact: Fact) -> Schema:
    """The tests that the kind of the fact allows."""
    known = {"known": {"type": "boolean", "description": "Whether it has a value at all."}}
    option = _ref(f"option.{fact.id}")
    match fact.kind:
        case "one":
            return {"anyOf": [option, _some(option, at_least=1), _operators(known)]}
        case "many":
            inclusions = {"includes": option, "includes_any": _some(option, at_least=1), "includes_all": _some(option, at_least=1)}
            return _operators(inclusions | known)
        case "flag":
            return {"anyOf": [{"type": "boolean"}, _operators(known)]}
        case "number":
            return {"anyOf": [_bounded(fact), _operators({operator: _bounded(fact) for operator in COMPARISONS} | known)]}


def _operators(operators: Schema) -> Schema:
    return _mapping(operators, minProperties=1)


# -- knowledge ------------------------------------------------------------------------------------------------


def knowledge_schema() -> Schema:
    """A file of the knowledge folder: the models, under every first-level key."""
    defs = definitions([*shape.SINGLES.values(), *shape.LISTS.values()])
    single = {key: _ref(model.__name__) for key, model in shape.SINGLES.items()}
    listed = {key: {"type": "array", "items": _ref(model.__name__)} for key, model in shape.LISTS.items()}
    return {"$schema": DRAFT, "title": "Knowledge", **_mapping({**single, **listed}), "dependentRequired": {"questions": ["topic"]}, "$defs": defs}
