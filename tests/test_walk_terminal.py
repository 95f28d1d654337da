"""A walk at a pseudo-terminal: the screen it takes, the keys, and the terminal afterwards."""

import os
import signal
import termios
from pathlib import Path

import pytest

from .conftest import Run
from .terminals import PROMPT, Terminal

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
SCREEN = "quit\x1b[J"
"""What ends each screen."""

NOTE = "does not replace a doctor"
DELIVERED = "A regulator"


@pytest.fixture
def walk(small_file: Path) -> Terminal:
    """Return a walk with single keys at its first step."""
    terminal = Terminal(f"walkthrough car-t -i --data {small_file}")
    terminal.read_until(SCREEN)
    return terminal


def test_single_keys_lead_from_step_to_step_and_to_the_sources(walk: Terminal) -> None:
    assert "Collection" in walk.shown
    assert "step 1 of 2" in walk.shown

    shown = [walk.type(key, SCREEN) for key in ("n", "b", "\x1b[C", "\x1b[D", " ", "1", "\r", "s")]

    assert [f"step {number} of 2" in each for each, number in zip(shown, "21212122", strict=True)]
    assert "Infusion" in shown[0]
    assert "ELARA" not in "".join(shown[:-1])
    assert "ELARA" in shown[-1]
    code, _ = walk.end("q")
    assert code == 0


def test_a_walk_takes_a_screen_of_its_own_and_tells_the_note_once_when_it_is_left(
    walk: Terminal,
) -> None:
    walk.type("n", SCREEN)
    code, shown = walk.end("q")
    screens, after = shown.split(LEAVE)

    assert code == 0
    assert shown.startswith(ENTER)
    assert shown.count(ENTER) == 1
    assert NOTE not in screens
    assert after.replace("\n", " ").count(NOTE) == 1
    assert "therapyinfo " in after  # the first command that a line has room for


@pytest.mark.parametrize("keys", ["q", "Q", "\x1b", "\x04", "nn"])
def test_a_walk_ends_at_a_key(walk: Terminal, keys: str) -> None:
    assert walk.end(keys)[0] == 0


def _settings(terminal: Terminal) -> list[object]:
    """Return how the terminal is set for whoever reads it next."""
    return termios.tcgetattr(terminal.ours)


@pytest.mark.parametrize(
    ("keys", "number", "code"),
    [("q", None, 0), ("\x03", None, 130), ("", signal.SIGTERM, -15), ("", signal.SIGHUP, -1)],
    ids=["q", "Ctrl-C", "SIGTERM", "SIGHUP"],
)
def test_the_terminal_is_afterwards_as_it_was(
    walk: Terminal, keys: str, number: int | None, code: int
) -> None:
    other, its = os.openpty()
    untouched = termios.tcgetattr(its)[3]
    assert _settings(walk)[3] != untouched
    if number is not None:
        os.kill(walk.process.pid, number)
    os.write(walk.ours, keys.encode())
    walk.read_until(LEAVE)
    walk.process.wait(60)

    assert _settings(walk)[3] == untouched
    assert walk.end()[0] == code
    os.close(other)
    os.close(its)


def test_the_terminal_is_as_it_was_after_an_error_too(small_file: Path) -> None:
    line = f"walkthrough car-t -i --data {small_file}"
    walk = Terminal(line, PYTHONPATH=str(_broken(small_file.parent)))
    code, shown = walk.end()

    assert code == 1
    assert shown.index(ENTER) < shown.index(LEAVE) < shown.index("internal error")


def _broken(folder: Path) -> Path:
    """Return a folder in which every screen of a walk fails to be drawn."""
    (folder / "sitecustomize.py").write_text(
        "import therapyinfo.cli.keyboard as keyboard\n"
        "def size(self):\n    raise RuntimeError('no size')\n"
        "keyboard.Keyboard.size = size\n"
    )
    return folder


def test_a_walk_follows_the_size_of_its_terminal(walk: Terminal) -> None:
    smaller = walk.resize(20, 40, SCREEN)
    larger = walk.resize(40, 120, SCREEN)

    assert [each.count("\x1b[K") for each in (smaller, larger)] == [20, 40]
    assert walk.end("q")[0] == 0


def test_an_unknown_key_shows_the_keys(walk: Terminal) -> None:
    for key in (b"x", b"\xe9", b"\xff\xfe", b"\x1b[200~"):
        assert "the next step" in walk.type(key, SCREEN)
    assert "Collection" in walk.type("\x1b", SCREEN)
    assert walk.end("q")[0] == 0


def test_a_walk_lets_the_reader_do_something_else_in_between(walk: Terminal) -> None:
    os.kill(walk.process.pid, signal.SIGTSTP)

    # A process without a shell above it is not stopped, and goes on at once.
    assert LEAVE + ENTER in walk.read_until(SCREEN)
    assert walk.end("q")[0] == 0


@pytest.mark.parametrize("keys", [b"\xe9\n", b"\xff\xfe\n", b"\xc3\n", "漢字\n".encode()])
def test_line_by_line_too_what_is_no_text_is_an_unknown_key(small_file: Path, keys: bytes) -> None:
    walk = Terminal(f"walkthrough car-t -i --data {small_file}", ACCESSIBLE="1", LC_ALL="C.UTF-8")
    walk.read_until(PROMPT)

    assert "Collection" not in walk.type(keys)
    assert walk.end("q\n")[0] == 0


def test_line_by_line_sources_stand_behind_a_key_and_the_note_at_the_end(small_file: Path) -> None:
    walk = Terminal(f"walkthrough car-t -i -f plain --data {small_file}")
    first = walk.read_until(PROMPT)
    second, sources, jumped = walk.type("\n"), walk.type("s\n"), walk.type("1\n")
    code, shown = walk.end("q\n")

    assert code == 0
    assert "ELARA" not in first + second + jumped
    assert "ELARA" in sources
    assert "Collection" in jumped
    assert " ".join(shown.split()).count(NOTE) == 1


@pytest.mark.parametrize(
    ("options", "environ", "wanted", "unwanted"),
    [
        ("--color never", {}, "Collection", "\x1b[1"),
        ("", {"NO_COLOR": "1"}, "Collection", "\x1b[1"),
        ("--color always", {"NO_COLOR": "1"}, "\x1b[1", "STEP 1"),
        ("-f plain", {}, "STEP 1 OF 2", "\x1b"),
        ("--step 2", {}, "Infusion", "Collection\x1b"),
        ("--width 40", {}, "step 1 of 2", "A machine takes T cells from"),
        ("", {"TERM": "linux"}, "Collection", "\x1b]8"),
        ("", {"ACCESSIBLE": "0"}, ENTER, "STEP 1"),
    ],
)
def test_a_walk_obeys_the_shared_options(
    small_file: Path, options: str, environ: dict[str, str], wanted: str, unwanted: str
) -> None:
    walk = Terminal(f"walkthrough car-t -i {options} --data {small_file}", **environ)
    first = walk.read_until(PROMPT if "plain" in options else SCREEN)

    assert wanted in first
    assert unwanted not in first
    assert walk.end("q\n")[0] == 0


@pytest.mark.parametrize(
    "options", ["-o page.txt", "-f json", "-f html", "-f markdown", "-o page.html --color never"]
)
def test_what_is_no_conversation_is_refused(therapyinfo: Run, options: str) -> None:
    code, out, err = therapyinfo(f"walkthrough car-t -i {options}")

    assert code == 2
    assert "-i takes no -o" in out + err
    assert not Path("page.txt").exists()
