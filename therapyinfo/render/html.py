"""HTML: one file that holds all it needs, to read, to print and to hand on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct, structs

from ..inlines import (
    Cite,
    Inline,
    InlineCode,
    Link,
    Mark,
    Names,
    Strong,
    Text,
    inline_text,
    is_address,
)
from ..page import (
    Block,
    Callout,
    Heading,
    Page,
    Paragraph,
    SourceLine,
    Sources,
    Table,
    iter_strings,
)
from ..text import with_full_stop
from .counts import amount, caption
from .documents import footer, in_order, listed_sources, without_commands
from .options import RenderOptions

TOC_MIN_SECTIONS = 5
"""A page with so many sections carries a list of them."""

QUESTIONS = "questions"
"""The anchor of the section beside which paper has room for the reader's own questions."""

LARGE_PRINT, MEDIUM_PRINT = 3900, 4000
"""Up to how many characters a text fits on two sides of Letter in 12 and in 11.5 points."""

_RIGHT_TO_LEFT = frozenset(
    "ar arc ckb dv fa he iw ji ks mzn nqo ota pnb ps sd sdh skr syc syr ug ur yi".split()
)
"""The languages that are written from right to left where no script is told."""

_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    "adlm arab aran hebr mand mend nkoo rohg samr syrc syre syrj syrn thaa yezi".split()
)

_SCRIPT = re.compile("[a-z]+(?:-[a-z]{3})*-([a-z]{4})(?:-|$)")
_HYPHENATED = re.compile(r"(\b(?:[A-Z]+-[A-Z0-9]{1,4}|[A-Z]{1,3}-cells?|[0-9]+(?:-[A-Z0-9]+)+)\b)")
"""Names such as CAR-T, and telephone numbers."""


class Backlink(Struct, frozen=True):
    """A place that cites a source: its id, its section, and its turn there, counted from 1."""

    id: str
    section: str
    occurrence: int


def html(page: Page, options: RenderOptions) -> str:
    """Render a page as HTML that loads nothing and runs nothing.

    Where the encoding is not UTF-8, what is not ASCII is written by number.
    """
    blocks = _with_ids(page)
    sections = [
        block for block in blocks if isinstance(block, Heading | Callout) and _section_name(block)
    ]
    first = blocks.index(sections[0]) if sections else len(blocks)
    last = _start_of_sources(blocks)
    kinds = [(type(block).__name__, block) for block in blocks]
    has_contents = len(sections) >= TOC_MIN_SECTIONS
    told = footer(page, options)
    backlinks = _backlinks(page, (*blocks, Paragraph(told)))
    classes = ("with-contents" if has_contents else "", _print_size(page))
    template = _environment().get_template("page.html.j2")
    text = template.render(
        page=page,
        right_to_left=is_right_to_left(page.language),
        opening=kinds[: min(first, last)],
        rest=kinds[first:last],
        listed=kinds[last:],
        footer=told,
        asks=any(section.anchor == QUESTIONS for section in sections),
        sections=sections if has_contents else [],
        section_name=_section_name,
        classes=" ".join(filter(None, classes)),
        backlinks=backlinks,
        link=_link,
        inline=_HtmlInlines(backlinks).inline,
    )
    if options.encoding.casefold().replace("-", "") != "utf8":
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return text.strip() + "\n"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["QUESTIONS"] = QUESTIONS
    environment.filters |= {
        "with_full_stop": with_full_stop,
        "caption": caption,
        "amount": amount,
        "whole": _whole,
    }
    return environment


def is_right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left; a script in its tag decides.

    >>> [is_right_to_left(tag) for tag in ("he", "ku-Arab-IQ", "ar-Latn", "zh-Hans")]
    [True, True, False, False]
    """
    tag = language.lower()
    if script := _SCRIPT.match(tag):
        return script[1] in _RIGHT_TO_LEFT_SCRIPTS
    return tag.partition("-")[0] in _RIGHT_TO_LEFT


def _section_name(block: Block) -> str:
    """Return what the contents call the section that a block starts; "" if it starts none."""
    if isinstance(block, Heading) and block.level == 2:
        return block.text
    return block.title.partition(": ")[0] if isinstance(block, Callout) and block.anchor else ""


def _print_size(page: Page) -> str:
    """Return how large a page to hand out is printed: the shorter its text, the larger."""
    if page.handout is None or any(isinstance(block, Table) for block in page.blocks):
        return ""
    told = tuple(each for each in page.blocks if not isinstance(each, Sources | SourceLine))
    cited = sum(len(cite.source) for cite in _cites(told))
    length = sum(map(len, iter_strings(told))) - cited
    return "large" if length <= LARGE_PRINT else "medium" if length <= MEDIUM_PRINT else ""


def _start_of_sources(blocks: list[Block]) -> int:
    """Return where the list of sources starts with its heading, for a sheet of its own."""
    for index in range(1, len(blocks) - 1):
        if isinstance(blocks[index], Heading) and isinstance(blocks[index + 1], Sources):
            return index
    return len(blocks)


def _with_ids(page: Page) -> list[Block]:
    """Return the blocks that are written, each heading with an id of its own, no level skipped."""
    taken = {"content", *(f"source-{number}" for number in listed_sources(page))}
    blocks: list[Block] = []
    for block in in_order(without_commands(page.blocks)):
        if isinstance(block, Heading) or (isinstance(block, Callout) and block.anchor):
            told = block.anchor or (block.text if isinstance(block, Heading) else block.title)
            name = re.sub("[^a-z0-9]+", "-", told.casefold()).strip("-")
            id, occurrence = name or "part", 1
            while id in taken:
                occurrence += 1
                id = f"{name or 'part'}-{occurrence}"
            taken.add(id)
            blocks.append(structs.replace(block, anchor=id))
        elif not isinstance(block, SourceLine):  # the list of sources says it in full
            blocks.append(block)
    return blocks


def _backlinks(page: Page, blocks: Iterable[Block]) -> dict[int, list[Backlink]]:
    """Return for each source on the page the places that cite it, in reading order."""
    backlinks: dict[int, list[Backlink]] = {number: [] for number in listed_sources(page)}
    occurrences: defaultdict[tuple[int, str], int] = defaultdict(int)
    section = page.title
    for block in blocks:
        section = _section_name(block) or section
        for cite in _cites(block):
            if cite.number in backlinks:
                occurrences[cite.number, section] += 1
                id = f"cite_{cite.number}_{len(backlinks[cite.number]) + 1}"
                backlinks[cite.number].append(
                    Backlink(id, section, occurrences[cite.number, section])
                )
    return backlinks


def _cites(value: object) -> Iterator[Cite]:
    """Yield the citations in a block, or in anything in it, in order."""
    if isinstance(value, Cite):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _cites(each)
    elif isinstance(value, Struct):
        yield from _cites(structs.astuple(value))


class _HtmlInlines:
    """Writes texts in the page's order, so that each citation gets the id of its place."""

    def __init__(self, backlinks: dict[int, list[Backlink]]) -> None:
        self.ids = {number: iter(found) for number, found in backlinks.items()}

    def inline(self, text: Text) -> Markup:
        found = Markup()
        for are_cites, parts in groupby(text, lambda part: isinstance(part, Cite)):
            written = map(self.part, parts)
            if are_cites:
                cites = Markup(", ").join(written)
                found += Markup('&nbsp;<span class="cites">[{}]</span>').format(cites)
            else:
                found += Markup().join(written)
        return found

    def part(self, part: Inline) -> Markup:
        match part:
            case str():
                return _whole(part)
            case Names():
                return _whole(inline_text(part))
            case Strong(text):
                return Markup("<strong>{}</strong>").format(_whole(text))
            case Mark(text):
                return Markup("<mark>{}</mark>").format(text)
            case InlineCode(text):
                return Markup("<code>{}</code>").format(text)
            case Link(address):
                return _link(address)
            case Cite(number):
                return self.cite(number)

    def cite(self, number: int) -> Markup:
        if number not in self.ids:
            return Markup.escape(number)
        link = Markup('<a id="{}" href="#source-{}" aria-label="Source {}">{}</a>')
        return link.format(next(self.ids[number]).id, number, number, number)


def _whole(text: str) -> Markup:
    """Return words, those such as CAR-T in a tag that keeps them on one line."""
    parts = _HYPHENATED.split(text)
    tagged = Markup('<span class="whole">{}</span>')
    return Markup().join(
        tagged.format(part) if number % 2 else Markup.escape(part)
        for number, part in enumerate(parts)
    )


def _link(address: str) -> Markup:
    """Return an address as a link if it is an https one, else as its words."""
    if not is_address(address):
        return Markup.escape(address)
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, address)
