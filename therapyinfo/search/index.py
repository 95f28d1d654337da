"""Query the index: find, rank, show."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from msgspec import convert

from .document import Document, Hit, SearchResults, from_row
from .intents import COMMON_WEIGHTS
from .question import Names, Question, understood
from .whole import whole_pages
from .words import split_words, stem

if TYPE_CHECKING:
    from sqlite3 import Connection

MAX_HITS = 9
MAX_HITS_PER_SECTION = 3

_ROWS = "SELECT rowid, therapy, section, boost, length(text), in_title FROM documents"
_FIND = "SELECT rowid FROM documents WHERE documents MATCH ?"
_SHOW = """SELECT name, title, names, text, therapy, section, heading, command, synonyms, boost
    FROM documents WHERE rowid = ?"""
_WITH_PREFIX = "SELECT word FROM words WHERE word GLOB ? LIMIT 40"
_KNOWN = "SELECT 1 FROM words WHERE word = ?"
_NAMED = "SELECT key, therapy, own FROM names WHERE key IN ({})"
_TITLES = "SELECT title FROM documents ORDER BY rowid"
_MIN_PREFIX = 3
"""Fewer letters begin too many words to tell anything."""
_PART = re.compile(r"(\w+)")

FIELD_WEIGHTS = {"in_title": 1.6, "body": 1.0, "about": 0.5}
"""A word of the title tells most, one of a section's heading stands on all of its passages."""
EQUAL_WEIGHT = 0.6
"""An equal word tells a little less than the very word."""
INTENT_WEIGHT = 3.0
"""A section that is asked for counts about as much as one rare word."""
OWN_WORD_WEIGHT = 3.0
"""A word of only one therapy's names, such as `transplant`, tells which one is meant."""
COVERAGE_BONUS = 2.0
"""A document with every word comes before one that has a rare one often."""
NEAR_BONUS = 0.6
NEAR_WORDS = 3
"""Two words of a question that also stand side by side, small words aside, are no accident."""
PRODUCT_NAMED = 3.0
"""The name of a product alone asks for that product."""
TERM_BONUS = 6.0
"""A term that is asked about comes before what is said with it."""
TITLE_BONUS = 2.0
"""A title of which the question holds every word is its very topic."""
KNOWN_BONUS = 2.0
"""What is said of the first therapy, the best known, comes first where none is named."""
AVERAGE_LENGTH = 700


class _Row(NamedTuple):
    """What ranking needs of a document."""

    row: int
    therapy: str | None
    section: str
    boost: float
    length: int
    title: str


class _Matched(NamedTuple):
    """How well documents have the words, how many of them, and the therapies that words hint at."""

    scores: dict[int, float]
    covered: Counter[int]
    hinted: tuple[str, ...]


class NotAnIndexError(Exception):
    """The database is no index, or not the one that was asked for."""


class SearchIndex:
    """Documents that are ready to be searched, until it is closed."""

    def __init__(self, database: "Connection") -> None:
        self._database = database

    def close(self) -> None:
        """Give the memory back."""
        self._database.close()

    def content(self) -> bytes | None:
        """Return the index as bytes; None if this SQLite was built without that."""
        try:
            return self._database.serialize()
        except AttributeError:
            return None

    def titles(self) -> list[str]:
        """Return the titles of all documents, in order."""
        return convert([title for (title,) in self._database.execute(_TITLES)], list[str])

    def search(self, words: str, therapies: Sequence[str] = ()) -> SearchResults:
        """Return the documents that answer a question, best first.

        words: as people type them; nothing in them can break the search. therapies: the ids of
        those to look in; none for all.
        """
        question = understood(words, self._known_names)
        if question.groups:
            last = self._completed(question.groups[-1])
            question = question._replace(groups=[*question.groups[:-1], last])
        rows = {row: _Row(row, *more) for row, *more in self._database.execute(_ROWS)}
        if therapies:
            rows = {row: each for row, each in rows.items() if each.therapy in therapies}
            question = question._replace(therapies=therapies)
        scores, covered, hinted = self._matched(question, rows)
        question = question._replace(hinted=hinted)
        ranked = _ranked(question, rows, scores)
        if not ranked:
            return SearchResults()
        match_all = bool(ranked) and any(
            count == len(question.groups) for count in covered.values()
        )
        return SearchResults(
            hits=self._hits(question, ranked, rows), total=len(ranked), match_all=match_all
        )

    def _known_names(self, keys: Sequence[str]) -> Names:
        found: Names = {}
        unique = list(dict.fromkeys(keys))
        for start in range(0, len(unique), 500):
            part = unique[start : start + 500]
            marks = ",".join("?" * len(part))
            for key, therapy, own in self._database.execute(_NAMED.format(marks), part):
                found.setdefault(key, []).append((therapy, own))
        return found

    def _matched(self, question: Question, rows: dict[int, _Row]) -> _Matched:
        """Return how well each document has the words of a question."""
        scores: dict[int, float] = {}
        covered: Counter[int] = Counter()
        for group in question.groups:
            found, count = self._having(group, rows)
            rarity = log(1 + len(rows) / (1 + count))
            for row, value in found.items():
                scores[row] = scores.get(row, 0.0) + rarity * value
                covered[row] += 1
        for row, count in covered.items():
            scores[row] += COVERAGE_BONUS * (count / len(question.groups)) ** 2
        for one, other in pairwise(question.groups):
            pair = f'"{one[0]}" "{other[0]}"'
            for expression in (
                f"body : NEAR({pair}, {NEAR_WORDS})",
                f'body : "{one[0]} {other[0]}"',
            ):
                for row in self._rows(expression, scores):
                    scores[row] += NEAR_BONUS
        return _Matched(scores, covered, self._hinted(question, rows, scores))

    def _having(self, group: Sequence[str], rows: dict[int, _Row]) -> tuple[dict[int, float], int]:
        """Return how well documents have a word or its equals, and how many have it as text."""
        values: dict[int, float] = {}
        having: set[int] = set()
        for field, field_weight in FIELD_WEIGHTS.items():
            in_field: dict[int, float] = {}
            for place, word in enumerate(group):
                weight = EQUAL_WEIGHT if place else 1.0
                for row in self._rows(f'{field} : "{word}"', rows):
                    in_field[row] = max(weight, in_field.get(row, 0.0))
            for row, weight in in_field.items():
                length = rows[row].length / AVERAGE_LENGTH if field == "body" else 1.0
                values[row] = values.get(row, 0.0) + weight * field_weight / (0.7 + 0.3 * length)
            having |= in_field.keys() if field != "about" else set()
        return values, len(having)

    def _hinted(
        self, question: Question, rows: dict[int, _Row], scores: dict[int, float]
    ) -> tuple[str, ...]:
        """Score words of therapies' names, and return the therapies that alone have one of them."""
        therapies = len({each.therapy for each in rows.values()})
        hinted: list[str] = []
        for group in question.groups:
            owners: dict[str | None, list[int]] = {}
            for row in self._rows(f'of_therapy : "{group[0]}"', rows):
                owners.setdefault(rows[row].therapy, []).append(row)
            if len(owners) == 1:
                hinted += [id for id in owners if id]
            told = log(therapies / len(owners)) * OWN_WORD_WEIGHT if owners else 0.0
            for row in (row for own in owners.values() for row in own):
                if row in scores or question.intents:
                    scores[row] = scores.get(row, 0.0) + told
        return tuple(dict.fromkeys(hinted))

    def _rows(self, expression: str, among: Container[int]) -> list[int]:
        found = self._database.execute(_FIND, (expression,))
        return [row for (row,) in found if row in among]

    def _completed(self, group: tuple[str, ...]) -> tuple[str, ...]:
        """Return a word and its equals with the words that it begins, where it is none itself."""
        word = group[0]
        if len(word) < _MIN_PREFIX or not word.isalnum():
            return group
        if self._database.execute(_KNOWN, (word,)).fetchone():
            return group
        begun = self._database.execute(_WITH_PREFIX, (f"{word}*",))
        return (*group, *(each for (each,) in begun))

    def _hits(
        self, question: Question, ranked: Sequence[_Row], rows: dict[int, _Row]
    ) -> tuple[Hit, ...]:
        """Return whole pages that were asked for, then the best documents of each section."""
        in_section = Counter(map(_place, ranked))
        taken: Counter[tuple[str | None, str]] = Counter()
        shown: list[_Row] = []
        for each in ranked:
            place = _place(each)
            if taken[place] < MAX_HITS_PER_SECTION and len(shown) < MAX_HITS:
                taken[place] += 1
                shown.append(each)
        left = in_section - taken
        stems = {word for group in question.groups for word in group}
        pages = whole_pages(question, ranked, rows.values(), self._document)
        found = [
            *(Hit(document=each, snippet=_marked(each.text, stems)) for each in pages),
            *(
                Hit(
                    document=(document := self._document(each.row)),
                    snippet=_marked(document.text, stems),
                    hidden_count=left[_place(each)],
                )
                for each in shown
            ),
        ]
        return tuple(found[:MAX_HITS])

    def _document(self, row: int) -> Document:
        return from_row(self._database.execute(_SHOW, (row,)).fetchone())


def _ranked(question: Question, rows: dict[int, _Row], scores: dict[int, float]) -> list[_Row]:
    """Return the documents that may answer, best first."""
    wanted: dict[str, float] = {}
    for intent in question.intents:
        for section, weight in intent.sections.items():
            wanted[section] = max(wanted.get(section, 0.0), weight)
    if question.is_name and question.therapies and question.groups:
        wanted["products"] = PRODUCT_NAMED
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
    unnamed = not named and not question.hinted
    places = {id: place for place, id in enumerate(dict.fromkeys(r.therapy for r in rows.values()))}
    asked = {word for group in question.groups for word in group}
    totals: dict[int, float] = {}
    for each in candidates:
        total = scores.get(each.row, 0.0)
        if each.section in wanted:
            total += INTENT_WEIGHT * wanted[each.section]
        elif wanted or len(question.groups) > 1:
            total *= COMMON_WEIGHTS.get(each.section, 1.0)
        if unnamed and each.therapy:
            total += KNOWN_BONUS / (1 + places[each.therapy])
        if (each.section in wanted or not wanted) and asked.issuperset(each.title.split() or "?"):
            total += TITLE_BONUS * min(len(each.title.split()), 2)
        if each.row in question.terms and ("words" in wanted or question.is_name):
            total += TERM_BONUS
        totals[each.row] = total

    def order(each: _Row) -> tuple[bool, float, int]:
        return (bool(named) and each.therapy not in named, -totals[each.row], each.row)

    return sorted(candidates, key=order)


def _place(found: _Row) -> tuple[str | None, str]:
    return found.therapy, found.section


def _marked(text: str, stems: set[str]) -> tuple[tuple[str, bool], ...]:
    """Return a text in parts, each with whether it is a word that was looked for."""
    parts: list[tuple[str, bool]] = []
    for part in _PART.split(text):
        found = any(stem(word) in stems for word in split_words(part))
        if parts and parts[-1][1] == found:
            parts[-1] = (parts[-1][0] + part, found)
        elif part:
            parts.append((part, found))
    return tuple(parts)
