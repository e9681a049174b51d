"""Every text of the library that is not knowledge; the rest as in `ui.texts`."""

from __future__ import annotations

from advisor.words import _, ngettext

INTRO = _("Everything the advisor knows, and where it comes from.")
SHELF = _("What do you want to look at?")
PROFILES = _("Profiles")
FIGURES = _("Figures")
RULES = _("Rules")
GUIDANCE = _("Guidance")
LESSONS = _("Lessons")
DISAGREEMENTS = _("Disagreements")
SOURCES = _("Sources")
NOTHING_FOUND = _("Nothing fits these words. Try fewer or shorter ones.")
NOTHING_HERE = _("There is nothing on this shelf.")
PAGES_OF = _("{first} to {last} of {all}")
PUBLISHED = _("{publisher}, {date}")

# -- profiles ---------------------------------------------------------------------------------------------------

WHICH = _("Which one?")
PART = _("What about {option}?")
FIGURES_PART = _("Figures")
FOR_PART = _("What speaks for it")
AGAINST_PART = _("What speaks against it")
BARS_PART = _("What rules it out")
FOLLOWS_PART = _("What to do with it")
PART_COUNT = _("{part} ({number})")
PART_INTRO = {
    "figures": _("What was counted, by whom and when. Figures of different kinds must not be compared."),
    "for": _("Rules that recommend {option} to some clients, those that count most first. Which of them count depends on what a client answers."),
    "against": _("Rules that advise some clients against {option}, those that count most first."),
    "bars": _("If one of these applies, {option} is not recommended, whatever speaks for it."),
    "follows": _("What we advise once {option} is picked, depending on what else a client answers."),
}
NO_FIGURES = _("Nobody's figures on {option} are kept here.")
TOLD_APART = _("Whose figures?")
EVERYBODY = _("Everybody")
BY = _("By {dimension}")
ROW = _("{place}, {group}")
AMOUNT = _("{number}%")
COUNTED_IN = _("{publisher}, {date}")
DOUBT = {"high": "", "medium": _("Not quite certain."), "low": _("Uncertain.")}
METRIC_IN = _("{metric}, in {unit}")
FIGURES_FROM = _("Where these figures come from")
POINTS_FOR = _("+{number}")
POINTS_AGAINST = _("−{number}")

# -- figures ----------------------------------------------------------------------------------------------------

METRIC = _("What was counted?")
QUESTION = _("Whose answer?")
QUESTION_OF = _("{place}, {group}: {publisher}, {date} ({number})")
FIGURES_INTRO = _("Only what one source counted in one way is shown side by side.")
SINGLE = _("No source counted this for more than one option, so there is nothing to compare. The figures one by one:")

# -- rules ------------------------------------------------------------------------------------------------------

SEARCH = _("Search the rules")
SEARCH_HINT = _("Words of a rule, its id, or who it cites")
SUBJECT = _("What are they about?")
ANYTHING = _("Anything")
ON_DECISION = _("Decision: {name}")
IN_SECTION = _("Section: {name}")
MORE_OF_RULE = _("Sources, and when it would be wrong")
APPLIES = _("It applies to you: {says}")
APPLIES_NOT = _("It does not apply to what you have answered.")

# -- guidance ---------------------------------------------------------------------------------------------------

SEARCH_CLAIMS = _("Search the guidance")
CLAIMS_INTRO = _("What experienced practitioners advise, claim by claim, in our words. It is opinion unless a figure stands beside it.")
KINDS = {
    "definition": _("Definition"),
    "fact": _("Stated as fact"),
    "opinion": _("Opinion"),
    "advice": _("Advice"),
    "warning": _("Warning"),
    "checklist": _("Checklist"),
}
TAUGHT = _("only to be taught")
ANY_KIND = _("Any kind")
KIND = _("Kind")

# -- lessons ----------------------------------------------------------------------------------------------------

LESSON = _("Which lesson?")
TEACHES = _("What it rests on")
RULES_OF_LESSON = _("The rules that follow from it")
NO_RULES = _("No rule follows from it: it is there to be understood.")
PREVIOUS = _("Previous lesson")
FOLLOWING = _("Next lesson")

# -- disagreements ----------------------------------------------------------------------------------------------

DISAGREE_INTRO = _("Where the guidance gives two answers to one question, a rule decides for each client which one we follow, and says why.")
SETTLED_BY = _("When we follow which")
WE_FOLLOW = _("We follow: {claims}")

# -- sources ----------------------------------------------------------------------------------------------------

SEARCH_SOURCES = _("Search the sources")
SOURCE_KINDS = {
    "survey": _("Survey"),
    "audience_meter": _("Audience measurement"),
    "company_figures": _("Figures of the company itself"),
    "compilation": _("Compilation"),
    "vendor_study": _("Study by a vendor"),
    "law": _("Law"),
    "platform_rules": _("Terms of use"),
    "press": _("Press"),
}
TRUST = {"high": _("Reliable"), "medium": _("Fairly reliable"), "low": _("To be taken with care")}
READ_VIA = _("Read in: {via}.")
COUNTED = _("Who was counted: {population}.")
COVERS = _("What it covers: {population}.")
NOTE = _("Note: {note}")


def rules(number: int) -> str:
    """How many rules there are."""
    return ngettext("{number} rule", "{number} rules", number).format(number=f"{number:,}")


def used_by(number: int) -> str:
    """That so many rules cite it; a button to them."""
    return ngettext("See the {number} rule that uses it", "See the {number} rules that use it", number).format(number=number)


def lesson(title: str) -> str:
    """A button to a lesson."""
    return _("Lesson: {title}").format(title=title)


def figures(number: int) -> str:
    """How many figures there are."""
    return ngettext("{number} figure", "{number} figures", number).format(number=number)


def found(number: int, every: int) -> str:
    """How many of all rules were found."""
    return ngettext("{number} of {every} rule", "{number} of {every} rules", every).format(number=f"{number:,}", every=f"{every:,}")
