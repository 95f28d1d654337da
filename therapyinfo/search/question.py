"""A question, understood: the words that tell, the therapies it names, what it wants to see."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .document import name_key
from .intents import Intent, intents_of
from .vocabulary import EQUAL_WORDS
from .words import STOP_WORDS, split_words, stem, stems

MAX_TERMS = 40
"""Maximum number of words of a question that are looked up; the rest are dropped."""

LONGEST_NAME = 6
"""As many words a name has at most."""


class Question(NamedTuple):
    """What is looked for.

    groups: for each word that tells, it and its equals, as stems. therapies: the ids of those it
    names, in order. terms: whether it names a term. intents: what it wants to see.
    """

    groups: Sequence[tuple[str, ...]]
    therapies: Sequence[str]
    terms: frozenset[str]
    intents: Sequence[Intent]


def understood(asked: str, therapies_of: Callable[[Sequence[str]], dict[str, list[str]]]) -> Question:
    """Return what a question asks.

    therapies_of: returns the ids of the therapies that each of these names is of, "" for a term.
    """
    words = split_words(asked)[: 4 * MAX_TERMS]
    spans = [
        (start, size, _key(words[start : start + size]))
        for size in range(LONGEST_NAME, 0, -1)
        for start in range(len(words) - size + 1)
    ]
    known = therapies_of([form for *_, key in spans for form in _forms(key)])
    taken: set[int] = set()
    named: dict[int, list[str]] = {}
    terms = set[str]()
    for start, size, key in spans:
        if size == 1 and key in STOP_WORDS:
            continue
        found = next((known[form] for form in _forms(key) if form in known), None)
        if found is None:
            continue
        terms |= {form for form in _forms(key) if "" in known.get(form, ())}
        if (ids := [id for id in found if id]) and taken.isdisjoint(range(start, start + size)):
            taken |= set(range(start, start + size))
            named[start] = ids
    therapies = list(dict.fromkeys(id for start in sorted(named) for id in named[start]))
    left = [word for word in words if word not in STOP_WORDS]
    intents = intents_of(asked)
    groups = [_equals(word) for word in dict.fromkeys(left or words)]
    return Question(groups[:MAX_TERMS], therapies, frozenset(terms), intents)


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


__all__ = ["Question", "name_key", "understood"]
