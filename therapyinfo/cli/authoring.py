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
from ..render.options import escape_controls, transliterate
from ..store.locate import builtin_file
from .options import data_file
from .output import encoding_of, write_out
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
    strict: Annotated[bool, typer.Option("--strict", help="Make every warning an error.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Tell too what is due to be checked again by this date."
        ),
    ] = None,
    format: Annotated[
        ReportFormat,
        typer.Option("-f", "--format", help="`json` for programs, `github` for annotations."),
    ] = "text",
) -> None:
    """Check knowledge files: every error and warning, with its place and how to mend it."""
    from ..render.report import report_text

    report, unread = _report(files or [], as_of)
    report = report.strict() if strict else report
    write_out(report_text(report, format, encoding_of(sys.stdout)))
    if report.count("error"):
        raise typer.Exit(DataError.exit_code if unread else 1)


@command("Write", "schema", "therapyinfo schema > therapies.schema.json", prints_page=False)
def schema() -> None:
    """Print the JSON Schema of a knowledge file, by which an editor completes and explains."""
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
    from ..starter import starter

    schema_file = builtin_file().with_name("therapies.schema.json")
    name = "my-centre.yaml" if file == "-" else shell_word(Path(file).name, "utf-8")
    text = starter(schema_file.absolute().as_uri(), _today(), name)
    if file == "-":
        write_out(text)
    else:
        _create(file, text)


def _report(files: list[str], as_of: str | None) -> tuple["Report", bool]:
    """Return what was found in the files, and whether there is one that could not be read.

    Raise DataError if none could be read.
    """
    from ..check import Report, joined
    from ..check import check as check_file
    from .stdin import STDIN, read_bytes

    day = _date(as_of) if as_of is not None else None
    builtin = _relative_to_cwd(builtin_file())
    given = files or list(filter(None, [data_file(None)]))
    paths = [STDIN if file == "-" else _expand_user(file) for file in given] or [builtin]
    unread: list[Problem] = []

    def reports() -> "Iterator[Report]":
        for path in dict.fromkeys(paths):
            try:
                yield check_file(path, builtin, day, read_bytes)
            except (OSError, ValueError, MemoryError) as err:
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


def _expand_user(name: str) -> Path:
    try:
        return Path(os.path.expanduser(name))
    except RuntimeError:  # nobody goes by that name, so it is no home
        return Path(name)


def _today() -> "date":
    from datetime import datetime

    return datetime.now().astimezone().date()


def _create(file: str, text: str) -> None:
    """Write a new file and say how to go on; raise FileExists or CannotWrite."""
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
    if name == transliterate(escape_controls(name), encoding) and "\n" not in name:
        return quote(name)
    plain = f"{ascii_letters}{digits} ._-/".encode()
    spelt = (chr(each) if each in plain else f"\\x{each:02x}" for each in os.fsencode(name))
    return f"$'{''.join(spelt)}'"
