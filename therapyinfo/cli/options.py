"""What commands take: the shared options, the arguments, and how each completes."""

import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from msgspec import structs

from ..cache import kept_store, open_knowledge, open_shipped, shipped_store
from ..errors import DataError, Problem
from ..library import Library
from ..wording import normalized
from .commands import Command
from .output import Request, answer

PageFormat = Literal["terminal", "plain", "markdown", "html", "json"]
TableFormat = Literal["terminal", "plain", "markdown", "html", "json", "csv"]

_SHARED: dict[str, Any] = {
    "format": typer.Option(
        "-f", "--format", help="How to print it; `terminal` on a terminal, else `plain`."
    ),
    "output": typer.Option(
        "-o", "--output", metavar="FILE", help="Write there instead, whole or not at all."
    ),
    "data": typer.Option(
        "--data", metavar="FILE", help="This knowledge file instead of the built-in one."
    ),
    "width": typer.Option(
        "--width", metavar="N", min=20, max=1000, help="Columns; else COLUMNS, else the terminal."
    ),
    "color": typer.Option("--color", help="Whether to use colour."),
    "no_pager": typer.Option("--no-pager", help="Print a long page without a pager."),
}


def with_page_options(entered: Command) -> Callable[..., None]:
    """Return a function that takes the shared options, opens the library and prints the page."""
    function = entered.function
    kinds: dict[str, Any] = {
        "format": (TableFormat if entered.table else PageFormat) | None,
        "output": str | None,
        "data": str | None,
        "width": int | None,
        "color": Literal["auto", "always", "never"],
        "no_pager": bool,
    }
    defaults = {name: getattr(Request(), name) for name in kinds}
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
        request = Request(**{name: given.pop(name) for name in kinds})
        library = open_library(request.data)
        page = function(library, **given)
        answer(structs.replace(page, language=library.language), request)

    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in (*own, *shared)}
    return command


def open_library(data: str | None) -> Library:
    """Return the library of a knowledge file.

    data: the file; None for THERAPYINFO_DATA, else the built-in one. Raise DataError if it
    cannot be read.
    """
    given = data or os.environ.get("THERAPYINFO_DATA")
    builtin = builtin_file()
    path = Path(os.path.expanduser(given)) if given else builtin
    if path == builtin and (shipped := open_shipped(builtin)):
        return Library(shipped, shipped_store(shipped, builtin))
    directory = _cache_directory()
    try:
        compiled = open_knowledge(path, builtin, directory)
    except OSError as err:
        message = f"cannot read the knowledge file: {err.strerror}"
        problem = Problem(str(path), 1, 1, "error", "unreadable", "", message)
        raise DataError([problem]) from None
    return Library(compiled, kept_store(compiled, directory) if directory else None)


def builtin_file() -> Path:
    """Return where the built-in knowledge lies: in the package, else at the checkout's root."""
    package = Path(__file__).parents[1]
    places = (package / "data" / "therapies.yaml", package.parent / "data" / "therapies.yaml")
    return next((place for place in places if place.is_file()), places[0])


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


def _completer(names: Callable[[Library], list[str]]) -> Callable[..., list[str]]:
    """Return a completion of plain values, silent whatever is wrong with the data.

    Values carry no help text: with it, Typer imports Rich on every press of TAB.
    """

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        try:
            given = context.params.get("data")
            found = names(open_library(given if isinstance(given, str) else None))
        except Exception:  # noqa: BLE001 - a shell waiting for TAB must never see an error
            return []
        begun = normalized(incomplete)
        return [name for name in found if normalized(name).startswith(begun)]

    return complete


def _sections(library: Library) -> list[str]:
    from ..views.explain import SECTIONS

    return ["glance", *SECTIONS, "sources"]


def _regions(library: Library) -> list[str]:
    from ..views.products import regions

    return [region.casefold() for region in regions(library.entries())]


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
MaybeTherapyName = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[THERAPY]", help="Its id, name or an alias; none for all.", autocompletion=_therapy
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
RegionName = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="REGION",
        help="Only this country or area, such as US.",
        autocompletion=_completer(_regions),
    ),
]
Words = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help='What to look for; "quotes" for a phrase.')
]
StepNumber = Annotated[
    int | None, typer.Option("--step", metavar="N", help="Only this step, counted from 1.")
]
