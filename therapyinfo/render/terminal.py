"""Styled text for a terminal, drawn by Rich into a string.

Words reach Rich only as `Text`, never as markup, and only the 16 colours of the terminal's own
palette are used, so that its theme decides what is readable.
"""

from collections.abc import Iterator
from io import StringIO
from typing import Literal

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from ..page import (
    Block,
    Bullets,
    Callout,
    Cite,
    Code,
    Count,
    Facts,
    Heading,
    Link,
    Mark,
    Page,
    Paragraph,
    Picture,
    SourceEntry,
    Sources,
    Step,
    Steps,
    Strong,
    Table,
    Text,
    words,
)
from .look import Look, cells, draw

ACCENT = "cyan"
NARROW = 40
"""Below this width there is no room for indents, boxes or labels beside their text."""

THIN = 16
"""A table column thinner than this breaks its text into single words."""

LABEL_SHARE = 3
"""Labels stand beside their text while they take no more than one column in this many."""


def terminal(page: Page, look: Look) -> str:
    """Render a page with weight, colour and space; nothing is told by colour alone."""
    out = StringIO()
    console = Console(
        file=out,
        width=look.width,
        height=100,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    drawing = _Drawing(look)
    console.print(drawing.title(page))
    for block in page.blocks:
        for each in drawing.block(block):
            whole = isinstance(each, _Whole)
            console.print(each, overflow=None if whole else "fold", soft_wrap=whole)
    console.print(drawing.ending(page), overflow="fold")
    lines = [line.rstrip() for line in draw(out.getvalue(), look.encoding).splitlines()]
    return "\n".join(lines).rstrip("\n") + "\n"


class _Whole(RichText):
    """Text that must stand on one line, whatever the width, such as an address."""


class _Hanging:
    """Something with a mark before its first line and as much space before the others."""

    def __init__(self, inner: RenderableType, mark: str, style: str) -> None:
        self.inner, self.mark, self.style = inner, mark, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        mark = self.mark
        for line in _lines(self.inner, len(mark), console, options):
            yield Segment(mark, Style.parse(self.style))
            yield from line
            yield Segment.line()
            mark = " " * len(mark)


class _Barred:
    """Something with a mark down its left side, which shows without colour too."""

    def __init__(self, inner: RenderableType, mark: str, style: str) -> None:
        self.inner, self.mark, self.style = inner, mark, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for line in _lines(self.inner, len(self.mark), console, options):
            yield Segment(self.mark, Style.parse(self.style))
            yield from line
            yield Segment.line()


class _Drawing:
    """The drawing of one page: every method turns something said into something Rich prints."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.width = look.prose_width
        self.wide = look.width >= NARROW
        self.indent = 2 if self.wide else 0

    def title(self, page: Page) -> RenderableType:
        name = RichText(page.title, f"bold {ACCENT}")
        room = self.width - 2 * self.indent - cells(page.title) - cells(page.tag)
        lines: list[RenderableType] = [name]
        if page.tag and room >= 2:
            lines = [RichText.assemble(name, " " * room, (page.tag, "dim"))]
        elif page.tag:
            lines.append(RichText(page.tag, "dim"))
        if page.subtitle:
            lines.append(RichText(page.subtitle, "dim"))
        return self.inset(Group(*lines), top=1, bottom=1)

    def ending(self, page: Page) -> RenderableType:
        parts: list[RenderableType] = []
        if page.note:
            parts += [Rule(style="dim"), self.text(page.note, "dim")]
        if page.next_commands and self.look.hints:
            told = RichText("Next: ", "dim")
            for number, command in enumerate(page.next_commands):
                told.append("  |  " if number else "", "dim").append(command, f"dim {ACCENT}")
            parts.append(told)
        return self.inset(Group(*parts), bottom=1)

    def block(self, block: Block) -> list[RenderableType]:
        match block:
            case Heading(text, level):
                return [self.heading(text, level)]
            case Paragraph(text, tone):
                return [self.paragraph(text, tone)]
            case Bullets(items):
                return [self.bullets(items)]
            case Steps(items):
                return [self.steps(items)]
            case Facts(rows):
                return [self.facts(rows)]
            case Table():
                return [self.table(block)]
            case Callout(title, items):
                return [self.callout(title, items)]
            case Picture():
                return [self.picture(block)]
            case Sources(entries, short):
                return [part for entry in entries for part in self.source(entry, short)]

    def text(self, text: Text, style: str = "") -> RichText:
        """Return words with their citations dimmed and their commands and finds marked."""
        whole = RichText(style=style)
        before: object = None
        for part in text:
            match part:
                case str():
                    whole.append(part)
                case Cite(number):
                    if isinstance(before, Cite):
                        whole.right_crop(1)
                        whole.append(f", {number}]", "dim")
                    else:
                        whole.append(f" [{number}]", "dim")
                case Strong(inner):
                    whole.append(inner, "bold")
                case Mark(inner):
                    whole.append(inner, "bold reverse" if self.look.color else "bold")
                case Code(inner):
                    whole.append(inner, ACCENT)
                case Link(address):
                    whole.append(address, f"link {address}")
            before = part
        return whole

    def heading(self, text: str, level: int) -> RenderableType:
        if level == 2:
            rule = Rule(RichText(text, f"bold {ACCENT}"), align="left", style="dim")
            title = RichText(text, f"bold {ACCENT}")
            fits = cells(text) + 6 <= self.width - self.indent
            return self.inset(rule if fits else title, top=1, bottom=1)
        return self.inset(RichText(text, "bold"))

    def paragraph(self, text: Text, tone: Literal["normal", "lead", "quiet"]) -> RenderableType:
        if len(text) == 1 and isinstance(text[0], Link):
            return self.address(text[0].address)
        if tone == "lead":
            return self.inset(_Barred(self.text(text, "bold"), "┃ ", ACCENT), bottom=1)
        return self.inset(self.text(text, "dim" if tone == "quiet" else ""), bottom=1)

    def bullets(self, items: tuple[Text, ...]) -> RenderableType:
        grid = self.grid(2)
        for item in items:
            grid.add_row(RichText("•", ACCENT), self.text(item))
        return self.inset(grid, bottom=1)

    def steps(self, items: tuple[Step, ...]) -> RenderableType:
        """Draw steps as a timeline where they have details, else as a numbered list."""
        parts: list[RenderableType] = []
        for step in items:
            number = f"{step.number:>2}  " if self.wide else f"{step.number} "
            title = RichText(step.title, "bold")
            if step.time:
                title.append("  ").append_text(self.text(step.time, "dim"))
            parts.append(_Hanging(title, number, f"bold {ACCENT}"))
            if step.details:
                inner = [self.labelled(label, text) for label, text in step.details]
                mark = " " * len(number) if step is items[-1] else " │".ljust(len(number))[-len(number):]
                parts.append(_Barred(Group(*inner, RichText("")), mark, "dim"))
        return self.inset(Group(*parts), bottom=0 if items and items[-1].details else 1)

    def labelled(self, label: str, text: Text) -> RichText:
        return RichText.assemble((f"{label}: ", "dim")).append_text(self.text(text))

    def facts(self, rows: tuple[tuple[str, Text], ...]) -> RenderableType:
        longest = max((cells(label) for label, _ in rows), default=0)
        if longest > self.width // LABEL_SHARE or not self.wide:
            parts: list[RenderableType] = []
            for label, text in rows:
                parts += [RichText(label, "bold"), Padding(self.text(text), (0, 0, 0, self.indent))]
            return self.inset(Group(*parts), bottom=1)
        grid = self.grid(2)
        for label, text in rows:
            grid.add_row(RichText(label, "bold"), self.text(text))
        return self.inset(grid, bottom=1)

    def table(self, table: Table) -> RenderableType:
        if not self.fits(table):
            return self.table_as_list(table)
        drawn = RichTable(
            box=box.HORIZONTALS, show_lines=True, border_style="dim", pad_edge=False, header_style="bold"
        )
        for label in table.head:
            drawn.add_column(RichText(label, f"bold {ACCENT}"), overflow="fold")
        for first, *rest in table.rows:
            drawn.add_row(self.text(first, "bold"), *(self.text(cell) for cell in rest))
        return self.inset(drawn, bottom=1, full=True)

    def fits(self, table: Table) -> bool:
        """Return whether every column can hold its longest word and a few words beside it."""
        columns = list(zip(table.head, *table.rows, strict=True))
        needed = 2 * self.indent
        for number, column in enumerate(columns):
            texts = [cell if isinstance(cell, str) else words(cell) for cell in column]
            longest = max((cells(word) for text in texts for word in text.split()), default=0)
            whole = max(map(cells, texts))
            needed += max(longest, min(whole, THIN if number else longest)) + 3
        return needed <= self.look.width

    def table_as_list(self, table: Table) -> RenderableType:
        _, *labels = table.head
        parts: list[RenderableType] = []
        for first, *rest in table.rows:
            parts.append(RichText(words(first), f"bold {ACCENT}"))
            for label, cell in zip(labels, rest, strict=True):
                told = RichText.assemble((f"{label}: ", "bold")).append_text(self.text(cell))
                parts.append(Padding(told, (0, 0, 0, self.indent)))
            parts.append(RichText(""))
        return self.inset(Group(*parts))

    def callout(self, title: str, items: tuple[Text, ...]) -> RenderableType:
        grid = self.grid(2)
        for item in items:
            grid.add_row(RichText("•", "red"), self.text(item))
        if not self.wide:
            return self.inset(Group(RichText(title, "bold red"), grid), bottom=1)
        heading = RichText(f" {title} ", "bold red")
        panel = Panel(grid, title=heading, title_align="left", border_style="red", padding=(0, 1))
        return self.inset(panel, bottom=1)

    def picture(self, picture: Picture) -> RenderableType:
        if picture.small:
            lines = [_line_of_dots(count) for count in picture.counts]
            return self.inset(Group(*lines, self.text(picture.caption)), bottom=1)
        squares: list[RenderableType] = [_square_of_dots(count) for count in picture.counts]
        if self.look.width >= 2 * 24 + 2 * self.indent:
            grid = self.grid(len(squares))
            grid.add_row(*squares)
            squares = [grid]
        return self.inset(Group(self.text(picture.caption), RichText(""), *squares), bottom=1)

    def source(self, entry: SourceEntry, short: bool) -> list[RenderableType]:
        number = f"[{entry.number}] " if entry.number else ""
        title = ", " if short else f". {entry.title}. {entry.kind.capitalize()}, "
        told = RichText.assemble((number, f"bold {ACCENT}"), entry.publisher)
        told.append(f"{title}{entry.date}.", "dim")
        together = self.indent + cells(told.plain) + 1 + cells(entry.address)
        if together <= self.look.width:
            line = _Whole(" " * self.indent).append_text(told).append(" ")
            return [line.append(entry.address, f"dim link {entry.address}")]
        return [self.inset(told), self.address(entry.address)]

    def address(self, address: str) -> RenderableType:
        """Return an address on a line of its own, whole even where it is wider than the page."""
        fits = cells(address) + self.indent <= self.look.width
        whole = _Whole(" " * (self.indent if fits else 0))
        return whole.append(address, f"dim link {address}")

    def grid(self, columns: int) -> RichTable:
        grid = RichTable.grid(padding=(0, 2 if self.wide else 1, 0, 0))
        for _ in range(columns):
            grid.add_column(overflow="fold")
        return grid

    def inset(
        self, inner: RenderableType, top: int = 0, bottom: int = 0, *, full: bool = False
    ) -> RenderableType:
        """Return something with the page's margins; `full` lets it use the whole width."""
        spare = 0 if full else self.look.width - self.width
        return Padding(inner, (top, spare + self.indent, bottom, self.indent))


def _lines(
    inner: RenderableType, taken: int, console: Console, options: ConsoleOptions
) -> list[list[Segment]]:
    room = options.update(width=max(options.max_width - taken, 1), overflow="fold")
    return console.render_lines(inner, room, pad=False)


def _line_of_dots(count: Count) -> RichText:
    """Return ten dots, as many filled as there are tens in the count, and the count itself."""
    filled = (count.in_100 + 5) // 10
    return RichText.assemble(
        ("●" * filled, ACCENT), ("○" * (10 - filled), "dim"), f"  {count.in_100} of 100  {count.label}"
    )


def _square_of_dots(count: Count) -> RichText:
    """Return 100 dots in ten rows, as many filled as the count says."""
    square = RichText.assemble(f"{count.in_100} of 100\n", (f"{count.label}\n", "dim"))
    for row in range(10):
        filled = min(max(count.in_100 - 10 * row, 0), 10)
        square.append("● " * filled, ACCENT).append("○ " * (10 - filled), "dim").append("\n")
    return square
