"""Full text search with SQLite FTS5, in memory.

An index is made of the documents of a knowledge and can be kept as bytes, which the next search
opens in a moment. A question is understood first (`question`), then the documents that have its
words are ranked by what it names and wants (`index`, `intents`).
"""

from collections.abc import Sequence
from contextlib import closing

from .database import make_index, open_index
from .document import Document, Hit, Part, SearchResults
from .index import MAX_HITS, MAX_HITS_PER_SECTION, SearchIndex
from .phrases import PhraseTable
from .words import split_words, telling

__all__ = [
    "MAX_HITS",
    "MAX_HITS_PER_SECTION",
    "Document",
    "Hit",
    "Part",
    "PhraseTable",
    "SearchIndex",
    "SearchResults",
    "make_index",
    "open_index",
    "query_terms",
    "search",
    "split_words",
]


def query_terms(words: str) -> list[str]:
    """Return the words that count in a question.

    >>> query_terms('what is a "remote control"?')
    ['remote', 'control']
    """
    return list(telling(split_words(words))) or split_words(words)


def search(documents: Sequence[Document], words: str) -> SearchResults:
    """Return what `SearchIndex.search` finds in documents that are searched only once."""
    with closing(make_index(documents)) as index:
        return index.search(words)
