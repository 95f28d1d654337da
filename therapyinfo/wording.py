"""Names and prose: how a name is compared, what a text cites, where a sentence ends."""

import re
from collections.abc import Iterable, Mapping

UNSAFE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control, bidirectional and invisible characters, which could make a terminal or a reader lie.

The reader refuses them with their place; a renderer shows them by their code.
"""

CITATION = re.compile(r"\s*\[(@[^\[\]]*)\]")
"""A group of citations in prose, such as ` [@kymriah-label; @elara-2022]`, and its space."""

_FIELD = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)

_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|vs|approx|Dr|St|No)\.$")


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
    found: list[str] = []
    for part in re.split(r"(?<=[.!?])\s+", without_citations(text).strip()):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += f" {part}"
        elif part:
            found.append(part)
    return found


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, with its citations.

    >>> first_sentence("About 3 hours [@a]. It may need a second day [@b].")
    'About 3 hours [@a].'
    """
    first = ""
    for part in re.split(r"(?<=[.!?])\s+", text.strip()):
        first = f"{first} {part}".strip()
        if not _ABBREVIATION.search(first):
            break
    return first


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
