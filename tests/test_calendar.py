"""The calendar, read by a parser that is not ours: each event is known again, whole, and on the right day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
import vobject

from advisor.documents.calendar import calendar
from advisor.documents.plan import planned_for
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import Data, strategy
from tests import plants
from tests.clients import shipped

NAMES = ["uk.wedding_flowers", *sorted(shipped().scenarios)[::9]]


def case_of(name: str) -> Case:
    scenario = shipped().scenarios[name]
    return Case(scenario.client, scenario.day, scenario.answers)


@cache
def told(name: str) -> Data:
    return strategy(consult(shipped(), case_of(name)))


def made_for(case: Case, knowledge: Knowledge) -> bytes:
    return calendar(strategy(consult(knowledge, case)), knowledge, case)


@cache
def made(name: str) -> bytes:
    return calendar(told(name), shipped(), case_of(name))


def events(content: bytes) -> list[Any]:
    found = vobject.readOne(content.decode())
    return list(getattr(found, "vevent_list", []))


def rules_of(event: Any) -> list[str]:
    return str(event.contents["x-advisor-rules"][0].value).replace("\\", "").split(", ")


@pytest.mark.parametrize("name", NAMES)
def test_every_event_names_its_rules_and_has_an_id_of_its_own(name: str) -> None:
    plan = shipped().plan
    assert plan
    known = set(shipped().rule) | {when.item.id for when in plan.prompts}
    found = events(made(name))
    assert found
    for event in found:
        assert set(rules_of(event)) <= known
        assert all(rule in event.description.value for rule in rules_of(event))
        assert event.summary.value
    ids = [event.uid.value for event in found]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_all_posts_and_all_dated_tasks_are_there(name: str) -> None:
    planned = planned_for(case_of(name), shipped())
    assert planned
    days = [slot.day for slot in planned.slots]
    due = [date.fromisoformat(item["due"]) for section in told(name)["sections"] for item in section["items"] if item["kind"] == "task" and "due" in item]
    starts = [event.dtstart.value.date() if isinstance(event.dtstart.value, datetime) else event.dtstart.value for event in events(made(name))]
    assert sorted(starts) == sorted([*days, *due])


def test_events_keep_their_ids_when_an_answer_changes_what_they_say() -> None:
    case = case_of("uk.wedding_flowers")
    before = {event.uid.value: event for event in events(made_for(case, shipped()))}
    after = {event.uid.value: event for event in events(made_for(case.but({"audience.interest": "light_fun"}), shipped()))}
    posts = {uid for uid, event in before.items() if "Posts" in event.categories.value}
    assert posts <= set(after)
    assert any(before[uid].description.value != after[uid].description.value for uid in posts)
    assert all(before[uid].dtstart.value == after[uid].dtstart.value for uid in posts)


def test_a_later_case_moves_tasks_and_outranks_the_earlier_one() -> None:
    case = case_of("uk.wedding_flowers")
    later = Case(case.client, case.date + timedelta(days=7), case.answers)
    before, after = ({event.uid.value: event for event in events(made_for(one, shipped()))} for one in (case, later))
    tasks = {uid for uid, event in before.items() if "To do" in event.categories.value}
    assert tasks <= set(after)
    assert all(after[uid].dtstart.value - before[uid].dtstart.value == timedelta(days=7) for uid in tasks)
    assert all(int(after[uid].sequence.value) > int(before[uid].sequence.value) for uid in tasks)
    assert len(set(before) & set(after)) > len(tasks)  # posts on days that both plans have


def test_two_clients_share_no_id() -> None:
    case = case_of("uk.wedding_flowers")
    one, other = (made_for(Case(name, case.date, case.answers), shipped()) for name in ("Anna", "Berta"))
    assert not {event.uid.value for event in events(one)} & {event.uid.value for event in events(other)}


def test_posts_stand_at_an_hour_only_where_hour_and_zone_are_known() -> None:
    case = case_of("uk.wedding_flowers")
    timed = made_for(case.but({"team.cover": "office_hours"}), shipped())
    assert {(event.dtstart.value.hour, event.dtstart.value.utcoffset()) for event in events(timed) if "Posts" in event.categories.value} == {(10, timedelta(0))}
    assert b"TZID:Europe/London" in timed
    for changed in ({"team.cover": None}, {"team.cover": "office_hours", "business.market": "us"}):
        days = made_for(case.but(changed), shipped())
        assert not [event for event in events(days) if isinstance(event.dtstart.value, datetime)]
        assert b"VTIMEZONE" not in days


def test_the_same_case_gives_the_same_bytes() -> None:
    assert made_for(case_of(NAMES[0]), shipped()) == made(NAMES[0])


@pytest.mark.parametrize("client", ["A; B, C\\D: E", "Two\nLINES\nEND:VEVENT", "<b>", "Пекарня «Хлеб»"])
def test_a_name_is_text_and_breaks_nothing(client: str) -> None:
    case = Case(client, case_of(NAMES[0]).date, case_of(NAMES[0]).answers)
    content = made_for(case, shipped())
    assert len(events(content)) == len(events(made(NAMES[0])))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_every_line_ends_and_every_stamp_reads_as_the_standard_asks() -> None:
    content = made(NAMES[0]).decode()
    assert content.endswith("END:VCALENDAR\r\n")
    assert "\n" not in content.replace("\r\n", "")
    day = case_of(NAMES[0]).date
    assert set(re.findall(r"^DTSTAMP:(\S+)", content, re.MULTILINE)) == {f"{day:%Y%m%d}T000000Z"}
    assert "URL" not in content


def test_knowledge_without_a_plan_has_its_tasks_alone() -> None:
    found = events(made_for(plants.vera(), plants.known()))
    assert all("To do" in event.categories.value for event in found)
