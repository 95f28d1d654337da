"""Query the index: find, rank, show."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from msgspec import convert

from .document import Hit, SearchResults, from_row
from .intents import COMMON_WEIGHTS
from .question import Names, Question, understood
from .whole import whole_pages
from .words import split_words, stem

if TYPE_CHECKING:
    from sqlite3 import Connection

MAX_HITS = 8
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
EQUAL_WEIGHT = 0.75
"""An equal word tells a little less than the very word."""
INTENT_WEIGHT = 3.0
"""A section that is asked for counts about as much as one rare word."""
OWN_WORD_WEIGHT = 1.2
"""A word of only one therapy's names, such as `transplant`, tells which one is meant."""
NEAR_BONUS = 1.0
NEAR_WORDS = 3
"""Two words of a question that also stand side by side, small words aside, are no accident."""
TERM_BONUS = 6.0
"""A term that is asked about comes before what is said with it."""
TITLE_BONUS = 2.0
"""A title of which the question holds every word is its very topic."""
KNOWN_BONUS = 2.0
"""What is said of the first therapy, the best known, comes first where none is named."""
AVERAGE_LENGTH = 350


class _Row(NamedTuple):
    """What ranking needs of a document."""

    row: int
    therapy: str | None
    section: str
    boost: float
    length: int
    title: str


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
        rows = {row: _Row(row, *more) for row, *more in self._database.execute(_ROWS)}
        if therapies:
            rows = {row: each for row, each in rows.items() if each.therapy in therapies}
            question = question._replace(therapies=therapies)
        scores, covered = self._matched(question, rows)
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

    def _matched(
        self, question: Question, rows: dict[int, _Row]
    ) -> tuple[dict[int, float], Counter[int]]:
        """Return how well each document has the words of a question, and how many of them."""
        scores: dict[int, float] = {}
        covered: Counter[int] = Counter()
        owners: dict[int, dict[str | None, list[int]]] = {}
        for number, group in enumerate(question.groups):
            forms = {word: 1.0 if place == 0 else EQUAL_WEIGHT for place, word in enumerate(group)}
            if number == len(question.groups) - 1:
                forms = self._completed(group[0], forms)
            best: dict[int, float] = {}
            having: set[int] = set()
            for field, field_weight in FIELD_WEIGHTS.items():
                in_field: dict[int, float] = {}
                for word, weight in forms.items():
                    for (row,) in self._database.execute(_FIND, (f'{field} : "{word}"',)):
                        in_field[row] = max(weight, in_field.get(row, 0.0))
                for row, weight in in_field.items():
                    if row not in rows:
                        continue
                    if field == "body":
                        weight /= 0.7 + 0.3 * rows[row].length / AVERAGE_LENGTH
                    best[row] = best.get(row, 0.0) + weight * field_weight
                if field in ("in_title", "body"):
                    having |= in_field.keys()
            for (row,) in self._database.execute(_FIND, (f'of_therapy : "{group[0]}"',)):
                if row in rows:
                    owners.setdefault(number, {}).setdefault(rows[row].therapy, []).append(row)
            rarity = log(1 + len(rows) / (1 + len(having)))
            for row, value in best.items():
                scores[row] = scores.get(row, 0.0) + rarity * value
                covered[row] += 1
        for one, other in pairwise(question.groups):
            near = f'body : NEAR("{one[0]}" "{other[0]}", {NEAR_WORDS})'
            for (row,) in self._database.execute(_FIND, (near,)):
                if row in scores:
                    scores[row] += NEAR_BONUS
        therapies = len({each.therapy for each in rows.values()})
        for of_word in owners.values():
            told = log(therapies / len(of_word)) * OWN_WORD_WEIGHT
            for own in of_word.values():
                for row in own:
                    if row in scores or question.intents:
                        scores[row] = scores.get(row, 0.0) + told
        return scores, covered

    def _completed(self, word: str, forms: dict[str, float]) -> dict[str, float]:
        """Return the words that the last one begins, where it is no word itself."""
        if len(word) < _MIN_PREFIX or self._database.execute(_KNOWN, (word,)).fetchone():
            return forms
        if not word.isalnum():
            return forms
        begun = self._database.execute(_WITH_PREFIX, (f"{word}*",))
        return {**forms, **{each: EQUAL_WEIGHT for (each,) in begun}}

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

    def _document(self, row: int):
        return from_row(self._database.execute(_SHOW, (row,)).fetchone())


def _ranked(
    question: Question, rows: dict[int, _Row], scores: dict[int, float]
) -> list[_Row]:
    """Return the documents that may answer, best first."""
    wanted: Counter[str] = Counter()
    for intent in question.intents:
        for section, weight in intent.sections.items():
            wanted[section] = max(wanted[section], weight)
    order = {therapy: number for number, therapy in enumerate(dict.fromkeys(r.therapy for r in rows.values()))}
    candidates = dict(scores)
    for row, each in rows.items():
        if row not in candidates and each.therapy in question.therapies:
            if wanted[each.section] or each.section == "glance":
                candidates[row] = 0.0
        if each.section == "questions" and not wanted["questions"]:
            candidates.pop(row, None)  # what to ask is no answer
    totals: dict[int, float] = {}
    asked = {word for group in question.groups for word in group[:1]}
    for row, score in candidates.items():
        each = rows[row]
        total = score * COMMON_WEIGHTS.get(each.section, 1.0) if not wanted[each.section] else score
        total += INTENT_WEIGHT * wanted[each.section]
        if not question.therapies and each.therapy is not None:
            total += KNOWN_BONUS / (1 + order[each.therapy])
        if each.title and asked.issuperset(title := each.title.split()):
            total += TITLE_BONUS * min(len(title), 2)
        if row in question.terms:
            total += TERM_BONUS * (wanted["words"] > 0 or question.is_name)
        totals[row] = total
    named = set(question.therapies)
    return sorted(
        (rows[row] for row in candidates),
        key=lambda each: (bool(named) and each.therapy not in named, -totals[each.row], each.row),
    )


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
