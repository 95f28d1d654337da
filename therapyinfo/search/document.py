"""What is searched and what is found, and how a document lies in the table of documents."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, convert, json, structs

from .words import split_words, stem, stems

_WORD = re.compile(r"(\w+)")
_SEPARATOR = "\x1f"
"""What stands between the names of a document, and between the words of its command; the reader
refuses it, so that neither holds it."""

MOST_LETTERS = 4_000
"""A text is shown as a whole, and a longer one is no passage that anybody reads."""


class Part(Struct, frozen=True, kw_only=True, array_like=True, omit_defaults=True):
    """A part of a document as its page prints it.

    text: its words, with their citations. label: what stands before it. regions: the ids of those
    where it holds, none for everywhere. date: since when, or as of when; "" where none is told.
    """

    text: str
    label: str = ""
    regions: tuple[str, ...] = ()
    date: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """A document of text that can be found, and the words of the command that opens it.

    therapy: its id, None for the glossary; name: its name, "" for the glossary.
    names: every name of what the document is about, if it is all about one thing that has a name.
    opened_by: names of its therapy, and of the products and codes of it, if it is the first page.
    synonyms: other words for the heading.
    parts: the same text as its page prints it.
    whole: of a whole page, what its passages are about.
    """

    therapy: str | None
    name: str
    section: str
    heading: str
    title: str
    text: str
    command: tuple[str, ...]
    names: tuple[str, ...] = ()
    opened_by: tuple[str, ...] = ()
    synonyms: str = ""
    parts: tuple[Part, ...] = ()
    whole: tuple[str, ...] | None = None

    @property
    def regions(self) -> tuple[str, ...]:
        """The ids of the regions where any of it holds; none for everywhere."""
        placed = [part.regions for part in self.parts if part.regions or part.label]
        return tuple(dict.fromkeys(id for ids in placed for id in ids)) if all(placed) else ()


class Hit(Struct, frozen=True, kw_only=True):
    """A document that was found.

    stems: those of the words that were looked for.
    hidden_count: how many further hits its therapy's section has that are not shown.
    """

    document: Document
    stems: frozenset[str] = frozenset()
    hidden_count: int = 0

    @property
    def snippet(self) -> tuple[tuple[str, bool], ...]:
        """The text in parts, each with whether it is what was looked for."""
        return self.marked(self.document.text)

    def marked(self, text: str) -> tuple[tuple[str, bool], ...]:
        """Return a text in parts, each with whether it is a word that was looked for."""
        parts: list[tuple[str, bool]] = []
        for number, part in enumerate(_WORD.split(text)):
            found = number % 2 == 1 and _has_stem(part, self.stems)
            if parts and parts[-1][1] == found:
                parts[-1] = (parts[-1][0] + part, found)
            elif part:
                parts.append((part, found))
        return tuple(parts)


@cache
def _has_stem(text: str, wanted: frozenset[str]) -> bool:
    return any(stem(word) in wanted for word in split_words(text))


class SearchResults(Struct, frozen=True, kw_only=True):
    """What a search found.

    hits: the best, best first. total: how many there are. match_all: whether each hit has all
    the words; if no document has, the hits have some of them. therapies: the ids of those that the
    question names, in order. respelled: for each mistyped word, in small letters, what was looked
    for in its place.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    match_all: bool = True
    therapies: tuple[str, ...] = ()
    respelled: Mapping[str, str] = {}


def parted(document: Document) -> Iterator[Document]:
    """Yield a document, one with a very long text in parts that lose no word."""
    text = document.text
    start = 0
    while len(text) - start > MOST_LETTERS:
        space = text.rfind(" ", start + 1, start + MOST_LETTERS)
        end = space if space > 0 else start + MOST_LETTERS
        yield _piece(document, text[start:end])
        start = end
    yield _piece(document, text[start:]) if start else document


def _piece(document: Document, text: str) -> Document:
    piece = text.strip()
    return structs.replace(document, text=piece, parts=(Part(text=piece),))


def searched(document: Document) -> tuple[str, str, str]:
    """Return the texts that are searched."""
    return (
        f"{document.section} {document.heading} {document.synonyms}",
        f"{document.title} {' '.join(document.names)}",
        document.text,
    )


def to_row(document: Document) -> tuple[object, ...]:
    """Return a document as a row: first the columns that are searched, then what else it holds."""
    return (
        *(" ".join(stems(text)) for text in searched(document)),
        document.name,
        document.title,
        _SEPARATOR.join(document.names),
        document.text,
        document.therapy,
        document.section,
        document.heading,
        _SEPARATOR.join(document.command),
        json.encode(document.parts).decode(),
    )


def from_row(row: Sequence[Any]) -> Document:
    """Return the document that a row was made of; raise ValidationError if it is of another."""
    name, title, names, text, therapy, section, heading, command, parts = row
    kept = {
        "therapy": therapy,
        "name": name,
        "section": section,
        "heading": heading,
        "title": title,
        "text": text,
        "command": command.split(_SEPARATOR),
        "names": tuple(names.split(_SEPARATOR)) if names else (),
        "parts": json.decode(parts),
    }
    return convert(kept, Document)


def name_key(name: str) -> str:
    """Return what is compared where a question may hold a name."""
    return "".join(split_words(name))
