"""Query the index: find, rank, show."""

from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import convert

from .document import MOST_LETTERS, Document, Hit, SearchResults, from_row, names_of
from .question import Names, Question, understood
from .ranking import (
    AVERAGE_LENGTH,
    COVERAGE_BONUS,
    EQUAL_WEIGHT,
    FIELD_WEIGHTS,
    NEAR_BONUS,
    NEAR_WORDS,
    OWN_WORD_WEIGHT,
    Row,
    ranked_rows,
)
from .whole import held_by, whole_pages

if TYPE_CHECKING:
    from sqlite3 import Connection

MAX_HITS = 9
MAX_HITS_PER_SECTION = 3

_ROWS = "SELECT id, therapy, section, boost, length, title FROM ranked"
_FIND = "SELECT rowid FROM documents WHERE documents MATCH ?"
_SHOW = """SELECT name, title, names, text, therapy, section, heading, command, synonyms, boost,
    parts FROM documents WHERE rowid = ?"""
_PLACED = "SELECT id, regions FROM ranked WHERE regions <> ''"
_WITH_PREFIX = "SELECT word FROM words WHERE word GLOB ? LIMIT 40"
_KNOWN = "SELECT 1 FROM words WHERE word = ?"
_NAMED = "SELECT key, therapy, own FROM names WHERE key IN ({})"
_EQUAL = "SELECT words, other FROM equal_words WHERE words IN ({})"
_TITLES = "SELECT title FROM documents ORDER BY rowid"
_MIN_PREFIX = 3
"""Fewer letters begin too many words to tell anything."""


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

    def search(
        self, words: str, therapies: Sequence[str] = (), regions: Collection[str] = ()
    ) -> SearchResults:
        """Return the documents that answer a question, best first.

        words: as people type them; nothing in them can break the search. therapies: the ids of
        those to look in; none for all. regions: the ids of those where an answer is to hold; none
        for all.
        """
        question = understood(words, self._known_names, self._equal_words)
        if question.groups:
            last = self._completed(question.groups[-1])
            question = question._replace(groups=[*question.groups[:-1], last])
        rows = self._all_rows()
        if regions:
            outside = self._outside(regions)
            rows = {row: each for row, each in rows.items() if row not in outside}
        if therapies:
            rows = {row: each for row, each in rows.items() if each.therapy in therapies}
            question = question._replace(therapies=therapies)
        scores, covered, hinted = self._matched(question, rows)
        question = question._replace(hinted=hinted)
        ranked = ranked_rows(question, rows, scores)
        if not ranked:
            return SearchResults(therapies=tuple(question.therapies))
        match_all = any(count == len(question.groups) for count in covered.values())
        return SearchResults(
            hits=self._hits(question, ranked, rows),
            total=len(ranked),
            match_all=match_all,
            therapies=tuple(question.therapies),
        )

    def _outside(self, regions: Collection[str]) -> frozenset[int]:
        """Return the rows of documents that hold in none of the regions."""
        placed = self._database.execute(_PLACED)
        return frozenset(
            row for row, held in placed if frozenset(names_of(held)).isdisjoint(regions)
        )

    def _all_rows(self) -> dict[int, Row]:
        """Return what ranking needs of each document; raise an error where it is none."""
        found = convert(self._database.execute(_ROWS).fetchall(), list[Row])
        rows = {each.row: each for each in found}
        if not rows:
            raise NotAnIndexError
        return rows

    def _known_names(self, keys: Sequence[str]) -> Names:
        found: Names = {}
        for key, therapy, own in self._having_any(_NAMED, keys):
            found.setdefault(key, []).append((therapy, own))
        return found

    def _equal_words(self, phrases: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for phrase, other in self._having_any(_EQUAL, phrases):
            found.setdefault(phrase, []).append(other)
        return found

    def _having_any(self, query: str, keys: Sequence[str]) -> Iterator[Sequence[Any]]:
        unique = list(dict.fromkeys(keys))
        for start in range(0, len(unique), 500):
            part = unique[start : start + 500]
            yield from self._database.execute(query.format(",".join("?" * len(part))), part)

    def _matched(self, question: Question, rows: dict[int, Row]) -> _Matched:
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

    def _having(self, group: Sequence[str], rows: dict[int, Row]) -> tuple[dict[int, float], int]:
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
        self, question: Question, rows: dict[int, Row], scores: dict[int, float]
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
        self, question: Question, ranked: Sequence[Row], rows: dict[int, Row]
    ) -> tuple[Hit, ...]:
        """Return whole pages that were asked for, then the best documents of each section."""
        in_section = Counter(map(_place, ranked))
        taken: Counter[tuple[str | None, str]] = Counter()
        shown: list[Row] = []
        for each in ranked:
            place = _place(each)
            if taken[place] < MAX_HITS_PER_SECTION and len(shown) < MAX_HITS:
                taken[place] += 1
                shown.append(each)
        left = in_section - taken
        stems = frozenset(question.words)
        pages = tuple(whole_pages(question, ranked, rows.values(), self._document))
        whole = {(page.therapy, section) for page in pages for section in held_by(page.section)}
        found = [
            *(Hit(document=each, stems=stems) for each in pages),
            *(
                Hit(document=self._document(each.row), stems=stems, hidden_count=left[place])
                for each in shown
                if (place := _place(each)) not in whole
            ),
        ]
        return tuple(found[:MAX_HITS])

    def _document(self, row: int) -> Document:
        document = from_row(self._database.execute(_SHOW, (row,)).fetchone())
        if len(document.text) > MOST_LETTERS:
            raise NotAnIndexError
        return document


def _place(found: Row) -> tuple[str | None, str]:
    return found.therapy, found.section
