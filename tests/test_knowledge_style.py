"""The house style of the built-in text: one name for each thing, in words that a nurse would use."""

import re
from collections.abc import Iterator

import pytest
from msgspec import Struct

from therapyinfo.records import Code, Contact
from therapyinfo.text import sentences, without_citations

from .test_knowledge_decisions import knowledge

THERAPIES = tuple(knowledge().therapies)
each_therapy = pytest.mark.parametrize("id", THERAPIES)
NAMES = frozenset(
    "name full_name aliases category related sources region illnesses id use question trial label"
    " cell_type main_action regulator status standing kind date as_of checked brand generic company"
    " target endpoint topic belief therapy finding death_of heading_outcome seriousness".split()
)
"""Fields that hold names, ids, dates and titles of others, not sentences."""

LONGEST_SIGN = 100
LONGEST_FACT = 30
LONGEST_SHORT_FACT = 6
SUMMARY = range(8, 13)
OPENED_TWICE = re.compile(r"\([^()]*\(|\)\s*\(")
COUNT_OF_COUNT = re.compile(r"\bin 100 of \d")
US_SPELLING = re.compile(
    r"\b(tumors?|leukemias?|anemias?|hemoglobin|centers?|programs?|randomized|pediatric|diarrhea"
    r"|edema|esophag\w+|colors?|behaviors?|labeled|fibers?|recognize\w*|authoriz\w+|hospitaliz\w+"
    r"|hematolog\w+|signaling|counseling)\b"
)
ANOTHER_NAME = {
    "carer": r"\bcare ?givers?\b",
    "strong immune reaction, then CRS": r"immune storm|overshoot|cytokine release(?! syndrome)",
    "confusion and other brain effects": r"\bnerve effects\b|neurotoxic effects",
    "CAR-T for the therapy, CAR T cells for cells": r"\bCAR-T cells?\b",
    "infusion": r"\bby drip\b|\bdrips\b|through a drip",
    "placebo": r"\bdummy\b",
    "half of the people": r"\bmedian\b|\bmiddle (value|case)",
    "feeling sick": r"\bnausea\b|\b(and|or|,) sickness\b",
    "call": r"\bring (your|the)\b",
    "emergency department": r"emergency room|emergency services|\bA&E\b",
    "seizure (fit)": r"\bfit \(seizure\)|\bseizures?\b(?! \(fits?\))",
    "approved": r"\b(licensed|authorised|on record)\b|approved with conditions",
    "release, receptor, considering": r"\bset free\b|\bcatchers?\b|who think about",
    "randomised": r"by lot\b|formed by chance",
    "US$, £": r"(?<!US)\$\d|US dollars|\d pounds\b",
    "in 100": r"\d ?%|\bper ?cent\b",
    "a space before °C": r"\d°[CF]",
    "'to' in a range": r"\d ?[\u2013\u2014] ?\d",
}
"""The name that the text has for a thing, and the other names of it that it must not have."""

PROVENANCE = re.compile(
    r"says its maker|the maker says|one US (account|hospital) says|\bundated\b"
    r"|(was|were) not found|\bno (number|figure|date|page) (was|were|is) (found|given|recorded)",
    re.IGNORECASE,
)
"""Where a sentence came from, or what its author did not find: neither helps a reader."""


def texts(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Return every text of sentences below a part, without citations, with its path."""
    match part:
        case str():
            yield path, " ".join(without_citations(part).split())
        case Code() | Contact():
            return
        case Struct():
            for field in part.__struct_fields__:
                if field not in NAMES:
                    yield from texts(getattr(part, field), f"{path}.{field}")
        case dict():
            for key, value in part.items():
                yield from texts(value, f"{path}.{key}")
        case tuple():
            for index, value in enumerate(part):
                yield from texts(value, f"{path}.{index}")


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
    assert therapy.short_facts is not None
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
