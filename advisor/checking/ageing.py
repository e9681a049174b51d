"""Sources that somebody should look at again: older than their kind keeps, or past the day that was set for it.

How long which kind keeps stands in the knowledge (`sources_keep_months` of `base`); a source's own `review_by` goes before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.errors import Problem
from advisor.knowledge.evidence import last_day, months_later
from advisor.knowledge.model import Knowledge
from advisor.knowledge.written import Source, first_day

MEND = "read it again: set `review_by` to the day for the next look if it still holds, else put a newer source in its place"


def ageing(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every source that is past its review, too old for its kind, or so undated that nobody can tell."""
    for source in knowledge.sources.values():
        if not source.retired:
            yield from _aged(source, knowledge.base.sources_keep_months.get(source.kind), today)


def _aged(source: Source, months: int | None, today: date) -> Iterator[Problem]:
    place = source.origin.place
    if source.review_by is not None:
        if first_day(source.review_by) <= today:
            headline = f"the source `{source.id}` was to be reviewed by {source.review_by}"
            yield Problem("review-due", headline, place("review_by"), helps=(MEND,), severity="warning")
    elif months is not None and source.published == "undated":
        headline = f"the source `{source.id}` has no date, so nobody can tell whether it is too old"
        helps = ("add `review_by` with the day by which somebody looks again",)
        yield Problem("undated-source", headline, place("published"), helps=helps, severity="warning")
    elif months is not None and months_later(last_day(source.published), months) <= today:
        headline = f"the source `{source.id}` was published {source.published}, more than {months} months ago"
        notes = (f"a source of kind `{source.kind}` keeps for {months} months",)
        yield Problem("old-source", headline, place("published"), notes=notes, helps=(MEND,), severity="warning")
