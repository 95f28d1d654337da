"""Layout of a terminal page: stacks, indents and padding, line by line."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text as RichText

from .options import display_width
from .wrapping import as_spaces, line_starts

Line = list[Segment]


class Stack:
    """Renderables under each other, drawn in one go."""

    def __init__(self, *parts: "Renderable") -> None:
        self.parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the lines of every part."""
        for line in lines_of(self, options.max_width, console, options):
            yield from _without_end_space(line)
            yield Segment.line()


class Unwrapped(RichText):
    """Text that stays on one line whatever the width, such as an address."""


class HangingIndent:
    """A renderable with one prefix for its first line and another for the rest."""

    def __init__(self, inner: "Renderable", first: str, others: str, style: str = "") -> None:
        self.inner, self.first, self.others, self.style = inner, first, others, style


class Padded:
    """A renderable with a left margin, a maximum width and blank lines above and below."""

    def __init__(self, inner: "Renderable", left: int, width: int, top: int, bottom: int) -> None:
        self.inner, self.left, self.width = inner, left, width
        self.top, self.bottom = top, bottom


class Columns:
    """Renderables beside each other, each in as many columns as its width says."""

    def __init__(self, parts: "Iterable[Renderable]", widths: Iterable[int], gap: int) -> None:
        self.parts, self.widths, self.gap = tuple(parts), tuple(widths), gap


Renderable = Stack | HangingIndent | Padded | Columns | RenderableType


def with_hanging_indent(inner: Renderable, mark: str, style: str) -> HangingIndent:
    """Return something with a mark before its first line and as much space before the others."""
    return HangingIndent(inner, mark, " " * display_width(mark), style)


def with_left_bar(inner: Renderable, mark: str, style: str) -> HangingIndent:
    """Return something with a mark down its left side, which shows without colour too."""
    return HangingIndent(inner, mark, mark, style)


def lines_of(
    part: Renderable, width: int, console: Console, options: ConsoleOptions
) -> Iterator[Line]:
    """Yield the lines of a part.

    Text is most of a page, and is wrapped here: Rich's way through padding and cropping draws the
    same lines in twice the time.
    """
    match part:
        case Unwrapped():
            yield _styled(part, console)
        case RichText():
            for paragraph in part.split(allow_blank=True):
                starts = line_starts(paragraph.plain, max(width, 1), cell_len)
                yield from (_styled(line, console) for line in paragraph.divide(starts))
        case Stack():
            for each in part.parts:
                yield from lines_of(each, width, console, options)
        case HangingIndent():
            style = Style.parse(part.style)
            mark = part.first
            for line in lines_of(part.inner, width - display_width(mark), console, options):
                yield [Segment(mark, style), *line]
                mark = part.others
        case Columns():
            yield from _beside(part, console, options)
        case Padded():
            yield from ([] for _ in range(part.top))
            space = Segment(" " * part.left)
            for line in lines_of(part.inner, part.width, console, options):
                yield [space, *line]
            yield from ([] for _ in range(part.bottom))
        case _:
            room = options.update(width=max(width, 1), overflow="fold")
            yield from console.render_lines(part, room, pad=False)


def _beside(part: Columns, console: Console, options: ConsoleOptions) -> Iterator[Line]:
    """Yield lines that hold a line of each part, as long as one of them has any."""
    drawn = [
        lines_of(each, width, console, options)
        for each, width in zip(part.parts, part.widths, strict=True)
    ]
    for row in zip_longest(*drawn, fillvalue=()):
        whole: Line = []
        for line, width in zip(row, part.widths, strict=True):
            space = width - sum(segment.cell_length for segment in line) + part.gap
            whole += [*line, Segment(" " * space)]
        yield whole


def _styled(line: RichText, console: Console) -> Line:
    """Return a line in its own style and those of its parts.

    Rich leaves the style of a text without styled parts to whoever prints it.
    """
    if not line.spans:
        return [Segment(as_spaces(line.plain), console.get_style(line.style))]
    return [Segment(as_spaces(text), style) for text, style, _ in line.render(console)]


def _without_end_space(line: Line) -> Line:
    """Return a line without the space at its end, which none of its escapes is to follow."""
    line = list(line)
    while line and not line[-1].text.strip():
        line.pop()
    if line:
        line[-1] = Segment(line[-1].text.rstrip(), line[-1].style)
    return line
