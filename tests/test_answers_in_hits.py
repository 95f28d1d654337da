"""The first hits tell what was asked: a kind of question a table, in the built-in knowledge."""

import pytest

from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.search.ranking import left_to_tell
from therapyinfo.views.search import search_page

from . import knowledge


def _hits(question: str) -> list[dict[str, str]]:
    hits: list[dict[str, str]] = search_page(knowledge.builtin(), question).data()["hits"]
    return hits


def _printed(question: str) -> str:
    page = search_page(knowledge.builtin(), question)
    return " ".join(render(page, "plain", RenderOptions(width=200)).split())


TOLD_FIRST = {
    "a product": ("alofisel withdrawn why", "Alofisel (darvadstrocel):", "Ryoncil (rem"),
    "what a product is for": ("what is tecelra for", "Synovial sarcoma", "The page tells all"),
    "a step": ("how long does it take to make the cells", "Making the cells:", "- In all"),
    "a risk": ("can car-t cause a second cancer", "A new T-cell cancer:", "parts: Deaths"),
    "the risk of one drug of many": ("is Regranex safe", "The question of cancer", "parts: Deaths"),
    "the use of one product": ("what is Ryoncil used for", "Approved:", "The page tells all"),
    "deaths by a share": ("what percentage die from CAR-T", "Deaths:", "The page tells all"),
    "the page as it begins": ("side effects of Kymriah", "Deaths:", "The page tells all"),
}


@pytest.mark.parametrize(("question", "told", "then"), TOLD_FIRST.values(), ids=TOLD_FIRST)
def test_a_whole_page_begins_with_the_passage_that_was_asked_for(
    question: str, told: str, then: str
) -> None:
    printed = _printed(question)

    assert printed.index(told) < printed.index(then)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("tcr-t vs car-t whats the difference", "needs no match, and is used mainly in blood"),
        ("what is the difference between nk cells and car-nk", "gives NK cells without a CAR"),
    ],
)
def test_a_comparison_tells_once_what_both_therapies_say(question: str, sentence: str) -> None:
    first = _printed(question).partition("Side by side on one page:")[0]

    assert first.count(sentence) == 1


PLACES = {
    "a price without the word": ("amtagvi how much", ("til", "access")),
    "work as a job": ("how long off work after a transplant", ("hsct", "life")),
    "two kinds of one therapy": ("NK cells or NKT cells", ("nk-nkt", "how")),
    "who qualifies": ("who qualifies for casgevy", ("gene-edited-hsc", "considered")),
    "which is safer": ("is car-nk safer than car-t", ("car-nk", "compare")),
    "a disease by its other form": ("carvykti parkinsonism", ("car-t", "risks")),
    "a decision to come": ("what is waiting for a decision in the US", ("car-t", "products")),
    "part of a therapy by its name": ("Does EPO make cancer worse", ("growth-factor", "risks")),
    "a name of several words": ("What does G-CSF cost", ("growth-factor", "access")),
    "a therapy as a treatment": ("TIL treatment cost", ("til", "access")),
    "the word that only names": ("How likely is it to die from a transplant", ("hsct", "risks")),
    "a product by its name": ("what is yescarta", (None, "words")),
    "a therapy by its name": ("what are NK cells", ("nk-nkt", "glance")),
    "a term with a word beside it": ("what is becaplermin gel", (None, "words")),
    "no apostrophe": ("whats the cost of casgevy", ("gene-edited-hsc", "access")),
    "it does not work": ("what happens if car-t doesnt work", ("car-t", "risks")),
    "whether one has it": ("how do I know if I have gvhd", ("hsct", "risks")),
    "in weeks": ("how many weeks does til take", ("til", "process")),
    "whether it is approved": ("is provenge approved", ("dendritic-cell-vaccine", "uses")),
    "the first of its kind": ("when was car-t first approved", ("car-t", "history")),
    "a section that is wanted less": ("Do clinics sell CAR-NK", ("car-nk", "unproven")),
}


@pytest.mark.parametrize(("question", "place"), PLACES.values(), ids=PLACES)
def test_a_question_finds_its_section_first(question: str, place: tuple[str | None, str]) -> None:
    first = _hits(question)[0]

    assert (first["therapy"], first["section"]) == place


def test_what_epo_does_comes_before_what_other_growth_factors_do() -> None:
    assert "epoetin" in _hits("Does EPO make cancer worse")[0]["text"]


def test_one_fact_of_several_therapies_is_one_hit() -> None:
    hits = _hits("which are made for me and which are kept ready")
    facts = [each for each in hits if each["section"] == "compare"]

    assert [each["title"] for each in facts] == ["Made for"]
    assert "CAR-T therapy: " in facts[0]["text"]
    assert "TIL therapy: " in facts[0]["text"]
    assert facts[0]["command"].startswith("therapyinfo compare car-t ")
    assert facts[0]["command"].endswith(" --on made-for")


def test_a_therapy_that_is_named_keeps_its_own_facts() -> None:
    texts = [each["text"] for each in _hits("is TIL made for me or kept ready")]

    assert not any("CAR-T therapy: " in each for each in texts)


def test_a_word_that_most_passages_of_a_therapy_have_tells_little() -> None:
    assert left_to_tell([1, 2, 3, 4], {1, 2, 3}) == pytest.approx(0.25)
    assert left_to_tell([1, 2, 3, 4], {1}) == 1.0
    assert left_to_tell([1, 2], {1, 2}) > 0.0
    assert left_to_tell([], {1}) == 1.0
