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


Names = dict[str, list[tuple[str, int]]]
"""For each name the ids of the therapies that it opens, "" for a term, and 1 where it is theirs; for a term its row."""


class Question(NamedTuple):
    """What is looked for.

    groups: for each word that tells, it and its equals, as stems. therapies: the ids of those it
    names, in order. terms: the rows of the terms it names. intents: what it wants to see. rest: how
    many words tell more than the names and the wants. is_name: whether
    it is a name and nothing else.
    """

    groups: Sequence[tuple[str, ...]]
    therapies: Sequence[str]
    terms: frozenset[int]
    intents: Sequence[Intent]
    rest: int = 0
    is_name: bool = False


def understood(asked: str, known_names: Callable[[Sequence[str]], "Names"]) -> Question:
    """Return what a question asks.

    known_names: returns what each of these names opens.
    """
    words = split_words(asked)[: 4 * MAX_TERMS]
    spans = [
        (start, size, _key(words[start : start + size]))
        for size in range(LONGEST_NAME, 0, -1)
        for start in range(len(words) - size + 1)
    ]
    known = known_names([form for *_, key in spans for form in _forms(key)])
    taken: set[int] = set()
    named: dict[int, list[str]] = {}
    terms = set[int]()
    told = set[int]()
    for start, size, key in spans:
        if size == 1 and key in STOP_WORDS:
            continue
        found = next((known[form] for form in _forms(key) if form in known), None)
        if found is None:
            continue
        terms |= {row for id, row in found if not id}
        if (ids := [id for id, _ in found if id]) and taken.isdisjoint(range(start, start + size)):
            taken |= set(range(start, start + size))
            named[start] = ids
            if any(own for id, own in found if id):
                told |= set(range(start, start + size))
    therapies = list(dict.fromkeys(id for start in sorted(named) for id in named[start]))
    # A product's name is looked for too, as a therapy's own stands on all that is said of it.
    left = [
        word for place, word in enumerate(words) if word not in STOP_WORDS and place not in told
    ]
    intents = intents_of(asked)
    wanting = {word for intent in intents for word in intent.words(asked)}
    rest = sum(
        word not in STOP_WORDS and place not in taken and word not in wanting
        for place, word in enumerate(words)
    )
    groups = [_equals(word) for word in dict.fromkeys(left or ([] if told else words))]
    return Question(groups[:MAX_TERMS], therapies, frozenset(terms), intents, rest, _key(words) in known)


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
