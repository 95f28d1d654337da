"""The words of a page: plain text with citations, commands, links and words that carry weight."""

import re
from collections.abc import Iterable, Iterator

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


class Names(Struct, frozen=True):
    """Names in a row; a line of a grid that cannot hold them all may name the first and count."""

    names: tuple[str, ...]


Inline = str | Cite | Strong | Mark | InlineCode | Link | Names
Text = tuple[Inline, ...]


def to_text(text: Text, tie: str = " ", joint: str = " ") -> str:
    """Return the words of a text, with each citation as its number in brackets.

    Citations that stand together share one pair of brackets. tie: what stands before the
    brackets; joint: what stands for a space inside them, and inside a command.

    >>> to_text(("It works", Cite(1, "a"), Cite(3, "b"), "."))
    'It works [1, 3].'
    """
    found = ""
    cites: list[Cite] = []
    for part in (*text, ""):
        if isinstance(part, Cite):
            cites.append(part)
            continue
        if cites:
            told = ("-".join(str(cite.number) for cite in run) for run in cite_runs(cites))
            found += f"{tie}[{f',{joint}'.join(told)}]"
            cites = []
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


def shorter(text: Text) -> Iterator[Text]:
    """Yield a text, then the same with fewer and fewer of its names.

    >>> [to_text(each) for each in shorter((Names(("US", "EU", "UK")),))]
    ['US, EU, UK', 'US, EU and 1 more', 'US and 2 more']
    """
    yield text
    most = max((len(part.names) for part in text if isinstance(part, Names)), default=0)
    for count in range(most - 1, 0, -1):
        yield tuple(_first_names(part, count) if isinstance(part, Names) else part for part in text)


def _first_names(part: Names, count: int) -> Inline:
    more = len(part.names) - count
    return f"{', '.join(part.names[:count])} and {more} more" if more > 0 else part


def inline_text(part: Cite | Strong | Mark | InlineCode | Link | Names) -> str:
    """Return the words inside an inline element."""
    match part:
        case Cite(number):
            return str(number)
        case Link(address):
            return address
        case Names(names):
            return ", ".join(names)
        case Strong(text) | Mark(text) | InlineCode(text):
            return text
