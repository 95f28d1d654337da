"""The search index that is kept beside an artifact, and made anew whatever is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from ..errors import TherapyInfoError
from ..search import Document, SearchIndex, make_index, open_index
from .opening import Entry
from .owned import read_owned, remove_owned, write_owned

Vocabulary = Callable[[], Mapping[str, Sequence[str]]]
"""Returns the words that mean the same; asked only where there is no index yet."""

T = TypeVar("T")
Documents = Callable[[], Sequence[Document]]
"""Returns all that is searched; asked only where there is no index yet."""


def ask_index(
    entry: Entry | None,
    stamp: str,
    question: Callable[[SearchIndex], T],
    documents: Documents,
    vocabulary: Vocabulary = dict,
) -> T:
    """Return what is asked of the kept index, else of a new one, which is then kept.

    entry: where it is kept; None where it is not. stamp: tells the knowledge that it is of.
    """
    content = _read(entry) if entry else None
    if entry and content is not None:
        try:
            with closing(open_index(content, stamp)) as index:
                return question(index)
        except TherapyInfoError:  # this Python has no search at all
            raise
        except Exception:  # noqa: BLE001 - nobody vouches for what stands in it, nor in which form
            if not entry.bundled:
                remove_owned(entry.index_path)
    with closing(make_index(documents(), stamp, vocabulary())) as index:
        if entry and not entry.bundled and (made := index.content()):
            write_owned(entry.index_path, made)
        return question(index)


def _read(entry: Entry) -> bytes | Path | None:
    """Return the file of a package, of which SQLite reads only what it needs, else the content."""
    return entry.index_path if entry.bundled else read_owned(entry.index_path)
