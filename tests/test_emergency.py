"""Questions of people who may need help now, and what leads their answer."""

import json
from collections.abc import Sequence

import pytest

from therapyinfo.inlines import InlineCode, Text, to_text, without_cites
from therapyinfo.page import Block, Callout, Heading
from therapyinfo.text import without_citations
from therapyinfo.views.emergency import signs_asked
from therapyinfo.views.risks import AT_ONCE, at_once
from therapyinfo.views.search import search_page

from . import knowledge
from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

EMERGENCIES = (
    "fever",
    "I have a fever after car-t",
    "my temperature is 38.5",
    "seizure",
    "he had a fit",
    "trouble breathing",
    "she is struggling to breathe",
    "short of breath after infusion",
    "can't breathe",
    "cant wake him",
    "can't wake him",
    "can\u2019t wake him",
    "cannot wake her up",
    "he won't wake up",
    "when must I call",
    "when should I call the team",
    "who do I ring at night",
    "call the hospital now?",
    "he is confused and slurring words",
    "bleeding that does not stop",
    "chest pain",
    "she collapsed",
    "EMERGENCY",
    "do I dial 999",
    "temperature 38 three weeks after transplant",
    "temp of 38 after transplant",
    "my son has a temperature after CAR-T",
    "her temp is 100.4",
    "sudden pain in left shoulder after G-CSF",
    "pain at the tip of my left shoulder",
    "sudden bad belly pain",
)
OTHERS = (
    "can I drive after car-t?",
    "kymriah cost",
    "what is car-t called in the UK",
    "which cells are made",
    "how long does it take",
    "does it work for lymphoma",
    "is it covered by medicare",
    "how are cells frozen",
    "what does remission mean",
    "can it fit my schedule",
    "PRP for shoulder pain",
    "can pain come back after PRP",
)


@pytest.mark.parametrize("question", EMERGENCIES)
def test_a_question_of_someone_who_may_need_help_now_is_known(question: str) -> None:
    assert signs_asked(question) is not None


@pytest.mark.parametrize("question", OTHERS)
def test_any_other_question_is_none(question: str) -> None:
    assert signs_asked(question) is None


@pytest.mark.parametrize("therapy", knowledge.builtin().ids)
def test_the_signs_of_the_therapy_lead_and_none_is_shortened(therapy: str) -> None:
    library = knowledge.builtin()
    signs = library.entry(therapy).therapy.get_help
    assert signs
    page = search_page(library, f"fever after {therapy}")
    leading, *_ = [block for block in page.blocks if not isinstance(block, Heading)]
    told = {to_text(without_cites(part)) for part in _items(page.blocks)}

    assert isinstance(leading, Callout)
    assert leading.title == at_once(library.entry(therapy).therapy)
    for sign in (*signs.emergency, *signs.call_team):
        assert without_citations(sign) in told


def _items(blocks: Sequence[Block]) -> list[Text]:
    return [item for block in blocks for item in getattr(block, "items", ())]


def test_without_a_therapy_it_says_whom_to_call_and_where_all_signs_are() -> None:
    library = knowledge.builtin()
    page = search_page(library, "fever")
    callout, *_ = page.blocks

    assert isinstance(callout, Callout)
    assert callout.title == AT_ONCE
    assert InlineCode("therapyinfo explain car-t --section help") in callout.after[0]
    assert all(id in to_text(callout.after[0]) for id in library.ids)
    assert page.data()["emergency"]["commands"] == [
        f"therapyinfo explain {id} --section help" for id in library.ids
    ]


def test_an_emergency_of_which_nothing_is_found_is_answered(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(["search", "seizures zzyzx", "-f", "json"])
    data = json.loads(out)

    assert code == 0
    assert data["emergency"]["call"] == AT_ONCE


def test_the_signs_of_two_therapies_stand_under_their_names() -> None:
    page = search_page(knowledge.builtin(), "fever after car-t or hsct")
    names = [block.text for block in page.blocks if isinstance(block, Heading)]

    assert names[0] == "CAR-T therapy"
    assert sum(isinstance(block, Callout) for block in page.blocks) == 2


def test_any_other_question_leads_with_its_hits() -> None:
    page = search_page(knowledge.builtin(), "driving")

    assert page.data()["emergency"] is None
    assert not any(isinstance(block, Callout) for block in page.blocks)
