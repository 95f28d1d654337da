"""Styled text for a terminal, drawn by Rich into a string.

Words reach Rich only as `Text`, never as markup, and only the 16 colours of the terminal's own
palette are used, so that its theme decides what is readable.
"""

from collections.abc import Iterator
from io import StringIO
from typing import Literal

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from ..page import (
    Block,
    Bullets,
    Callout,
    Facts,
    Heading,
    Link,
    Page,
    Paragraph,
    Picture,
    SourceEntry,
    Sources,
    Step,
    Steps,
    Table,
    Text,
    words,
)
from ..wording import ended
from .drawing import (
    column_widths,
    line_of_dots,
    longest_word,
    one_blank,
    square_of_dots,
    squares_beside,
    squares_fit,
)
from .inline import ACCENT, COMMAND, Links, draw_text, page_links, without_link_ids
from .look import Look, cells, draw
from .sheet import Inset, Part, Sheet, Whole, barred, hanging
from .wrapping import JOINT

NARROW = 40
"""Below this width there is no room for indents, boxes or labels beside their text."""

LABEL_SHARE = 3
"""Labels stand beside their text while they take no more than one column in this many."""

FACTS_WIDTH = 48
"""Facts beside a picture need this much."""


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
    drawing = _Drawing(look, page_links(page, known=look.color and look.links))
    sheet = Sheet(drawing.title(page), *drawing.blocks(page.blocks), drawing.ending(page))
    console.print(sheet, crop=False)
    lines = one_blank(draw(without_link_ids(out.getvalue()), look.encoding).splitlines())
    return "\n".join(lines).rstrip("\n") + "\n"


class _Drawing:
    """The drawing of one page: every method turns something said into something Rich prints."""

    def __init__(self, look: Look, links: Links) -> None:
        self.look = look
        self.links = links
        self.width = look.prose_width
        self.wide = look.width >= NARROW
        self.indent = 2 if self.wide else 0
        self.step = 2 if self.wide else 1

    def title(self, page: Page) -> Part:
        name = RichText(page.title, f"bold {ACCENT}")
        under = [page.subtitle, page.tag]
        room = self.width - 2 * self.indent - cells(page.title) - cells(page.tag)
        if page.tag and room >= 2:
            name = RichText.assemble(name, " " * room, page.tag)
            under = [page.subtitle]
        lines = [name, *(RichText(each) for each in under if each)]
        return self.inset(Sheet(*lines), bottom=1)

    def ending(self, page: Page) -> Part:
        parts: list[Part] = []
        if page.note:
            parts += [Rule(style="dim"), self.text(page.note)]
        if page.next_commands and self.look.hints:
            room = self.width - 2 * self.indent - cells("Next: ")
            apart = "  |  " if cells("  |  ".join(page.next_commands)) <= room else "\n"
            told = (RichText(each.replace(" ", JOINT), COMMAND) for each in page.next_commands)
            parts.append(hanging(RichText(apart).join(told), "Next: ", ""))
        return self.inset(Sheet(*parts), top=1, bottom=1)

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Part]:
        """Draw each block; a picture and the facts behind it stand beside each other."""
        before: Block | None = None
        for block, after in zip(blocks, (*blocks, None)[1:], strict=True):
            if self.is_box(block, after):
                before = block
            elif isinstance(before, Picture) and isinstance(block, Facts):
                yield self.facts_box(before, block)
                before = None
            else:
                yield from self.block(block)

    def is_box(self, block: Block, after: Block | None) -> bool:
        """Return whether a picture has facts behind it and room for them beside it."""
        if not (isinstance(block, Picture) and isinstance(after, Facts)) or block.small:
            return False
        longest = longest_word(part for label, text in after.rows for part in (label, words(text)))
        return longest <= FACTS_WIDTH // 2 and squares_fit(block, self.width - FACTS_WIDTH)

    def block(self, block: Block) -> list[Part]:
        match block:
            case Heading(text, level):
                return [self.heading(text, level)]
            case Paragraph((*text, Link(address)), _):
                before = [self.inset(self.text(tuple(text)))] if text else []
                return [*before, self.address(address), RichText("")]
            case Paragraph(text, tone):
                return [self.paragraph(text, tone)]
            case Bullets(items):
                return [self.inset(self.bullets(items, ACCENT), bottom=1)]
            case Steps(items):
                return [self.steps(items)]
            case Facts(rows, spaced):
                return [self.facts(rows, spaced)]
            case Table():
                return [self.table(block)]
            case Callout(title, items):
                return [self.callout(title, items)]
            case Picture():
                return [self.picture(block)]
            case Sources(entries, short):
                return [part for entry in entries for part in self.source(entry, short)]

    def text(self, text: Text, style: str = "") -> RichText:
        return draw_text(text, style, self.links, color=self.look.color)

    def heading(self, text: str, level: int) -> Part:
        """Draw a heading; the deepest stand apart from one that comes right before them."""
        if level > 2:
            return self.inset(RichText(text, "bold"), top=1 if level > 3 else 0)
        title = RichText(text, f"bold {ACCENT}")
        fits = cells(text) + 6 <= self.width - self.indent
        rule = Rule(title, align="left", style="dim") if fits else title
        return self.inset(rule, top=1, bottom=1)

    def paragraph(self, text: Text, tone: Literal["normal", "lead", "quiet"]) -> Part:
        is_lead = tone == "lead"
        drawn = barred(self.text(text, "bold"), "┃ ", ACCENT) if is_lead else self.text(text)
        return self.inset(drawn, bottom=1)

    def bullets(self, items: tuple[Text, ...], style: str) -> Sheet:
        mark = "•  " if self.wide else "• "
        return Sheet(*(hanging(self.text(item), mark, style) for item in items))

    def steps(self, items: tuple[Step, ...]) -> Part:
        """Draw steps as a timeline where they have details, else as a numbered list.

        In a timeline, times stand behind the titles only if every one of them fits there.
        """
        room = self.width - 2 * self.indent - 4
        beside = not any(step.details for step in items) or all(
            cells(f"{step.title}  {words(step.time)}") <= room for step in items
        )
        parts: list[Part] = []
        for step in items:
            number = f"{step.number:>2}  " if self.wide else f"{step.number} "
            title, time = RichText.assemble((step.title, "bold")), self.text(step.time)
            if step.time and beside:
                title.append("  ").append_text(time)
            parts.append(hanging(title, number, f"bold {ACCENT}"))
            inner: list[Part] = [time] if step.time and not beside else []
            inner += [self.labelled(label, text) for label, text in step.details]
            if step.details:
                inner.append(RichText(""))
            bar = "" if step is items[-1] or not step.details else " │" if self.wide else "│"
            parts.append(barred(Sheet(*inner), bar.ljust(len(number)), "dim"))
        return self.inset(Sheet(*parts), bottom=1)

    def labelled(self, label: str, text: Text) -> RichText:
        return RichText.assemble((f"{label}: ", "bold")).append_text(self.text(text))

    def facts(self, rows: tuple[tuple[str, Text], ...], spaced: bool) -> Part:
        """Draw labels beside their texts, or above them where they would take too much room."""
        parts = self.labels(rows, self.width).parts
        if spaced:
            parts = tuple(each for part in parts for each in (part, RichText("")))
        return self.inset(Sheet(*parts), bottom=1)

    def labels(self, rows: tuple[tuple[str, Text], ...], width: int) -> Sheet:
        longest = max((cells(label) for label, _ in rows), default=0)
        parts: list[Part] = []
        for label, text in rows:
            if self.wide and longest <= width // LABEL_SHARE:
                mark = label + " " * (longest - cells(label) + 2)
                parts.append(hanging(self.text(text), mark, "bold"))
            else:
                under = hanging(self.text(text), " " * self.step, "")
                parts.append(Sheet(RichText(label, "bold"), under))
        return Sheet(*parts)

    def table(self, table: Table) -> Part:
        widths = column_widths(table, self.look.width - 2 * self.indent)
        if widths is None:
            return self.table_as_list(table)
        drawn = RichTable(box=box.HORIZONTALS, show_lines=True, border_style="dim", pad_edge=False)
        for label, width in zip(table.head, widths, strict=True):
            title = RichText(label, f"bold {ACCENT}")
            drawn.add_column(title, overflow="fold", width=width)
        for first, *rest in table.rows:
            cells_drawn = [self.text(first, "bold"), *map(self.text, rest)]
            drawn.add_row(*map(Sheet, cells_drawn))
        left = max(self.indent - 1, 0)
        return Inset(drawn, left, self.look.width - left, 0, 1)

    def table_as_list(self, table: Table) -> Part:
        _, *labels = table.head
        parts: list[Part] = []
        for first, *rest in table.rows:
            parts.append(self.text(first, f"bold {ACCENT}"))
            for label, cell in zip(labels, rest, strict=True):
                parts.append(hanging(self.labelled(label, cell), " " * self.step, ""))
            parts.append(RichText(""))
        return self.inset(Sheet(*parts), bottom=1)

    def callout(self, title: str, items: tuple[Text, ...]) -> Part:
        inner = self.bullets(items, "red")
        heading = RichText(f" {title} ", "bold red")
        if not self.wide or heading.cell_len > self.width - 2 * self.indent - 6:
            return self.inset(Sheet(RichText(title, "bold red"), inner), bottom=1)
        panel = Panel(inner, title=heading, title_align="left", border_style="red", padding=(0, 1))
        return self.inset(panel, bottom=1)

    def picture(self, picture: Picture) -> Part:
        if picture.small:
            lines = [line_of_dots(count) for count in picture.counts]
            return self.inset(Sheet(self.text(picture.caption), *lines), bottom=1)
        squares: list[Part] = [squares_beside(picture)]
        if not squares_fit(picture, self.width - 2 * self.indent):
            each = map(square_of_dots, picture.counts)
            squares = [part for square in each for part in (square, RichText(""))]
        return self.inset(Sheet(self.text(picture.caption), RichText(""), *squares), bottom=1)

    def facts_box(self, picture: Picture, facts: Facts) -> Part:
        grid = squares_beside(picture, self.labels(facts.rows, FACTS_WIDTH))
        return self.inset(Sheet(self.text(picture.caption), RichText(""), grid), bottom=1)

    def source(self, entry: SourceEntry, short: bool) -> list[Part]:
        """Draw a source, its address behind it or on a line of its own."""
        number = f"[{entry.number}] " if entry.number else ""
        who = f"{entry.publisher}," if short else ended(entry.publisher)
        what = " " if short else f" {ended(entry.title)} {entry.kind.capitalize()}, "
        told = f"{who}{what}{entry.date}."
        mark = (number, f"bold {ACCENT}")
        together = 2 * self.indent + cells(f"{number}{told} {entry.address}")
        if together <= self.width:
            line = Whole.assemble(" " * self.indent, mark, f"{told} ")
            return [line.append(entry.address, self.links.style(entry.address, Style()))]
        inset = cells(number) if self.wide else 0
        drawn = hanging(RichText(told), *mark) if inset else RichText.assemble(mark, told)
        return [self.inset(drawn), self.address(entry.address, inset)]

    def address(self, address: str, inset: int = 0) -> Part:
        """Return an address whole on a line of its own, in the margin only if it fits nowhere else.

        inset: how far it should stand inside the margin.
        """
        space = self.look.width - cells(address)
        left = self.indent + inset if space < 0 else min(self.indent + inset, space)
        return Whole(" " * left).append(address, self.links.style(address, Style()))

    def inset(self, inner: Part, top: int = 0, bottom: int = 0) -> Part:
        """Return something with the page's margins, no wider than prose may be."""
        return Inset(inner, self.indent, self.width - 2 * self.indent, top, bottom)
