"""Questions to the knowledge: names in any spelling, near names, terms and their words."""

from collections.abc import Iterator

import pytest

from therapyinfo.errors import UnknownName
from therapyinfo.glossary import terms_used
from therapyinfo.library import choose
from therapyinfo.records import Term
from therapyinfo.text import normalize_name

from . import knowledge


@pytest.mark.parametrize(
    "name",
    [
        "car-t",
        "CAR-T",
        "Car T",
        "cart",
        "CAR‑T",
        "CAR–T therapy",
        "CAR-T cell therapy",
        "car t CELL therapy",
        "chimeric antigen receptor T-cell therapy",
        "Chimeric Antigen Receptor T Cell Therapy",
        "  car-t  ",
    ],
)
def test_a_therapy_goes_by_id_name_and_alias_in_any_spelling(name: str) -> None:
    assert knowledge.small().find(name).id == "car-t"


def _spellings() -> Iterator[tuple[str, str]]:
    for summary in knowledge.builtin().summaries:
        for name in (summary.id, summary.name, summary.full_name, *summary.aliases):
            if name:
                yield name, summary.id


def test_every_name_of_the_built_in_file_leads_to_its_own_therapy() -> None:
    library = knowledge.builtin()
    answers = {name: library.find(name.upper()).id for name, _ in _spellings()}

    assert answers == dict(_spellings())


def test_no_two_therapies_of_the_built_in_file_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for name, id in _spellings():
        owners.setdefault(normalize_name(name), set()).add(id)

    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("car-tt", ("car-t",)),
        ("CAR-T cell terapy", ("car-t",)),
        ("mcs", ("msc",)),
        ("aspirin", ()),
        ("", ()),
        ("---", ()),
    ],
)
def test_an_unknown_therapy_raises_with_the_nearest_ids(
    name: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownName) as caught:
        knowledge.small().find(name)

    assert caught.value.suggestions == suggestions
    assert caught.value.code == "unknown_therapy"
    assert caught.value.exit_code == 1
    assert "therapyinfo list" in str(caught.value)


def test_an_alias_of_the_built_in_file_is_near_its_id() -> None:
    with pytest.raises(UnknownName) as caught:
        knowledge.builtin().find("car-tt")

    assert "car-t" in caught.value.suggestions
    assert "Did you mean car-t" in str(caught.value)


def test_an_entry_knows_its_differences_from_whichever_side_they_were_written() -> None:
    library = knowledge.small()

    assert list(library.entry("car-t").differences) == ["msc"]
    assert library.entry("msc").differences == {"car-t": library.entry("car-t").differences["msc"]}


def test_lists_keep_the_order_of_the_file() -> None:
    library = knowledge.small()

    assert library.ids == ["car-t", "msc"]
    assert [entry.id for entry in library.entries()] == ["car-t", "msc"]
    assert library.source_ids() == ["elara-2022", "label-2024"]
    assert [row.id for row in library.comparison] == ["cell-type", "main-action", "main-harms"]


def test_what_stands_at_the_top_of_the_file_can_be_asked_for() -> None:
    library = knowledge.small()

    assert library.reviewed == "2026-11-25"
    assert library.about.funding == "Nobody pays for it."
    assert library.source("label-2024").published is None
    assert library.name("msc") == "MSC therapy"
    assert [layer.path for layer in library.layers] == ["made.yaml"]


@pytest.mark.parametrize("name", ["leukapheresis", "LEUKAPHERESIS", "leuka-pheresis"])
def test_a_term_is_found_in_any_spelling(name: str) -> None:
    assert knowledge.small().define(name)[0] == "leukapheresis"


@pytest.mark.parametrize("name", ["t-cell", "T cells", "t lymphocyte", "TCELL"])
def test_a_term_is_found_by_its_aliases(name: str) -> None:
    id, term = knowledge.small().define(name)

    assert (id, term.term) == ("t-cell", "T cell")


def test_an_unknown_term_raises_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        knowledge.small().define("leukaferesis")

    assert caught.value.suggestions == ("leukapheresis",)
    assert caught.value.code == "unknown_term"


@pytest.mark.parametrize("name", ["main-harms", "Main harms", "MAIN HARMS", "mainharms"])
def test_a_row_is_found_by_id_or_label(name: str) -> None:
    assert knowledge.small().row(name).id == "main-harms"


def test_an_unknown_row_raises_with_the_nearest_and_the_whole_list() -> None:
    with pytest.raises(UnknownName) as caught:
        knowledge.small().row("main-harm")

    assert caught.value.suggestions[0] == "main-harms"
    assert "cell-type, main-action, main-harms" in str(caught.value)


def test_choosing_takes_the_id_or_the_label() -> None:
    labels = {"What can go wrong": "risks", "Sources": "sources"}

    assert choose("section", "what can go WRONG", labels) == "risks"
    assert choose("section", "risks", labels) == "risks"


GLOSSARY = {
    "car": Term(term="CAR", meaning="A receptor."),
    "t-cell": Term(term="T cell", aliases=("T lymphocyte",), meaning="A cell."),
    "graft": Term(term="graft", meaning="What is given."),
    "crs": Term(term="cytokine release syndrome", aliases=("CRS",), meaning="A harm."),
}


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("The CAR finds it.", ["car"]),
        ("You go home by car.", []),
        ("Your Car is parked.", []),
        ("T cells, T-cells and t cells", ["t-cell"]),
        ("a T lymphocyte", ["t-cell"]),
        ("T, then a cell", []),
        ("The Graft", ["graft"]),
        ("engraftment", []),
        ("CRS (cytokine-release syndrome)", ["crs"]),
        ("crs", []),
        ("A graft of CAR T cells", ["car", "t-cell", "graft"]),
        ("", []),
    ],
)
def test_a_term_counts_as_a_whole_word_with_its_capitals(text: str, used: list[str]) -> None:
    assert terms_used([text], GLOSSARY) == used


@pytest.mark.parametrize(("text", "used"), [("CARs find it.", ["car"]), ("Two grafts", ["graft"])])
def test_a_term_counts_in_the_plural(text: str, used: list[str]) -> None:
    assert terms_used([text], GLOSSARY) == used


def test_terms_come_in_the_order_of_the_glossary_and_once() -> None:
    assert terms_used(["graft and CAR", "CAR and graft"], GLOSSARY) == ["car", "graft"]
