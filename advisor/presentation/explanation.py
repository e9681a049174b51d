"""What a person may ask about a strategy, and every form in which the answer is given.

Each question has one method; the answer holds the data and knows how to show itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from rich.console import Console

from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.knowledge.model import Knowledge
from advisor.presentation import blocks, explain, show_change, show_how
from advisor.reasoning import balance, contrast, difference, reasons
from advisor.reasoning import how as ways
from advisor.reasoning.assurance import assurance
from advisor.reasoning.overturn import overturn
from advisor.reasoning.reasons import Graph
from advisor.reasoning.strategy import strategy

Data = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One answer: as data, on a console, as Markdown, and as a graph (empty where there is nothing to draw)."""

    data: Data
    show: Callable[[Console], None]
    markdown: Callable[[], str]
    graph: Graph


class Asked:
    """The strategy of one client, ready to be asked about."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        self._knowledge = knowledge
        self._case = case
        self._consultation = consult(knowledge, case)

    @cached_property
    def _strategy(self) -> Data:
        return strategy(self._consultation)

    @cached_property
    def _whole(self) -> Graph:
        return reasons.graph(self._consultation, self._strategy)

    def _named(self, choice: str | None) -> str:
        """The choice that is named, or the main one if none is."""
        return self._knowledge.base.headline if choice is None else choice

    def sheet(self, choice: str | None) -> Told:
        """What speaks for and against every option of a choice, of the main one if none is named, and how sure it is.

        Without a choice its graph is the whole.
        """
        name = self._named(choice)
        data = {**balance.sheet(self._strategy, name, self._knowledge), "surety": assurance(self._consultation, name)}
        graph = self._whole.behind(f"choice:{choice}", without=frozenset()) if choice else self._whole
        markdown = partial(explain.sheet_markdown, data, self._knowledge)
        return Told(data, partial(explain.show_sheet, data, self._knowledge), markdown, graph)

    def why_not(self, choice: str | None, option: str) -> Told:
        """What keeps an option from being picked; its graph holds the option and its rival."""
        choice = self._named(choice)
        data = contrast.why_not(self._consultation, self._strategy, choice, option)
        options = [data["option"], *([data["rival"]["option"]] if data["rival"] else [])]
        nodes = (f"option:{choice}/{name}" for name in options)
        graph = self._whole.behind(*(node for node in nodes if node in self._whole.node))
        markdown = partial(explain.why_not_markdown, data, self._knowledge)
        return Told(data, partial(explain.show_why_not, data, self._knowledge), markdown, graph)

    def flip(self, choice: str | None, option: str) -> Told:
        """The smallest changes of answers that would make an option win, or what stands in their way."""
        data = overturn(self._strategy, self._consultation, self._named(choice), option)
        markdown = partial(explain.flip_markdown, data, self._knowledge)
        return Told(data, partial(explain.show_flip, data, self._knowledge), markdown, Graph((), ()))

    def how(self, name: str) -> Told:
        """How the advisor comes to a line, or why it is not said."""
        data, part = ways.how(self._consultation, self._strategy, self._whole, name)
        told = list(show_how.blocks(data, self._knowledge))
        return Told(data, partial(blocks.show, told), partial(blocks.markdown, told), part)

    def what_if(self, changes: Sequence[str], choice: str | None) -> Told:
        """What other answers would change, in all or for one choice."""
        if choice is not None:
            balance.sheet(self._strategy, choice, self._knowledge)
        other = self._case.but(difference.typed(changes, self._knowledge))
        data = difference.between(self._strategy, strategy(consult(self._knowledge, other)), (self._case, other), self._knowledge)
        told = list(show_change.blocks(data, self._knowledge, choice))
        return Told(data, partial(blocks.show, told), partial(blocks.markdown, told), Graph((), ()))
