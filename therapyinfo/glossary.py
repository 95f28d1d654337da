"""Which terms of the glossary stand in a text."""

import re
from collections.abc import Iterable, Sequence

from .records import Term
from .text import composed, is_mark

_ASCII_WORD = re.compile("[0-9A-Za-z]+")


def terms_used(texts: Iterable[str], glossary: dict[str, Term]) -> list[str]:
    """Return the ids of the terms that stand in the texts, in the glossary's order.

    A term counts where it stands as whole words, with its capitals as they are written if it
    has two or more of them (so that `CAR` is not found in `car`).
    """
    by_first = _spellings_by_first_word(glossary)
    found: set[str] = set()
    for text in texts:
        words = _split_words(text)
        for position, word in enumerate(words):
            for spelling, id in by_first.get(word.casefold(), ()):
                if id not in found and _matches(
                    spelling, words[position : position + len(spelling)]
                ):
                    found.add(id)
    return [id for id in glossary if id in found]


def _spellings_by_first_word(glossary: dict[str, Term]) -> dict[str, list[tuple[list[str], str]]]:
    found: dict[str, list[tuple[list[str], str]]] = {}
    for id, term in glossary.items():
        for name in (term.term, *term.aliases):
            if words := _split_words(name):
                first = words[0].casefold()
                for spelling in (first, f"{first}s"):
                    found.setdefault(spelling, []).append((words, id))
    return found


def _split_words(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text)
    kept = (each if each.isalnum() or is_mark(each) else " " for each in composed(text))
    return "".join(kept).split()


def _matches(spelling: Sequence[str], words: Sequence[str]) -> bool:
    if len(spelling) != len(words):
        return False
    return all(_is_same_word(*pair) for pair in zip(spelling, words, strict=True))


def _is_same_word(wanted: str, seen: str) -> bool:
    if sum(map(str.isupper, wanted)) > 1:
        return seen in (wanted, f"{wanted}s")
    return seen.casefold() in (wanted.casefold(), f"{wanted}s".casefold())
