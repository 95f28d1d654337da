"""The text rules that the built-in knowledge holds, beyond the errors that `check` finds."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from msgspec import Struct

from therapyinfo.check import check
from therapyinfo.layers import load
from therapyinfo.records import Comparison, Facts, Knowledge, Outcome, Product, Therapy
from therapyinfo.store.locate import builtin_file
from therapyinfo.text import sentences, without_citations

from .knowledge import builtin

LABELS = frozenset(
    "name full_name aliases category summary condition standing region as_of checked topic title"
    " where seriousness belief related sources trial group endpoint follow_up cell_type"
    " main_action codes how date".split()
)
"""The fields that hold names and dates, not sentences."""

FILLED = (
    "how_it_works mechanism special total_time steps uses considered benefits risks get_help"
    " outcomes products life access without_treatment not_known events questions"
    " contacts related codes"
).split()
FIRST_SCREEN = ("standing", "used_for", "how_long", "main_harms")
ASKED_PAIRS = {
    ("msc", "hsct"),
    ("msc", "growth-factor"),
    ("nk-nkt", "til"),
    ("nk-nkt", "tcr-t"),
    ("hsct", "gene-edited-hsc"),
    ("bispecific-antibody", "checkpoint-inhibitor"),
}
REASON = re.compile(
    r"how many|number|single case|\d+ (people|adults|boys|girls|children|men|women)"
)
"""What an outcome without `n` says instead: how many there were elsewhere, or why that is unknown."""


@cache
def knowledge() -> Knowledge:
    """Return the built-in records."""
    return load(builtin_file(), builtin_file()).knowledge


THERAPIES = tuple(knowledge().therapies)
each_therapy = pytest.mark.parametrize("id", THERAPIES)
each_row = pytest.mark.parametrize(
    "row", [row for row in Facts.__struct_fields__ if row != "deaths"]
)


def prose(part: object) -> Iterator[str]:
    """Return every text of sentences; products are left out, because their names are long."""
    match part:
        case str():
            yield part
        case Product() | Comparison():
            return
        case Struct():
            for field in part.__struct_fields__:
                if field not in LABELS and not (isinstance(part, Outcome) and field == "what"):
                    yield from prose(getattr(part, field))
        case dict():
            for value in part.values():
                yield from prose(value)
        case tuple():
            for value in part:
                yield from prose(value)


def lengths(therapy: Therapy) -> list[int]:
    """Return the words of each sentence."""
    return [len(each.split()) for text in prose(therapy) for each in sentences(text)]


def fact(id: str, row: str) -> str:
    """Return one cell of the comparison, without its citations."""
    return without_citations(getattr(knowledge().therapies[id].facts, row) or "")


@pytest.mark.slow
def test_check_finds_no_error_in_the_builtin_file() -> None:
    report = check(builtin_file(), builtin_file(), date.fromisoformat(knowledge().reviewed))

    assert [str(each) for each in report.problems if each.severity == "error"] == []


@each_therapy
def test_sentences_are_short(id: str) -> None:
    words = lengths(knowledge().therapies[id])

    assert sum(words) / len(words) <= 14
    assert sum(count > 20 for count in words) / len(words) <= 0.05
    assert max(words) <= 25


@each_therapy
def test_every_section_has_something_to_say(id: str) -> None:
    therapy = knowledge().therapies[id]

    empty = [field for field in FILLED if not getattr(therapy, field)]

    assert empty == [], "a built-in therapy has something to say in each"
    assert therapy.get_help is not None
    assert [therapy.get_help.emergency, therapy.get_help.call_team].count(()) == 0
    assert therapy.considered is not None
    assert [therapy.considered.when, therapy.considered.when_not].count(()) == 0


@each_therapy
def test_the_first_screen_holds_its_texts(id: str) -> None:
    therapy = knowledge().therapies[id]
    long = [row for row in FIRST_SCREEN if len(fact(id, row)) > 140]

    assert long == []
    assert len(without_citations(therapy.main_message).split()) <= 48
    assert len((therapy.summary or "").split()) in range(3, 13)


@each_therapy
def test_benefits_and_harms_are_both_counted(id: str) -> None:
    kinds = {outcome.kind for outcome in knowledge().therapies[id].outcomes}

    assert kinds == {"benefit", "harm"}, "`outcomes` has one of each kind at least"


def _texts(outcome: Outcome) -> tuple[str, ...]:
    return (outcome.trial, outcome.group, outcome.result or "", outcome.certainty)


@each_therapy
def test_an_outcome_names_its_people_or_says_why_it_cannot(id: str) -> None:
    unexplained = [
        (each.trial, each.what)
        for each in knowledge().therapies[id].outcomes
        if each.n is None and not any(REASON.search(text) for text in _texts(each))
    ]

    assert unexplained == []


@each_therapy
def test_a_regulators_decision_has_its_place_and_its_time(id: str) -> None:
    bare = [
        (product.brand or product.generic, each.region)
        for product in knowledge().therapies[id].products
        for each in product.authorisations
        if not (each.region and each.regulator.strip())
        or not (each.date or each.as_of or each.note)
    ]

    assert bare == []


@each_row
def test_every_therapy_fills_the_row(row: str) -> None:
    assert [id for id in THERAPIES if not fact(id, row)] == [], f"give each `facts.{row}`"


@each_row
def test_a_row_counts_in_100_people_for_every_therapy(row: str) -> None:
    other = {
        id: found
        for id in THERAPIES
        if (found := set(re.findall(r"\d in (\d[\d,]*\d)", fact(id, row))) - {"100"})
    }
    unscaled = [
        id
        for id in THERAPIES
        if re.search(r"\b[1-9]\d* of \d", fact(id, row)) and "in 100" not in fact(id, row)
    ]

    assert other == {}
    assert unscaled == []


def test_the_rows_of_the_comparison_are_the_facts() -> None:
    rows = [row.id.replace("-", "_") for row in knowledge().comparison]

    assert sorted(rows) == sorted(Facts.__struct_fields__)


def test_car_t_and_a_transplant_are_told_in_equal_detail() -> None:
    words = [
        sum(len(fact(id, row).split()) for row in Facts.__struct_fields__)
        for id in ("car-t", "hsct")
    ]

    assert max(words) <= 1.3 * min(words)


def test_every_pair_that_people_ask_about_has_its_difference() -> None:
    asked = ASKED_PAIRS | {("car-t", id) for id in THERAPIES if id != "car-t"}
    missing = [pair for pair in asked if pair[1] not in builtin().entry(pair[0]).differences]

    assert missing == [], "say it in `differences` of one of the two"


def test_the_glossary_is_large_and_plain() -> None:
    long = [term.term for term in knowledge().glossary.values() if len(sentences(term.meaning)) > 3]

    assert len(knowledge().glossary) >= 120
    assert long == []


def test_no_two_sources_are_one_page() -> None:
    addresses = Counter(source.url.rstrip("/") for source in knowledge().sources.values())

    assert [url for url, count in addresses.items() if count > 1] == []
