"""The command line: every command, and how a run begins."""

from __future__ import annotations

import gc
import os

from advisor.commands import clients, upkeep
from advisor.commands.shell import app

__all__ = ["app", "clients", "main", "upkeep"]


def main() -> None:
    """Run the command that was typed."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # what is multiplied is small: threads would only wait for each other
    gc.disable()  # a run is short and keeps nearly all it makes, so looking for garbage would only cost time
    app(prog_name="advisor")
