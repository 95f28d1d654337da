"""Whole pages of the small knowledge file with their escape codes, as a terminal gets them.

When a page is meant to change, run `GOLDEN=write python -m pytest tests/test_styled_pages.py`, look
at the files in `tests/styled_pages/` with `cat`, and commit them.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from therapyinfo.library import Library
from therapyinfo.page import Page
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain
from therapyinfo.views.walkthrough import walkthrough

from . import knowledge

GOLDEN = Path(__file__).parent / "styled_pages"
PAGES: dict[str, Callable[[Library], Page]] = {
    "explain": lambda library: explain(library, library.entry("car-t")),
    "first-page": lambda library: explain(library, library.entry("car-t")),
    "walkthrough": lambda library: walkthrough(library, library.entry("car-t")),
    "compare": lambda library: compare(library, list(map(library.entry, ("car-t", "msc"))), []),
}
WIDTHS = (80, 100)


@pytest.mark.newest
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name: str, width: int) -> None:
    options = RenderOptions(width=width, color=True, show_next=True)
    library = knowledge.first_page() if name == "first-page" else knowledge.small()
    text = render(PAGES[name](library), "terminal", options)
    path = GOLDEN / f"{name}-{width}.ansi"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")

    assert text == path.read_text(encoding="utf-8")


def test_no_golden_page_is_left_over() -> None:
    expected = {f"{name}-{width}.ansi" for name in PAGES for width in WIDTHS}

    assert {path.name for path in GOLDEN.iterdir()} == expected
