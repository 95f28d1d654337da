"""The table of sections: what it takes to add one, and what each answers to."""

from itertools import chain

import pytest
from msgspec import structs

from therapyinfo.errors import UnknownName
from therapyinfo.page import Block, Heading
from therapyinfo.records import Therapy
from therapyinfo.schema import schema_text
from therapyinfo.store.artifact import TherapyEntry
from therapyinfo.views.blocks import bullets
from therapyinfo.views.citations import Citations
from therapyinfo.views.documents import all_documents
from therapyinfo.views.explain import explain, explain_sections
from therapyinfo.views.section_table import SECTIONS, Section, section_id

from . import knowledge
from .conftest import Run
from .measure import said


def _folklore(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    return bullets((f"{entry.therapy.name} is sung about [@elara-2022].",), citations)


FOLKLORE = Section(
    id="folklore",
    heading="What is sung of it",
    full=_folklore,
    short=_folklore,
    fields=("special",),
    synonyms=("songs",),
)
TABLE = (*SECTIONS, FOLKLORE)


@pytest.mark.parametrize("full", [False, True])
def test_a_row_of_the_table_is_enough_for_a_section_to_be_shown(*, full: bool) -> None:
    library = knowledge.small()
    page = explain(library, library.entry("car-t"), full=full, table=TABLE)
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]

    assert headings[-2:] == ["What is sung of it", "Sources"]
    assert page.data()["sections"][-1] == "folklore"
    assert any("CAR-T therapy is sung about" in text for text in said(page))


@pytest.mark.parametrize("name", ["folklore", "What is sung of it", "songs"])
def test_a_row_of_the_table_is_enough_for_a_section_to_be_asked_for(name: str) -> None:
    library = knowledge.small()
    page = explain_sections(library, library.entry("car-t"), [name], table=TABLE)

    assert page.data()["therapy"] == {"id": "car-t", "name": "CAR-T therapy", "special": []}
    assert list(page.data()["sources"]) == ["elara-2022"]


def test_a_row_of_the_table_is_enough_for_a_section_to_be_searched() -> None:
    found = [each for each in all_documents(knowledge.small(), TABLE) if "sung" in each.text]

    assert [(each.section, each.therapy, each.text, each.command) for each in found] == [
        (
            "folklore",
            id,
            f"{name} is sung about.",
            ("explain", id, "--section", "folklore"),
        )
        for id, name in (("car-t", "CAR-T therapy"), ("msc", "MSC therapy"))
    ]


def test_every_field_of_a_section_is_a_field_of_a_therapy_and_of_the_schema() -> None:
    schema = schema_text()

    for field in chain.from_iterable(section.fields for section in SECTIONS):
        assert field in Therapy.__struct_fields__
        assert f'"{field}"' in schema


def test_every_field_that_pages_tell_belongs_to_one_section() -> None:
    told = list(chain.from_iterable(section.fields for section in SECTIONS))
    apart = {"name", "aliases", "category", "differences", "hard_words", "short_facts"}

    assert len(told) == len(set(told))
    assert set(told) | apart == {field.name for field in structs.fields(Therapy)}


ASKED = {
    "side-effects": "risks",
    "Side effects": "risks",
    "harms": "risks",
    "price": "access",
    "cost": "access",
    "driving": "life",
    "work": "life",
    "steps": "process",
    "emergency": "help",
    "alternatives": "without",
    "support": "contacts",
    "aims": "glance",
    "related": "differences",
    "At a glance": "glance",
    "The process": "process",
    "What it is used for": "uses",
    "Without this treatment": "without",
    "What is not known": "unknowns",
    "Questions to ask": "questions",
    "Cost and access": "access",
    "Sources": "sources",
}


@pytest.mark.parametrize(("name", "id"), ASKED.items(), ids=ASKED)
def test_a_section_answers_to_the_words_that_people_use_and_to_its_former_names(
    name: str, id: str
) -> None:
    assert section_id(name) == id


def test_no_two_sections_answer_to_the_same_word() -> None:
    for section in SECTIONS:
        for name in (section.id, section.heading, *section.synonyms):
            assert not name or section_id(name) == section.id


def test_an_unknown_section_names_the_near_ones_and_all_there_are() -> None:
    with pytest.raises(UnknownName) as caught:
        section_id("rsks")

    assert list(caught.value.suggestions) == ["risks"]
    assert "glance, how, mechanism" in str(caught.value)


def test_sections_are_asked_for_by_synonyms_on_the_command_line(therapyinfo: Run) -> None:
    by_synonym = therapyinfo("explain car-t --section side-effects --section price")

    assert by_synonym == therapyinfo("explain car-t --section risks --section access")
    assert by_synonym[0] == 0
