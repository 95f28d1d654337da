"""Phrases that a question may hold, looked up by their first word: nothing is compiled for it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

GAP = "*"
"""Stands in a phrase for some words of a question, or for none."""
WIDEST_GAP = 6
START, END = "^", "$"
"""Stand in a phrase for the start and the end of a question."""


class PhraseTable(Generic[T]):
    """Phrases, each with what it tells.

    >>> table = PhraseTable([("care", "how is/are * treated | side effects")])
    >>> [(told, sorted(words)) for told, words in table.found("how is a fever treated".split())]
    [('care', ['how', 'is', 'treated'])]
    """

    def __init__(self, rows: Iterable[tuple[T, str]]) -> None:
        self._by_first: dict[str, list[tuple[T, list[list[str]]]]] = {}
        for told, phrases in rows:
            for phrase in phrases.split("|"):
                parts = [part.split() for part in phrase.split(GAP)]
                for first in parts[0][0].split("/"):
                    self._by_first.setdefault(first, []).append((told, parts))

    def found(self, words: Sequence[str]) -> Iterator[tuple[T, set[str]]]:
        """Yield what each phrase tells that stands in a question, and the words of the phrase."""
        asked = [START, *words, END]
        for place, word in enumerate(asked):
            for told, parts in self._by_first.get(word, ()):
                if (places := _places(asked, place, parts)) is not None:
                    yield told, {asked[each] for each in places} - {START, END}


def _places(asked: Sequence[str], start: int, parts: Sequence[Sequence[str]]) -> list[int] | None:
    """Return where the words of a phrase stand, its parts in order; None if it begins elsewhere."""
    found: list[int] = []
    widest = 0
    for part in parts:
        for place in range(start, min(start + widest, len(asked) - len(part)) + 1):
            if all(asked[place + step] in word.split("/") for step, word in enumerate(part)):
                break
        else:
            return None
        start = place + len(part)
        found += range(place, start)
        widest = WIDEST_GAP
    return found
