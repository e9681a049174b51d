"""How long a person waits in a real browser: `python benchmarks/browser.py`.

From a press to the next question, for one person and for ten at once on one server, and from the start of the server to the first
question. The plainest page of the same framework, measured in between, says what nobody can go below here. Everything, browsers
included, runs on this machine, so ten people here also share its processors for drawing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
PLAIN = Path(__file__).with_name("plain_page.py")
sys.path.insert(0, str(ROOT))

from tests.browser import serving  # noqa: E402
from tests.browser.person import PATIENCE, SETTLED  # noqa: E402

QUESTIONNAIRE = "questions"  # its address
QUESTIONS = 20  # that each person is asked
PEOPLE = 10
THINKING = 4.0  # seconds between two answers of one person; the ten press at different moments
STARTS = 5
TICKS = os.sysconf("SC_CLK_TCK")

# `press` answers the question on the page, with the first option or by skipping it, and notes two times in milliseconds: until the
# next question is painted, and until the whole page is.
PRESS = f"""
window.waits = [];
window.press = () => new Promise(done => {{
    const title = () => document.querySelector("h1")?.innerText;
    const painted = then => requestAnimationFrame(() => setTimeout(then));
    const asked = title(), began = performance.now();
    let question;
    const look = () => {{
        if (title() === asked || !title()) return;
        question ??= new Promise(seen => painted(() => seen(performance.now() - began)));
        if (!document.querySelector('{SETTLED}')) return;
        watch.disconnect();
        painted(async () => {{ window.waits.push([await question, performance.now() - began]); done(); }});
    }};
    const watch = new MutationObserver(look);
    watch.observe(document.documentElement, {{ subtree: true, childList: true, characterData: true, attributes: true }});
    (document.querySelector(".st-key-options-answer .stButton button") ?? document.querySelector(".st-key-skip button")).click();
}});
"""


def main() -> None:
    """Measure and print."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; ms, median and 95th percentile")
    with tempfile.TemporaryDirectory() as folder, serving.browser() as browser:
        os.environ.setdefault("ADVISOR_CACHE", folder)  # warm after the first start
        with _plain() as server:
            _told(*_one_after_the_other(browser, server, ""), "the plainest page there is, one person")
        with serving.served(Path(folder)) as server:
            _told(*_one_after_the_other(browser, server), "one person")
            _told(*_ten(browser, server, THINKING / PEOPLE), f"{PEOPLE} people, an answer every {THINKING:g} s each")
            _told(*_ten(browser, server, 0), f"{PEOPLE} people who press at the same moment")
        ours, least = [], []
        for _ in range(STARTS):
            ours.append(_start(browser, Path(folder)))
            least.append(_start_plain(browser))
        print(f"  {'first question after the start':52}{statistics.median(ours):6.0f}")
        print(f"  {'the plainest page after the start':52}{statistics.median(least):6.0f}")


def _one_after_the_other(browser: Browser, server: serving.Server, path: str = QUESTIONNAIRE) -> tuple[list[tuple[float, float]], float]:
    page = _at_the_first_question(browser, server, path)
    before = _processor(server)
    for _ in range(QUESTIONS):
        page.evaluate("press()")
    return _waits(page), (_processor(server) - before) / QUESTIONS


def _ten(browser: Browser, server: serving.Server, apart: float) -> tuple[list[tuple[float, float]], float]:
    """Ten people, each of whom presses `apart` seconds after the one before; with 0, all wait until the last one has the next question."""
    pages = [_at_the_first_question(browser, server) for _ in range(PEOPLE)]
    before = _processor(server)
    for number in range(QUESTIONS):
        for page in pages:
            page.evaluate("() => { press(); }")
            time.sleep(apart)
        for page in pages:
            page.wait_for_function("number => waits.length > number", arg=number)
    used = (_processor(server) - before) / QUESTIONS / PEOPLE
    return [wait for page in pages for wait in _waits(page)], used


def _at_the_first_question(browser: Browser, server: serving.Server, path: str = QUESTIONNAIRE) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(PRESS)
    _first_question(page, server, path)
    return page


def _first_question(page: Page, server: serving.Server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    page.locator(".st-key-options-answer button").first.wait_for(state="attached")
    page.wait_for_selector(SETTLED)


def _waits(page: Page) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = page.evaluate("waits")
    page.context.close()
    return found


def _processor(server: serving.Server) -> float:
    """Milliseconds of processor time that the server has taken."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / TICKS


def _start(browser: Browser, folder: Path) -> float:
    """From the start of the server to the first question in a browser that has never seen it."""
    return _until_shown(browser, serving.served(folder), QUESTIONNAIRE)


def _start_plain(browser: Browser) -> float:
    return _until_shown(browser, _plain(), "")


def _until_shown(browser: Browser, serving_: AbstractContextManager[serving.Server], path: str) -> float:
    page = browser.new_page()
    began = time.perf_counter()
    with serving_ as server:
        _first_question(page, server, path)
        took = 1000 * (time.perf_counter() - began)
        page.close()
    return took


@contextmanager
def _plain() -> Iterator[serving.Server]:
    """The plainest page, served as ours is."""
    port = serving.free_port()
    options = ("--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false")
    command = [sys.executable, "-m", "streamlit", "run", str(PLAIN), *options]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.txt"
        with said.open("ab") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        server = serving.Server(port, Path(folder), process)
        try:
            serving.wait_until_ready(server, said)
            yield server
        finally:
            process.terminate()
            process.wait()


def _told(waits: list[tuple[float, float]], processor: float, name: str) -> None:
    question, whole = zip(*waits, strict=True)
    print(f"  {name:52}{_two(question)} to the question,{_two(whole)} to the whole page; {processor:.0f} of the server's processor time", flush=True)


def _two(times: tuple[float, ...]) -> str:
    return f"{statistics.median(times):6.0f}{statistics.quantiles(times, n=20)[-1]:6.0f}"


if __name__ == "__main__":
    main()
