"""What commands take: the shared options, the arguments, and how each completes."""

import inspect
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from msgspec import structs

from ..errors import DataError, Problem
from ..library import Library
from ..store.artifact import Artifact, CorruptArtifactError
from ..store.cache import bundled_cache, open_bundled, open_knowledge, user_cache
from ..text import normalized
from .output import OutputOptions, emit
from .registry import Command

PageFormat = Literal["terminal", "plain", "markdown", "html", "json"]
TableFormat = Literal["terminal", "plain", "markdown", "html", "json", "csv"]

COMPLETING = "_THERAPYINFO_COMPLETE"
"""The variable by which a shell asks for a completion instead of an answer."""
_PLAIN = re.compile(r"\w[\w.-]*", re.ASCII)
"""A name that every shell reads as a plain word, and this tool as no option."""

Conversation = Callable[[OutputOptions], None]
"""What a command returns in place of a page to talk with the reader, under the same options."""


def _completer(names: Callable[[Library], list[str]]) -> Callable[..., list[str]]:
    """Return a completion of plain values, silent whatever is wrong with the data.

    Values carry no help text: with it, Typer imports Rich on every press of TAB. A value that a
    shell could read as more than a word is never offered, whatever the data says: bash puts it on
    the line as it is, and zsh evaluates what Typer prints.
    """

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        try:
            given = context.params.get("data")
            file = data_file(given if isinstance(given, str) else None)
            found = [] if file == "-" else names(open_library(file))  # stdin is what is typed
        except Exception:  # noqa: BLE001 - a shell waiting for TAB must never see an error
            return []
        begun = normalized(incomplete)
        return [
            name for name in found if _PLAIN.fullmatch(name) and normalized(name).startswith(begun)
        ]

    return complete


_SHARED: dict[str, Any] = {
    "format": typer.Option(
        "-f", "--format", help="How to print it; `terminal` on a terminal, else `plain`."
    ),
    "output": typer.Option(
        "-o", "--output", metavar="FILE", help="Write to FILE instead of stdout."
    ),
    "data": typer.Option(
        "--data", metavar="FILE", help="This knowledge file instead of the built-in one."
    ),
    "region": typer.Option(
        "--region",
        metavar="REGION",
        help="Only the rules, approvals and contacts of this country or area, such as US.",
        autocompletion=_completer(lambda library: list(library.regions)),
    ),
    "width": typer.Option(
        "--width", metavar="N", min=20, max=1000, help="Columns; else COLUMNS, else the terminal."
    ),
    "color": typer.Option("--color", help="When to use colour."),
    "no_pager": typer.Option("--no-pager", help="Print a long page without a pager."),
}


def with_page_options(registered: Command) -> Callable[..., None]:
    """Return a function that takes the shared options, opens the library and prints the page."""
    function = registered.function
    kinds: dict[str, Any] = {
        "format": (TableFormat if registered.table else PageFormat) | None,
        "output": str | None,
        "data": str | None,
        "region": str | None,
        "width": int | None,
        "color": Literal["auto", "always", "never"],
        "no_pager": bool,
    }
    defaults = {name: getattr(OutputOptions(), name) for name in kinds}
    own = list(inspect.signature(function).parameters.values())[1:]
    shared = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults[name],
            annotation=Annotated[kind, _SHARED[name]],
        )
        for name, kind in kinds.items()
    ]

    def command(**given: Any) -> None:
        options = OutputOptions(**{name: given.pop(name) for name in kinds})
        library = _asked_library(options)
        found = function(library, **given)
        if callable(found):
            found(options)
        else:
            page = structs.replace(found, language=library.language)
            emit(page, options, library.files)

    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in (*own, *shared)}
    return command


def _asked_library(options: OutputOptions) -> Library:
    """Return the library of the file and the region that the options or the environment name."""
    library = open_library(options.data)
    region = options.region or os.environ.get("THERAPYINFO_REGION")
    return library.in_region(region) if region else library


def open_library(data: str | None) -> Library:
    """Return the library of a knowledge file.

    data: the file, `-` for stdin; None for THERAPYINFO_DATA, else the built-in one. Raise
    DataError if it cannot be read.
    """
    given = data_file(data)
    try:
        return _open(given, data)
    except (OSError, MemoryError) as err:
        reason = "not enough memory" if isinstance(err, MemoryError) else err.strerror
        path = os.path.expanduser(given) if given else str(builtin_file())
        message = f"cannot read the knowledge file: {reason}"
        raise DataError([Problem(path, 1, 1, "error", "unreadable", "", message)]) from None


def _open(given: str | None, data: str | None) -> Library:
    """Return the library of the file that counts; `data` is what the command line named."""
    builtin = builtin_file()
    path = Path(os.path.expanduser(given)) if given else builtin
    if path == builtin and (shipped := open_bundled(builtin)):
        store = bundled_cache(shipped, builtin)
        return Library(shipped, store, builtin.parent.rglob("*.yaml"), data)
    block = zipped(builtin.with_suffix(".knowledge"))
    if block and path == builtin:
        with suppress(CorruptArtifactError):  # what another version compiled
            return Library(
                Artifact(block), None, builtin.parents, data
            )  # the archive is one of them
    if block or given == "-":
        return _read_uncached(None if given == "-" else path, builtin, data)
    directory = _cache_directory()
    artifact = open_knowledge(path, builtin, directory)
    files = [Path(os.fsdecode(fingerprint.path)) for fingerprint in artifact.header.files]
    return Library(artifact, user_cache(artifact, directory) if directory else None, files, data)


def _read_uncached(path: Path | None, builtin: Path, data: str | None) -> Library:
    """Return the library of a file, or of stdin for None, without a cache to know it again."""
    from ..layers import load
    from ..store.artifact import compile_knowledge
    from .stdin import STDIN, read_bytes

    if path is None and COMPLETING in os.environ:
        raise OSError(0, "at a TAB, standard input is the shell's")
    # A redirected file has a name of its own, and is not to be written over either.
    files = [Path("/dev/stdin")] if path is None else []

    def read(each: Path) -> bytes:
        files.append(each)
        return read_bytes(each)

    loaded = load(path or STDIN, builtin, read)
    return Library(Artifact(compile_knowledge(loaded, "", (), 0)), None, files, data)


def data_file(data: str | None) -> str | None:
    """Return the knowledge file that counts: the one given, else that of THERAPYINFO_DATA.

    None, for neither, is the built-in one.
    """
    return data or os.environ.get("THERAPYINFO_DATA") or None


def builtin_file() -> Path:
    """Return where the built-in knowledge lies: in the package, else at the checkout's root."""
    package = Path(__file__).parents[1]
    places = (package / "data" / "therapies.yaml", package.parent / "data" / "therapies.yaml")
    return next((place for place in places if place.is_file()), places[0])


def zipped(path: Path) -> bytes | None:
    """Return a file of the package where that lies in a zip archive; None where it does not."""
    loader: Any = getattr(sys.modules[__name__].__spec__, "loader", None)
    if not hasattr(loader, "archive"):
        return None
    try:
        return bytes(loader.get_data(str(path.absolute())))
    except OSError:
        return None


def _cache_directory() -> Path | None:
    given = os.environ.get("THERAPYINFO_CACHE")
    if given is not None:
        return Path(os.path.expanduser(given)) if given else None
    from platformdirs import user_cache_dir

    try:
        directory = Path(user_cache_dir("therapyinfo"))
    except (OSError, RuntimeError, KeyError):
        return None
    return directory if directory.is_absolute() else None  # without a home there is no place


def _sections(library: Library) -> list[str]:
    from ..views.section_table import SECTIONS, SOURCES

    return [*(section.id for section in SECTIONS), SOURCES]


_therapy = _completer(lambda library: library.ids)

TherapyName = Annotated[
    list[str],
    typer.Argument(metavar="THERAPY", help="Its id, name or an alias.", autocompletion=_therapy),
]
TherapyNames = Annotated[
    list[str],
    typer.Argument(
        metavar="THERAPY...",
        help="Two or more, each quoted if it has spaces.",
        autocompletion=_therapy,
    ),
]
OptionalTherapy = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[THERAPY]", help="Its id, name or an alias; none for all.", autocompletion=_therapy
    ),
]
OptionalProduct = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]",
        help="A therapy, or a product by its brand or generic name; none for all.",
        autocompletion=_therapy,
    ),
]
TermName = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TERM]",
        help="The word or abbreviation; none for the whole glossary.",
        autocompletion=_completer(lambda library: list(library.glossary)),
    ),
]
SectionNames = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="NAME",
        help="Only this section; may be given again.",
        autocompletion=_completer(_sections),
    ),
]
RowNames = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="ROW",
        help="Only this row; may be given again.",
        autocompletion=_completer(lambda library: [row.id for row in library.comparison]),
    ),
]
Words = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help='The words; "quotes" for a phrase.')
]
StepNumber = Annotated[
    int | None, typer.Option("--step", metavar="N", help="Only this step, counted from 1.")
]
