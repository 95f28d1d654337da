"""What is searched and what is found, and how a document lies in the table of documents."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, convert, structs

from .words import split_words, stems

_SEPARATOR = "\x1f"
"""What stands between the names of a document, and between the words of its command; the reader
refuses it, so that neither holds it."""

MOST_LETTERS = 4_000
"""A text is shown as a whole, and a longer one is no passage that anybody reads."""


class Document(Struct, frozen=True, kw_only=True):
    """A document of text that can be found, and the words of the command that opens it.

    therapy: its id, None for the glossary; name: its name, "" for the glossary.
    names: every name of what the document is about, if it is all about one thing that has a name.
    opened_by: names of its therapy, and of the products and codes of it, if it is the first page.
    synonyms: other words for the heading.
    parts: of a whole page, what its passages are about.
    boost: how much it counts beside another document that has the words as often.
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
    boost: float = 1.0
    parts: tuple[str, ...] = ()


class Hit(Struct, frozen=True, kw_only=True):
    """A document that was found.

    snippet: whole words of it, each part with whether it is what was looked for.
    hidden_count: how many further hits its therapy's section has that are not shown.
    """

    document: Document
    snippet: tuple[tuple[str, bool], ...]
    hidden_count: int = 0


class SearchResults(Struct, frozen=True, kw_only=True):
    """What a search found.

    hits: the best, best first. total: how many there are. match_all: whether each hit has all
    the words; if no document has, the hits have some of them.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    match_all: bool = True


def parted(document: Document) -> Iterator[Document]:
    """Yield a document, one with a very long text in parts that lose no word."""
    text = document.text
    start = 0
    while len(text) - start > MOST_LETTERS:
        space = text.rfind(" ", start + 1, start + MOST_LETTERS)
        end = space if space > 0 else start + MOST_LETTERS
        yield structs.replace(document, text=text[start:end].strip())
        start = end
    yield structs.replace(document, text=text[start:].strip()) if start else document


def to_row(document: Document, therapy_names: str = "") -> tuple[object, ...]:
    """Return a document as a row: first the columns that are searched, then what else it holds."""
    return (
        " ".join(stems(f"{document.name} {therapy_names}")),
        " ".join(stems(f"{document.section} {document.heading} {document.synonyms}")),
        " ".join(stems(f"{document.title} {' '.join(document.names)}")),
        " ".join(stems(document.text)),
        document.name,
        document.title,
        _SEPARATOR.join(document.names),
        document.text,
        document.therapy,
        document.section,
        document.heading,
        _SEPARATOR.join(document.command),
        document.synonyms,
        document.boost,
    )


def from_row(row: Sequence[Any]) -> Document:
    """Return the document that a row was made of; raise ValidationError if it is of another."""
    name, title, names, text, therapy, section, heading, command, synonyms, boost = row
    document = Document(
        therapy=therapy,
        name=name,
        section=section,
        heading=heading,
        title=title,
        text=text,
        command=tuple(command.split(_SEPARATOR)),
        names=names_of(names),
        synonyms=synonyms,
        boost=boost,
    )
    return convert(structs.asdict(document), Document)


def names_of(column: str) -> tuple[str, ...]:
    """Return the names that a column holds."""
    return tuple(column.split(_SEPARATOR)) if column else ()


def name_key(name: str) -> str:
    """Return what is compared where a question may hold a name."""
    return "".join(split_words(name))
