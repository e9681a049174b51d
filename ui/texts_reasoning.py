"""Every text of the page that shows the reasoning; the rest as in `ui.texts`."""

from __future__ import annotations

from advisor.words import _, ngettext

INTRO = _("From your answers, through rules, to what we tell you. Nothing else takes part.")
SHOW_AS = _("How do you want to see it?")
PICTURE = _("As a picture")
STEPS = _("Step by step")

# -- nothing to show yet ------------------------------------------------------------------------------------------

NOTHING_YET = _("You have not told us anything yet, so there is no reasoning to show.")
NOTHING_YET_MORE = _("Answer a few questions first, or look at how we think about a made-up business.")
ANSWER = _("Answer questions")
EXAMPLE = _("A made-up business")
TRY = _("Show its reasoning")

# -- the picture --------------------------------------------------------------------------------------------------

OF_WHAT = _("Of what?")
OF_DECISION = _("Decision: {name}")
OF_LAYER = _("Layer {number} of {all}: {rules}")
OF_LINE = _("{kind}: {text}")
OF_ALL = _("Everything at once")
LINE_KINDS = {
    "advice": _("Advice"),
    "task": _("To do"),
    "kpi": _("To measure"),
    "caveat": _("Please note"),
    "disagreement": _("Opinions differ"),
}
HOW_MUCH = _("How much of it?")
SHORT = _("What counts most")
FULL = _("All of it")
UNLIT = _("Show also rules that nearly applied")
LEGEND_DASHED = _("A dashed arrow made no difference: an exception that is not so, or fewer points.")
LEGEND_UNLIT = _("Dashed rules did not apply: exactly one of their conditions does not fit what you told us.")
LEGEND_SHORT = _("Only the reasons that count most are drawn.")
COLUMN = _("{first} · {next}")
KINDS = {
    "answer": _("Your answers"),
    "fact": _("What we concluded"),
    "rule": _("Rules"),
    "option": _("Options"),
    "choice": _("Decisions"),
    "line": _("What we tell you"),
}
KIND = {
    "answer": _("Your answer"),
    "fact": _("What we concluded"),
    "rule": _("Rule"),
    "option": _("Option"),
    "choice": _("Decision"),
    "line": _("What we tell you"),
}
DID_NOT_APPLY = _("did not apply")
PICTURE_ALT = _(
    "Picture with {boxes} and {arrows}, from answers on the left to “{target}” on the right. Each box is a button. The same stands below as a list."
)
LEGEND = _("Read it from left to right. A number at an arrow says how many points a rule gives. Press a box to read what is behind it.")
TOO_LARGE = _("This would be a picture of {boxes}, too many to read. Look at one decision, one layer or one line instead, or take the drawing with you.")
AS_LIST = _("The same as a list")
LOOK_AT = _("Look at one box")
NONE_CHOSEN = _("Pick a box, here or in the picture")
BOX = _("{kind}: {text}")
COMES_FROM = _("It comes from")
LEADS_TO = _("It leads to")
FROM_OPEN = _("You have not told us.")
JOINED = _("{text} ({what})")
WHAT_IT_DOES = _("What it does")
THE_RULE = _("The rule in words")
CONDITIONS_AND_SOURCES = _("Its conditions and sources")
WHY_NOT = _("Why it did not apply")
WHY_IT_APPLIES = _("Why it applies to you")
AS_DOT = _("This drawing for Graphviz (.dot)")
AS_MERMAID = _("This drawing for Mermaid (.mmd)")
IN_LIBRARY = _("See this rule in the library")

# -- step by step -------------------------------------------------------------------------------------------------

STEPS_INTRO = _("The way we come to your plan, one step after the other. Go forward and back as you like.")
PACE = _("How fast?")
LAYERS = _("Layer by layer")
RULES = _("Rule by rule")
FOR_DECISION = _("Which decision do you want to watch?")
ONLY_BEARING = _("Only rules that bear on it")
PREDICT = _("Let me guess first")
BACK = _("Back")
FORWARD = _("Forward")
STEP_OF = _("Step {number} of {all}")
BEGINNING = _("Before the first step")
BEGINNING_TEXT = _("We know your answers and nothing else.")
NO_POINTS = _("No option has any points yet.")
LAYER_OF = _("Layer {number} of {all}")
LAYER_WHAT = _("Rules that ask only about your answers, or about what earlier layers found. They do not wait for each other.")
RULE_OF = _("A rule of layer {number} of {all}")
DECIDING = _("The end of layer {number} of {all}: time to decide")
DECIDING_TEXT = _("No later rule can change these any more, so they are decided now.")
NO_RULE = _("No rule of this layer applies to you.")
ALL_RULES = _("The rules that apply")
RULE_APPLIES = _("A rule applies")
ADDED = _("What this adds")
ADDED_NOTHING = _("Nothing that you would see.")
ADDED_POINTS = _("Points")
ADDED_BARS = _("Ruled out")
ADDED_FACTS = _("What we conclude")
ADDED_LINES = _("What we will tell you")
ADDED_WARNINGS = _("What we will warn of")
ADDED_SIDES = _("Where opinions differ, a side is taken")
ADDED_DECISIONS = _("Decided")
BARRED = _("{option} ({choice})")
POINTS_OF = _("{choice}: {options}")
STANDING = _("Points so far: {name}")
STANDING_BEFORE = _("Points before this step: {name}")
GAINED = _("{points} ({change})")
GUESS = _("Which option leads after this step?")
NO_GUESS = _("No guess")
REVEAL = _("Show what it adds")
RIGHT = _("You guessed {guess}. Right!")
WRONG = _("You guessed {guess}. In front now: {leader}.")


def boxes(number: int) -> str:
    """How many boxes there are."""
    return ngettext("{number} box", "{number} boxes", number).format(number=f"{number:,}")


def arrows(number: int) -> str:
    """How many arrows there are."""
    return ngettext("{number} arrow", "{number} arrows", number).format(number=f"{number:,}")


def rules(number: int) -> str:
    """How many rules applied."""
    return ngettext("{number} rule applies", "{number} rules apply", number).format(number=number)


def signed(name: str, points: int) -> str:
    """Points that an option gained or lost."""
    return _("{name} {sign}{points}").format(name=name, sign="−" if points < 0 else "+", points=abs(points))


def change(points: int) -> str:
    """What a step did to an option's points."""
    return _("{sign}{points}").format(sign="−" if points < 0 else "+", points=abs(points))


def more(number: int) -> str:
    """That there are so many more."""
    return ngettext("… and {number} more", "… and {number} more", number).format(number=number)
