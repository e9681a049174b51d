"""Small knowledge bases for tests, made from a few lines of plain data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from advisor.inference.case import Answers, Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge

DAY = date(2026, 11, 21)


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question with everything a question must have."""
    clause = {"says": f"{name} is so", "says_not": f"{name} is not so"} if kind == "flag" else {"says": f"{name} is {{value}}"}
    limits = {"unit": "hours", "min": -1000, "max": 1000} if kind == "number" else {}
    return {"id": name, "kind": kind, "ask": f"{name}?", "why": "It matters.", "name": name, "changeable": False, **clause, **limits, **more}


def options(*names: str) -> list[dict[str, str]]:
    """Options with these ids."""
    return [{"id": name, "label": name.capitalize()} for name in names]


def rule(name: str, when: dict[str, Any], *then: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule with everything a rule must have; without effects, it supports `yes`."""
    effects = list(then) or [{"support": {"choice": "verdict", "option": "yes", "strength": "slight"}}]
    needed = {"title": name, "status": "reviewed", "because": "So.", "wrong_when": "Never.", "cites": ["c"]}
    return {"id": name, "when": when, "then": effects, **needed, **more}


def knowledge(folder: Path, questions: list[dict[str, Any]], rules: list[dict[str, Any]], **more: Any) -> Knowledge:
    """A knowledge base that decides a verdict of yes or no, loaded from this folder."""
    verdict = {
        "id": "verdict",
        "name": "verdict",
        "ask": "Yes or no?",
        "says": "it is {value}",
        "pick": "one",
        "options": options("no", "yes"),
        "order": ["no", "yes"],
    }
    base = {"title": "Test", "headline": "verdict", "strengths": {"slight": 1, "strong": 4}, "sections": [{"id": "all", "title": "All"}]}
    data = {
        "base": base,
        "topic": {"id": "t", "title": "T", "order": 1},
        "questions": questions,
        "choices": [verdict, *more.pop("choices", [])],
        "claims": [{"id": "c", "kind": "opinion", "says": "So it is.", "taught": False}],
        **more,
    }
    for name, content in (("knowledge", data), ("rules", {"topic": "Test?", "rules": rules})):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "all.yaml").write_text(yaml.dump(content, Dumper=_Plain, sort_keys=False), encoding="utf-8")
    return load(folder / "knowledge", folder / "rules")


class _Plain(yaml.SafeDumper):
    """Writes without anchors, which the advisor refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def consulted(known: Knowledge, **answers: Any) -> Consultation:
    """The consultation of these answers."""
    checker = Answers(known)
    read = checker.read(answers)
    assert not checker.problems, [problem.full() for problem in checker.problems]
    return consult(known, Case("x", DAY, read))


def fired(known: Knowledge, **answers: Any) -> set[str]:
    """The ids of the rules that these answers make fire."""
    return {firing.rule.id for firing in consulted(known, **answers).trace.firings}
