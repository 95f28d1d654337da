"""Trials that compared therapies, or a plan with them, with each other."""

from collections.abc import Sequence
from itertools import permutations

from ..inlines import Strong, Text
from ..page import Block, Bullets, Heading, Paragraph
from ..records import Outcome
from ..store.artifact import TherapyEntry
from .choosing import short_name
from .citations import Citations, format_date, in_brackets
from .results import difference, result_name, short_count


def trials(entries: Sequence[TherapyEntry], citations: Citations) -> list[Block]:
    """Return what was compared, then each trial that did, whether it found a difference or not."""
    compared: dict[tuple[str, str, str], dict[str, list[Outcome]]] = {}
    for one, other in permutations(entries, 2):
        for each in one.therapy.outcomes:
            if each.comparison and each.comparison.therapy == other.id:
                named = compared.setdefault((one.id, other.id, each.comparison.group), {})
                named.setdefault(each.trial, []).append(each)
    by_id = {entry.id: entry for entry in entries}
    blocks: list[Block] = []
    for (one_id, other_id, group), named in compared.items():
        blocks.append(Paragraph((f"{short_name(by_id[one_id].therapy)} against {group}:",)))
        told = (_trial(each, by_id[other_id], citations) for each in named.values())
        blocks.append(Bullets(tuple(told)))
    return [Heading("Trials that compared them", anchor="trials"), *blocks] if blocks else []


def _trial(outcomes: Sequence[Outcome], other: TherapyEntry, citations: Citations) -> Text:
    """Return one trial: when, of how many people, in whom, and each of its results."""
    first = outcomes[0]
    treatment = f" {first.label}." if first.label else ""
    results = ", and ".join(map(_result, outcomes))
    sources = dict.fromkeys(id for outcome in outcomes for id in outcome.sources)
    said = f"{treatment} {first.group.removesuffix('.')}: {results}.{_had_it(first, other)}"
    return (Strong(f"{first.trial}{_year_and_size(first)}:"), *citations.text(said, sources))


def _year_and_size(outcome: Outcome) -> str:
    numbers = [outcome.n, outcome.comparison.n if outcome.comparison else None]
    people = f"{sum(filter(None, numbers)):,} people" if all(numbers) else ""
    return in_brackets(", ".join(filter(None, (format_date(outcome.as_of), people))))


def _had_it(outcome: Outcome, other: TherapyEntry) -> str:
    """Return how many of the other group had the therapy that was planned for it."""
    group = outcome.comparison
    if group is None or group.had_it is None or not group.n:
        return ""
    count = f"{group.had_it:,} of {group.n:,}"
    return f" In the other group {count} people had {short_name(other.therapy)}."


def _result(outcome: Outcome) -> str:
    mine, theirs = short_count(outcome), short_count(outcome.comparison)
    told = f"{mine} in both groups" if mine == theirs else f"{mine} against {theirs}"
    return ", ".join(filter(None, (f"{result_name(outcome)} {told}", difference(outcome))))
