"""How `less` is started where the reader has set neither LESS nor PAGER."""

import os
import re
import shlex
from pathlib import Path

import pytest

from therapyinfo.cli.less import EDGE, HEADING, history, prompt

from .terminals import Terminal

RECORD = """#!/bin/sh
for each; do echo "$each"; done >{0}/told
cp "$LESSHISTFILE" {0}/history
echo "$LESS" >{0}/less-variable
cat >{0}/page
"""


def _less(folder: Path, name: str = "less") -> str:
    """Return a PATH whose `less` is a program of some name that writes down what it is told."""
    program = folder / name
    program.write_text(RECORD.format(shlex.quote(str(folder))))
    program.chmod(0o700)
    if name != "less":
        (folder / "less").symlink_to(program)
    return f"{folder}:{os.environ['PATH']}"


def test_less_is_told_the_page_the_line_and_the_keys_and_what_a_heading_is(tmp_path: Path) -> None:
    Terminal("explain car-t", PATH=_less(tmp_path)).end()
    lines = (tmp_path / "page").read_text().count("\n")

    *options, said = (tmp_path / "told").read_text().splitlines()
    assert options == ["-R", "-F", "-g", "-j2"]
    assert said.startswith(f"-Ps CAR-T therapy   line %lb of {lines}   n next heading   / search")
    assert (tmp_path / "history").read_bytes() == history("utf-8")
    assert (tmp_path / "less-variable").read_text() == "\n"


WITH_VERSION = """#!/bin/sh
if [ "$1" = --version ]; then echo "less {1} (GNU regular expressions)"; exit; fi
for each; do echo "$each"; done >{0}/told
cat >{0}/page
"""


@pytest.mark.parametrize(
    ("mouse", "version", "asked"),
    [("1", "590", True), ("1", "551", True), ("1", "487", False), ("0", "590", False)],
)
def test_less_asks_for_the_wheel_where_tmux_has_the_mouse(
    mouse: str, version: str, tmp_path: Path, *, asked: bool
) -> None:
    programs = {
        "less": WITH_VERSION.format(tmp_path, version),
        "tmux": f"#!/bin/sh\necho {mouse}\n",
    }
    for name, program in programs.items():
        (tmp_path / name).write_text(program)
        (tmp_path / name).chmod(0o700)
    path = f"{tmp_path}:{os.environ['PATH']}"
    Terminal("explain car-t", PATH=path, TMUX="/tmp/tmux,1,0").end()

    assert ("--mouse" in (tmp_path / "told").read_text().splitlines()) == asked
    assert (tmp_path / "page").exists()


def test_the_less_of_busybox_gets_only_the_options_that_it_knows(tmp_path: Path) -> None:
    Terminal("explain car-t", PATH=_less(tmp_path, "busybox")).end()

    assert (tmp_path / "told").read_text().splitlines() == ["-R", "-F"]
    assert (tmp_path / "page").exists()


@pytest.mark.parametrize("more", [{"LESS": "-i"}, {"LESS": "", "LESSHISTFILE": "/dev/null"}])
def test_what_the_reader_has_set_is_left_alone(tmp_path: Path, more: dict[str, str]) -> None:
    Terminal("explain car-t", PATH=_less(tmp_path), **more).end()

    assert (tmp_path / "told").read_text() == ""
    assert (tmp_path / "less-variable").read_text() == f"-R {more['LESS']}\n"


def test_the_front_page_is_never_paged(tmp_path: Path) -> None:
    _, shown = Terminal("", PATH=_less(tmp_path)).end()

    assert not (tmp_path / "told").exists()
    assert "therapyinfo" in shown


@pytest.mark.parametrize("width", range(10, 120))
def test_the_prompt_is_one_line_and_tells_the_keys_before_the_page(width: int) -> None:
    told = prompt("CAR-T therapy", 401, width).replace("%lb", "401").replace("\\", "")

    assert "line 401 of 401" in told
    free = width - EDGE
    assert len(told) <= max(free, len(" line 401 of 401 "))
    assert "q quit" in told or free < len(" line 401 of 401   n next   q quit ")
    assert "CAR-T" in told or free < len(" CAR-T therapy   line 401 of 401   n next   q quit ")


def test_nothing_in_a_title_is_an_instruction_to_less() -> None:
    told = prompt("a%lb?e:b.\\c", 9, 80)

    assert told.startswith(r" a\%lb\?e\:b\.\\c   line %lb of 9")


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("  Who is it for? ───────────", True),
        ("  ╭─  Get help at once  ─────╮", True),
        ("  ╭─  Get help at once: your team's 24-hour number  ─╮", True),
        ("WHO IS IT FOR?", True),
        ("GET HELP AT ONCE: your team's 24-hour number", True),
        ("  ──────────────────────", False),
        ("  A sentence.", False),
        ("US and EU.", False),
        ("CAR-T: T cells are collected.", False),
        ("  ╰──────────────────────╯", False),
    ],
)
def test_a_heading_is_known_by_its_rule_or_its_capitals(line: str, *, is_heading: bool) -> None:
    pattern = HEADING.replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z")

    assert bool(re.search(pattern, line)) == is_heading
