"""What stands on a page beside the strategy itself: templates of text, filled by name."""

from __future__ import annotations

from advisor.words import _, ngettext

# -- where a statement comes from -----------------------------------------------------------------------------

MARK = _("[{marks}]")
OPINION = _("opinion")
MEASURED = _("measured: {publisher}, {date}")
LAW = _("law: {publisher}, {date}")
PLATFORM_RULES = _("terms of use: {publisher}, {date}")
REPORTED = _("reported: {publisher}, {date}")

# -- the strategy on paper ------------------------------------------------------------------------------------

OUR_ADVICE = _("Our advice: {clause}.")
WHY = _("Why")
AGAINST = _("What speaks against it")
RUNNERS_UP = _("Runners-up")
BARRED = _("What you cannot choose")
ALSO_BARRED = _("also {options}")
BEHIND = _("{option} has {points}, followed by {others}.")
TITLED = _("{title}:")
STILL_OPEN_INTRO = _("Your answers to these could change the advice:")
STILL_OPEN_NONE = _("You have answered everything that could matter.")
LEARN_MORE = _("Every reason in full: advisor explain {case}")
LEARN_OF_CHOICE = _("For another decision add its name, such as {choice}.")


def more_reasons(number: int) -> str:
    """That there are reasons not shown."""
    return ngettext("… and {number} more reason", "… and {number} more reasons", number).format(number=number)


def more_notes(number: int) -> str:
    """That there are notes not shown."""
    return ngettext("… and {number} more note", "… and {number} more notes", number).format(number=number)


def more_questions(number: int) -> str:
    """That there are open questions not shown."""
    return ngettext("Besides, {number} question is open.", "Besides, {number} questions are open.", number).format(number=number)


DECISIONS = _("The decisions")
RULED_OUT_BY = _("Ruled out by")
FOR_OPTION = _("What speaks for {option}:")
AGAINST_OPTION = _("What speaks against {option}:")
RULED_OUT = _("What rules out {option}:")
RULE_ALONE = _("rule {rule}")
RULE_AND_SOURCES = _("rule {rule}; {sources}")
NOTHING_HERE = _("Nothing to add from what you told us.")
OPINIONS = _("The opinions:")
BECAUSE = _("Because: {because}")
GUIDANCE = _("{says} (opinion)")
SOURCE = _("{title}. {publisher}, {date}.")
COUNTED = _("Who was counted: {population}.")
READ_VIA = _("Read in: {via}.")

# -- explanations ---------------------------------------------------------------------------------------------

STANDING = _("{place}. {option}: {points}")
STANDING_PICKED = _("{place}. {option}: {points}, our advice")
BY_RULE = _("(rule {rule})")
BARS = _("What rules it out")
NEARLY = _("Not counted, but close")
NOTHING_SPOKE = _("Nothing you told us speaks for it or against it.")


def more_near(number: int) -> str:
    """That there are near misses not shown."""
    return ngettext("… and {number} more", "… and {number} more", number).format(number=number)


WHY_NOT = _("Why not {option}?")
FOR_IT = _("What speaks for it")
AGAINST_IT = _("What speaks against it")
AHEAD = _("What speaks for {picked} instead")
WOULD_HELP = _("What would help it")

# -- how sure it is -------------------------------------------------------------------------------------------

HOW_SURE = _("How sure is this?")

# -- how we come to a line, and what another answer would do ---------------------------------------------------

HOW = _("How do we come to this?")
HOW_NOT = _("Why do we not say this?")
NOT_KNOWN = _("We do not know this yet.")
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
WHAT_IF = _("What if you answered otherwise?")
CHANGED_ANSWER = _("{ask} {after} (until now: {before})")
CHANGES_NOTHING = _("Nothing changes: every decision, every point and every line stays as it is.")
KEEPS_DECISIONS = _("Every decision stays as it is.")
SAME_DECISION = _("{now} That stays.")
POINTS_CHANGE = _("{option}: {before} → {after}")
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
FLIP_WINS = _("{option} would be our advice if {changes}.")
NOTHING_HELPS = _("Nothing that you can change makes {option} our advice.")
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


# -- coverage by rule ------------------------------------------------------------------------------------------

REACH_COLUMNS = (_("rule"), _("fires in"), _("for example"), _("nearly fires in"), _("for example"))
REACH_NEVER_FIRES = _("Fire for no example ({number}):")
REACH_NEVER_NEARLY = _("Are never one fact away from firing ({number}):")
REACH_NOT_IN_FORCE = _("Are in force on no example's day, so cannot be seen ({number}):")
NAMED_AT = _("  {name}  {place}")
REACHED = _("Of {all} rules {in_force} are in force on the day of an example: {fired} fire, {near} nearly fire or always do, {whole} do both.")

# -- slips of the pen ------------------------------------------------------------------------------------------

SURVIVORS = {
    "unwatched": _("Change what a scenario's client is told, but no expectation notices ({number}):"),
    "beside": _("Change what nobody of the scenarios is told, but a client beside them, whom you can add as a neighbour ({number}):"),
    "nobody": _("Change what nobody is told, of the scenarios and of {clients} clients beside them ({number}):"),
}
SURVIVOR = _("  {place}: {rule}: {change}")
SURVIVOR_IN = _("{text} (for example in {scenario})")
SURVIVOR_BESIDE = _("{text} (for example like: {scenario}, but: {but})")
MUTANT_STRENGTH = _("{after} instead of {before}, for {choice}")
NO_STRENGTH = _("nothing")
MUTANT_EXCLUSION = _("no longer rules out {options}")
MUTANT_CONDITION = _("no longer asks whether {condition}")
MUTANT_THRESHOLD = _("asks whether {after}, instead of {before}")
MUTANT_EXCEPTION = _("no longer makes an exception where {condition}")
MUTANTS_NOTICED = _("Scenarios notice {noticed} of {all} slips ({share} %).")
MUTANTS_TELLING = _(
    "Of the {telling} slips that change what anybody is told, in the scenarios or of {clients} clients beside them, they notice {noticed} ({share} %)."
)

# -- two versions ----------------------------------------------------------------------------------------------

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
NO_DIFFERENCE = _(
    "No difference in the main advice among {number} clients, those around each edit among them. "
    "Whether any other client gets other main advice is not decided: the search over all of them was given up."
)
PROVEN_SAME = _("No client at all gets other main advice, on {date} or any later day: this is proven.")
NEW_HEADLINE = _("The older version does not decide on the {choice} at all.")
PROVEN_TO_STAY = _("Proven over all possible clients, on {date} and every later day, these stay as they are: {choices}.")
NOT_DECIDED = _("Not decided, as the search over all possible clients was given up: {choices}.")
TURNS_FOR_SOMEBODY = _("None of them gets another {choice}, but somebody does.")


def more_turns(number: int) -> str:
    """That there are turns not shown."""
    return ngettext("… and {number} more turn", "… and {number} more turns", number).format(number=number)
