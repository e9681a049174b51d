"""The templates of text that several parts of the package speak, ready for translation; what one part alone says is in its `wording`.

The texts of a field stand in its knowledge folder; here is only what joins them. `pybabel extract` finds every `_(…)` and
`ngettext(…)`; a translation goes to `locale/<language>/LC_MESSAGES/advisor.mo` beside this file.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_catalogue = gettext.translation("advisor", Path(__file__).with_name("locale"), fallback=True)
_, ngettext = _catalogue.gettext, _catalogue.ngettext

# -- lists ----------------------------------------------------------------------------------------------------

COMMA = _("{first}, {next}")
AND = _("{first} and {last}")
AND_CLEARLY = _("{first}, and {last}")
OR = _("{first} or {last}")
OR_CLEARLY = _("{first}, or {last}")
BUT = _("{least} but {most}")
EITHER = _("either {alternatives}")
SEMICOLON = _("{first}; {next}")
SENTENCE = _("{text}.")
SENTENCES = _("{first} {next}")

# -- values ---------------------------------------------------------------------------------------------------

AMOUNT = _("{number} {unit}")
AT_LEAST = _("at least {amount}")
AT_MOST = _("at most {amount}")
MORE_THAN = _("more than {amount}")
LESS_THAN = _("less than {amount}")
NONE = _("none of these")
NONE_OF_LISTED = _("none of those we listed")
YES = _("yes")
NO = _("no")
NOT_KNOWN_YET = _("not known yet")
SLOT = _("[{name}]")

# -- conditions -----------------------------------------------------------------------------------------------

ANSWERED = _("you have answered “{ask}”")
UNANSWERED = _("you have not answered “{ask}”")
KNOWN = _("the “{name}” is known")
UNKNOWN = _("the “{name}” is not known")
NOT_SO = _("it is not so that {condition}")

# -- rules ----------------------------------------------------------------------------------------------------

RULE = {  # with conditions, with exceptions
    (True, False): _("when {conditions}, {effects}"),
    (True, True): _("when {conditions}, unless {exceptions}, {effects}"),
    (False, True): _("unless {exceptions}, {effects}"),
    (False, False): _("in every case, {effects}"),
}
WITH_REASON = _("{rule} The reason: {because}")
THIS_SPEAKS = _("this speaks {sides}")
SPEAKS_FOR_BY_STRENGTH = {
    "slight": _("slightly for {options}"),
    "moderate": _("for {options}"),
    "strong": _("strongly for {options}"),
    "decisive": _("decisively for {options}"),
}
SPEAKS_AGAINST_BY_STRENGTH = {
    "slight": _("slightly against {options}"),
    "moderate": _("against {options}"),
    "strong": _("strongly against {options}"),
    "decisive": _("decisively against {options}"),
}
OPTION_OF = _("{option} ({choice})")
RULES_OUT = _("this rules out {options}")
FOLLOWS = _("it follows that {clause}")
WARNS = _("we point out {text}")
ADVISES = _("we advise {text}")
SETS_TASK = _("there is something to do: {text}")
MEASURES = _("there is something to measure: {text}")
SIDES_WITH = _("on the question “{question}” we follow {claims}")
QUOTED = _("“{text}”")

# -- one client's reasons -------------------------------------------------------------------------------------

YOU_SAID = _("you said {clauses}")
WE_FOUND = _("we found {clauses}")
THAT = _("that {clause}")
FOUND_BECAUSE = _("{clause} ({grounds})")
EVERYBODY = _("this holds for everybody")
DID_NOT_SAY = _("you did not say that {exceptions}")


def would_gain(number: int) -> str:
    """What a near miss would give an option."""
    return ngettext("{option} would get {number} more point", "{option} would get {number} more points", number)


def would_lose(number: int) -> str:
    """What a near miss would take from an option."""
    return ngettext("{option} would have {number} point less", "{option} would have {number} points less", number)


WOULD_BAR = _("{option} is ruled out")
NEAR = {  # about what the client cannot change, with an exception about the same fact
    (False, False): _("{effect} if {condition}; {found}"),
    (False, True): _("{effect} if {condition}, unless {exceptions}; {found}"),
    (True, False): _("{effect} where {condition}; that is not so here: {found}"),
    (True, True): _("{effect} where {condition}, unless {exceptions}; that is not so here: {found}"),
}
NEAR_UNLESS = _("{effect} unless {exceptions}; {found}")
YOU_ANSWERED = _("you said “{answer}”")
YOU_ANSWERED_AMOUNT = _("you said {answer}")
NOT_TOLD = _("you have not told us yet")
CANNOT_TELL = _("we cannot tell yet")
AS_IT_IS = _("as it is, {clause}")

# -- where a statement comes from -----------------------------------------------------------------------------

MORE_SOURCES = _("{number} more")
UNDATED = _("undated")
MONTH_OF_YEAR = _("{month} {year}")
DAY_OF_MONTH = _("{day} {month} {year}")
DAY_OF_THIS_YEAR = _("{day} {month}")
MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)


def day_text(day: str) -> str:
    """A year, a month or a day as people write it.

    >>> day_text("2026-11-21"), day_text("2025-05"), day_text("2024")
    ('21 November 2026', 'May 2025', '2024')
    """
    year, *rest = day.split("-")
    if not year.isdigit():
        return UNDATED
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return MONTH_OF_YEAR.format(month=month, year=year)
    return DAY_OF_MONTH.format(day=int(rest[1]), month=month, year=year)


# -- the strategy on paper ------------------------------------------------------------------------------------

FOR_CLIENT = _("{client}, {date}")
NOTHING_FITS = _("On the {name} we have no advice: nothing fits what you told us.")
RESTS_ON = _("Of its {points_for} points, opinion alone gives {opinion_only}, and evidence from before {old_before} alone gives {old}.")
DUE = _("{text} (by {date})")
BARRED_OPTION = _("{option}: {because}")
OTHER_ADVICE = _("What else we advise")
DO_FIRST = _("Do first")
BEGIN = _("Begin on Monday, {date}, with the first.")
MEASURE = _("Measure: {text} ({unit})")
PLEASE_NOTE = _("Please note")
STILL_OPEN = _("What we do not know yet")
OPTION_POINTS = _("{option} ({points})")


def points(number: int) -> str:
    """A number of points."""
    return ngettext("{number} point", "{number} points", number).format(number=number)


STRATEGY_FOR = _("Strategy for {client}")
MADE_ON = _("Made on {date} with the knowledge of fingerprint {fingerprint}.")
OPTION = _("Option")
POINTS = _("Points")
SPEAKS_FOR = _("For")
SPEAKS_AGAINST = _("Against")
DISAGREEMENTS = _("Where opinions differ")
WE_FOLLOW = _("We follow:")
SOURCES = _("Where it comes from")
MEASURES = _("What to measure")
STANDING_BARRED = _("{option}: ruled out")
IS_PICKED = _("We advise {option} already; nothing keeps you from it.")
TAKES = _("it takes that {condition}; {found}")
HINDERED = _("it is left out where {exceptions}; {found}")

EDGES = {
    "exception": _("exception"),
    "bars": _("rules out"),
    "picked": _("picked"),
    "barred": _("ruled out"),
    "behind": _("fewer points"),
    "named": _("is named"),
}
OPEN = _("not answered")
NEW_DECISION = _("{now} Until now: {before}.")
NO_PICK = _("nothing")
IS_OUT = _("ruled out")

FLIP = _("What would make {option} our advice?")
