"""Every format that a strategy can be exported to, in one table.

What a format needs is imported when it is made, so that looking at the table costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.errors import AdvisorError, Problem, gathered

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from advisor.documents.brand import Brand
    from advisor.inference.case import Case
    from advisor.inference.consult import Consultation
    from advisor.knowledge.model import Knowledge

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What a file is made from: the strategy as plain data, the consultation it came from, and what a person may add to it.

    `template` is a Word file whose styles to use, `brand` a file that names logo and colour, `time_zone` that of the hours, and
    `earlier` what the file held that is to be replaced.
    """

    strategy: Data
    consultation: Consultation
    template: Path | None = None
    brand: Path | None = None
    time_zone: ZoneInfo | None = None
    earlier: bytes | None = None

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge that the strategy came from."""
        return self.consultation.knowledge

    @property
    def case(self) -> Case:
        """Whose strategy it is."""
        return self.consultation.case


Make = Callable[[Order], bytes]


def _word(order: Order) -> bytes:
    from advisor.documents import brand, handout, house, word

    problems: list[Problem] = []
    worn, template = brand.Brand(), None
    with gathered(problems):
        worn = _brand(order)
    with gathered(problems):
        template = house.opened(order.template) if order.template else None
    if problems:
        raise AdvisorError(problems)
    return word.word(handout.handout(order.strategy, order.knowledge), order.knowledge.base.title, worn, template)


def _pdf(order: Order) -> bytes:
    from advisor.documents import handout, pdf

    return pdf.pdf(handout.handout(order.strategy, order.knowledge), order.knowledge.base.title, _brand(order))


def _brand(order: Order) -> Brand:
    from advisor.documents import brand

    return brand.read(order.brand) if order.brand else brand.Brand()


def _sheet(order: Order) -> bytes:
    from advisor.documents import sheet

    return sheet.sheet(order.strategy, order.consultation)


def _calendar(order: Order) -> bytes:
    from advisor.documents import calendar

    return calendar.calendar(order.strategy, order.consultation, order.time_zone, order.earlier)


def _markdown(order: Order) -> bytes:
    from advisor.presentation import markdown

    return markdown.strategy(order.strategy, order.knowledge).encode()


def _json(order: Order) -> bytes:
    from advisor.presentation.render import as_json

    return f"{as_json(order.strategy)}\n".encode()


class Format(StrEnum):
    """A kind of file: its name, what the file's name ends with, its media type, how its bytes are made, what may be added.

    `make` raises AdvisorError for a template or brand that cannot be used. The same order gives the same bytes.
    """

    suffix: str
    media: str
    make: Make
    takes: frozenset[str]

    def __new__(cls, name: str, suffix: str, media: str, make: Make, *takes: str) -> Format:
        format_ = str.__new__(cls, name)
        format_._value_ = name
        format_.suffix, format_.media, format_.make, format_.takes = suffix, media, make, frozenset(takes)
        return format_

    word = "word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word, "template", "brand"
    pdf = "pdf", ".pdf", "application/pdf", _pdf, "brand"
    sheet = "sheet", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _sheet
    calendar = "calendar", ".ics", "text/calendar", _calendar, "time-zone", "earlier"
    markdown = "markdown", ".md", "text/markdown", _markdown
    json = "json", ".json", "application/json", _json
