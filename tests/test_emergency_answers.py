"""What somebody who may need help now is told: the signs and whom to call, then only that danger."""

import re
from functools import cache

import pytest

from therapyinfo.library import Library
from therapyinfo.page import Callout, Heading, Page
from therapyinfo.views.search import search_page

from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

ANSWERS = {
    "she can't stop shivering after Kymriah": ("car-t", "shiver|chill|shak"),
    "fever after CAR-T": ("car-t", "fever|temperature"),
    "my husband has a fever after his transplant": ("hsct", "fever|temperature"),
    "my dad is confused since the infusion": (None, "confus|muddled"),
    "she is confused after Tecvayli": ("bispecific-antibody", "confus|muddled"),
    "chest pain on keytruda": ("checkpoint-inhibitor", "chest pain"),
    "he had a seizure after Tecartus": ("car-t", "seizure"),
    "can't wake him after car-t": ("car-t", "faint|collapse|sleep"),
    "trouble breathing after stem cell injection": ("msc", "breath"),
    "bleeding that does not stop after til": ("til", "bleed"),
    "my son is shivering after blinatumomab": ("bispecific-antibody", "shiver|chill|shak"),
    "slurred speech after Carvykti": ("car-t", "speech|speak|find words"),
    "sudden pain in left shoulder after G-CSF": ("growth-factor", "shoulder|belly"),
    "temp of 38 after transplant": ("hsct", "fever|temperature"),
    "he passed out during the PRP injection": ("prp", "faint|collapse|sleep"),
    "temperature of 38.5 two weeks after Casgevy, what is her temperature allowed to be": (
        "gene-edited-hsc",
        "fever|temperature",
    ),
}
"""A question, the therapy that it names, and what each passage of the answer speaks of."""

CALLS = ("when must I call after car-t", "who do I ring at night after a transplant", "EMERGENCY")
"""Questions about the call alone."""

ASKED_BESIDES = {
    "does G-CSF lower the risk of fever": {"benefits", "numbers"},
    "can I drive after a seizure on car-t": {"life"},
}


@cache
def _page(question: str) -> Page:
    return search_page(Library.open(), question)


@pytest.mark.parametrize("question", ANSWERS)
def test_the_signs_and_whom_to_call_come_first(question: str) -> None:
    therapy, _ = ANSWERS[question]
    page = _page(question)
    first = next(block for block in page.blocks if not isinstance(block, Heading))
    told = page.data()["emergency"]["signs"]

    assert isinstance(first, Callout)
    assert first.title.startswith("Get help at once")
    assert therapy is None or therapy in [each["therapy"] for each in told]


@pytest.mark.parametrize("question", ANSWERS)
def test_every_passage_is_of_a_danger_and_tells_the_sign(question: str) -> None:
    therapy, sign = ANSWERS[question]
    hits = _page(question).data()["hits"]

    assert hits
    for hit in hits:
        assert hit["section"] in ("help", "risks")
        assert re.search(sign, f"{hit['title']} {hit['text']}", re.IGNORECASE)
    assert therapy is None or {therapy} == {hit["therapy"] for hit in hits}


@pytest.mark.parametrize("question", ANSWERS)
def test_nobody_in_danger_is_told_which_words_were_not_found(question: str) -> None:
    assert _page(question).data()["every_word"]


@pytest.mark.parametrize("question", CALLS)
def test_a_question_about_the_call_shows_only_when_to_call(question: str) -> None:
    assert {hit["section"] for hit in _page(question).data()["hits"]} <= {"help"}


@pytest.mark.parametrize("question", ASKED_BESIDES)
def test_what_is_asked_besides_the_sign_is_told_too(question: str) -> None:
    page = _page(question)

    assert page.data()["emergency"]["call"]
    assert ASKED_BESIDES[question] & {hit["section"] for hit in page.data()["hits"]}
