"""What stands in documents beside the strategy itself: templates of text, filled by name."""

from __future__ import annotations

from advisor.words import _, ngettext

# -- the strategy as a document -------------------------------------------------------------------------------

LANGUAGE = "en-GB"  # in which all this is written
CONTENTS = _("Contents")
IN_SHORT = _("In short")
TOP_REASONS = _("Why this fits you")
ROADMAP = _("Your next {days} days")
ROADMAP_INTRO = _("Every step with a date, in short. What exactly to do stands in the chapters before.")
STAGE = _("Days {first} to {last}, until {date}")
STAGE_LATER = _("After day {last}")
STAGE_ALWAYS = _("Again and again")
MEASURES_INTRO = _("Write down where you stand today, then count again on these days.")
MEASURE_HEAD = _("Measure")
UNIT_HEAD = _("Counted in")
STEP_HEAD = _("Step")
BY_HEAD = _("By")
TODAY_HEAD = _("Today")
BY_DAY = _("by {date}")
LOGO_ALT = _("Logo")
RULES_OF_OPTIONS = _("Every option and its rules")
DONE_HEAD = _("Done")
RULES_HEAD = _("Rules")
BALANCE = _("How the options compare")
BALANCE_INTRO = _("Points to the right speak for an option, points to the left against it. What counts is the sum.")
BALANCE_ALT = _("A bar chart. {standings}.")
BALANCE_OPTION = _("{option}: {points}, {given} for and {taken} against")
BALANCE_BARRED = _("{option}: ruled out")
RULED_OUT_SHORT = _("ruled out")
NO_RULE = _("No rule speaks for or against it.")
RULED_OUT_OF = _("What is ruled out")
NOT_FOLLOWED = _("Others say:")
OPEN_INTRO = _("Answer these, and the advice may fit you better.")


def sources(number: int) -> str:
    """What stands before the numbers of sources."""
    return ngettext("Source", "Sources", number)


METHOD = _("How this was made")
METHOD_RULES = _("Your answers were held against {rules} rules. {fired} of them apply to you, and every line here is said by one of them.")
METHOD_NAMES = _("Names in this small type, such as {rule}, are the rules behind a line.")
METHOD_POINTS = _("Where we had to decide, rules gave or took points: {strengths}. Points weigh arguments against each other. They are no forecast.")
METHOD_STRENGTH = _("{strength} {points}")
METHOD_SOURCES = _("The small numbers lead to the sources at the end.")
METHOD_OPINION = _("What is marked as opinion is the advice of experienced people. What is marked as measured was counted by whoever is named, on that date.")
METHOD_DATES = _("Rules of law and figures change. Check those that matter to you on the day on which you rely on them.")
METHOD_AGAIN = _("The same answers, the same day and the same knowledge (fingerprint {fingerprint}) give the same document to the letter.")
FINGERPRINT = _("Fingerprint {fingerprint}")
PAGE = _("Page")

# -- the plan, as a workbook and as a calendar -----------------------------------------------------------------

HOLIDAY = _("{name}, {date}")
NEW_EXAMPLE = _("{text} (Again: with a new example or in other words.)")
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
STATUSES = (_("planned"), _("made"), _("posted"), _("left out"))
SHEET_PLAN = _("Content plan")
SHEET_BUDGET = _("Budget")
SHEET_NUMBERS = _("Numbers")
SHEET_BALANCE = _("Balance")
SHEET_REASONS = _("Reasons")
SHEET_ABOUT = _("About")
SHEET_TITLE = _("{sheet}: {client}")
PLAN_COLUMNS = (
    _("Week"),
    _("Date"),
    _("Weekday"),
    _("Time"),
    _("Network"),
    _("Theme"),
    _("Content type"),
    _("Format"),
    _("What to post"),
    _("What to ask for"),
    _("Who does it"),
    _("Status"),
    _("Holiday"),
    _("Idea and rules"),
)
HOURS = _("{begins} – {ends}")
HOURS_HINT = _("Time: {text}.")
ALL_DAY = _("your best hour")
ANY_FORM = _("what you can make")
TYPE_AND_KIND = _("{kind} ({job})")
STATUS_HINT = _("Choose how far it is.")
MONEY_A_MONTH = _("Money a month, in {unit}")
BUDGET_COLUMNS = (_("For what"), _("Share"), _("A month"), _("Spent, month 1"), _("Spent, month 2"), _("Spent, month 3"), _("Left of three months"), _("Rule"))
TOTAL = _("Together")
BUDGET_HINT = _("Change the yellow cells; the rest follows.")
NUMBERS_COLUMNS = (_("What to measure"), _("Unit"), _("Aim"), _("Best so far"), _("On average"), _("Part of the aim reached"))
WEEK_OF = _("Week of {date}")
NUMBERS_HINT = _("Write the number of each week into the yellow cells; monthly ones at the end of the month. Where no aim stands, set one after four weeks.")
RULE_COLUMN = _("Rule")
AIM = _("Aim")
AIM_FOR_CHART = _("Aim of the first line, for the chart")
CHART_FILLS = _("A bar appears for each week whose number you write in.")
BALANCE_COLUMNS = (_("Option"), _("Points, added up"), _("Points, as counted"), _("Ruled out because"), _("Rules"))
REASON_COLUMNS = (_("Option"), _("Points"), _("Why it applies"), _("What follows"), _("Where from"), _("Rule"))
ABOUT_MADE = _("Made for {client} on {date} with the knowledge of fingerprint {fingerprint}.")
ABOUT_RULES = _("Every line names the rule from which it comes; “advisor explain CASE --how RULE” shows how.")
ABOUT_NO_PLAN = _("This knowledge has no plan of posts, and so this workbook has neither a content plan nor a budget.")
CHART_OF = _("{text} ({unit})")
LIST_JOINT = _(", ")
EVENT_POST = _("Post: {theme}, {form}")
EVENT_POST_BARE = _("Post: {form}")
EVENT_TASK = _("To do: {text}")
EVENT_GONE = _("Left out: {text}")
EVENT_CALL = _("What to ask for: {call}")
EVENT_WHO = _("Who: {owner}. Where: {network}. Content type: {job}.")
EVENT_TIME = _("Time: {text}.")
EVENT_BECAUSE = _("Why: {because}")
EVENT_RULES = _("From: {rules}")
CATEGORY_POST = _("Posts")
CATEGORY_TASK = _("To do")
CALENDAR_NAME = _("Plan of {client}")
PAGE_OF = _("Page {page} of {pages}")
