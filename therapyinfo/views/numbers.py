"""Results of trials: the facts box of `numbers`, and the pictures of other pages."""

from collections.abc import Iterator
from typing import Any

from ..inlines import Text
from ..library import Library
from ..page import Block, DefinitionList, Heading, IconArray, IconCount, Page, Paragraph
from ..records import Comparison, Outcome
from ..store.artifact import TherapyEntry
from .citations import Citations, format_date, json_data, page_footer, to_plain

NO_COMPARISON = "no comparison group"


def numbers(library: Library, entry: TherapyEntry) -> Page:
    """Set out the benefits and harms that named trials counted, in 100 people each."""
    citations = Citations(library)
    blocks = outcome_blocks(entry, citations, level=2)
    intro = (
        "Each picture stands for 100 people. Results of different trials cannot be set against"
        " each other: the people in them differed. Nobody can say in advance which of the 100 you"
        " will be."
        if blocks
        else "No trial results are recorded for this therapy."
    )
    sources = citations.source_blocks()

    def data() -> dict[str, Any]:
        return json_data(
            library,
            "numbers",
            therapy={"id": entry.id, "name": entry.therapy.name},
            outcomes=[_outcome_data(outcome) for outcome in entry.therapy.outcomes],
            sources=citations.source_data(),
        )

    return Page(
        title=f"{entry.therapy.name}: the numbers",
        blocks=(Paragraph((intro,)), *blocks, *sources),
        footer=page_footer(library),
        data=data,
        next_commands=(
            library.command("explain", entry.id, "--section", "benefits", "--section", "risks"),
            *((library.command("products", entry.id),) if entry.therapy.products else ()),
        ),
    )


def outcome_blocks(entry: TherapyEntry, citations: Citations, level: int) -> tuple[Block, ...]:
    """Return the benefits, then the harms, under headings of this level."""
    blocks: list[Block] = []
    for kind, heading in (("benefit", "Benefits"), ("harm", "Harms")):
        chosen = [outcome for outcome in entry.therapy.outcomes if outcome.kind == kind]
        if chosen:
            blocks.append(Heading(heading, level, anchor=f"numbers-{kind}"))
            for outcome in chosen:
                blocks += _outcome(outcome, entry.therapy.name, citations, level + 1)
    return tuple(blocks)


def first_count(entry: TherapyEntry, kind: str) -> Outcome | None:
    """Return the first benefit or harm that is a count; None if there is none."""
    chosen = (each for each in entry.therapy.outcomes if each.kind == kind)
    return next((each for each in chosen if in_100(each) is not None), None)


def outcome_icons(entry: TherapyEntry, kind: str, citations: Citations) -> tuple[Block, ...]:
    """Return one picture: the first benefit or harm that is a count, with its comparison."""
    outcome = first_count(entry, kind)
    if outcome is None:
        return ()
    size = f", {outcome.n:,} people" if outcome.n else ""
    alone = "" if outcome.comparison else f"; {NO_COMPARISON}"
    sentence = f"{_result_sentence(outcome)} ({outcome.trial}{size}: {outcome.group}{alone})."
    caption = citations.text(sentence, outcome.sources)
    return (IconArray(_counts(outcome, entry.therapy.name), caption, small=True),)


def in_100(outcome: Outcome | Comparison) -> int | None:
    """Return the outcome as a count in 100 people, rounded; None if it is no count."""
    if outcome.percent is not None:
        return _rounded(outcome.percent)
    if outcome.count is not None and outcome.n:
        return _rounded(100 * outcome.count / outcome.n)
    return None


def counted(outcome: Outcome | Comparison) -> str:
    """Return the count in words, such as `53 in 100 people (39 of 73)`, or its result."""
    share = in_100(outcome)
    if share is None:
        return outcome.result or ""
    exact = (
        f" ({outcome.count:,} of {outcome.n:,})" if outcome.count is not None and outcome.n else ""
    )
    return f"{_amount(outcome, share)} in 100 people{exact}"


def _amount(outcome: Outcome | Comparison, share: int) -> str:
    """Return a rounded count in words that do not make none of a few, nor all of nearly all."""
    if share == 0 and (outcome.count or outcome.percent):
        return "fewer than 1"
    nearly = outcome.percent not in (None, 100) or outcome.count not in (None, outcome.n)
    return "more than 99" if share == 100 and nearly else str(share)


def _rounded(percent: float) -> int:
    return int(percent + 0.5)


def _result_sentence(outcome: Outcome) -> str:
    if in_100(outcome) is None:
        return f"{outcome.what[:1].upper()}{outcome.what[1:]}: {outcome.result or ''}"
    return f"{counted(outcome)} {outcome.what}"


def _outcome(outcome: Outcome, name: str, citations: Citations, level: int) -> Iterator[Block]:
    yield Heading(_result_sentence(outcome), level)
    if in_100(outcome) is not None:
        yield IconArray(_counts(outcome, name), (_caption(outcome),))
    rows: list[tuple[str, Text]] = [
        ("Who", (f"{outcome.group}{_number(outcome)}",)),
        ("Trial", citations.text(_trial(outcome), outcome.sources)),
        ("Measured", (_measured(outcome),)),
        ("Compared with", (_compared(outcome),)),
    ]
    if difference := _difference(outcome):
        rows.append(("Difference", (difference,)))
    rows.append(("How sure", citations.text(outcome.certainty)))
    yield DefinitionList(tuple(rows))


def _number(outcome: Outcome) -> str:
    return f" ({outcome.n:,} people)" if outcome.n else ""


def _trial(outcome: Outcome) -> str:
    return f"{outcome.trial}, {format_date(outcome.as_of)}" if outcome.as_of else outcome.trial


def _measured(outcome: Outcome) -> str:
    return f"{outcome.endpoint}; {outcome.follow_up}" if outcome.follow_up else outcome.endpoint


def _compared(outcome: Outcome) -> str:
    other = outcome.comparison
    if other is None:
        return NO_COMPARISON
    result = counted(other)
    size = f" ({other.n:,} people)" if other.n and other.count is None else ""
    return f"{other.group}{size}: {result}" if result else f"{other.group}{size}"


def _difference(outcome: Outcome) -> str:
    """Return the difference in words, `24 more in 100 people`; "" where there is none to take."""
    if outcome.comparison is None:
        return ""
    with_it, without = in_100(outcome), in_100(outcome.comparison)
    if with_it is None or without is None:
        return ""
    gap = with_it - without
    if gap == 0:
        return "none that shows in 100 people"
    return f"{abs(gap)} {'more' if gap > 0 else 'fewer'} in 100 people"


def _counts(outcome: Outcome, name: str) -> tuple[IconCount, ...]:
    counts = [IconCount(in_100(outcome) or 0, name)]
    if outcome.comparison and (share := in_100(outcome.comparison)) is not None:
        group = outcome.comparison.group
        counts.append(IconCount(share, f"{group[:1].lower()}{group[1:]}"))
    return tuple(counts)


def _caption(outcome: Outcome) -> str:
    share = in_100(outcome) or 0
    amount = _amount(outcome, share)
    others = f"the other {100 - share}" if amount.isdigit() else "the others"
    return f"Of 100 people, {amount} {outcome.what}. For {others} this was not so."


def _outcome_data(outcome: Outcome) -> dict[str, object]:
    other = outcome.comparison
    return {
        **to_plain(outcome),
        "in_100": in_100(outcome),
        "comparison_in_100": in_100(other) if other else None,
        "difference": _difference(outcome) or None,
    }
