"""One region only: its rules, approvals and contacts, and those that hold everywhere."""

import json

import pytest
from msgspec.structs import replace

from therapyinfo.errors import UnknownName
from therapyinfo.inlines import to_text
from therapyinfo.library import Library
from therapyinfo.page import Paragraph
from therapyinfo.records import Contact, Guidance, Region, Use
from therapyinfo.regions import in_regions, related_regions
from therapyinfo.views.notices import region_note

from . import knowledge
from .conftest import Run
from .test_products import LISTED

REGIONS = {
    "international": Region(name="International"),
    "us": Region(name="US"),
    "uk": Region(name="UK"),
    "england": Region(name="England", part_of="uk"),
    "wales": Region(name="Wales", part_of="uk"),
    "eu": Region(name="EU"),
    "germany": Region(name="Germany", part_of="eu"),
}


@pytest.mark.parametrize(
    ("region", "related"),
    [
        ("us", {"us"}),
        ("uk", {"uk", "england", "wales"}),
        ("england", {"england", "uk"}),
        ("germany", {"germany", "eu"}),
        ("eu", {"eu", "germany"}),
        ("atlantis", {"atlantis"}),
    ],
)
def test_a_region_goes_with_its_parts_and_its_whole(region: str, related: set[str]) -> None:
    assert related_regions(region, REGIONS) == related


def test_regions_that_are_part_of_each_other_come_to_an_end() -> None:
    circle = {"a": Region(name="A", part_of="b"), "b": Region(name="B", part_of="a")}

    assert related_regions("a", circle) == {"a", "b"}


def _kept(region: str, *placed: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the regions of the uses that are left for a region."""
    entry = knowledge.small().entry("car-t")
    uses = tuple(
        Use(condition="It", standing="approved", who="Adults.", region=each) for each in placed
    )
    changed = replace(entry, therapy=replace(entry.therapy, uses=uses))
    narrowed = in_regions(changed, related_regions(region, REGIONS))
    return [use.region for use in narrowed.therapy.uses]


@pytest.mark.parametrize(
    ("region", "placed", "kept"),
    [
        ("us", ("us",), [("us",)]),
        ("us", ("eu",), []),
        ("us", (), [()]),
        ("us", ("international",), [("international",)]),
        ("us", ("eu", "us", "uk"), [("us",)]),
        ("uk", ("wales",), [("wales",)]),
        ("england", ("uk",), [("uk",)]),
        ("england", ("wales",), []),
        ("germany", ("eu", "us"), [("eu",)]),
    ],
)
def test_a_record_is_kept_where_it_holds(
    region: str, placed: tuple[str, ...], kept: list[tuple[str, ...]]
) -> None:
    assert _kept(region, placed) == kept


def test_every_kind_of_record_that_has_a_region_is_narrowed_and_no_other() -> None:
    library = knowledge.of_text(LISTED)
    entry = library.entry("car-t")
    advice = tuple(Guidance(topic="Driving", region=(id,), text="Do not.") for id in ("us", "eu"))
    contacts = {id: Contact(name="Help", how="555", region=(id,)) for id in ("us", "eu")}
    therapy = replace(entry.therapy, life=advice, access=advice, contacts=contacts)
    narrowed = in_regions(replace(entry, therapy=therapy), frozenset({"eu"})).therapy

    assert [each.region for each in (*narrowed.life, *narrowed.access)] == [("eu",), ("eu",)]
    assert list(narrowed.contacts) == ["eu"]
    assert (narrowed.uses, narrowed.products) == ((), ())
    assert narrowed.get_help == therapy.get_help
    assert narrowed.outcomes == therapy.outcomes
    assert narrowed.main_message == therapy.main_message


@pytest.mark.parametrize("name", ["us", "US", "\uff35\uff33"])
def test_a_region_is_found_in_any_case(name: str) -> None:
    library = knowledge.of_text(LISTED).in_region(name)

    assert library.region == "us"
    assert library.entry("car-t").therapy.products


@pytest.mark.parametrize(("name", "near"), [("germny", ("germany",)), ("Atlantis", ())])
def test_an_unknown_region_raises_with_the_near_ones(name: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName, match=f"no region is called '{name}'") as raised:
        knowledge.of_text(LISTED).in_region(name)

    assert raised.value.suggestions == near


PART_OF = "Germany is part of the EU, so what holds there is shown too."


@pytest.mark.parametrize(
    ("region", "note"),
    [
        (None, ""),
        ("us", ""),
        ("germany", f"{PART_OF} Nothing is recorded for Germany. What holds everywhere is shown."),
        ("japan", "Nothing is recorded for Japan. What holds everywhere is shown."),
    ],
)
def test_a_page_says_whose_rules_hold_and_where_nothing_is_known(
    region: str | None, note: str
) -> None:
    whole = knowledge.of_text(LISTED)
    library: Library = whole.in_region(region) if region else whole
    told = region_note(library, [library.entry("car-t")])

    assert [to_text(each.text) for each in told if isinstance(each, Paragraph)] == (
        [note] if note else []
    )


COMMANDS = (
    "list",
    "explain car-t",
    "walkthrough car-t",
    "compare car-t msc",
    "numbers car-t",
    "products car-t",
    "search driving",
    "define CRS",
    "sources car-t",
)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_takes_a_region_and_says_so_in_its_data(line: str, therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(f"{line} --region UK -f json")

    assert (code, json.loads(out)["region"]) == (0, "uk")


def test_the_environment_names_a_region_and_the_option_counts_more(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THERAPYINFO_REGION", "eu")
    told = {
        line: json.loads(therapyinfo(f"products car-t {line} -f json")[1])
        for line in ("", "--region us")
    }

    assert {line: data["region"] for line, data in told.items()} == {"": "eu", "--region us": "us"}
    assert {region for row in told[""]["products"] for region in row["region"]} == {"eu"}


def test_a_search_finds_only_what_the_region_shows(therapyinfo: Run) -> None:
    _, everywhere, _ = therapyinfo("search driving DVLA -f json")
    _, out, _ = therapyinfo("search driving DVLA --region us -f json")
    texts = [hit["snippet"] for hit in json.loads(out).get("hits", [])]

    assert "DVLA" in everywhere
    assert not any("DVLA" in text for text in texts)
