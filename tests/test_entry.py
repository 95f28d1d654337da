"""The way in: one entry point, commands that are built on first use, no circle of imports."""

import sys
import tomllib
from pathlib import Path

import pytest
import typer

from therapyinfo.cli import help as help_module
from therapyinfo.cli import main as entry
from therapyinfo.cli.registry import COMMANDS, GROUPS, Command, by_group
from therapyinfo.errors import (
    DataError,
    ExitCode,
    NothingFound,
    OutputError,
    TherapyInfoError,
    UnknownName,
    UsageError,
)

from .conftest import Run
from .test_architecture import MODULES, PACKAGE, imported_anywhere, imported_at_once

ROOT = Path(__file__).parents[1]


def test_the_script_is_the_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["scripts"] == {"therapyinfo": f"{entry.__name__}:entry_point"}


def test_the_early_exit_code_is_that_of_an_interrupt() -> None:
    assert entry.INTERRUPTED == ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TherapyInfoError, 1),
        (UnknownName, 1),
        (NothingFound, 1),
        (OutputError, 1),
        (UsageError, 2),
        (DataError, 3),
    ],
)
def test_each_error_has_the_exit_code_of_the_contract(
    error: type[TherapyInfoError], code: int
) -> None:
    assert error.exit_code is ExitCode(code)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the commands that are built from now on."""
    names: list[str] = []
    build = help_module.built

    def noting(command: Command) -> object:
        names.append(command.name)
        return build(command)

    monkeypatch.setattr(help_module, "built", noting)
    return names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        ("--help", []),
        ("--version", []),
        ("list", ["list"]),
        ("explain car-t", ["explain"]),
        ("explain --help", ["explain"]),
        ("help define", ["define"]),
        ("explian car-t", []),
        ("--data x.yaml list", []),
    ],
)
def test_only_the_command_that_is_named_is_built(
    line: str, expected: list[str], built: list[str], therapyinfo: Run
) -> None:
    therapyinfo(line)

    assert built == expected


@pytest.mark.parametrize(
    ("typo", "meant"), [("explian", "explain"), ("lst", "list"), ("serach", "search")]
)
def test_a_mistyped_command_gets_the_nearest_name(typo: str, meant: str, therapyinfo: Run) -> None:
    code, _, err = therapyinfo(typo)

    assert code == 2
    assert f"Did you mean '{meant}'" in err


def test_every_command_is_in_a_group_of_the_help() -> None:
    listed = [command for commands in by_group().values() for command in commands]

    assert list(by_group()) == list(GROUPS)
    assert sorted(each.name for each in listed) == sorted(COMMANDS)


def test_the_program_is_made_without_a_command() -> None:
    from therapyinfo.cli.app import build

    group = typer.main.get_command(build())

    assert isinstance(group, help_module.HelpfulGroup)
    assert set(group.commands) == set(COMMANDS)
    assert not any(group.commands.values())


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Return the modules of the circles of imports, and those between two; none without any."""
    left = dict(imports)
    while left:
        needed = set().union(*left.values())
        kept = {
            each: needs for each, needs in left.items() if each in needed and needs & left.keys()
        }
        if len(kept) == len(left):
            break
        left = kept
    return sorted(left)


@pytest.mark.parametrize(
    ("imports", "expected"),
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": set()}, ["a", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}, ["b", "c"]),
    ],
)
def test_a_circle_is_found(imports: dict[str, set[str]], expected: list[str]) -> None:
    assert circle(imports) == expected


def test_no_module_imports_one_that_imports_it_not_even_late() -> None:
    names = {f"therapyinfo.{each.removesuffix('.py').replace('/', '.')}": each for each in MODULES}
    names = {name.removesuffix(".__init__"): each for name, each in names.items()}
    imports = {name: set(imported_anywhere(each)) & names.keys() for name, each in names.items()}

    assert (PACKAGE / "cli" / "main.py").is_file()
    assert len(imports) > 40
    assert circle({name: needs - {name} for name, needs in imports.items()}) == []


def test_what_starts_imports_nothing_that_takes_long() -> None:
    quick = {"gc", "os", "sys"}

    assert set(imported_at_once("cli/main.py")) <= quick
    assert quick <= sys.stdlib_module_names
