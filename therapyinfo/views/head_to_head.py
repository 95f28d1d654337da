"""Trials that compared therapies, or a plan with them, with each other."""

from collections.abc import Sequence
from itertools import permutations

from ..inlines import Cite, Strong, Text
from ..page import Block, Bullets, Heading
from ..records import Comparison, Outcome
from ..store.artifact import TherapyEntry
from ..text import upper_first
from .choosing import short_name
from .citations import Citations, format_date, in_brackets
from .results import difference, result_name, short_count


def trials(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    """Return what each trial compared, in whom, and its results, found a difference or not."""
    found: dict[tuple[str, str, str], list[Outcome]] = {}
    for one, other in permutations(entries, 2):
        for outcome in one.therapy.outcomes:
            if outcome.comparison and outcome.comparison.therapy == other.id:
                found.setdefault((one.id, other.id, outcome.trial), []).append(outcome)
    by_id = {entry.id: entry for entry in entries}
    items = tuple(
        _trial(outcomes, by_id[one], by_id[other], citations)
        for (one, other, _), outcomes in found.items()
    )
    return [Heading("Trials that compared them", anchor="trials"), Bullets(items)] if items else []


def _trial(
    outcomes: Sequence[Outcome], one: TherapyEntry, other: TherapyEntry, citations: Citations
) -> Text:
    first = outcomes[0]
    label = first.label or short_name(one.therapy)
    results = ", and ".join(_result(outcome) for outcome in outcomes)
    sources = dict.fromkeys(id for outcome in outcomes for id in outcome.sources)
    said = (
        f" {upper_first(label)} against {_other_group(first.comparison, other)}."
        f" {first.group.removesuffix('.')}: {results}."
    )
    return (Strong(f"{first.trial}{_year_and_size(first)}:"), *citations.text(said, sources))


def _year_and_size(outcome: Outcome) -> str:
    numbers = [outcome.n, outcome.comparison.n if outcome.comparison else None]
    people = f"{sum(filter(None, numbers)):,} people" if all(numbers) else ""
    return in_brackets(", ".join(filter(None, (format_date(outcome.as_of), people))))


def _other_group(group: Comparison | None, other: TherapyEntry) -> str:
    """Return what the others had, and how many of them had the therapy that was planned."""
    if group is None or group.had_it is None or not group.n:
        return group.group if group else ""
    return f"{group.group} ({group.had_it:,} of {group.n:,} had {short_name(other.therapy)})"


def _result(outcome: Outcome) -> str:
    found = difference(outcome)
    against = f" against {short_count(outcome.comparison)}" if outcome.comparison else ""
    return f"{result_name(outcome)} {short_count(outcome)}{against}{found and f', {found}'}"
