"""The pages on a port of their own, and a real browser to see them with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import advisor

HOST = "127.0.0.1"
PACKAGES = Path(advisor.__file__).resolve().parent.parent
NOTES = "network.txt"
WATCHED = Path(__file__).with_name("watched")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = f"""No browser was found; looked for {", ".join(BROWSERS)}. The pages are tried in a real one. Install it, then run the same command again:
  Debian, Ubuntu   sudo apt install chromium
  Fedora           sudo dnf install chromium"""
PATIENCE = 120  # seconds until the first page must be served


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens, the folder with what it keeps, and its process."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """What a person types to see the first page."""
        return f"http://{HOST}:{self.port}"

    def notes(self) -> set[str]:
        """What it did with the network so far, as `EVENT HOST`."""
        return set((self.folder / NOTES).read_text(encoding="utf-8").splitlines())


@contextmanager
def served(folder: Path, port: int | None = None) -> Iterator[Server]:
    """The pages, as `advisor ui` serves them, with everything that is kept in this folder; the server ends with the block."""
    port = port or free_port()
    environment = os.environ | {
        "ADVISOR_DATABASE": f"sqlite:///{folder / 'book.sqlite'}",
        "NETWORK_NOTES": str(folder / NOTES),
        "PYTHONPATH": os.pathsep.join((str(WATCHED), str(PACKAGES))),
    }
    command = [sys.executable, "-m", "advisor", "ui", "--no-browser", "--port", str(port)]
    said = folder / "said.txt"
    with said.open("ab") as output:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        server = Server(port, folder, process)
        wait_until_ready(server, said)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(server: Server, said: Path) -> None:
    """Wait for the first answer; `said` is the file with what the server says, for when it never comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise AssertionError(f"The server ended by itself and said:\n{said.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=PATIENCE):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"The server was not ready within {PATIENCE} seconds and said:\n{said.read_text(encoding='utf-8')}")


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser of this machine, without a window."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise AssertionError(NO_BROWSER)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield opened
        opened.close()
