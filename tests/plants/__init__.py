"""A tiny knowledge base of another field, and what tests need in order to consult it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from advisor.inference import case
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.condition import Value
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import Data, strategy

HERE = Path(__file__).resolve().parent
KNOWLEDGE, RULES, CASE = HERE / "knowledge", HERE / "rules", HERE / "case.yaml"
FOLDERS = ["--knowledge", str(KNOWLEDGE), "--rules", str(RULES)]


@cache
def known() -> Knowledge:
    """What is known of plants."""
    return load(KNOWLEDGE, RULES)


@cache
def vera() -> Case:
    """The client of the case file."""
    return case.read(CASE, known())


def consulted(**answers: Value | None) -> Consultation:
    """Vera's consultation with some answers changed, or with None taken back; a double underscore stands for the dot."""
    changed = {**vera().answers, **{name.replace("__", "."): value for name, value in answers.items()}}
    return consult(known(), replace(vera(), answers={name: value for name, value in changed.items() if value is not None}))


def advised(**answers: Value | None) -> Data:
    """Vera's strategy with some answers changed."""
    return strategy(consulted(**answers))
