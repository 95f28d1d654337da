"""Which records of a knowledge file replaced which of an older one."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log

from .record_items import Item

Pair = tuple[Item | None, Item | None]
Words = frozenset[str]


def _have_one_name(one: Item, other: Item) -> bool:
    return bool(one.name) and one.label == other.label and one.section == other.section


def _have_one_section(one: Item, other: Item) -> bool:
    return one.section == other.section


def _have_one_topic(one: Item, other: Item) -> bool:
    return bool(one.name) and one.name == other.name and one.section == other.section


def _are_two(one: Item, other: Item) -> bool:
    return True


PAIRED: tuple[tuple[Callable[[Item, Item], bool], float], ...] = (
    (_have_one_name, 0.0),
    (_have_one_section, 0.23),
    (_have_one_topic, 0.1),
    (_are_two, 0.6),
)
"""By what one item is known to have replaced another, the surest first, and how alike they are."""

BESIDE = 0.08
"""How alike a withdrawn text and an added one are that stand together."""


def paired(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Return each item with what it replaced, a withdrawn one behind what it is most like."""
    alike = Likeness([*old, *new])
    gone, come = list(old), list(new)
    replaced: dict[Item, Item] = {}
    for is_near, least in PAIRED:
        near = ((one, other) for other in come for one in gone if is_near(one, other))
        scored = ((alike(one, other), one, other) for one, other in near)
        enough = [each for each in scored if each[0] >= least]
        for _, one, other in sorted(enough, key=lambda each: -each[0]):
            if one in gone and other in come:
                gone.remove(one)
                come.remove(other)
                replaced[other] = one
    beside = _beside(gone, come, alike)
    told: list[Pair] = []
    for item in new:
        told += [(replaced.get(item), item), *((each, None) for each in beside.get(item, ()))]
    return [*told, *((each, None) for each in beside.get(None, ()))]


def _beside(
    gone: Iterable[Item], come: Sequence[Item], alike: "Likeness"
) -> dict[Item | None, list[Item]]:
    """Return what was withdrawn by the added item of its section that it is most like, if any."""
    found: dict[Item | None, list[Item]] = {}
    for one in gone:
        near = [each for each in come if each.section == one.section]
        best = max(near, key=lambda each: alike(one, each), default=None)
        if best and alike(one, best) < BESIDE:
            best = None
        found.setdefault(best, []).append(one)
    return found


class Likeness:
    """How much two of some items have in common, 0 to 1; rare words and numbers count most."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._words = {item: (_words(item.name), _words(item.text)) for item in items}
        having = Counter(word for both in self._words.values() for word in both[0] | both[1])
        self._weights = {word: log(1 + len(self._words) / n) for word, n in having.items()}

    def __call__(self, one: Item, other: Item) -> float:
        """Return how alike two items are by their texts, or by their names and texts."""
        (name, text), (other_name, other_text) = self._words[one], self._words[other]
        texts = self._shared(text, other_text)
        return max(texts, (texts + self._shared(name, other_name)) / 2)

    def _shared(self, one: Words, other: Words) -> float:
        shared, every = (
            sum(map(self._weights.__getitem__, each)) for each in (one & other, one | other)
        )
        return shared / (every or 1)


def _words(text: str) -> Words:
    """Return the numbers of a text, and how its longer words begin."""
    return frozenset(word[:5] for word in re.findall(r"[^\W\d]{4,}|\d+", text.casefold()))
