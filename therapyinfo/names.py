"""Names that people type: those of products and codes, several in a line, and mistyped ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from .records import Record
from .text import normalize_name

Kind = Literal["brand", "generic", "part", "code"]

JOINING_WORDS = ("and", "vs", "vs.", "versus", "&")
"""What people write between the therapies that they compare."""

LONGEST_MISTYPED = 60
"""Of a longer text nobody can tell which name it was to be."""

MOST_WORDS = 16
"""In more words than these nobody names therapies, and each costs a look at all names."""


class KnownName(Record, frozen=True, kw_only=True):
    """A name that is no therapy's own and opens one.

    Attributes:
        name: The name as the knowledge writes it.
        therapy: The id of the therapy that it opens.
        kind: What it is; a part is one of several substances of a product.
        reason: The sentence that says why it opens that therapy.

    """

    name: str
    therapy: str
    kind: Kind
    reason: str


def split_names(words: Sequence[str], is_known: Callable[[str], bool]) -> list[str] | None:
    """Return the names that words are: all of them together one, or one after the other.

    Words between names, such as `and`, and commas count for nothing.

    >>> split_names(["car", "t", "vs", "msc"], {"car t", "msc"}.__contains__)
    ['car t', 'msc']

    Args:
        words: What was typed.
        is_known: Says whether a text is a name.

    Returns:
        The names; None where a word is part of none.

    """
    if is_known(" ".join(words)):
        return [" ".join(words)]
    if len(words) > MOST_WORDS:
        return None
    parts: list[str] = []
    for word in words:
        parts += [word.strip(",")] if is_known(word) else word.replace(",", " , ").split()
    if len(parts) > MOST_WORDS:
        return None
    groups: list[list[str]] = [[]]
    for part in parts:
        if part == "," or part.casefold() in JOINING_WORDS:
            groups.append([])
        else:
            groups[-1].append(part)
    found: list[str] = []
    for group in groups:
        names = _one_after_the_other(group, is_known)
        if names is None:
            return None
        found += names
    return found


def _one_after_the_other(words: list[str], is_known: Callable[[str], bool]) -> list[str] | None:
    """Return the names that words are, each as long as can be; None where a word is of none."""
    found: list[str] = []
    while words:
        lengths = range(len(words), 0, -1)
        longest = next((n for n in lengths if is_known(" ".join(words[:n]))), None)
        if longest is None:
            return None
        found.append(" ".join(words[:longest]))
        words = words[longest:]
    return found


def spoken_names(words: Sequence[str]) -> list[str]:
    """Return words without those that only join names, and without commas.

    >>> spoken_names(["car-t,", "and", "msc"])
    ['car-t', 'msc']
    """
    kept = (word.strip(",") for word in words)
    return [word for word in kept if word and word.casefold() not in JOINING_WORDS]


def near_names(name: str, known: Mapping[str, str]) -> list[str]:
    """Return the known names that a mistyped one must mean: those it begins, else the nearest.

    Where they have different answers none is returned: a wrong suggestion is worse than none.

    Args:
        name: What was typed.
        known: The answer for each name.

    """
    key = normalize_name(name)
    if not 2 < len(key) <= LONGEST_MISTYPED:
        return []
    keys = {each: normalize_name(each) for each in known}
    near = [each for each, other in keys.items() if other.startswith(key)]
    if not near:
        most = 1 if len(key) < 5 else 2 if len(key) < 13 else 3
        far = {each: slips(key, other, most) for each, other in keys.items()}
        least = min(far.values(), default=most + 1)
        near = [each for each, count in far.items() if count == least <= most]
    return near if len({known[each] for each in near}) == 1 else []


def slips(one: str, other: str, most: int) -> int:
    """Return how many letters are left out, added, changed or swapped between two texts.

    Of more than `most` the answer is one more than that.

    >>> slips("kimria", "kymriah", 2), slips("mcs", "msc", 1), slips("opdivo", "keytruda", 2)
    (2, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row, last = [i + 1], row
        for j, seen in enumerate(other):
            count = min(last[j] + (letter != seen), last[j + 1] + 1, row[j] + 1)
            if i and j and letter == other[j - 1] and one[i - 1] == seen:
                count = min(count, before[j - 1] + 1)
            row.append(count)
        if min(row) > most:
            return most + 1
        before = last
    return min(row[-1], most + 1)
