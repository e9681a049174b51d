"""A page of text on a terminal or in a pipe: headings, paragraphs, and entries that hang from what stands before them.

Wraps at words, leaves no blanks at the end of a line, and lets nothing in a text act as markup or as a terminal's command.
Knows nothing of what it shows.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

WIDEST = 100  # columns; longer lines tire the eye
NARROWEST = 20  # columns left for text, however deep an entry hangs

Span = str | tuple[str, str]  # text, or text and its style


class Page:
    """Writes onto a console from top to bottom."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(WIDEST, console.width)
        self._begun = False

    def heading(self, title: str, style: str = "bold") -> None:
        """A line that begins a part, with an empty line before it."""
        self.gap()
        self.text((title, style))

    def gap(self) -> None:
        """An empty line, but none at the top of the page."""
        if self._begun:
            self._console.print()

    def text(self, *spans: Span, indent: int = 0) -> None:
        """A paragraph."""
        self.entry(" " * indent, *spans)

    def entry(self, lead: str, *spans: Span, style: str = "") -> None:
        """A paragraph that hangs from its lead: a bullet, a number of points."""
        self._begun = True
        body = Text.assemble(*(_safe(span) for span in spans))
        lines = body.wrap(self._console, max(NARROWEST, self._width - len(lead)))
        for number, line in enumerate(lines):
            line.rstrip()
            start = (lead, style) if number == 0 else " " * len(lead)
            self._console.print(Text.assemble(start, line), soft_wrap=True)


def _safe(span: Span) -> Span:
    return (clean(span[0]), span[1]) if isinstance(span, tuple) else clean(span)


def clean(text: str) -> str:
    """A text without the characters that steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
