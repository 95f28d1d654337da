"""Full text search with SQLite FTS5, in memory.

An index is made of the documents of a knowledge and can be kept as bytes, which the next search
opens in a moment. SQLite itself never sees a file, so none stays open and none is locked.
"""

import re
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

from ..errors import TherapyInfoError
from .document import Document, Hit, SearchResults, parted, to_row
from .index import MAX_HITS, MAX_HITS_PER_SECTION, SNIPPET_WORDS, SearchIndex
from .query import query_terms

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = [
    "INDEX_NAME",
    "MAX_HITS",
    "MAX_HITS_PER_SECTION",
    "SNIPPET_WORDS",
    "Document",
    "Hit",
    "SearchIndex",
    "SearchResults",
    "make_index",
    "open_index",
    "query_terms",
    "search",
]

INDEX_NAME = "search-4"
"""Cache name of the index. Bump when the tables or the documents change."""

_CREATE = """CREATE VIRTUAL TABLE documents USING fts5(name, about, title, names, text,
    therapy UNINDEXED, section UNINDEXED, heading UNINDEXED, command UNINDEXED, synonyms UNINDEXED,
    boost UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')"""
_CREATE_WORDS = "CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID"
_INSERT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_WORD = "INSERT INTO words VALUES (?)"
_PROBE = "SELECT documents.boost, words.word FROM documents, words LIMIT 1"
_NO_SEARCH = "this Python cannot search: its SQLite is missing, or is one without FTS5"


def search(documents: Sequence[Document], words: str) -> SearchResults:
    """Return what `Index.search` finds in documents that are searched only once."""
    with closing(make_index(documents)) as index:
        return index.search(words)


def make_index(documents: Sequence[Document]) -> SearchIndex:
    """Return the index of the documents; raise TherapyInfoError if this Python cannot search."""
    database = _connect()
    from sqlite3 import OperationalError

    try:
        database.execute(_CREATE)
    except OperationalError:
        database.close()
        raise TherapyInfoError(_NO_SEARCH) from None
    database.execute(_CREATE_WORDS)
    with database:
        parts = chain.from_iterable(map(parted, documents))
        database.executemany(_INSERT, map(to_row, parts))
        database.executemany(_INSERT_WORD, ((word,) for word in sorted(_vocabulary(documents))))
    return SearchIndex(database)


def open_index(content: bytes) -> SearchIndex | None:
    """Return the index that was given as bytes; None if this SQLite cannot read it.

    Raise TherapyInfoError if there is no SQLite.
    """
    database = _connect()
    from sqlite3 import Error

    try:
        database.deserialize(content)
        database.execute(_PROBE)
    except (AttributeError, Error):  # AttributeError: SQLite was built without that
        database.close()
        return None
    return SearchIndex(database)


def _connect() -> "Connection":
    try:
        import sqlite3
    except ImportError:
        raise TherapyInfoError(_NO_SEARCH) from None
    return sqlite3.connect(":memory:")


def _vocabulary(documents: Sequence[Document]) -> set[str]:
    """Return every word of the titles, texts and names, in small letters."""
    texts = "\n".join(text for each in documents for text in (each.title, each.text, *each.names))
    # Most words stand there many times; the expression is for those that differ.
    return set(re.findall(r"\w+", "\n".join(set(texts.lower().split()))))
