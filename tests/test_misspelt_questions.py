"""Words of a question that no text has are read as the ones that they nearly are."""

import pytest

from therapyinfo.search import search
from therapyinfo.search.index import MOST_MISSPELT
from therapyinfo.views.search import search_page

from . import knowledge
from .test_search import piece

PIECES = [
    piece("Filgrastim makes white cells.", title="Filgrastim", section="how"),
    piece("Muscle pain comes with it.", title="Side effects", section="risks"),
    piece("A scan shows the graft against the host.", title="Graft versus host", section="life"),
]

RESPELLED = {
    "a letter that stands elsewhere": ("filgastrim side effects", {"filgastrim": "filgrastim"}),
    "a letter too few": ("graft verus host", {"verus": "versus"}),
    "a letter too many": ("grafft versus host", {"grafft": "graft"}),
    "two words": ("efects of filgrastin muscle", {"efects": "effects", "filgrastin": "filgrastim"}),
    "a word that tells a wish": ("filgrastim emergancy", {"emergancy": "emergency"}),
    "a word that stands alone": ("filgastrim", {}),
    "a wish that no text has": ("is filgrastim a scam", {}),
    "a short word": ("muscle pian", {}),
    "another word": ("muscle spasm", {}),
    "a word with a digit": ("muscle filgrast1m", {}),
    "right words": ("muscle pains", {}),
}


@pytest.mark.parametrize(("words", "read"), RESPELLED.values(), ids=RESPELLED)
def test_a_mistyped_word_is_read_as_the_one_that_is_meant(words: str, read: dict[str, str]) -> None:
    assert search(PIECES, words).respelled == read


def test_what_was_read_finds_what_the_right_word_finds() -> None:
    right, mistyped = search(PIECES, "filgrastim side"), search(PIECES, "filgastrim side")

    assert [each.document for each in mistyped.hits] == [each.document for each in right.hits]


def test_the_page_says_how_it_was_read() -> None:
    page = search_page(knowledge.builtin(), "filgastrim side effects")

    assert page.data()["respelled"] == {"filgastrim": "filgrastim"}
    assert "No text has “filgastrim”. This is for “filgrastim”." in str(page.blocks[0])
    assert page.data()["hits"][0]["therapy"] == "growth-factor"


def test_only_some_words_of_a_long_question_are_read_otherwise() -> None:
    misspelt = " ".join(f"filgastri{letter}" for letter in "mabcdefgh")

    assert len(search(PIECES, f"muscle {misspelt}").respelled) <= MOST_MISSPELT
