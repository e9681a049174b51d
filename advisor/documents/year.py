"""Days of the year: seasons, and the public holidays that countries share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

MONTHS, HALF_A_YEAR = 12, 6


def within(day: date, first: str, last: str) -> bool:
    """Whether a day lies between two days of the year, which may have New Year between them.

    >>> within(date(2027, 1, 3), "12-27", "01-08"), within(date(2027, 1, 9), "12-27", "01-08")
    (True, False)
    """
    at = day.isoformat()[5:]
    return first <= at <= last if first <= last else at >= first or at <= last


def half_a_year_on(day: str) -> str:
    """The same day of the month six months later; days that month lacks still compare as they should.

    >>> half_a_year_on("03-01"), half_a_year_on("12-31")
    ('09-01', '06-31')
    """
    month, of_month = day.split("-")
    return f"{(int(month) + HALF_A_YEAR - 1) % MONTHS + 1:02}-{of_month}"


@lru_cache(maxsize=64)
def shared_holidays(countries: tuple[str, ...], years: tuple[int, ...]) -> Mapping[date, str]:
    """The public holidays that all of these countries have in every part, by day, in English where there are English names."""
    import holidays  # a tenth of a second, which is only spent on plans

    shared: dict[date, str] = {}
    for position, country in enumerate(countries):
        english = "en_US" if "en_US" in holidays.country_holidays(country).supported_languages else None
        found = holidays.country_holidays(country, years=years, language=english)
        shared = dict(found) if position == 0 else {day: name for day, name in shared.items() if day in found}
    return {day: name for day, name in sorted(shared.items()) if "observed" not in name and "substituted" not in name}
