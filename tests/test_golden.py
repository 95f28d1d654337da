"""Whole pages of the small knowledge file, as they are read.

When a page is meant to change, run `GOLDEN=write python -m pytest tests/test_golden.py`, read the
difference in `tests/golden/` as a reader would, and commit it.
"""

import os
from pathlib import Path

import pytest

from .conftest import Run
from .small import FIRST_PAGE

GOLDEN = Path(__file__).parent / "golden"
PAGES = {
    "explain-terminal-60": "explain car-t -f terminal --width 60",
    "explain-plain-80": "explain car-t -f plain --width 80",
    "explain-full-terminal-80": "explain car-t --full -f terminal --width 80",
    "compare-terminal-80": "compare car-t msc -f terminal --width 80",
    "compare-terminal-30": "compare car-t msc -f terminal --width 30",
    "walkthrough-plain-60": "walkthrough car-t -f plain --width 60",
    "walkthrough-terminal-60": "walkthrough car-t -f terminal --width 60",
    "explain-brief-plain-80": "explain car-t --brief -f plain --width 80",
    "explain-sources-plain-80": "explain car-t --sources -f plain --width 80",
    "numbers-terminal-80": "numbers car-t -f terminal --width 80",
}


@pytest.mark.newest
@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_it_did(
    therapyinfo: Run, small_file: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Named by --data, the file would stand in every command of the page.
    monkeypatch.setenv("THERAPYINFO_DATA", str(small_file))
    _, out, _ = therapyinfo(PAGES[name])
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(out, encoding="utf-8", newline="\n")

    assert out == path.read_text(encoding="utf-8")


FIRST_PAGES = {
    "first-page-plain-80": "explain car-t -f plain --width 80",
    "first-page-terminal-80": "explain car-t -f terminal --width 80",
    "first-page-terminal-40": "explain car-t -f terminal --width 40",
    "first-page-brief-terminal-80": "explain car-t --brief -f terminal --width 80",
    "first-page-full-plain-80": "explain car-t --full -f plain --width 80",
}
"""Pages of the file that has all that a first page is made of."""


@pytest.mark.newest
@pytest.mark.parametrize("name", FIRST_PAGES)
def test_a_first_page_reads_as_it_did(
    therapyinfo: Run, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "first.yaml"
    file.write_text(FIRST_PAGE, encoding="utf-8")
    monkeypatch.setenv("THERAPYINFO_DATA", str(file))
    _, out, _ = therapyinfo(FIRST_PAGES[name])
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(out, encoding="utf-8", newline="\n")

    assert out == path.read_text(encoding="utf-8")


def test_no_golden_page_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {*PAGES, *FIRST_PAGES}
