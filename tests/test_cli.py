"""The command line: help with examples, exit codes, plain text when piped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import dying
import miniature
import pytest
from click.testing import CliRunner
from commanding import CONTEXTS, LEAVES

from graph.cli.main import COMMANDS, main

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

HEAVY = {"networkx", "pyoxigraph", "pyvis", "rdflib", "oxrdflib", "numpy", "jinja2"}
DATA = ["--data", str(miniature.DATA), "--case", "mill"]


def hudna(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=stdin)


def at(public: Path) -> list[str]:
    return ["--public", str(public), "--case", "mill"]


def process(*words: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "graph", *words]
    environment = {**os.environ, "PYTHONPATH": str(miniature.PROJECT)}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, capture_output=True, text=True, check=False, env=environment, **kwargs
    )


# Help


@pytest.mark.parametrize("name", LEAVES)
def test_each_command_has_help_with_an_example(name: str) -> None:
    result = hudna(*name.split(), "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"hudna {name}" in result.output
    needs_no_case = name == "key new" or name.startswith("events ")
    assert needs_no_case or "--case" in result.output or "CASE" in result.output


@pytest.mark.parametrize("name", LEAVES)
def test_each_option_has_help(name: str) -> None:
    for param in CONTEXTS[name].command.params:
        if param.param_type_name == "option":
            assert getattr(param, "help", None), f"{name} {param.opts}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says(name: str) -> None:
    command = main.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help is not None
    assert COMMANDS[name].split()[0] == command.help.split()[0], "two words for one thing"


def test_help_lists_all_commands() -> None:
    result = process("--help")
    assert result.returncode == 0
    assert all(f"  {name} " in result.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    ("words", "code"), [("['--version']", 0), ("['query']", 0), ("['no-such-command']", 2)]
)
def test_a_command_ends_its_process_and_takes_nothing_apart(words: str, code: int) -> None:
    told = (
        "import atexit, sys\n"
        "class Large:\n"
        "    def __del__(self): print('taken apart')\n"
        "kept = Large()\n"
        "atexit.register(print, 'at exit')\n"
        f"sys.argv = ['hudna', *{words}]\n"
        "from graph.cli import run; run()"
    )
    environment = {**os.environ, "PYTHONPATH": str(miniature.PROJECT)}
    result = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=False, env=environment
    )
    assert result.returncode == code
    assert result.stdout.endswith("at exit\n")
    assert "taken apart" not in result.stdout
    assert bool(result.stderr) == bool(code)


def test_help_is_light() -> None:
    """What a command needs is imported when it runs, not for the list of commands."""
    code = (
        "import sys; sys.argv = ['hudna', '--help']\n"
        "from graph.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"sys.stderr.write(' '.join({HEAVY!r} & sys.modules.keys()))"
    )
    environment = {**os.environ, "PYTHONPATH": str(miniature.PROJECT)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert "build" in result.stdout
    assert result.stderr == ""


def test_version() -> None:
    assert hudna("--version").output.startswith("hudna, version ")


# Exit codes


def test_check_without_a_problem() -> None:
    result = hudna("check", *DATA)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no problem found" in result.stdout


def test_check_with_problems(tmp_path: Path) -> None:
    """Each problem stands on a line of its own, as editors and compilers write them."""
    folder = miniature.broken(tmp_path, "typo-in-predicate", "unknown-kind")
    result = hudna("check", "--data", str(tmp_path), "--case", "mill")
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"{folder}/actors/scouts.toml:4: scouts, kinds: ")
    assert lines[1].startswith(f"{folder}/statements/extra.toml:5: statement extra, predicate: ")
    assert lines[2:] == ["2 problems in the data"]


def test_check_publishes_nothing(tmp_path: Path) -> None:
    assert process("check", *DATA, cwd=tmp_path).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_build(tmp_path: Path) -> None:
    result = hudna("build", *DATA, "--public", str(tmp_path))
    assert result.exit_code == 0
    assert "Built Mill Town" in result.stdout
    assert "20 things, 30 statements" in result.stdout
    assert (tmp_path / "mill" / "manifest.json").is_file()


def test_a_quiet_build_says_nothing(tmp_path: Path) -> None:
    result = hudna("build", *DATA, "--public", str(tmp_path), "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_verbose_build_tells_its_steps(tmp_path: Path) -> None:
    result = hudna("build", *DATA, "--public", str(tmp_path), "--verbose")
    steps = [line.partition(":")[0] for line in result.stderr.splitlines()]
    assert steps[0] == "reading the files"
    assert steps[-1] == "publishing"


def test_a_build_with_problems_exits_with_1(tmp_path: Path) -> None:
    miniature.broken(tmp_path, "place-besieges")
    public = tmp_path / "public"
    result = hudna("build", "--data", str(tmp_path), "--case", "mill", "--public", str(public))
    assert result.exit_code == 1
    assert "statements/extra.toml:4" in result.stderr
    assert not public.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["sing"],
        ["check", "--loudly"],
        ["query", "contestd"],
        ["query", "ties", "--param", "actor"],
        ["query", "ties", "actor"],
        ["query", "ties", "-xy"],
        ["query", "ties", "--param", "actr=river-guard"],
        ["query", "ties", "--param", "actor=nobody"],
        ["network", "tis"],
        ["network", "--status", "true"],
        ["network", "--on", "2020-02-30"],
        ["network", "--as", "nobody"],
        ["explain", "river-guard", "nobody"],
        ["export", "xml"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(words: list[str], public: Path) -> None:
    where = at(public) if words[0] in ("query", "network", "explain", "export") else []
    result = hudna(*words, *where)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("name", ["query", "network", "explain", "export", "view"])
def test_what_is_not_built_exits_with_2_and_says_what_to_do(name: str, tmp_path: Path) -> None:
    words = {"explain": ["a", "b"], "export": ["gexf"], "query": ["ties"]}.get(name, [])
    result = hudna(name, *words, *at(tmp_path))
    assert result.exit_code == 2
    assert "hudna build" in result.stderr


def test_the_queries_are_listed_without_a_build(tmp_path: Path) -> None:
    result = hudna("query", "--list", *at(tmp_path / "nowhere"))
    assert result.exit_code == 0
    assert "contested-questions" in result.stdout


def test_wrong_sparql_exits_with_2(public: Path) -> None:
    result = hudna("query", "-", *at(public), stdin="SELECT * WHERE { ?s ?p }")
    assert result.exit_code == 2
    assert "no SPARQL query" in result.stderr


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("contestd", ["contested"]),
        ("whosays", ["who-says"]),
        ("promises", ["open", "obligations"]),
        ("conditions", ["open"]),
        ("mediators", ["go-betweens"]),
        ("denial", ["denied"]),
        ("xyzzy", []),
    ],
)
def test_a_query_is_proposed_by_its_words(word: str, meant: list[str], public: Path) -> None:
    told = hudna("query", word, *at(public)).stderr
    proposed = re.findall(r'"([\w-]+)" \(', told)
    assert set(meant) <= set(proposed)
    assert bool(proposed) == bool(meant)
    assert len(proposed) <= 3


def test_parameters_follow_the_query_with_and_without_param(public: Path) -> None:
    right = hudna("query", "ties", "--param", "actor=river-guard", *at(public))
    assert right.exit_code == 0
    assert len(right.stdout.splitlines()) > 2
    assert hudna("query", "ties", "actor=the Guard", *at(public)).stdout == right.stdout
    assert hudna("query", *at(public), "ties", "actor=river-guard").stdout == right.stdout
    twice = hudna("query", "ties", "actor=river-guard", "--param", "actor=x", *at(public))
    assert "actor is given twice" in twice.stderr


@pytest.mark.parametrize(
    "words", ["signed-ties --sign -1", "signed-ties --sign=-1", "--sign -1 signed-ties"]
)
def test_what_is_no_option_is_told_as_the_parameter_that_it_is(words: str, public: Path) -> None:
    told = hudna("query", *words.split(), *at(public))
    assert told.exit_code == 2
    assert "sign is a parameter of signed-ties: sign=-1" in " ".join(told.stderr.split())
    assert hudna("query", "signed-ties", "sign=-1", *at(public)).exit_code == 0
    assert "No such option" in hudna("query", "ties", "--sign", "-1", *at(public)).stderr


def test_help_on_a_query_needs_no_folder_to_be_named() -> None:
    told = hudna("query", "denied", "--help")
    assert told.exit_code == 0
    assert "voice=Actor" in told.stdout


def test_a_case_that_is_not_there_exits_with_74(tmp_path: Path) -> None:
    result = hudna("check", "--data", str(tmp_path), "--case", "mill")
    assert result.exit_code == 74
    assert "case.toml" in result.stderr


@pytest.mark.parametrize("case", ["", ".", "..", "../data/mill", "mill/", "/mill", "Mill"])
@pytest.mark.parametrize("name", ["build", "check", "query", "network"])
def test_a_case_is_an_id_and_no_path(case: str, name: str, folder: Path) -> None:
    data, public = folder.parent, folder.parent / "public"
    where = ["--public", str(public)] if name != "check" else []
    where += ["--data", str(data)] if name in ("build", "check") else []
    result = hudna(name, "--case", case, *where)
    assert result.exit_code == 2
    assert list(data.iterdir()) == [folder]


def test_a_query_that_is_no_text_exits_with_2(public: Path) -> None:
    result = CliRunner().invoke(main, ["query", "-", *at(public)], input=b"ASK { \xff }")
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERVICE\n<http://127.0.0.1:9/> {} }",
    ],
)
def test_a_query_does_not_leave_the_machine(sparql: str, public: Path) -> None:
    result = hudna("query", "-", *at(public), stdin=sparql)
    assert result.exit_code == 2
    assert "SERVICE" in result.stderr


def test_the_word_service_in_a_text_is_no_service(public: Path) -> None:
    sparql = 'ASK { FILTER (?service != "SERVICE <http://127.0.0.1:9/>") } # SERVICE'
    assert hudna("query", "-", *at(public), stdin=sparql).exit_code == 0


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["network"], ["export", "nquads"], ["query", "ties"]])
def test_a_full_disk_behind_standard_output_exits_with_74(words: list[str], public: Path) -> None:
    command = [sys.executable, "-m", "graph", *words, *at(public)]
    environment = {**os.environ, "PYTHONPATH": str(miniature.PROJECT)}
    with FULL.open("w") as full:
        result = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment
        )
    assert result.returncode == 74
    assert "Traceback" not in result.stderr
    assert "No space left" in result.stderr


def test_a_query_file_that_is_not_there_exits_with_74(public: Path) -> None:
    result = hudna("query", "no-such-file.rq", *at(public))
    assert result.exit_code == 74
    assert "no-such-file.rq" in result.stderr


def test_a_target_in_the_way_exits_with_74(tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()
    result = hudna("build", *DATA, "--public", str(tmp_path))
    assert result.exit_code == 74
    assert "in the way" in result.stderr


def test_a_second_build_exits_with_75(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.build import publish as publishing

    monkeypatch.setattr(publishing, "_PATIENCE", 0)
    begun, tried = os.pipe(), os.pipe()

    def wait() -> None:
        os.write(begun[1], b".")
        os.read(tried[0], 1)

    child = os.fork()
    if child == 0:
        os._exit(
            dying.inside(
                lambda: publishing.publish(tmp_path / "mill", {"a": b""}, {}),
                dying.only(6, wait),
            )
        )
    os.read(begun[0], 1)
    result = hudna("build", *DATA, "--public", str(tmp_path))
    os.write(tried[1], b".")
    assert os.waitpid(child, 0)[1] == 0
    assert result.exit_code == 75
    assert "another build" in result.stderr


# Output


def test_piped_output_is_plain(public: Path) -> None:
    for words in (["query", "--list"], ["network"], ["explain", "town-council", "river-guard"]):
        result = process(*words, *at(public))
        assert result.returncode == 0, result.stderr
        assert result.stdout
        assert "\x1b" not in result.stdout + result.stderr
        assert not set("│┃━─╭╰") & set(result.stdout)


def test_a_pipe_that_closes_early_is_no_error(public: Path) -> None:
    command = f"{sys.executable} -m graph export nquads {' '.join(at(public))} | head -c 10"
    environment = {**os.environ, "PYTHONPATH": str(miniature.PROJECT)}
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert result.stderr == ""


def test_query_from_standard_input(public: Path) -> None:
    sparql = "SELECT ?place WHERE { ?guard hud:besieges ?place }"
    result = hudna("query", "-", *at(public), "--format", "csv", stdin=sparql)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["place", f"{miniature.BASE}mill-town"]


@pytest.mark.parametrize(
    ("sparql", "form", "start"),
    [
        ("ASK { ?a hud:besieges ?b }", None, "true"),
        ("CONSTRUCT { ?a hud:besieges ?b } WHERE { ?a hud:besieges ?b }", None, "@prefix"),
        ("CONSTRUCT { ?a hud:besieges ?b } WHERE { ?a hud:besieges ?b }", "nt", "<https://"),
        ("SELECT ?a WHERE { ?a hud:besieges ?b }", "json", "{"),
        ("SELECT ?a WHERE { ?a hud:besieges ?b }", None, "a"),
    ],
)
def test_forms_of_answers(sparql: str, form: str | None, start: str, public: Path) -> None:
    words = ["--format", form] if form else []
    result = hudna("query", "-", *at(public), *words, stdin=sparql)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(start)


def test_a_voice_has_its_own_world(public: Path) -> None:
    sparql = "ASK { ?event hud:perpetrator <https://w3id.org/hudna/mill/bandits> }"
    assert hudna("query", "-", *at(public), stdin=sparql).stdout == "false\n"
    own = hudna("query", "-", *at(public), "--as", "river-guard", stdin=sparql)
    assert own.stdout == "true\n"


def test_network_as_json(public: Path) -> None:
    result = hudna("network", *at(public), "--format", "json")
    content = json.loads(result.stdout)
    assert {node["id"] for node in content["nodes"]} >= {"river-guard", "mill-town"}


def test_explain_says_who_says_so(public: Path) -> None:
    result = hudna("explain", "Haras al-Nahr", "mill-town", *at(public))
    assert result.exit_code == 0
    assert "courier-2020#2.1" in result.stdout
    assert "writer of the Courier: asserts" in result.stdout


def test_verify_against_the_texts() -> None:
    result = hudna("verify", *DATA, "--texts", str(miniature.TEXTS))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "12 of 12 sentences match courier-2020.txt" in result.stdout
    assert "6 of 6 sentences match observers-2020.txt" in result.stdout


def test_verify_finds_a_changed_sentence(tmp_path: Path) -> None:
    for path in miniature.TEXTS.iterdir():
        text = path.read_text("utf-8").replace("30 shells", "13 shells")
        (tmp_path / path.name).write_text(text, "utf-8")
    result = hudna("verify", *DATA, "--texts", str(tmp_path))
    assert result.exit_code == 1
    changed, found = result.stderr.splitlines()
    assert changed.startswith("observers-2020#2.1: ")
    assert "5 as they were, 1 changed" in found
    assert "5 of 6" in result.stdout


def test_verify_without_a_text_exits_with_1(tmp_path: Path) -> None:
    result = hudna("verify", *DATA, "--texts", str(tmp_path))
    assert result.exit_code == 1
    assert "courier-2020.txt" in result.stderr


# Pipes in place of files


@pytest.mark.parametrize("words", [["query", "{}"], ["serve", "--port", "0", "--token-file", "{}"]])
def test_a_pipe_in_place_of_a_file_is_no_reason_to_wait(
    words: list[str], public: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe.rq"
    os.mkfifo(pipe)
    result = hudna(*(word.format(pipe) for word in words), *at(public))
    assert (result.exit_code, result.stdout) == (74, "")
    assert f"{pipe}: is a pipe; write a plain file" in result.stderr


# What nobody foresaw


def fail(error: BaseException) -> Callable[..., None]:
    def failing(*_: object) -> None:
        raise error

    return failing


@pytest.mark.parametrize("error", [RuntimeError("one\ntwo"), RecursionError("deep"), MemoryError()])
def test_an_error_that_nobody_foresaw_names_the_file_and_asks_for_a_report(
    error: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # what is remembered is not read again
    monkeypatch.setattr("graph.reader.things.named_thing", fail(error))
    result = hudna("check", *DATA)
    assert (result.exit_code, result.stdout) == (70, "")
    first, second, third = result.stderr.splitlines()
    name = type(error).__name__
    assert first.startswith(
        f"Error: Hudna failed while reading {miniature.FOLDER.as_posix()}/actors/"
    )
    assert f".toml: {name}: {str(error).partition(chr(10))[0]}" in first
    assert "Please report it" in second
    assert "case.py:" in third


def test_ctrl_c_is_never_taken_for_a_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("graph.reader.things.named_thing", fail(KeyboardInterrupt()))
    result = hudna("check", *DATA)
    assert "Hudna failed" not in result.stderr
    assert "Aborted!" in result.stderr


def test_an_address_with_two_hashes_is_a_problem_with_its_line(folder: Path) -> None:
    path = folder / "sources" / "courier-2020.toml"
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("url ="))
    lines[number - 1] = 'url = "https://t.me/s/x?a=1#b#c"'
    path.write_text("\n".join(lines), "utf-8")
    result = hudna("check", "--case", "mill", "--data", str(folder.parent))
    assert result.exit_code == 1
    assert f"{path.as_posix()}:{number}: courier-2020, url:" in result.stderr
    assert "https://t.me/s/x?a=1#b%23c" in result.stderr
