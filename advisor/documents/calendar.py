"""The posts of the plan and the dated tasks of the strategy -> a calendar (RFC 5545).

An event keeps its id for as long as it is the same thing: a post by its day and its place on that day, a task by its rule, both for one
client; what it says and when the task is due may change. So whoever reads the file again finds events brought up to date, not doubled.
What a new plan leaves out stays where it was read in, as no file can know of another; a calendar of its own can be emptied first.
`SEQUENCE` counts the days from `FIRST_DAY` to the case's date: a later case outranks an earlier one, and nothing depends on the clock.
Posts stand at an hour only where the knowledge names both the hour and the time zone; all else is for the whole day.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from advisor.documents import wording
from advisor.documents.plan import Slot, planned_for
from advisor.inference.case import Case
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import Data

FAMILY = uuid.UUID("5f0b6a1e-7a43-5c0d-9b0e-2f6f5e0c7d11")  # of all ids made here; must never change
FIRST_DAY = date(2020, 1, 1)
PRODUCT = "-//advisor//strategy//EN"
LONGEST_SUMMARY = 90  # more is cut off by calendars on a phone; the description has it all


def calendar(strategy: Data, knowledge: Knowledge, case: Case) -> bytes:
    """The calendar of a strategy; without a plan in the knowledge it holds the tasks alone."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", wording.CALENDAR_NAME.format(client=_plain(case.client)))
    made.add("x-wr-calname", wording.CALENDAR_NAME.format(client=_plain(case.client)))
    for event in (*_posts(knowledge, case), *_tasks(strategy, case)):
        made.add_component(event)
    made.add_missing_timezones(first_date=case.date, last_date=case.date + timedelta(days=731))
    return bytes(made.to_ical())


def _posts(knowledge: Knowledge, case: Case) -> Iterator[Event]:
    """One event for each post of the plan."""
    planned = planned_for(case, knowledge)
    zone = planned.calendar.zone if planned and planned.calendar else None
    for slot in planned.slots if planned else ():
        event = _event(case, "post", slot.key, (slot.prompt, *slot.rules))
        form = slot.form or wording.ANY_FORM
        title = wording.EVENT_POST.format(theme=slot.theme.label, form=form) if slot.theme else wording.EVENT_POST_BARE.format(form=form)
        event.add("summary", title)
        event.add("description", "\n\n".join(_described(slot)))
        event.add("categories", [wording.CATEGORY_POST, slot.job.label])
        _place(event, slot, ZoneInfo(zone) if zone else None)
        yield event


def _described(slot: Slot) -> Iterator[str]:
    yield slot.text
    if slot.call:
        yield wording.EVENT_CALL.format(call=slot.call)
    yield wording.EVENT_WHO.format(owner=slot.owner, network=slot.network, job=slot.job.label)
    if slot.hours:
        yield wording.EVENT_TIME.format(text=slot.hours.text)
    yield wording.EVENT_RULES.format(rules=wording.LIST_JOINT.join((slot.prompt, *slot.rules)))


def _place(event: Event, slot: Slot, zone: ZoneInfo | None) -> None:
    """Put an event at its hours where they and their zone are known, else on the whole day, which does not make anybody busy."""
    if slot.hours and zone:
        event.add("dtstart", datetime.combine(slot.day, time.fromisoformat(slot.hours.begins), zone))
        event.add("dtend", datetime.combine(slot.day, time.fromisoformat(slot.hours.ends), zone))
    else:
        event.add("dtstart", slot.day)
        event.add("dtend", slot.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")


def _tasks(strategy: Data, case: Case) -> Iterator[Event]:
    """One event for each task that has a date: what to set up, when to look back, when to decide."""
    for section in strategy["sections"]:
        of_rule: dict[str, int] = {}
        for item in section["items"]:
            if item["kind"] != "task":
                continue
            number = of_rule[item["rule"]] = of_rule.get(item["rule"], 0) + 1  # a rule may set several tasks in one section
            if "due" not in item:
                continue
            event = _event(case, "task", f"{item['rule']}.{section['id']}.{number}", (item["rule"], *item["also"]))
            due = date.fromisoformat(item["due"])
            event.add("summary", _short(wording.EVENT_TASK.format(text=item["text"])))
            rules = wording.LIST_JOINT.join((item["rule"], *item["also"]))
            event.add(
                "description", "\n\n".join((item["text"], wording.EVENT_BECAUSE.format(because=item["because"]), wording.EVENT_RULES.format(rules=rules)))
            )
            event.add("categories", [wording.CATEGORY_TASK, section["title"]])
            event.add("dtstart", due)
            event.add("dtend", due + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
            yield event


def _event(case: Case, kind: str, identity: str, rules: tuple[str, ...]) -> Event:
    """An event that knows which it is, from which rules it comes, and how late a version it is."""
    event = Event()
    event.add("uid", str(uuid.uuid5(FAMILY, f"{case.client}\n{kind}\n{identity}")))
    event.add("dtstamp", datetime.combine(case.date, time(), UTC))
    event.add("sequence", max(0, (case.date - FIRST_DAY).days))
    event.add("x-advisor-rules", vText(wording.LIST_JOINT.join(rules)))
    return event


def _short(text: str) -> str:
    """The first sentence of a text, cut at a word where even that is long."""
    first = text.split(". ")[0].removesuffix(".")
    return first if len(first) <= LONGEST_SUMMARY else first[:LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"


def _plain(name: str) -> str:
    """A name on one line."""
    return " ".join(name.split())
