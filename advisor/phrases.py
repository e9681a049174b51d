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
    (WHY, _("why we ask")),
    (BACK, _("the previous question")),
    (CLEAR, _("take back the answer you gave here")),
    (SKIP_TOPIC, _("leave out the rest of this topic")),
    (TOPICS, _("see all topics, and go to any of them")),
    (SAVE, _("keep your answers in a file, and go on")),
    (DONE, _("stop here and see the recommendation")),
    (QUIT, _("leave without a recommendation")),
)
ALL_WORDS = _("You can also type:")

# -- beginning ------------------------------------------------------------------------------------------------

GREETING = _("{questions} in {topics}. Answer what you can and skip the rest.")
GREETING_WORDS = _("Enter skips a question. Type help for an example, back to return, done to finish early.")
CONTINUED = _("We continue with {file}: {client}, {answered} of {questions} questions answered.")
CONTINUED_COMPLETE = _("Every question has an answer. Enter keeps it, a new answer replaces it, done finishes.")


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

PROGRESS = _("Question {question} of {questions}, topic {topic} of {topics}")
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

# -- topics ---------------------------------------------------------------------------------------------------

TOPIC_LINE = _("{title} ({answered} of {questions} answered)")
WHICH_TOPIC = _("Type the number of a topic to go there. Enter goes to the next topic, back returns to your question.")
NO_SUCH_TOPIC = _("“{entry}” is no topic. Type a number from 1 to {topics}, Enter for the next topic, or back.")

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
LAST_QUESTION = _("That was the last question.")
ANSWERED = _("You answered {answered} of {questions} questions.")
ANSWERED_NONE = _("You answered no question, so the recommendation can only be general.")
GOODBYE = _("Goodbye.")
NOTHING_TO_SAVE = _("You had not answered anything yet, so there was nothing to save.")
UNCHANGED = _("Your answers are in {file}; nothing has changed since they were saved.")
NOT_SAVED = _("Your answers were not saved. Next time, begin with this, and they are kept however you leave:")
COPY_THEM = _("Your answers could not be saved. Here they are; copy them into a file of your own:")
