"""What can be completed: names of the knowledge, each with what it is."""

import re
from collections.abc import Callable

import typer
from msgspec import Struct

from ..library import Library
from ..text import normalized
from .knowledge import ask, data_file

_PLAIN = r"(?a:\w[\w.-]*)"
"""A name that every shell reads as a plain word, and this tool as no option."""

MOST_BLANKS = 2
"""Names of products with as many are descriptions that nobody types."""

Names = Callable[[Library, str], "list[Value]"]
"""Returns what can be completed, given what is typed."""


class Value(Struct, frozen=True):
    """A value to complete, and what it is; "" where that need not be said."""

    name: str
    about: str = ""


def is_plain(name: str) -> bool:
    """Return whether every shell reads a name as a plain word, and this tool as no option."""
    return re.fullmatch(_PLAIN, name) is not None


def values(data: str | None, begun: str, names: Names) -> list[Value]:
    """Return the names that begin as what is typed, silent whatever is wrong with the data.

    A value that a shell could read as more than a word is never offered, whatever the data says:
    bash puts it on the line as it is.
    """
    try:
        file = data_file(data)
        if file == "-":  # stdin is what is typed
            return []
        found = ask(file, lambda library: names(library, begun))
    except Exception:  # noqa: BLE001 - a shell waiting for TAB must never see an error
        return []
    key = normalized(begun)
    return [each for each in found if normalized(each.name).startswith(key) and is_plain(each.name)]


def completer(names: Names) -> Callable[..., list[tuple[str, str]]]:
    """Return a completion of an argument or an option, as Typer takes it."""

    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        given = context.params.get("data")
        file = given if isinstance(given, str) else None
        return [(each.name, each.about) for each in values(file, incomplete, names)]

    return complete


def therapies(library: Library, begun: str) -> list[Value]:
    """Return the ids, and once something is typed the names of products as ids are written."""
    found = [Value(each.id, each.name) for each in library.summaries]
    products = library.lookup.products() if begun else []
    short = (each for each in products if each.name.count(" ") < MOST_BLANKS)
    found += [Value("-".join(each.name.casefold().split()), each.reason) for each in short]
    return list({each.name: each for each in reversed(found)}.values())[::-1]


def sections(_: Library, begun: str) -> list[Value]:
    """Return the sections, and once something is typed the words people use."""
    from ..views.section_table import SECTIONS, SOURCES

    found = [Value(each.id, each.heading or "What it is") for each in SECTIONS]
    synonyms = ((each.heading, word) for each in SECTIONS for word in each.synonyms if begun)
    found += [Value(word.replace(" ", "-"), heading) for heading, word in synonyms]
    return [*found, Value(SOURCES, "Sources")]


def rows(library: Library, _: str) -> list[Value]:
    """Return the rows of the comparison."""
    return [Value(each.id, each.question or each.label) for each in library.comparison]


def regions(library: Library, _: str) -> list[Value]:
    """Return the countries and areas."""
    return [Value(id, each.name) for id, each in library.regions.items()]


def terms(library: Library, _: str) -> list[Value]:
    """Return the words of the glossary."""
    return [Value(id, term.term) for id, term in library.glossary.items()]
