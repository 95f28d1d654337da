"""Names and prose: how a name is compared, what a text cites, where a sentence ends."""

import re
from collections.abc import Iterable, Iterator, Mapping

CITATION = re.compile(r"(?<!\s)\s*+\[(@[^\[\]]*+)\]")
"""A group of citations in prose, such as ` [@kymriah-label; @elara-2022]`, and its space."""

_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)
"""What Unicode counts among letters, marks and symbols although nothing of it is seen."""

_HARMLESS = frozenset(
    "\n\u200c\u200d"  # the joiners belong to the spelling of Persian, Hindi and emoji
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""The line end, two joiners and the spaces, which `str.isprintable` counts as not printable."""

_FIELD = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)

_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|vs|approx|Dr|St|No)\.$")


def unsafe_characters(text: str) -> frozenset[str]:
    r"""Return the characters of a text that could make a terminal or a reader lie.

    They are the control, format, private, unassigned and line-separating characters, lone
    surrogates, and those that are never seen. The reader refuses them with their place; a
    renderer shows them by their code.

    >>> sorted(unsafe_characters("a\x1b[31mb\u3164"))
    ['\x1b', '\u3164']
    """
    if text.isprintable() and (text.isascii() or not _INVISIBLE.search(text)):
        return frozenset()
    return frozenset(filter(_is_unsafe, set(text)))


def _is_unsafe(character: str) -> bool:
    # Not printable, for Python, are just the categories Cc, Cf, Cs, Co, Cn, Zl, Zp and Zs.
    printable = character.isprintable() or character in _HARMLESS
    return not printable or _INVISIBLE.match(character) is not None


def field_descriptions(docstring: str) -> dict[str, str]:
    """Return what a record's docstring says of each field.

    It tells them as `name: what it is`, a line each; a line that goes on is indented.
    """
    return {name: " ".join(words.split()) for name, words in _FIELD.findall(docstring)}


def cited_ids(text: str) -> list[str]:
    """Return the source ids that a text cites, in order.

    >>> cited_ids("It works [@a-2020; @b]. It can harm [@c].")
    ['a-2020', 'b', 'c']
    """
    groups: Iterable[str] = CITATION.findall(text)
    return [part.strip().removeprefix("@") for group in groups for part in group.split(";")]


def without_citations(text: str) -> str:
    """Return the words of a text alone.

    >>> without_citations("It works [@a-2020; @b].")
    'It works.'
    """
    return CITATION.sub("", text) if "[@" in text else text


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without its citations.

    >>> sentences("It can harm, e.g. by fever [@a]. Call us: now.")
    ['It can harm, e.g. by fever.', 'Call us: now.']
    """
    return [" ".join(parts) for parts in _sentence_parts(without_citations(text))]


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, with its citations.

    >>> first_sentence("About 3 hours [@a]. It may need a second day [@b].")
    'About 3 hours [@a].'
    """
    return " ".join(next(_sentence_parts(text), ()))


def _sentence_parts(text: str) -> Iterator[list[str]]:
    """Yield the parts of each sentence: a full stop behind an abbreviation ends a part alone."""
    parts: list[str] = []
    for part in filter(None, re.split(r"(?<=[.!?])\s+", text.strip())):
        parts.append(part)
        if not _ABBREVIATION.search(part):
            yield parts
            parts = []
    if parts:
        yield parts


def ended(text: str) -> str:
    """Return a text that ends as a sentence does.

    >>> ended("What is CAR-T?"), ended("A leaflet")
    ('What is CAR-T?', 'A leaflet.')
    """
    return text if text.endswith((".", "?", "!")) else f"{text}."


def name_key(name: str) -> str:
    """Return what is compared when a name is looked up: letters and digits, in one case.

    >>> name_key("CAR-T cell therapy") == name_key("car t CELL-therapy")
    True
    """
    return "".join(filter(str.isalnum, name.casefold()))


def near(name: str, names: Mapping[str, str] | Iterable[str], most: int = 3) -> list[str]:
    """Return the names that a mistyped one may have meant, best first.

    A mapping gives the answer for each spelling, so that an alias leads to its id.
    """
    from difflib import get_close_matches  # only the miss path pays for the import

    known = names if isinstance(names, Mapping) else {each: each for each in names}
    spelt = {name_key(each): answer for each, answer in known.items()}
    key = name_key(name)[:100]
    found = [spelt[match] for match in get_close_matches(key, spelt, 2 * most, 0.6)]
    if len(key) > 2:
        found += [answer for each, answer in spelt.items() if each.startswith(key)]
    return list(dict.fromkeys(found))[:most]
