"""Errors, and the problems of a file, as a person reads them at a terminal."""

import re
from pathlib import Path

import pytest

from therapyinfo.errors import Problem
from therapyinfo.render.messages import error_text, problem_text
from therapyinfo.render.options import RenderOptions, display_width

from .measure import ESCAPES, controls
from .terminals import Terminal

ERROR = "no therapy is called 'kymria'. Did you mean kymriah? See: therapyinfo list"
LINE = (
    "  name: a text of several words, which is a good deal longer than a screen is wide: "
    + "x" * 40
)


def _problem(column: int, path: str = "my file.yaml") -> Problem:
    message = "key 'foo' is not known here, as is any other word that nobody has told of"
    return Problem(path, 12, column, "error", "unknown-key", "therapies.car-t", message)


@pytest.mark.parametrize(
    ("message", "command"),
    [
        (ERROR, "therapyinfo list"),
        ("No such command 'x'. See: therapyinfo --help", "therapyinfo --help"),
        ("a. To read about it: therapyinfo explain car-t", "therapyinfo explain car-t"),
        ("no section is called 'x'. See: glance, sources", None),
        ("therapyinfo cannot write the answer: no space", None),
    ],
)
def test_the_command_of_an_error_stands_on_a_line_of_its_own(
    message: str, command: str | None
) -> None:
    lines = error_text(message, RenderOptions()).splitlines()

    assert (lines[-1] == f"  {command}") == (command is not None)
    assert " ".join(" ".join(lines).split()) == f"therapyinfo: {message}"


@pytest.mark.parametrize("width", range(20, 121))
def test_a_message_is_whole_and_within_the_width(width: int) -> None:
    look = RenderOptions(width=width)
    shown = error_text(ERROR, look) + problem_text(_problem(3), lambda *_: LINE, look)

    lines = [line for line in shown.splitlines() if not line.startswith("  --> ")]
    assert max(map(display_width, lines)) <= width
    for word in f"{ERROR} {_problem(3).message} error[unknown-key] therapies.car-t:".split():
        assert word in shown.split(), word


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("column", [1, 3, 9, 60, len(LINE), len(LINE) + 1])
def test_the_caret_is_under_the_place(column: int, width: int) -> None:
    shown = problem_text(_problem(column), lambda *_: LINE, RenderOptions(width=width))
    line, caret = shown.splitlines()[-2:]
    at = caret.index("^")

    assert line.startswith("12 | ")
    assert line[at : at + 1].strip() == LINE[column - 1 : column].strip()
    assert line.removeprefix("12 | ").strip() in LINE


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\tb", "細胞" * 40, "\u202eabc", "\x9b2J"])
def test_a_line_of_a_file_is_shown_as_text(text: str) -> None:
    shown = problem_text(_problem(2), lambda *_: text, RenderOptions(width=40, color=True))

    assert controls(ESCAPES.sub("", shown)) == []
    assert max(map(display_width, ESCAPES.sub("", shown).splitlines())) <= 40
    assert "\x1b[31mred" not in shown


def test_a_file_that_was_not_read_has_no_line() -> None:
    shown = problem_text(_problem(1), lambda *_: None, RenderOptions())

    assert shown.splitlines()[-1] == "  --> my file.yaml:12:1"


def test_nothing_is_told_by_colour_alone() -> None:
    plain, colored = RenderOptions(), RenderOptions(color=True)

    assert ESCAPES.sub("", error_text(ERROR, colored)) == error_text(ERROR, plain)
    assert ESCAPES.sub("", problem_text(_problem(3), lambda *_: LINE, colored)) == problem_text(
        _problem(3), lambda *_: LINE, plain
    )


def test_check_shows_the_line_with_a_caret_on_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text('version: "1"\nreviewed: 2026-11-25\nextends: builtin\nfoo: 3\n')
    code, shown = Terminal(f"check {file}", NO_COLOR="1").end()

    assert code == 1
    assert "4 | foo: 3\n  | ^\n" in shown
    assert re.search(r"^error\[unknown-key\]", shown)


def test_an_error_is_wrapped_on_a_terminal() -> None:
    code, shown = Terminal("explain no-such-therapy", NO_COLOR="1").end()

    assert code == 1
    assert shown.endswith("See:\n  therapyinfo list\n")
