"""A question, understood: the words that tell, the therapies it names, what it wants to see."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from .intent import Intent
from .intents import intents_of
from .vocabulary import MOST_EQUALS
from .words import STOP_WORDS, split_words, stem

MAX_TERMS = 40
"""Maximum number of words of a question that are looked up; the rest are dropped."""

LONGEST_NAME = 6
"""As many words a name has at most."""

LONGEST_UNSPACED = 16
"""In a script without blanks each letter is a word."""

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

    @property
    def words(self) -> set[str]:
        """Every word that is looked for."""
        return {word for group in self.groups for phrase in group for word in phrase.split()}


def understood(
    asked: str,
    known_names: Callable[[Sequence[str]], Names],
    equal_words: Callable[[Sequence[str]], dict[str, list[str]]],
) -> Question:
    """Return what a question asks.

    known_names: returns what each of these names opens. equal_words: returns what means the same
    as each of these words or phrases, all of them stems.
    """
    words = split_words(_COUNTRY.sub("usa", asked))[: 4 * MAX_TERMS]
    spans = _spans(words, LONGEST_NAME if asked.isascii() else LONGEST_UNSPACED)
    known = known_names([form for *_, key in spans for form in _forms(key)])
    named = _named(words, spans, known)
    unnamed = _without_names(asked, [words[start : start + size] for start, size in named.spans])
    wants = intents_of(unnamed)
    wanting = {word for intent, told in wants if not intent.whole for word in told}
    telling = [place for place, word in enumerate(words) if word not in STOP_WORDS]
    # A product's name is looked for too; a therapy's own stands on all that is said of it.
    left = [words[place] for place in telling if place not in named.own]
    left = left or ([] if named.own else words)
    return Question(
        groups=_groups(words, left, spans, equal_words),
        therapies=named.therapies,
        terms=named.terms,
        intents=[intent for intent, _ in wants],
        rest=sum(place not in named.taken and words[place] not in wanting for place in telling),
        is_name=_key(words) in known,
    )


class _Named(NamedTuple):
    """What a question names: the places of the words, and of those that are a therapy's own."""

    therapies: list[str]
    terms: frozenset[int]
    spans: list[tuple[int, int]]
    taken: set[int]
    own: set[int]


def _named(words: Sequence[str], spans: Sequence[tuple[int, int, str]], known: Names) -> _Named:
    taken, own, terms = set[int](), set[int](), set[int]()
    therapies: dict[tuple[int, int], list[str]] = {}
    for start, size, key in spans:
        found = next((known[form] for form in _forms(key) if form in known), None)
        if found is None or (size == 1 and key in STOP_WORDS):
            continue
        terms |= {row for id, row in found if not id}
        places = set(range(start, start + size))
        if (ids := [id for id, _ in found if id]) and taken.isdisjoint(places):
            taken |= places
            therapies[start, size] = ids
            own |= places if any(is_own for id, is_own in found if id) else set()
    ids = list(dict.fromkeys(id for place in sorted(therapies) for id in therapies[place]))
    return _Named(ids, frozenset(terms), list(therapies), taken, own)


def _spans(words: Sequence[str], longest: int) -> list[tuple[int, int, str]]:
    """Return what may be a name, the longest first: where it begins, its words, and its key."""
    return [
        (start, size, _key(words[start : start + size]))
        for size in range(longest, 0, -1)
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


def _groups(
    words: Sequence[str],
    left: Iterable[str],
    spans: Sequence[tuple[int, int, str]],
    equal_words: Callable[[Sequence[str]], dict[str, list[str]]],
) -> list[tuple[str, ...]]:
    """Return each word that is left, with what means the same as it or as words around it."""
    groups = {word: [stem(word)] for word in list(dict.fromkeys(left))[:MAX_TERMS]}
    phrases = [" ".join(map(stem, words[start : start + size])) for start, size, _ in spans]
    known = equal_words(phrases)
    for (start, size, _), phrase in zip(spans, phrases, strict=True):
        for word in words[start : start + size] if phrase in known else ():
            if word in groups:
                groups[word] += known[phrase]
    return [tuple(dict.fromkeys(each))[: MOST_EQUALS + 1] for each in groups.values()]
