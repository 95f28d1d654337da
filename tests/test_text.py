"""Names and prose: citations, sentences, names that are compared and names that are near."""

import pytest

from therapyinfo import text as text_module


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("No source here.", []),
        ("One [@a].", ["a"]),
        ("Two [@a; @b-2].", ["a", "b-2"]),
        ("Twice [@a], and [@a] again.", ["a", "a"]),
        ("Spaces [@a;   @b ].", ["a", "b"]),
        ("A [bracket] and a mail@address.org.", []),
        ("Open [@a and never closed", []),
        ("", []),
    ],
)
def test_citations_are_found_in_order(text: str, ids: list[str]) -> None:
    assert text_module.cited_ids(text) == ids


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It works [@a; @b].", "It works."),
        ("It works[@a].", "It works."),
        ("In [@a] the middle.", "In the middle."),
        ("[@a]", ""),
        ("A [bracket] stays.", "A [bracket] stays."),
    ],
)
def test_words_stand_without_their_citations(text: str, words: str) -> None:
    assert text_module.without_citations(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Cited [@a]. Again [@b].", ["Cited.", "Again."]),
        ("Some, e.g. fever. More.", ["Some, e.g. fever.", "More."]),
        ("Call Dr. Who, i.e. me.", ["Call Dr. Who, i.e. me."]),
        ("About 3.5 hours.", ["About 3.5 hours."]),
        ("On\ntwo lines. Done.", ["On\ntwo lines.", "Done."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert text_module.sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("About 3 hours [@a]. A second day [@b].", "About 3 hours [@a]."),
        ("Only one", "Only one"),
        ("No. 3 of them. And more.", "No. 3 of them."),
        ("", ""),
    ],
)
def test_the_first_sentence_keeps_its_citations(text: str, first: str) -> None:
    assert text_module.first_sentence(text) == first


@pytest.mark.parametrize(
    "name",
    ["CAR-T cell therapy", "car t cell therapy", "CAR‑T–Cell  THERAPY", "car_t.cell/therapy"],
)
def test_a_name_is_compared_by_letters_and_digits_alone(name: str) -> None:
    assert text_module.normalize_name(name) == "cartcelltherapy"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("car-tt", ["car-t"]),
        ("cra-t", ["car-t"]),
        ("hsc", ["hsct"]),
        ("Growth Facter", ["growth-factor"]),
        ("gro", ["growth-factor"]),
        ("", []),
        ("zzzz", []),
        ("-", []),
    ],
)
def test_a_mistyped_name_finds_the_nearest(name: str, near: list[str]) -> None:
    names = ["car-t", "hsct", "growth-factor"]

    assert text_module.close_matches(name, names) == near


def test_near_names_lead_to_ids_once_and_are_few() -> None:
    spellings = {f"therapy number {number}": f"t-{number % 5}" for number in range(50)}

    found = text_module.close_matches("therapy number", spellings)

    assert len(found) == 3
    assert len(set(found)) == 3


def test_a_very_long_name_is_answered_at_all() -> None:
    assert text_module.close_matches("x" * 100_000, ["car-t"]) == []
