"""Each kind of block of a terminal page, as something that can be printed."""

from collections.abc import Iterator
from typing import Literal

from rich import box
from rich.panel import Panel
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from ..inlines import Link, Text, to_text
from ..page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Grid,
    Heading,
    IconArray,
    Page,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepItem,
    StepList,
    Table,
)
from ..text import with_full_stop
from .inline import ACCENT, COMMAND, Links, draw_text
from .layout import Padded, Renderable, Stack, Unwrapped, with_hanging_indent, with_left_bar
from .options import RenderOptions, display_width
from .widgets import (
    FACTS_WIDTH,
    LABEL_SHARE,
    NARROW,
    column_widths,
    icon_arrays,
    line_of_dots,
    longest_word,
    square_of_dots,
    squares_fit,
)
from .wrapping import JOINT


class Drawing:
    """The drawing of one page: every method turns something said into something Rich prints."""

    def __init__(self, options: RenderOptions, links: Links, cut_addresses: bool) -> None:
        self.look = options
        self.links = links
        self.cut_addresses = cut_addresses
        self.width = options.prose_width
        self.wide = options.width >= NARROW
        self.indent = 2 if self.wide else 0
        self.step = 2 if self.wide else 1

    def title(self, page: Page) -> Renderable:
        """Draw what a page is called, and its tag beside that or under it."""
        name = RichText(page.title, f"bold {ACCENT}")
        under = [page.subtitle, page.category]
        room = (
            self.width - 2 * self.indent - display_width(page.title) - display_width(page.category)
        )
        if page.category and room >= 2:
            name = RichText.assemble(name, " " * room, page.category)
            under = [page.subtitle]
        lines = [name, *(RichText(each) for each in under if each)]
        return self._inset(Stack(*lines), bottom=1)

    def ending(self, page: Page) -> Renderable:
        """Draw what ends a page: its note, and what to ask next."""
        parts: list[Renderable] = []
        if page.footer:
            parts += [Rule(style="dim"), self._text(page.footer)]
        if page.next_commands and self.look.show_next:
            room = self.width - 2 * self.indent - display_width("Next: ")
            apart = "  |  " if display_width("  |  ".join(page.next_commands)) <= room else "\n"
            told = (RichText(each.replace(" ", JOINT), COMMAND) for each in page.next_commands)
            parts.append(with_hanging_indent(RichText(apart).join(told), "Next: ", ""))
        return self._inset(Stack(*parts), top=1, bottom=1)

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Renderable]:
        """Draw each block; a picture and the facts behind it stand beside each other."""
        before: Block | None = None
        for block, after in zip(blocks, (*blocks, None)[1:], strict=True):
            if self._is_box(block, after):
                before = block
            elif isinstance(before, IconArray) and isinstance(block, DefinitionList):
                yield self._facts_box(before, block)
                before = None
            else:
                yield from self._block(block)

    def _is_box(self, block: Block, after: Block | None) -> bool:
        """Return whether a picture has facts behind it and room for them beside it."""
        if not (isinstance(block, IconArray) and isinstance(after, DefinitionList)) or block.small:
            return False
        longest = longest_word(
            part for label, text in after.rows for part in (label, to_text(text))
        )
        return longest <= FACTS_WIDTH // 2 and squares_fit(block, self.width - FACTS_WIDTH)

    def _block(self, block: Block) -> list[Renderable]:
        match block:
            case Heading(text, level):
                return [self._heading(text, level)]
            case Paragraph((*text, Link(address)), _):
                before = [self._inset(self._text(tuple(text)))] if text else []
                return [*before, self._address(address), RichText("")]
            case Paragraph(text, tone):
                return [self._paragraph(text, tone)]
            case Bullets(items):
                return [self._inset(self._bullets(items, ACCENT), bottom=1)]
            case StepList(items):
                return [self._steps(items)]
            case DefinitionList(rows, spaced):
                return [self._facts(rows, spaced)]
            case Table():
                return [self._table(block)]
            case Grid(rows, head):
                return [self._table(Table("", head or ("",) * len(rows[0]), rows))]
            case SourceLine():
                return []
            case Callout(title, items):
                return [self._callout(title, items)]
            case IconArray():
                return [self._picture(block)]
            case Sources(entries, short):
                return [part for entry in entries for part in self._source(entry, short)]

    def _text(self, text: Text, style: str = "") -> RichText:
        return draw_text(text, style, self.links, color=self.look.color)

    def _heading(self, text: str, level: int) -> Renderable:
        """Draw a heading; the deepest stand apart from one that comes right before them."""
        if level > 2:
            return self._inset(RichText(text, "bold"), top=1 if level > 3 else 0)
        title = RichText(text, f"bold {ACCENT}")
        fits = display_width(text) + 6 <= self.width - self.indent
        rule = Rule(title, align="left", style="dim") if fits else title
        return self._inset(rule, top=1, bottom=1)

    def _paragraph(self, text: Text, tone: Literal["normal", "lead", "quiet"]) -> Renderable:
        is_lead = tone == "lead"
        drawn = (
            with_left_bar(self._text(text, "bold"), "┃ ", ACCENT) if is_lead else self._text(text)
        )
        return self._inset(drawn, bottom=1)

    def _bullets(self, items: tuple[Text, ...], style: str) -> Stack:
        mark = "•  " if self.wide else "• "
        return Stack(*(with_hanging_indent(self._text(item), mark, style) for item in items))

    def _steps(self, items: tuple[StepItem, ...]) -> Renderable:
        """Draw steps as a timeline where they have details, else as a numbered list.

        In a timeline, times stand behind the titles only if every one of them fits there.
        """
        room = self.width - 2 * self.indent - 4
        beside = not any(step.details for step in items) or all(
            display_width(f"{step.title}  {to_text(step.time)}") <= room for step in items
        )
        parts: list[Renderable] = []
        for step in items:
            number = f"{step.number:>2}  " if self.wide else f"{step.number} "
            title, time = RichText.assemble((step.title, "bold")), self._text(step.time)
            if step.time and beside:
                title.append("  ").append_text(time)
            parts.append(with_hanging_indent(title, number, f"bold {ACCENT}"))
            inner: list[Renderable] = [time] if step.time and not beside else []
            inner += [self._labelled(label, text) for label, text in step.details]
            if step.details:
                inner.append(RichText(""))
            bar = "" if step is items[-1] or not step.details else " │" if self.wide else "│"
            parts.append(with_left_bar(Stack(*inner), bar.ljust(len(number)), "dim"))
        return self._inset(Stack(*parts), bottom=1)

    def _labelled(self, label: str, text: Text) -> RichText:
        return RichText.assemble((f"{label}: ", "bold")).append_text(self._text(text))

    def _facts(self, rows: tuple[tuple[str, Text], ...], spaced: bool) -> Renderable:
        """Draw labels beside their texts, or above them where they would take too much room."""
        parts = self._labels(rows, self.width).parts
        if spaced:
            parts = tuple(each for part in parts for each in (part, RichText("")))
        return self._inset(Stack(*parts), bottom=1)

    def _labels(self, rows: tuple[tuple[str, Text], ...], width: int) -> Stack:
        longest = max((display_width(label) for label, _ in rows), default=0)
        parts: list[Renderable] = []
        for label, text in rows:
            if self.wide and longest <= width // LABEL_SHARE:
                mark = label + " " * (longest - display_width(label) + 2)
                parts.append(with_hanging_indent(self._text(text), mark, "bold"))
            else:
                under = with_hanging_indent(self._text(text), " " * self.step, "")
                parts.append(Stack(RichText(label, "bold"), under))
        return Stack(*parts)

    def _table(self, table: Table) -> Renderable:
        widths = column_widths(table, self.look.width - 2 * self.indent)
        if widths is None:
            return self._table_as_list(table)
        drawn = RichTable(box=box.HORIZONTALS, show_lines=True, border_style="dim", pad_edge=False)
        for label, width in zip(table.head, widths, strict=True):
            title = RichText(label, f"bold {ACCENT}")
            drawn.add_column(title, overflow="fold", width=width)
        for first, *rest in table.rows:
            cells_drawn = [self._text(first, "bold"), *map(self._text, rest)]
            drawn.add_row(*map(Stack, cells_drawn))
        left = max(self.indent - 1, 0)
        return Padded(drawn, left, self.look.width - left, 0, 1)

    def _table_as_list(self, table: Table) -> Renderable:
        _, *labels = table.head
        parts: list[Renderable] = []
        for first, *rest in table.rows:
            parts.append(self._text(first, f"bold {ACCENT}"))
            for label, cell in zip(labels, rest, strict=True):
                parts.append(with_hanging_indent(self._labelled(label, cell), " " * self.step, ""))
            parts.append(RichText(""))
        return self._inset(Stack(*parts), bottom=1)

    def _callout(self, title: str, items: tuple[Text, ...]) -> Renderable:
        inner = self._bullets(items, "red")
        heading = RichText(f" {title} ", "bold red")
        if not self.wide or heading.cell_len > self.width - 2 * self.indent - 6:
            return self._inset(Stack(RichText(title, "bold red"), inner), bottom=1)
        panel = Panel(inner, title=heading, title_align="left", border_style="red", padding=(0, 1))
        return self._inset(panel, bottom=1)

    def _picture(self, icons: IconArray) -> Renderable:
        if icons.small:
            lines = [line_of_dots(count) for count in icons.counts]
            return self._inset(Stack(self._text(icons.caption), *lines), bottom=1)
        squares: list[Renderable] = [icon_arrays(icons)]
        if not squares_fit(icons, self.width - 2 * self.indent):
            each = map(square_of_dots, icons.counts)
            squares = [part for square in each for part in (square, RichText(""))]
        return self._inset(Stack(self._text(icons.caption), RichText(""), *squares), bottom=1)

    def _facts_box(self, icons: IconArray, facts: DefinitionList) -> Renderable:
        grid = icon_arrays(icons, self._labels(facts.rows, FACTS_WIDTH))
        return self._inset(Stack(self._text(icons.caption), RichText(""), grid), bottom=1)

    def _source(self, entry: SourceEntry, short: bool) -> list[Renderable]:
        """Draw a source, its address behind it or on a line of its own."""
        number = f"[{entry.number}] " if entry.number else ""
        who = f"{entry.publisher}," if short else with_full_stop(entry.publisher)
        what = " " if short else f" {with_full_stop(entry.title)} {entry.kind.capitalize()}, "
        told = f"{who}{what}{entry.date}."
        mark = (number, f"bold {ACCENT}")
        together = 2 * self.indent + display_width(f"{number}{told} {entry.address}")
        if together <= self.width:
            line = Unwrapped.assemble(" " * self.indent, mark, f"{told} ")
            return [line.append(entry.address, self.links.style(entry.address, Style()))]
        inset = display_width(number) if self.wide else 0
        drawn = (
            with_hanging_indent(RichText(told), *mark) if inset else RichText.assemble(mark, told)
        )
        return [self._inset(drawn), self._address(entry.address, inset)]

    def _address(self, address: str, inset: int = 0) -> Renderable:
        """Return an address whole on a line of its own, in the margin only if it fits nowhere else.

        inset: how far it should stand inside the margin.
        """
        space = self.look.width - display_width(address)
        style = self.links.style(address, Style())
        if space < 0 and self.cut_addresses:
            return self._inset(with_hanging_indent(RichText(address, style), " " * inset, ""))
        left = self.indent + inset if space < 0 else min(self.indent + inset, space)
        return Unwrapped(" " * left).append(address, style)

    def _inset(self, inner: Renderable, top: int = 0, bottom: int = 0) -> Renderable:
        """Return something with the page's margins, no wider than prose may be."""
        return Padded(inner, self.indent, self.width - 2 * self.indent, top, bottom)
