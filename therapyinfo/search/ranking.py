"""Rank the documents that have words of a question; all numbers of the ranking stand here."""

from collections.abc import Container, Iterable, Mapping, Sequence
from math import log

from msgspec import Struct

from .question import HARDLY, Question

FIELD_WEIGHTS = {"in_title": 1.4, "body": 1.0, "about": 0.4}
"""A word of the title tells most, one of a section's heading stands on all of its passages."""
SATURATION = 3.0
"""A word that stands in title, heading and text tells little more than one of the title."""
LENGTH_SHARE = 0.2
"""How much less a word tells in a text as long as `AVERAGE_LENGTH`, and more in a shorter one."""
AVERAGE_LENGTH = 1000
EQUAL_WEIGHT = 0.8
"""An equal word tells a little less than the very word."""
INTENT_WEIGHT = 3.0
"""A section that is asked for counts about as much as one rare word."""
OWN_WORD_WEIGHT = 3.0
"""A word of only one therapy's names, such as `transplant`, tells which one is meant."""
COVERAGE_BONUS = 6.0
"""A document with every word comes before one that has a rare one often."""
NEAR_BONUS = 1.0
NEAR_WORDS = 3
"""Two words of a question that also stand side by side, small words aside, are no accident."""
PRODUCT_NAMED = 3.0
"""The name of a product alone asks for that product."""
TERM_BONUS = 12.0
"""A term of which nothing else is asked comes before what is said with it."""
TITLE_BONUS = 3.0
"""A title that says what the question says, small words too, is its very topic."""
LONE_WORD_BONUS = 2.0
"""The only word that is asked for is the topic of what has it in its title."""
SMALL_WORD = 0.5
"""How much a small word of a title counts beside another word."""
LONG_TITLE = 4
"""A title of more words is no surer sign."""
SHORT_TITLE = 2
"""A title of fewer words is as sure a sign."""
LEAST_SHARE = 0.5
"""A title of which the question says less is another topic."""
COMMON_SHARE = 0.3
"""A word that so many passages of a therapy have tells little of which of them is meant."""
LEAST_TOLD = 0.1
KNOWN_BONUS = 6.0
"""What is said of the first therapy, the best known, comes first where none is named."""
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
    "special": 0.85,
    "process": 0.85,
    "products": 0.85,
    "misconceptions": 0.85,
    "uses": 1.1,
}
"""Beside a section that is asked for, most of these rarely hold what was meant; uses often do."""


WITHIN_ONE = {"how": 1.5, "differences": 1.0}
"""What tells how two kinds of one therapy differ, or what is said of all in one place."""


class Row(Struct, frozen=True, array_like=True, gc=False):
    """What ranking needs of a document.

    row: its number. length: of its text. title: its words that tell, as stems; small_words: its
    others. regions: where any of it holds.
    """

    row: int
    therapy: str | None
    section: str
    length: int
    title: tuple[str, ...]
    small_words: tuple[str, ...]
    regions: tuple[str, ...]


def word_value(weight: float, field: str, row: Row) -> float:
    """Return what a word tells in a field of a document."""
    length = row.length / AVERAGE_LENGTH if field == "body" else 1.0
    return weight * FIELD_WEIGHTS[field] / (1 - LENGTH_SHARE + LENGTH_SHARE * length)


def saturated(value: float) -> float:
    """Return what a word tells in all fields together."""
    return (SATURATION + 1) * value / (SATURATION + value)


def left_to_tell(named: Sequence[int], found: Container[int]) -> float:
    """Return how much a word tells that some of the documents of a named therapy have.

    named: their rows. `Cancer` or `cell` stands in most of them, whatever they are about.
    """
    share = sum(row in found for row in named) / max(len(named), 1)
    return max(LEAST_TOLD, 1 - share) if share > COMMON_SHARE else 1.0


def add_for_owners(question: Question, rows: Iterable[Row], scores: dict[int, float]) -> None:
    """Raise the scores of a therapy's documents for words of its names."""
    every = list(rows)
    therapies = len({each.therapy for each in every})
    # A word alone names no therapy: `vaccine` asks for what is said of vaccines.
    for owners in question.owners.values() if len(question.groups) > 1 else ():
        told = log(therapies / len(owners)) * OWN_WORD_WEIGHT
        for each in every:
            if each.therapy in owners and (each.row in scores or question.intents):
                scores[each.row] = scores.get(each.row, 0.0) + told


def ranked_rows(
    question: Question, rows: Mapping[int, Row], scores: Mapping[int, float]
) -> list[Row]:
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
    totals = {each.row: _total(question, wanted, each, scores) for each in candidates}
    telling = (of for of in question.owners.values() if len(of) == 1 and max(of.values()) > HARDLY)
    if not named and not any(telling):
        therapies = dict.fromkeys(each.therapy for each in rows.values() if each.therapy)
        known = {id: KNOWN_BONUS / place for place, id in enumerate(therapies, 1)}
        if len(question.groups) == 1 and not question.intents:  # a word's meaning is as well known
            known[""] = KNOWN_BONUS
        for each in candidates:
            totals[each.row] += known.get(each.therapy or "", 0.0)

    def order(each: Row) -> tuple[bool, float, int]:
        is_other = each.therapy not in named and each.row not in question.terms
        return (bool(named) and is_other, -totals[each.row], each.row)

    return sorted(candidates, key=order)


def _wanted(question: Question) -> dict[str, float]:
    """Return how much a question wants each section."""
    wanted: dict[str, float] = {}
    is_of_two = len({*question.therapies, *question.hinted}) > 1
    for intent in question.intents:
        sections = WITHIN_ONE if intent.whole == "compare" and not is_of_two else intent.sections
        for section, weight in sections.items():
            wanted[section] = max(wanted.get(section, 0.0), weight)
    is_asked = question.is_name or any(each.whole == "glance" for each in question.intents)
    if is_asked and question.names_part:
        wanted["products"] = PRODUCT_NAMED
    return wanted


def _total(
    question: Question, wanted: Mapping[str, float], each: Row, scores: Mapping[int, float]
) -> float:
    """Return the score of a document's words with what its section and its title add."""
    total = scores.get(each.row, 0.0)
    if each.section in wanted:
        total += INTENT_WEIGHT * wanted[each.section]
    elif wanted or question.therapies or len(question.groups) > 1:
        total *= COMMON_WEIGHTS.get(each.section, 1.0)
    if each.row in question.terms and ("words" in wanted or question.is_name):
        total += TERM_BONUS
    return total + _title_bonus(question, each)


def _title_bonus(question: Question, each: Row) -> float:
    size = len(each.title) + len(each.small_words)
    shared = len(question.said.intersection(each.title))
    shared_small = len(question.said.intersection(each.small_words))
    whole = len(each.title) + SMALL_WORD * len(each.small_words)
    share = (shared + SMALL_WORD * shared_small) / max(whole, 1.0)
    size = min(max(size, SHORT_TITLE), LONG_TITLE)
    bonus = TITLE_BONUS * share**2 * size / SHORT_TITLE if share > LEAST_SHARE else 0.0
    is_lone = len(question.groups) == 1 and not question.therapies
    return bonus + LONE_WORD_BONUS * (is_lone and not question.words.isdisjoint(each.title))
