"""The words of texts and of questions, each in the form in which they are compared."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..text import composed, is_mark

STOP_WORDS = frozenset(
    "a able about after also am an and any anyone are as at away be been before being but by can"
    " cause causes could did do does doing done else ever for from get gets getting give given"
    " go goes going got had has have having he her here him his how i if in into is it its"
    " itself just know known like likely long many make makes may me might mine more most much"
    " must my need needed no not of off often ok on one only or our ours out over per please"
    " possible really say says she should so soon some someone still take takes tell than that the"
    " their them then there these they thing things this those to too under up us use used"
    " very was we well were what when where whether which while who whom whose why will with"
    " without would you your yours s t d m re ve ll don doesn isn aren won didn wasn weren"
    " hasn haven hadn couldn shouldn wouldn im ive mean means meaning"
    " treatment treatments happen happens thereafter people person mum mom dad mother father"
    " husband wife friend".split()
)
"""They stand in questions of every kind, and tell nothing of what is asked."""

_UNSPACED = r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])"
"""Letters of scripts that are written without blanks: each is a word of its own."""
_WORD = re.compile(r"\w+")
_SUFFIXES = (
    ("ically", "ic"), ("ities", "ity"), ("sses", "ss"), ("ingly", ""), ("edly", ""), ("ies", "y"),
    ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""),
)  # fmt: skip
_VOWELS = frozenset("aeiouy")
SHORTEST_STEM = 3
"""Shorter beginnings belong to too many words: `red` is no form of `r`."""


def split_words(text: str) -> list[str]:
    """Return the words of a text, in small letters and without Latin accents.

    >>> split_words("Can I drive after CAR-T?"), split_words("Guérin 細胞")
    (['can', 'i', 'drive', 'after', 'car', 't'], ['guerin', '細', '胞'])
    """
    if not text.isascii():
        text = _plain(composed(text))
        text = re.sub(_UNSPACED, r" \1 ", text)
    return _WORD.findall(text.lower().replace("_", " "))


def _plain(text: str) -> str:
    from unicodedata import normalize  # most questions have no letter that needs it

    apart = normalize("NFD", text)
    bare = "".join(each for each in apart if not "\u0300" <= each <= "\u036f")
    kept = "".join(
        each if each.isalnum() or is_mark(each) else " " for each in normalize("NFC", bare)
    )
    # Vowel signs are no letters to `re`, and stay with the letter that bears them.
    return "".join(f"{ord(each):x}" if is_mark(each) else each for each in kept)


@cache
def stem(word: str) -> str:
    """Return what the forms of a word share; only endings of grammar count.

    >>> [stem(each) for each in ("driving", "drives", "infections", "universal", "university")]
    ['driv', 'driv', 'infection', 'universal', 'university']
    """
    for ending, other in _SUFFIXES:
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            left = word.removesuffix(ending) + other
            if len(left) >= SHORTEST_STEM and not _VOWELS.isdisjoint(left):
                word = left
                break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]  # stopped, stop
    return word[:-1] if len(word) > SHORTEST_STEM and word.endswith("e") else word


def stems(text: str) -> list[str]:
    """Return the words of a text, each as its stem."""
    return [stem(word) for word in split_words(text)]


def telling(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that tell what is asked, each once."""
    yield from dict.fromkeys(word for word in words if word not in STOP_WORDS)
