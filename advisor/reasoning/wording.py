"""What reasoning says: templates of text, filled by name."""

from __future__ import annotations

from advisor.words import _, ngettext

# -- explanations ---------------------------------------------------------------------------------------------

IS_BARRED = _("We rule out {option}. {because}")
HAS_FEWER = _("We count {points} for {option} and {picked_points} for {picked}, which is {gap} more.")
HAS_AS_MANY = _("We count {points} for {option}, as many as for {picked}. Where points are equal, a fixed order decides, and it puts {picked} first.")
BELOW_THRESHOLD = _("We count {points} for {option}; it takes {needed} to be picked.")
NOTHING_FOR_IT = _("Nothing you told us speaks for it.")

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

OPTION_ELSEWHERE = _("it is an option of `{choice}`; write `{choice}` behind the case file")
HOW_NOTHING = _("nothing in the strategy, the rules or the questions is called or contains “{name}”")
HOW_NAMES = _("names")
HOW_SEVERAL = _("{number} lines contain “{words}”")
HOW_OFFERED = _("write `{rule}` for: {text}")
RETIRED = _("This rule is no longer used.")
NOT_YET = _("This rule is in force from {date} on.")
NO_LONGER = _("This rule was in force until {date}.")
CHANGE_WITHOUT_VALUE = _("`{change}` has no `=`")
CHANGE_HELP = _("write `question=value`, or `question=` for a question left open")
CHANGED_TWICE = _("`{question}` is given two answers")
CHANGE_REFUSED = _("`{question}`: {reason}")
NOW = _("{clause} (now: {answer})")
UNLIKE_NOW = _("{clause} (unlike now)")
NOT_ANSWERED = _("{clause} (not answered so far)")
KEEPS_SPEAKING_FOR = _("Whatever you change, this keeps speaking for {option}: {reasons}.")
KEEPS_SPEAKING_AGAINST = _("Whatever you change, this keeps speaking against {option}: {reasons}.")
