"""What checks say: templates of text, filled by name."""

from __future__ import annotations

from advisor.words import SENTENCES, _, ngettext

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

# -- what is counted ------------------------------------------------------------------------------------------

COVERED = _("{works} of {all} claims are at work")
CLAIM_COLUMNS = (_("claim"), _("rules"), _("lessons"), _("shows in scenarios"), _("changes"))
CLAIM_IDLE = _("cited by no rule and no lesson")
CLAIM_NOT_TAUGHT = _("only to be taught, but in no lesson")
CLAIM_UNSEEN = _("its rules fire in no scenario")
CLAIM_UNDECISIVE = _("taking its rules away changes no scenario")
NO_VERSION = _("`{name}` is neither a folder nor a revision of a git repository")
NO_REVISION = _("the repository here has no such revision")
NO_REPOSITORY = _("there is no git repository here, so only folders can be compared")
VERSION_WITHOUT = _("revision `{name}` has no `knowledge/` and `rules/` below this folder")
VERSION_HELP = _("name a folder that holds `knowledge/` and `rules/`, or a revision such as `HEAD~1`")
READINGS_DISAGREE = _("two readings of the rules disagree on who gets another `{choice}`")
REPORT_MISTAKE = _("this is a mistake in the program, please report it with your files")
