"""How the advisor comes to one line of the strategy, or why it does not say it: the way back to the answers, step by step.

Takes whatever a person can point at: a rule, a warning, a decision, a conclusion, a question, or words of the line itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor import words
from advisor.errors import AdvisorError, Problem, suggestion
from advisor.inference.consult import Consultation
from advisor.inference.trace import NearMiss, culprits
from advisor.knowledge.condition import Test, tests
from advisor.knowledge.model import Knowledge, Rule
from advisor.language.english import as_sentence, clause, failed_text, sentence
from advisor.language.values import answer_text
from advisor.reasoning import reasons, wording
from advisor.reasoning.balance import FRAME
from advisor.reasoning.reasons import Graph, decision_text
from advisor.reasoning.strategy import account

Data = dict[str, Any]

MOST_OFFERED = 5  # lines that are offered where several hold the words that were typed


def how(consultation: Consultation, strategy: Data, whole: Graph, name: str) -> tuple[Data, Graph]:
    """The steps from the answers to what is named, the last first, and the part of the whole graph that holds them.

    Where it is not said to this client, `said` is false and `missing` tells what it would take; `answers` are
    those behind it, `open` the questions on the way that were not answered. Raises AdvisorError if nothing has
    this name, or if several lines hold the words.
    """
    lines = _lines(name, strategy, consultation.knowledge)
    known = [f"{kind}:{name}" for kind in reasons.KINDS if name in consultation.facts or name in consultation.decisions or kind == "rule"]
    targets = [f"line:{line['name']}" for line in lines] or [node for node in known if node in whole.node]
    undecided = name in consultation.decisions and not consultation.decisions[name].picked
    part = whole.behind(*targets, without=frozenset()) if undecided else whole.behind(*targets)
    data = {
        **{key: strategy[key] for key in FRAME},
        "how": name,
        "said": bool(targets),
        "missing": [] if targets else list(_missing(name, consultation)),
        "steps": list(_steps(targets, part, consultation, strategy)),
        "answers": [_answer(node.name, consultation) for node in part.nodes if node.kind == "answer"],
        "open": [_answer(name, consultation) for name in _open(part, consultation)],
        "graph": part.data(),
    }
    return data, part


# -- what is meant --------------------------------------------------------------------------------------------


def _lines(name: str, strategy: Data, knowledge: Knowledge) -> list[Data]:
    """The lines that have this name, that a rule of this name says, or that hold these words."""
    lines = reasons.lines(strategy)
    named = [line for line in lines if name in (line["name"], line["name"].partition("/")[2]) or name in line["rules"]]
    if named or name in _names(knowledge):
        return named
    holding = [line for line in lines if _plain(name) and _plain(name) in _plain(line["text"])]
    if len(holding) == 1:
        return holding
    if holding:
        offered = tuple(wording.HOW_OFFERED.format(rule=line["rules"][0], text=line["text"]) for line in holding[:MOST_OFFERED])
        raise AdvisorError([Problem("several-lines", wording.HOW_SEVERAL.format(number=len(holding), words=name), helps=offered)])
    raise AdvisorError([Problem("unknown-line", wording.HOW_NOTHING.format(name=name), helps=suggestion(name, _names(knowledge), wording.HOW_NAMES))])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _names(knowledge: Knowledge) -> tuple[str, ...]:
    return (*knowledge.rule, *knowledge.caveats, *knowledge.disagreements, *knowledge.facts)


# -- what is said ---------------------------------------------------------------------------------------------


def _steps(targets: list[str], part: Graph, consultation: Consultation, strategy: Data) -> Iterator[Data]:
    """Every line, conclusion and decision on the way, each once, those nearest to the target first."""
    waiting, seen = list(targets), set(targets)
    while waiting:
        node = part.node[waiting.pop(0)]
        edges = part.into.get(node.id, ())
        said_by = [part.node[edge.source] for edge in edges if edge.source.startswith("rule:")]
        match node.kind:
            case "choice":
                yield _decision(node.name, consultation, strategy)
                options = [edge.source for edge in edges]
                said_by = [part.node[edge.source] for option in options for edge in part.into.get(option, ())]
            case "answer":
                yield {"kind": node.kind, "name": node.name, "says": node.says, "rules": []}
            case "rule":
                whole = sentence(consultation.knowledge.rule[node.name], consultation.knowledge)
                yield {"kind": node.kind, "name": node.name, "says": node.says, "sentence": whole, "rules": [_rule(node.name, consultation)]}
                said_by = [node]
            case _:
                kind = node.name.partition("/")[0] if node.kind == "line" else node.kind
                yield {"kind": kind, "name": node.name, "says": node.says, "rules": [_rule(rule.name, consultation) for rule in said_by]}
        kinds = ("choice",) if node.kind == "choice" else ("choice", "fact")
        read = (edge for rule in said_by for edge in part.into.get(rule.id, ()) if edge.role != "exception")
        sources = [edge.source for edge in (*edges, *read)]
        for source in sources:
            if source not in seen and part.node[source].kind in kinds:
                seen.add(source)
                waiting.append(source)


def _rule(name: str, consultation: Consultation) -> Data:
    rule = consultation.knowledge.rule[name]
    return {"rule": name, "title": rule.title, **account(rule, consultation)}


def _decision(name: str, consultation: Consultation, strategy: Data) -> Data:
    """A choice with the accounts of the options picked, and of those that only a bar kept from it."""
    decision, ranking = consultation.decisions[name], {standing["option"]: standing for standing in strategy["choices"][name]["ranking"]}
    roles = {standing.option: reasons.role(standing, decision, consultation.knowledge) for standing in decision.ranking}
    told = ("option", "label", "points", "for", "against", "bars")
    return {
        "kind": "choice",
        "name": name,
        "says": decision_text(decision, consultation.knowledge),
        "picked": [{key: ranking[option][key] for key in told} for option in decision.picked],
        "barred": [{key: ranking[option][key] for key in told} for option, role in roles.items() if role == "barred"],
        "next": next(({key: ranking[option][key] for key in told[:3]} for option, role in roles.items() if role == "behind"), None),
    }


def _open(part: Graph, consultation: Consultation) -> Iterator[str]:
    """The questions not answered that rules on the way ask about, those rules too that could have weighed on a decision."""
    knowledge = consultation.knowledge
    choices = [knowledge.choices[node.name] for node in part.nodes if node.kind == "choice"]
    deciding = (rule for choice in choices for name in (choice.id, choice.inherits) if name for rule in knowledge.deciding.get(name, ()))
    read = frozenset[str]().union(*(rule.reads for rule in deciding), *(knowledge.rule[node.name].reads for node in part.nodes if node.kind == "rule"))
    return (name for name in knowledge.questions if name in read and name not in consultation.facts)


def _answer(name: str, consultation: Consultation) -> Data:
    fact, value = consultation.knowledge.facts[name], consultation.facts.get(name)
    ask = fact.question.ask if fact.question else fact.name
    return {"question": name, "ask": ask, "name": fact.name, "answer": None if value is None else answer_text(fact, value)}


# -- what is not said -----------------------------------------------------------------------------------------


def _missing(name: str, consultation: Consultation) -> Iterator[Data]:
    """Of every rule that would have said it, the conditions that failed, or why it takes no part."""
    knowledge = consultation.knowledge
    if name in knowledge.facts and knowledge.facts[name].question:
        yield {"rule": None, "title": None, "failed": [as_sentence(clause(Test(name, "known", False), knowledge))]}
        return
    for rule in knowledge.rules:
        concluded = name in (fact for fact, _ in rule.concludes)
        if rule.id == name or name in rule.warns or concluded or any(name == settled.disagreement for settled in rule.settles):
            yield {"rule": rule.id, "title": rule.title, "failed": list(_failures(rule, consultation))}


def _failures(rule: Rule, consultation: Consultation) -> Iterator[str]:
    knowledge, facts, day = consultation.knowledge, consultation.facts, consultation.case.date
    if rule.status == "retired":
        yield wording.RETIRED
    elif rule.since and day < rule.since:
        yield wording.NOT_YET.format(date=words.day_text(rule.since.isoformat()))
    elif rule.until and rule.until <= day:
        yield wording.NO_LONGER.format(date=words.day_text(rule.until.isoformat()))
    for entry in rule.entries:
        if not entry.condition.holds(facts):
            test = next(culprits(entry.condition, facts), None) or next(tests(entry.condition))
            yield failed_text(NearMiss(rule, entry, test, facts.get(test.fact)), knowledge)
