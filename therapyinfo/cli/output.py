"""Where an answer goes: format, width and colour, then a stream, a file or a pager."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from msgspec import Struct

from ..errors import OutputError, UsageError
from ..page import Page
from ..render import BY_SUFFIX, FOR_PROGRAMS, ON_SCREEN, Format, render
from ..render.options import MIN_WIDTH, RenderOptions, printable
from .environment import is_on, knows_links, today
from .registry import COMMANDS
from .streams import CLOSED_PIPE, write_fully

OTHER_WAYS = {
    ".pdf": "write .html and print it to PDF in a browser, or with chromium --print-to-pdf",
    ".docx": "write .md and convert it, with pandoc for instance",
    ".xlsx": "write .csv and open that",
    ".tsv": "write .csv",
}
"""What to do for an ending that people ask for and that no format has."""


class OutputOptions(Struct, frozen=True):
    """The options that every page takes.

    Attributes:
        format: The format; None for the one that fits where the answer goes.
        output: The file to write; None or `-` for stdout.
        data: The knowledge file; None for THERAPYINFO_DATA or the built-in one.
        region: The only region to tell of; None for THERAPYINFO_REGION or all regions.
        width: The columns; None for those of the terminal.
        color: `auto`, `always` or `never`.
        no_pager: Whether a long page is printed without a pager.
        no_sources: Whether the list of sources and the numbers that name them are left out.
    """

    format: Format | None = None
    output: str | None = None
    data: str | None = None
    region: str | None = None
    width: int | None = None
    color: str = "auto"
    no_pager: bool = False
    no_sources: bool = False

    @property
    def file(self) -> str | None:
        """The file to write; None for stdout, which `-` names too."""
        return None if self.output in ("", "-") else self.output


def emit(page: Page, options: OutputOptions, read: Iterable[Path] = ()) -> None:
    """Render a page and write it to a file, a pager or stdout.

    Args:
        page: The answer.
        options: The shared options.
        read: The files that the page was made from, which are never written over.

    Raises:
        UsageError: The page has no such format, or the file is one of those that were read.
        OutputError: The answer could not be written.
    """
    format = page_format(options)
    if format == "csv" and page.csv_rows is None:
        tables = ", ".join(command.name for command in COMMANDS.values() if command.table)
        raise UsageError(f"this page has no table; csv works with {tables}")
    if options.no_sources:
        page = _without_sources(page, format)
    text = render(page, format, render_options(options, format))
    if options.file is not None:
        from .files import write_file

        write_file(os.path.expanduser(options.file), text, read)
    elif format not in ON_SCREEN or not _paged(page.title, text, options):
        write_out(text)


def _without_sources(page: Page, format: Format) -> Page:
    if format in FOR_PROGRAMS:
        raise UsageError(f"--no-sources is for pages that people read, not for {format}")
    from ..views.citations import without_sources

    return without_sources(page)


def _made_on() -> str:
    from ..views.citations import format_date

    return format_date(today().isoformat())


def render_options(options: OutputOptions, format: Format) -> RenderOptions:
    """Return the options of the renderer for this terminal, pipe or file."""
    to_file = options.file is not None
    document = format not in (*ON_SCREEN, *FOR_PROGRAMS)
    terminal = _is_terminal(sys.stdout) and not to_file
    return RenderOptions(
        width=options.width or _width(),
        color=format == "terminal" and wants_color(options.color, terminal),
        links=knows_links(),
        show_next=terminal,
        encoding="utf-8" if to_file or format == "json" else encoding_of(sys.stdout),
        tabular=format == "plain" and options.format is None and not terminal,
        made_on=_made_on() if document else "",
    )


def screen_options(stream: TextIO | None) -> RenderOptions | None:
    """Return how messages are to look on a stream that is a terminal; None for any other."""
    if not _is_terminal(stream):
        return None
    color = wants_color("auto", terminal=True)
    return RenderOptions(width=_width(), color=color, encoding=encoding_of(stream))


def wants_color(color: str, terminal: bool) -> bool:
    """Return whether to colour: the option, then NO_COLOR, FORCE_COLOR, and the terminal."""
    if color != "auto":
        return color == "always"
    if is_on("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return is_on("FORCE_COLOR")
    return terminal and os.environ.get("TERM") != "dumb"


def encoding_of(stream: TextIO | None) -> str:
    """Return what a stream can carry: ASCII where the user's locale says plainly `C`."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, names), "")
    chosen = os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8") == "1"
    return "ascii" if locale in ("C", "POSIX") and not chosen else encoding


def write_out(text: str) -> None:
    """Write to stdout until every byte is taken.

    A reader who went away, as `head` does, has seen enough: that is not an error.

    Raises:
        OutputError: Stdout is closed, or does not take everything.
    """
    stream = sys.stdout
    if stream is None or stream.closed:
        raise OutputError("cannot write the answer: standard output is closed")
    try:
        stream.flush()
        buffer = getattr(stream, "buffer", None)
        if buffer is None:  # text in memory, as where the tool runs inside another program
            stream.write(text)
            stream.flush()
        else:
            encoded = text.replace("\n", os.linesep).encode(stream.encoding, "backslashreplace")
            write_fully(getattr(buffer, "raw", buffer), encoded)
    except OSError as err:
        if err.errno not in CLOSED_PIPE:
            sys.stdout = None  # no error as JSON after a part of an answer
            raise OutputError(f"cannot write the answer: {err.strerror}") from None
        silence_stdout()


def silence_stdout() -> None:
    """Send the rest of stdout nowhere, so that the interpreter does not complain at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None  # as it is when a process starts without one


def is_interactive() -> bool:
    """Return whether a person can answer: stdin and stdout are both terminals."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def page_format(options: OutputOptions) -> Format:
    """Return the format asked for, else the one that fits where the answer goes.

    Raises:
        UsageError: The name of the file ends as no format does.
    """
    if options.format:
        return options.format
    if options.file is not None:
        return _format_of_file(options.file)
    linear = is_on("ACCESSIBLE") or os.environ.get("TERM") == "dumb"
    return "terminal" if _is_terminal(sys.stdout) and not linear else "plain"


def _format_of_file(file: str) -> Format:
    ending = Path(file).suffix.casefold()
    if ending in BY_SUFFIX:
        return BY_SUFFIX[ending]
    other = OTHER_WAYS.get(ending, "end it in .html, .md, .json, .csv or .txt")
    raise UsageError(f"no format has the ending {ending!r}: {other}, or choose a format with -f")


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return max(int(columns), MIN_WIDTH)
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            found = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if stream is sys.stdout and found:
            return max(found, MIN_WIDTH)
    return 80


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False


def _paged(title: str, text: str, options: OutputOptions) -> bool:
    """Return whether a pager has shown the text."""
    if options.no_pager or not is_interactive():
        return False
    from .pager import page_through

    encoding = encoding_of(sys.stdout)
    return page_through(printable(title, encoding), text, encoding)
