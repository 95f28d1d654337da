"""Query the index: match, rank, excerpt."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from msgspec import convert

from ..text import normalize_name, sentences
from .document import MOST_LETTERS, Hit, SearchResults, from_row, names_of
from .query import Token, match_expressions, tokenize

if TYPE_CHECKING:
    from sqlite3 import Connection

MAX_HITS = 12
MAX_HITS_PER_SECTION = 3

SNIPPET_WORDS = 40

# A therapy's name stands on all of its documents and tells little; a title tells most.
_FIND = """SELECT rowid, bm25(documents, 0.4, 2.0, 6.0, 3.0, 1.0), boost, therapy, section, names
    FROM documents WHERE documents MATCH ?"""
_SHOW = (
    "SELECT highlight(documents, 4, ?, ?), * FROM documents WHERE documents MATCH ? AND rowid = ?"
)
_WITH_PREFIX = "SELECT word FROM words WHERE word GLOB ?"
_LENGTH = "SELECT length(text) FROM documents WHERE rowid = ?"
_TITLES = "SELECT title FROM documents ORDER BY rowid"

# The reader refuses control characters, so no text holds these.
_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_MIN_PREFIX = 3
"""Fewer letters begin too many words to tell anything."""


class _Found(NamedTuple):
    """What ranking needs of a document that has the words."""

    row: int
    score: float
    boost: float
    therapy: str | None
    section: str
    names: str


class NotAnIndexError(Exception):
    """The database is no index, or not the one that was asked for."""


class SearchIndex:
    """Documents that are ready to be searched, until it is closed.

    database: its table `documents` holds a row for each, and `words` every word in them.
    """

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

    def search(self, words: str) -> SearchResults:
        """Return the documents that have all the words, or if there are none, any of them.

        words: as people type them; "double quotes" hold a phrase together, and the last word may
        be the beginning of one. Nothing in them can break the search.
        """
        tokens = tokenize(words)
        if not tokens:
            return SearchResults()
        completions = self._expand_prefix(tokens[-1])
        for match_all in (True, False):
            expressions = match_expressions(tokens, completions, match_all=match_all)
            found: dict[int, _Found] = {}
            for expression in dict.fromkeys(expressions):
                for each in self._find(expression):
                    found.setdefault(each.row, each)
            if found:
                hits = self._hits(_named_first(found.values(), words), expressions[-1])
                return SearchResults(hits=hits, total=len(found), match_all=match_all)
        return SearchResults()

    def _expand_prefix(self, token: Token) -> list[str]:
        """Return a word and every word that begins so.

        FTS5 would look among the stems, where `CRS` is `cr` and `fertili` begins no word.
        """
        word, quoted = token
        if quoted or not word.isalnum() or len(word) < _MIN_PREFIX:
            return [word]
        completions = self._database.execute(_WITH_PREFIX, (f"{word.lower()}*",))
        return sorted({word, *(each for (each,) in completions)})

    def _find(self, expression: str) -> list[_Found]:
        """Return what matches, best first, and those about equally good in their own order."""
        found = starmap(_Found, self._database.execute(_FIND, (expression,)))
        return sorted(found, key=lambda each: (round(each.score * each.boost), each.row))

    def _hits(self, ranked: Sequence[_Found], expression: str) -> tuple[Hit, ...]:
        """Return the first documents with their snippets, not too many of one section."""
        in_section = Counter(map(_place, ranked))
        taken: Counter[tuple[str | None, str]] = Counter()
        shown: list[_Found] = []
        for each in ranked:
            place = _place(each)
            if taken[place] < MAX_HITS_PER_SECTION and len(shown) < MAX_HITS:
                taken[place] += 1
                shown.append(each)
        left = in_section - taken
        return tuple(self._hit(each.row, expression, left[_place(each)]) for each in shown)

    def _hit(self, row: int, expression: str, hidden_count: int) -> Hit:
        """Return a row's document, its text marked where it has the words of the query."""
        (length,) = self._database.execute(_LENGTH, (row,)).fetchone()
        if length > MOST_LETTERS:  # SQLite takes the square of that to mark the words
            raise NotAnIndexError
        shown = self._database.execute(_SHOW, (_OPEN, _CLOSE, expression, row))
        marked, *columns = shown.fetchone()
        return Hit(document=from_row(columns), snippet=_snippet(marked), hidden_count=hidden_count)


def _named_first(found: Iterable[_Found], words: str) -> list[_Found]:
    """Return what was found, first what is about what goes by just this name."""
    asked = normalize_name(words)
    return sorted(found, key=lambda each: asked not in map(normalize_name, names_of(each.names)))


def _place(found: _Found) -> tuple[str | None, str]:
    return found.therapy, found.section


def _snippet(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the sentence with most marks and what follows it, as far as there is room."""
    # Each word gets its own mark, so that a mark is never parted from its end.
    marked = _MARKED.sub(lambda found: found[0].replace(" ", f"{_CLOSE} {_OPEN}"), text)
    sentence_words = [sentence.split() for sentence in sentences(marked)] or [[]]
    counts = ["".join(words).count(_OPEN) for words in sentence_words]
    start = counts.index(max(counts))
    chosen = _around_mark(sentence_words[start])
    for words in sentence_words[start + 1 :]:
        if len(chosen) + len(words) > SNIPPET_WORDS:
            break
        chosen += words
    parts = _MARKED.split(" ".join(chosen).replace(f"{_CLOSE} {_OPEN}", " "))
    return tuple((part, bool(number % 2)) for number, part in enumerate(parts) if part)


def _around_mark(words: list[str]) -> list[str]:
    """Return the words of a sentence, or of a very long one those around its first mark."""
    if len(words) <= SNIPPET_WORDS:
        return words
    marked = next((place for place, word in enumerate(words) if _OPEN in word), 0)
    start = min(max(marked - SNIPPET_WORDS // 4, 0), len(words) - SNIPPET_WORDS)
    end = start + SNIPPET_WORDS
    before = ["…"] if start else []
    after = ["…"] if end < len(words) else []
    return [*before, *words[start:end], *after]
