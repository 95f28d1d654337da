"""Full text search with SQLite FTS5, in memory.

The index is made anew for each question: for the built-in knowledge that takes less time than
starting Python, and leaves nothing behind that could grow stale or be tampered with.
"""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec import Struct

from .errors import TherapyInfoError
from .wording import name_key, sentences

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_HITS = 12
MOST_OF_A_SECTION = 3
MOST_WORDS = 40
"""More words than anyone asks for; what is pasted beyond them is left out."""

SNIPPET_WORDS = 40

_CREATE = """CREATE VIRTUAL TABLE pieces USING fts5(name, heading, title, names, text,
    {} tokenize = 'porter unicode61 remove_diacritics 2')"""
_INSERT = "INSERT INTO pieces (rowid, name, heading, title, names, text) VALUES (?, ?, ?, ?, ?, ?)"
# A therapy's name stands on all of its pieces and tells little; a title tells most.
_FIND = "SELECT rowid, bm25(pieces, 0.4, 2.0, 6.0, 3.0, 1.0) FROM pieces WHERE pieces MATCH ?"
_SHOW = "SELECT highlight(pieces, 4, ?, ?) FROM pieces WHERE pieces MATCH ? ORDER BY rowid"
_NO_SEARCH = "this Python cannot search: its SQLite is missing, or is one without FTS5"

# The reader refuses control characters, so no text holds these.
_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_PART = re.compile(r'"([^"]*)"|[^\s"(){}\[\],;]+')
_UNSAFE = re.compile('["\x00\ud800-\udfff]')
_QUOTES = str.maketrans("“”„«»", '"""""')
_SMALL = frozenset(
    "a about am an and any are as at be by can could do does for from has have how i if in is it"
    " its many me much my of on or our should so that the their there this to was we what when"
    " where which who why will with would you your".split()
)
_SHORTEST_BEGINNING = 3
"""Fewer letters begin too many words to tell anything."""


class Piece(Struct, frozen=True, kw_only=True):
    """A piece of text that can be found, and the command that opens it.

    therapy: its id, None for the glossary; name: its name, "" for the glossary.
    names: every name of what the piece is about, if it is all about one thing that has a name.
    also: other words for the heading.
    weight: how much it counts beside another piece that has the words as often.
    """

    therapy: str | None
    name: str
    section: str
    heading: str
    title: str
    text: str
    command: str
    names: tuple[str, ...] = ()
    also: str = ""
    weight: float = 1.0


class Hit(Struct, frozen=True, kw_only=True):
    """A piece that was found.

    snippet: whole words of it, each part with whether it is what was looked for.
    more: how many further hits its therapy's section has that are not shown.
    """

    piece: Piece
    snippet: tuple[tuple[str, bool], ...]
    more: int = 0


class Answer(Struct, frozen=True, kw_only=True):
    """What a search found.

    hits: the best, best first. total: how many there are. every_word: whether each hit has all
    the words; if no piece has, the hits have some of them.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    every_word: bool = True


def search(pieces: Sequence[Piece], words: str) -> Answer:
    """Return the pieces that have all the words, or if there are none, any of them.

    words: as people type them; "double quotes" hold a phrase together, and the last word may be
    the beginning of one. Nothing in them can break the search.
    """
    parts = _parts(words)
    if not parts:
        return Answer()
    with closing(_index(pieces, with_text=False)) as index:
        for every_word in (True, False):
            whole, begun = _questions(pieces, parts, every_word=every_word)
            rows = [*_find(index, pieces, whole), *_find(index, pieces, begun)]
            if rows:
                ranked = _named_first([pieces[row] for row in dict.fromkeys(rows)], words)
                hits = _hits(ranked, begun)
                return Answer(hits=hits, total=len(ranked), every_word=every_word)
    return Answer()


def plain_words(words: str) -> list[str]:
    """Return the words and phrases that count in a question.

    >>> plain_words('what is a "remote* control"?')
    ['remote* control']
    """
    return [text for text, _ in _parts(words)]


def _index(pieces: Sequence[Piece], *, with_text: bool) -> "Connection":
    """Return a database of the pieces, each at the row of its position counted from 0.

    with_text: whether it keeps the text too, which it takes longer to make.
    """
    content = "" if with_text else "content = '',"
    try:
        import sqlite3

        index = sqlite3.connect(":memory:")
    except ImportError:
        raise TherapyInfoError(_NO_SEARCH) from None
    try:
        index.execute(_CREATE.format(content))
    except sqlite3.OperationalError:
        index.close()
        raise TherapyInfoError(_NO_SEARCH) from None
    index.executemany(_INSERT, map(_row, range(len(pieces)), pieces))
    return index


def _row(number: int, piece: Piece) -> tuple[int, str, str, str, str, str]:
    heading = f"{piece.section} {piece.heading} {piece.also}"
    return number, piece.name, heading, piece.title, ", ".join(piece.names), piece.text


def _parts(words: str) -> list[tuple[str, bool]]:
    """Return each word or phrase and whether it was quoted; small words only if all are small."""
    found: list[tuple[str, bool]] = []
    for match in _PART.finditer(words.translate(_QUOTES)):
        text = _UNSAFE.sub(" ", match[0]).strip()
        if any(map(str.isalnum, text)):
            found.append((text, match[1] is not None))
    telling = [(text, quoted) for text, quoted in found if quoted or text.casefold() not in _SMALL]
    return list(dict.fromkeys(telling or found))[:MOST_WORDS]


def _questions(
    pieces: Sequence[Piece], parts: Sequence[tuple[str, bool]], *, every_word: bool
) -> tuple[str, str]:
    """Return the question as FTS5 reads it: with the last word whole, and as the start of one."""
    glue = " AND " if every_word else " OR "
    whole = [f'"{text}"' for text, _ in parts]
    # Side by side counts more than far apart: the words as a phrase are scored on top.
    phrase = '"{}"'.format(" ".join(text for text, _ in parts))
    last, quoted = parts[-1]
    begun = whole if quoted else [*whole[:-1], _beginnings(pieces, last)]
    return f"({glue.join(whole)}) OR {phrase}", f"({glue.join(begun)}) OR {phrase}"


def _beginnings(pieces: Sequence[Piece], word: str) -> str:
    """Return a term for every word that begins so.

    FTS5 would look among the stems, where `CRS` is `cr` and `fertili` begins no word.
    """
    begun: set[str] = set()
    if word.isalnum() and len(word) >= _SHORTEST_BEGINNING:
        start = re.escape(word.lower())
        texts = "\n".join(text for each in pieces for text in (each.title, each.text, *each.names))
        # The letters stand first, since that lets the expression skip ahead to them.
        begun.update(re.findall(rf"{start}(?<!\w{start})\w*", texts.lower()))
    return "({})".format(" OR ".join(f'"{each}"' for each in sorted({word, *begun})))


def _find(index: "Connection", pieces: Sequence[Piece], question: str) -> list[int]:
    """Return the rows that match, best first, and those about equally good in their own order."""
    found = index.execute(_FIND, (question,)).fetchall()
    ranks = sorted((round(score * pieces[row].weight), row) for row, score in found)
    return [row for _, row in ranks]


def _named_first(pieces: Sequence[Piece], words: str) -> list[Piece]:
    """Return the pieces, those first that are about what goes by just this name."""
    asked = name_key(words)
    return sorted(pieces, key=lambda piece: asked not in map(name_key, piece.names))


def _hits(ranked: Sequence[Piece], question: str) -> tuple[Hit, ...]:
    """Return the first pieces with their snippets, not too many of one section."""
    in_section = Counter(map(_place, ranked))
    taken: Counter[tuple[str | None, str]] = Counter()
    shown: list[Piece] = []
    for piece in ranked:
        place = _place(piece)
        if taken[place] < MOST_OF_A_SECTION and len(shown) < MOST_HITS:
            taken[place] += 1
            shown.append(piece)
    with closing(_index(shown, with_text=True)) as index:
        texts = [text for (text,) in index.execute(_SHOW, (_OPEN, _CLOSE, question))]
    left = in_section - taken
    return tuple(
        Hit(piece=piece, snippet=_snippet(text), more=left[_place(piece)])
        for piece, text in zip(shown, texts, strict=True)
    )


def _place(piece: Piece) -> tuple[str | None, str]:
    return piece.therapy, piece.section


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
