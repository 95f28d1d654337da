"""How a question is read: its phrases, the sense of its words, and the therapy that it means."""

from collections.abc import Iterator
from functools import cache

import pytest

from therapyinfo.search import PhraseTable, SearchIndex, make_index
from therapyinfo.search.intents import INTENTS, intents_of
from therapyinfo.views.documents import all_documents
from therapyinfo.views.passages import as_sentence

from . import knowledge

PHRASES = {
    "a word": ("fever", "is it a fever", True),
    "no part of a word": ("fever", "feverish", False),
    "words side by side": ("side effects", "what side effects are there", True),
    "no words apart": ("side effects", "effects on the other side", False),
    "either of two words": ("go/goes wrong", "what goes wrong", True),
    "a gap of some words": ("how is * treated", "how is the bad fever treated", True),
    "a gap of none": ("how is * treated", "how is treated", True),
    "no wider gap": ("how is * treated", "how is a b c d e f g treated", False),
    "the start": ("^ is it", "is it a drug", True),
    "no other place": ("^ is it", "what is it", False),
    "the end": ("kill $", "can it kill", True),
    "no place before": ("kill $", "can it kill me", False),
    "any of several": ("fever | chills", "he has chills", True),
    "nothing": ("fever", "", False),
}


@pytest.mark.parametrize(("phrases", "question", "is_found"), PHRASES.values(), ids=PHRASES)
def test_a_phrase_stands_in_a_question_or_not(phrases: str, question: str, is_found: bool) -> None:
    found = list(PhraseTable([("told", phrases)]).found(question.split()))

    assert bool(found) is is_found
    assert all(words <= set(question.split()) for _, words in found)


@pytest.mark.parametrize("intent", INTENTS, ids=lambda each: each.asked[:30])
def test_each_phrase_of_a_wish_tells_it(intent: object) -> None:
    (asked,) = [each.asked for each in INTENTS if each is intent]
    for phrase in asked.split("|"):
        words = [word.split("/")[0] for word in phrase.split() if word not in ("^", "$", "*")]

        found = [each for each, _ in intents_of([words])]
        assert intent in found or any(each.whole for each in found), phrase


@cache
def _index() -> SearchIndex:
    library = knowledge.builtin()
    return make_index(all_documents(library), "", library.vocabulary)


@pytest.fixture(scope="module", autouse=True)
def close_the_index() -> Iterator[None]:
    yield
    _index().close()
    _index.cache_clear()


FIRST = {
    "a phrase gives its words a sense": (
        "How will I know that the transplant worked?",
        ("hsct", "life", "When you know if it worked"),
    ),
    "work is a job where it is asked for": (
        "When can I work after a transplant?",
        ("hsct", "life", "Work"),
    ),
    "small words of a title count": (
        "How many people have had CAR-T?",
        ("car-t", "access", "How many people have had it"),
    ),
    "a word of nearly all names means the therapy": (
        "can I drink wine after my transplant",
        ("hsct", "life", "Food and alcohol"),
    ),
    "a term that is asked for comes before what uses it": (
        "What is a stem cell?",
        (None, "words", "stem cell"),
    ),
    "a generic name without its last letter": (
        "what does remestemcel cost",
        ("msc", "access", "Cost"),
    ),
    "a product with something else asked is no list of products": (
        "Is CAR-T approved for lupus?",
        ("car-t", "misconceptions", "“It is approved for lupus.”"),
    ),
    "two therapies with an or are compared": (
        "Do I need a donor for CAR-T or for a transplant?",
        ("car-t", "compare", ""),
    ),
    "an or between anything else compares nothing": (
        "What if CAR-T fails or the cancer comes back?",
        ("car-t", "risks", "The cancer comes back"),
    ),
    "everyday words": (
        "how far from the hospital can we live during CAR-T",
        ("car-t", "life", "Staying near the centre"),
    ),
}


@pytest.mark.parametrize(("question", "expected"), FIRST.values(), ids=FIRST)
def test_the_first_hit_is_what_was_asked(
    question: str, expected: tuple[str | None, str, str]
) -> None:
    therapy, section, title = expected
    first = _index().search(question).hits[0].document

    assert (first.therapy, first.section) == (therapy, section)
    assert first.title.startswith(title)


def test_the_uses_of_one_standing_are_one_passage_under_their_lead() -> None:
    uses = [each for each in all_documents(knowledge.builtin()) if each.section == "uses"]
    first = next(each for each in uses if each.therapy == "car-t")

    assert first.title == "Approved"
    assert len(first.parts) > 3
    assert first.parts[1].regions
    assert [each for each in uses if ":." in each.text] == []


def test_a_lead_that_ends_with_a_colon_gets_no_full_stop() -> None:
    assert as_sentence("Approved for:") == "Approved for:"
