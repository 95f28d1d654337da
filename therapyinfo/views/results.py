"""Results of trials in words: what was counted, in whom, beside what, and the difference."""

from ..records import Comparison, Outcome, Therapy
from ..text import upper_first
from .citations import format_date


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
    return f"{amount(outcome)} in 100 people{exact_count(outcome)}"


def short_count(outcome: Outcome | Comparison | None) -> str:
    """Return the count for a cell, such as `53 in 100`, or its result; "" for none."""
    if outcome is None:
        return ""
    return outcome.result or "" if in_100(outcome) is None else f"{amount(outcome)} in 100"


def exact_count(outcome: Outcome | Comparison) -> str:
    """Return the people who were counted, ` (39 of 73)`; "" where they are not known."""
    known = outcome.count is not None and outcome.n
    return f" ({outcome.count:,} of {outcome.n:,})" if known else ""


def amount(outcome: Outcome | Comparison) -> str:
    """Return a rounded count in words that do not make none of a few, nor all of nearly all."""
    share = in_100(outcome) or 0
    if share == 0 and (outcome.count or outcome.percent):
        return "fewer than 1"
    nearly = outcome.percent not in (None, 100) or outcome.count not in (None, outcome.n)
    return "more than 99" if share == 100 and nearly else str(share)


def difference(outcome: Outcome) -> str:
    """Return the difference in words, `24 more in 100`; "" where there is none to take."""
    if outcome.comparison is None:
        return ""
    if outcome.finding == "no-difference":
        return "no clear difference"
    with_it, without = in_100(outcome), in_100(outcome.comparison)
    if with_it is None or without is None:
        return ""
    gap = with_it - without
    if gap == 0:
        return "none that shows in 100 people"
    return f"{abs(gap)} {'more' if gap > 0 else 'fewer'} in 100"


def caption(outcome: Outcome) -> str:
    """Return the count with what had happened to the others; another result in its own words."""
    if in_100(outcome) is None:
        return f"They {outcome.what}: {(outcome.result or '').removesuffix('.')}."
    share, number = in_100(outcome) or 0, amount(outcome)
    if not number.isdigit():
        return f"{upper_first(number)} in 100 people {outcome.what}{exact_count(outcome)}."
    rest = f" and {100 - share} {outcome.otherwise}" if outcome.otherwise else ""
    verb = _agreeing(outcome.what, share)
    return f"Of 100 people, {number} {verb}{rest}{exact_count(outcome)}."


def _agreeing(verb: str, number: int) -> str:
    return f"was {verb.removeprefix('were ')}" if number == 1 and verb.startswith("were ") else verb


def _rounded(percent: float) -> int:
    return int(percent + 0.5)


def result_name(outcome: Outcome) -> str:
    """Return what was counted in a few words, such as `alive after 4 years`."""
    return outcome.short or outcome.what.removeprefix("were ")


def group_name(outcome: Outcome, therapy: Therapy) -> str:
    """Return in whom it was counted, in a few words where the use has a name."""
    use = next((each for each in therapy.uses if outcome.use and each.id == outcome.use), None)
    return use.condition if use else outcome.group


def trial_and_date(outcome: Outcome) -> str:
    """Return the trial and when it was reported."""
    return f"{outcome.trial}, {format_date(outcome.as_of)}" if outcome.as_of else outcome.trial
