"""A question, understood: the words that tell, the therapies it names, what it wants to see."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from .intents import Intent, intents_of
from .vocabulary import EQUAL_WORDS
from .words import STOP_WORDS, split_words, stem, stems

MAX_TERMS = 40
"""Maximum number of words of a question that are looked up; the rest are dropped."""

LONGEST_NAME = 6
"""As many words a name has at most."""

_COUNTRY = re.compile(r"\bUS\b")
"""The country, where `us` means people."""

Names = dict[str, list[tuple[str, int]]]
"""For each name the ids of the therapies that it opens, "" for a term; and 1 where it is theirs,
for a term its row."""


class Question(NamedTuple):
    """What is looked for.

    groups: for each word that tells, it and its equals, as stems. therapies: the ids of those it
    names, in order. terms: the rows of the terms it names. intents: what it wants to see. rest: how
    many words tell more than the names and the wants. is_name: whether
    it is a name and nothing else. hinted: the therapies of whose names alone a word is.
    """

    groups: Sequence[tuple[str, ...]]
    therapies: Sequence[str]
    terms: frozenset[int]
    intents: Sequence[Intent]
    rest: int = 0
    is_name: bool = False
    hinted: Sequence[str] = ()


def understood(asked: str, known_names: Callable[[Sequence[str]], Names]) -> Question:
    """Return what a question asks.

    known_names: returns what each of these names opens.
    """
    words = split_words(_COUNTRY.sub("usa", asked))[: 4 * MAX_TERMS]
    spans = _spans(words)
    known = known_names([form for *_, key in spans for form in _forms(key)])
    taken, own, terms = set[int](), set[int](), set[int]()
    named: dict[int, list[str]] = {}
    places_of: list[tuple[int, int]] = []
    for start, size, key in spans:
        found = next((known[form] for form in _forms(key) if form in known), None)
        if found is None or (size == 1 and key in STOP_WORDS):
            continue
        terms |= {row for id, row in found if not id}
        places = set(range(start, start + size))
        if (ids := [id for id, _ in found if id]) and taken.isdisjoint(places):
            taken |= places
            named[start] = ids
            places_of.append((start, size))
            own |= places if any(is_own for id, is_own in found if id) else set()
    unnamed = _without_names(asked, [words[start : start + size] for start, size in places_of])
    intents = intents_of(unnamed)
    wanting = {word for intent in intents for word in intent.words(unnamed)}
    telling = [place for place, word in enumerate(words) if word not in STOP_WORDS]
    # A product's name is looked for too; a therapy's own stands on all that is said of it.
    left = [words[place] for place in telling if place not in own] or ([] if own else words)
    return Question(
        groups=[_equals(word) for word in dict.fromkeys(left)][:MAX_TERMS],
        therapies=list(dict.fromkeys(id for start in sorted(named) for id in named[start])),
        terms=frozenset(terms),
        intents=intents,
        rest=sum(place not in taken and words[place] not in wanting for place in telling),
        is_name=_key(words) in known,
    )


def _spans(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return what may be a name, the longest first: where it begins, its words, and its key."""
    return [
        (start, size, _key(words[start : start + size]))
        for size in range(LONGEST_NAME, 0, -1)
        for start in range(len(words) - size + 1)
    ]


def _without_names(asked: str, names: Iterable[Sequence[str]]) -> str:
    """Return a question with `it` for each name: a dendritic cell vaccine is no vaccination."""
    for name in names:
        span = r"\W*".join(map(re.escape, name))
        asked = re.sub(rf"\b{span}(?:s\b|\b)", "it", asked, count=1, flags=re.IGNORECASE)
    return asked


def _key(words: Sequence[str]) -> str:
    return "".join(words)


def _forms(key: str) -> Iterator[str]:
    yield key
    if len(key) > 3 and key.endswith("s"):
        yield key[:-1]


def _equal_table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in EQUAL_WORDS:
        group = tuple(dict.fromkeys(stems(line)))
        for word in group:
            table[word] = tuple(dict.fromkeys((word, *table.get(word, ()), *group)))
    return table


_EQUALS = _equal_table()


def _equals(word: str) -> tuple[str, ...]:
    return _EQUALS.get(stem(word), (stem(word),))
