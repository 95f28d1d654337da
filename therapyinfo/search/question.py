"""A question, understood: the words that tell, the therapies it names, what it wants to see."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from .intents import Intent, intents_of
from .vocabulary import MOST_EQUALS
from .words import STOP_WORDS, split_words, stem, telling

MAX_TERMS = 40
"""Maximum number of words of a question that are looked up; the rest are dropped."""

LONGEST_NAME = 6
"""As many words a name has at most."""

LONGEST_UNSPACED = 16
"""In a script without blanks each letter is a word."""

_COUNTRY = re.compile(r"\bUS\b")
"""The country, where `us` means people."""

_WITH_S = "what where when who how that there it".split()
_WITH_T = (
    "don doesn didn isn aren wasn weren hasn haven hadn couldn shouldn wouldn can won"
).split()
_CONTRACTIONS = {
    **{f"{word}s": (word, "s") for word in _WITH_S},
    **{f"{word}t": (word, "t") for word in _WITH_T},
}
"""Words that are typed without their apostrophe, parted as with it."""

_ARTICLES = ("a", "an", "the")

SENSE_WORDS = 3
"""So long a phrase that has equals tells in which sense its words are meant."""

LIGHT = frozenset(map(stem, "help work result evidence success rate".split()))
"""Beside a wish for benefits they tell no more than it; of life after, work is a topic."""

SURE_SHARE = 0.6
"""A word in so many of a therapy's names, and in no other's, means it, as `transplant` does."""

HARDLY = 0.25
"""A word in fewer of a therapy's names, as `cancer` or `drug`, does not tell which is meant."""

_Span = tuple[int, int, str]

Names = dict[str, list[tuple[str, int]]]
"""For each name the ids of the therapies that it opens, "" for a term; and 1 where it is theirs,
for a term its row."""


class Known(Protocol):
    """What an index knows of words."""

    def names(self, keys: Sequence[str]) -> Names:
        """Return what each of these names opens."""

    def equal_words(self, phrases: Sequence[str]) -> dict[str, list[str]]:
        """Return what means the same as each of these words or phrases, all of them stems."""

    def respelled(self, words: Sequence[str]) -> dict[str, str]:
        """Return for each word that no document has the one that it is nearly."""

    def owners(self, stems: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return the therapies with each word in their names, and in which share of those."""


class Question(NamedTuple):
    """What is looked for.

    groups: for each word that tells, it and its equals, as stems. therapies: the ids of those it
    names, in order. hinted: the ids of those of whose names alone a word is. owners: for each word
    the therapies that have it in a name, and in which share of their names. terms: the rows of
    those of which nothing but the name is asked. intents: what it wants to see. rest: how many
    words tell more than the names and the wants. unnamed: the stems of those beside the names.
    is_name: whether it is a name and nothing else. said: the stems of all its words, `it` for a
    name. respelled: for each mistyped word what it means. names_part: whether it names a product
    or one of several kinds of a therapy.
    """

    groups: Sequence[tuple[str, ...]]
    therapies: Sequence[str]
    hinted: Sequence[str]
    owners: dict[str, dict[str, float]]
    terms: frozenset[int]
    intents: Sequence[Intent]
    rest: int
    unnamed: frozenset[str]
    is_name: bool
    said: frozenset[str]
    respelled: Mapping[str, str]
    names_part: bool

    @property
    def words(self) -> set[str]:
        """Every word that is looked for."""
        return {word for group in self.groups for phrase in group for word in phrase.split()}


def understood(asked: str, index: Known, regions: Collection[str] = ()) -> Question:
    """Return what a question asks of an index.

    regions: the ids of those that the index knows; the name of one tells where, and not what.
    """
    words, respelled = _read(asked, index)
    longest = LONGEST_NAME if asked.isascii() else LONGEST_UNSPACED
    spans = _spans(words, longest)
    known = index.names([form for *_, key in spans for form in _forms(key)])
    named = _named(words, spans, known)
    told = [place for place, word in enumerate(words) if word not in STOP_WORDS]
    owners = index.owners([stem(words[place]) for place in told if place not in named.taken])
    hints = _hints(owners, named.therapies)
    hinted = list(dict.fromkeys(hints.values()))
    hinting = [(place, 1) for place in told if stem(words[place]) in hints]
    unnamed = _without_names(words, [*named.spans, *hinting])
    wants = intents_of([_without_names(words, named.spans), unnamed])
    wanting = {word for intent, asking in wants if not intent.whole for word in asking}
    left = _looked_for(words, told, named, hints if wants else {})
    groups = _without_light(_groups(left, [words, unnamed], longest, index), wants)
    places = {word for id in regions for word in id.split("-")}
    wanting |= {word for word, *equals in groups if not places.isdisjoint((word, *equals))}
    more = [words[place] for place in told if place not in named.taken]
    return Question(
        groups=groups,
        therapies=named.therapies or hinted[: len(hinted) == 1],
        hinted=hinted,
        owners=owners,
        terms=_asked_terms(told, spans, known),
        intents=[intent for intent, _ in wants],
        rest=sum(word not in wanting and stem(word) not in wanting for word in more),
        unnamed=frozenset(map(stem, more)) - hints.keys(),
        is_name=_key(words) in known,
        said=frozenset(map(stem, unnamed)),
        respelled=respelled,
        names_part=bool(named.spans) and not named.own,
    )


def _read(asked: str, index: Known) -> tuple[list[str], dict[str, str]]:
    """Return the words of a question, mistyped ones as they are meant, and those.

    A word that stands alone is told to be unknown.
    """
    typed = split_words(_COUNTRY.sub("usa", asked))[: 4 * MAX_TERMS]
    words = [part for word in typed for part in _CONTRACTIONS.get(word, (word,))]
    tell = list(telling(words))
    respelled = index.respelled(tell)
    if len(respelled) == len(tell):
        return words, {}
    return [respelled.get(word, word) for word in words], respelled


def _looked_for(
    words: Sequence[str], telling: Sequence[int], named: "_Named", hints: Mapping[str, str]
) -> list[str]:
    """Return the words that are looked for: not those that only name a therapy.

    A product's name is looked for too; a therapy's own stands on all that is said of it.
    """
    left = [_phrase(words, place, named) for place in telling if place not in named.own]
    if left and not named.therapies and hints.keys() >= set(map(stem, left)):
        return []
    if not named.therapies and len(set(hints.values())) == 1:
        left = [word for word in left if stem(word) not in hints]
    if left or (len(named.spans) == 1 and named.own):
        return left
    return [words[place] for place in telling] or list(words)


def _phrase(words: Sequence[str], place: int, named: "_Named") -> str:
    """Return a word, or the whole name that it stands in: G-CSF is one word, not two."""
    spans = [(start, size) for start, size in named.spans if start <= place < start + size]
    start, size = next(iter(spans), (place, 1))
    return " ".join(words[start : start + size])


def _without_light(
    groups: list[tuple[str, ...]], wants: Sequence[tuple[Intent, set[str]]]
) -> list[tuple[str, ...]]:
    """Return words without those that only tell a wish for benefits, if others are left."""
    sections = {section for intent, _ in wants for section in intent.sections}
    if "benefits" not in sections or "life" in sections:
        return groups
    return [each for each in groups if each[0] not in LIGHT] or groups


class _Named(NamedTuple):
    """What a question names: the places of the words, and of those that are a therapy's own."""

    therapies: list[str]
    spans: list[tuple[int, int]]
    taken: set[int]
    own: set[int]


def _named(words: Sequence[str], spans: Sequence[_Span], known: Names) -> _Named:
    taken, own = set[int](), set[int]()
    therapies: dict[tuple[int, int], list[str]] = {}
    for start, size, key in spans:
        found = _opened(key, known)
        if size == 1 and key in STOP_WORDS:
            continue
        places = set(range(start, start + size))
        if (ids := [id for id, _ in found if id]) and taken.isdisjoint(places):
            taken |= places
            therapies[start, size] = ids
            own |= places if any(is_own for id, is_own in found if id) else set()
    ids = list(dict.fromkeys(id for place in sorted(therapies) for id in therapies[place]))
    return _Named(ids, list(therapies), taken, own)


def _hints(owners: dict[str, dict[str, float]], named: Sequence[str]) -> dict[str, str]:
    """Return each word that means a therapy which the question does not name, and that therapy."""
    alone = [(word, *next(iter(of.items()))) for word, of in owners.items() if len(of) == 1]
    return {word: id for word, id, share in alone if share >= SURE_SHARE and id not in named}


def _asked_terms(telling: Sequence[int], spans: Sequence[_Span], known: Names) -> frozenset[int]:
    """Return the rows of the terms whose name holds every word that tells."""
    for start, size, key in spans if telling else ():
        found = frozenset(row for id, row in _opened(key, known) if not id)
        more = sum(place >= start + size for place in telling)
        if found and start <= telling[0] and more <= 1:
            return found
    return frozenset()


def _spans(words: Sequence[str], longest: int) -> list[_Span]:
    """Return what may be a name, the longest first: where it begins, its words, and its key."""
    return [
        (start, size, _key(words[start : start + size]))
        for size in range(longest, 0, -1)
        for start in range(len(words) - size + 1)
    ]


def _without_names(words: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Return a question with `it` for each name: a dendritic cell vaccine is no vaccination."""
    left = list(words)
    for start, size in sorted(spans, reverse=True):
        first = start - (start > 0 and words[start - 1] in _ARTICLES)
        left[first : start + size] = ["it"]
    return left


def _key(words: Sequence[str]) -> str:
    return "".join(words)


def _opened(key: str, known: Names) -> list[tuple[str, int]]:
    return next((known[form] for form in _forms(key) if form in known), [])


def _forms(key: str) -> Iterator[str]:
    yield key
    if len(key) > 3 and key.endswith("s"):
        yield key[:-1]


def _groups(
    left: Iterable[str], questions: Iterable[Sequence[str]], longest: int, index: Known
) -> list[tuple[str, ...]]:
    """Return each word that is left, with what means the same as it or as words around it.

    questions: the words of the question, and those with `it` for a name.
    """
    groups = {word: [_stemmed(word.split())] for word in list(dict.fromkeys(left))[:MAX_TERMS]}
    phrases = dict[str, Sequence[str]]()
    for words in questions:
        for start, size, _ in _spans(words, longest):
            said = words[start : start + size]
            phrases.setdefault(_stemmed(said), said)
    known = index.equal_words(list(phrases))
    in_sense = set[str]()  # `have children` is of fertility, and no longer of children
    for phrase, said in phrases.items():
        if phrase in known and _has_sense(said) and STOP_WORDS.issuperset(said):
            groups[phrase] = [phrase, *known[phrase]]
        if phrase in known and len(said) > 1 and (name := " ".join(said)) in groups:
            groups[name] += known[phrase]
        for word in said if phrase in known else ():
            if word in groups and _has_sense(said):
                groups[word] = [phrase, *known[phrase]]
                in_sense.add(word)
            elif word in groups and word not in in_sense:
                groups[word] += known[phrase]
    return [tuple(dict.fromkeys(each))[: MOST_EQUALS + 1] for each in groups.values()]


def _stemmed(words: Iterable[str]) -> str:
    return " ".join(map(stem, words))


def _has_sense(phrase: Sequence[str]) -> bool:
    """Return whether a phrase gives its words another sense: `know if it worked`, `come from`."""
    return len(phrase) >= SENSE_WORDS or (len(phrase) > 1 and not STOP_WORDS.isdisjoint(phrase))
