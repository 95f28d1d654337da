"""Rank the documents that have words of a question; all numbers of the ranking stand here."""

from typing import NamedTuple

from .question import Question

FIELD_WEIGHTS = {"in_title": 1.4, "body": 1.0, "about": 0.5}
"""A word of the title tells most, one of a section's heading stands on all of its passages."""
EQUAL_WEIGHT = 0.7
"""An equal word tells a little less than the very word."""
INTENT_WEIGHT = 3.0
"""A section that is asked for counts about as much as one rare word."""
OWN_WORD_WEIGHT = 3.0
"""A word of only one therapy's names, such as `transplant`, tells which one is meant."""
COVERAGE_BONUS = 4.0
"""A document with every word comes before one that has a rare one often."""
NEAR_BONUS = 1.0
NEAR_WORDS = 3
"""Two words of a question that also stand side by side, small words aside, are no accident."""
PRODUCT_NAMED = 3.0
"""The name of a product alone asks for that product."""
TERM_BONUS = 6.0
"""A term that is asked about comes before what is said with it."""
TITLE_BONUS = 2.0
"""A title of which the question holds every word is its very topic."""
KNOWN_BONUS = 4.0
"""What is said of the first therapy, the best known, comes first where none is named."""
AVERAGE_LENGTH = 1000
COMMON_WEIGHTS = {
    "numbers": 0.8,
    "glance": 0.9,
    "words": 0.75,
    "codes": 0.4,
    "contacts": 0.5,
    "history": 0.7,
    "questions": 0.25,
    "compare": 0.75,
    "differences": 0.7,
    "unknowns": 0.8,
    "mechanism": 0.9,
    "unproven": 0.8,
}
"""Beside a section that is asked for, these rarely hold what was meant."""


class Row(NamedTuple):
    """What ranking needs of a document."""

    row: int
    therapy: str | None
    section: str
    boost: float
    length: int
    title: str


def _wanted(question: Question) -> dict[str, float]:
    """Return how much a question wants each section."""
    wanted: dict[str, float] = {}
    for intent in question.intents:
        for section, weight in intent.sections.items():
            wanted[section] = max(wanted.get(section, 0.0), weight)
    if question.is_name and question.therapies and question.groups:
        wanted["products"] = PRODUCT_NAMED
    return wanted


def ranked_rows(question: Question, rows: dict[int, Row], scores: dict[int, float]) -> list[Row]:
    """Return the documents that may answer, best first."""
    wanted = _wanted(question)
    named = frozenset(question.therapies)
    also = {
        row
        for row, each in rows.items()
        if each.therapy in named and (each.section in wanted or each.section == "glance")
    }
    # What to ask is no answer, but where it is asked for.
    candidates = [
        rows[row]
        for row in sorted(scores.keys() | also)
        if rows[row].section != "questions" or "questions" in wanted
    ]
    places = {id: place for place, id in enumerate(dict.fromkeys(r.therapy for r in rows.values()))}
    asked = question.words
    totals = {each.row: _total(question, wanted, asked, each, scores) for each in candidates}
    if not named and not question.hinted:
        for each in candidates:
            totals[each.row] += KNOWN_BONUS / (1 + places[each.therapy]) if each.therapy else 0.0

    def order(each: Row) -> tuple[bool, float, int]:
        return (bool(named) and each.therapy not in named, -totals[each.row], each.row)

    return sorted(candidates, key=order)


def _total(
    question: Question,
    wanted: dict[str, float],
    asked: set[str],
    each: Row,
    scores: dict[int, float],
) -> float:
    """Return the score of a document's words with what its section and its title add."""
    total = scores.get(each.row, 0.0)
    if each.section in wanted:
        total += INTENT_WEIGHT * wanted[each.section]
    elif wanted or len(question.groups) > 1:
        total *= COMMON_WEIGHTS.get(each.section, 1.0)
    title = each.title.split()
    if title and (each.section in wanted or not wanted) and asked.issuperset(title):
        total += TITLE_BONUS * min(len(title), 2)
    elif len(question.groups) == 1 and not asked.isdisjoint(title):
        total += TITLE_BONUS
    if each.row in question.terms and ("words" in wanted or question.is_name):
        total += TERM_BONUS
    return total
