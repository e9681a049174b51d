"""Starts the pages: a server that only this machine can reach, and a browser to see them with."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from streamlit.web import cli

from ui import known

APP = Path(__file__).with_name("app.py")


def main() -> None:
    """Run the server until it is stopped."""
    threading.Thread(target=known.warm_up, daemon=True).start()
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
