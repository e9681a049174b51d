"""Conditions, rules, firings and near misses as English sentences, made from the rule itself.

Pure functions. Clauses are lower case without a full stop; `sentence`, `with_values` and `near_miss_text` are whole
sentences. What is special to English, such as the singular of a unit, stands here; the templates stand in `words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from advisor import words
from advisor.inference.remedy import state
from advisor.inference.trace import Firing, Met, NearMiss
from advisor.knowledge import slots
from advisor.knowledge.condition import COMPARISONS, INCLUSIONS, All, AnyOf, Condition, Facts, Test, Unless, Value, tests
from advisor.knowledge.model import Fact, Knowledge, Points, Rule
from advisor.language.values import amount as amount
from advisor.language.values import answer_text as answer_text
from advisor.language.values import as_sentence as as_sentence
from advisor.language.values import clauses, listed, said, value_text
from advisor.language.values import every as every
from advisor.language.values import some as some

COMPARED = {"at_least": words.AT_LEAST, "at_most": words.AT_MOST, "more_than": words.MORE_THAN, "less_than": words.LESS_THAN}


# -- texts of the knowledge folder -----------------------------------------------------------------------------


def fill(text: str, facts: Facts, knowledge: Knowledge, day: date) -> str:
    """A text of the knowledge folder with the client's values, and days counted from the case's date, in its slots."""

    def value(match: re.Match[str]) -> str:
        slot = slots.read(match[1])
        if slot.days is not None:
            return words.day_text((day + timedelta(days=slot.days)).isoformat())
        fact = knowledge.facts.get(slot.fact or "")
        if fact is None:
            return match[0]
        known = facts.get(fact.id)
        if known is None:
            return words.NOT_KNOWN_YET
        if slot.percent is not None and not isinstance(known, str | bool | frozenset):
            return amount(round(known * slot.percent / 100), fact.unit)
        return value_text(fact, known)

    return slots.SLOT.sub(value, text)


def _named(text: str, knowledge: Knowledge) -> str:
    """A text of the knowledge folder for no client in particular: slots show what will stand there."""
    return slots.SLOT.sub(lambda slot: words.SLOT.format(name=knowledge.facts[slot[1]].name) if slot[1] in knowledge.facts else slot[0], text)


# -- conditions -----------------------------------------------------------------------------------------------


def clause(test: Test, knowledge: Knowledge) -> str:
    """What a test asks for: `you have at least 6 hours a week for this`."""
    fact = knowledge.facts[test.fact]
    if test.op == "known":
        return _known(fact, test.expected)
    if fact.kind == "flag":
        return value_text(fact, test.expected)
    return fact.says.replace("{value}", _expected(fact, test))


def _expected(fact: Fact, test: Test) -> str:
    match test.op:
        case "one_of" | "includes_any":
            return some(said(fact, test.expected))
        case "includes_all":
            return every(said(fact, test.expected))
        case "includes":
            return every(said(fact, (test.expected,)))
        case "at_least" | "at_most" | "more_than" | "less_than":
            return COMPARED[test.op].format(amount=amount(test.expected, fact.unit))
        case _:
            return value_text(fact, test.expected)


def _known(fact: Fact, known: bool) -> str:
    if fact.question:
        return (words.ANSWERED if known else words.UNANSWERED).format(ask=fact.question.ask)
    return (words.KNOWN if known else words.UNKNOWN).format(name=fact.name)


def condition_text(condition: Condition, knowledge: Knowledge) -> str:
    """A condition as one clause, however deep."""
    match condition:
        case Test():
            return clause(condition, knowledge)
        case Unless(part):
            return words.NOT_SO.format(condition=condition_text(part, knowledge))
        case All(parts) if limits := _limits(parts):
            return _within(limits, knowledge)
        case All(parts):
            return _all(parts, knowledge)
        case AnyOf(parts):
            return _any(parts, knowledge)


def _all(parts: Iterable[Condition], knowledge: Knowledge) -> str:
    """Parts that must all hold; alternatives come last, where it is plain how far they reach."""
    ordered = sorted(parts, key=lambda part: isinstance(part, AnyOf))
    return clauses((_inner(part, knowledge) for part in ordered), words.AND, words.AND_CLEARLY)


def _any(parts: Iterable[Condition], knowledge: Knowledge) -> str:
    return clauses((_inner(part, knowledge) for part in parts), words.OR, words.OR_CLEARLY)


def _inner(part: Condition, knowledge: Knowledge) -> str:
    """A part among others; alternatives say so, lest they run into their neighbours."""
    text = condition_text(part, knowledge)
    return words.EITHER.format(alternatives=text) if isinstance(part, AnyOf) and len(part.parts) > 1 else text


def _limits(parts: Sequence[Condition]) -> tuple[Test, Test] | None:
    """The two comparisons, if the parts are just two comparisons of one number."""
    match parts:
        case (Test() as first, Test() as second) if first.fact == second.fact and first.op in COMPARISONS and second.op in COMPARISONS:
            return first, second
    return None


def _within(limits: tuple[Test, Test], knowledge: Knowledge) -> str:
    """Two limits of one number in one clause: `at least 3 but less than 6 hours a week`."""
    lower, upper = sorted(limits, key=lambda test: test.op in ("at_most", "less_than"))
    fact = knowledge.facts[lower.fact]
    least = COMPARED[lower.op].format(amount=amount(lower.expected, None))
    return fact.says.replace("{value}", words.BUT.format(least=least, most=_expected(fact, upper)))


# -- rules ----------------------------------------------------------------------------------------------------


def sentence(rule: Rule, knowledge: Knowledge) -> str:
    """A rule for anybody: when, unless, what then, and the reason."""
    wanted = [entry.condition for entry in rule.when if not isinstance(entry.condition, Unless)]
    conditions = condition_text(wanted[0], knowledge) if len(wanted) == 1 else _all(wanted, knowledge)
    exceptions = _any(_exceptions(rule), knowledge)
    text = words.RULE[bool(conditions), bool(exceptions)].format(conditions=conditions, exceptions=exceptions, effects=effect_text(rule, knowledge))
    return words.WITH_REASON.format(rule=as_sentence(text), because=_named(rule.because, knowledge))


def _exceptions(rule: Rule) -> list[Condition]:
    return [entry.condition.part for entry in rule.entries if isinstance(entry.condition, Unless)]


def effect_text(rule: Rule, knowledge: Knowledge) -> str:
    """Everything that a rule does, as one clause."""
    effects = [words.THIS_SPEAKS.format(sides=clauses(_points_text(rule, knowledge), words.AND, words.AND_CLEARLY))] if rule.points else []
    effects += [words.RULES_OUT.format(options=options) for options in _barred_text(rule, knowledge)]
    effects += [words.FOLLOWS.format(clause=clause(Test(name, "is", value), knowledge)) for name, value in rule.concludes]
    effects += [words.WARNS.format(text=_quoted(knowledge.caveats[name].title)) for name in rule.warns]
    said = {"advice": words.ADVISES, "task": words.SETS_TASK, "kpi": words.MEASURES}
    effects += [said[line.kind].format(text=_quoted(_named(line.text, knowledge))) for line in rule.lines]
    for settled in rule.settles:
        followed = every(_quoted(knowledge.claims[claim].says) for claim in settled.follow)
        effects.append(words.SIDES_WITH.format(question=knowledge.disagreements[settled.disagreement].question, claims=followed))
    return listed(effects, words.AND_CLEARLY)


def _quoted(text: str) -> str:
    """A text of the knowledge folder inside a sentence of ours."""
    return words.QUOTED.format(text=text.removesuffix("."))


def _points_text(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    """The options that a rule speaks for and against, those of one strength together."""
    groups: dict[tuple[str, bool, str], list[str]] = {}
    for points in rule.points:
        groups.setdefault((points.choice, points.points > 0, points.strength), []).append(points.option)
    for (choice, speaks_for, strength), options in groups.items():
        templates = words.SPEAKS_FOR_BY_STRENGTH if speaks_for else words.SPEAKS_AGAINST_BY_STRENGTH
        yield templates.get(strength, templates["moderate"]).format(options=_options_text(choice, options, knowledge))


def _barred_text(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for choice, option in rule.excludes:
        groups.setdefault(choice, []).append(option)
    return (_options_text(choice, options, knowledge) for choice, options in groups.items())


def _options_text(choice: str, options: list[str], knowledge: Knowledge) -> str:
    """Options in words; of any choice but the headline, with the name of the choice."""
    text = every(knowledge.choices[choice].options[option].said for option in options)
    return text if choice == knowledge.base.headline else words.OPTION_OF.format(option=text, choice=knowledge.choices[choice].name)


# -- one client -----------------------------------------------------------------------------------------------


def with_values(firing: Firing, knowledge: Knowledge, concluded_by: Mapping[str, Firing] | None = None) -> str:
    """Why a rule applied to this client, in the client's own values; with `concluded_by`, also why what we found is so."""
    told: dict[str, None] = {}
    found: dict[str, None] = {}
    left_open: dict[str, None] = {}
    for met in firing.met:
        text = _met_text(met, knowledge)
        if met.actual is None:
            left_open[text] = None
        elif knowledge.facts[met.test.fact].question is not None:
            told[words.THAT.format(clause=text)] = None
        else:
            found[words.THAT.format(clause=_with_grounds(text, met.test.fact, knowledge, concluded_by or {}))] = None
    parts = [words.YOU_SAID.format(clauses=every(told))] if told else []
    parts += [words.WE_FOUND.format(clauses=every(found))] if found else []
    return as_sentence(listed([*parts, *left_open], words.AND_CLEARLY) or _anyhow(firing.rule, knowledge))


def _with_grounds(text: str, fact: str, knowledge: Knowledge, concluded_by: Mapping[str, Firing]) -> str:
    """What we concluded, and what the client said that led to it."""
    if fact not in concluded_by:
        return text
    grounds = with_values(concluded_by[fact], knowledge)
    return words.FOUND_BECAUSE.format(clause=text, grounds=grounds[:1].lower() + grounds[1:-1])


def _anyhow(rule: Rule, knowledge: Knowledge) -> str:
    """Why a rule applied that nothing had to be known for."""
    exceptions = _any(_exceptions(rule), knowledge)
    return words.DID_NOT_SAY.format(exceptions=exceptions) if exceptions else words.EVERYBODY


def _met_text(met: Met, knowledge: Knowledge) -> str:
    """The value that met a test; of many values, those that the test asked about."""
    if met.actual is None:
        return clause(met.test, knowledge)
    value = met.actual
    if isinstance(value, frozenset) and met.test.op in INCLUSIONS:
        expected = met.test.expected
        value = value & (frozenset((expected,)) if isinstance(expected, str) else expected)
    return clause(Test(met.test.fact, "is", value), knowledge)


def near_miss_text(miss: NearMiss, knowledge: Knowledge, effect: str | None = None) -> str:
    """What a rule would have done (all of it, or the `effect` named), the one condition that failed, and what was found."""
    effect = effect or effect_text(miss.rule, knowledge)
    condition, found = miss.entry.condition, _found(miss, knowledge)
    if isinstance(condition, Unless):
        return as_sentence(words.NEAR_UNLESS.format(effect=effect, exceptions=condition_text(condition.part, knowledge), found=found))
    # An exception about the same fact decides what the missing answer would do, so it is said too.
    exceptions = [part for part in _exceptions(miss.rule) if any(test.fact == miss.test.fact for test in tests(part))]
    given = state(knowledge.facts[miss.test.fact], miss.actual) == "given"
    text = words.NEAR[given, bool(exceptions)].format(
        effect=effect, condition=condition_text(condition, knowledge), exceptions=_any(exceptions, knowledge), found=found
    )
    return as_sentence(text)


def failed_text(miss: NearMiss, knowledge: Knowledge) -> str:
    """A condition that failed, and what was found."""
    condition, found = miss.entry.condition, _found(miss, knowledge)
    if isinstance(condition, Unless):
        return as_sentence(words.HINDERED.format(exceptions=condition_text(condition.part, knowledge), found=found))
    return as_sentence(words.TAKES.format(condition=condition_text(condition, knowledge), found=found))


def would_weigh(points: Points, knowledge: Knowledge) -> str:
    """What points would do to their option: `basil gains 8 points`."""
    number = abs(points.points)
    template = words.would_gain(number) if points.points > 0 else words.would_lose(number)
    return template.format(option=_option_said(points.choice, points.option, knowledge), number=number)


def would_bar(choice: str, option: str, knowledge: Knowledge) -> str:
    """What a bar would do to an option: `basil is ruled out`."""
    return words.WOULD_BAR.format(option=_option_said(choice, option, knowledge))


def _option_said(choice: str, option: str, knowledge: Knowledge) -> str:
    return knowledge.choices[choice].options[option].said


def value_clause(fact: Fact, value: Value, now: Value | None, knowledge: Knowledge) -> str:
    """That a fact has another value than now; of many options, only those that come or go."""
    if not isinstance(value, frozenset) or not value:
        return clause(Test(fact.id, "is", value), knowledge)
    present = now if isinstance(now, frozenset) else frozenset[str]()
    come = [clause(Test(fact.id, "includes_all", value - present), knowledge)] if value - present else []
    go = [words.NOT_SO.format(condition=clause(Test(fact.id, "includes_any", present - value), knowledge))] if present - value else []
    return every([*come, *go])


def _found(miss: NearMiss, knowledge: Knowledge) -> str:
    """What was found instead of what the condition asks for."""
    fact = knowledge.facts[miss.test.fact]
    if miss.actual is None:
        return words.NOT_TOLD if fact.question else words.CANNOT_TELL
    if not fact.question:
        return words.AS_IT_IS.format(clause=clause(Test(fact.id, "is", miss.actual), knowledge))
    template = words.YOU_ANSWERED_AMOUNT if fact.kind == "number" else words.YOU_ANSWERED
    return template.format(answer=answer_text(fact, miss.actual))


def picked_text(choice: str, picked: Sequence[str], knowledge: Knowledge) -> str:
    """A decision as a clause, the options in the order of their points: `your main dish is fish`."""
    options = knowledge.choices[choice].options
    return knowledge.facts[choice].says.replace("{value}", every(options[name].said for name in picked))
