"""A person's terminal: lines and lists that it shows, and the line that a person types.

Shows whatever texts it is given, as they are: nothing in them is taken for markup. Knows nothing of questions.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Sequence

from rich.columns import Columns
from rich.console import Console
from rich.table import Table
from rich.text import Text

from advisor import phrases
from advisor.language import reply

PROMPT = "> "
LONGEST_LIST = 9  # lines that stand below each other; more of them stand in columns

Ask = Callable[[str], str]


def typed(prompt: str) -> str:
    """A line from the keyboard; the prompt stays off the standard output where that goes to a file."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  lets people correct the line with the arrow keys
    if sys.stdout.isatty():
        return input(prompt)
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return input()


class Terminal:
    """What one person sees and types."""

    def __init__(self, console: Console, ask: Ask = typed) -> None:
        self._console, self._ask = console, ask

    def say(self, template: str, style: str = "", **values: object) -> None:
        """Show a text with its values filled in."""
        self._console.print(Text(template.format(**values), style=style))

    def show(self, text: str, style: str = "") -> None:
        """Show a text as it is, braces and all."""
        self._console.print(Text(text, style=style))

    def verbatim(self, text: str) -> None:
        """Show what is meant to be copied: without breaks of our own."""
        self._console.print(Text(text), soft_wrap=True)

    def wrong(self, text: str) -> None:
        """Say why what was typed will not do."""
        self.show(text, style="yellow")

    def good(self, text: str) -> None:
        """Say that something was done."""
        self.show(text, style="green")

    def gap(self) -> None:
        """Leave a line empty."""
        self._console.print()

    def heading(self, title: str) -> None:
        """Begin a part."""
        self._console.rule(Text(title, style="bold"), align="left")

    def numbered(self, lines: Sequence[tuple[str, str | None]]) -> None:
        """Lines with their numbers and what explains them; a long list stands in columns, read downwards."""
        digits = len(str(len(lines)))
        if len(lines) > LONGEST_LIST:
            texts = [Text.assemble(f"{number:>{digits + 2}}  ", label) for number, (label, _) in enumerate(lines, 1)]
            self._console.print(Columns(texts, column_first=True, equal=True, padding=(0, 2)))
            return
        table = Table.grid(padding=(0, 2, 0, 0))
        for number, (label, explained) in enumerate(lines, 1):
            table.add_row(Text(f"{number:>{digits + 2}}"), Text(label), Text(explained or "", style="dim"))
        self._console.print(table)

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        """Words with their meanings beside them."""
        table = Table.grid(padding=(0, 2, 0, 0))
        for word, meaning in rows:
            table.add_row(Text(f"  {word}", style="cyan"), Text(meaning))
        self._console.print(table)

    def hear(self) -> str:
        """The line that the person types, tidied. Raises EOFError or KeyboardInterrupt if they break off."""
        while True:
            try:
                return reply.tidy(self._ask(PROMPT))
            except UnicodeDecodeError:
                self.wrong(phrases.UNREADABLE)
