"""Which kinds of change `changes` tells apart, and how the page tells each."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.views.changes import changes
from therapyinfo.views.figures import differing_figures, figures

from .conftest import Run
from .knowledge import of_text
from .small import SMALL

SIGNS, RISKS, USES = "When to get help", "What can go wrong", "Who is it for?"


class Kind(NamedTuple):
    """Two texts for a part of a file, and what is told of the change from one to the other.

    Attributes:
        before: The older text.
        after: The newer one.
        told: The changes: section, kind, effect, label, figures before and after.
        page: What the page has.
        part: What both stand for in a small file; "" where one of them is in it.

    """

    before: str
    after: str
    told: tuple[tuple[str, ...], ...]
    page: tuple[str, ...] = ()
    part: str = ""


RISK = """\
      - name: Severe reaction (CRS)
        seriousness: life-threatening
        what: The immune system reacts too strongly.
        how_often: 12 in 100 people [@elara-2022].
        signs: Fever.
"""
INFECTION = """\
      - name: Infection
        seriousness: serious
        what: Germs spread [@elara-2022].
"""
SIGN = "        - Fever above 38 degrees [@label-2024].\n"
SWELLING = "        - Call if your legs swell [@label-2024].\n"
CALL_TEAM = "      call_team:\n"

KINDS = {
    "a record that is new is added": Kind(
        RISK,
        RISK + INFECTION,
        ((RISKS, "added", "added", "Infection", "", "serious"),),
        ("Added: Infection.",),
    ),
    "a record that is gone is withdrawn": Kind(
        RISK + INFECTION,
        RISK,
        ((RISKS, "withdrawn", "withdrawn", "Infection", "serious", ""),),
        ("Withdrawn: Infection.",),
    ),
    "a count that is another is told in both texts": Kind(
        "12 in 100 people [@elara-2022].\n        signs",
        "15 in 100 people [@elara-2022].\n        signs",
        (
            (
                RISKS,
                "changed",
                "other-figures",
                "Severe reaction (CRS)",
                "12 in 100",
                "15 in 100",
            ),
        ),
        ("Was: Severe reaction (CRS): 12 in 100 people.", "Now: 15 in 100 people."),
    ),
    "a temperature of a sign is told in both texts": Kind(
        "above 38 degrees",
        "above 37.5 degrees",
        ((SIGNS, "changed", "other-figures", "emergency", "38", "37.5"),),
        ("Was: Fever above 38 degrees.", "Now: Fever above 37.5 degrees."),
    ),
    "a unit that is another is another figure": Kind(
        "duration: 3 hours.",
        "duration: 3 days.",
        (("How it goes", "changed", "other-figures", "Collection", "3 hours", "3 days"),),
        ("Was: Collection: 3 hours.", "Now: 3 days."),
    ),
    "a date that is another is another figure": Kind(
        "date: 2024-05-23",
        "date: 2025-06-26",
        (
            (
                "Decisions on products",
                "changed",
                "other-figures",
                "Examplia (US)",
                "23 May 2024",
                "26 June 2025",
            ),
        ),
        ("Figures: Examplia (US): 23 May 2024, now 26 June 2025.",),
    ),
    "a decision that no longer holds is told": Kind(
        "status: approved",
        "status: withdrawn",
        (
            (
                "Decisions on products",
                "changed",
                "other-figures",
                "Examplia (US)",
                "approved",
                "withdrawn",
            ),
        ),
        ("Figures: Examplia (US): approved, now withdrawn.",),
    ),
    "a record that is worded anew is told by name": Kind(
        "what: The immune system reacts too strongly.",
        "what: The immune system reacts.",
        ((RISKS, "changed", "wording", "Severe reaction (CRS)", "", ""),),
        ("Reworded: Severe reaction (CRS).",),
    ),
    "a text of which a figure is no longer told is told by name": Kind(
        "12 in 100 people [@elara-2022].\n        signs",
        "Often [@elara-2022].\n        signs",
        ((RISKS, "changed", "fewer-figures", "Severe reaction (CRS)", "12 in 100", ""),),
        ("Fewer: Severe reaction (CRS).",),
    ),
    "a text with a figure more still holds": Kind(
        "signs: Fever.",
        "signs: Fever for 3 days.",
        ((RISKS, "changed", "more-figures", "Severe reaction (CRS)", "", "3 days"),),
        ("Reworded: Severe reaction (CRS).",),
    ),
    "the same figures from another source are told in JSON": Kind(
        "signs: Fever.",
        "signs: Shivering.\n        sources: [label-2024]",
        ((RISKS, "changed", "sources", "Severe reaction (CRS)", "", ""),),
        ("Reworded: Severe reaction (CRS).",),
    ),
    "a reworded sign is told whole": Kind(
        "Fever above 38 degrees",
        "A fever of more than 38 degrees",
        ((SIGNS, "changed", "wording", "emergency", "", ""),),
        ("Was: Fever above 38 degrees.", "Now: A fever of more than 38 degrees."),
    ),
    "a sign that is less urgent now has moved": Kind(
        SIGN + SWELLING,
        SIGN + CALL_TEAM + SWELLING,
        ((SIGNS, "changed", "wording", "call team", "", ""),),
        ("Was: emergency: Call if your legs swell.", "Now: call team: Call if your legs swell."),
        part=SIGN,
    ),
    "a text that moved to another section is no text withdrawn": Kind(
        "    not_known:\n      - How long it lasts [@elara-2022].\n",
        "    without_treatment:\n      - How long it lasts [@elara-2022].\n",
        (("If you do not have it", "changed", "wording", "", "", ""),),
    ),
    "another order is no change": Kind(RISK + INFECTION, INFECTION + RISK, (), part=RISK),
    "a source with another id is no change": Kind("label-2024", "label-of-2024", ()),
    "a region more is told": Kind(
        "        region: US\n        as_of: 2024-05\n",
        "        region: [us, eu]\n        as_of: 2024-05\n",
        ((USES, "changed", "wording", "Lymphoma (US, EU)", "", ""),),
        ("Reworded: Lymphoma.",),
    ),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """An edit, and what is to be told of it."""
    return KINDS[request.param]


def _files(kind: Kind) -> tuple[str, str]:
    part = kind.part or next(each for each in (kind.before, kind.after) if each in SMALL)
    return SMALL.replace(part, kind.before), SMALL.replace(part, kind.after)


def test_each_kind_is_told_apart(kind: Kind) -> None:
    old, new = _files(kind)
    found = changes(of_text(old), of_text(new), "car-t").data()["changes"]
    told = (
        (*(each[key] for key in ("section", "kind", "effect", "label")), *map(", ".join, figures))
        for each in found
        for figures in [(each["figures_before"], each["figures_after"])]
    )

    assert old != new
    assert tuple(told) == kind.told


def test_the_page_tells_each_kind(kind: Kind) -> None:
    old, new = _files(kind)
    page = render(changes(of_text(old), of_text(new), "car-t"), "plain", RenderOptions(width=200))

    assert [each for each in kind.page if each not in page] == []


def test_a_text_that_moved_names_both_sections() -> None:
    old, new = _files(KINDS["a text that moved to another section is no text withdrawn"])
    (found,) = changes(of_text(old), of_text(new), "car-t").data()["changes"]

    assert found["section_before"] == "What nobody knows yet"
    assert found["before"] == found["after"] == "How long it lasts."


def test_a_therapy_with_another_id_is_the_same_therapy() -> None:
    new = SMALL.replace("  car-t:\n", "  car-t-cells:\n")
    data = changes(of_text(SMALL), of_text(new)).data()

    assert data["changes"] == []


def test_a_withdrawn_therapy_is_told_by_its_records() -> None:
    cut = SMALL[: SMALL.index("  msc:\n")].replace("    related: [msc]\n", "")
    new = cut.replace(
        "    differences:\n      msc: CAR-T therapy starts an attack, MSC therapy calms one"
        " [@label-2024].\n",
        "",
    )
    found = changes(of_text(SMALL), of_text(new)).data()["changes"]

    assert {(each["therapy"], each["kind"]) for each in found} >= {("msc", "withdrawn")}
    assert "changed" not in {each["kind"] for each in found if each["therapy"] == "msc"}


def test_a_layer_as_the_newer_file_is_laid_over_its_base(
    therapyinfo: Run, tmp_path: Path, small_file: Path
) -> None:
    layer = tmp_path / "layer.yaml"
    layer.write_text(
        f"extends: {small_file}\ntherapies:\n  car-t:\n    get_help:\n      emergency:\n"
        "        - Fever above 37.5 degrees [@label-2024].\n",
        encoding="utf-8",
    )
    code, out, err = therapyinfo(f"changes {small_file} {layer} --therapy car-t -f json")
    (found,) = json.loads(out)["changes"]

    assert (code, err) == (0, "")
    assert (found["before"], found["after"]) == (
        "Fever above 38 degrees.",
        "Fever above 37.5 degrees.",
    )


def test_a_file_of_version_1_spells_regions_in_words() -> None:
    old = SMALL.replace("region: US", "region: US, EU")
    table = "regions:\n  us: {name: US, aliases: [USA]}\n  eu: {name: EU}\n\nsources:\n"
    new = SMALL.replace("region: US", "region: [us, eu]").replace("sources:\n", table, 1)

    assert changes(of_text(old), of_text(new)).data()["changes"] == []


@pytest.mark.parametrize("name", ["msc", "MSC therapy"])
def test_a_withdrawn_therapy_can_be_asked_for(
    therapyinfo: Run, tmp_path: Path, small_file: Path, name: str
) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(SMALL.replace("  msc:\n", "  prp:\n").replace("MSC", "PRP"), encoding="utf-8")
    new.write_text(
        new.read_text(encoding="utf-8").replace("msc: CAR", "prp: CAR").replace("[msc]", "[prp]"),
        encoding="utf-8",
    )
    code, out, _ = therapyinfo(["changes", str(small_file), str(new), "--therapy", name])

    assert code == 0
    assert "MSC therapy" in out


@pytest.mark.parametrize("place", ["old", "new"])
def test_a_broken_file_on_either_side_is_an_error_of_the_data(
    therapyinfo: Run, tmp_path: Path, small_file: Path, place: str
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(SMALL.replace("category: changed-cells", "category: 7: 8"), encoding="utf-8")
    files = [broken, small_file] if place == "old" else [small_file, broken]
    code, out, err = therapyinfo(f"changes {files[0]} {files[1]}")

    assert (code, out) == (3, "")
    assert "broken.yaml:" in err


FIGURES = {
    "a digit in a name is none": ("CD19, ZUMA-7, CT041-ST-01 and 4-1BB", []),
    "a lone one is a word": ("one of them, 1 study", []),
    "a range has one unit": ("3 to 5 days", ["3 to 5 days"]),
    "a share": ("12 in 100 and 9 in 10,000", ["12 in 100", "9 in 10,000"]),
    "an address": ("https://example.org/a-2.", ["https://example.org/a-2"]),
    "a telephone number": ("0808 800 8000", ["0808", "800", "8000"]),
    "a year is no whole": ("4,175 in 2018", ["4,175", "2018"]),
    "a share at least": ("20 or more in 100", ["20 or more in 100"]),
    "a temperature": ("37.5 to 38 °C (99.5 °F)", ["37.5 to 38 °C", "99.5 °F"]),
    "a date is one figure": ("on 26 June 2025", ["26 June 2025"]),
    "small numbers in words": ("for two weeks, or 15-year", ["two weeks", "15-year"]),
    "thousands, before a comma": ("of 7,604, many", ["7,604"]),
}


@pytest.mark.parametrize("case", FIGURES)
def test_figures_of_a_text(case: str) -> None:
    text, found = FIGURES[case]

    assert [each.words for each in figures(text)] == found


SAME = {
    "words for digits": ("two weeks", "2 weeks", True),
    "per cent": ("12%", "12 in 100", True),
    "trailing zero": ("8.0 mg", "8 mg", True),
    "a unit left out": ("25 years", "25", True),
    "another unit": ("3 days", "3 weeks", False),
    "rounded": ("37.5 °C", "38 °C", False),
    "end of a range": ("3 to 5 days", "3 to 7 days", False),
    "a date by its year": ("14 July 2022", "2022", True),
    "a day left out": ("14 July 2022", "July 2022", True),
    "another month, and the year": ("May 2022", "June 2022, reported in 2022", False),
    "a day of a month is no time": ("5 days", "on 5 September 2018", False),
    "two counts that changed places": ("13 in 100, 2 in 100", "2 in 100, 13 in 100", False),
    "years in another order": ("15 trials (2007)", "In 2007 15 trials", True),
    "another status": ("status: conditional.", "status: withdrawn.", False),
    "the same status": ("status: approved.", "full. status: approved.", True),
    "another address": ("https://example.org/a.", "https://example.org/b.", False),
    "another day": ("14 July 2022", "15 July 2022", False),
    "another year": ("June 2025", "June 2026", False),
}


@pytest.mark.parametrize("case", SAME)
def test_the_same_figure_is_known(case: str) -> None:
    one, other, is_same = SAME[case]

    assert (differing_figures(one, other)[0] == []) is is_same
