"""Every text that the interview speaks, and every word it listens for.

A text is a template filled by name; `_` finds it in the catalogue of translations. Knows nothing of any field.
"""

from __future__ import annotations

from advisor.words import _, ngettext

# -- words that a person may type at any prompt ---------------------------------------------------------------

WHY = _("why")
HELP = _("help")
BACK = _("back")
SKIP = _("skip")
SKIP_TOPIC = _("skip topic")
TOPICS = _("topics")
CLEAR = _("clear")
SAVE = _("save")
DONE = _("done")
QUIT = _("quit")
COMMANDS = {word: word for word in (WHY, HELP, BACK, SKIP, SKIP_TOPIC, TOPICS, CLEAR, SAVE, DONE, QUIT)} | {
    "?": HELP,
    _("exit"): QUIT,
    _("next topic"): SKIP_TOPIC,
}
NONE = _("none")

MEANINGS = (
    (_("Enter"), _("skip the question, or keep the answer you gave before")),
    (HELP, _("an example")),
    (WHY, _("why we ask, and what hangs on it")),
    (BACK, _("the previous question")),
    (CLEAR, _("take back the answer you gave here")),
    (SKIP_TOPIC, _("leave out the rest of this topic")),
    (TOPICS, _("see all questions and your answers, and go to any of them")),
    (SAVE, _("keep your answers in a file, and go on")),
    (DONE, _("stop here and see the recommendation")),
    (QUIT, _("leave without a recommendation")),
)
ALL_WORDS = _("You can also type:")

# -- beginning ------------------------------------------------------------------------------------------------

GREETING = _("{questions} in {topics}, at most: we ask only what can still change the advice. Skip what you do not know.")
GREETING_WORDS = _("Enter skips a question. Type why to see what hangs on it, help for an example, back to return, done to finish early.")
CONTINUED = _("We continue with {file}: {client}, {answered} of {questions} questions answered.")


def short_questions(number: int) -> str:
    """How many questions there are."""
    return ngettext("{number} short question", "{number} short questions", number).format(number=number)


def topics(number: int) -> str:
    """How many topics there are."""
    return ngettext("{number} topic", "{number} topics", number).format(number=number)


NAME = _("What is the name of your business?")
NAME_HINT = _("Type it, or Enter to skip.")
NAME_SO_FAR = _("So far: {client}. Enter keeps it.")
NAME_HELP = _("Any name will do, such as Bakery on the corner.")
NAME_WHY = _("It stands at the top of your recommendation and changes nothing else.")
NO_NAME = _("Your business")

# -- a question -----------------------------------------------------------------------------------------------

MOST_LIKELY = _("Question {number}. Your {name} is still open, most likely {options}.")
STILL_OPEN = _("Question {number}. Your {name} is still open.")
HEADLINE_SETTLED = _("Question {number}. Your {name} is settled.")
ALL_SETTLED = _("Question {number}. Every decision is settled.")
NOTHING_LEFT = _("Question {number}. No other question can change the advice.")
IDLE = _("Whatever you answer here, the advice stays the same. Your answer is kept all the same.")


def left(stage: str, number: int) -> str:
    """How many questions can still be asked for the sake of what is open, at most."""
    match stage:
        case "headline":
            text = ngettext("At most {number} question can still change it.", "At most {number} questions can still change it.", number)
        case "choices":
            text = ngettext("At most {number} question can change other decisions.", "At most {number} questions can change other decisions.", number)
        case _:
            text = ngettext("At most {number} question can add to the plan.", "At most {number} questions can add to the plan.", number)
    return text.format(number=number)


IS_SETTLED = _("{decision} That is settled: hardly any answer could still change it.")
ARE_SETTLED = _("{decision} That is settled, and so is every other decision.")
OPEN_AGAIN = _("After that your {name} is open again.")


def go_on(number: int) -> str:
    """That a person may stop here, and what is left if they do not."""
    text = ngettext(
        "Type done to see the advice now, or go on: {number} more question can shape the plan.",
        "Type done to see the advice now, or go on: up to {number} more questions can shape the plan.",
        number,
    )
    return text.format(number=number)


HOW_TO_ANSWER = {
    "one": _("Type one number, or Enter to skip."),
    "many": _("Type all numbers that fit, such as 1 3, or none. Enter skips."),
    "flag": _("Type yes or no, or Enter to skip."),
    "number": _("Type a number ({unit}), or Enter to skip."),
}
ANSWER_SO_FAR = _("Your answer so far: {answer}. Enter keeps it, clear takes it back.")
NOTED = _("Noted: {answer}.")
NO_EXAMPLE = _("There is no example for this question.")
BOUNDS = _("Anything from {low} to {high} ({unit}) is possible.")
NOTHING_BEFORE = _("This is the beginning.")
CLEARED = _("Your answer is taken back.")
NOTHING_TO_CLEAR = _("You have not answered this question.")

# -- what is at stake -----------------------------------------------------------------------------------------

DECIDES_BETWEEN = _("It can decide between {options}.")
DECIDES_BETWEEN_OF = _("For your {name} it can decide between {options}.")
DECIDES_WHETHER = _("For your {name} it can decide whether we advise {options}.")
WORTH = _("{answer}: {effects}.")
POINTS_FOR = _("{points} for {options}")
POINTS_AGAINST = _("{points} against {options}")
BARS = _("rules out {options}")
FREES = _("no longer rules out {options}")
NO_POINTS_ALONE = _("On its own no answer gives points yet; together with your other answers it can.")
CHANGES_NO_DECISION = _("It will hardly change a decision, but it adds to the plan.")
CHANGES_NOTHING_ALONE = _("On its own it will hardly change anything; together with other answers it may.")
ADDS = _("{answer} adds {lines}.")


def more_options(number: int) -> str:
    """That there are options not named."""
    return ngettext("{number} other", "{number} others", number).format(number=number)


def more_answers(number: int) -> str:
    """That there are answers not told."""
    return ngettext("… and {number} more answer", "… and {number} more answers", number).format(number=number)


def more_lines(number: int) -> str:
    """That there are lines not told."""
    return ngettext("{number} more line", "{number} more lines", number).format(number=number)


# -- topics ---------------------------------------------------------------------------------------------------

TOPIC_LINE = _("{title} ({answered} of {questions} answered)")
TOPIC_LINE_IDLE = _("{title} ({answered} of {questions} answered, {idle} no longer needed)")
WHICH_TOPIC = _("Type the number of a topic to see its questions and your answers. Enter goes on where you were.")
QUESTION_LINE = _("{name}: {answer}")
NOT_NEEDED = _("no longer needed")
WHICH_QUESTION = _("Type the number of a question to answer it, or to answer it anew. Enter goes through those that are open.")
NO_SUCH_NUMBER = _("“{entry}” is none of these. Type a number from 1 to {numbers}, or Enter.")

# -- entries that are no answer -------------------------------------------------------------------------------

NOT_AN_OPTION = _("“{entry}” is not one of the answers. Type its number, from 1 to {options}.")
NEAREST_OPTION = _("“{entry}” is not one of the answers. The nearest is {label}; type {number} if you mean that.")
SEVERAL_OPTIONS = _("“{entry}” could be {candidates}. Type the number.")
NUMBERED_OPTION = _("{number} {label}")
WHOLE_LIST = _("{problem} Then type the whole list again.")
ONE_ONLY = _("Only one answer is possible here. Type one number, the most fitting.")
NOT_YES_OR_NO = _("“{entry}” is neither yes nor no. Type yes or no.")
NEAREST_YES_OR_NO = _("“{entry}” is neither yes nor no. Type {word} if you mean that.")
NOT_A_NUMBER = _("“{entry}” is not a number. Type digits only, such as {example} ({unit}).")
OUT_OF_BOUNDS = _("“{entry}” is not from {low} to {high} ({unit}). The nearest is {nearest}.")
UNREADABLE = _("Some of these characters could not be read. Type it again, please.")

# -- saving and leaving ---------------------------------------------------------------------------------------

COMMAND_LINE = "advisor ask --save {file}"
UNNAMED_FILE = _("my-business")
WHICH_FILE = _("In which file? Enter takes {file}, back goes on without saving.")
FILE_EXISTS = _("{file} is there already, so it was left as it is")
ANOTHER_NAME = _("type another name")
NOT_A_CASE = _("`{file}` is there already and is not a case that can be continued")
NOT_A_CASE_HELP = _("give another name after --save; nothing in `{file}` was changed")
SAVED = _("Your answers are saved in {file}.")
HOW_TO_CONTINUE = _("To change them or go on another day:")
OFFER_BEFORE_LEAVING = _("Save your answers before you leave? Type yes or no (Enter: yes), or back to return.")
OFFER_AT_END = _("To keep your answers for another day, type a file name such as {file}. Enter goes on without.")
OFFER_HELP = _("The file holds your answers and nothing else. With it you can change them later without starting anew.")
NO_OTHER_QUESTION = _("No other question can change the advice.")
ANSWERED = _("You answered {answered} of {questions} questions.")
ANSWERED_NONE = _("You answered no question, so the recommendation can only be general.")


def not_asked(number: int) -> str:
    """That questions were left out, and why."""
    return ngettext(
        "We did not ask {number} question, because no answer to it could change anything: {names}.",
        "We did not ask {number} questions, because no answer to them could change anything: {names}.",
        number,
    )


GOODBYE = _("Goodbye.")
NOTHING_TO_SAVE = _("You had not answered anything yet, so there was nothing to save.")
UNCHANGED = _("Your answers are in {file}; nothing has changed since they were saved.")
NOT_SAVED = _("Your answers were not saved. Next time, begin with this, and they are kept however you leave:")
COPY_THEM = _("Your answers could not be saved. Here they are; copy them into a file of your own:")
