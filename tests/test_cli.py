"""The command line: what goes where, which exit code, and never a traceback."""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

import advisor
from advisor.cli import app
from advisor.commands import home, screen
from advisor.inference.case import Case
from advisor.interview import conversation
from advisor.knowledge.load import load
from advisor.knowledge.model import Knowledge
from tests.plants import CASE, FOLDERS, KNOWLEDGE, RULES, vera

ESCAPE = "\x1b"
ADVISOR = Path(advisor.__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the tests are started from, nothing asks for colour or forbids it."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="advisor")


def process(*arguments: str, folder: Path, stdout: int = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real run in a folder of its own."""
    return subprocess.run(
        command(arguments),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ADVISOR)} | environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )


def command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "advisor", *arguments]


@pytest.fixture
def broken(tmp_path: Path) -> list[str]:
    """Folders in which one rule has a wrong name."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for file in RULES.glob("*.yaml"):
        (rules / file.name).write_text(file.read_text(encoding="utf-8").replace("option: pot,", "option: pott,"), encoding="utf-8")
    return ["--knowledge", str(KNOWLEDGE), "--rules", str(rules)]


# -- recommend ------------------------------------------------------------------------------------------------


def test_recommend_shows_the_decision() -> None:
    result = run("recommend", str(CASE), *FOLDERS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Our advice: you should buy a snake plant." in result.stdout
    assert ESCAPE not in result.stdout


def test_recommend_in_json_is_the_contract() -> None:
    result = run("recommend", str(CASE), "--format", "json", *FOLDERS)
    data = json.loads(result.stdout)
    assert list(data) == ["client", "date", "fingerprint", "choices", "sections", "caveats", "disagreements", "unknown", "trace"]
    assert data["choices"]["plant"]["picked"] == ["snake_plant"]


def test_recommend_in_markdown() -> None:
    assert run("recommend", str(CASE), "--format", "markdown", *FOLDERS).stdout.startswith("# Strategy for Vera's hall\n")


def test_text_names_the_command_that_explains_it() -> None:
    shown = "".join(run("recommend", str(CASE), *FOLDERS).stdout.split())  # long paths are broken anywhere
    command = shlex.join(["advisor", "explain", str(CASE), "--knowledge", str(KNOWLEDGE), "--rules", str(RULES)])
    assert "".join(command.split()) in shown


# -- explain --------------------------------------------------------------------------------------------------


def test_explain_takes_the_headline_choice_if_none_is_named() -> None:
    assert "Which plant should you buy?" in run("explain", str(CASE), *FOLDERS).stdout
    assert "What should you buy along with it?" in run("explain", str(CASE), "extras", *FOLDERS).stdout


@pytest.mark.parametrize(("format_", "begins"), [("text", "Vera's hall"), ("markdown", "# Why not Orchid?"), ("json", "{")])
def test_why_not_in_every_format(format_: str, begins: str) -> None:
    result = run("explain", str(CASE), "plant", "--why-not", "orchid", "--format", format_, *FOLDERS)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)


@pytest.mark.parametrize(("format_", "begins"), [("text", "Vera's hall"), ("markdown", "# What would make Orchid our advice?"), ("json", "{")])
def test_flip_in_every_format(format_: str, begins: str) -> None:
    result = run("explain", str(CASE), "plant", "--flip", "Orchid", "--format", format_, *FOLDERS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(begins)


def test_flip_and_why_not_exclude_each_other() -> None:
    assert run("explain", str(CASE), "--flip", "orchid", "--why-not", "orchid", *FOLDERS).exit_code == 2


def test_explain_in_json_and_markdown() -> None:
    data = json.loads(run("explain", str(CASE), "--format", "json", *FOLDERS).stdout)
    assert (data["choice"], len(data["ranking"])) == ("plant", 6)
    assert run("explain", str(CASE), "--format", "markdown", *FOLDERS).stdout.startswith("# Which plant should you buy?")


@pytest.mark.parametrize(
    ("arguments", "code", "help_"),
    [
        (["plnat"], "unknown-choice", "write `plant`"),
        (["--why-not", "orkid"], "unknown-option", "write `orchid`"),
        (["--flip", "orkid"], "unknown-option", "write `orchid`"),
        (["plnat", "--flip", "orchid"], "unknown-choice", "write `plant`"),
        ([""], "unknown-choice", "known choices: `plant`"),
        (["", "--what-if", "home.light=dim"], "unknown-choice", "known choices: `plant`"),
        (["extras", "--why-not", "Plant lmap"], "unknown-option", "write `lamp`"),
    ],
)
def test_explain_refuses_unknown_names_with_the_nearest(arguments: list[str], code: str, help_: str) -> None:
    result = run("explain", str(CASE), *arguments, *FOLDERS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error[{code}]" in result.stderr
    assert f"= help: {help_}" in result.stderr


@pytest.mark.parametrize("format_", ["text", "markdown", "json", "dot", "mermaid"])
@pytest.mark.parametrize(
    "asked", [[], ["extras"], ["--why-not", "basil"], ["extras", "--why-not", "lamp"], ["--how", "plant.dim"], ["--how", "poisonous"], ["--how", "plant"]]
)
def test_explanations_in_every_format(asked: list[str], format_: str) -> None:
    result = run("explain", str(CASE), *asked, "--format", format_, *FOLDERS)
    assert (result.exit_code, result.stderr) == (0, "")
    begins = {"text": "Vera's hall", "json": "{", "dot": "digraph", "mermaid": "flowchart"}
    assert result.stdout.startswith(begins.get(format_, ("# ", "Vera's hall")))


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_what_if_in_every_format_that_tells_it(format_: str) -> None:
    result = run("explain", str(CASE), "--what-if", "home.light=sunny", "--what-if", "care.forgetful=", "--format", format_, *FOLDERS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Full sun" in result.stdout


def test_drawing_without_a_choice_is_the_whole_consultation() -> None:
    whole, part = (run("explain", str(CASE), *choice, "--format", "dot", *FOLDERS).stdout for choice in ([], ["extras"]))
    assert "line:task" in whole or "line:advice" in whole
    assert "line:" not in part
    assert "choice:extras" in part


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--how", "plant.dim", "--why-not", "basil"], "--why-not and --how ask different things; ask one at a time"),
        (["--what-if", "home.light=dim", "--how", "plant.dim"], "--how and --what-if ask different things; ask one at a time"),
        (["--why-not", "", "--flip", "basil"], "--why-not and --flip ask different things; ask one at a time"),
        (["--flip", "", "--format", "dot"], "there is no drawing of them"),
        (["plant", "--how", "plant.dim"], "--how names what it explains itself; leave `plant` out"),
        (["--what-if", "home.light=dim", "--format", "dot"], "changes are told in text, markdown or json; there is no drawing of them"),
    ],
)
def test_questions_that_make_no_sense_together_are_refused(asked: list[str], says: str) -> None:
    result = run("explain", str(CASE), *asked, *FOLDERS)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["--how", "plant.dimm"], "unknown-line"),
        (["--how", ""], "unknown-line"),
        (["--what-if", "home.light=dimm"], "unknown-option"),
        (["--what-if", "home.light"], "no-answer"),
        (["plnat", "--what-if", "home.light=dim"], "unknown-choice"),
        (["--how", "plant.food", "--format", "dot"], "nothing-to-draw"),
    ],
)
def test_explanations_refuse_what_does_not_exist(asked: list[str], code: str) -> None:
    result = run("explain", str(CASE), *asked, *FOLDERS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error[{code}]" in result.stderr


def test_case_without_answers_is_explained(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("client: A\ndate: 2026-11-21\nanswers: {}\n", encoding="utf-8")
    for asked in ([], ["--why-not", "basil"], ["--how", "plant"], ["--what-if", "home.light=dim"]):
        assert run("explain", str(case), *asked, *FOLDERS).exit_code == 0


# -- check ----------------------------------------------------------------------------------------------------


def test_check_counts_what_is_there() -> None:
    result = run("check", *FOLDERS)
    fingerprint = load(KNOWLEDGE, RULES).fingerprint
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "7 warnings")
    assert result.stdout == (
        f"questions: 8, choices: 2, rules: 22, layers: 3, claims: 5, sources: 2, lessons: 1, scenarios: 1, neighbours: 1, fingerprint: {fingerprint}\n"
    )
    data = json.loads(run("check", "--format", "json", *FOLDERS).stdout)
    assert ({problem["severity"] for problem in data["problems"]}, data["rules"], data["fingerprint"]) == ({"warning"}, 22, fingerprint)


def test_check_with_proofs_tells_what_is_guaranteed() -> None:
    result = run("check", "--prove", "--format", "short", *FOLDERS)
    assert result.exit_code == 0
    assert "care.yaml:30:5: warning[rule-never-fires]: rule `care.lamp` never fires for any client" in result.stderr
    assert "proven: However few questions are answered, every client gets exactly one plant," in result.stdout
    data = json.loads(run("check", "--prove", "--format", "json", *FOLDERS).stdout)
    certified = {one["id"]: one for one in data["certificate"]["guarantees"]}
    assert data["certificate"]["fingerprint"] == data["fingerprint"]
    assert (certified["no-dead-rule"]["state"], certified["one-pick"]["state"]) == ("not proven", "proven")
    assert {problem["code"] for problem in data["problems"]} >= {"rule-never-fires", "answers-alike", "section-can-be-empty"}


def test_check_shows_each_problem_with_its_line(broken: list[str]) -> None:
    result = run("check", *broken)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[unknown-option]" in result.stderr
    assert "= help: write `pot`" in result.stderr
    assert "1 error" in result.stderr


def test_check_in_short_is_one_line_for_each_problem(broken: list[str]) -> None:
    result = run("check", "--format", "short", *broken)
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert "care.yaml:" in line
    assert "error[unknown-option]" in line


def test_check_in_json_gives_problems_as_data(broken: list[str]) -> None:
    result = run("check", "--format", "json", *broken)
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["code"], problem["helps"]) == ("unknown-option", ["write `pot`"])


def test_recommend_with_broken_knowledge_shows_the_problems(broken: list[str]) -> None:
    result = run("recommend", str(CASE), *broken)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[unknown-option]" in result.stderr


def test_shipped_folders_are_beside_the_package_or_inside_it() -> None:
    assert all(folder.is_dir() for folder in home.folders())


def test_folders_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "__file__", str(tmp_path / "advisor" / "commands" / "home.py"))
    assert home.folders() == (tmp_path / "knowledge", tmp_path / "rules")
    (tmp_path / "advisor" / "shipped").mkdir(parents=True)
    assert home.folders() == (tmp_path / "advisor" / "shipped" / "knowledge", tmp_path / "advisor" / "shipped" / "rules")


# -- input that is not right, and wrong usage -----------------------------------------------------------------


def test_missing_case_file_is_a_problem_of_the_input(tmp_path: Path) -> None:
    result = run("recommend", str(tmp_path / "nobody.yaml"), *FOLDERS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nobody.yaml" in result.stderr
    assert "no such file" in result.stderr


def test_wrong_answer_is_shown_where_it_stands(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("client: A\ndate: 2026-11-21\nanswers:\n  home.light: dimm\n", encoding="utf-8")
    result = run("recommend", str(case), *FOLDERS)
    assert result.exit_code == 1
    assert "case.yaml:4:15" in result.stderr
    assert "write `dim`" in result.stderr


def test_missing_folder_is_a_problem_of_the_knowledge(tmp_path: Path) -> None:
    result = run("check", "--knowledge", str(tmp_path / "none"), "--rules", str(RULES))
    assert result.exit_code == 1
    assert "does not exist" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["recommend"], ["recommend", "a", "b"], ["recommend", "a", "--format", "pdf"], ["recomend", "a"], ["check", "--fromat", "text"], ["schema"], []],
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: advisor" in result.output
    assert "Traceback" not in result.output


def test_what_the_system_refuses_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(screen, "write", full)
    result = run("check", *FOLDERS)
    assert result.exit_code == 1
    assert "error[system]: the system refuses: No space left on device" in result.stderr


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("advisor ")
    shown = run("--help").stdout
    assert all(name in shown for name in ("recommend", "explain", "check", "ask", "schema"))
    assert "completion" not in shown
    assert "Usage: advisor recommend" in run("recommend", "-h").stdout


# -- interview and schemas ------------------------------------------------------------------------------------


def test_ask_shows_the_strategy_of_what_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path | None] = []

    def talk(_known: Knowledge, _console: Console, save: Path | None) -> Case:
        asked.append(save)
        return vera()

    monkeypatch.setattr(conversation, "run", talk)
    result = run("ask", "--save", "vera.yaml", *FOLDERS)
    assert "Our advice: you should buy a snake plant." in result.stdout
    assert "advisor explain vera.yaml" in result.stdout
    assert asked == [Path("vera.yaml")]


def test_ask_shows_nothing_if_the_person_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "run", lambda *_: None)
    result = run("ask", *FOLDERS)
    assert (result.exit_code, result.stdout) == (0, "")


def test_schema_writes_into_the_folder_and_names_what_it_wrote(tmp_path: Path) -> None:
    result = run("schema", "--out", str(tmp_path), *FOLDERS)
    assert result.exit_code == 0
    assert result.stdout.split() == [str(path) for path in map(Path, result.stdout.split())]
    assert all(Path(name).is_file() for name in result.stdout.split())


# -- real processes -------------------------------------------------------------------------------------------


def test_same_bytes_from_every_process(tmp_path: Path) -> None:
    runs = [process("recommend", str(CASE), "--format", "json", *FOLDERS, folder=tmp_path, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert [ran.returncode for ran in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.endswith("}\n")


def test_piped_text_has_no_escape_codes_and_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    case = tmp_path / "zoe.yaml"
    case.write_text(CASE.read_text(encoding="utf-8").replace("Vera", "Zoë"), encoding="utf-8")
    ran = process("explain", str(case), "--why-not", "basil", *FOLDERS, folder=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", TERM="xterm-256color")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ESCAPE not in ran.stdout
    assert "Zoë's hall" in ran.stdout


def test_colour_on_request(tmp_path: Path) -> None:
    assert ESCAPE in process("recommend", str(CASE), *FOLDERS, folder=tmp_path, FORCE_COLOR="1", TERM="xterm").stdout


def test_problems_go_to_standard_error(tmp_path: Path) -> None:
    ran = process("recommend", "nobody.yaml", *FOLDERS, folder=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("error[unreadable-file]")


def test_reader_that_stops_reading_is_no_problem(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ran = process("recommend", str(CASE), *FOLDERS, folder=tmp_path, stdout=write)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="signals work differently there")
def test_interrupt_ends_quietly(tmp_path: Path) -> None:
    waiting = tmp_path / "case.yaml"
    os.mkfifo(waiting)  # reading it waits until somebody writes
    run_it = [sys.executable, "-m", "advisor", "recommend", str(waiting), *FOLDERS]
    running = subprocess.Popen(run_it, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ADVISOR)}, stdout=-1, stderr=-1, text=True)
    with running, waiting.open("w", encoding="utf-8"):  # opens as soon as the program reads
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate(timeout=30)
    assert (running.returncode, stdout, stderr) == (130, "", "")
