"""What a page says, without a word of how it looks.

A view makes a `Page` of these blocks; a renderer turns them into text. Words are kept apart
from their citations, so that no renderer has to look for markup in data.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import Any, Literal

from msgspec import Struct

_ADDRESS = re.compile(r'https://[^\s<>"]+')


class Cite(Struct, frozen=True):
    """A citation: the number that the page gives the source, and the source's id."""

    number: int
    source: str


class Strong(Struct, frozen=True):
    """Words that carry weight."""

    text: str


class Mark(Struct, frozen=True):
    """Words that a search has found."""

    text: str


class InlineCode(Struct, frozen=True):
    """A command to type."""

    text: str


class Link(Struct, frozen=True):
    """An address that is its own label."""

    address: str


Inline = str | Cite | Strong | Mark | InlineCode | Link
Text = tuple[Inline, ...]


class Heading(Struct, frozen=True):
    """A heading; the page's title is level 1, so these start at 2.

    anchor: a name for links inside the page, "" for none.
    """

    text: str
    level: int = 2
    anchor: str = ""


class Paragraph(Struct, frozen=True):
    """A paragraph; `lead` is the main message, `quiet` an aside."""

    text: Text
    style: Literal["normal", "lead", "quiet"] = "normal"


class Bullets(Struct, frozen=True):
    """A list without order."""

    items: tuple[Text, ...]


class StepItem(Struct, frozen=True):
    """One numbered step; `details` are (label, text) pairs."""

    number: int
    title: str
    time: Text = ()
    details: tuple[tuple[str, Text], ...] = ()


class StepList(Struct, frozen=True):
    """Steps in the order they happen."""

    items: tuple[StepItem, ...]


class DefinitionList(Struct, frozen=True):
    """Labelled facts: (label, text) pairs; `spaced` if there is room between them."""

    rows: tuple[tuple[str, Text], ...]
    spaced: bool = False


class Table(Struct, frozen=True):
    """Rows of cells under headings; the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


class Callout(Struct, frozen=True):
    """Something that must not be overlooked."""

    title: str
    items: tuple[Text, ...]


class IconCount(Struct, frozen=True):
    """A count in 100 people, 0 to 100, and the group it is about."""

    in_100: int
    label: str


class IconArray(Struct, frozen=True):
    """Counts to be drawn as 100 people each; the caption says the same in words.

    small: whether a line each is enough.
    """

    counts: tuple[IconCount, ...]
    caption: Text
    small: bool = False


class SourceEntry(Struct, frozen=True):
    """A line of the list of sources; `number` is 0 where the page does not cite by number."""

    number: int
    id: str
    publisher: str
    title: str
    date: str
    kind: str
    address: str


class Sources(Struct, frozen=True):
    """The sources of a page; `short` leaves out what the publisher, date and address tell."""

    entries: tuple[SourceEntry, ...]
    short: bool = False


Block = (
    Heading
    | Paragraph
    | Bullets
    | StepList
    | DefinitionList
    | Table
    | Callout
    | IconArray
    | Sources
)


class Later(Mapping[str, Any]):
    """JSON data, built on first access."""

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> dict[str, Any]:
        return self._make()

    def __getitem__(self, key: str) -> Any:
        """Return the value under a key."""
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, in their order."""
        return iter(self._made)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._made)


class Page(Struct, frozen=True):
    """An answer: blocks for people, plain data for programs.

    category: a word beside the title, such as the category. footer: what ends the page.
    data: what JSON shows. next_commands: what makes sense to ask next.
    csv_rows: the table that CSV shows, its heading first; None where there is none.
    tsv_rows: what a pipe shows in place of the page, a record a line; None for the page itself.
    language: the language of its words, as a tag of BCP 47.
    """

    title: str
    blocks: tuple[Block, ...]
    data: Mapping[str, Any]
    subtitle: str = ""
    category: str = ""
    footer: Text = ()
    next_commands: tuple[str, ...] = ()
    csv_rows: tuple[tuple[str, ...], ...] | None = None
    tsv_rows: tuple[tuple[str, ...], ...] | None = None
    language: str = "en"


def to_text(text: Text, tie: str = " ", joint: str = " ") -> str:
    """Return the words of a text, with each citation as its number in brackets.

    Citations that stand together share one pair of brackets. tie: what stands before the
    brackets; joint: what stands for a space inside them, and inside a command.

    >>> to_text(("It works", Cite(1, "a"), Cite(3, "b"), "."))
    'It works [1, 3].'
    """
    found = ""
    for are_cites, parts in groupby(text, lambda part: isinstance(part, Cite)):
        if are_cites:
            runs = cite_runs(part for part in parts if isinstance(part, Cite))
            told = ("-".join(str(cite.number) for cite in run) for run in runs)
            found += f"{tie}[{f',{joint}'.join(told)}]"
            continue
        for part in parts:
            whole = part if isinstance(part, str) else inline_text(part)
            found += whole.replace(" ", joint) if isinstance(part, InlineCode) else whole
    return found


def cite_runs(cites: Iterable[Cite]) -> list[tuple[Cite, ...]]:
    """Return citations alone, but the first and last of three or more with numbers in a row.

    >>> [[cite.number for cite in run] for run in cite_runs(Cite(n, "") for n in (9, 2, 3, 4))]
    [[9], [2, 4]]
    """
    rows: list[list[Cite]] = []
    for cite in cites:
        if rows and cite.number == rows[-1][-1].number + 1:
            rows[-1].append(cite)
        else:
            rows.append([cite])
    runs: list[tuple[Cite, ...]] = []
    for row in rows:
        runs += [(row[0], row[-1])] if len(row) > 2 else [(cite,) for cite in row]
    return runs


def is_address(text: str) -> bool:
    """Return whether a text is the address of a page and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def linked(text: str) -> Inline:
    """Return an address as a link, and any other text as it is."""
    return Link(text) if is_address(text) else text


def without_cites(text: Text) -> Text:
    """Return a text without its citations."""
    return tuple(part for part in text if not isinstance(part, Cite))


def inline_text(part: Cite | Strong | Mark | InlineCode | Link) -> str:
    """Return the words inside an inline element."""
    match part:
        case Cite(number):
            return str(number)
        case Link(address):
            return address
        case Strong(text) | Mark(text) | InlineCode(text):
            return text


def iter_strings(value: object) -> Iterator[str]:
    """Yield every string in a block, a record, or anything made of them; not the data of a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from iter_strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from iter_strings(each)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if not (name == "data" and isinstance(value, Page)):
                yield from iter_strings(getattr(value, name))
