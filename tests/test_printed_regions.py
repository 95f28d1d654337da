"""The commands that pages and errors print name the region that was given, as they do the file."""

import json
import re
import shlex
from pathlib import Path

import pytest

from .conftest import Run

PAGES = [
    "list",
    "explain car-t",
    "explain car-t --brief",
    "explain car-t --full",
    "explain car-t --section risks",
    "explain car-t --sources",
    "walkthrough car-t",
    "walkthrough car-t --step 1",
    "compare car-t msc",
    "numbers car-t",
    "products",
    "products car-t",
    "search driving",
    "define",
    "sources car-t",
]
MISTAKES = ["explain car-tt", "compare car-t", "define leukapheresiss", "search zzzzqqqq"]


@pytest.mark.parametrize("region", ["us", "Northern Ireland"])
@pytest.mark.parametrize("line", PAGES)
def test_every_command_of_a_page_names_the_region_and_can_be_run(
    line: str, region: str, therapyinfo: Run
) -> None:
    given = [*line.split(), "--region", region]
    found = json.loads(therapyinfo([*given, "-f", "json"])[1])["next_commands"]
    found += re.findall(r"`+(therapyinfo .+?)`+(?!`)", therapyinfo([*given, "-f", "markdown"])[1])

    for command in dict.fromkeys(found):
        _, *words = shlex.split(command)
        assert words[-2:] == ["--region", region], command
        if not {"WORD", "WORDS", "TERM", "N", "-i"} & {*words}:
            assert therapyinfo(words)[0] == 0, command


def test_most_pages_print_a_command(therapyinfo: Run) -> None:
    silent = [
        line
        for line in PAGES
        if not json.loads(therapyinfo(f"{line} -f json --region us")[1])["next_commands"]
    ]

    assert len(silent) <= len(PAGES) // 3


@pytest.mark.parametrize("line", MISTAKES)
def test_the_hint_of_an_error_names_the_region(line: str, therapyinfo: Run) -> None:
    code, _, err = therapyinfo(f"{line} --region us")

    assert code in (1, 2)
    assert err.rstrip().endswith("--region us")


def test_the_region_and_the_file_are_both_named(therapyinfo: Run, small_file: Path) -> None:
    _, out, _ = therapyinfo(f"explain car-t --region us --data {small_file} -f json")

    commands = json.loads(out)["next_commands"]
    assert commands
    assert all(each.endswith(f" --region us --data {small_file}") for each in commands)


@pytest.mark.parametrize("line", ["explain car-t", "products car-t", "search driving"])
def test_a_region_named_by_the_environment_is_named_by_no_command(
    line: str, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THERAPYINFO_REGION", "us")
    code, out, _ = therapyinfo(f"{line} -f json")

    assert (code, json.loads(out)["region"]) == (0, "us")
    assert "--region" not in out
