"""What all visitors share: the knowledge, the client book, and strategies that were worked out lately. Nothing here is ever changed."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import streamlit as st

from advisor.commands.home import folders
from advisor.foresight.inquiry import Inquirer, inquirer_for
from advisor.inference.case import Case, dump
from advisor.inference.consult import Consultation, consult
from advisor.interview.book import Book
from advisor.knowledge import warm
from advisor.knowledge.model import Knowledge
from advisor.reasoning import reasons
from advisor.reasoning.assurance import assurance
from advisor.reasoning.reasons import Graph
from advisor.reasoning.strategy import strategy

Data = dict[str, Any]

MOST_TOLD = 200  # strategies kept ready


@st.cache_resource(show_spinner=False)
def knowledge() -> Knowledge:
    """What the advisor knows; read once."""
    shipped = folders()
    own = (os.environ.get("ADVISOR_KNOWLEDGE"), os.environ.get("ADVISOR_RULES"))
    return warm.knowledge(*(Path(folder) if folder else ours for folder, ours in zip(own, shipped, strict=True)))


@st.cache_resource(show_spinner=False)
def book() -> Book:
    """Where answers are kept."""
    return Book()


def inquirer(case: Case) -> Inquirer:
    """Who knows what is worth asking on the day of this case."""
    return inquirer_for(knowledge(), case.date)


def warm_up() -> None:
    """Do once what the first visitor would otherwise wait for."""
    book()
    inquirer(Case("", datetime.now().astimezone().date())).inquire({})
    gc.collect()
    gc.freeze()  # what is known stays, and looking through it for garbage again and again would make visitors wait


@dataclass(frozen=True)
class Told:
    """One case and everything it led to."""

    case: Case
    consultation: Consultation
    strategy: Data

    @cached_property
    def graph(self) -> Graph:
        """All that took part."""
        return reasons.graph(self.consultation, self.strategy)

    @cached_property
    def lines(self) -> list[Data]:
        """Every line with its name, in the order of the strategy."""
        return reasons.lines(self.strategy)

    def surety(self, choice: str) -> Data:
        """How sure a decision is; worked out when it is first asked for."""
        if choice not in self._sureties:
            self._sureties[choice] = assurance(self.consultation, choice)
        return self._sureties[choice]

    @cached_property
    def _sureties(self) -> dict[str, Data]:
        return {}


def told(case: Case) -> Told:
    """What this case leads to."""
    return _told(dump(case, knowledge()), case)


@st.cache_resource(max_entries=MOST_TOLD, show_spinner=False)
def _told(written: str, _case: Case) -> Told:  # noqa: ARG001
    """The same, kept by the text of the case file, in which everything stands that matters."""
    consultation = consult(knowledge(), _case)
    return Told(_case, consultation, strategy(consultation))
