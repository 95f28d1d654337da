"""The commands: each asks the library, calls a view and returns the page."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from ..errors import UsageError
from ..library import Library
from ..names import spoken_names
from ..page import Page
from ..store.artifact import TherapyEntry
from . import authoring as _authoring  # noqa: F401 - it registers its commands
from .front import home
from .help import HelpfulGroup
from .knowledge import open_library
from .options import (
    Conversation,
    OptionalProduct,
    OptionalTherapy,
    RowNames,
    SectionNames,
    StepNumber,
    TermName,
    TherapyName,
    TherapyNames,
    Within,
    Words,
)
from .registry import command


def build() -> typer.Typer:
    """Return the program, which builds a command when it is first asked for."""
    app = typer.Typer(
        cls=HelpfulGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(home)
    return app


@command("Learn", "list", "therapyinfo list", "therapyinfo list -f csv", table=True)
def list_therapies(
    library: Library,
    full: Annotated[
        bool, typer.Option("--full", help="In JSON, the whole knowledge: every record.")
    ] = False,
) -> Page:
    """List every therapy, grouped by category."""
    from ..views import catalogue

    return catalogue.catalogue(library, full=full)


@command(
    "Learn",
    "explain",
    "therapyinfo explain car-t",
    "therapyinfo explain car-t --brief",
    "therapyinfo explain car-t --section risks --section help",
    "therapyinfo explain car-t -f html -o car-t.html",
)
def explain(  # noqa: PLR0913, PLR0917 - Typer makes an option of each parameter
    library: Library,
    therapy: TherapyName,
    brief: Annotated[bool, typer.Option("--brief", help="Only what fits on one screen.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Every section, each whole.")] = False,
    section: SectionNames = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="Only the sources of the page, line by line.")
    ] = False,
) -> Page:
    """Explain one therapy, with a source for every claim."""
    from ..views import explain as view

    if brief + full + bool(section) + sources > 1:
        raise UsageError("choose one of --brief, --full, --section and --sources")
    entry = library.find(" ".join(therapy))
    if sources:
        return view.explain_sources(library, entry)
    if section:
        return view.explain_sections(library, entry, section)
    return view.explain(library, entry, full=full, brief=brief)


@command(
    "Learn",
    "walkthrough",
    "therapyinfo walkthrough car-t",
    "therapyinfo walkthrough car-t --step 3",
    "therapyinfo walkthrough car-t -i",
)
def walkthrough(
    library: Library,
    therapy: TherapyName,
    step: StepNumber = None,
    interactive: Annotated[
        bool, typer.Option("-i", "--interactive", help="One step at a time, at your pace.")
    ] = False,
) -> Page | Conversation:
    """Go through the process of a therapy, step by step."""
    from ..views.walkthrough import walkthrough as view

    entry = library.find(" ".join(therapy))
    if interactive:
        from .interactive import step_through

        return partial(step_through, library, entry, step)
    return view(library, entry, step)


@command(
    "Learn",
    "compare",
    "therapyinfo compare car-t msc",
    "therapyinfo compare car-t hsct --on main-harms --on cost",
    "therapyinfo compare car-t nk-nkt msc growth-factor -f markdown",
    table=True,
)
def compare(library: Library, therapies: TherapyNames, on: RowNames = None) -> Page:
    """Compare therapies side by side."""
    from ..views import compare as view

    names = library.lookup.names_in(therapies) or spoken_names(therapies)
    entries = list({entry.id: entry for entry in map(library.find, names)}.values())
    if len(entries) < 2:
        raise UsageError(_two_are_needed(library, entries))
    return view.compare(library, entries, [view.find_row(library, row) for row in on or []])


def _two_are_needed(library: Library, given: Sequence[TherapyEntry]) -> str:
    """Return what to tell who names fewer than two therapies, with one that goes with theirs."""
    told = f"{' '.join(library.reasons.values())} compare takes two different therapies or more."
    for entry in given:
        others = [*entry.therapy.related, *entry.differences, *library.ids]
        other = next(id for id in others if id != entry.id)
        return f"{told.strip()} For example: {library.command('compare', entry.id, other)}"
    return f"{told.strip()} See: {library.command('list')}"


@command(
    "Learn",
    "numbers",
    "therapyinfo numbers car-t",
    "therapyinfo numbers car-t -f csv",
    table=True,
)
def numbers(library: Library, therapy: OptionalTherapy = None) -> Page:
    """Show what trials counted: benefits and harms, in 100 people each."""
    from ..views import numbers as view

    if not therapy:
        return view.overview(library)
    return view.numbers(library, library.find(" ".join(therapy)))


@command(
    "Look up",
    "products",
    "therapyinfo products car-t",
    "therapyinfo products kymriah",
    "therapyinfo products --region EU -f csv",
    table=True,
)
def products(library: Library, therapy: OptionalProduct = None) -> Page:
    """List products by region: who approved what, when, and for what."""
    from ..views import products as view

    if not therapy:
        return view.products(library, library.entries())
    name = " ".join(therapy)
    entry = library.find(name)
    if name != entry.id and (found := view.find_product(library, name)):
        return view.one_product(library, found)
    return view.products(library, [entry])


@command(
    "Look up",
    "search",
    "therapyinfo search driving",
    'therapyinfo search "cytokine release"',
    "therapyinfo search can I drive --in car-t --region us",
    table=True,
)
def search(library: Library, words: Words, within: Within = None) -> Page:
    """Search all text; the best hits come first, each with the command that opens it."""
    from ..views.search import search_page

    quoted = (f'"{word}"' if " " in word and '"' not in word else word for word in words)
    return search_page(library, " ".join(quoted), within)


@command(
    "Look up",
    "define",
    "therapyinfo define leukapheresis",
    "therapyinfo define",
    "therapyinfo define --full",
    table=True,
)
def define(
    library: Library,
    term: TermName = None,
    full: Annotated[bool, typer.Option("--full", help="Every word with its meaning.")] = False,
) -> Page:
    """Say what a word means, in plain words."""
    from ..views import reference

    if term:
        return reference.define(library, " ".join(term))
    return reference.glossary(library, full=full)


@command(
    "Look up",
    "sources",
    "therapyinfo sources car-t",
    "therapyinfo sources -f csv",
    table=True,
)
def sources(library: Library, therapy: OptionalTherapy = None) -> Page:
    """List the sources, with publisher, date and address."""
    from ..views import reference

    return reference.sources(library, library.find(" ".join(therapy)) if therapy else None)


@command(
    "Look up",
    "changes",
    "therapyinfo changes old.yaml --therapy car-t",
    "therapyinfo changes old.yaml new.yaml --full",
    "therapyinfo changes old.yaml new.yaml -f html -o changes.html",
)
def changes(
    library: Library,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The older knowledge file.")],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="The newer one; none for --data or the built-in one."),
    ] = None,
    therapy: Annotated[
        str | None, typer.Option("--therapy", metavar="NAME", help="Only what is of this therapy.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Both texts of every record.")] = False,
) -> Page:
    """Tell what changed between two knowledge files, record by record."""
    from ..views import changes as view

    before, after = open_library(old), open_library(new) if new else library
    id = view.find_therapy(before, after, therapy) if therapy else None
    return view.changes(before, after, id, full=full)
