"""What commands take: the shared options, the arguments, and how each completes."""

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer
from msgspec import structs

from ..errors import IllnessNamed
from ..library import Library
from ..page import Page
from ..render import Format, PageFormat
from .environment import today
from .knowledge import ask
from .output import OutputOptions, emit
from .registry import Command
from .values import completer, regions, rows, sections, terms, therapies

Conversation = Callable[[OutputOptions], None]
"""What a command returns in place of a page to talk with the reader, under the same options."""

SHARED: dict[str, Any] = {
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
        autocompletion=completer(regions),
    ),
    "width": typer.Option(
        "--width", metavar="N", min=20, max=1000, help="Columns; else COLUMNS, else the terminal."
    ),
    "color": typer.Option("--color", help="When to use colour."),
    "no_pager": typer.Option("--no-pager", help="Print a long page without a pager."),
    "no_sources": typer.Option(
        "--no-sources", help="Without the sources and their numbers; not for json and csv."
    ),
}
"""The options of every command that prints a page."""


def with_page_options(registered: Command) -> Callable[..., None]:
    """Return a function that takes the shared options, opens the library and prints the page."""
    function = registered.function
    kinds: dict[str, Any] = {
        "format": (Format if registered.table else PageFormat) | None,
        "output": str | None,
        "data": str | None,
        "region": str | None,
        "width": int | None,
        "color": Literal["auto", "always", "never"],
        "no_pager": bool,
        "no_sources": bool,
    }
    defaults = {name: getattr(OutputOptions(), name) for name in kinds}
    own = list(inspect.signature(function).parameters.values())[1:]
    context = _parameter("context", inspect.Parameter.empty, typer.Context)
    shared = [
        _parameter(name, defaults[name], Annotated[kind, SHARED[name]])
        for name, kind in kinds.items()
    ]

    def command(context: typer.Context, **given: Any) -> None:
        options = OutputOptions(**{name: given.pop(name) for name in kinds})

        def question(whole: Library) -> tuple[Any, Library]:
            return _answer(whole, options, registered, given)

        found, library = ask(options.data, question, context.find_root().obj)
        if callable(found):
            found(options)
        else:
            emit(_finished(found, library), options, library.files)

    every = [context, *own, *shared]
    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in every}
    return command


def _finished(page: Page, library: Library) -> Page:
    """Return a page with what every page says: its language, and its age where it is overdue."""
    from ..views.notices import with_age

    told = structs.replace(page, language=library.language)
    return with_age(told, library.reviewed, today().isoformat())


def _parameter(name: str, default: Any, annotation: Any) -> inspect.Parameter:
    is_first = name == "context"
    kind = inspect.Parameter.POSITIONAL_ONLY if is_first else inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def _answer(
    library: Library, options: OutputOptions, registered: Command, given: dict[str, Any]
) -> tuple[Any, Library]:
    """Return what a command finds, and the library of the region that it was asked of.

    Where it asks for one therapy and an illness is named, that is what is used for the illness.
    """
    region = options.region or os.environ.get("THERAPYINFO_REGION")
    asked = library.in_region(region, options.region) if region else library
    try:
        found = registered.function(asked, **given)
    except IllnessNamed as err:
        if "therapy" not in given:
            raise
        from ..views.illness import used_for

        return used_for(asked, err.illness, registered.name), asked
    if asked.reasons and isinstance(found, Page):
        from ..views.notices import with_reasons

        found = with_reasons(found, tuple(asked.reasons.values()))
    return found, asked


_therapy = completer(therapies)

TherapyName = Annotated[
    list[str],
    typer.Argument(
        metavar="THERAPY", help="A therapy, or a product or code of it.", autocompletion=_therapy
    ),
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
        metavar="[THERAPY]",
        help="A therapy, or a product or code of it; none for all.",
        autocompletion=_therapy,
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
        autocompletion=completer(terms),
    ),
]
SectionNames = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="NAME",
        help="Only this section, such as price; may be given again.",
        autocompletion=completer(sections),
    ),
]
RowNames = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="ROW",
        help="Only this row, such as cost; may be given again.",
        autocompletion=completer(rows),
    ),
]
Within = Annotated[
    str | None,
    typer.Option(
        "--in",
        metavar="THERAPY",
        help="Only what is said of this therapy.",
        autocompletion=_therapy,
    ),
]
Words = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help="A question, or words to look for.")
]
StepNumber = Annotated[
    int | None, typer.Option("--step", metavar="N", help="Only this step, counted from 1.")
]
