"""Full text search with SQLite FTS5, in memory.

An index is made of the documents of a knowledge and can be kept as bytes, which the next search
opens in a moment.
"""

from collections.abc import Sequence
from contextlib import closing

from .database import make_index, open_index
from .document import Document, Hit, SearchResults
from .index import MAX_HITS, MAX_HITS_PER_SECTION, SNIPPET_WORDS, SearchIndex
from .query import query_terms

__all__ = [
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


def search(documents: Sequence[Document], words: str) -> SearchResults:
    """Return what `SearchIndex.search` finds in documents that are searched only once."""
    with closing(make_index(documents)) as index:
        return index.search(words)
