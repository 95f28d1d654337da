"""The hard words of a page, told before it uses them: illnesses, and words hard to say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ..compiled import Entry
from ..page import Block, Bullets, Cite, Code, Heading, Link
from ..records import Term
from ..wording import first_sentence
from .prose import Prose

MOST = 7
"""So many words stand in the list; a longer one is not read."""

IN_BRACKETS = re.compile(r"\([^()]*\)")
"""A term in brackets stands behind its plain words, so it needs no telling."""

WORD = re.compile(r"\w+")

Spellings = dict[str, list[tuple[list[str], str, str]]]
"""By the first word: each spelling as words, the longest first; as it is written; its term."""


def hard_words(blocks: Iterable[Block], entry: Entry, prose: Prose) -> tuple[Block, ...]:
    """Return what those hard words mean that the blocks use most, outside brackets."""
    seen = _words(IN_BRACKETS.sub(" ", " ".join(_said(tuple(blocks)))))
    glossary = prose.library.glossary
    counts = _counted(seen, _spellings(glossary, frozenset(seen), _own_names(entry)))
    totals = Counter({id: counts[id].total() for id in counts})
    most = [id for id, _ in totals.most_common(MOST)]
    told = {_label(counts[id], glossary[id]): glossary[id] for id in most}
    items = tuple(
        prose.labelled(f"{word}:", first_sentence(told[word].meaning))
        for word in sorted(told, key=str.casefold)
    )
    return (Heading("Hard words on this page", 3), Bullets(items)) if items else ()


def _said(value: object) -> Iterator[str]:
    """Yield what blocks say in prose: no source ids, commands or addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _said(each)
    elif isinstance(value, Struct) and not isinstance(value, Cite | Code | Link):
        for name in value.__struct_fields__:
            yield from _said(getattr(value, name))


def _words(text: str) -> list[str]:
    """Return the words of a text without plural s, in lower case but for abbreviations."""
    found = WORD.findall(text)
    return [(word.lower() if word[1:].islower() else word).removesuffix("s") for word in found]


def _own_names(entry: Entry) -> frozenset[str]:
    """Return the words of the page's title and products, which the page is there to tell about."""
    therapy = entry.therapy
    names = [name for each in therapy.products for name in (each.brand, each.generic) if name]
    return frozenset(_words(" ".join([therapy.name, *names])))


def _spellings(glossary: dict[str, Term], seen: frozenset[str], own: frozenset[str]) -> Spellings:
    """Return the spellings of hard terms that may stand in the words seen, but no `own` names."""
    found: Spellings = {}
    for id, term in glossary.items():
        if term.kind != "illness" and not term.say:
            continue
        names = [name for name in (term.term, *term.aliases) if not _is_plain(name, term)]
        spellings = [(_words(name), name, id) for name in names]
        if not any(own.issuperset(words) for words, _, _ in spellings):
            for spelling in spellings:
                if seen.issuperset(spelling[0]):
                    found.setdefault(spelling[0][0], []).append(spelling)
    for many in found.values():
        many.sort(key=lambda spelling: -len(spelling[0]))
    return found


def _is_plain(name: str, term: Term) -> bool:
    """Return whether a name is the plain word for a term, which needs no telling itself."""
    return term.kind == "word" and name[0].islower() and not _is_a_form(name, term)


def _is_a_form(name: str, term: Term) -> bool:
    """Return whether a name is the term in another form, such as its plural."""
    return name[:3].lower() == term.term[:3].lower()


def _label(counts: Counter[str], term: Term) -> str:
    """Return what to call a term: as the page writes it, unless that is but a form of it."""
    usual = counts.most_common(1)[0][0]
    return term.term if _is_a_form(usual, term) else usual


def _counted(seen: list[str], spellings: Spellings) -> dict[str, Counter[str]]:
    """Return how often each spelling of a term stands in the words, the longest at each place."""
    counts: dict[str, Counter[str]] = {}
    end = 0
    for start, word in enumerate(seen):
        for words, name, id in spellings.get(word, ()) if start >= end else ():
            if seen[start : start + len(words)] == words:
                counts.setdefault(id, Counter())[name] += 1
                end = start + len(words)
                break
    return counts
