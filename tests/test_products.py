"""Products: the year of the first approval by region, then each decision with its verb."""

from itertools import takewhile
from typing import Any

import pytest
from msgspec.structs import replace

from therapyinfo.errors import NothingFound
from therapyinfo.inlines import to_text
from therapyinfo.library import Library
from therapyinfo.page import Grid, Heading, Page, Paragraph
from therapyinfo.records import Authorisation, Product
from therapyinfo.store.artifact import TherapyEntry
from therapyinfo.views.products import decision, find_product, one_product, products

from . import knowledge
from .conftest import Run
from .measure import said
from .small import SMALL

LISTED = SMALL.replace(
    "categories:\n",
    "regions:\n"
    "  us: {name: US}\n"
    "  eu: {name: EU}\n"
    "  germany: {name: Germany, part_of: eu}\n"
    "  canada: {name: Canada}\n"
    "  japan: {name: Japan}\n\n"
    "categories:\n",
    1,
)


def _library() -> Library:
    return knowledge.of_text(LISTED)


def _decision(region: str = "us", **changes: Any) -> Authorisation:
    plain = Authorisation(
        region=(region,),
        regulator="FDA",
        status="approved",
        date="2017-08-30",
        indication="Adults with lymphoma",
        sources=("label-2024",),
    )
    return replace(plain, **changes)


def _entry(*given: Authorisation, brand: str | None = "Examplia") -> TherapyEntry:
    product = Product(brand=brand, generic="longword cel (ex-cel)", authorisations=given)
    entry = _library().entry("car-t")
    return replace(entry, therapy=replace(entry.therapy, products=(product,)))


def _grid(page: Page) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    grid = next(block for block in page.blocks if isinstance(block, Grid))
    return grid.head, [tuple(map(to_text, row)) for row in grid.rows]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "approved 30 August 2017"),
        ({"date": "2018-05"}, "approved in May 2018"),
        ({"date": "2022"}, "approved in 2022"),
        ({"date": None}, "approved"),
        ({"status": "conditional", "date": "2024-05"}, "approved early in May 2024"),
        (
            {"date": "2024-05", "full_since": "2026-02"},
            "approved early in May 2024, fully in February 2026",
        ),
        ({"withdrawn": "2025-02"}, "approved 30 August 2017, withdrawn in February 2025"),
        (
            {"status": "withdrawn", "withdrawn": "2025-02"},
            "approved 30 August 2017, withdrawn in February 2025",
        ),
        ({"status": "withdrawn"}, "withdrawn 30 August 2017"),
        ({"status": "withdrawn", "date": None, "withdrawn": "2025"}, "withdrawn in 2025"),
        ({"status": "withdrawn", "date": None}, "withdrawn"),
        (
            {"status": "under-review", "date": None, "as_of": "2026-06"},
            "under review as of June 2026",
        ),
        ({"status": "under-review", "date": None}, "under review"),
        ({"status": "not-approved", "date": None, "as_of": "2025"}, "not approved as of 2025"),
        ({"status": "not-approved", "date": "2020-05"}, "not approved (May 2020)"),
        ({"status": "not-approved", "date": None}, "not approved"),
    ],
)
def test_a_decision_has_its_verb_and_its_date(changes: dict[str, Any], told: str) -> None:
    assert decision(_decision(**changes)) == told


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        ([{}], "2017"),
        ([{"date": "2020"}, {"date": "2018-05"}], "2018"),
        ([{"status": "conditional"}], "2017 early"),
        ([{"status": "conditional", "date": "2015"}, {}], "2015"),
        ([{"date": None}], "yes"),
        ([{"date": None, "status": "conditional"}], "early"),
        ([{"status": "under-review", "date": None}], "in review"),
        ([{"status": "not-approved", "date": None}], "no"),
        ([{"status": "withdrawn"}], "withdrawn"),
        ([{"withdrawn": "2020"}], "withdrawn"),
    ],
)
def test_a_cell_has_the_year_of_the_first_approval(given: list[dict[str, Any]], cell: str) -> None:
    page = products(_library(), [_entry(*(_decision(**each) for each in given))])

    assert _grid(page) == (("Product", "US"), [("Examplia", cell)])


def test_regions_have_columns_and_the_others_share_one() -> None:
    entry = _entry(
        _decision("canada", date="2018"), _decision("germany", date="2019"), _decision("us")
    )

    assert _grid(products(_library(), [entry])) == (
        ("Product", "US", "EU", "Others"),
        [("Examplia", "2017", "2019", "Canada")],
    )


def test_what_is_nowhere_approved_says_what_was_decided_elsewhere() -> None:
    entry = _entry(_decision("canada", status="under-review"), brand=None)

    assert _grid(products(_library(), [entry])) == (
        ("Product", "Others"),
        [("ex-cel", "Canada: in review")],
    )


def test_decisions_stand_under_their_product() -> None:
    page = products(_library(), [_entry(_decision(note="A note.", checked="2026-06"))])

    assert [each.text for each in page.blocks if isinstance(each, Heading)] == [
        "Examplia (longword cel, ex-cel)",
        "Sources",
    ]
    assert "US: approved 30 August 2017 (FDA). Adults with lymphoma. A note [1]." in said(page)
    assert "date not found" not in "\n".join(said(page))


@pytest.mark.parametrize(
    "name", ["Examplia", "examplia", "EXAMPLIA", "example-cel", "Example cel", "examplia™"]
)
def test_a_product_is_found_by_its_brand_or_its_generic_name(name: str) -> None:
    library = _library()
    found = find_product(library, name)

    assert [(entry.id, product.brand) for entry, product in found] == [("car-t", "Examplia")]
    assert one_product(library, found).title == "Examplia (example-cel)"


@pytest.mark.parametrize("name", ["car-t", "exampli", "cel", ""])
def test_what_is_no_product_is_none(name: str) -> None:
    assert find_product(_library(), name) == []


def test_each_part_of_a_generic_name_is_a_name() -> None:
    text = LISTED.replace("generic: example-cel", "generic: longword cel (ex-cel)")
    library = knowledge.of_text(text)

    for name in ("longword cel (ex-cel)", "longword cel", "ex-cel"):
        assert len(find_product(library, name)) == 1


def test_products_of_a_brand_alone_are_printed(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo("products kymriah -f csv")

    assert code == 0
    assert {line.split(",")[2] for line in out.splitlines()[1:]} == {"Kymriah"}


def test_no_product_is_an_answer_of_its_own() -> None:
    library = _library()
    narrowed = library.in_region("us")

    with pytest.raises(NothingFound, match="no product is recorded for MSC therapy"):
        products(library, [library.entry("msc")])
    with pytest.raises(NothingFound, match="no product is recorded in the US for MSC therapy"):
        products(narrowed, [narrowed.entry("msc")])


def test_the_table_for_programs_has_a_row_a_decision() -> None:
    page = products(_library(), [_entry(_decision(), _decision("canada", use="lbcl"))])
    assert page.csv_rows is not None
    first, second = (dict(zip(page.csv_rows[0], row, strict=True)) for row in page.csv_rows[1:])

    assert (first["therapy"], first["region"], first["brand"]) == ("car-t", "US", "Examplia")
    assert (second["region"], second["use"]) == ("Canada", "lbcl")


def test_the_products_of_several_therapies_stand_in_a_grid_for_each() -> None:
    library = knowledge.builtin()
    page = products(library, [library.entry(id) for id in ("til", "prp")])
    above = list(takewhile(lambda each: not isinstance(each, Paragraph), page.blocks))
    names = [each.text for each in above if isinstance(each, Heading)]

    assert [type(each) for each in above] == [Heading, Grid, Heading, Grid]
    assert names == [library.entry(id).therapy.name for id in ("til", "prp")]
