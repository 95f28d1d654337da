"""What is searched and what is found, and how a piece lies in the table of pieces."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, structs

_APART = "\x1f"
"""What stands between the names of a piece, and between the words of its command; the reader
refuses it, so that neither holds it."""


MOST_LETTERS = 4_000
"""SQLite takes the square of a text's length to mark the words in it."""


class Piece(Struct, frozen=True, kw_only=True):
    """A piece of text that can be found, and the words of the command that opens it.

    therapy: its id, None for the glossary; name: its name, "" for the glossary.
    names: every name of what the piece is about, if it is all about one thing that has a name.
    also: other words for the heading.
    weight: how much it counts beside another piece that has the words as often.
    """

    therapy: str | None
    name: str
    section: str
    heading: str
    title: str
    text: str
    command: tuple[str, ...]
    names: tuple[str, ...] = ()
    also: str = ""
    weight: float = 1.0


class Hit(Struct, frozen=True, kw_only=True):
    """A piece that was found.

    snippet: whole words of it, each part with whether it is what was looked for.
    more: how many further hits its therapy's section has that are not shown.
    """

    piece: Piece
    snippet: tuple[tuple[str, bool], ...]
    more: int = 0


class Answer(Struct, frozen=True, kw_only=True):
    """What a search found.

    hits: the best, best first. total: how many there are. every_word: whether each hit has all
    the words; if no piece has, the hits have some of them.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    every_word: bool = True


def parted(piece: Piece) -> Iterator[Piece]:
    """Yield a piece whose text is very long in parts, each with as many whole words as it takes."""
    text = piece.text
    start = 0
    while len(text) - start > MOST_LETTERS:
        space = text.rfind(" ", start + 1, start + MOST_LETTERS)
        end = space if space > 0 else start + MOST_LETTERS
        yield structs.replace(piece, text=text[start:end].strip())
        start = end
    yield structs.replace(piece, text=text[start:].strip()) if start else piece


def row_of(piece: Piece) -> tuple[object, ...]:
    """Return a piece as a row: first the columns that are searched, then what else it holds."""
    return (
        piece.name,
        f"{piece.section} {piece.heading} {piece.also}",
        piece.title,
        _APART.join(piece.names),
        piece.text,
        piece.therapy,
        piece.section,
        piece.heading,
        _APART.join(piece.command),
        piece.also,
        piece.weight,
    )


def piece_of(row: Sequence[Any]) -> Piece:
    """Return the piece that a row was made of."""
    name, _, title, names, text, therapy, section, heading, command, also, weight = row
    return Piece(
        therapy=therapy,
        name=name,
        section=section,
        heading=heading,
        title=title,
        text=text,
        command=tuple(command.split(_APART)),
        names=names_of(names),
        also=also,
        weight=weight,
    )


def names_of(column: str) -> tuple[str, ...]:
    """Return the names that a column holds."""
    return tuple(column.split(_APART)) if column else ()
