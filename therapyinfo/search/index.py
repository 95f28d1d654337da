"""An index: finds, ranks and shows the pieces that lie in a database."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from ..text import normalize_name, sentences
from .piece import Answer, Hit, names_of, piece_of
from .question import Part, parts_of, questions

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_HITS = 12
MOST_OF_A_SECTION = 3

SNIPPET_WORDS = 40

# A therapy's name stands on all of its pieces and tells little; a title tells most.
_FIND = """SELECT rowid, bm25(pieces, 0.4, 2.0, 6.0, 3.0, 1.0), weight, therapy, section, names
    FROM pieces WHERE pieces MATCH ?"""
_SHOW = "SELECT highlight(pieces, 4, ?, ?), * FROM pieces WHERE pieces MATCH ? AND rowid = ?"
_BEGIN_SO = "SELECT word FROM words WHERE word GLOB ?"
_TITLES = "SELECT title FROM pieces ORDER BY rowid"

# The reader refuses control characters, so no text holds these.
_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_SHORTEST_BEGINNING = 3
"""Fewer letters begin too many words to tell anything."""


class _Found(NamedTuple):
    """What ranking needs of a piece that has the words."""

    row: int
    score: float
    weight: float
    therapy: str | None
    section: str
    names: str


class Index:
    """Pieces that are ready to be searched, until it is closed.

    database: its table `pieces` holds a row for each, and `words` every word in them.
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
        """Return the titles of all pieces, in order."""
        return [title for (title,) in self._database.execute(_TITLES)]

    def search(self, words: str) -> Answer:
        """Return the pieces that have all the words, or if there are none, any of them.

        words: as people type them; "double quotes" hold a phrase together, and the last word may
        be the beginning of one. Nothing in them can break the search.
        """
        parts = parts_of(words)
        if not parts:
            return Answer()
        begun = self._begun(parts[-1])
        for every_word in (True, False):
            asked = questions(parts, begun, every_word=every_word)
            found: dict[int, _Found] = {}
            for question in dict.fromkeys(asked):
                for each in self._find(question):
                    found.setdefault(each.row, each)
            if found:
                hits = self._hits(_named_first(found.values(), words), asked[-1])
                return Answer(hits=hits, total=len(found), every_word=every_word)
        return Answer()

    def _begun(self, part: Part) -> list[str]:
        """Return a word and every word that begins so.

        FTS5 would look among the stems, where `CRS` is `cr` and `fertili` begins no word.
        """
        word, quoted = part
        if quoted or not word.isalnum() or len(word) < _SHORTEST_BEGINNING:
            return [word]
        begun = self._database.execute(_BEGIN_SO, (f"{word.lower()}*",))
        return sorted({word, *(each for (each,) in begun)})

    def _find(self, question: str) -> list[_Found]:
        """Return what matches, best first, and those about equally good in their own order."""
        found = starmap(_Found, self._database.execute(_FIND, (question,)))
        return sorted(found, key=lambda each: (round(each.score * each.weight), each.row))

    def _hits(self, ranked: Sequence[_Found], question: str) -> tuple[Hit, ...]:
        """Return the first pieces with their snippets, not too many of one section."""
        in_section = Counter(map(_place, ranked))
        taken: Counter[tuple[str | None, str]] = Counter()
        shown: list[_Found] = []
        for each in ranked:
            place = _place(each)
            if taken[place] < MOST_OF_A_SECTION and len(shown) < MOST_HITS:
                taken[place] += 1
                shown.append(each)
        left = in_section - taken
        return tuple(self._hit(each.row, question, left[_place(each)]) for each in shown)

    def _hit(self, row: int, question: str, more: int) -> Hit:
        """Return a row's piece, its text marked where it has the words of the question."""
        shown = self._database.execute(_SHOW, (_OPEN, _CLOSE, question, row))
        marked, *columns = shown.fetchone()
        return Hit(piece=piece_of(columns), snippet=_snippet(marked), more=more)


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
    told = [sentence.split() for sentence in sentences(marked)] or [[]]
    counts = ["".join(words).count(_OPEN) for words in told]
    start = counts.index(max(counts))
    chosen = _around_mark(told[start])
    for words in told[start + 1 :]:
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
