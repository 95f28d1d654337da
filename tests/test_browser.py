"""The HTML in a real browser: what axe-core finds, what is fetched, what fits."""

import json
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from tests.documents import COMPARISON, EVERY_BLOCK, NO_LEVEL_2, UNLISTED, long_page, page_of
from therapyinfo.page import Page, Table
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions

BROWSER = Path(__file__).parent / "browser"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
NODE = shutil.which("node")


def side_by_side(therapies: int) -> Page:
    """Return a comparison as long as a window, with a column for each therapy."""
    cell = ("Weeks to make, weeks to recover",)
    head = ("", *(f"Therapy {number}" for number in range(therapies)))
    rows = tuple(((f"Question {number}?",), *(cell,) * therapies) for number in range(20))
    return Page("T", (Table("Side by side", head, rows),), dict)


PAGES = {
    "every-block": EVERY_BLOCK,
    "comparison": COMPARISON,
    "no-level-2": NO_LEVEL_2,
    "unlisted": UNLISTED,
    "long": long_page(),
    "hostile": page_of("<script>document.title = 'run'</script><img src=https://example.org/x>"),
    "unbroken": page_of("W" * 300),
    "pair": side_by_side(2),
    "four": side_by_side(4),
}


class Printed(msgspec.Struct):
    """How a page is printed; `extras` is how many parts are shown that only a screen needs."""

    ink: str
    paper: str
    extras: int


class Visit(msgspec.Struct, rename="camel"):
    """What one visit to a page found."""

    file: str
    color_scheme: str
    width: int
    background: str
    overflow: int
    cut: int
    head_top: int | None
    printed: Printed
    requests: list[str]
    passes: list[str]
    violations: list[str]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> list[Visit]:
    """Open every page in light and dark, wide and narrow."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    if NODE is None or not all(
        (BROWSER / "node_modules" / name).is_dir() for name in ("axe-core", "playwright-core")
    ):
        pytest.skip("axe-core is not installed (npm install --prefix tests/browser)")
    folder = tmp_path_factory.mktemp("pages")
    files = [folder / f"{name}.html" for name in PAGES]
    for file, page in zip(files, PAGES.values(), strict=True):
        file.write_text(render(page, "html", RenderOptions()), encoding="utf-8")
    run = subprocess.run(
        [NODE, str(BROWSER / "axe.mjs"), CHROMIUM, *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = msgspec.convert(json.loads(run.stdout), list[Visit])
    assert len(found) == 4 * len(PAGES)
    return found


def test_axe_finds_no_violation(visits: list[Visit]) -> None:
    errors = [
        (Path(visit.file).stem, visit.color_scheme, visit.width, visit.violations)
        for visit in visits
        if visit.violations
    ]
    assert errors == []


def test_axe_has_looked_at_colours_and_headings(visits: list[Visit]) -> None:
    wanted = {"color-contrast", "heading-order", "landmark-one-main", "document-title", "skip-link"}
    assert all(wanted <= set(visit.passes) for visit in visits if "every-block" in visit.file)


def test_nothing_is_fetched(visits: list[Visit]) -> None:
    assert [visit.requests for visit in visits if visit.requests] == []


def test_the_page_follows_the_colour_scheme(visits: list[Visit]) -> None:
    seen = {(visit.color_scheme, visit.background) for visit in visits}
    assert seen == {("light", "rgb(251, 250, 247)"), ("dark", "rgb(20, 25, 27)")}


def test_the_page_is_never_wider_than_the_window(visits: list[Visit]) -> None:
    wide = [(Path(visit.file).stem, visit.width) for visit in visits if visit.overflow > 0]
    assert wide == []


@pytest.mark.parametrize(("name", "widths"), [("pair", (320, 1200)), ("four", (1200,))])
def test_a_comparison_fits_and_its_heads_stay_in_sight(
    visits: list[Visit], name: str, widths: tuple[int, ...]
) -> None:
    seen = [each for each in visits if Path(each.file).stem == name and each.width in widths]
    assert len(seen) == 2 * len(widths)
    assert all(each.cut == 0 for each in seen)
    assert all(each.head_top in (0, 1) for each in seen)


def test_it_is_printed_black_on_white_without_what_only_a_screen_needs(
    visits: list[Visit],
) -> None:
    seen = [visit.printed for visit in visits]
    assert all(each == Printed("rgb(0, 0, 0)", "rgb(255, 255, 255)", 0) for each in seen)
