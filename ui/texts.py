"""Every text of the pages that is not knowledge, ready for translation as those in `advisor.words`."""

from __future__ import annotations

from advisor.words import _, ngettext

# -- the frame --------------------------------------------------------------------------------------------------

START = _("Start")
QUESTIONS = _("Questions")
ANSWERS = _("Your answers")
STRATEGY = _("Your strategy")
WHAT_IF = _("What if")
REASONING = _("How we think")
LIBRARY = _("Library")
PRIVATE = _("Your answers are saved as you go, on this computer only. Nothing is sent anywhere.")
UNNAMED = _("Your business")
IN_LINE = _("line {line}: {problem}")
UNREADABLE = _("This could not be read, so nothing was changed:")

# -- start ------------------------------------------------------------------------------------------------------

WELCOME = _("Tell us about your business")
PITCH = _("Answer a few plain questions, and we work out a plan that fits you. We show the reason for every word of it, and where it comes from.")
TAKES = _("Ten minutes are enough. Skip whatever you do not know.")
BEGIN = _("Begin")
BEGIN_ANOTHER = _("Begin for another business")
GO_ON_WITH = _("Go on with {client}")
YOURS = _("What you have begun")
SAVED = _("{answers}, last changed {day}")
DELETE_THIS = _("Delete {client}")
DELETE_ALL = _("Delete all my answers")
DELETE_ASK = _("This removes every answer that you gave in this browser. It cannot be undone.")
DELETE_SURE = _("Yes, delete everything")
DELETED = _("Your answers are deleted.")
OPEN_FILE = _("Open a saved file")
OPEN_HINT = _("A case file (.yaml) that you downloaded here or wrote yourself.")
SEE_EXAMPLE = _("Look at an example")
EXAMPLE_HINT = _("Made-up businesses with checked answers. Change what you like; the example itself stays as it is.")
TRY = _("Try this example")


def answers(number: int) -> str:
    """How many answers there are."""
    return ngettext("{number} answer", "{number} answers", number).format(number=number)


# -- questions --------------------------------------------------------------------------------------------------

CLIENT_ASK = _("What is your business called?")
CLIENT_HELP = _("It stands above your plan. Leave it empty if you like.")
WHY_ASK = _("Why do you ask?")
CANNOT_SAY = _("I don't know, skip")
NEXT = _("Next")
BACK = _("Back")
NONE_OF_THESE = _("None of these")
YOUR_ANSWER = _("✓ {label}")
SAID_SO_FAR = _("Your answer so far: {answer}")
TAKE_BACK = _("Take this answer back")
SKIPPED_SO_FAR = _("You skipped this question.")
TICK_ONE = _("Tick at least one, or press “None of these”.")
NUMBER_NEEDED = _("Type a number first, or skip the question.")
PARTS = {
    "headline": _("Part 1 of 3: we look for your {name}. The most telling questions come first, and we stop as soon as nothing can change it."),
    "choices": _("Part 2 of 3: your {name} is settled. These questions shape the rest of the plan."),
    "texts": _("Part 3 of 3: every decision is settled. These questions only add detail, so stop whenever you like."),
}
SETTLED_OF = _("{settled} of {all} decisions are settled.")
SEE_STRATEGY = _("See your strategy")
SEE_STRATEGY_NOW = _("See the plan so far")
ALL_ASKED = _("That is all we need to know")
ALL_ASKED_TEXT = _("Nothing else that you could tell us would change the plan.")
STANDS = _("How it looks so far")
STANDS_HINT = _("Of 100 businesses that answered as you did, whatever they say to the open questions, so many get this advice:")
OF_100 = _("{number} of 100")
FEW_OF_100 = _("fewer than 1 of 100")
OTHERS = _("All others")
SURE = _("Whatever you answer now, your {name} stays {option}.")
UNDERSTOOD = _("What we have understood")
NOTHING_YET = _("Nothing yet.")
CHANGE_ANSWERS = _("See and change all answers")


def progress(asked: int, left: int) -> str:
    """How far the interview is: what was asked, and how much of this part can still matter."""
    told = ngettext("{number} question asked", "{number} questions asked", asked).format(number=asked)
    more = ngettext("at most {number} left in this part", "at most {number} left in this part", left).format(number=left)
    return _("{told}, {more}").format(told=told, more=more) if left else _("{told}, nothing left to ask").format(told=told)


# -- answers ----------------------------------------------------------------------------------------------------

ANSWERS_INTRO = _("Change whatever you like. What you leave open counts as unknown, never as “no”.")
SKIPPED = _("skipped")
OPEN = _("not answered")
DAY_OF_PLAN = _("The plan is made for this day")
NAME_OF_BUSINESS = _("Name of the business")
SAVE_FILE = _("Download your answers (case file)")
BACK_TO_QUESTIONS = _("Back to the questions")

# -- the strategy -----------------------------------------------------------------------------------------------

STRATEGY_OF = _("Your strategy, {client}")
MADE_ON = _("Made for {day}.")
NO_ANSWERS = _("You have not answered anything yet. This is what we would tell anybody.")
HOW_TO_READ = _("How do you want to read it?")
STEP_BY_STEP = _("Step by step")
AS_A_WHOLE = _("All at once")
STEP_OF = _("Step {number} of {all}")
PREVIOUS = _("Previous step")
FOLLOWING = _("Next step")
IN_SHORT = _("In short")
OTHER_DECISIONS = _("Every other decision")
DO_FIRST = _("Do first")
WHY_THIS = _("Why {option}")
WHY_NOT_OTHERS = _("Why not another?")
WHY_NOT = _("Why not {option}?")
RANKING = _("How the options compare")
RANKING_ALT = _("Points of every option, most first")
SPEAKS_FOR = _("For it")
SPEAKS_AGAINST = _("Against it")
RULES_IT_OUT = _("What rules it out")
OPINION = _("Opinion")
MEASUREMENT = _("Measured")
LAW = _("Law or terms of use")
PUBLISHED = _("{publisher}, {date}")
TO_DO = _("To do")
TO_MEASURE = _("To measure")
TAKE_CARE = _("Please note")
OPINIONS_DIFFER = _("Where opinions differ")
WE_FOLLOW = _("We follow this")
NOT_FOLLOWED = _("Others say")
STILL_OPEN = _("What we do not know yet")
STILL_OPEN_TEXT = _("Your answers to these could still change the plan. The first ones matter most.")
NOTHING_OPEN = _("Nothing that you could still tell us would change the plan.")
BEHIND_LINE = _("How we come to this")
BEHIND_REASON = _("The rule and its source")
HOW_SURE = _("How sure is this?")
CONDITIONS = _("What it asks")
CONDITION_ANSWER = _("{ask} Your answer: {answer}")
RULE = _("Rule")
WRONG_WHEN = _("When this would be wrong: {text}")
SOURCES = _("Where it comes from")
TAKE_AWAY = _("Take it with you")
AS_CASE = _("Case file")
AS_FORMAT = {  # by the name of the format
    "word": _("Word, to edit"),
    "pdf": _("PDF, to print"),
    "sheet": _("Spreadsheet, to plan with"),
    "calendar": _("Calendar, to be reminded"),
    "markdown": _("Text (Markdown)"),
    "json": _("Data (JSON)"),
}
AS_CASE_HINT = _("The case file holds your answers; open it here again at any time. The other files hold the plan, with every reason and its source.")
NEW_KNOWLEDGE = _("Since you were last shown this plan, what we know has changed. We worked it out anew.")
NEW_KNOWLEDGE_SAME = _("Nothing in it is different.")
WHAT_CHANGED = _("What is different")
LOST_ANSWERS = _("Some answers no longer fit our questions and are left out:")
NOTHING_FOR_YOU = _("Nothing to add from what you told us.")
ANSWER_MORE = _("Answer more questions")
SINCE_SEEN = _("Seen")

# -- what if ----------------------------------------------------------------------------------------------------

WHAT_IF_TITLE = _("What if you had answered otherwise?")
WHAT_IF_INTRO = _("Change one answer or several and see what becomes of the plan. Your own answers stay as they are.")
PICK_QUESTION = _("Which answer do you want to try differently?")
PICK_HINT = _("Pick a question")
NOW = _("Now: {answer}")
TRIED = _("What you try")
TRIED_CHANGE = _("{ask} {after} (until now: {before})")
UNDO_THIS = _("Undo: {ask}")
NOTHING_TRIED = _("Nothing is changed yet.")
DIFFERENCE = _("What would be different")
KEEP_AS = _("Keep this as a scenario named")
KEEP = _("Keep")
KEEP_NEEDS_NAME = _("Give the scenario a name first.")
KEPT = _("“{name}” is kept.")
COMPARE = _("Compare scenarios")
COMPARE_HINT = _("Pick up to three")
AS_IT_IS = _("As it is")
DECISION = _("Decision")
LOAD_AGAIN = _("Look at “{name}” again")
DELETE_KEPT = _("Delete “{name}”")
MAKE_MINE = _("Make these my answers")
UNANSWERED = _("Leave the question open")
NOTHING_PICKED = _("none")
