"""Pages printed by a real browser: how many sides they take, and what stands on each."""

import re
import shutil
import subprocess
from itertools import takewhile
from pathlib import Path

import pytest

from tests.knowledge import builtin
from tests.test_browser import CHROMIUM
from therapyinfo.page import Page
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views.citations import without_sources
from therapyinfo.views.compare import compare
from therapyinfo.views.explain import explain
from therapyinfo.views.walkthrough import walkthrough

PDF_READER = shutil.which("pdftotext")
SIZES = ("A4", "Letter")
IDS = (
    "car-t nk-nkt msc growth-factor hsct bispecific-antibody til tcr-t car-nk gene-edited-hsc"
    " dendritic-cell-vaccine checkpoint-inhibitor prp"
).split()
PAIRS = (
    ("car-t", "msc"),
    ("car-t", "nk-nkt"),
    ("car-t", "til"),
    ("car-t", "tcr-t"),
    ("car-t", "bispecific-antibody"),
    ("car-t", "checkpoint-inhibitor"),
    ("nk-nkt", "car-nk"),
    ("growth-factor", "msc"),
    ("growth-factor", "prp"),
    ("dendritic-cell-vaccine", "til"),
)
MORE = (
    ("car-t", "nk-nkt", "msc"),
    ("car-t", "nk-nkt", "msc", "growth-factor"),
    ("car-t", "hsct", "bispecific-antibody", "checkpoint-inhibitor"),
)
NOTE = "does not replace a doctor"
NOTE_STARTS = "This is general information"
DATES = ("Last checked", "Check again by", "Made on 30 November 2026")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None or PDF_READER is None,
    reason="Chromium or pdftotext is not installed (Debian: chromium, poppler-utils)",
)


def printed(page: Page, size: str, folder: Path) -> list[str]:
    """Return the words of each side that a page takes on paper of a size."""
    source, target = folder / "page.html", folder / "page.pdf"
    text = render(page, "html", RenderOptions(made_on="30 November 2026"))
    # A window without a head prints on Letter unless the page says otherwise.
    source.write_text(text.replace("@page {", f"@page {{ size: {size};", 1), encoding="utf-8")
    assert CHROMIUM is not None
    assert PDF_READER is not None
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [CHROMIUM, *options, profile, f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = subprocess.run([PDF_READER, str(target), "-"], check=True, capture_output=True)
    return [" ".join(side.split()) for side in read.stdout.decode().split("\f")[:-1]]


def handed_out(page: Page, size: str, folder: Path) -> list[str]:
    """Return the sides before the sources, whose numbers they bear."""
    sides = printed(page, size, folder)
    return list(takewhile(lambda side: not side.startswith("Sources "), sides))


def explained(id: str) -> Page:
    return explain(builtin(), builtin().entry(id))


def compared(*ids: str) -> Page:
    return compare(builtin(), [builtin().entry(id) for id in ids], [])


def test_all_therapies_are_printed() -> None:
    assert sorted(IDS) == sorted(builtin().ids)


def squeezed(text: str) -> str:
    """Return the letters of a text, without citations; a line may end within a hyphened word."""
    return "".join(re.findall(r"\w+", re.sub(r"\[(@[^\]]*|[0-9, -]+)\]", "", text)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("id", IDS)
def test_a_therapy_takes_two_sides_with_every_sign(id: str, size: str, tmp_path: Path) -> None:
    sides = handed_out(explained(id), size, tmp_path)
    therapy = builtin().entry(id).therapy
    foot = f"{therapy.name}. {NOTE_STARTS}"  # stands between two halves of a sentence
    told = squeezed(" ".join(side.rpartition(foot)[0] for side in sides))
    signs = therapy.get_help
    assert signs is not None

    assert len(sides) <= 2
    every = (*signs.emergency, *signs.call_team)
    assert [sign for sign in every if squeezed(sign) not in told] == []
    assert all(words in side for side in sides for words in (NOTE, *DATES))
    assert "Our number, day and night" in sides[0]
    assert "therapyinfo" not in told


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ids", PAIRS)
def test_two_therapies_take_one_side(ids: tuple[str, str], size: str, tmp_path: Path) -> None:
    (side,) = handed_out(compared(*ids), size, tmp_path)
    assert all(words in side for words in (NOTE, *DATES, "My own questions"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ids", MORE)
def test_three_and_four_take_two_sides(ids: tuple[str, ...], size: str, tmp_path: Path) -> None:
    assert len(handed_out(compared(*ids), size, tmp_path)) <= 2


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("id", ["car-t", "hsct", "growth-factor"])
def test_a_walk_takes_two_sides(id: str, size: str, tmp_path: Path) -> None:
    page = walkthrough(builtin(), builtin().entry(id))
    assert len(handed_out(page, size, tmp_path)) <= 2


@pytest.mark.parametrize("ids", [("car-t",), ("car-t", "msc")])
def test_sources_start_a_sheet_of_their_own(ids: tuple[str, ...], tmp_path: Path) -> None:
    page = compared(*ids) if ids[1:] else explained(*ids)
    sides = printed(page, "A4", tmp_path)
    (start,) = (number for number, side in enumerate(sides) if side.startswith("Sources "))

    assert start == len(printed(without_sources(page), "A4", tmp_path))
    assert all("https://" not in side for side in sides[:start])
    assert all("https://" in side for side in sides[start:])
    assert all(NOTE in side for side in sides)
