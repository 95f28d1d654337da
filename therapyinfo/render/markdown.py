"""Markdown: CommonMark with pipe tables, to paste into GitHub, a wiki or pandoc."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

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
    to_text,
)
from ..page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Grid,
    Heading,
    IconArray,
    IconCount,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepItem,
    StepList,
    Table,
)
from ..text import upper_first
from .counts import amount, caption
from .documents import footer, in_order, listed_sources, without_commands
from .options import RenderOptions

_SPECIAL = re.compile(
    r"""
      [\\`*\[\]{~|^]              # marks, wherever they stand
    | (?<![^\W_])_ | _(?![^\W_])  # an underscore, but not inside a word
    | <(?![\s\d=])                # a tag
    | &(?=\#?\w+;)                # an entity
    | (?<!\S)\# | \#\Z            # a heading's start or end
    | (?<![^\W_])@                # a name on GitHub, a citation in pandoc
    | :(?=//) | (?<=www)\.        # an address
    | :(?=[a-z+-][\w+-]*:)        # an emoji
    | \$(?!\d)                    # mathematics, but not an amount of dollars
    """,
    re.VERBOSE,
)
_BLOCK_START = re.compile(
    r"""
      \(?(?:\d+|[A-Za-z])(?=[.)](?:\s|$))  # a numbered item
    | (?=>|[-+:](?:[-+:\s]|$))             # a quote, an item, a rule, a definition
    """,
    re.VERBOSE,
)
"""Matches up to where a backslash keeps a line from starting a block of another kind."""

_LIST = re.compile(r"- |\d+\. ")
_SPACE = re.compile("[ \n]+")
_BARE_BAR = re.compile(r"(?<!\\)\|")
_LINKED = re.compile(r"https://[^\s<>]+")


def markdown(page: Page, options: RenderOptions) -> str:
    """Render a page as Markdown in which no word of the data is markup.

    The look changes nothing: lines are as long as their paragraphs.
    """
    renderer = _MarkdownRenderer(listed_sources(page))
    chunks = [f"# {_line(page.title)}", *_tagline(page)]
    for block in in_order(without_commands(page.blocks)):
        chunks += renderer.block(block)
    if told := footer(page, options):
        chunks.append(f"> {renderer.line(told)}")
    lines = "\n\n".join(_apart(filter(None, chunks))).split("\n")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _tagline(page: Page) -> list[str]:
    tagline = ". ".join(filter(None, (page.subtitle, page.category)))
    return [f"*{_line(tagline)}*"] if tagline else []


def _apart(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the chunks with a comment between two lists, which would else become one."""
    after_list = False
    for chunk in chunks:
        is_list = _LIST.match(chunk) is not None
        if after_list and is_list:
            yield "<!-- -->"
        yield chunk
        after_list = is_list


class _MarkdownRenderer:
    """The writing of one page; `listed` are the numbers of the sources that stand on it."""

    def __init__(self, listed: frozenset[int]) -> None:
        self.listed = listed

    def block(self, block: Block) -> list[str]:
        match block:
            case Heading(text, level):
                return [f"{'#' * level} {_line(text)}"]
            case Paragraph(text):
                return [self.line(text)]
            case Bullets(items):
                return [self.bullets(items)]
            case StepList(items):
                return ["\n".join(line for step in items for line in self.step(step))]
            case DefinitionList(rows):
                return ["\n".join(self.labelled("- ", *row) for row in rows)]
            case Table():
                return [f"*{_line(block.caption)}*" if block.caption else "", self.table(block)]
            case Grid(rows, ()):  # a table of Markdown would begin with empty headings
                lines = ((*first, *((": ", *rest) if rest else ())) for first, rest in rows)
                return [self.bullets(tuple(lines))]
            case Grid(rows, head):
                return [self.table(Table("", head, rows))]
            case SourceLine():
                return []
            case Callout():
                return self.callout(block)
            case IconArray(counts):
                return [self.line(caption(block)), _counts(counts)]
            case Sources(entries):
                return [_sources(entries)]

    def callout(self, block: Callout) -> list[str]:
        """Return a callout as a quotation, with a heading where it stands as a section."""
        start, _, rest = block.title.partition(": ")
        heading = [f"## {_line(start)}"] if block.anchor and rest else []
        title = upper_first(rest) if heading else block.title
        listed = self.bullets(block.items).replace("\n", "\n> ")
        return [*heading, f"> **{_line(title)}**\n>\n> {listed}", *map(self.line, block.after)]

    def line(self, text: Text) -> str:
        """Return a text as a line that starts no block of another kind."""
        return _no_block(self.inline(text))

    def inline(self, text: Text) -> str:
        found = ""
        for are_cites, parts in groupby(_neighbours(text), lambda each: isinstance(each[1], Cite)):
            if are_cites:
                found += self.cites([part.number for _, part, _ in parts if isinstance(part, Cite)])
            else:
                found += "".join(_part(*each) for each in parts)
        return _SPACE.sub(" ", found).strip()

    def cites(self, numbers: list[int]) -> str:
        if not self.listed.issuperset(numbers):
            return rf" \[{', '.join(map(str, numbers))}\]"
        return f" [{', '.join(f'[{number}](#source-{number})' for number in numbers)}]"

    def bullets(self, items: Iterable[Text]) -> str:
        return "\n".join(f"- {self.line(item)}" for item in items)

    def labelled(self, mark: str, label: str, text: Text) -> str:
        return f"{mark}**{_line(label)}:** {self.inline(text)}"

    def step(self, step: StepItem) -> Iterator[str]:
        mark = f"{step.number}. "
        if step.time:
            yield self.labelled(mark, step.title, step.time)
        else:
            yield f"{mark}**{_line(step.title)}**"
        for label, text in step.details:
            # Four: Python-Markdown takes fewer for an item of the outer list.
            yield self.labelled(f"{' ' * max(len(mark), 4)}- ", label, text)

    def table(self, table: Table) -> str:
        rows = ([self.cell(cell) for cell in row] for row in table.rows)
        head = [_line(label) for label in table.head]
        lines = (f"| {' | '.join(row)} |" for row in rows)
        return "\n".join((f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines))

    def cell(self, text: Text) -> str:
        return _BARE_BAR.sub(r"\|", self.inline(text))


def _neighbours(text: Text) -> Iterator[tuple[Inline, Inline, Inline]]:
    """Yield each part of a text between the one before it and the one after it."""
    return zip(("", *text), text, (*text[1:], ""), strict=False)


def _part(before: Inline, part: Inline, after: Inline) -> str:
    match part:
        case str():
            return _escape(part)
        case Names():
            return _escape(inline_text(part))
        case Strong(text) | Mark(text):
            return _strong(before, text, after)
        case InlineCode(text):
            return _code(text)
        case Link(address):
            return f"<{address}>" if _LINKED.fullmatch(address) else _escape(address)
        case Cite(number):
            return f"{number}"


def _strong(before: Inline, text: str, after: Inline) -> str:
    """Return words in bold, by a tag where asterisks touch what keeps them from being read."""
    core = text.strip()
    if not core:
        return text
    start, _, end = text.partition(core)
    left, right = (to_text((before,)) + start)[-1:].strip(), (end + to_text((after,)))[:1].strip()
    opens = core[0].isalnum() or not left
    closes = core[-1].isalnum() or not right
    beside = isinstance(before, Strong | Mark) or isinstance(after, Strong | Mark)
    if opens and closes and not beside:
        return f"{start}**{_escape(core)}**{end}"
    return f"{start}<strong>{_escape(core)}</strong>{end}"


def _code(text: str) -> str:
    """Return a code span whose fence is longer than any row of backticks in it."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _counts(counts: tuple[IconCount, ...]) -> str:
    return "\n".join(f"- **{_line(each.label)}:** {_line(amount(each))}" for each in counts)


def _sources(entries: tuple[SourceEntry, ...]) -> str:
    """Return a list of sources, or under a heading each where they are numbered.

    A heading is the one place for a link that Word keeps when pandoc makes a document of it.
    """
    return "\n".join(
        f"{_source_heading(entry.number)}\n\n{_source(entry)}\n"
        if entry.number
        else f"- {_source(entry)}"
        for entry in entries
    ).rstrip()


def _source_heading(number: int) -> str:
    # CommonMark alone gives headings no id, and pandoc keeps no tag but its own id of the heading.
    return f'###### <a id="source-{number}"></a>Source {number}'


def _source(entry: SourceEntry) -> str:
    return f"{_no_block(_line(entry.sentence))} {_part('', Link(entry.address), '')}"


def _no_block(line: str) -> str:
    """Return a line with a backslash where it would else start a block of another kind."""
    start = _BLOCK_START.match(line)
    return f"{start[0]}\\{line[start.end() :]}" if start else line


def _line(text: str) -> str:
    return _SPACE.sub(" ", _escape(text)).strip()


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
