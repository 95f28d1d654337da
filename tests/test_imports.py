"""What a run imports: the slow libraries only where they are needed; and completion by shells."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from .processes import Finished, run_cli, warm_cache

SLOW = {"rich", "yaml", "pydantic", "importlib.metadata", "jinja2", "email", "asyncio", "ssl"}
"""What takes longer to import than a whole answer takes; `rich` stands for all of it."""

TELL = """
import atexit, json, sys
def tell():
    with open(sys.argv.pop(), "w") as file:
        json.dump(list(sys.modules), file)
atexit.register(tell)
told = sys.argv.pop()
from therapyinfo.cli.main import main
arguments = sys.argv[1:]
sys.argv.append(told)
main(arguments)
"""


def imported(line: str, tmp_path: Path, **environ: str) -> tuple[Finished, set[str]]:
    """Return the answer of a run with a warm cache and the modules that were imported for it."""
    told = tmp_path / "modules.json"
    command = [sys.executable, "-c", TELL]
    answer = run_cli(
        [*shlex.split(line), str(told)], warm_cache(), command=command, environ=environ
    )
    return answer, set(json.loads(told.read_text("utf-8")))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", 0),
        ("list", 0),
        ("list --color always", 0),
        ("explain car-t", 0),
        ("explain car-t --full", 0),
        ("explain car-t -f json", 0),
        ("explain car-t -f markdown", 0),
        ("compare car-t msc", 0),
        ("compare car-t msc -f csv", 0),
        ("walkthrough car-t", 0),
        ("numbers car-t", 0),
        ("products car-t", 0),
        ("sources car-t", 0),
        ("define CRS", 0),
        ("search driving", 0),
        ("--version", 0),
        ("--help", 0),
        ("explain --help", 0),
        ("explain car-tt", 1),
        ("explain car-tt -f json", 1),
        ("walkthrough car-t -i", 2),
        ("explain", 2),
        ("explian car-t", 2),
        ("explain car-t --no-such-option", 2),
    ],
)
def test_what_goes_into_a_pipe_needs_no_slow_import(line: str, code: int, tmp_path: Path) -> None:
    answer, modules = imported(line, tmp_path)

    assert answer[0] == code, answer
    assert not modules & SLOW


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("explain car-t -f terminal", {"rich"}),
        ("explain car-t -f terminal --color always", {"rich"}),
        ("explain car-t -f html", {"jinja2"}),
    ],
)
def test_a_slow_library_comes_alone(line: str, wanted: set[str], tmp_path: Path) -> None:
    answer, modules = imported(line, tmp_path)

    assert answer[0] == 0, answer
    assert wanted <= modules
    assert not modules & (SLOW - wanted) & {"yaml", "pydantic", "rich", "importlib.metadata"}


def completing(shell: str, words: str) -> dict[str, str]:
    """Return the environment in which a shell asks for the completion of a line."""
    environ = {
        "_THERAPYINFO_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    if shell == "bash":
        number = len(words.split(" ")) - 1
        environ = {**environ, "COMP_WORDS": words, "COMP_CWORD": str(number)}
    if shell == "powershell":
        environ["_TYPER_COMPLETE_WORD_TO_COMPLETE"] = words.rsplit(" ", maxsplit=1)[-1]
    return environ


FORMS = {"bash": "{0}", "zsh": '"{0}":"{1}"', "fish": "{0}\t{1}", "powershell": "{0}:::{1}"}
SHELLS = sorted(FORMS)


def values(shell: str, out: str) -> dict[str, str]:
    """Return the plain values of what a shell is told, each with its description."""
    out = out.strip("\n")
    if shell == "zsh":
        out = out.removeprefix("_arguments '*: :((").removesuffix("))'")
    if shell == "bash":
        return dict.fromkeys(out.split("\n"), "")
    form = re.escape(FORMS[shell]).replace(r"\{0\}", "([\\w.-]+)").replace(r"\{1\}", "([\\w ,.-]+)")
    found = [re.fullmatch(form, line) for line in out.split("\n")]
    assert all(found), out
    return {each[1]: each[2] for each in found if each}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("explain c", ["car-t", "car-nk", "checkpoint-inhibitor", "carvykti", "cemiplimab"]),
        ("products ky", ["kymriah"]),
        ("ky", ["kymriah"]),
        ("car-t --section ri", ["risks"]),
        ("explain kymriah --section si", ["side-effects"]),
        ("compare car-t ms", ["msc"]),
        ("explain car-t --section ri", ["risks"]),
        ("compare car-t msc --on main-h", ["main-harms"]),
        ("products --region u", ["us", "uk"]),
        ("define leukap", ["leukapheresis"]),
    ],
)
def test_shells_are_told_plain_values_and_what_each_is(
    words: str, wanted: list[str], shell: str, tmp_path: Path
) -> None:
    environ = completing(shell, f"therapyinfo {words}")
    answer, modules = imported("", tmp_path, **environ)
    told = values(shell, answer[1])

    assert answer[2] == ""
    assert set(wanted) <= set(told)
    assert all(each.startswith(words.rsplit(maxsplit=1)[-1].casefold()) for each in told)
    assert not modules & SLOW


def test_commands_are_completed_too(tmp_path: Path) -> None:
    answer, modules = imported("", tmp_path, **completing("bash", "therapyinfo expl"))

    assert answer == (0, "explain\n", "")
    assert not modules & SLOW


BROKEN = {
    "missing": None,
    "empty": "",
    "no YAML": "a: [",
    "invalid": "therapies: {car-t: {name: [x]}}\n",
    "of another kind": "- a\n",
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_completion_is_silent_with_broken_data(
    text: str | None, shell: str, tmp_path: Path
) -> None:
    path = tmp_path / "broken.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    environ = completing(shell, "therapyinfo explain c")
    answer, _ = imported("", tmp_path, **environ, THERAPYINFO_DATA=str(path))

    assert answer[1].strip() in ("", "_files")
    assert answer[2] == ""
