"""The commands for those who write knowledge: check it, see its schema, start a layer.

This module is read on every start, so what checks and writes is imported where it is used.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ..errors import DataError, OutputError, Problem, UsageError, unreadable
from ..render.options import printable
from ..store.locate import builtin_file
from .environment import today
from .knowledge import STDIN, data_file, read_bytes
from .output import encoding_of, screen_options, write_out
from .registry import command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..check import Report

ReportFormat = Literal["text", "json", "github"]


@command(
    "Write",
    "check",
    "therapyinfo check my-centre.yaml",
    "therapyinfo check --strict -f github data/therapies.yaml",
    prints_page=False,
)
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE...]",
            help="Knowledge files; `-` for stdin; none for THERAPYINFO_DATA or the built-in one.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Also list what is due to be checked again by this date.",
        ),
    ] = None,
    format: Annotated[
        ReportFormat,
        typer.Option("-f", "--format", help="`json` for programs, `github` for annotations."),
    ] = "text",
) -> None:
    """Check knowledge files: list every error and warning with its place and how to fix it."""
    read = FileReader()
    report, unread = _report(files or [], as_of, read)
    report = report.strict() if strict else report
    write_out(_report_text(report, format, read))
    if report.count("error"):
        raise typer.Exit(DataError.exit_code if unread else 1)


@command("Write", "schema", "therapyinfo schema > therapies.schema.json", prints_page=False)
def schema() -> None:
    """Print the JSON Schema of knowledge files, for completion and checks in an editor."""
    from ..schema import schema_text

    write_out(schema_text())


@command(
    "Write",
    "new",
    "therapyinfo new my-centre.yaml",
    "therapyinfo new - | therapyinfo check -",
    prints_page=False,
)
def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write it; `-` prints it.")],
) -> None:
    """Write a layer to start your own knowledge from, with an example of every entry."""
    schema_file = builtin_file().with_name("therapies.schema.json")
    name = "my-centre.yaml" if file == "-" else shell_word(Path(file).name, "utf-8")
    text = example_layer(schema_file.absolute().as_uri(), today(), name)
    if file == "-":
        write_out(text)
    else:
        _create(file, text)


def example_layer(schema: str, today: "date", name: str) -> str:
    """Return a layer to start from: small, commented, with one example of every entry.

    Args:
        schema: The address of the JSON Schema, for editors.
        today: Its date.
        name: What the file is called, as a shell reads it.

    """
    from pkgutil import get_data  # which reads from a zip application too

    text = (get_data("therapyinfo", "templates/layer.yaml") or b"").decode()
    day = today.isoformat()
    # A layer that can be checked as it is holds what is replaced here.
    values = {
        "../../data/therapies.schema.json": schema,
        "my-centre.yaml": name,
        "2026-11-25": day,
        "2026-11": day[:7],
    }
    return re.sub("|".join(map(re.escape, values)), lambda found: values[found[0]], text)


def _report_text(report: "Report", format: ReportFormat, read: "FileReader") -> str:
    from ..render.report import report_text, screen_report

    look = screen_options(sys.stdout) if format == "text" else None
    if look is None:
        return report_text(report, format, encoding_of(sys.stdout))
    return screen_report(report, read.line, look)


class FileReader:
    """Reads files and keeps them: what came from standard input cannot be read again."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._lines: dict[str, list[str]] = {}

    def __call__(self, path: Path) -> bytes:
        """Return what a file holds; raise OSError."""
        content = self._contents[str(path)] = read_bytes(path)
        return content

    def line(self, path: str, number: int) -> str | None:
        """Return a line of a file that was read, counted from 1; None where there is none."""
        if path not in self._lines:
            text = self._contents.get(path, b"").decode("utf-8-sig", "replace")
            self._lines[path] = re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)  # as YAML has lines
        lines = self._lines[path]
        return lines[number - 1] if number <= len(lines) else None


def _report(files: list[str], as_of: str | None, read: FileReader) -> tuple["Report", bool]:
    """Return what was found in the files, and whether there is one that could not be read.

    Raise DataError if none could be read.
    """
    from ..check import Report, joined
    from ..check import check as check_file

    day = _date(as_of) if as_of is not None else None
    builtin = _relative_to_cwd(builtin_file())
    given = files or list(filter(None, [data_file(None)]))
    paths = [STDIN if file == "-" else Path(os.path.expanduser(file)) for file in given]
    unread: list[Problem] = []

    def reports() -> "Iterator[Report]":
        for path in dict.fromkeys(paths or [builtin]):
            try:
                yield check_file(path, builtin, day, read)
            except (OSError, ValueError, MemoryError) as err:
                err.with_traceback(None)  # its frames may hold all the memory that there is
                unread.extend(unreadable(str(path), err).problems)
                yield Report((str(path),), (unread[-1],), (str(path),))

    report = joined(reports())
    if len(unread) == len(report.checked):
        raise DataError(unread)
    return report, bool(unread)


def _date(text: str) -> "date":
    from datetime import date

    with suppress(ValueError):
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    raise UsageError(f"--as-of takes a date that exists, such as 2026-11-25, not {text!r}")


def _relative_to_cwd(path: Path) -> Path:
    """Return the path as it is from the current directory, if it lies in there."""
    try:
        here = Path(os.path.curdir).resolve()
    except OSError:  # the current directory was deleted
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path


def _create(file: str, text: str) -> None:
    """Write a new file and say how to go on."""
    from .files import create_file

    create_file(os.path.expanduser(file), text)
    word = shell_word(file, encoding_of(sys.stdout))
    try:
        write_out(f"{word} is written. Edit it, then: therapyinfo check {word}\n")
    except OutputError as err:
        raise OutputError(f"{word} is written, but {err}") from None


def shell_word(name: str, encoding: str) -> str:
    r"""Return a file's name as a shell reads it, in what the encoding can carry.

    >>> shell_word("my centre.yaml", "ascii"), shell_word("-é.yaml", "ascii")
    ("'my centre.yaml'", "$'./-\\xc3\\xa9.yaml'")
    """
    from shlex import quote
    from string import ascii_letters, digits

    name = f"./{name}" if name.startswith("-") else name
    if name == printable(name, encoding) and "\n" not in name:
        return quote(name)
    plain = f"{ascii_letters}{digits} ._-/".encode()
    spelt = (chr(each) if each in plain else f"\\x{each:02x}" for each in os.fsencode(name))
    return f"$'{''.join(spelt)}'"
