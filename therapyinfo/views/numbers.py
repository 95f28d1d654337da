"""Results of trials: the page of `numbers`, and the pictures of other pages."""

from collections.abc import Iterator, Sequence

from ..inlines import Text
from ..library import Library
from ..page import Block, DefinitionList, Grid, Heading, IconArray, IconCount, Page, Paragraph
from ..records import Outcome
from ..store.artifact import TherapyEntry
from ..text import lower_first, upper_first
from .blocks import filled_grid
from .citations import Citations, json_data, page_footer
from .plain_data import to_plain
from .results import (
    caption,
    counted,
    difference,
    group_name,
    in_100,
    result_name,
    short_count,
    trial_and_date,
)

NO_COMPARISON = "no comparison group"
INTRO = (
    "Results of different trials cannot be set against each other: the people in them differed."
    " Nobody can say in advance which of the 100 you will be."
)

HEAD = ("Result", "With", "Without", "Difference")

CSV_COLUMNS = (
    "therapy kind result trial group n with in_100 compared_with without comparison_in_100"
    " difference as_of"
).split()


def numbers(library: Library, entry: TherapyEntry) -> Page:
    """Set out the benefits and harms that named trials counted, in 100 people each."""
    citations = Citations(library)
    blocks = outcome_blocks(entry, citations, level=2)
    intro = INTRO if blocks else "No trial results are recorded for this therapy."
    if any(each.comparison for each in entry.therapy.outcomes):
        intro = f"Nothing stands under Without where no group was compared. {INTRO}"
    sources = citations.page_sources()
    return Page(
        title=f"{entry.therapy.name}: the numbers",
        blocks=(*_summary(entry), Paragraph((intro,)), *blocks, *sources),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "numbers",
            therapy={"id": entry.id, "name": entry.therapy.name},
            outcomes=[_outcome_data(outcome) for outcome in entry.therapy.outcomes],
            sources=citations.source_data(),
        ),
        next_commands=(
            library.command("explain", entry.id, "--section", "benefits", "--section", "risks"),
            *((library.command("products", entry.id),) if entry.therapy.products else ()),
        ),
        csv_rows=(tuple(CSV_COLUMNS), *(_csv_row(entry.id, each) for each in _ordered(entry))),
    )


def overview(library: Library) -> Page:
    """Tell how many results each therapy has."""
    rows = [
        (entry, len(_of_kind(entry, "benefit")), len(_of_kind(entry, "harm")))
        for entry in library.entries()
    ]
    lines = tuple(
        ((entry.id,), (entry.therapy.name,), (str(benefits),), (str(harms),))
        for entry, benefits, harms in rows
    )
    return Page(
        title="Results of trials",
        blocks=(Grid(lines, ("Therapy", "Name", "Benefits", "Harms")),),
        footer=page_footer(library),
        data=lambda: json_data(
            library,
            "numbers",
            therapies=[
                {"id": entry.id, "name": entry.therapy.name, "benefits": benefits, "harms": harms}
                for entry, benefits, harms in rows
            ],
        ),
        next_commands=(library.command("numbers", library.ids[0]),),
        csv_rows=(
            tuple(CSV_COLUMNS),
            *(_csv_row(entry.id, each) for entry, _, _ in rows for each in _ordered(entry)),
        ),
    )


def outcome_blocks(entry: TherapyEntry, citations: Citations, level: int) -> tuple[Block, ...]:
    """Return the benefits, then the harms, under headings of this level."""
    blocks: list[Block] = []
    for anchor, heading, chosen in _groups(entry):
        blocks.append(Heading(heading, level, anchor=f"numbers-{anchor}"))
        for outcome in chosen:
            blocks += _outcome(outcome, entry, citations, level + 1)
    return tuple(blocks)


def _of_kind(entry: TherapyEntry, kind: str) -> list[Outcome]:
    return [outcome for outcome in entry.therapy.outcomes if outcome.kind == kind]


def _groups(entry: TherapyEntry) -> Iterator[tuple[str, str, Sequence[Outcome]]]:
    """Yield an anchor, a heading and the results under it; none is empty."""
    benefits = _of_kind(entry, "benefit")
    groups = (
        ("benefit", "Benefits", [each for each in benefits if each.finding != "no-difference"]),
        (
            "none",
            "No benefit shown",
            [each for each in benefits if each.finding == "no-difference"],
        ),
        ("harm", "Harms", _of_kind(entry, "harm")),
    )
    return (group for group in groups if group[2])


def _ordered(entry: TherapyEntry) -> list[Outcome]:
    return [outcome for _, _, chosen in _groups(entry) for outcome in chosen]


def _summary(entry: TherapyEntry) -> list[Block]:
    """Return all results in a row each, with whom they were counted in."""
    blocks: list[Block] = []
    for _, heading, chosen in _groups(entry):
        rows = [_summary_row(each, entry) for each in chosen]
        blocks += [Heading(heading, 3), filled_grid(HEAD, rows)]
    return blocks


def _summary_row(outcome: Outcome, entry: TherapyEntry) -> tuple[str, ...]:
    counts = (short_count(outcome), short_count(outcome.comparison))
    return (_title(outcome, entry), *counts, difference(outcome))


def _title(outcome: Outcome, entry: TherapyEntry) -> str:
    return f"{upper_first(group_name(outcome, entry.therapy))}: {result_name(outcome)}"


def _outcome(
    outcome: Outcome, entry: TherapyEntry, citations: Citations, level: int
) -> Iterator[Block]:
    yield Heading(_title(outcome, entry), level)
    told = (caption(outcome),)
    if _can_be_drawn(outcome):
        yield IconArray(_counts(outcome, entry), told, harm=outcome.kind == "harm")
    else:
        yield Paragraph(told)
    rows: list[tuple[str, Text]] = [
        ("Who", (f"{outcome.group}{_size(outcome.n)}",)),
        ("Trial", citations.text(trial_and_date(outcome), outcome.sources)),
        ("Measured", (_measured(outcome),)),
        ("Compared with", (_compared(outcome),)),
    ]
    if gap := difference(outcome):
        rows.append(("Difference", (gap,)))
    rows.append(("How sure", citations.text(outcome.certainty)))
    yield DefinitionList(tuple(rows))


def _can_be_drawn(outcome: Outcome) -> bool:
    """Return whether a picture would count rightly and show nothing the trial did not find."""
    shown = [in_100(outcome), *([in_100(outcome.comparison)] if outcome.comparison else [])]
    compared = outcome.comparison is not None and outcome.finding == "no-difference"
    return bool(shown[0]) and not compared and 0 not in shown


def _size(number: int | None) -> str:
    return f" ({number:,} people)" if number else ""


def _measured(outcome: Outcome) -> str:
    return f"{outcome.endpoint}; {outcome.follow_up}" if outcome.follow_up else outcome.endpoint


def _compared(outcome: Outcome) -> str:
    other = outcome.comparison
    if other is None:
        return NO_COMPARISON
    is_drawn = _can_be_drawn(outcome) and in_100(other) is not None
    words = "" if is_drawn else short_count(other)
    return f"{other.group}{_size(other.n)}{f': {words}' if words else ''}"


def _counts(outcome: Outcome, entry: TherapyEntry) -> tuple[IconCount, ...]:
    name = outcome.label or entry.therapy.name
    counts = [IconCount(in_100(outcome) or 0, name, short_count(outcome))]
    other = outcome.comparison
    if other and (share := in_100(other)) is not None:
        label = other.label or lower_first(other.group)
        counts.append(IconCount(share, label, short_count(other)))
    return tuple(counts)


def _outcome_data(outcome: Outcome) -> dict[str, object]:
    other = outcome.comparison
    return {
        **to_plain(outcome),
        "in_100": in_100(outcome),
        "comparison_in_100": in_100(other) if other else None,
        "difference": difference(outcome) or None,
    }


def _csv_row(therapy: str, outcome: Outcome) -> tuple[str, ...]:
    other = outcome.comparison
    shares = (in_100(outcome), in_100(other) if other else None)
    with_it, without = ("" if share is None else str(share) for share in shares)
    return (
        therapy,
        outcome.kind,
        result_name(outcome),
        outcome.trial,
        outcome.group,
        str(outcome.n or ""),
        counted(outcome),
        with_it,
        other.group if other else "",
        counted(other) if other else "",
        without,
        difference(outcome),
        outcome.as_of or "",
    )
