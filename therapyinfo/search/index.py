"""Query the index: find, rank, show."""

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

from msgspec import convert, msgpack

from .document import MOST_LETTERS, Document, Hit, SearchResults, from_row
from .question import Names, Question, understood
from .ranking import (
    COVERAGE_BONUS,
    EQUAL_WEIGHT,
    FIELD_WEIGHTS,
    NEAR_BONUS,
    NEAR_WORDS,
    Row,
    add_for_owners,
    left_to_tell,
    ranked_rows,
    saturated,
    word_value,
)
from .whole import held_by, one_fact, whole_pages
from .words import stem, stems

if TYPE_CHECKING:
    from sqlite3 import Connection

MAX_HITS = 9
MAX_HITS_PER_SECTION = 3

DANGER = {"help", "risks"}
"""The sections that answer somebody who may need help now."""
BESIDE_DANGER = {"access", "benefits", "contacts", "life", "numbers"}
"""These do so where they are asked for: `does G-CSF lower the risk of fever?`."""

_ROWS = "SELECT rows FROM ranked"
_FIND = "SELECT rowid FROM documents WHERE documents MATCH ?"
_SHOW = """SELECT name, title, names, text, therapy, section, heading, command, parts
    FROM documents WHERE rowid = ?"""
_WITH_PREFIX = "SELECT DISTINCT stem FROM words WHERE stem GLOB ? LIMIT 40"
_KNOWN = "SELECT DISTINCT stem FROM words WHERE stem IN ({})"
_ALIKE = "SELECT word FROM words WHERE stem GLOB ? AND length(word) BETWEEN ? AND ?"
_NAMED = "SELECT key, therapy, own FROM names WHERE key IN ({})"
_EQUAL = "SELECT words, other FROM equal_words WHERE words IN ({})"
_OWNED = "SELECT word, therapy, share FROM own_words WHERE word IN ({})"
_TITLES = "SELECT title FROM documents ORDER BY rowid"
MOST_MISSPELT = 5
SHORTEST_MISSPELT = 5
MOST_LETTERS_OFF = 2
ALIKE = 0.85
"""A shorter word, or one that is less like any that is known, may be right as it is."""
_MIN_PREFIX = 3
"""Fewer letters begin too many words to tell anything."""


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
        self,
        words: str,
        therapies: Sequence[str] = (),
        regions: Collection[str] = (),
        signs: Collection[str] | None = None,
    ) -> SearchResults:
        """Return the documents that answer a question, best first.

        words: as people type them; nothing in them can break the search. therapies: the ids of
        those to look in; none for all. regions: the ids of those where an answer is to hold; none
        for all. signs: words of the signs of somebody who may need help now; then only what is
        said of those is an answer, or what else is asked. They may be phrases.
        """
        every = self._all_rows()
        question = self._understood(words, every)
        if therapies:
            question = question._replace(therapies=therapies)
        rows = {
            each.row: each
            for each in every
            if (not therapies or each.therapy in therapies)
            and not (regions and each.regions and set(each.regions).isdisjoint(regions))
        }
        if signs is not None:
            question, rows = self._of_signs(signs, question, rows)
        scores, covered = self._matched(question, rows)
        ranked = ranked_rows(question, rows, scores)
        return SearchResults(
            hits=self._hits(question, ranked, rows) if ranked else (),
            total=len(ranked),
            match_all=not ranked or len(question.groups) in covered.values(),
            therapies=tuple(question.therapies or question.hinted),
            respelled=question.respelled,
        )

    def _understood(self, words: str, rows: Sequence[Row]) -> Question:
        """Return a question, its last word completed where that only begins one."""
        question = understood(words, self, {id for each in rows for id in each.regions})
        if question.groups:
            last = self._completed(question.groups[-1])
            question = question._replace(groups=[*question.groups[:-1], last])
        return question

    def _of_signs(
        self, signs: Collection[str], question: Question, rows: Mapping[int, Row]
    ) -> tuple[Question, dict[int, Row]]:
        """Return what to look for, and where: in dangers with signs, and what else is asked.

        Of therapies that are named, only what is said of those.
        """
        besides = BESIDE_DANGER & {id for each in question.intents for id in each.sections}
        group = tuple(" ".join(stems(each)) for each in sorted(signs))
        groups = [*(question.groups if besides or not group else ()), *filter(None, [group])]
        either = " OR ".join(f'"{each}"' for each in group)
        told = self._rows(f"{{in_title body}} : ({either})", rows) if group else ()
        kept = {
            row: each
            for row, each in rows.items()
            if (each.therapy in question.therapies or not question.therapies)
            and (
                each.section in besides
                or (each.section in DANGER and row in told)
                or (each.section == "help" and not group)
            )
        }
        return question._replace(groups=groups), kept

    def _all_rows(self) -> list[Row]:
        """Return what ranking needs of each document; raise an error where there is none."""
        ((content,),) = self._database.execute(_ROWS).fetchall()
        rows = msgpack.decode(content, type=list[Row])
        if not rows or [each.row for each in rows] != list(range(1, len(rows) + 1)):
            raise NotAnIndexError
        return rows

    def names(self, keys: Sequence[str]) -> Names:
        """Return what each of these names opens."""
        found: Names = {}
        for key, therapy, own in self._having_any(_NAMED, keys):
            found.setdefault(key, []).append((therapy, own))
        return found

    def equal_words(self, phrases: Sequence[str]) -> dict[str, list[str]]:
        """Return what means the same as each of these words or phrases, all of them stems."""
        found: dict[str, list[str]] = {}
        for phrase, other in self._having_any(_EQUAL, phrases):
            found.setdefault(phrase, []).append(other)
        return found

    def respelled(self, words: Sequence[str]) -> dict[str, str]:
        """Return for each word that no document has the one that it is nearly."""
        stems = {word: stem(word) for word in words if len(word) >= SHORTEST_MISSPELT}
        known = {each for (each,) in self._having_any(_KNOWN, list(stems.values()))}
        unknown = [word for word, each in stems.items() if each not in known and word.isalpha()]
        return {word: found for word in unknown[:MOST_MISSPELT] for found in self._alike(word)}

    def _alike(self, word: str) -> list[str]:
        from difflib import get_close_matches  # only a word that is not known pays for it

        lengths = (len(word) - MOST_LETTERS_OFF, len(word) + MOST_LETTERS_OFF)
        near = self._database.execute(_ALIKE, (f"{word[0]}*", *lengths))
        return get_close_matches(word, [each for (each,) in near], 1, ALIKE)

    def owners(self, stems: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return the therapies with each word in their names, and in which share of those."""
        found: dict[str, dict[str, float]] = {}
        for word, therapy, share in self._having_any(_OWNED, stems):
            found.setdefault(word, {})[therapy] = share
        return found

    def _having_any(self, query: str, keys: Sequence[str]) -> Iterator[Sequence[Any]]:
        unique = list(dict.fromkeys(keys))
        for start in range(0, len(unique), 500):
            part = unique[start : start + 500]
            yield from self._database.execute(query.format(",".join("?" * len(part))), part)

    def _matched(
        self, question: Question, rows: Mapping[int, Row]
    ) -> tuple[dict[int, float], Counter[int]]:
        """Return how well documents have the words of a question, and how many of them."""
        scores: dict[int, float] = {}
        covered: Counter[int] = Counter()
        told: dict[int, float] = {}
        rarities = 0.0
        named = [each.row for each in rows.values() if each.therapy in question.therapies]
        for group in question.groups:
            found, count = self._having(group, rows)
            rarity = log(1 + len(rows) / (1 + count)) * left_to_tell(named, found)
            rarities += rarity
            for row, value in found.items():
                scores[row] = scores.get(row, 0.0) + rarity * saturated(value)
                covered[row] += 1
                told[row] = told.get(row, 0.0) + rarity
        for row, share in told.items():
            scores[row] += COVERAGE_BONUS * (share / rarities) ** 2
        for (one, *_), (other, *_) in pairwise(question.groups):
            for near in (f'NEAR("{one}" "{other}", {NEAR_WORDS})', f'"{one} {other}"'):
                for row in self._rows(f"body : {near}", scores):
                    scores[row] += NEAR_BONUS
        add_for_owners(question, rows.values(), scores)
        return scores, covered

    def _having(
        self, group: Sequence[str], rows: Mapping[int, Row]
    ) -> tuple[dict[int, float], int]:
        """Return how well documents have a word or its equals, and how many have it as text."""
        values: dict[int, float] = {}
        having: set[int] = set()
        for field in FIELD_WEIGHTS:
            in_field: dict[int, float] = {}
            for words, weight in ((group[1:], EQUAL_WEIGHT), (group[:1], 1.0)):
                either = " OR ".join(f'"{word}"' for word in words)
                found = self._rows(f"{field} : ({either})", rows) if words else []
                in_field |= dict.fromkeys(found, weight)
            for row, weight in in_field.items():
                values[row] = values.get(row, 0.0) + word_value(weight, field, rows[row])
            having |= in_field.keys() if field != "about" else set()
        return values, len(having)

    def _rows(self, expression: str, among: Container[int]) -> list[int]:
        found = self._database.execute(_FIND, (expression,))
        return [row for (row,) in found if row in among]

    def _completed(self, group: tuple[str, ...]) -> tuple[str, ...]:
        """Return a word and its equals with the words that it begins, where it is none itself."""
        word = group[0]
        if len(word) < _MIN_PREFIX or not word.isalnum():
            return group
        if self._database.execute(f"{_FIND} LIMIT 1", (f'"{word}"',)).fetchone():
            return group
        begun = self._database.execute(_WITH_PREFIX, (f"{word}*",))
        return (*group, *(each for (each,) in begun))

    def _hits(
        self, question: Question, ranked: Sequence[Row], rows: Mapping[int, Row]
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
        fact, joined = one_fact(question, shown, rows.values(), self._document)

        def document(row: int) -> Document | None:
            if row in joined:
                return fact if row == joined[0] else None
            return self._document(row)

        found = [
            *(Hit(document=each, stems=stems) for each in pages),
            *(
                Hit(document=told, stems=stems, hidden_count=left[place])
                for each in shown
                if (place := _place(each)) not in whole and (told := document(each.row))
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
