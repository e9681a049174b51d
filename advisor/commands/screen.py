"""What is shown: results on the standard output, problems and progress on the standard error."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def console(*, stderr: bool = False) -> Console:
    """A console on the standard output, or the standard error."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def busy(text: str) -> contextlib.AbstractContextManager[object]:
    """Shows on a terminal that work goes on, and nothing elsewhere."""
    return console(stderr=True).status(text) if sys.stderr.isatty() else contextlib.nullcontext()


def write_text(show: Callable[[Console], None]) -> None:
    """Write what is shown on a console, in colour where the terminal has it."""
    plain = console()
    with plain.capture() as shown:
        show(plain)
    write(shown.get())


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal while something takes its time; nothing where the errors go to a file."""
    from rich.progress import Progress

    errors = console(stderr=True)
    with Progress(console=errors, disable=not errors.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def write_json(data: dict[str, Any]) -> None:
    """Write plain data."""
    from advisor.presentation.render import as_json

    write(as_json(data))


def write(text: str) -> None:
    """Write a result, as UTF-8 where it goes to a file or another program."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write what is wrong, or how it goes, where errors go."""
    sys.stderr.write(f"{text}\n")
