"""Every template of text that the package itself speaks, ready for translation.

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
    return ngettext("{option} gains {number} point", "{option} gains {number} points", number)


def would_lose(number: int) -> str:
    """What a near miss would take from an option."""
    return ngettext("{option} loses {number} point", "{option} loses {number} points", number)


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

MARK = _("[{marks}]")
OPINION = _("opinion")
MEASURED = _("measured: {publisher}, {date}")
LAW = _("law: {publisher}, {date}")
PLATFORM_RULES = _("terms of use: {publisher}, {date}")
REPORTED = _("reported: {publisher}, {date}")
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
OUR_ADVICE = _("Our advice: {clause}.")
NOTHING_FITS = _("On the {name} we have no advice: nothing fits what you told us.")
WHY = _("Why")
AGAINST = _("What speaks against it")
RESTS_ON = _("Of its {points_for} points, opinion alone gives {opinion_only}, and evidence from before {old_before} alone gives {old}.")
DUE = _("{text} (by {date})")
RUNNERS_UP = _("Runners-up")
BARRED = _("What you cannot choose")
BARRED_OPTION = _("{option}: {because}")
ALSO_BARRED = _("also {options}")
BEHIND = _("{option} has {points}, followed by {others}.")
OTHER_ADVICE = _("What else we advise")
DO_FIRST = _("Do first")
TITLED = _("{title}:")
MEASURE = _("Measure: {text} ({unit})")
PLEASE_NOTE = _("Please note")
STILL_OPEN = _("What we do not know yet")
STILL_OPEN_INTRO = _("Your answers to these could change the advice:")
STILL_OPEN_NONE = _("You have answered everything that could matter.")
LEARN_MORE = _("Every reason in full: advisor explain {case}")
LEARN_OF_CHOICE = _("For another decision add its name, such as {choice}.")
OPTION_POINTS = _("{option} ({points})")


def points(number: int) -> str:
    """A number of points."""
    return ngettext("{number} point", "{number} points", number).format(number=number)


def more_reasons(number: int) -> str:
    """That there are reasons not shown."""
    return ngettext("… and {number} more reason", "… and {number} more reasons", number).format(number=number)


def more_notes(number: int) -> str:
    """That there are notes not shown."""
    return ngettext("… and {number} more note", "… and {number} more notes", number).format(number=number)


def more_questions(number: int) -> str:
    """That there are open questions not shown."""
    return ngettext("Besides, {number} question is open.", "Besides, {number} questions are open.", number).format(number=number)


STRATEGY_FOR = _("Strategy for {client}")
MADE_ON = _("Made on {date} with the knowledge of fingerprint {fingerprint}.")
DECISIONS = _("The decisions")
OPTION = _("Option")
POINTS = _("Points")
SPEAKS_FOR = _("For")
SPEAKS_AGAINST = _("Against")
RULED_OUT_BY = _("Ruled out by")
FOR_OPTION = _("What speaks for {option}:")
AGAINST_OPTION = _("What speaks against {option}:")
RULED_OUT = _("What rules out {option}:")
RULE_AND_SOURCES = _("rule {rule}; {sources}")
NOTHING_HERE = _("Nothing to add from what you told us.")
DISAGREEMENTS = _("Where opinions differ")
OPINIONS = _("The opinions:")
WE_FOLLOW = _("We follow:")
BECAUSE = _("Because: {because}")
SOURCES = _("Where it comes from")
GUIDANCE = _("{says} (opinion)")
SOURCE = _("{title}. {publisher}, {date}.")
COUNTED = _("Who was counted: {population}.")
READ_VIA = _("Read in: {via}.")

# -- the strategy as a document -------------------------------------------------------------------------------

CONTENTS = _("Contents")
IN_SHORT = _("In short")
TOP_REASONS = _("Why this fits you")
ROADMAP = _("Your next {days} days")
ROADMAP_INTRO = _("Every step with a date, in short. What exactly to do stands in the chapters before.")
STAGE = _("Days {first} to {last}, until {date}")
STAGE_LATER = _("After day {last}")
STAGE_ALWAYS = _("Again and again")
MEASURES = _("What to measure")
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
NOTE = _("{mark} See")
NOTE_NUMBER = _("[{number}]")
METHOD = _("How this was made")
METHOD_RULES = _("Your answers were held against {rules} rules. {fired} of them apply to you, and every line here is said by one of them.")
METHOD_MARKS = _("The small names, such as {rule}, are the rules behind a line. The small numbers lead to the sources at the end.")
METHOD_POINTS = _("Where we had to decide, rules gave or took points: {strengths}. Points weigh arguments against each other. They are no forecast.")
METHOD_STRENGTH = _("{strength} {points}")
METHOD_OPINION = _("What is marked as opinion is the advice of experienced people. What is marked as measured was counted by whoever is named, on that date.")
METHOD_DATES = _("Rules of law and figures change. Check those that matter to you on the day on which you rely on them.")
METHOD_AGAIN = _("The same answers, the same day and the same knowledge (fingerprint {fingerprint}) give the same document to the letter.")
FINGERPRINT = _("Fingerprint {fingerprint}")
PAGE = _("Page")

# -- explanations ---------------------------------------------------------------------------------------------

STANDING = _("{place}. {option}: {points}")
STANDING_PICKED = _("{place}. {option}: {points}, our advice")
STANDING_BARRED = _("{option}: ruled out")
BY_RULE = _("(rule {rule})")
BARS = _("What rules it out")
NEARLY = _("Not counted, but close")
NOTHING_SPOKE = _("Nothing you told us speaks for it or against it.")


def more_near(number: int) -> str:
    """That there are near misses not shown."""
    return ngettext("… and {number} more", "… and {number} more", number).format(number=number)


WHY_NOT = _("Why not {option}?")
IS_PICKED = _("We advise {option} already; nothing keeps you from it.")
IS_BARRED = _("We rule out {option}. {because}")
HAS_FEWER = _("We count {points} for {option} and {picked_points} for {picked}, which is {gap} more.")
HAS_AS_MANY = _("We count {points} for {option}, as many as for {picked}. Where points are equal, a fixed order decides, and it puts {picked} first.")
BELOW_THRESHOLD = _("We count {points} for {option}; it takes {needed} to be picked.")
FOR_IT = _("What speaks for it")
NOTHING_FOR_IT = _("Nothing you told us speaks for it.")
AGAINST_IT = _("What speaks against it")
AHEAD = _("What speaks for {picked} instead")
WOULD_HELP = _("What would help it")

NOTHING_ANSWERED = _("You have not answered any question yet, so hardly anything can speak for or against an option.")
CLAUSE_POINTS = _("{clause} ({points})")
FOR_IT_SPEAKS = _("What speaks for it: {reasons}.")
AGAINST_IT_SPEAKS = _("Against it: {reasons}.")
FOR_RIVAL_SPEAKS = _("For {rival} there is more: {reasons}.")
NEAREST_OPEN = _("one answer that you have not given could bring it closer: if {condition}, {effect}")
NEAREST_CHANGE = _("the nearest change: if {condition}, {effect}")
NO_NEAREST = _("We found no single answer, still open or yours to change, that would bring {option} closer.")
WOULD_WIN = _("we would advise {option}, with {points}")
WOULD_TRAIL = _("{option} would have {points}, still {gap} fewer than {rival}")
WOULD_TIE = _("{option} would have {points}, as many as {rival}, which stands before it in our order")
WOULD_LACK = _("{option} would have {points}; it takes {needed} to be picked")


def more_of_them(number: int) -> str:
    """That there are further reasons."""
    return ngettext("{number} more reason", "{number} more reasons", number).format(number=number)


# -- how sure it is -------------------------------------------------------------------------------------------

HOW_SURE = _("How sure is this?")
SURE = {
    "settled": _("Settled: {picked}."),
    "leaning": _("Leaning towards {picked}, but not settled."),
    "open": _("Still open. With what we know now it is {picked}."),
}
ALL_ANSWERED = _("You have answered everything it depends on.")
OF_COMPLETIONS = _("We tried {number} ways in which the questions you left open could be answered: in {share} of 100 it stays.")
OF_ALL_COMPLETIONS = _("The questions you left open can be answered in {number} ways, and we tried them all: in {share} of 100 cases it stays.")
COULD_BECOME = _("Else it could become {options}.")
SHARE = _("{option} (in {share} of 100)")
NEARLY_ALL = _("more than 99")
LESS_THAN_ONE = _("less than 1")
NEIGHBOURS = _("With one answer different it stays the same in {same} of {number} cases.")
TURNING = _("It would turn, for example, with {examples}.")
TURNS = _("“{answer}” to “{ask}” ({picked})")
REWEIGHED = _("If one reason counts one step more or less, it stays the same in {same} of {number} cases.")
HANGS_ON_ANSWER = _("It hangs on one answer of yours: had you left {names} open, something else would be picked.")
HANGS_ON_ANSWERS = _("It hangs on {number} answers, each of which is needed: {names}.")
HANGS_ON_RULE = _("It hangs on one rule: without {names}, something else would be picked.")
HANGS_ON_RULES = _("It hangs on {number} rules, each of which is needed: {names}.")
HANGS_ON_NOTHING = _("It hangs on no single answer and on no single rule.")

# -- how we come to a line, and what another answer would do ---------------------------------------------------

HOW = _("How do we come to this?")
HOW_NOT = _("Why do we not say this?")
NOT_KNOWN = _("We do not know this yet.")
OPTION_ELSEWHERE = _("it is an option of `{choice}`; write `{choice}` behind the case file")
HOW_NOTHING = _("nothing in the strategy, the rules or the questions is called or contains “{name}”")
HOW_NAMES = _("names")
HOW_SEVERAL = _("{number} lines contain “{words}”")
HOW_OFFERED = _("write `{rule}` for: {text}")
LINE_KINDS = {
    "advice": _("Our advice: “{text}”"),
    "task": _("To do: “{text}”"),
    "kpi": _("“{text}”"),
    "caveat": _("Please note: “{text}”"),
    "disagreement": _("Opinions differ on: “{text}”"),
    "fact": _("What we found: {text}"),
    "choice": _("What we decided: {text}"),
    "answer": _("What you told us: {text}"),
    "rule": _("The rule: {text}"),
}
TAKES = _("it takes that {condition}; {found}")
HINDERED = _("it is left out where {exceptions}; {found}")
RETIRED = _("This rule is no longer used.")
NOT_YET = _("This rule is in force from {date} on.")
NO_LONGER = _("This rule was in force until {date}.")
NOT_SAID = _("We do not say “{title}” to you.")
WON_WITH = _("{option} has {points}.")
WON_BEFORE = _("{option} has {points}, {next} comes next with {next_points}.")
ONLY_BARRED = _("In points it could have been {options}, but that is ruled out. {because}")


def more_answers(number: int) -> str:
    """That there are answers or questions not named."""
    return ngettext("{number} more", "{number} more", number).format(number=number)


def rests_on_answers(number: int) -> str:
    """How many answers a line rests on, and which."""
    return ngettext("All this rests on one of your answers: {names}.", "All this rests on {number} of your answers: {names}.", number)


YOUR_ANSWERS = _("Your answers behind it")
RESTS_ON_OPEN = _("You have not answered what it depends on: {names}.")
RESTS_ON_NONE = _("This does not depend on your answers; we say it to everybody.")

EDGES = {
    "exception": _("exception"),
    "bars": _("rules out"),
    "picked": _("picked"),
    "barred": _("ruled out"),
    "behind": _("fewer points"),
    "named": _("is named"),
}
WHAT_IF = _("What if you answered otherwise?")
CHANGED_ANSWER = _("{ask} {after} (until now: {before})")
OPEN = _("not answered")
CHANGES_NOTHING = _("Nothing changes: every decision, every point and every line stays as it is.")
KEEPS_DECISIONS = _("Every decision stays as it is.")
NEW_DECISION = _("{now} Until now: {before}.")
NO_PICK = _("nothing")
SAME_DECISION = _("{now} That stays.")
POINTS_CHANGE = _("{option}: {before} → {after}")
IS_OUT = _("ruled out")
ADDED = _("What is new")
GONE = _("What is left out")
REWORDED = _("What reads differently")
OTHER_SIDE = _("Where we take another side")
SIDE_CHANGE = _("{question} We now follow: {after} Until now: {before}")
NOBODY = _("nobody.")
STAYS = _("For this decision nothing changes: neither what is picked nor any points.")
WEIGHS = {  # on which side, and whether it came or went
    ("for", True): _("{option}: {because}"),
    ("against", True): _("{option}: {because}"),
    ("bars", True): _("{option}, ruled out now: {because}"),
    ("for", False): _("{option}, no longer counted: {because}"),
    ("against", False): _("{option}, no longer held against it: {because}"),
    ("bars", False): _("{option}, no longer ruled out by this: {because}"),
}
CHANGE_WITHOUT_VALUE = _("`{change}` has no `=`")
CHANGE_HELP = _("write `question=value`, or `question=` for a question left open")
CHANGED_TWICE = _("`{question}` is given two answers")
CHANGE_REFUSED = _("`{question}`: {reason}")

FLIP = _("What would make {option} our advice?")
FLIP_WINS = _("{option} would be our advice if {changes}.")
NOW = _("{clause} (now: {answer})")
UNLIKE_NOW = _("{clause} (unlike now)")
NOT_ANSWERED = _("{clause} (not answered so far)")
NOTHING_HELPS = _("Nothing that you can change makes {option} our advice.")
KEEPS_SPEAKING_FOR = _("Whatever you change, this keeps speaking for {option}: {reasons}.")
KEEPS_SPEAKING_AGAINST = _("Whatever you change, this keeps speaking against {option}: {reasons}.")
EVEN_IF = _("Even if {changes}, {standing}.")
NO_NEARER = _("No such change even brings it nearer: {standing}.")
WOULD_HAVE = _("it would have {points}, and {rival} would have {rival_points}")
WOULD_HAVE_AS_MANY = _("it would have {points}, as many as {rival}, which comes first where points are equal")
WOULD_BE_BELOW = _("it would have {points}, and it takes {needed} to be picked")
HAS = _("it has {points}, and {rival} has {rival_points}")
TIES = _("it has {points}, as many as {rival}, which comes first where points are equal")
IS_BELOW = _("it has {points}, and it takes {needed} to be picked")
ALL_OTHERS_TAKE_TOO_LONG = _("To try all other changes would take too long.")


def takes_answers(number: int) -> str:
    """That so many answers must change, and that fewer were tried."""
    return ngettext(
        "One other answer is enough.", "It takes {number} other answers at once; we have tried every smaller change, and none is enough.", number
    ).format(number=number)


def not_enough(number: int) -> str:
    """That all changes of up to so many answers were tried in vain."""
    return ngettext("No change of {number} answer is enough.", "No change of up to {number} answers is enough.", number).format(number=number)


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
EVENT_CALL = _("What to ask for: {call}")
EVENT_WHO = _("Who: {owner}. Where: {network}. Content type: {job}.")
EVENT_TIME = _("Time: {text}.")
EVENT_BECAUSE = _("Why: {because}")
EVENT_RULES = _("From: {rules}")
CATEGORY_POST = _("Posts")
CATEGORY_TASK = _("To do")
CALENDAR_NAME = _("Plan of {client}")
PAGE_OF = _("Page {page} of {pages}")

# -- the command line -----------------------------------------------------------------------------------------

NO_PROBLEMS = _("no problems")
COUNTS = _(
    "questions: {questions}, choices: {choices}, rules: {rules}, layers: {layers}, claims: {claims}, sources: {sources}, "
    "lessons: {lessons}, scenarios: {scenarios}, fingerprint: {fingerprint}"
)
CHECKING = _("Reading and checking …")
WATCHING = _("Waiting for the next save; Ctrl-C ends it.")
WATCH_SHOWS_TEXT = _("--watch shows text or short lines; there is no {format} that goes on")

# -- the certificate ------------------------------------------------------------------------------------------

CERTIFICATE = _("Guaranteed to every client on {date}, by the knowledge {fingerprint}")
GUARANTEE_STATES = {"proven": _("proven"), "not proven": _("NOT PROVEN"), "undecided": _("undecided")}
GUARANTEE_AGAINST = _("but: {what}")
GUARANTEE_EXAMPLES = _("for example: {examples}")
CLIENT_FOUND = _("a client found by search")


def guarantees_one_pick(choice: str, others: int) -> str:
    """That there is one pick, and how many other choices pick one as well."""
    every = _("However few questions are answered, every client gets exactly one {choice}, and never one that is ruled out for them.").format(choice=choice)
    beside = ngettext("The same is so of {number} other choice.", "The same is so of {number} other choices.", others).format(number=others)
    return SENTENCES.format(first=every, next=beside) if others else every


def guarantees_sections(number: int) -> str:
    """That every section says something."""
    text = ngettext("Every client gets a strategy with its {number} section filled.", "Every client gets a strategy with all {number} sections filled.", number)
    return text.format(number=number)


def guarantees_options(choice: str, number: int) -> str:
    """That every option is recommended to somebody."""
    text = ngettext(
        "The {number} option of the {choice} is recommended to somebody.", "Each of the {number} options of the {choice} is recommended to somebody.", number
    )
    return text.format(number=number, choice=choice)


def guarantees_no_dead_rule(number: int) -> str:
    """That no rule is dead."""
    return ngettext("The {number} rule fires for somebody.", "Each of the {number} rules fires for somebody.", number).format(number=number)


GUARANTEES_NO_CONTRADICTION = _("No two rules contradict each other for any client.")
GUARANTEES_SOURCES = _("Every statement names the claims or sources that it rests on.")
PROVING = _("Proving")

# -- what is counted ------------------------------------------------------------------------------------------

COVERED = _("{works} of {all} claims are at work")
CLAIM_COLUMNS = (_("claim"), _("rules"), _("lessons"), _("shows in scenarios"), _("changes"))
CLAIM_IDLE = _("cited by no rule and no lesson")
CLAIM_NOT_TAUGHT = _("only to be taught, but in no lesson")
CLAIM_UNSEEN = _("its rules fire in no scenario")
CLAIM_UNDECISIVE = _("taking its rules away changes no scenario")


def accepted(number: int) -> str:
    """That so many findings are accepted."""
    return ngettext(
        "one finding is accepted; the list of accepted ones says why", "{number} findings are accepted; the list of accepted ones says why", number
    ).format(number=number)


REACH_COLUMNS = (_("rule"), _("fires in"), _("for example"), _("nearly fires in"), _("for example"))
REACH_NEVER_FIRES = _("Fire for no example ({number}):")
REACH_NEVER_NEARLY = _("Are never one fact away from firing ({number}):")
REACH_NOT_IN_FORCE = _("Are in force on no example's day, so cannot be seen ({number}):")
NAMED_AT = _("  {name}  {place}")
REACHED = _("Of {all} rules {in_force} are in force on the day of an example: {fired} fire, {near} nearly fire or always do, {whole} do both.")
SURVIVORS = {
    "unwatched": _("Change what a scenario's client is told, but no expectation notices ({number}):"),
    "immaterial": _("Move points or what fires in some scenario, but nobody is told anything else ({number}):"),
    "unreached": _("No scenario gets near ({number}):"),
}
SURVIVOR = _("  {place}: {rule}: {change}")
SURVIVOR_IN = _("{text} (for example in {scenario})")
MUTANT_STRENGTH = _("{after} instead of {before}, for {choice}")
NO_STRENGTH = _("nothing")
MUTANT_EXCLUSION = _("no longer rules out {options}")
MUTANT_CONDITION = _("no longer asks whether {condition}")
MUTANT_THRESHOLD = _("asks whether {after}, instead of {before}")
MUTANT_EXCEPTION = _("no longer makes an exception where {condition}")
MUTANTS_NOTICED = _("Scenarios notice {noticed} of {all} slips ({share} %).")
MUTANTS_TELLING = _("Of the {telling} slips that change what a scenario's client is told they notice {noticed} ({share} %).")
MUTANTS_EQUIVALENT = _("{immaterial} slips move points or firings but tell nobody anything else; no scenario gets near {unreached}.")
NO_SUCH_RULES = _("nothing to change: no living rule has an id like `{pattern}`")
TRYING = _("slips tried")
NO_VERSION = _("`{name}` is neither a folder nor a revision of a git repository")
NO_REVISION = _("the repository here has no such revision")
NO_REPOSITORY = _("there is no git repository here, so only folders can be compared")
VERSION_WITHOUT = _("revision `{name}` has no `knowledge/` and `rules/` below this folder")
VERSION_HELP = _("name a folder that holds `knowledge/` and `rules/`, or a revision such as `HEAD~1`")
EDITS_TRIED = _("edits tried")
WHAT_WAS_EDITED = _("What was edited")
NOTHING_EDITED = _("Nothing: both versions say the same.")
EDITED = {
    ("rule", "added"): _("New rule {name}: {says}"),
    ("rule", "removed"): _("Rule {name} is gone: {says}"),
    ("rule", "changed"): _("Rule {name}: {says}"),
    ("fact", "added"): _("New fact {name}."),
    ("fact", "removed"): _("Fact {name} is gone."),
    ("fact", "changed"): _("Fact {name}: {says}"),
    ("choice", "added"): _("New choice {name}."),
    ("choice", "removed"): _("Choice {name} is gone."),
    ("choice", "changed"): _("Choice {name}: {says}"),
    ("strength", "changed"): _("Strength {name}: {says}"),
}
EDIT_NAMED = {"rule": _("{name}"), "fact": _("The fact {name}"), "choice": _("The choice {name}"), "strength": _("The strength {name}")}
AT = _("at {place}")
FIRED = _("fires for {after} of {all} clients, until now for {before}")
NOW_INSTEAD = _("{part} is {after}, until now {before}")
NOW_ALSO = _("now also: {effects}")
NO_LONGER_DOES = _("no longer: {effects}")
ASKS_ALSO = _("now asks whether {condition}")
EXCEPTS_ALSO = _("now makes an exception where {condition}")
READS_OTHERWISE = _("reads otherwise ({parts})")
OTHERWISE = _("is otherwise: {parts}")
NOTHING_SET = _("nothing")
RETOLD = _("Of the {kind}: {told}.")
RETOLD_HOW = {"added": _("new {names}"), "removed": _("gone {names}"), "changed": _("changed {names}")}
WHAT_TURNS = _("Which results turn")
COMPARED_FOR = _("We compared both versions for {scenarios} scenarios and {drawn} drawn clients.")
NOTHING_TURNS = _("Every decision stays the same for all of them.")
TURNS_FROM = _("{choice}: {after} instead of {before}, for {number} of {all}")
TURNS_IN = _("{text} (scenarios: {scenarios})")
BLAMED_ALONE = _("{edit} alone does it for {number} of {asked}.")
BLAMED_NEEDED = _("{edit} is needed for {number} of {asked}, but not enough.")
TAKES_TOGETHER = _("For {number} of {asked} it takes several edits together.")
WHO_DIFFERS = _("A client whose main advice differs")
DIFFERS = _("Now {after}, until now {before}, on {date}.")
FOUND_BY = {
    "scenario": _("Found in the scenario {scenario}; of its answers only these matter:"),
    "crowd": _("Found among the drawn clients; of their answers only these matter:"),
    "around": _("Found by looking at clients around each edit; of their answers only these matter:"),
    "proof": _("Found by proof over all possible clients; of their answers only these matter:"),
}
ANSWERS_NOTHING = _("nothing: a client who answers no question")
NO_DIFFERENCE = _("No difference in the main advice among {number} clients, those around each edit among them. That is no proof that there is none.")
PROVEN_SAME = _("No client at all gets other main advice: this is proven.")


def more_turns(number: int) -> str:
    """That there are turns not shown."""
    return ngettext("… and {number} more turn", "… and {number} more turns", number).format(number=number)


VERSION = _("advisor {version}")
NOT_INSTALLED = _("(not installed)")
HELP_VERSION = _("Show the version and end.")
HELP_RECOMMEND = _("Show the strategy for the client of a case file.")
HELP_EXPLAIN = _("Show what speaks for and against each option.")
HELP_CHECK = _("Look for mistakes in the knowledge and the rules.")
HELP_WATCH = _("Check again whenever a file is saved, until you press Ctrl-C.")
HELP_PROVE = _("Also decide, over all possible clients, what no sample can show, and print what is guaranteed; takes half a minute.")
HELP_ASK = _("Ask the questions here, then show the strategy.")
HELP_COVERAGE = _("Show where each claim of the guidance is at work, and what it changes.")
HELP_BY_RULE = _("Show instead, for each rule, the scenarios and case files in which it fires and in which one fact keeps it from that.")
HELP_CASES = _("Case files, or folders of them, to look at beside the scenarios; only with --by-rule.")
CASES_BY_RULE_ONLY = _("case files are looked at rule by rule; add --by-rule")
HELP_MUTATE = _("Make one slip of the pen after the other in the rules, in memory, and count how many the scenarios notice.")
HELP_MUTATE_ONLY = _("Only rules whose id is like this; `*` stands for anything.")
HELP_LIMIT = _("Try so many slips only, drawn by chance but always the same.")
HELP_DIFF = _("Show what was edited between two versions of the knowledge, and whose results that turns.")
HELP_OLD = _("Folder with `knowledge/` and `rules/`, or git revision, before the edits.")
HELP_NEW = _("The same after the edits.")
HELP_CLIENTS = _("So many clients are drawn, beside the scenarios; always the same.")
HELP_UI = _("Open the questionnaire in your browser; nobody but this computer can reach it.")
HELP_PORT = _("Port of the page; the first free one from 8501 on if left out.")
HELP_NO_BROWSER = _("Only serve the page; open no browser.")
HELP_SCHEMA = _("Write JSON schemas for editors that check what you type.")
HELP_CASE = _("File with the answers of one client.")
HELP_CHOICE = _("The decision; the main one if left out.")
HELP_WHY_NOT = _("Say why this option was not picked.")
HELP_HOW = _("Say how we come to a line, or why it is not there: the id of a rule, warning, decision or conclusion, or words of the line.")
HELP_WHAT_IF = _("Say what this answer would change; may be repeated. Without a value the question is left open.")
HELP_EXPLAIN_FORMAT = _("Text to read here, Markdown for a document, JSON for programs; dot (Graphviz) or mermaid to draw the reasons.")
ONE_AT_A_TIME = _("{first} and {second} ask different things; ask one at a time")
HOW_TAKES_NO_CHOICE = _("--how names what it explains itself; leave `{choice}` out")
NO_GRAPH_OF_CHANGES = _("changes are told in text, markdown or json; there is no drawing of them")
NO_GRAPH_OF_NOTHING = _("there is nothing to draw, because this is not said to this client; text tells why")
LARGE_DIAGRAM = _("This drawing has {edges} arrows, more than most Mermaid viewers show. Draw one choice, one line (--how), or use --format dot.")
HELP_FLIP = _("Say what would have to change for this option to be picked.")
HELP_EXPORT = _("Write the strategy into a file: Word to edit, PDF to hand over, Markdown, or JSON for programs.")
HELP_TO = _("What kind of file.")
HELP_EXPORT_OUT = _("The file to write; named after the client, in this folder, if left out.")
HELP_TEMPLATE = _("For word: a Word file whose styles, margins and header to use.")
HELP_BRAND = _('For pdf: a small YAML file with `logo`, the path of a picture, and `accent`, a colour such as "#0b6253".')
HELP_FORCE = _("Replace the file if it is there already.")
OPTION_NOT_FOR_FORMAT = _("{option} is only for {formats}")
HELP_KNOWLEDGE = _("Folder of knowledge to use instead of the one that comes with the program.")
HELP_RULES = _("Folder of rules to use instead of the one that comes with the program.")
HELP_FORMAT = _("Text to read here, Markdown for a document, JSON for programs.")
HELP_CHECK_FORMAT = _("Text to read here, one short line for each problem, JSON for programs, SARIF for code hosts.")
HELP_SAVE = _("File to keep the answers in; if it is there already, go on from it.")
HELP_OUT = _("Folder to write into.")
