"""Every trap of the engine underneath, each pinned by a test that fails if it is stepped into."""

from __future__ import annotations

import ast
import json
import os
import resource
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import durable_rules_engine
import pytest

from advisor.inference import engine, translate
from tests import worlds
from tests.worlds import fired, knowledge, options, question, rule

PACKAGE = Path(engine.__file__).parent
MANY = [f"o{number}" for number in range(16)]


def test_a_batch_of_facts_is_never_asserted() -> None:
    """The batch call frees memory twice and aborts the process."""
    names = {node.attr for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)}
    assert names.isdisjoint({"assert_facts", "assert_events", "post_batch"})


def test_every_rule_of_the_engine_begins_with_a_positive_test(tmp_path: Path) -> None:
    """A condition of absence alone matches the engine's own state message for ever."""
    known = knowledge(tmp_path, [question("a", "flag")], [rule("absent", {"a": {"known": False}}), rule("barred", {"unless": {"a": True}}), rule("free", {})])
    trees = [translate.tree_of(one, known.facts) for one in known.rules]
    for ruleset in translate.rulesets(trees, known.facts):
        for definition in ruleset.definition().values():
            pattern = definition["all"][0]["m"]
            assert pattern.get("kind") == "case" or pattern["$and"][0] == {"kind": "case"}
    assert fired(known) == {"absent", "barred", "free"}
    assert fired(known, a=False) == {"barred", "free"}
    assert fired(known, a=True) == {"free"}


def test_two_true_alternatives_make_a_rule_fire_once(tmp_path: Path) -> None:
    """The engine runs a rule once for each true branch of an alternative."""
    both = rule("both", {"any": [{"a": True}, {"b": True}]})
    known = knowledge(tmp_path, [question("a", "flag"), question("b", "flag")], [both])
    consultation = worlds.consulted(known, a=True, b=True)
    assert [firing.rule.id for firing in consultation.trace.firings] == ["both"]
    assert {s.option: s.points for s in consultation.decisions["verdict"].ranking} == {"yes": 1, "no": 0}


def test_one_fact_may_be_tested_twice_in_a_rule(tmp_path: Path) -> None:
    """Two patterns that want one fact keep a rule from firing; all tests stand in one pattern."""
    twice = rule("twice", {"n": {"at_least": 2, "less_than": 5}, "any": [{"n": 3}, {"n": 4}]})
    known = knowledge(tmp_path, [question("n", "number")], [twice])
    assert [n for n in range(7) if fired(known, n=n)] == [3, 4]


def test_a_consultation_leaves_no_threads_behind(tmp_path: Path) -> None:
    """The engine's own host starts two timers that poll, and may fire rules in the background."""
    before = threading.active_count()
    fired(knowledge(tmp_path, [question("a", "flag")], [rule("r", {"a": True})]), a=True)
    assert threading.active_count() == before
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_the_same_knowledge_is_compiled_once(tmp_path: Path) -> None:
    """A ruleset that was compiled is never given back, so compiling anew at each load would eat the memory."""
    first, again = (knowledge(tmp_path, [question("a", "flag")], [rule("r", {"a": True})]) for _ in range(2))
    assert first is not again
    assert engine.engine_for(first) is engine.engine_for(again)


def test_messages_stay_narrower_than_the_engine_allows(tmp_path: Path) -> None:
    """More than 255 properties on a message are refused: 20 facts of 16 options are 340."""
    questions = [question(f"q{n}", "many", options=options(*MANY)) for n in range(20)]
    wide = [rule(f"r{n}", {f"q{n}": {"includes": "o3"}, f"q{(n + 1) % 20}": {"known": True}}) for n in range(20)]
    known = knowledge(tmp_path, questions, wide)
    everything = {f"q{n}": ["o3"] for n in range(20)}
    assert fired(known, **everything) == {f"r{n}" for n in range(20)}
    assert fired(known, **{**everything, "q7": []}) == {f"r{n}" for n in range(20) if n != 7}


def test_messages_stay_narrow_however_many_facts_one_layer_reads(tmp_path: Path) -> None:
    """A number takes two properties, and two hundred of them are 400."""
    names = [f"n{number}" for number in range(200)]
    twenties = [rule(f"all{first}", {name: {"known": True} for name in names[first : first + 20]}) for first in range(0, 200, 20)]
    known = knowledge(tmp_path, [question(name, "number") for name in names], twenties)
    assert len(fired(known, **dict.fromkeys(names, 1))) == 10
    assert fired(known, **dict.fromkeys(names[:59], -3)) == {"all0", "all20"}


def test_numbers_are_compared_as_numbers(tmp_path: Path) -> None:
    """Whole and broken numbers, negative ones and bounds mix freely in a message."""
    tests = {"low": {"at_most": -0.5}, "zero": 0, "half": {"more_than": 0, "less_than": 1}, "high": {"at_least": 1.5}}
    known = knowledge(tmp_path, [question("n", "number")], [rule(name, {"n": test}) for name, test in tests.items()])
    expected: dict[str, list[float]] = {"low": [-1000, -0.5], "zero": [0, 0.0], "half": [0.5], "high": [1.5, 2, 1000]}
    assert {name: [n for n in numbers if fired(known, n=n) == {name}] for name, numbers in expected.items()} == expected
    assert fired(known, n=-0.4) == fired(known, n=1) == set()
    assert fired(known) == set()


@pytest.mark.parametrize("word", ["any", "all"])
def test_a_condition_longer_than_the_engine_takes_is_cut_and_put_together(tmp_path: Path, word: str) -> None:
    """More than 32 expressions in a rule of the engine are refused (error 113)."""
    names = [f"q{n}" for n in range(40)]
    long = [rule("long", {word: [{name: True} for name in names]}), rule("not", {"unless": {word: [{name: True} for name in names]}})]
    known = knowledge(tmp_path, [question(name, "flag") for name in names], long)
    every, none = dict.fromkeys(names, True), dict.fromkeys(names, False)
    but_one, only_one = {**every, "q17": False}, {**none, "q17": True}
    yes, no = {"long"}, {"not"}
    expected = [yes, no, yes, yes] if word == "any" else [yes, no, no, no]
    assert [fired(known, **answers) for answers in (every, none, but_one, only_one)] == expected


@pytest.mark.parametrize(("outer", "inner"), [("any", "all"), ("all", "any")])
@pytest.mark.parametrize("pairs", [11, 14, 15, 30])
def test_pairs_of_conditions_are_cut_before_the_engine_refuses_them(tmp_path: Path, outer: str, inner: str, pairs: int) -> None:
    """From fourteen pairs on the engine takes no such rule (error 113); of fewer it makes two to that power of firings."""
    names = [f"q{n}" for n in range(2 * pairs)]
    of_pairs = {outer: [{inner: [{names[n]: True}, {names[n + 1]: True}]} for n in range(0, 2 * pairs, 2)]}
    known = knowledge(tmp_path, [question(name, "flag") for name in names], [rule("is", of_pairs), rule("not", {"unless": of_pairs})])
    every, none = dict.fromkeys(names, True), dict.fromkeys(names, False)
    one_of_each, one_pair = {name: n % 2 == 0 for n, name in enumerate(names)}, {**none, "q4": True, "q5": True}
    expected = [True, False, outer == "all", outer == "any"]
    assert [fired(known, **answers) for answers in (every, none, one_of_each, one_pair)] == [{"is"} if holds else {"not"} for holds in expected]


def test_three_hundred_rules_may_match_at_once(tmp_path: Path) -> None:
    """More than 64 tests of one ruleset that match at once overflow the engine's stack (error 303)."""
    names = [f"q{n}" for n in range(300)]
    known = knowledge(tmp_path, [question(name, "flag") for name in names], [rule(f"r{name}", {name: True}) for name in names])
    assert len(fired(known, **dict.fromkeys(names, True))) == 300


def test_hundreds_of_rules_of_every_kind_may_match_at_once(tmp_path: Path) -> None:
    """Tests of absence, of bounds and of lists all wait on the same stack, and share none of it."""
    questions = [
        *(question(f"f{n}", "flag") for n in range(80)),
        *(question(f"n{n}", "number") for n in range(80)),
        *(question(f"o{n}", "one", options=options(*MANY)) for n in range(80)),
        *(question(f"m{n}", "many", options=options(*MANY)) for n in range(20)),
    ]
    rules = [
        *(rule(f"f{n}", {"unless": {f"f{n}": False}}) for n in range(80)),
        *(rule(f"n{n}", {f"n{n}": {"at_least": n, "less_than": n + 1}}) for n in range(80)),
        *(rule(f"o{n}", {"any": [{f"o{n}": MANY[:8]}, {f"o{(n + 1) % 80}": MANY[4:]}]}, unless={f"o{n}": MANY[8:]}) for n in range(80)),
        *(rule(f"m{n}", {f"m{n}": {"includes_all": MANY[:6]}}, unless={f"m{n}": {"includes_any": MANY[10:]}}) for n in range(20)),
    ]
    known = knowledge(tmp_path, questions, rules)
    answers = {
        **{f"f{n}": True for n in range(80)},
        **{f"n{n}": n for n in range(80)},
        **{f"o{n}": "o5" for n in range(80)},
        **{f"m{n}": MANY[:8] for n in range(20)},
    }
    everything = {one["id"] for one in rules}
    assert fired(known, **answers) == everything
    changed = {"f3": False, "n4": 3.9, "n5": 6, "o6": "o8", "m7": [*MANY[:8], "o15"], "m8": MANY[1:8]}
    assert fired(known, **{**answers, **changed}) == everything - changed.keys()
    assert fired(known) == {f"f{n}" for n in range(80)}


def test_lists_of_sixteen_options_nest_in_any_and_unless(tmp_path: Path) -> None:
    """Lists grow into long alternatives, and `unless` turns them into long conjunctions: together far more than 32 expressions."""
    questions = [question(name, "one", options=options(*MANY)) for name in ("a", "b", "c")]
    nested = {"any": [{"a": MANY[:15], "unless": {"b": MANY[1:]}}, {"unless": {"any": [{"b": MANY[:15]}, {"c": MANY[2:]}]}}]}
    known = knowledge(tmp_path, questions, [rule("is", nested), rule("not", {"unless": nested})])
    for a, b, c in [("o0", "o0", "o0"), ("o15", "o0", "o0"), ("o0", "o1", "o5"), ("o0", "o15", "o1"), ("o15", "o15", "o2"), ("o15", "o15", "o0")]:
        holds = (a != "o15" and b == "o0") or (b == "o15" and c in ("o0", "o1"))
        assert fired(known, a=a, b=b, c=c) == ({"is"} if holds else {"not"})
    assert fired(known) == {"is"}  # nothing is known, so the inner exception stops nothing
    assert fired(known, b="o3") == {"not"}


def test_every_message_has_a_session_of_its_own_that_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same session twice is refused, and one that is left behind is never given back."""
    begun: list[tuple[int, str]] = []
    ended: list[tuple[int, str]] = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            return getattr(durable_rules_engine, name)

        def assert_fact(self, handle: int, message: str) -> object:
            begun.append((handle, json.loads(message)["sid"]))
            return durable_rules_engine.assert_fact(handle, message)

        def delete_state(self, handle: int, session: str) -> object:
            ended.append((handle, session))
            return durable_rules_engine.delete_state(handle, session)

    later = {"id": "x", "kind": "flag", "name": "x", "says": "x", "says_not": "no x"}
    known = knowledge(tmp_path, [question("a", "flag")], [rule("early", {"a": True}, {"conclude": {"x": True}}), rule("late", {"x": True})], facts=[later])
    monkeypatch.setattr(engine, "agenda", Watched())
    for n in range(20):
        assert fired(known, a=n % 2 == 0) == (set() if n % 2 else {"early", "late"})
    assert begun == ended
    assert len(set(begun)) == len(begun) == 40  # two layers


def test_every_session_of_the_engine_has_a_rule_that_fires(tmp_path: Path) -> None:
    """Deleting a session in which nothing fired frees memory that was never set, and kills the process."""
    script = """
        import sys
        from pathlib import Path
        from tests.worlds import fired, knowledge, question, rule
        known = knowledge(Path(sys.argv[1]), [question(f"q{n}", "flag") for n in range(40)], [rule(f"r{n}", {f"q{n}": True}) for n in range(40)])
        print(sum(len(fired(known, **({"q3": True} if n % 7 == 3 else {"q3": False}))) for n in range(5000)))
    """
    done = _run(script, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, str(len(range(3, 5000, 7))))


def test_memory_stays_flat_over_many_consultations(tmp_path: Path) -> None:
    """A session that is not deleted stays in memory; after 1,024 of them the engine takes no more."""
    known = knowledge(tmp_path, [question("a", "flag"), question("n", "number")], [rule("r", {"a": True, "n": {"at_least": 3}}), rule("s", {})])
    for n in range(1500):
        fired(known, a=True, n=n % 7)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for n in range(3000):
        fired(known, a=n % 2 == 0, n=n % 7)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2_000  # kilobytes


def test_an_error_of_the_engine_is_raised_and_not_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's own loop turns exceptions into a field of the state that nobody reads."""
    known = knowledge(tmp_path, [question("a", "flag")], [rule("r", {"a": True})])
    fired(known, a=True)
    monkeypatch.setattr(translate, "properties", lambda fact, facts: '"broken')
    with pytest.raises(durable_rules_engine.error):
        fired(known, a=True)


def test_threads_may_begin_at_the_same_moment(tmp_path: Path) -> None:
    """Registration is lazy and not safe: two hundred threads that come first together found no ruleset."""
    script = """
        import sys, threading, time
        from pathlib import Path
        from advisor.inference import engine
        from tests import worlds
        from tests.worlds import knowledge, question, rule
        known = knowledge(Path(sys.argv[1]), [question("n", "number")], [rule(f"r{n}", {"n": {"at_least": n}}) for n in range(50)])
        class Slow(engine.Engine):
            made = 0
            def __init__(self, known):
                Slow.made += 1
                time.sleep(0.2)  # long enough for every thread to come
                super().__init__(known)
        engine.Engine = Slow
        barrier, wrong = threading.Barrier(8), []
        def work(thread):
            barrier.wait()
            for n in range(200):
                value = (n * 7 + thread) % 50
                if worlds.fired(known, n=value) != {f"r{k}" for k in range(value + 1)}:
                    wrong.append(value)
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        [t.start() for t in threads]; [t.join() for t in threads]
        print("wrong", len(wrong), "compiled", Slow.made)
    """
    done = _run(script, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "wrong 0 compiled 1"), done.stderr


def test_text_typed_by_a_person_never_reaches_the_engine(tmp_path: Path) -> None:
    """Only option ids, truth values and bounded numbers are written into a message."""
    known = knowledge(tmp_path, [question("a", "one", options=options("x", "y")), question("m", "many", options=options("x", "y"))], [rule("r", {"a": "x"})])
    assert translate.properties(known.facts["a"], {"a": "x"}) == '"a":"x"'
    assert translate.properties(known.facts["m"], {"m": frozenset({"y", '"},{"'})}) == '"m?":true,"m=x":false,"m=y":true'


def test_a_test_and_its_opposite_are_never_both_true_or_both_false(tmp_path: Path) -> None:
    """Absence is not tested by the engine: each property is always there, so each test has an exact opposite."""
    kinds = [question("f", "flag"), question("o", "one", options=options("x", "y")), question("m", "many", options=options("x", "y")), question("n", "number")]
    tests: dict[str, list[Any]] = {
        "f": [True],
        "o": ["x", ["x", "y"]],
        "m": [{"includes": "x"}, {"includes_any": ["x", "y"]}, {"includes_all": ["x", "y"]}],
        "n": [2, {"at_most": 2}],
    }
    rules = [
        one
        for fact, wanted in tests.items()
        for number, test in enumerate(wanted)
        for one in (rule(f"{fact}{number}.is", {fact: test}), rule(f"{fact}{number}.not", {"unless": {fact: test}}))
    ]
    known = knowledge(tmp_path, kinds, rules)
    answers: list[dict[str, object]] = [{}, {"f": True, "o": "x", "m": [], "n": 2}, {"f": False, "o": "y", "m": ["x"], "n": 3}, {"m": ["x", "y"], "n": -2.5}]
    for given in answers:
        names = fired(known, **given)
        assert {name.split(".")[0] for name in names} == {one["id"].split(".")[0] for one in rules}
        assert len(names) == len(rules) // 2


def _run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own, so that a crash is a result and not the end of the tests."""
    root = Path(__file__).parent.parent
    perturbed = {**os.environ, "MALLOC_PERTURB_": "85"}  # memory that was never set is garbage, so freeing it fails at once
    command = [sys.executable, "-c", textwrap.dedent(script), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=root, env=perturbed, check=False)
