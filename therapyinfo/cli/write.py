"""The commands for those who write knowledge: check it, see its schema, start a layer.

This module is read on every start, so what checks and writes is imported where it is used.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ..command_line import command_line
from ..errors import CannotWrite, DataError, FileExists, Problem
from .commands import command
from .options import builtin_file, data_file
from .output import encoding_of, write_out

if TYPE_CHECKING:
    from datetime import date

    from ..linting import Report

ReportFormat = Literal["text", "json", "github"]

STDIN = Path("<stdin>")
"""How problems name what came from standard input."""


@command(
    "Write",
    "check",
    "therapyinfo check my-centre.yaml",
    "therapyinfo check --strict -f github data/therapies.yaml",
    prints_page=False,
)
def check(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help="A knowledge file; `-` for stdin; none for THERAPYINFO_DATA or the built-in one.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Make every warning a fault.")] = False,
    format: Annotated[
        ReportFormat,
        typer.Option("-f", "--format", help="`json` for programs, `github` for annotations."),
    ] = "text",
) -> None:
    """Check a knowledge file: every fault and warning, with its place and how to mend it."""
    from ..render.problems import problems_text

    report = _report(data_file(file))
    report = report.strict() if strict else report
    write_out(problems_text(report, format, encoding_of(sys.stdout)))
    if report.count("error"):
        raise typer.Exit(1)


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
    text = starter(schema_file.absolute().as_uri(), _today(), Path(file).name)
    if file == "-":
        write_out(text)
    else:
        _create(_home_path(file), text)
        write_out(f"{file} is written. Edit it, then: {command_line('check', file)}\n")


def _report(file: str | None) -> "Report":
    from ..linting import check as check_file

    builtin = _from_here(builtin_file())
    path = STDIN if file == "-" else _home_path(file) if file else builtin
    try:
        return check_file(path, builtin, _today(), _read_bytes)
    except (OSError, ValueError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        message = f"cannot read the knowledge file: {reason}"
        raise DataError([Problem(str(path), 1, 1, "error", "unreadable", "", message)]) from None


def _read_bytes(path: Path) -> bytes:
    """Return what a file holds, up to one byte more than is read; raise OSError."""
    from ..yamlfile import MAX_BYTES

    if path != STDIN:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _from_here(path: Path) -> Path:
    """Return the path as it is from the current directory, if it lies in there."""
    here = Path(os.path.curdir).resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _home_path(name: str) -> Path:
    try:
        return Path(os.path.expanduser(name))
    except RuntimeError:  # nobody goes by that name, so it is no home
        return Path(name)


def _today() -> "date":
    from datetime import datetime

    return datetime.now().astimezone().date()


def _create(path: Path, text: str) -> None:
    """Write a file that is not there yet; raise FileExists or CannotWrite."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        message = f"{str(path)!r} is there already, and nothing is ever overwritten"
        raise FileExists(f"{message}. Choose another name.") from None
    except (OSError, ValueError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        raise CannotWrite(f"cannot write {str(path)!r}: {reason}") from None
