"""The plan week by week: as many posts as the time makes, in the mix and on the days that the rules name, and nothing by chance."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from advisor.documents import wording as documents_wording
from advisor.documents.plan import Planned, Slot, planned
from advisor.documents.year import shared_holidays
from advisor.inference.case import Case
from advisor.inference.consult import Consultation, consult
from advisor.knowledge.condition import Value
from advisor.knowledge.model import Knowledge, Plan
from advisor.knowledge.written_plan import WEEKDAYS, Prompt
from tests import plants
from tests.clients import clients, shipped

SCENARIOS = sorted(shipped().scenarios)
AGAIN = documents_wording.NEW_EXAMPLE.format(text="")
SHARE = re.compile(r"\{(\d+)% of [\w.]+\}")


def settings() -> Plan:
    plan = shipped().plan
    assert plan
    return plan


def prompt_of(slot: Slot) -> Prompt:
    return next(when.item for when in settings().prompts if when.item.id == slot.prompt)


@cache
def client(name: str, **answers: str) -> Consultation:
    scenario = shipped().scenarios[name]
    return consult(shipped(), Case(scenario.client, scenario.day, {**scenario.answers, **answers}), nearly=False)


@cache
def plan_of(name: str) -> Planned:
    found = planned(client(name))
    assert found
    return found


def left_out(consultation: Consultation, plan: Planned) -> list[date]:
    """The days on which the rules name a post, and which are public holidays on which this client posts nothing."""
    if not plan.calendar or not any(when.condition.holds(consultation.facts) and not when.item.jobs for when in settings().quiet):
        return []
    settled = {firing.rule.id for firing in consultation.concluded_by[settings().settings.posts]}
    rhythm = next(rhythm for rhythm in settings().settings.rhythms if set(rhythm.rule) & settled)
    monday = consultation.case.date + timedelta(days=7 - consultation.case.date.weekday())
    days = [monday + timedelta(days=7 * week + WEEKDAYS.index(day)) for week in range(12) for day in rhythm.days]
    return [day for day in days if day in shared_holidays(plan.calendar.countries, (monday.year, monday.year + 1))]


def whole(consultation: Consultation, plan: Planned) -> bool:
    """Whether there are as many posts as the rules say, less those of holidays."""
    return len(plan.slots) == 12 * int(consultation.facts["capacity.posts_per_week"]) - len(left_out(consultation, plan))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SCENARIOS)
def test_there_are_as_many_posts_as_the_hours_make_on_the_days_that_the_rules_name(name: str) -> None:
    slots = plan_of(name).slots
    assert whole(client(name), plan_of(name))
    assert [slot.day for slot in slots] == sorted(slot.day for slot in slots)
    assert slots[0].day > client(name).case.date
    rhythm = next(r for r in settings().settings.rhythms if r.rule[0] in slots[0].rules or set(r.rule) & set(slots[0].rules))
    assert {WEEKDAYS[slot.day.weekday()] for slot in slots} == set(rhythm.days)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_slot_is_whole_and_names_where_it_comes_from(name: str) -> None:
    for slot in plan_of(name).slots:
        assert slot.network
        assert slot.text
        assert slot.call
        assert slot.theme
        assert slot.owner
        assert slot.prompt
        assert all(rule in client(name).firing_of for rule in slot.rules)
        assert slot.rules
        assert not re.search(r"[{}\[\]]|not known", slot.text + slot.call)
    keys = [slot.key for slot in plan_of(name).slots]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_idea_comes_again_too_soon_unless_it_says_to_take_a_new_example(name: str) -> None:
    last: dict[str, int] = {}
    for slot in plan_of(name).slots:
        prompt = prompt_of(slot)
        rest = settings().settings.rest_weeks if prompt.rest_weeks is None else prompt.rest_weeks
        if prompt.id in last and slot.week - last[prompt.id] <= rest:
            assert slot.text.endswith(AGAIN) or prompt.on
        last[prompt.id] = slot.week


def test_no_idea_comes_twice_in_twelve_weeks_with_up_to_five_posts_a_week() -> None:
    planned_for = [name for name in SCENARIOS if client(name).facts["capacity.posts_per_week"] <= 5]  # type: ignore[operator]
    assert len(planned_for) > len(SCENARIOS) / 2
    for name in planned_for:
        counted = Counter(slot.prompt for slot in plan_of(name).slots if prompt_of(slot).rest_weeks != 0)  # 0: a column, always under the same heading
        assert (name, [prompt for prompt, times in counted.items() if times > 1]) == (name, [])


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_call_hardly_ever_stands_twice_in_a_row_or_all_the_time(name: str) -> None:
    calls = [slot.call for slot in plan_of(name).slots]
    assert sum(one == two for one, two in pairwise(calls)) <= len(calls) / 30
    assert max(Counter(calls).values()) <= max(4, len(calls) / 5)


# -- holidays, seasons and columns ------------------------------------------------------------------------------


def free_days(plan: Planned) -> set[date]:
    return set(shared_holidays(plan.calendar.countries, (2026, 2027))) if plan.calendar else set()


def test_companies_and_people_in_grave_matters_are_left_alone_on_public_holidays_and_nobody_is_offered_anything() -> None:
    met = Counter[bool]()
    for name in SCENARIOS:
        silent = client(name).facts.get("business.model") == "b2b" or client(name).facts.get("content.group") == "care"
        jobs = [slot.job.id for slot in plan_of(name).slots if slot.day in free_days(plan_of(name))]
        assert not (jobs if silent else {"offer", "appeal"} & set(jobs))
        met[silent] += bool(left_out(client(name), plan_of(name)) if silent else jobs)
    assert met[True] > 3
    assert met[False] > 10


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_holiday_has_one_post_before_it_and_never_the_same_one_as_another_holiday(name: str) -> None:
    timely = [(slot.prompt, slot.holiday) for slot in plan_of(name).slots if prompt_of(slot).on]
    assert len({prompt for prompt, _ in timely}) == len({holiday for _, holiday in timely}) == len(timely)


WEATHER = re.compile(r"frost|snow|winter|spring|summer|autumn|cold and dry", re.IGNORECASE)
BAKERY_ON: dict[str, Value] = {"business.model": "b2c", "business.industry": "food_and_cafe", "offer.kind": "physical_goods", "team.hours_per_week": 5}


def texts_of(market: str | None, day: date, knowledge: Knowledge | None = None) -> list[str]:
    answers = BAKERY_ON | ({"business.market": market} if market else {})
    found = planned(consult(knowledge or shipped(), Case("Bakery", day, answers), nearly=False))
    assert found
    return [slot.text for slot in found.slots]


@pytest.mark.parametrize("month", range(1, 13))
def test_nothing_is_said_of_the_weather_where_the_country_is_not_known(month: int) -> None:
    assert not [text for market in ("world", None) for text in texts_of(market, date(2027, month, 1)) if WEATHER.search(text)]


def test_spring_comes_in_march_in_the_north_and_in_september_in_the_south() -> None:
    plan = settings()
    south = tuple(replace(when, item=when.item.model_copy(update={"seasons": "south"})) for when in plan.calendars)
    turned = replace(shipped(), plan=replace(plan, calendars=south))

    def seasons(day: date, knowledge: Knowledge) -> set[str]:
        return {word.lower() for text in texts_of("us", day, knowledge) for word in WEATHER.findall(text)}

    assert seasons(date(2027, 2, 20), shipped()) == seasons(date(2027, 8, 20), turned) == {"spring"}
    assert "autumn" in seasons(date(2027, 9, 1), shipped()) & seasons(date(2027, 3, 1), turned)
    assert "spring" not in seasons(date(2027, 2, 20), turned) | seasons(date(2027, 9, 1), shipped())


def test_a_column_comes_back_when_it_is_due_and_not_in_between() -> None:
    columns = {theme.id: theme for theme in settings().settings.themes if theme.every_weeks}
    met = Counter[str]()
    for name in SCENARIOS:
        for theme in columns.values():
            weeks = [slot.week for slot in plan_of(name).slots if slot.theme == theme]
            if len(plan_of(name).slots) >= 12 * settings().settings.columns_from:
                assert all(later - week >= (theme.every_weeks or 0) for week, later in pairwise(weeks))
                met[theme.id] = max(met[theme.id], len(weeks))
    assert met["friday_smile"] >= 10
    assert met["good_buy"] + met["good_buy_later"] >= 7


def test_what_belongs_to_one_trade_is_not_shown_to_another() -> None:
    others = {"companies": "company_buyers", "limited": "goods"}
    trades = set(shipped().facts["content.group"].options) - {"company_buyers"} | set(others)
    for name in SCENARIOS:
        for slot in plan_of(name).slots:
            trade = slot.prompt.split(".")[0]
            assert trade not in trades or others.get(trade, trade) == client(name).facts.get("content.group"), (name, slot.prompt)


@pytest.mark.parametrize("name", SCENARIOS)
def test_jobs_come_in_the_mix_that_the_strategy_states(name: str) -> None:
    slots = plan_of(name).slots
    mix = next(mix for mix in settings().settings.mixes if any(rule in client(name).firing_of for rule in mix.rule))
    if any(slot.job.id == "piece" for slot in slots) or any(client(name).firing_of.get(wait.rule[0]) for wait in settings().settings.waits):
        return
    counted, total = Counter(slot.job.id for slot in slots), sum(mix.of.values())
    for job, share in mix.of.items():
        assert abs(counted[job] - len(slots) * share / total) <= 2 + len(slots) / 12  # a season may come before its turn


def test_offers_wait_for_thirty_days_where_the_strategy_says_so() -> None:
    waiting = [name for name in SCENARIOS if "first.no_offers" in client(name).firing_of]
    assert waiting
    for name in waiting:
        early = [slot for slot in plan_of(name).slots if (slot.day - client(name).case.date).days <= 30]
        assert "offer" not in {slot.job.id for slot in early}


@pytest.mark.parametrize("name", SCENARIOS)
def test_ideas_of_a_kind_come_only_where_that_kind_was_picked(name: str) -> None:
    picked = client(name).decisions["content_type"].picked
    kinds = {prompt_of(slot).kind for slot in plan_of(name).slots} - {None}
    assert kinds <= set(picked)


@pytest.mark.parametrize("name", SCENARIOS)
def test_forms_are_those_that_were_picked(name: str) -> None:
    labels = shipped().choices["post_format"].options
    picked = {labels[form].label for form in client(name).decisions["post_format"].picked}
    used = {slot.form for slot in plan_of(name).slots}
    rhythm = next(r for r in settings().settings.rhythms if set(r.rule) & set(plan_of(name).slots[0].rules))
    made = {labels[form].label for form in rhythm.forms} | {labels[turn.form].label for turn in rhythm.pattern}
    assert used <= picked | made | {None}
    assert used <= picked or rhythm.pattern or not picked & made


def test_grave_matters_have_neither_fun_nor_public_questions() -> None:
    grave = [name for name in SCENARIOS if client(name).facts.get("content.group") == "care"]
    assert len(grave) >= 3
    for name in grave:
        assert {slot.job.id for slot in plan_of(name).slots} <= {"teach", "show"}
        assert all(prompt_of(slot).id.split(".")[0] in ("care", "holiday", "opening", "fourth") for slot in plan_of(name).slots)


def test_goods_under_strict_rules_are_neither_offered_nor_given_away() -> None:
    strict = [name for name in SCENARIOS if {"mix.show_limited_goods", "theme.goods_with_limits"} <= set(client(name).firing_of)]
    assert len(strict) >= 2
    for name in strict:
        assert "offer" not in {slot.job.id for slot in plan_of(name).slots}
        assert not [slot.text for slot in plan_of(name).slots if "gift" in slot.text or "costs" in slot.text]


def test_a_plan_is_the_same_every_time_and_another_for_another_client() -> None:
    scenario = shipped().scenarios[SCENARIOS[0]]
    one, same, other = (planned(consult(shipped(), Case(name, scenario.day, scenario.answers))) for name in ("Anna", "Anna", "Berta"))
    assert one
    assert other
    assert one == same
    assert [slot.prompt for slot in one.slots] != [slot.prompt for slot in other.slots]
    assert [slot.key for slot in one.slots] == [slot.key for slot in other.slots]


def test_a_name_is_text_and_nothing_else() -> None:
    scenario = shipped().scenarios[SCENARIOS[0]]
    assert planned(consult(shipped(), Case("=cmd|'/C calc'!A0 {network}", scenario.day, scenario.answers)))


@pytest.mark.parametrize("case", list(clients(shipped(), 60, seed=7)), ids=lambda case: case.client)
def test_any_client_gets_a_plan_without_blanks(case: Case) -> None:
    consultation = consult(shipped(), case, nearly=False)
    found = planned(consultation)
    assert found
    assert whole(consultation, found)
    assert all(slot.text and not re.search(r"[{}]", slot.text) for slot in found.slots)


def test_knowledge_without_a_plan_plans_nothing() -> None:
    assert planned(plants.consulted()) is None


def test_holidays_are_those_that_all_countries_share() -> None:
    both = shared_holidays(("DE", "FR"), (2026,))
    assert date(2026, 12, 25) in both
    assert date(2026, 10, 3) not in both
    assert date(2026, 7, 14) not in both
    assert shared_holidays((), (2026,)) == {}


def test_shares_of_money_are_those_that_the_rules_tell() -> None:
    budget = settings().settings.budget
    assert budget
    for split in budget.splits:
        for name in split.rule:
            told = [int(percent) for line in shipped().rule[name].lines for percent in SHARE.findall(line.text)]
            assert told in ([share.percent for share in split.shares], [])


def test_every_rule_that_says_how_many_posts_there_are_has_its_days() -> None:
    plan = settings().settings
    named = {name for rhythm in plan.rhythms for name in rhythm.rule}
    assert {rule.id for rule in shipped().rules if dict(rule.concludes).get(plan.posts) is not None} == named


def test_the_days_of_a_rhythm_are_those_that_its_rule_tells() -> None:
    for rhythm in settings().settings.rhythms:
        for name in rhythm.rule:
            told = " ".join(line.text for line in shipped().rule[name].lines)
            named = {day for day in WEEKDAYS if day.capitalize() in told}
            assert not named or named <= set(rhythm.days)
            if named and "each" not in told:
                assert named == set(rhythm.days) or "a day later" in told


def test_every_mix_is_told_by_a_rule_in_posts_out_of_five() -> None:
    numbers = {"one": 1, "two": 2, "three": 3, "four": 4}
    for mix in settings().settings.mixes:
        for name in mix.rule:
            told = [numbers[word] for word in re.findall(r"\b(one|two|three|four)\b", shipped().rule[name].lines[0].text.split(". ")[0])]
            assert told == list(mix.of.values())


def test_every_job_of_a_mix_has_ideas_and_calls() -> None:
    plan = settings()
    jobs = {job for mix in plan.settings.mixes for job in mix.of}
    assert jobs <= {when.item.job for when in plan.prompts}
    assert jobs <= {job for when in plan.calls for job in when.item.jobs}
