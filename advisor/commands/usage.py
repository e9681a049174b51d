"""What the command line says of itself."""

from __future__ import annotations

from advisor.words import _, ngettext

NO_PROBLEMS = _("no problems")
COUNTS = _(
    "questions: {questions}, choices: {choices}, rules: {rules}, layers: {layers}, claims: {claims}, sources: {sources}, "
    "lessons: {lessons}, scenarios: {scenarios}, neighbours: {neighbours}, fingerprint: {fingerprint}"
)
CHECKING = _("Reading and checking …")
WATCHING = _("Waiting for the next save; Ctrl-C ends it.")
WATCH_SHOWS_TEXT = _("--watch shows text or short lines; there is no {format} that goes on")

PROVING = _("Proving")


def accepted(number: int) -> str:
    """That so many findings are accepted."""
    return ngettext(
        "one finding is accepted; the list of accepted ones says why", "{number} findings are accepted; the list of accepted ones says why", number
    ).format(number=number)


NO_SUCH_RULES = _("nothing to change: no living rule has an id like `{pattern}`")
TRYING = _("slips tried")
LOOKING_BESIDE = _("slips tried on others")
COMPARING = _("Comparing")

VERSION = _("advisor {version}")
NOT_INSTALLED = _("(not installed)")
HELP_VERSION = _("Show the version and end.")
HELP_RECOMMEND = _("Show the strategy for the client of a case file.")
HELP_EXPLAIN = _("Show what speaks for and against each option.")
HELP_CHECK = _("Look for mistakes in the knowledge and the rules.")
HELP_WATCH = _("Check again whenever a file is saved, until you press Ctrl-C.")
HELP_PROVE = _("Also decide, over all possible clients, what no sample can show, and print what is guaranteed; takes some ten seconds.")
HELP_ASK = _("Ask the questions here, then show the strategy.")
HELP_COVERAGE = _("Show where each claim of the guidance is at work, and what it changes.")
HELP_BY_RULE = _("Show instead, for each rule, the scenarios and case files in which it fires and in which one fact keeps it from that.")
HELP_CASES = _("Case files, or folders of them, to look at beside the scenarios; only with --by-rule.")
CASES_BY_RULE_ONLY = _("case files are looked at rule by rule; add --by-rule")
HELP_MUTATE = _("Make one slip of the pen after the other in the rules, in memory, and count how many the scenarios notice.")
HELP_MUTATE_ONLY = _("Only rules whose id is like this; `*` stands for anything.")
HELP_LIMIT = _("Try so many slips only, drawn by chance but always the same.")
HELP_BESIDE = _("For a slip that changes nothing for the clients of scenarios, look among so many others like them; always the same.")
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
HELP_EXPORT = _(
    "Write the strategy into a file: Word to edit, PDF to hand over, a workbook and a calendar to plan with, Markdown, or JSON for programs. "
    "To take the names of the rules out of the Word file, replace all text of the style “Rule id” by nothing."
)
HELP_TO = _("What kind of file.")
HELP_EXPORT_OUT = _("The file to write; named after the client, in this folder, if left out.")
HELP_TEMPLATE = _("For word: a Word file whose styles, margins and header to use.")
HELP_BRAND = _('For word and pdf: a small YAML file with `logo`, the path of a picture, and `accent`, a colour such as "#0b6253".')
HELP_TIME_ZONE = _("For calendar: the time zone of the hours, such as Europe/Berlin; without it, they are those of whoever reads the calendar.")
NO_SUCH_ZONE = _("there is no time zone `{name}`; write it like Europe/Berlin or America/Chicago")
NO_SUCH_ZONE_BUT = _("there is no time zone `{name}`; did you mean {near}?")
HELP_FORCE = _("Replace the file if it is there already; in a calendar, what is no longer planned is then marked as called off.")
OPTION_NOT_FOR_FORMAT = _("{option} is only for {formats}")
HELP_KNOWLEDGE = _("Folder of knowledge to use instead of the one that comes with the program.")
HELP_RULES = _("Folder of rules to use instead of the one that comes with the program.")
HELP_FORMAT = _("Text to read here, Markdown for a document, JSON for programs.")
HELP_CHECK_FORMAT = _("Text to read here, one short line for each problem, JSON for programs, SARIF for code hosts.")
HELP_SAVE = _("File to keep the answers in; if it is there already, go on from it.")
HELP_OUT = _("Folder to write into.")
