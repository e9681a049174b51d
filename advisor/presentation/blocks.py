"""A text as headings, paragraphs and points, once for the terminal and for Markdown.

Knows nothing of what it shows; `page` and `markdown` keep texts from acting as anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console

from advisor.presentation.markdown import safe
from advisor.presentation.page import Page, Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that begins a part; the first of a text is its title."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences, and quietly behind them where they come from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One entry of a list; `sign` stands before it, such as a number of points."""

    text: str
    source: str = ""
    sign: str = "-"


Block = Heading | Paragraph | Point


def show(blocks: Iterable[Block], console: Console) -> None:
    """Write onto a console."""
    page = Page(console)
    title = True
    for block in blocks:
        source: list[Span] = [" ", (block.source, "dim")] if not isinstance(block, Heading) and block.source else []
        match block:
            case Heading(text):
                page.heading(text, "bold green" if title else "bold")
                title = False
            case Paragraph(text):
                page.text(text, *source)
            case Point(text, _, sign):
                page.entry(f"{sign:>4}  ", text, *source)


def markdown(blocks: Iterable[Block]) -> str:
    """The same as a document."""
    parts: list[str] = []
    for is_list, together in groupby(blocks, key=lambda block: isinstance(block, Point)):
        texts = [_written(block) for block in together]
        parts += ["\n".join(texts)] if is_list else texts
    title = next((number for number, part in enumerate(parts) if part.startswith("# ")), None)
    levels = (f"#{part}" if part.startswith("# ") and number != title else part for number, part in enumerate(parts))
    return "\n\n".join(levels) + "\n"


def _written(block: Block) -> str:
    match block:
        case Heading(text):
            return f"# {safe(text)}"
        case Paragraph(text, source):
            return safe(f"{text} {source}".strip())
        case Point(text, source, sign):
            return f"- {'' if sign in ('-', '') else f'**{safe(sign)}** '}{safe(f'{text} {source}'.strip())}"
