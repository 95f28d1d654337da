"""Where an answer goes: format, width and colour, then a stream, a file or a pager."""

import errno
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from msgspec import Struct

from ..errors import CannotWrite, UsageFault
from ..page import Page
from ..render import Format, render
from ..render.look import NARROWEST, Look
from .environment import is_set, knows_links

CLOSED_PIPE = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)
BY_SUFFIX: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
}


class Request(Struct, frozen=True):
    """The options that every page takes; None where the user gave none."""

    format: Format | None = None
    output: str | None = None
    data: str | None = None
    width: int | None = None
    color: str = "auto"
    no_pager: bool = False

    @property
    def file(self) -> str | None:
        """The file to write; None for stdout, which `-` names too."""
        return None if self.output in ("", "-") else self.output


def answer(page: Page, request: Request) -> None:
    """Render a page and put it where it is to go; raise CannotWrite, UsageFault or OSError."""
    format = page_format(request)
    if format == "csv" and page.cells is None:
        raise UsageFault("this page is no table, csv is for compare, list and products")
    text = render(page, format, look_for(request, format))
    if request.file is not None:
        write_file(Path(os.path.expanduser(request.file)), text)
    elif format not in ("terminal", "plain") or not _paged(text, request):
        write_out(text)


def look_for(request: Request, format: Format) -> Look:
    """Return how a page is to look: on this terminal, in a pipe, or in a file."""
    to_file = request.file is not None
    terminal = _is_terminal(sys.stdout) and not to_file
    return Look(
        width=request.width or _width(),
        color=format == "terminal" and wants_color(request.color, terminal),
        links=knows_links(),
        hints=terminal,
        encoding="utf-8" if to_file or format == "json" else encoding_of(sys.stdout),
        as_lines=format == "plain" and request.format is None and not terminal,
    )


def wants_color(color: str, terminal: bool) -> bool:
    """Return whether to colour: the option, then NO_COLOR, FORCE_COLOR, and the terminal."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced.casefold() not in ("0", "false", "no", "off")
    return terminal and os.environ.get("TERM") != "dumb"


def encoding_of(stream: TextIO | None) -> str:
    """Return what a stream can carry: ASCII where the user's locale says plainly `C`."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, names), "")
    chosen = os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8") == "1"
    return "ascii" if locale in ("C", "POSIX") and not chosen else encoding


def write_out(text: str) -> None:
    """Write to stdout and flush, so that a full disk is noticed; raise OSError or CannotWrite.

    A reader who went away, as `head` does, has seen enough: that is no error.
    """
    if sys.stdout is None:
        raise CannotWrite("cannot write the answer: standard output is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as err:
        if err.errno not in CLOSED_PIPE:
            raise
        silence_stdout()


def silence_stdout() -> None:
    """Send the rest of stdout nowhere, so that the interpreter does not complain at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None  # as it is when a process starts without one


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; raise CannotWrite."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8")
            return
        unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            with unfinished.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.replace(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as err:
        raise CannotWrite(f"cannot write {str(path)!r}: {err.strerror}") from None


def is_interactive() -> bool:
    """Return whether a person can answer: stdin and stdout are both terminals."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def page_format(request: Request) -> Format:
    """Return the format asked for, else the one that fits where the answer goes."""
    if request.format:
        return request.format
    if request.file is not None:
        return BY_SUFFIX.get(Path(request.file).suffix.casefold(), "plain")
    return "plain" if _wants_plain(request.color) else "terminal"


def _wants_plain(color: str) -> bool:
    """Return whether plain text is the default: in a pipe, or where a terminal asks for it."""
    terminal = _is_terminal(sys.stdout)
    if terminal:
        return is_set("ACCESSIBLE") or os.environ.get("TERM") == "dumb"
    return not wants_color(color, terminal)


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return max(int(columns), NARROWEST)
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            found = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if stream is sys.stdout and found:
            return max(found, NARROWEST)
    return 80


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False


def _paged(text: str, request: Request) -> bool:
    """Return whether a pager has shown the text."""
    if request.no_pager or not is_interactive():
        return False
    from .pager import page_through

    return page_through(text, encoding_of(sys.stdout))
