"""The facts box of a therapy: one trial, both groups, the difference in words, does it last."""

from collections.abc import Iterator

from ..inlines import Text
from ..page import Block, IconArray, IconCount, Paragraph
from ..records import Comparison, Outcome
from ..store.artifact import TherapyEntry
from .citations import Citations
from .results import difference, in_100, short_count


def heading_outcome(entry: TherapyEntry) -> Outcome | None:
    """Return the outcome that heads the page of a therapy; None if none does, or it is no count."""
    id = entry.therapy.heading_outcome
    named = (each for each in entry.therapy.outcomes if id and each.id == id)
    return next((each for each in named if in_100(each) is not None), None)


def facts_box(entry: TherapyEntry, outcome: Outcome, citations: Citations) -> tuple[Block, ...]:
    """Return the bars of a result, and what they mean."""
    ending = () if outcome.short else (":",)
    caption = (*citations.text(_trial(outcome), outcome.sources), *ending)
    said = [(_finding(outcome),), *_same_question(entry, outcome, citations)]
    said += [citations.text(entry.therapy.lasting)] if entry.therapy.lasting else []
    bars = IconArray(_bars(entry, outcome), caption, small=True, harm=outcome.kind == "harm")
    words = tuple(part for text in said for part in (" ", *text))[1:]
    return (bars, Paragraph(words))


def _bars(entry: TherapyEntry, outcome: Outcome) -> tuple[IconCount, ...]:
    bars = [_bar(outcome, outcome.label or entry.therapy.name.removesuffix(" therapy"))]
    other = outcome.comparison
    if other and in_100(other) is not None:
        bars.append(_bar(other, other.label or other.group))
    return tuple(bars)


def _bar(group: Outcome | Comparison, label: str) -> IconCount:
    return IconCount(in_100(group) or 0, label, short_count(group))


def _trial(outcome: Outcome) -> str:
    """Return who was studied, in which trial, how many they were, and what was counted."""
    other = outcome.comparison
    total = (outcome.n or 0) + ((other and other.n) or 0)
    told = [outcome.trial, f"{total:,} people"] if total else [outcome.trial]
    told += ["randomised"] if other and outcome.finding != "not-compared" else []
    counted_thing = f": {outcome.short}" if outcome.short else ""
    return f"{outcome.group} ({', '.join(told)}){counted_thing}"


def _finding(outcome: Outcome) -> str:
    """Return what the bars mean, in words."""
    other = outcome.comparison
    here, there = in_100(outcome), in_100(other) if other else None
    if other is None:
        return f"{short_count(outcome)} {outcome.what}. No group was compared."
    if here is None or there is None:
        return f"{short_count(outcome)} {outcome.what}. {_other_group(other)}"
    if outcome.finding == "no-difference" or here == there:
        told = f"No clear difference in how many {outcome.what}."
    else:
        told = f"{difference(outcome)} {outcome.what}."
    return f"{told} {_other_group(other)}".strip()


def _other_group(other: Comparison) -> str:
    """Return what the other group had, where its label does not say it."""
    if not other.label or other.label.casefold() == other.group.casefold():
        return ""
    return f"The other group had {other.group}."


def _trial_and_count(outcome: Outcome) -> str:
    """Return the trial, and what it counted where a word for that is given."""
    return f"{outcome.trial} ({outcome.short})" if outcome.short else outcome.trial


def _same_question(entry: TherapyEntry, outcome: Outcome, citations: Citations) -> Iterator[Text]:
    """Yield the trials that asked the same and found no difference, in one sentence."""
    found = [
        each
        for each in entry.therapy.outcomes
        if outcome.question
        and each.question == outcome.question
        and each.finding == "no-difference"
        and each.trial != outcome.trial
    ]
    by_trial = {each.trial: each for each in found}
    joined: list[Text] = [
        citations.text(_trial_and_count(each), each.sources) for each in by_trial.values()
    ]
    if joined:
        words = tuple(part for text in joined[:-1] for part in (*text, ", "))[:-1]
        before = (*words, " and ") if words else ()
        yield (*before, *joined[-1], " found no clear difference.")
