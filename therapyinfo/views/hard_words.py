"""The hard words of a page: illnesses, and words that are hard to say, told where they start."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..compiled import Entry
from ..page import Block, Facts, Heading, Paragraph, strings
from ..records import Term
from ..wording import first_sentence
from .parts import section_command
from .prose import Prose

MOST = 7
"""So many words stand in the list: the longest that one can take in."""

IN_BRACKETS = re.compile(r"\([^()]*\)")
"""What stands in brackets: the text tells such a term in plain words before it."""

WORD = re.compile(r"\w+")


def hard_words(blocks: Iterable[Block], entry: Entry, prose: Prose) -> tuple[Block, ...]:
    """Return what the hard words mean that the blocks use most, outside brackets."""
    counts = _counted(blocks, _spellings(entry, prose.library.glossary))
    if not counts:
        return ()
    terms = [prose.library.glossary[id] for id, _ in counts.most_common(MOST)]
    told = sorted(terms, key=lambda term: term.term.casefold())
    rows = tuple((term.term, prose.text(first_sentence(term.meaning))) for term in told)
    pointer = ("All words: ", section_command(entry, "words"))
    return (Heading("Hard words on this page", 3), Facts(rows), Paragraph(pointer, "quiet"))


Spellings = Mapping[str, list[tuple[list[str], str | None]]]
"""By the first word: each spelling in words, longest first, and its term; None if it is easy."""


def _spellings(entry: Entry, glossary: Mapping[str, Term]) -> Spellings:
    therapy = entry.therapy
    own = {therapy.name, therapy.full_name, *therapy.aliases}
    found: dict[str, list[tuple[list[str], str | None]]] = {}
    for id, term in glossary.items():
        names = (term.term, *term.aliases)
        hard = (term.kind == "illness" or term.say) and own.isdisjoint(names)
        for name in names:
            words = WORD.findall(name)
            found.setdefault(_key(words[0]), []).append((words, id if hard else None))
    for spellings in found.values():
        spellings.sort(key=lambda spelling: -len(spelling[0]))
    return found


def _counted(blocks: Iterable[Block], spellings: Spellings) -> Counter[str]:
    """Return how often each hard term stands in the blocks, the longest term at each place."""
    counts: Counter[str] = Counter()
    for block in blocks:
        words = WORD.findall(IN_BRACKETS.sub(" ", " ".join(strings(block))))
        skip = 0
        for position, word in enumerate(words):
            if position < skip:
                continue
            for spelling, id in spellings.get(_key(word), ()):
                if _same(spelling, words[position : position + len(spelling)]):
                    skip = position + len(spelling)
                    counts.update([id] if id else [])
                    break
    return counts


def _key(word: str) -> str:
    return word.casefold().removesuffix("s")


def _same(wanted: list[str], seen: list[str]) -> bool:
    return len(wanted) == len(seen) and all(
        one.removesuffix("s") == other.removesuffix("s")
        if sum(map(str.isupper, one)) > 1
        else _key(one) == _key(other)
        for one, other in zip(wanted, seen, strict=True)
    )
