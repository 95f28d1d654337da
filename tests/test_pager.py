"""When a long page goes through a pager, how that is run, and what becomes of the page."""

import os
import shlex
import signal
from pathlib import Path

import pytest

from therapyinfo.cli.environment import can_move_cursor, is_on, knows_links

from .terminals import Terminal


def _ran(tmp_path: Path, **environ: str) -> tuple[bool, str]:
    """Return whether a pager ran, and what was shown."""
    kept = tmp_path / "page.kept"
    _, shown = Terminal("explain car-t", **{"PAGER": f"cat >{kept}", **environ}).end()
    return kept.exists(), shown


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "dumb"},
        {"TERM": "unknown"},
        {"TERM": ""},
        {"TERM": "emacs"},
        {"CI": "true"},
        {"PAGER": ""},
        {"PAGER": " cat "},
    ],
)
def test_where_nobody_could_use_a_pager_the_page_is_printed(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    ran, shown = _ran(tmp_path, **environ)

    assert not ran
    assert "does not" in shown


@pytest.mark.parametrize("environ", [{}, {"CI": "false"}, {"ACCESSIBLE": "1"}, {"TERM": "xterm"}])
def test_where_somebody_can_the_pager_they_named_gets_the_page(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    assert _ran(tmp_path, **environ) == (True, "")


def _default_pager(folder: Path) -> Path:
    """Return a folder with a `less` that keeps what it is given beside itself."""
    less = folder / "less"
    less.write_text(f"#!/bin/sh\ncat >{shlex.quote(str(folder))}/page.kept\n")
    less.chmod(0o700)
    return folder


@pytest.mark.parametrize(("accessible", "ran"), [("1", False), ("0", True), ("no", True)])
def test_to_listen_there_is_no_pager_unless_one_is_named(
    tmp_path: Path, accessible: str, ran: bool
) -> None:
    path = f"{_default_pager(tmp_path)}:{os.environ['PATH']}"
    Terminal("explain car-t", PATH=path, ACCESSIBLE=accessible).end()

    assert (tmp_path / "page.kept").exists() == ran


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("sed 's/CAR-T/XYZ/' | cat", "XYZ"),
        ("cat; echo told $?", "told 0"),
        ("WORD=some sh -c 'echo $WORD words; cat'", "some words"),
    ],
)
def test_a_pager_is_a_command_for_the_shell(command: str, wanted: str) -> None:
    code, shown = Terminal("explain car-t", PAGER=command).end()

    assert code == 0
    assert wanted in shown
    assert "does not" in shown


@pytest.mark.parametrize(
    "command", ["false", "exit 3", "no-such-pager", "cat >/dev/null; exit 1", "'"]
)
def test_a_pager_that_fails_at_once_loses_nothing(command: str) -> None:
    code, shown = Terminal("explain car-t", PAGER=command).end()

    assert code == 0
    assert "CAR-T therapy" in shown
    assert "does not" in shown


def test_what_less_is_told_is_kept_and_colours_are_let_through(tmp_path: Path) -> None:
    told = tmp_path / "told"
    Terminal("explain car-t", PAGER=f'echo "$LESS" >{told}; cat', LESS="-i").end()
    given = told.read_text()
    Terminal("explain car-t", PAGER=f'echo "$LESS" >{told}; cat').end()

    assert given == "-R -i\n"
    assert told.read_text() == "FRX\n"


@pytest.mark.parametrize("command", ["{0}", "cat | {0}"])
def test_a_signal_that_ends_the_program_leaves_no_pager_behind(
    tmp_path: Path, command: str
) -> None:
    script = tmp_path / "pager"
    script.write_text("echo ready; exec sleep 1000\n")
    run = Terminal("explain car-t", PAGER=command.format(f"sh {script}"))
    run.read_until("ready")
    os.kill(run.process.pid, signal.SIGTERM)
    # The terminal has an end only once nobody holds it open any more.
    code, _ = run.end()

    assert code == -signal.SIGTERM


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, False),
        ("", False),
        ("0", False),
        ("false", False),
        ("No", False),
        ("OFF", False),
        ("1", True),
        ("true", True),
        ("yes", True),
        ("on", True),
    ],
)
def test_a_variable_that_says_no_is_off(
    monkeypatch: pytest.MonkeyPatch, value: str | None, expected: bool
) -> None:
    monkeypatch.delenv("ACCESSIBLE", raising=False)
    if value is not None:
        monkeypatch.setenv("ACCESSIBLE", value)

    assert is_on("ACCESSIBLE") == expected


TERMINALS = {
    "xterm-256color": (True, True),
    "xterm-kitty": (True, True),
    "tmux-256color": (True, True),
    "foot": (True, True),
    "screen-256color": (True, False),
    "linux": (True, False),
    "eterm-color": (True, False),
    "vt100": (True, False),
    "dumb": (False, False),
    "unknown": (False, False),
    "emacs": (False, False),
    "": (False, False),
}


@pytest.mark.parametrize("name", TERMINALS)
def test_what_a_terminal_can_do_is_known_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for variable in ("TMUX", "INSIDE_EMACS", "FORCE_HYPERLINK"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", name)

    assert (can_move_cursor(), knows_links()) == TERMINALS[name]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux"}, True),
        ({"TERM": "xterm-256color", "INSIDE_EMACS": "29.1,comint"}, False),
        ({"TERM": "xterm-256color", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "linux", "FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_links_depend_on_what_stands_between_and_can_be_forced(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: bool
) -> None:
    for variable in ("TMUX", "INSIDE_EMACS", "FORCE_HYPERLINK"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environ.items():
        monkeypatch.setenv(variable, value)

    assert knows_links() == expected
