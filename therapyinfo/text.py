"""Names and prose: how a name is compared, what a text cites, where a sentence ends."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from unicodedata import category, normalize

T = TypeVar("T", bound=Hashable)

CITATION = re.compile(r"(?<!\s)\s*+\[(@[^\[\]]*+)\]")
"""A group of citations in prose, such as ` [@kymriah-label; @elara-2022]`, and its space."""

_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0\U00016fe4\U0001d159"
).union(map(chr, range(0xFE00, 0xFE0E)), map(chr, range(0xE0100, 0xE01F0)))
"""What Unicode counts among letters, marks and symbols although nothing of it is seen."""

_HARMLESS = frozenset(
    "\n\u200c\u200d"  # the joiners belong to the spelling of Persian, Hindi and emoji
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""The line end, two joiners and the spaces, which `str.isprintable` counts as not printable."""

# An expression that is a text is compiled on first use: few answers need one.
_FIELD = r"(?m)^    (\w+): (.*(?:\n        .*)*)"

_ABBREVIATION = r"\b(e\.g|i\.e|vs|approx|Dr|St|No)\.$"

_NOT_COMPARED = (
    "[\u2120\u2122\u034f\u115f\u1160\u3164\uffa0\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Trade mark signs, which are no letters of a name, and letters and marks that nobody sees."""

_ACCENTED = "([0-9a-zA-Z\xc0-\u02af])[\u0300-\u036f]+"
"""A Latin letter or a digit, and the accents that stand apart from it."""

_CLUSTER = "([^\u0300-\u036f][\u0300-\u036f]*)"


def unsafe_characters(text: str) -> frozenset[str]:
    r"""Return the characters of a text that could make a terminal or a reader lie.

    They are the control, format, private, unassigned and line-separating characters, lone
    surrogates, and those that are never seen. The reader refuses them with their place; a
    renderer shows them by their code.

    >>> sorted(unsafe_characters("a\x1b[31mb\u3164"))
    ['\x1b', '\u3164']
    """
    if text.isprintable() and (text.isascii() or _INVISIBLE.isdisjoint(text)):
        return frozenset()
    return frozenset(filter(_is_unsafe, set(text)))


def _is_unsafe(character: str) -> bool:
    # Not printable, for Python, are just the categories Cc, Cf, Cs, Co, Cn, Zl, Zp and Zs.
    printable = character.isprintable() or character in _HARMLESS
    return not printable or character in _INVISIBLE


def field_descriptions(docstring: str) -> dict[str, str]:
    """Return what a record's docstring says of each field, under `Attributes:`."""
    from inspect import cleandoc  # from Python 3.13 on docstrings come without their indent

    attributes = cleandoc(docstring).partition("\n\nAttributes:\n")[2]
    return {name: " ".join(words.split()) for name, words in re.findall(_FIELD, attributes)}


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

    Where it has none, those that come next stand for it too.

    >>> first_sentence("About 3 hours [@a]. It may need a second day [@b].")
    'About 3 hours [@a].'
    >>> first_sentence("About 3 hours. Some need a second day [@b].")
    'About 3 hours [@b].'
    """
    first = " ".join(next(_sentence_parts(text), ()))
    found = CITATION.search(text)
    if not first or not found or CITATION.search(first):
        return first
    return with_full_stop(f"{first.removesuffix('.')}{found[0]}")


def _sentence_parts(text: str) -> Iterator[list[str]]:
    """Yield the parts of each sentence: a full stop behind an abbreviation ends a part alone."""
    parts: list[str] = []
    for part in filter(None, re.split(r"(?<=[.!?])\s+", text.strip())):
        parts.append(part)
        if not re.search(_ABBREVIATION, part):
            yield parts
            parts = []
    if parts:
        yield parts


def with_full_stop(text: str) -> str:
    """Return a text that ends as a sentence does.

    >>> with_full_stop("What is CAR-T?"), with_full_stop("A leaflet")
    ('What is CAR-T?', 'A leaflet.')
    """
    return text if text.endswith((".", "?", "!")) else f"{text}."


def upper_first(text: str) -> str:
    """Return a text that starts with a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return a text that can stand inside a sentence; a word with other capitals stays.

    >>> lower_first("Large B-cell lymphoma"), lower_first("B-cell lymphoma")
    ('large B-cell lymphoma', 'B-cell lymphoma')
    >>> lower_first("Gene-edited cells"), lower_first("Knees, tendons")
    ('gene-edited cells', 'knees, tendons')
    """
    first = text.split(maxsplit=1)[0].rstrip(",;:.") if text.split() else ""
    is_word = first[1:2].isalpha() and first[1:].replace("-", "").isalpha() and first[1:].islower()
    return text[:1].lower() + text[1:] if is_word else text


def listed(words: Sequence[str]) -> str:
    """Return words in a row.

    >>> listed(["US", "EU", "UK"]), listed(["US"])
    ('US, EU and UK', 'US')
    """
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def composed(text: str) -> str:
    r"""Return a text in the one form in which texts are compared.

    Full-width letters, ligatures and letters whose marks stand apart become the plain letters.
    No mark is dropped: in most scripts it makes another word.

    >>> composed("\uff23\uff32\uff33"), composed("Gue\u0301rin™")
    ('CRS', 'Guérin')
    """
    return text if text.isascii() else normalize("NFKC", re.sub(_NOT_COMPARED, "", text))


def normalized(text: str) -> str:
    r"""Return a text as `composed` does, in one case.

    >>> normalized("\uff23\uff32\uff33")
    'crs'
    """
    return composed(composed(text).casefold())


def normalize_name(name: str) -> str:
    """Return what is compared when a name is looked up: letters, marks and digits, in one case.

    >>> normalize_name("CAR-T cell therapy") == normalize_name("car t CELL-therapy")
    True
    """
    folded = normalized(name)
    if folded.isascii():
        key = "".join(filter(str.isalnum, folded))
    else:
        key = "".join(each for each in folded if each.isalnum() or is_mark(each))
        key = normalize("NFC", key)
    return key or "".join(folded.split())  # a name of signs alone is those signs


def is_mark(character: str) -> bool:
    """Return whether a character is a mark, which belongs to the letter before it."""
    return character >= "\u0300" and category(character)[0] == "M"


def match_name(name: str, names: Mapping[str, T]) -> T | None:
    """Return the answer of the one name that is meant; None if there is none, or no telling which.

    names: the answer for each name. One that is the same to the letter comes first, then one that
    differs in case, spaces, dashes or width alone. If there is none, Latin accents may be left
    out, on either side; an accent never stands for another.

    >>> match_name("guerin", {"Guérin": "a"}), match_name("resume", {"résumé": "a", "resume": "b"})
    ('a', 'b')
    """
    key = normalize_name(name)
    if name in names or not key:
        return names.get(name)
    keys = [(normalize_name(each), answer) for each, answer in names.items()]
    found = {answer for each, answer in keys if each == key}
    if not found:
        bare = _without_accents(key)
        alike = [(each, answer) for each, answer in keys if _without_accents(each) == bare]
        found = {
            answer for each, answer in alike if _leaves_out(key, each) or _leaves_out(each, key)
        }
    return found.pop() if len(found) == 1 else None


def _without_accents(text: str) -> str:
    """Return a text without the accents of its Latin letters, with all marks of other scripts."""
    return text if text.isascii() else re.sub(_ACCENTED, r"\1", normalize("NFD", text))


def _leaves_out(barer: str, fuller: str) -> bool:
    """Return whether two texts that are alike without accents differ in accents left out alone."""
    first, second = (re.findall(_CLUSTER, normalize("NFD", each)) for each in (barer, fuller))
    return all(one in (other, other[0]) for one, other in zip(first, second, strict=True))


def close_matches(name: str, names: Mapping[str, str] | Iterable[str], limit: int = 3) -> list[str]:
    """Return the names that a mistyped one may have meant, best first.

    A mapping gives the answer for each spelling, so that an alias leads to its id.
    """
    from difflib import get_close_matches  # only the miss path pays for the import

    known = names if isinstance(names, Mapping) else {each: each for each in names}
    # Marks and the parts of Korean syllables count one by one, as they are mistyped.
    normalized = {normalize("NFD", normalize_name(each)): answer for each, answer in known.items()}
    key = normalize_name(name)[:100]
    tells = len(key) > (2 if key.isascii() else 1)
    key = normalize("NFD", key)
    found = [normalized[match] for match in get_close_matches(key, normalized, 2 * limit, 0.6)]
    if tells:
        found += [answer for each, answer in normalized.items() if each.startswith(key)]
    return list(dict.fromkeys(found))[:limit]
