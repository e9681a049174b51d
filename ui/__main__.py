"""Starts the pages: a server that only this machine can reach, and a browser to see them with."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from streamlit import runtime
from streamlit.web import cli

APP = Path(__file__).with_name("app.py")


def main() -> None:
    """Run the server until it is stopped."""
    threading.Thread(target=_warm_up, daemon=True).start()
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    cli.main(prog_name="streamlit")


def _warm_up() -> None:
    """Make ready what the first page needs, while the browser is still busy with itself."""
    while not runtime.exists():
        time.sleep(0.02)
    from ui import known

    known.warm_up()


if __name__ == "__main__":
    main()
