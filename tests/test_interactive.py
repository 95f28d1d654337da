"""The tool at a terminal: one step at a time, and long pages through a pager."""

import re
import shlex
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run
from .processes import run_cli, warm_cache
from .terminals import PROMPT, Terminal

ESCAPE = re.compile(r"\x1b(?:\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)")
"""The escapes that may be there: colour and weight, and links."""

FIRST, SECOND, LAST = "Collection", "Laboratory", "Infusion"
STEPS = f"""\
    steps:
      - title: {FIRST}
        happens: A machine takes T cells.
        sources: [label-2024]
      - title: {SECOND}
        happens: The cells get a gene.
        sources: [label-2024]
      - title: {LAST}
        happens: The cells come back.
        sources: [label-2024]
"""


@pytest.fixture
def steps_file(small_file: Path) -> Path:
    """Return a knowledge file with a process of three steps."""
    text = small_file.read_text("utf-8")
    old = text[text.index("    steps:\n") : text.index("    uses:\n")]
    small_file.write_text(text.replace(old, STEPS), encoding="utf-8")
    return small_file


@pytest.fixture
def walk(steps_file: Path) -> Terminal:
    """Return a walk line by line at its first step."""
    terminal = Terminal(f"walkthrough car-t -i --data {steps_file}", ACCESSIBLE="1")
    terminal.read_until(PROMPT)
    return terminal


def test_a_walk_goes_forward_and_back_and_ends_after_the_last_step(walk: Terminal) -> None:
    shown = [walk.shown, *map(walk.type, ["\n", "b\n", "n\n", "next\n", "back\n", "b\n", "b\n"])]
    titles = [re.findall(f"{FIRST}|{SECOND}|{LAST}", each) for each in shown]
    walk.type("\n")
    walk.type("N\n")
    code, _ = walk.end("\n")

    assert [each[0] for each in titles] == [
        FIRST,
        SECOND,
        FIRST,
        SECOND,
        LAST,
        SECOND,
        FIRST,
        FIRST,
    ]
    assert code == 0


@pytest.mark.parametrize(
    ("keys", "code"),
    [("q\n", 0), ("QUIT\n", 0), ("\x04", 0), ("\x03", 130), ("x\x04\x04\x04", 0)],
    ids=["q", "quit", "end of input", "Ctrl-C", "end of input in a line"],
)
def test_a_walk_ends_when_the_reader_wants(walk: Terminal, keys: str, code: int) -> None:
    ended, shown = walk.end(keys)

    assert ended == code
    assert SECOND not in shown
    assert "Traceback" not in shown
    assert shown.endswith("\n")


def test_an_unknown_key_asks_again(walk: Terminal) -> None:
    again = walk.type("what?\n")

    assert FIRST not in again
    assert walk.end("q\n")[0] == 0


def test_a_walk_can_start_at_a_step(steps_file: Path) -> None:
    walk = Terminal(f"walkthrough car-t -i --step 3 --data {steps_file}", ACCESSIBLE="1")
    shown = walk.read_until(PROMPT)

    assert LAST in shown
    assert FIRST not in shown
    assert walk.end("\n")[0] == 0


@pytest.mark.parametrize(
    ("options", "environ"),
    [
        ("", {"TERM": "dumb"}),
        ("", {"TERM": "unknown"}),
        ("", {"TERM": ""}),
        ("", {"ACCESSIBLE": "1"}),
        ("-f plain", {}),
        ("-f terminal", {"ACCESSIBLE": "1"}),
    ],
)
def test_a_walk_line_by_line_never_moves_the_cursor(
    steps_file: Path, options: str, environ: dict[str, str]
) -> None:
    walk = Terminal(f"walkthrough car-t -i {options} --data {steps_file}", **environ)
    walk.read_until(PROMPT)
    walk.type("\n")
    code, shown = walk.end("q\n")

    assert code == 0
    assert "\x1b" not in ESCAPE.sub("", shown)
    assert "\r" not in shown


@pytest.mark.parametrize("option", ["", " --step 2"])
def test_a_walk_without_a_terminal_says_what_to_use(option: str, therapyinfo: Run) -> None:
    code, out, err = therapyinfo(f"walkthrough car-t -i{option}")

    assert (code, out) == (2, "")
    assert "therapyinfo walkthrough car-t --step N" in err


@pytest.fixture
def pager(tmp_path: Path) -> Callable[[str], Path]:
    """Return what makes a pager that keeps what it is given: pager(name) -> its path."""

    def make(name: str) -> Path:
        path = tmp_path / name
        kept = shlex.quote(str(path.with_suffix(".kept")))
        told = shlex.quote(str(path.with_suffix(".told")))
        path.write_text(f'#!/bin/sh\necho "$@" >{told}\ncat >{kept}\n')
        path.chmod(0o700)
        return path

    return make


def kept(pager: Path) -> str:
    """Return what a pager was given; empty if it never ran."""
    path = pager.with_suffix(".kept")
    return path.read_text("utf-8") if path.exists() else ""


def test_a_long_page_goes_through_the_pager(pager: Callable[[str], Path]) -> None:
    marker = pager("marker")
    code, shown = Terminal("explain car-t", PAGER=str(marker)).end()

    assert (code, shown) == (0, "")
    assert "CAR-T therapy" in kept(marker)


@pytest.mark.parametrize(
    "line",
    [
        "explain car-t --brief",
        "explain car-t --no-pager",
        "explain car-t -f json",
        "explain car-tt",
    ],
)
def test_a_page_that_needs_no_pager_gets_none(
    line: str, pager: Callable[[str], Path], small_file: Path
) -> None:
    marker = pager("marker")
    data = f" --data {small_file}" if "--brief" in line else ""
    _, shown = Terminal(line + data, PAGER=str(marker)).end()

    assert "CAR" in shown.upper()
    assert not kept(marker)


def test_a_page_that_is_not_for_a_terminal_gets_no_pager(
    pager: Callable[[str], Path], tmp_path: Path
) -> None:
    marker, page = pager("marker"), tmp_path / "page.txt"
    piped = run_cli(["explain", "car-t"], warm_cache(), environ={"PAGER": str(marker)})
    code, shown = Terminal(f"explain car-t -o {page}", PAGER=str(marker)).end()

    assert (code, shown) == (0, "")
    assert "CAR-T" in piped[1]
    assert "CAR-T" in page.read_text("utf-8")
    assert not kept(marker)


def test_a_pager_can_have_arguments_and_spaces(pager: Callable[[str], Path]) -> None:
    marker = pager("a marker")
    code, _ = Terminal("explain car-t", PAGER=f"{shlex.quote(str(marker))} -x 'two words'").end()

    assert code == 0
    assert marker.with_suffix(".told").read_text() == "-x two words\n"
    assert kept(marker)


def test_the_tools_own_setting_beats_the_general_one(pager: Callable[[str], Path]) -> None:
    own, general = pager("own"), pager("general")
    Terminal("explain car-t", THERAPYINFO_PAGER=str(own), PAGER=str(general)).end()
    _, shown = Terminal("explain car-t", THERAPYINFO_PAGER="", PAGER=str(general)).end()

    assert kept(own)
    assert not kept(general)
    assert "CAR-T" in shown


@pytest.mark.parametrize("setting", ["", "cat", "/bin/cat", "no-such-pager", "'unfinished", "/dev"])
def test_without_a_pager_the_page_is_printed(setting: str) -> None:
    code, shown = Terminal("explain car-t", PAGER=setting).end()

    assert code == 0
    assert shown.count("\n") > 24
    assert "does not replace" in shown


@pytest.mark.parametrize("setting", ["true", "false", "head -n 1", f"{sys.executable} -c 1/0"])
def test_a_pager_that_ends_early_is_no_error(setting: str) -> None:
    code, shown = Terminal("explain car-t --full", PAGER=setting).end()

    assert code == 0
    assert "therapyinfo:" not in shown


def test_ctrl_c_is_for_the_pager(tmp_path: Path) -> None:
    script = tmp_path / "pager"
    script.write_text("trap 'echo stays' INT\necho ready\ncat >/dev/null\nread key </dev/tty\n")
    run = Terminal("explain car-t", PAGER=f"sh {script}")
    run.read_until("ready")
    run.type("\x03", "stays")
    code, _ = run.end("\n\n")

    assert code == 0


def test_a_terminal_of_unknown_height_is_taken_for_24_lines(
    pager: Callable[[str], Path], small_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(termios, "tcsetwinsize", lambda *_: None)
    short, long = pager("short"), pager("long")
    Terminal(f"explain car-t --brief --data {small_file}", PAGER=str(short)).end()
    Terminal("explain car-t", PAGER=str(long)).end()

    assert not kept(short)
    assert kept(long)
