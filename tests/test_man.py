"""The manual page: made from the register of commands, current, and sound."""

import importlib.util
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from therapyinfo.cli.completion import SCRIPTS
from therapyinfo.cli.registry import COMMANDS
from therapyinfo.views.section_table import SECTIONS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "therapyinfo.1"


def _made() -> str:
    spec = importlib.util.spec_from_file_location("make_man", ROOT / "docs" / "make_man.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text: str = module.manual()
    return text


@pytest.mark.newest
def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == _made(), "not current: run `nox -s docs`"


def _read(text: str) -> str:
    return re.sub(r"\\(?:&|\(dq|\(aq)|\\(?=-)", "", text)


def test_the_page_has_every_command_section_and_switch() -> None:
    text = _read(_made())

    for command in COMMANDS.values():
        assert f"\n.SS {command.name} " in text
        assert command.examples[0] in text
    for section in SECTIONS:
        assert f"\n.B {section.id}\n" in text
    switches = {
        name
        for module in (ROOT / "therapyinfo").rglob("*.py")
        for name in re.findall(r'"(THERAPYINFO_[A-Z]+)"', module.read_text("utf-8"))
    }
    assert len(switches) > 4
    assert [name for name in switches if name not in text] == []


def test_no_text_is_a_command_of_troff() -> None:
    requests = set(re.findall(r"^[.'](\S*)", _made(), re.MULTILINE))

    assert requests == {'\\"', "TH", "SH", "SS", "B", "PP", "TP", "nf", "fi"}


def test_man_shows_the_page_without_a_warning() -> None:
    if not shutil.which("man"):
        pytest.skip("man is not installed")
    environ = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    shown = subprocess.run(
        ["man", "--warnings", "-l", str(PAGE)], capture_output=True, env=environ, check=False
    )

    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "therapyinfo explain car-t --brief" in shown.stdout.decode()


def test_a_wheel_puts_each_script_and_the_page_where_they_are_looked_for() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]

    assert {Path(file).name: place for file, place in shared.items()} == {
        SCRIPTS["bash"]: "share/bash-completion/completions/therapyinfo",
        SCRIPTS["zsh"]: "share/zsh/site-functions/_therapyinfo",
        SCRIPTS["fish"]: "share/fish/vendor_completions.d/therapyinfo.fish",
        PAGE.name: "share/man/man1/therapyinfo.1",
    }
    assert [file for file in shared if not (ROOT / file).is_file()] == []
