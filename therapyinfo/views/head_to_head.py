"""Trials that compared therapies, or a plan with them, with each other."""

from collections.abc import Sequence
from itertools import permutations

from ..inlines import Strong, Text
from ..page import Block, Bullets, Heading, Paragraph
from ..records import Comparison, Outcome
from ..store.artifact import TherapyEntry
from ..text import upper_first, with_full_stop
from .choosing import short_name
from .citations import Citations, format_date, in_brackets
from .results import amount, difference, result_name, short_count

IN_100 = " in 100"


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
    heading = "Trials that compared them"
    for (one_id, other_id, group), named in compared.items():
        plans = f"{short_name(by_id[one_id].therapy)} against {group}"
        told = [_trial(each, by_id[other_id], citations) for each in named.values()]
        if len(told) == 1:
            blocks.append(Paragraph(_alone(plans, next(iter(named)), told[0])))
            continue
        items = Bullets(tuple((Strong(f"{name}:"), " ", *said) for name, said in told))
        if len(compared) == 1:
            heading = f"Trials of {plans}"
            blocks.append(items)
        else:
            blocks += [Paragraph((f"{plans}:",)), items]
    return [Heading(heading, anchor="trials"), *blocks] if blocks else []


def _alone(plans: str, trial: str, told: tuple[str, Text]) -> Text:
    """Return the only trial of two plans; a trial that is called after them is not named twice."""
    name, said = told
    if plans.startswith(trial):
        return (f"{plans}{name.removeprefix(trial)}: ", *said)
    return (f"{plans}: ", Strong(f"{name}:"), " ", *said)


def _trial(
    outcomes: Sequence[Outcome], other: TherapyEntry, citations: Citations
) -> tuple[str, Text]:
    """Return a trial's name, product, year and size; then in whom, and each of its results."""
    first = outcomes[0]
    results = " ".join(map(_result, outcomes))
    sources = dict.fromkeys(id for outcome in outcomes for id in outcome.sources)
    said = f"{with_full_stop(first.group)} {results}{_had_it(first, other)}"
    return f"{first.trial}{_product_year_and_size(first)}", citations.text(said, sources)


def _product_year_and_size(outcome: Outcome) -> str:
    numbers = [outcome.n, outcome.comparison.n if outcome.comparison else None]
    people = f"{sum(filter(None, numbers)):,} people" if all(numbers) else ""
    return in_brackets(", ".join(filter(None, (outcome.label, format_date(outcome.as_of), people))))


def _had_it(outcome: Outcome, other: TherapyEntry) -> str:
    """Return how many of the other group had the therapy that was planned for it."""
    group = outcome.comparison
    if group is None or group.had_it is None or not group.n:
        return ""
    count = amount(Comparison(group=group.group, n=group.n, count=group.had_it))
    return f" {upper_first(count)} in 100 of the others had {short_name(other.therapy)}."


def _result(outcome: Outcome) -> str:
    """Return a result, such as `Alive after 4 years: 55 in 100 against 46, 9 more`."""
    mine, theirs = short_count(outcome), short_count(outcome.comparison)
    told = f"{mine} in both groups" if mine == theirs else f"{mine} against {theirs}"
    gap = difference(outcome)
    if mine.endswith(IN_100) and theirs.endswith(IN_100) and mine != theirs:
        told, gap = told.removesuffix(IN_100), gap.removesuffix(IN_100)
    return f"{upper_first(result_name(outcome))}: {', '.join(filter(None, (told, gap)))}."
