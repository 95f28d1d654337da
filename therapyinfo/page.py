"""What a page says, without a word of how it looks.

A view makes a `Page` of these blocks; a renderer turns them into text. Words are kept apart
from their citations, so that no renderer has to look for markup in data.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from msgspec import Struct

from .inlines import Cite, Text
from .text import with_full_stop


class Heading(Struct, frozen=True):
    """A heading; the page's title is level 1, so these start at 2.

    Attributes:
        anchor: A name for links inside the page, "" for none.
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


class Grid(Struct, frozen=True):
    """Short cells in aligned columns without rules; a row that gets too thin becomes a list.

    Attributes:
        head: The headings of the columns; () for none.
        aligned_with: Words in the first columns of grids around it, whose second columns start
            where its own does.
    """

    rows: tuple[tuple[Text, ...], ...]
    head: tuple[str, ...] = ()
    aligned_with: tuple[str, ...] = ()


class Callout(Struct, frozen=True):
    """Something that must not be overlooked; `after` are paragraphs that belong to it.

    Attributes:
        anchor: A name for links, where it stands as a section without a heading; "" for none.
    """

    title: str
    items: tuple[Text, ...]
    after: tuple[Text, ...] = ()
    anchor: str = ""


class IconCount(Struct, frozen=True):
    """A count in 100 people, 0 to 100, and the group it is about.

    Attributes:
        amount: The count in words, such as `55 in 100`; "" where `in_100` says it.
    """

    in_100: int
    label: str
    amount: str = ""


class IconArray(Struct, frozen=True):
    """Counts to be drawn as 100 people each; the caption says the same in words.

    Attributes:
        small: Whether a line each is enough.
        harm: Whether what is counted is a harm.
    """

    counts: tuple[IconCount, ...]
    caption: Text = ()
    small: bool = False
    harm: bool = False


class SourceEntry(Struct, frozen=True):
    """A line of the list of sources; `number` is 0 where the page does not cite by number."""

    number: int
    id: str
    publisher: str
    title: str
    date: str
    kind: str
    address: str

    @property
    def sentence(self) -> str:
        """Who published it, its title, its kind and its date."""
        who, what = with_full_stop(self.publisher), with_full_stop(self.title)
        return f"{who} {what} {self.kind.capitalize()}, {self.date}."


class Sources(Struct, frozen=True):
    """The sources of a page."""

    entries: tuple[SourceEntry, ...]


class SourceLine(Struct, frozen=True):
    """The sources of a page in one paragraph: each publisher with the citations of its sources."""

    publishers: tuple[tuple[str, tuple[Cite, ...]], ...]


Block = (
    Heading
    | Paragraph
    | Bullets
    | StepList
    | DefinitionList
    | Table
    | Grid
    | Callout
    | IconArray
    | SourceLine
    | Sources
)


class Handout(Struct, frozen=True):
    """What a page that is handed out on paper has besides its blocks.

    Attributes:
        contacts: Whom its reader calls, a line each; () for a line to write the number on.
        check_again: Until when the knowledge is to be checked again.
    """

    check_again: str
    contacts: tuple[Text, ...] = ()


class Page(Struct, frozen=True):
    """An answer: blocks for people, plain data for programs.

    Attributes:
        category: A word beside the title, such as the category.
        footer: What ends the page.
        data: Makes what JSON shows.
        next_commands: What makes sense to ask next.
        csv_rows: The table that CSV shows, its heading first; None where there is none.
        tsv_rows: What a pipe shows in place of the page, a record a line; None for the page itself.
        language: The language of its words, as a tag of BCP 47.
        compact: Whether it is to fit one screen of 24 lines.
        handout: What it has on paper; None for a page that is not handed out.
    """

    title: str
    blocks: tuple[Block, ...]
    data: Callable[[], dict[str, Any]]
    subtitle: str = ""
    category: str = ""
    footer: Text = ()
    next_commands: tuple[str, ...] = ()
    csv_rows: tuple[tuple[str, ...], ...] | None = None
    tsv_rows: tuple[tuple[str, ...], ...] | None = None
    language: str = "en"
    compact: bool = False
    handout: Handout | None = None


def iter_strings(value: object) -> Iterator[str]:
    """Return every string in a block, a record or anything made of them; not a page's data."""
    found: list[str] = []
    _gather(value, found)
    return iter(found)


def _gather(value: object, found: list[str]) -> None:
    # A list to fill: generators in generators take three times as long, on every page.
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, tuple):
        for each in value:
            _gather(each, found)
    elif isinstance(value, dict):
        for each in value.values():
            _gather(each, found)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != "data" or not isinstance(value, Page):
                _gather(getattr(value, name), found)
