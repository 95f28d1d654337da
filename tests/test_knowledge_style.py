"""The house style of the built-in text: one name for each thing, in words that a nurse would use."""

import re

import pytest

from therapyinfo.text import sentences, without_citations

from .house_style import (
    ANOTHER_NAME,
    COUNT_OF_COUNT,
    OPENED_TWICE,
    PROVENANCE,
    US_SPELLING,
    report,
    texts,
)
from .test_knowledge_decisions import knowledge

THERAPIES = tuple(knowledge().therapies)
each_therapy = pytest.mark.parametrize("id", THERAPIES)
LONGEST_SIGN = 100
LONGEST_FACT = 30
LONGEST_SHORT_FACT = 6
SUMMARY = range(8, 13)


def matches(id: str, pattern: str | re.Pattern[str]) -> list[tuple[str, str]]:
    """Return where the texts of a therapy match a pattern."""
    return [
        (path, text) for path, text in texts(knowledge().therapies[id]) if re.search(pattern, text)
    ]


@each_therapy
@pytest.mark.parametrize("name", ANOTHER_NAME)
def test_a_thing_has_one_name(id: str, name: str) -> None:
    allowed = "product license|licensed, and is every needle"  # a place may need a licence
    found = [each for each in matches(id, ANOTHER_NAME[name]) if not re.search(allowed, each[1])]

    assert found == []


@pytest.mark.parametrize("name", ANOTHER_NAME)
def test_the_glossary_has_the_same_names(name: str) -> None:
    found = [
        term.term
        for term in knowledge().glossary.values()
        if re.search(ANOTHER_NAME[name], term.meaning)
    ]

    assert found == []


@each_therapy
def test_the_spelling_is_british(id: str) -> None:
    quoted = re.compile('"[^"]*"')  # the words of others keep their spelling
    found = [
        each for each in matches(id, US_SPELLING) if US_SPELLING.search(quoted.sub("", each[1]))
    ]

    assert found == []


@each_therapy
def test_brackets_stand_alone(id: str) -> None:
    assert matches(id, OPENED_TWICE) == []


@each_therapy
def test_a_count_has_one_base(id: str) -> None:
    assert matches(id, COUNT_OF_COUNT) == []


@each_therapy
def test_no_sentence_tells_of_its_own_making(id: str) -> None:
    assert matches(id, PROVENANCE) == []


@each_therapy
def test_no_sentence_is_two_with_a_semicolon(id: str) -> None:
    assert matches(id, ";") == []


@each_therapy
def test_a_sign_of_an_emergency_is_one_line(id: str) -> None:
    parts = knowledge().therapies[id].get_help
    assert parts is not None
    long = [sign for sign in parts.emergency if len(without_citations(sign)) > LONGEST_SIGN]

    assert long == []


@each_therapy
def test_facts_are_short_in_both_forms(id: str) -> None:
    therapy = knowledge().therapies[id]
    assert therapy.short_facts is not None, "the rows in six words at most, beside `facts`"
    long = [
        row
        for row in therapy.facts.__struct_fields__
        if len(without_citations(getattr(therapy.facts, row) or "").split()) > LONGEST_FACT
    ]
    wide = [
        row
        for row in therapy.short_facts.__struct_fields__
        if len((getattr(therapy.short_facts, row) or "").split()) > LONGEST_SHORT_FACT
    ]

    assert (long, wide) == ([], [])


@each_therapy
def test_a_summary_fits_a_line_of_the_list(id: str) -> None:
    summary = knowledge().therapies[id].summary or ""

    assert len(summary.split()) in SUMMARY
    assert len(sentences(summary)) == 1
    assert summary.endswith(".")


@each_therapy
def test_a_product_has_its_notes_in_sentences(id: str) -> None:
    broken = [
        decision.note
        for product in knowledge().therapies[id].products
        for decision in product.authorisations
        if decision.note and not decision.note.rstrip().endswith((".", "]"))
    ]

    assert broken == []


def test_the_report_tells_of_each_therapy_and_of_every_kind_with_its_places() -> None:
    lengths, *kinds = "\n".join(report(["car-t", "msc"])).split("\n\n")

    assert [line.partition(":")[0] for line in lengths.splitlines()] == ["car-t", "msc"]
    for kind in kinds:
        head, *places = kind.splitlines()
        assert head.endswith(f": {len(places)}")
        assert places
