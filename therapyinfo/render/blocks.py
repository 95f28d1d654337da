"""Each kind of block of a terminal page, as something that can be printed."""

from typing import Literal

from rich.panel import Panel
from rich.rule import Rule
from rich.style import Style
from rich.text import Text as RichText

from ..inlines import Cite, Link, Text, to_text
from ..page import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Grid,
    Heading,
    IconArray,
    Paragraph,
    SourceEntry,
    SourceLine,
    Sources,
    StepItem,
    StepList,
    Table,
)
from .counts import caption
from .inline import ACCENT, Links, draw_text
from .layout import (
    Columns,
    Padded,
    Renderable,
    Stack,
    Unwrapped,
    with_hanging_indent,
    with_left_bar,
)
from .options import RenderOptions, display_width
from .spacing import LONGEST_TIME
from .tables import GRID_GAP, as_sentences, grid, table
from .widgets import (
    LABEL_SHARE,
    NARROW,
    icon_arrays,
    square_of_marks,
    squares_fit,
    strip_of_marks,
)
from .widths import fitting_rows

BORDER = 8
"""What the border of a box takes beside its title."""

STEP_GAP = 2
"""What stands between a time and its step."""


class BlockDrawing:
    """The drawing of blocks: every method turns something said into something Rich prints."""

    def __init__(self, options: RenderOptions, links: Links, cut_addresses: bool) -> None:
        self.look = options
        self.links = links
        self.cut_addresses = cut_addresses
        self.width = options.prose_width
        self.wide = options.width >= NARROW
        self.indent = 2 if self.wide else 0
        self.room = self.width - self.indent
        self.step = 2 if self.wide else 1

    def block(self, block: Block) -> list[Renderable]:
        """Draw a block; nothing where it says nothing."""
        match block:
            case Heading(text, level):
                return [self._heading(text, level)]
            case Paragraph((*text, Link(address)), _):
                before = [self._inset(self._text(tuple(text)))] if text else []
                return [*before, self._address(address)]
            case Paragraph(text, tone):
                return [self._paragraph(text, tone)]
            case Bullets(items):
                return [self._inset(self._bullets(items, ACCENT))]
            case StepList(items):
                return [self._steps(items)]
            case DefinitionList(rows, spaced):
                return [self._facts(rows, spaced)]
            case Table() | Grid():
                return [self._table(block)]
            case SourceLine(publishers):
                return [self._publishers(publishers)] if publishers else []
            case Callout():
                return [self._callout(block)]
            case IconArray():
                return [self._picture(block)]
            case Sources(entries):
                return [part for entry in entries for part in self._source(entry)]

    def _text(self, text: Text, style: str = "") -> RichText:
        return draw_text(text, style, self.links, color=self.look.color)

    def _heading(self, text: str, level: int) -> Renderable:
        if level > 2:
            return self._inset(RichText(text, "bold"))
        title = RichText(text, "bold")
        fits = display_width(text) + 6 <= self.room
        return self._inset(Rule(title, align="left", style=ACCENT) if fits else title)

    def _paragraph(self, text: Text, tone: Literal["normal", "lead", "quiet"]) -> Renderable:
        is_lead = tone == "lead"
        return self._inset(
            with_left_bar(self._text(text, "bold"), "┃ ", ACCENT) if is_lead else self._text(text)
        )

    def _bullets(self, items: tuple[Text, ...], style: str) -> Stack:
        mark = "•  " if self.indent else "• "
        return Stack(*(with_hanging_indent(self._text(item), mark, style) for item in items))

    def _steps(self, items: tuple[StepItem, ...]) -> Renderable:
        """Draw steps as a timeline where they have details, else as a list.

        Short times stand in a column before the titles, longer ones behind or under them.
        """
        widest = max((display_width(to_text(step.time)) for step in items), default=0)
        column = widest if self.wide and 0 < widest <= LONGEST_TIME else 0
        behind = not any(step.details for step in items) or all(
            display_width(f"{step.title}  {to_text(step.time)}") <= self.room - 4 for step in items
        )
        parts: list[Renderable] = []
        for step in items:
            last = step is items[-1]
            if column:
                widths = (column, self.room - column - STEP_GAP)
                beside = (self._text(step.time), self._step(step, None, last=last))
                parts.append(Columns(beside, widths, STEP_GAP))
            else:
                parts.append(self._step(step, "behind" if behind else "under", last=last))
        return self._inset(Stack(*parts))

    def _step(
        self, step: StepItem, time: Literal["behind", "under"] | None, *, last: bool
    ) -> Stack:
        number = f"{step.number:>2}  " if self.wide else f"{step.number} "
        title = RichText.assemble((step.title, "bold"))
        if step.time and time == "behind":
            title.append("  ").append_text(self._text(step.time))
        inner: list[Renderable] = [self._text(step.time)] if step.time and time == "under" else []
        inner += [self._labelled(label, text) for label, text in step.details]
        if step.details and not last:
            inner.append(RichText(""))
        bar = "" if last or not step.details else " │" if self.wide else "│"
        named = with_hanging_indent(title, number, "bold")
        return Stack(named, with_left_bar(Stack(*inner), bar.ljust(len(number)), "dim"))

    def _labelled(self, label: str, text: Text) -> RichText:
        return RichText.assemble((f"{label}: ", "bold")).append_text(self._text(text))

    def _facts(self, rows: tuple[tuple[str, Text], ...], spaced: bool) -> Renderable:
        """Draw labels beside their texts, or above them where they would take too much room."""
        parts = self._labels(rows, self.width).parts
        if spaced:
            parts = tuple(each for part in parts for each in (part, RichText("")))[:-1]
        return self._inset(Stack(*parts))

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

    def _table(self, block: Table | Grid) -> Renderable:
        width = self.look.width - self.indent
        is_grid = isinstance(block, Grid)
        labels = block.head or ("",) * len(block.rows[0] if block.rows else ("",))
        head = [RichText(label, "bold") for label in labels]
        fitted = fitting_rows(block.rows, width, GRID_GAP) if is_grid else block.rows
        rows = [
            [self._text(first, "" if is_grid else "bold"), *map(self._text, rest)]
            for first, *rest in fitted
        ]
        beside = [RichText(each) for each in block.aligned_with] if isinstance(block, Grid) else []
        drawn = grid(head, rows, width, beside) if is_grid else table(head, rows, width)
        if drawn is not None:
            return Padded(drawn, self.indent, width, 0, 0)
        return self._inset(as_sentences(head, rows) if is_grid else self._table_as_list(head, rows))

    def _table_as_list(self, head: list[RichText], rows: list[list[RichText]]) -> Stack:
        parts: list[Renderable] = []
        for first, *rest in rows:
            parts += [RichText(""), first] if parts else [first]
            for label, cell in zip(head[1:], rest, strict=True):
                told = RichText.assemble((f"{label.plain}: ", "bold")).append_text(cell)
                parts.append(with_hanging_indent(told, " " * self.step, ""))
        return Stack(*parts)

    def _callout(self, block: Callout) -> Renderable:
        """Draw a box around what must not be overlooked, and what belongs to it under that.

        Of a title too long for the border, what follows its colon stands in the box.
        """
        title, rest = block.title, ""
        if display_width(title) + BORDER > self.room:
            title, _, rest = title.partition(": ")
        items = self._bullets(block.items, "red")
        if self.wide and display_width(title) + BORDER <= self.room:
            inner = Stack(RichText(rest, "bold red"), items) if rest else items
            border = RichText(f" {title} ", "bold red")
            drawn: Renderable = Panel(
                inner, title=border, title_align="left", border_style="red", padding=(0, 1)
            )
        else:
            drawn = Stack(RichText(block.title, "bold red"), items)
        return self._inset(Stack(drawn, *map(self._text, block.after)))

    def _picture(self, icons: IconArray) -> Renderable:
        told: list[Renderable] = [self._text(caption(icons))] if caption(icons) else []
        width = self.look.width - self.indent
        if icons.small:
            lines = [strip_of_marks(count, self.room, harm=icons.harm) for count in icons.counts]
            return self._inset(Stack(*told, *lines))
        if squares_fit(icons, width):
            return self._inset(Stack(*told, icon_arrays(icons)))
        squares = [square_of_marks(count, harm=icons.harm) for count in icons.counts]
        return self._inset(Stack(*told, *squares))

    def _publishers(self, publishers: tuple[tuple[str, tuple[Cite, ...]], ...]) -> Renderable:
        told = RichText("Sources:")
        for name, cites in publishers:
            told.append(f" {name}").append_text(self._text(cites)).append(".")
        return self._inset(told)

    def _source(self, entry: SourceEntry) -> list[Renderable]:
        """Draw a source, its address behind it or on a line of its own."""
        number = f"[{entry.number}] " if entry.number else ""
        mark = (number, "bold")
        together = display_width(f"{number}{entry.sentence} {entry.address}")
        if together <= self.room:
            line = Unwrapped.assemble(" " * self.indent, mark, f"{entry.sentence} ")
            return [line.append(entry.address, self.links.style(entry.address, Style()))]
        inset = display_width(number) if self.wide else 0
        told = RichText(entry.sentence)
        drawn = with_hanging_indent(told, *mark) if inset else RichText.assemble(mark, told)
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
        return Padded(inner, self.indent, self.room, top, bottom)
