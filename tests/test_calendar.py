"""The calendar, read by a parser that is not ours: each event is known again, whole, and on the right day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from typer.testing import CliRunner

import advisor
from advisor import cli
from advisor.documents.calendar import calendar
from advisor.documents.plan import planned
from advisor.inference.case import Case
from advisor.inference.consult import consult
from advisor.knowledge.model import Knowledge
from advisor.reasoning.strategy import Data, strategy
from tests import plants
from tests.clients import shipped

BAKERY = Path(advisor.__file__).parent / "examples" / "bakery.yaml"
NAMES = ["uk.wedding_flowers", *sorted(shipped().scenarios)[::9]]


def case_of(name: str) -> Case:
    scenario = shipped().scenarios[name]
    return Case(scenario.client, scenario.day, scenario.answers)


@cache
def told(name: str) -> Data:
    return strategy(consult(shipped(), case_of(name)))


def made_for(case: Case, knowledge: Knowledge) -> bytes:
    consultation = consult(knowledge, case)
    return calendar(strategy(consultation), consultation)


@cache
def made(name: str) -> bytes:
    return made_for(case_of(name), shipped())


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
    plan = planned(consult(shipped(), case_of(name)))
    assert plan
    days = [slot.day for slot in plan.slots]
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


def posts(content: bytes) -> list[Any]:
    return [event for event in events(content) if "Posts" in event.categories.value]


def test_posts_stand_at_their_hour_in_the_one_zone_of_the_market() -> None:
    timed = made_for(case_of("uk.wedding_flowers").but({"team.cover": "office_hours"}), shipped())
    assert {(event.dtstart.value.hour, event.dtstart.value.utcoffset()) for event in posts(timed)} == {(10, timedelta(0))}
    assert b"TZID:Europe/London" in timed


@pytest.mark.parametrize("market", ["us", "ru", "eu", "by_kz", "world", None])
def test_where_there_are_several_zones_an_hour_is_that_of_wherever_its_reader_is(market: str | None) -> None:
    content = made_for(case_of("uk.wedding_flowers").but({"team.cover": "extended", "business.market": market}), shipped())
    assert {(event.dtstart.value.hour, event.dtstart.value.tzinfo) for event in posts(content)} == {(17, None)}
    assert b"VTIMEZONE" not in content
    assert not re.search(rb"^DTSTART[^\r]*Z\r", content, re.MULTILINE)


def test_posts_without_a_known_hour_are_for_the_whole_day() -> None:
    content = made_for(case_of("uk.wedding_flowers").but({"team.cover": None}), shipped())
    assert not [event for event in events(content) if isinstance(event.dtstart.value, datetime)]
    assert b"VTIMEZONE" not in content


def test_a_person_may_name_the_zone() -> None:
    consultation = consult(shipped(), case_of("uk.wedding_flowers").but({"team.cover": "office_hours", "business.market": "us"}))
    content = calendar(strategy(consultation), consultation, ZoneInfo("America/Chicago"))
    assert {(event.dtstart.value.hour, event.dtstart.value.utcoffset()) for event in posts(content)} == {(10, timedelta(hours=-6))}
    assert b"TZID:America/Chicago" in content


# -- a calendar that replaces another ---------------------------------------------------------------------------


def again(case: Case, earlier: bytes) -> bytes:
    consultation = consult(shipped(), case)
    return calendar(strategy(consultation), consultation, None, earlier)


def fewer(case: Case) -> Case:
    """The same client with time for fewer posts."""
    return case.but({"team.hours_per_week": 3})


def by_id(content: bytes) -> dict[str, Any]:
    return {event.uid.value: event for event in events(content)}


def status(event: Any) -> str:
    return str(event.status.value) if "status" in event.contents else ""


def test_the_same_export_again_gives_the_same_bytes() -> None:
    for name in NAMES:
        assert again(case_of(name), made(name)) == made(name)
    case = case_of("uk.wedding_flowers")
    cut = again(fewer(case), made("uk.wedding_flowers"))
    assert again(fewer(case), cut) == cut


def test_what_is_no_longer_planned_is_called_off_and_outranks_what_was_there() -> None:
    before = by_id(made("uk.wedding_flowers"))
    after = by_id(again(fewer(case_of("uk.wedding_flowers")), made("uk.wedding_flowers")))
    planned_now = set(by_id(made_for(fewer(case_of("uk.wedding_flowers")), shipped())))
    assert set(before) <= set(after)
    gone = set(before) - planned_now
    assert len(gone) > 20
    for uid in gone:
        assert status(after[uid]) == "CANCELLED"
        assert int(after[uid].sequence.value) > int(before[uid].sequence.value)
        assert after[uid].dtstart.value == before[uid].dtstart.value
        assert before[uid].summary.value in after[uid].summary.value
        assert rules_of(after[uid]) == rules_of(before[uid])
    assert {status(after[uid]) for uid in planned_now} == {""}
    changed = [uid for uid in planned_now & set(before) if after[uid].description.value != before[uid].description.value]
    assert changed
    assert all(int(after[uid].sequence.value) > int(before[uid].sequence.value) for uid in changed)


def test_what_was_called_off_can_come_back() -> None:
    case = case_of("uk.wedding_flowers")
    cut = again(fewer(case), made("uk.wedding_flowers"))
    back, off = by_id(again(case, cut)), {uid: event for uid, event in by_id(cut).items() if status(event)}
    assert off
    assert {status(back[uid]) for uid in off} == {""}
    assert all(int(back[uid].sequence.value) > int(event.sequence.value) for uid, event in off.items())


def test_what_is_past_is_not_called_off() -> None:
    case = case_of("uk.wedding_flowers")
    later = Case(case.client, case.date + timedelta(days=28), case.answers)
    after = events(again(later, made("uk.wedding_flowers")))
    assert all(event.dtstart.value >= later.date for event in after if not isinstance(event.dtstart.value, datetime))


@pytest.mark.parametrize("earlier", [b"", b"mine", b"\xff\xfe", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_whatever_is_no_calendar_of_this_client_counts_as_none(earlier: bytes) -> None:
    assert again(case_of(NAMES[0]), earlier) == made(NAMES[0])


def test_events_of_another_client_are_not_called_off() -> None:
    case = case_of(NAMES[0])
    assert again(case, made_for(Case("Somebody else", case.date, case.answers), shipped())) == made(NAMES[0])


def test_an_export_over_a_calendar_brings_it_up_to_date(tmp_path: Path) -> None:
    bakery, out = tmp_path / "case.yaml", tmp_path / "plan.ics"
    text = BAKERY.read_text(encoding="utf-8")
    for hours in (5, 2):
        bakery.write_text(text.replace("team.hours_per_week: 5", f"team.hours_per_week: {hours}"), encoding="utf-8")
        assert CliRunner().invoke(cli.app, ["export", str(bakery), "--to", "calendar", "--out", str(out), "--force"]).exit_code == 0
    assert "CANCELLED" in {status(event) for event in events(out.read_bytes())}


@pytest.mark.parametrize(
    ("zone", "to", "says"),
    [("Europe/Berln", "calendar", "did you mean Europe/Berlin?"), ("nowhere", "calendar", "write it like"), ("Europe/Berlin", "sheet", "only for calendar")],
)
def test_a_zone_that_cannot_be_used_is_refused(tmp_path: Path, zone: str, to: str, says: str) -> None:
    refused = CliRunner().invoke(cli.app, ["export", str(BAKERY), "--to", to, "--out", str(tmp_path / "x"), "--time-zone", zone])
    assert refused.exit_code == 2
    assert says in re.sub(r"[\s│]+", " ", refused.stderr)
    assert not list(tmp_path.iterdir())


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
