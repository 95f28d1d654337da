"""What a question is answered with: by what it names and wants, however it is typed."""

from collections.abc import Iterator, Sequence

import pytest

from therapyinfo.search import SearchIndex, make_index
from therapyinfo.views.documents import all_documents

from . import knowledge


@pytest.fixture(scope="module")
def index() -> Iterator[SearchIndex]:
    made = make_index(all_documents(knowledge.builtin()))
    yield made
    made.close()


FIRST = {
    "can I drive after CAR-T?": ("car-t", "life"),
    "What does Casgevy cost?": ("gene-edited-hsc", "access"),
    "what are the side effects of TIL therapy": ("til", "risks"),
    "What are the steps of CAR-T?": ("car-t", "process"),
    "Which CAR-T products are approved?": ("car-t", "products"),
    "CAR-T or TIL therapy?": ("car-t", "compare"),
    "when must I call the hospital after CAR-T?": ("car-t", "help"),
    "What does allogeneic mean?": (None, "words"),
}


@pytest.mark.parametrize(("question", "place"), FIRST.items(), ids=FIRST)
@pytest.mark.parametrize("form", ["{}", '"{}"', "“{}”"])
def test_the_first_hit_is_of_the_place_that_answers(
    index: SearchIndex, question: str, place: tuple[str | None, str], form: str
) -> None:
    first = index.search(form.format(question)).hits[0].document

    assert (first.therapy, first.section) == place


ALIKE = [
    ("tumour lysis", "tumor lysis"),
    ("leukaemia in children", "leukemia in children"),
    ("anaemia", "anemia"),
    ("diarrhoea after Keytruda", "diarrhea after Keytruda"),
]


@pytest.mark.parametrize("spellings", ALIKE)
def test_british_and_american_spellings_find_the_same(
    index: SearchIndex, spellings: Sequence[str]
) -> None:
    found = [{hit.document.text for hit in index.search(each).hits} for each in spellings]

    assert all(found)
    assert found[0] & found[1]


def test_questions_to_ask_are_no_answer_to_another_question(index: SearchIndex) -> None:
    hits = index.search("Who pays for it?").hits

    assert hits
    assert "questions" not in {hit.document.section for hit in hits}


@pytest.mark.parametrize("question", ["side effects", "what does it cost", "infusion"])
def test_a_search_in_one_therapy_finds_only_what_is_said_of_it(
    index: SearchIndex, question: str
) -> None:
    hits = index.search(question, ["til"]).hits

    assert {hit.document.therapy for hit in hits} == {"til"}
