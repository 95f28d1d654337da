"""The process of one therapy, step by step."""

from ..errors import NothingFound, UnknownName
from ..library import Library
from ..page import Block, DefinitionList, Page, Paragraph, StepList
from ..store.artifact import TherapyEntry
from .blocks import step_item
from .citations import Citations, json_data, page_footer
from .notices import handout
from .plain_data import cited, to_plain


def walkthrough(library: Library, entry: TherapyEntry, number: int | None = None) -> Page:
    """Tell the process as a timeline, or one step of it.

    number: the step, counted from 1; None for all. Raise UnknownName if there is no such
    step, and NothingFound if no process is recorded.
    """
    steps = entry.therapy.steps
    if not steps:
        raise NothingFound(f"no process is recorded for {entry.therapy.name}")
    if number is not None and not 1 <= number <= len(steps):
        listing = f"steps 1 to {len(steps)}"
        raise UnknownName("step", str(number), [], listing)
    citations = Citations(library)
    shown = range(1, len(steps) + 1) if number is None else [number]
    blocks: list[Block] = []
    if entry.therapy.total_time and number is None:
        blocks.append(Paragraph(citations.labelled("In all:", entry.therapy.total_time), "lead"))
    blocks.append(StepList(tuple(step_item(each, steps[each - 1], citations) for each in shown)))
    sources = citations.page_sources()
    step = f", step {number} of {len(steps)}" if number else ""
    return Page(
        title=f"{entry.therapy.name}: how it goes{step}",
        subtitle=entry.therapy.full_name or "",
        blocks=(*blocks, *sources),
        footer=page_footer(library),
        handout=handout(library, [entry]),
        data=lambda: json_data(
            library,
            "walkthrough",
            therapy={"id": entry.id, "name": entry.therapy.name},
            total_time=cited(entry.therapy.total_time),
            steps=[{"number": each, **to_plain(steps[each - 1])} for each in shown],
            sources=citations.source_data(entry.therapy.total_time),
        ),
        next_commands=(
            library.command("explain", entry.id, "--section", "risks", "--section", "help"),
            library.command("walkthrough", entry.id, "-i"),
        ),
    )


def one_step(library: Library, entry: TherapyEntry, number: int) -> Page:
    """Tell one step alone, for a walk that goes from step to step, with the therapy as its tag."""
    step = entry.therapy.steps[number - 1]
    citations = Citations(library)
    told = step_item(number, step, citations)
    more = [text for label, text in told.details if label == "How long"]
    time = (*told.time, *(part for text in more for part in (". ", *text)))
    rest = tuple(row for row in told.details if row[0] != "How long")
    rows = (("How long", time), *rest) if time else rest
    return Page(
        title=step.title,
        category=entry.therapy.name,
        blocks=(DefinitionList(rows, spaced=True), *citations.source_blocks()),
        data=dict,
    )


def end_of_walk(library: Library, entry: TherapyEntry) -> Page:
    """Tell what a walk ends with: the note, and where to read on."""
    return Page(
        title=f"{entry.therapy.name}: how it goes",
        blocks=(),
        footer=page_footer(library),
        data=dict,
        next_commands=(
            library.command("walkthrough", entry.id),
            library.command("explain", entry.id, "--section", "help"),
        ),
    )
