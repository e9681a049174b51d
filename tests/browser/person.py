"""A person at the browser: opens pages, answers, presses, reads. Waits for what must appear, never for time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import WebSocket as Socket

from advisor.knowledge.model import Fact
from tests.browser.serving import Server
from tests.clients import shipped
from ui import texts

PATIENCE = 90_000  # milliseconds; a machine that is busy with other tests is slow
SETTLED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'

Theme = Literal["light", "dark"]


def first_question(kind: str) -> Fact:
    """The first question that is answered in this way."""
    return next(fact for fact in shipped().questions.values() if fact.kind == kind)


def asked(fact: Fact) -> str:
    """A question in words."""
    return fact.question.ask if fact.question else fact.name


class Person:
    """One browser with a memory of its own, and the tab that is looked at."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context, self.server = context, server
        self.addresses: set[str] = set()  # that any tab asked for
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self.addresses.add(request.url))
        self.tab = self.new_tab()

    def new_tab(self) -> Page:
        """Another tab of this browser, empty; it is the one that is looked at from now on."""
        self.tab = self.context.new_page()
        self.tab.on("websocket", self._note)
        return self.tab

    def _note(self, socket: Socket) -> None:
        self.addresses.add(socket.url)

    # -- looking ------------------------------------------------------------------------------------------------

    @property
    def title(self) -> Locator:
        """What stands above the page."""
        return self.tab.get_by_role("heading", level=1)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait for a text on the page."""
        expect(self.tab.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def part(self, key: str) -> Locator:
        """The part of the page with this key."""
        return self.tab.locator(".st-key-" + re.sub(r"[^\w-]", "-", key))

    def button(self, key: str) -> Locator:
        """The button with this key."""
        return self.part(key).get_by_role("button")

    def text(self) -> str:
        """Everything that stands on the page, once nothing is being drawn any more."""
        self.settle()
        return self.tab.locator("main").inner_text()

    def settle(self) -> None:
        """Wait until nothing is being drawn."""
        self.tab.wait_for_selector(SETTLED)

    # -- going --------------------------------------------------------------------------------------------------

    def opens(self, path: str = "") -> None:
        """Type an address."""
        self.tab.goto(f"{self.server.address}/{path}")
        expect(self.title).to_be_visible(timeout=PATIENCE)
        self.settle()

    def reloads(self) -> None:
        """Load the page anew."""
        self.tab.reload()
        expect(self.title).to_be_visible(timeout=PATIENCE)
        self.settle()

    def goes_to(self, page: str) -> None:
        """Follow the menu."""
        self.part("menu").get_by_role("link", name=page, exact=True).click()
        self.tab.wait_for_function("([page]) => document.title.startsWith(page)", arg=[page])
        expect(self.title).to_be_visible(timeout=PATIENCE)
        self.settle()

    def begins(self) -> None:
        """Open the first question, from the start."""
        self.opens()
        self.button("begin").click()
        self.options.first.wait_for()

    def tries_example(self) -> None:
        """Open an example, from the start."""
        self.opens()
        self.button("try-example").click()
        self.sees(re.compile("^Your strategy, "))
        self.settle()

    # -- answering ----------------------------------------------------------------------------------------------

    @property
    def options(self) -> Locator:
        """Whatever the question on the page can be answered with: buttons, boxes or a number."""
        return self.part("options-answer").locator(".stButton button, input")

    def labels(self) -> list[str]:
        """What each option says; of a number, the first few."""
        self.options.first.wait_for(state="attached")
        part = self.part("options-answer")
        if part.get_by_role("spinbutton").count():
            return [str(number) for number in range(1, 11)]
        said = part.locator(".stButton button, label:has(input[type=checkbox])").all_inner_texts()
        return [text.strip().removeprefix(texts.YOUR_ANSWER.format(label="")).split("\n")[0].strip() for text in said]

    def answers(self, choice: int = 0) -> str:
        """Answer the question on the page with one of its options; that question."""
        question = self.title.inner_text()
        self.presses_answer(choice)
        self.waits_for_another(question)
        return question

    def presses_answer(self, choice: int = 0) -> None:
        """Do what answers the question, and wait for nothing."""
        self.options.first.wait_for(state="attached")
        form = self.part("options-answer").get_by_test_id("stForm")
        if form.count() == 0:
            self.options.nth(choice % self.options.count()).click()
            return
        if form.get_by_role("checkbox").count():
            boxes = form.locator("label:has(input[type=checkbox])")
            boxes.nth(choice % boxes.count()).click()
        else:
            form.get_by_role("spinbutton").fill(self.labels()[choice % 10])
        form.get_by_role("button", name=texts.NEXT).click()

    def presses(self, key: str) -> str:
        """Press what leads to another question; the question that was left."""
        question = self.title.inner_text()
        self.button(key).click()
        self.waits_for_another(question)
        return question

    def waits_for_another(self, question: str) -> None:
        """Wait until another question is on the page than this one."""
        expect(self.title).not_to_have_text(question, timeout=PATIENCE)
        self.settle()

    def tries_another_answer(self) -> str:
        """On the page of what-ifs, pick the first question that is answered by a press and press another answer; the question."""
        question = asked(first_question("one"))
        box = self.part("what-if-question").get_by_role("combobox")
        box.fill(question)
        box.press("Enter")
        self.part("options-try").get_by_role("button").filter(has_not_text="✓").last.click()
        expect(self.tab.get_by_role("heading", name=texts.DIFFERENCE)).to_be_visible(timeout=PATIENCE)
        self.settle()
        return question

    def has_answered(self) -> dict[str, str]:
        """Every answer, as the page of all answers shows it, by its question."""
        self.tab.get_by_role("link", name="See and change all answers").click()
        self.tab.wait_for_function("() => document.title.startsWith('Your answers')")
        self.settle()
        rows = self.tab.locator('[class*="st-key-row-"] button').all_inner_texts()
        told = [row.strip().rsplit("\n", 1) for row in rows]
        return {question.strip(): answer for question, answer in told if answer not in (texts.OPEN, texts.SKIPPED)}

    # -- files --------------------------------------------------------------------------------------------------

    def downloads(self, key: str, folder: Path) -> Path:
        """Press what downloads a file, and keep it in this folder."""
        with self.tab.expect_download() as waiting:
            self.button(key).click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def opens_file(self, path: Path) -> None:
        """Give the start page a case file."""
        self.opens()
        self.tab.locator("input[type=file]").set_input_files(path)
