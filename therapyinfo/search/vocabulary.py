"""Words that mean the same, as stems: two spellings, or what people say and what texts write."""

from collections.abc import Iterable, Sequence
from itertools import permutations

from .words import stems

MOST_EQUALS = 12
"""So many others at most are looked for with a word, the nearest lists first."""


def equal_pairs(lists: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Return each word or phrase of a list with each other one of that list, as stems.

    >>> equal_pairs([("tumour", "tumor"), ("CRS", "cytokine release syndrome")])[2:]
    [('crs', 'cytokin releas syndrom'), ('cytokin releas syndrom', 'crs')]
    """
    pairs: dict[tuple[str, str], None] = {}
    for each in lists:
        phrases = dict.fromkeys(" ".join(stems(name)) for name in each)
        pairs |= dict.fromkeys(permutations(filter(None, phrases), 2))
    return list(pairs)
