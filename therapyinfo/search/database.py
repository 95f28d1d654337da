"""The SQLite database of an index: made of documents, or opened where nobody vouches for it.

No file is ever locked or written by SQLite: it is given bytes, or a file that never changes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import msgpack

from ..errors import TherapyInfoError
from .document import Document, name_key, parted, searched, to_row
from .index import NotAnIndexError, SearchIndex
from .intents import wanting_words
from .ranking import Row
from .vocabulary import equal_pairs
from .words import split_words, stem, stems, telling

if TYPE_CHECKING:
    from sqlite3 import Connection

_DOCUMENTS = """CREATE VIRTUAL TABLE documents USING fts5(about, in_title, body,
    name UNINDEXED, title UNINDEXED, names UNINDEXED, text UNINDEXED, therapy UNINDEXED,
    section UNINDEXED, heading UNINDEXED, command UNINDEXED, parts UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 0')"""
_RANKED = "CREATE TABLE ranked (rows BLOB)"
"""What each question needs of all documents, in one piece, which is read at once."""
_WORDS = "CREATE TABLE words (stem TEXT, word TEXT, PRIMARY KEY (stem, word)) WITHOUT ROWID"
_NAMES = "CREATE TABLE names (key TEXT, therapy TEXT, own INTEGER)"
_OWN = "CREATE TABLE own_words (word TEXT, therapy TEXT, share REAL)"
_EQUALS = "CREATE TABLE equal_words (words TEXT, other TEXT)"
_STAMP = "CREATE TABLE made_of (stamp TEXT)"
_TABLES = {
    "documents": _DOCUMENTS,
    "ranked": _RANKED,
    "words": _WORDS,
    "names": _NAMES,
    "equal_words": _EQUALS,
    "own_words": _OWN,
    "made_of": _STAMP,
}
_NONE: Mapping[str, Sequence[str]] = {}
_INSERT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_RANKED = "INSERT INTO ranked VALUES (?)"
_INSERT_WORD = "INSERT INTO words VALUES (?, ?)"
_INSERT_NAME = "INSERT INTO names VALUES (?, ?, ?)"
_INSERT_EQUAL = "INSERT INTO equal_words VALUES (?, ?)"
_INSERT_OWN = "INSERT INTO own_words VALUES (?, ?, ?)"
_INSERT_STAMP = "INSERT INTO made_of VALUES (?)"
_NO_SEARCH = "this Python cannot search: its SQLite is missing, or is one without FTS5"

_FTS5_TABLE = re.compile(
    r"CREATE TABLE '(documents_(?:data|idx|content|docsize|config))'"
    r"\([\w ,]*(PRIMARY KEY\([\w ,]*\))?\)( WITHOUT ROWID)?"
)
"""How FTS5 itself makes its tables, which differ between versions; nothing in one is computed."""

LONG_NAME = 8
"""So long a name is known without the letter that ends it."""

_STEPS = 1_000_000
MOST_STEPS = 100
"""A query of an index that was opened may take so many times `_STEPS`: seconds, and then ends."""


def make_index(
    documents: Sequence[Document], stamp: str = "", vocabulary: Mapping[str, Sequence[str]] = _NONE
) -> SearchIndex:
    """Return the index of the documents; raise TherapyInfoError if this Python cannot search.

    stamp: what tells the knowledge that they are of from any other. vocabulary: lists of words that
    mean the same; the names of a term or of a product do so, too.
    """
    database = _connect()
    from sqlite3 import OperationalError

    try:
        database.execute(_DOCUMENTS)
    except OperationalError:
        database.close()
        raise TherapyInfoError(_NO_SEARCH) from None
    for table in (_RANKED, _WORDS, _NAMES, _EQUALS, _OWN, _STAMP):
        database.execute(table)
    own_words = [row for each in documents if each.opened_by for row in _own_words(each)]
    documents = list(chain.from_iterable(map(parted, documents)))
    rows = [to_row(each) for each in documents]
    texts = [text for each in documents for text in searched(each)]
    opened_by = (name for each in documents for name in each.opened_by)
    said = [*wanting_words(), *opened_by, *chain.from_iterable(vocabulary.values())]
    words = {word for text in (*texts, *said) for word in split_words(text)}
    same = [each.names for each in documents if not each.therapy or each.section == "products"]
    with database:
        database.execute(_INSERT_STAMP, (stamp,))
        database.executemany(_INSERT, rows)
        database.execute(_INSERT_RANKED, (msgpack.encode(list(map(_ranked, count(1), documents))),))
        database.executemany(_INSERT_WORD, sorted((stem(word), word) for word in words))
        database.executemany(_INSERT_OWN, own_words)
        database.executemany(_INSERT_NAME, _name_rows(documents))
        database.executemany(_INSERT_EQUAL, equal_pairs([*vocabulary.values(), *same]))
    return SearchIndex(database)


def _ranked(number: int, document: Document) -> Row:
    words = dict.fromkeys(split_words(document.title))
    title = dict.fromkeys(map(stem, telling(words)))
    return Row(
        row=number,
        therapy=document.therapy,
        section=document.section,
        length=len(document.text),
        title=tuple(title),
        small_words=tuple(dict.fromkeys(stem(word) for word in words if stem(word) not in title)),
        regions=document.regions,
    )


def _own_words(document: Document) -> Iterator[tuple[str, str | None, float]]:
    """Yield each word of a therapy's names, and in which share of them it stands."""
    names = [dict.fromkeys(stems(name)) for name in dict.fromkeys((document.name, *document.names))]
    for word, times in Counter(chain.from_iterable(names)).items():
        yield word, document.therapy, times / len(names)


def _name_rows(documents: Sequence[Document]) -> list[tuple[str, str, int]]:
    """Return each name with the therapy it opens, and whether it is that one's own."""
    of_products = {
        name_key(name) for each in documents if each.section == "products" for name in each.names
    }
    rows = {
        (
            name_key(name),
            each.therapy or "",
            _is_own(full, each) and name_key(name) not in of_products if each.therapy else row,
        )
        for row, each in enumerate(documents, 1)
        if not each.therapy or each.opened_by
        for full in (*each.names, *each.opened_by)
        for name in dict.fromkeys(_spellings(full))
    }
    return sorted(rows)


def _is_own(name: str, document: Document) -> bool:
    """Return whether a name is of all that is said of a therapy: EPO is only one growth factor."""
    whole = set(stems(" ".join(document.names[:2])))
    return name in document.names and not whole.isdisjoint(stems(name))


def _spellings(name: str) -> Iterator[str]:
    """Yield a name as people may write it: a therapy is a treatment, too."""
    yield name
    yield _without_letter(name)
    yield name.removesuffix("s")
    if name.endswith(" therapy"):
        yield f"{name.removesuffix('therapy')}treatment"


def _without_letter(name: str) -> str:
    """Return a name without the letter after its dash: remestemcel-L, sipuleucel-T."""
    base, _, letter = name.rpartition("-")
    return base if len(letter) == 1 and letter.isalpha() and len(base) >= LONG_NAME else name


def open_index(content: bytes | Path, stamp: str = "") -> SearchIndex:
    """Return the index that was given as bytes, or that lies in a file which nobody changes.

    Raise TherapyInfoError if there is no SQLite, and an error of any kind where it is not what
    `make_index` made for this stamp.
    """
    database = _connect(content if isinstance(content, Path) else None)
    try:
        if isinstance(content, bytes):
            database.deserialize(content)
        database.execute("PRAGMA trusted_schema = OFF")
        _limit(database)
        _refuse_other(database, stamp)
    except BaseException:
        database.close()
        raise
    return SearchIndex(database)


def _refuse_other(database: "Connection", stamp: str) -> None:
    """Raise NotAnIndexError for other tables than those of an index, or for another stamp."""
    names = set()
    for type, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master"):
        found = _FTS5_TABLE.fullmatch(sql)
        if type != "table" or (sql != _TABLES.get(name) and not (found and found[1] == name)):
            raise NotAnIndexError
        names.add(name)
    if not names >= _TABLES.keys():
        raise NotAnIndexError
    if database.execute("SELECT stamp FROM made_of LIMIT 2").fetchall() != [(stamp,)]:
        raise NotAnIndexError


def _limit(database: "Connection") -> None:
    """Let SQLite end a query that does not."""
    steps = iter(range(MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEPS)


def _connect(path: Path | None = None) -> "Connection":
    try:
        import sqlite3
    except ImportError:
        raise TherapyInfoError(_NO_SEARCH) from None
    if path is None:
        return sqlite3.connect(":memory:")
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
