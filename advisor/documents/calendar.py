"""The posts of the plan and the dated tasks of the strategy -> a calendar (RFC 5545).

An event keeps its id for as long as it is the same thing: a post by its day and its place on that day, a task by its rule, both for one
client; what it says and when the task is due may change. So whoever reads the file again finds events brought up to date, not doubled.
`SEQUENCE` counts the days from `FIRST_DAY` to the case's date: a later case outranks an earlier one, and nothing depends on the clock.

Where the earlier file is at hand, what the new plan leaves out stays in it, marked as cancelled, so that it goes from calendars that
read the earlier one; and whatever changed outranks what was there, on the same day too.

Posts stand at the hour that the knowledge names, in the time zone that it or a person names; where neither does, the hour has no
zone and so is that of wherever its reader is (RFC 5545, 3.3.5, form 1). Where no hour is known, an event is for the whole day.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import STATUS, Calendar, Event, vText

from advisor.documents import wording
from advisor.documents.plan import Slot, planned
from advisor.inference.case import Case
from advisor.inference.consult import Consultation
from advisor.reasoning.strategy import Data

FAMILY = uuid.UUID("5f0b6a1e-7a43-5c0d-9b0e-2f6f5e0c7d11")  # of all ids made here; must never change
FIRST_DAY = date(2020, 1, 1)
PRODUCT = "-//advisor//strategy//EN"
LONGEST_SUMMARY = 90  # more is cut off by calendars on a phone; the description has it all
VERSION = ("SEQUENCE", "DTSTAMP")  # what tells versions of an event apart, not what it says


def calendar(strategy: Data, consultation: Consultation, zone: ZoneInfo | None = None, earlier: bytes | None = None) -> bytes:
    """The calendar of a strategy; without a plan in the knowledge it holds the tasks alone.

    `zone` stands in place of the one that the knowledge names. `earlier` is the calendar that this one replaces; whatever is no
    calendar of this client counts as none.
    """
    case = consultation.case
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", wording.CALENDAR_NAME.format(client=_plain(case.client)))
    made.add("x-wr-calname", wording.CALENDAR_NAME.format(client=_plain(case.client)))
    events = [*_posts(consultation, zone), *_tasks(strategy, case)]
    before = _events_of(earlier, str(made["name"])) if earlier else {}
    for event in events:
        _outrank(event, before.pop(str(event["uid"]), None))
        made.add_component(event)
    for gone in before.values():
        if _day_of(gone) >= case.date:  # what is past was done or not; there is nothing to call off
            made.add_component(_cancelled(gone, case))
    made.add_missing_timezones(first_date=case.date, last_date=case.date + timedelta(days=731))
    return bytes(made.to_ical())


def _posts(consultation: Consultation, zone: ZoneInfo | None) -> Iterator[Event]:
    """One event for each post of the plan."""
    plan = planned(consultation)
    if zone is None and plan and plan.calendar and plan.calendar.zone:
        zone = ZoneInfo(plan.calendar.zone)
    for slot in plan.slots if plan else ():
        event = _event(consultation.case, "post", slot.key, (slot.prompt, *slot.rules))
        form = slot.form or wording.ANY_FORM
        title = wording.EVENT_POST.format(theme=slot.theme.label, form=form) if slot.theme else wording.EVENT_POST_BARE.format(form=form)
        event.add("summary", title)
        event.add("description", "\n\n".join(_described(slot)))
        event.add("categories", [wording.CATEGORY_POST, slot.job.label])
        _place(event, slot, zone)
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
    """Put an event at its hours where they are known, else on the whole day; neither makes anybody busy."""
    if slot.hours:
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
    event.add("dtstamp", _stamp(case))
    event.add("sequence", _rank(case))
    event.add("x-advisor-rules", vText(wording.LIST_JOINT.join(rules)))
    return event


def _rank(case: Case) -> int:
    """How late a version is, by the case's date alone."""
    return max(0, (case.date - FIRST_DAY).days)


def _stamp(case: Case) -> datetime:
    return datetime.combine(case.date, time(), UTC)


# -- the calendar that this one replaces ------------------------------------------------------------------------


def _events_of(content: bytes, name: str) -> dict[str, Event]:
    """The events by id of a calendar with this name; none if it is anything else."""
    with suppress(ValueError):
        found = Calendar.from_ical(content)
        if str(found.get("name")) == name and str(found.get("prodid")) == PRODUCT:
            return {str(event["uid"]): event for event in found.events if "uid" in event and event.DTSTART}
    return {}


def _outrank(event: Event, before: Event | None) -> None:
    """Make an event the later version of what it replaces, if it says anything else; the same version if it says the same."""
    if before is not None:
        event.sequence = max(event.sequence, before.sequence + (_said(event) != _said(before)))


def _said(event: Event) -> set[str]:
    """What an event says, whatever version of it this is."""
    return {line for line in event.content_lines() if not line.startswith(VERSION)}


def _cancelled(event: Event, case: Case) -> Event:
    """An event called off: gone from calendars that heed it, marked in its title for those that do not."""
    if event.status == STATUS.CANCELLED:
        return event
    event.sequence = max(_rank(case), event.sequence + 1)
    event.stamp = _stamp(case)
    event.summary = wording.EVENT_GONE.format(text=event.summary)
    event.status = STATUS.CANCELLED
    return event


def _day_of(event: Event) -> date:
    return event.start.date() if isinstance(event.start, datetime) else event.start


def _short(text: str) -> str:
    """The first sentence of a text, cut at a word where even that is long."""
    first = text.split(". ")[0].removesuffix(".")
    return first if len(first) <= LONGEST_SUMMARY else first[:LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"


def _plain(name: str) -> str:
    """A name on one line."""
    return " ".join(name.split())
