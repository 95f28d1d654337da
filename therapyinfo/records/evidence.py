"""What regulators decided and what trials counted."""

from typing import Annotated, Literal

from msgspec import Meta

from .kinds import (
    AuthorisationStatus,
    Count,
    GroupSize,
    Name,
    PartialDate,
    Percent,
    Prose,
    Record,
    SourceIds,
)


class Authorisation(Record, frozen=True, kw_only=True):
    """What one regulator said of a product, for one indication, on one date.

    region: The country or area, such as US, EU, UK, Japan.
    regulator: The body that decided, such as FDA or EMA.
    status: What it decided.
    date: When it decided; leave out if unknown.
    indication: For what, in plain words.
    withdrawn: When it was withdrawn, if it was.
    as_of: When this was last checked.
    checked: When somebody last looked and it still held, if later than `as_of`.
    note: Conditions, conflicts between sources, changes.
    """

    region: Name
    regulator: Name
    status: AuthorisationStatus
    date: PartialDate | None = None
    indication: Prose
    withdrawn: PartialDate | None = None
    as_of: PartialDate | None = None
    checked: PartialDate | None = None
    note: Prose | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Product(Record, frozen=True, kw_only=True):
    """A product by name; `brand` is None where there is only a generic name.

    brand: The trade name.
    generic: The generic name.
    company: Who holds or makes it.
    target: The marker it aims at, such as CD19.
    authorisations: Its authorisations, newest region last.
    """

    brand: Name | None = None
    generic: Name
    company: Name | None = None
    target: Name | None = None
    authorisations: Annotated[tuple[Authorisation, ...], Meta(min_length=1)]


class Comparison(Record, frozen=True, kw_only=True):
    """The group that a trial compared with; count and percent are None if not reported.

    group: What the other group had.
    n: How many people were in it.
    count: How many of them had the outcome.
    percent: What percentage of them had the outcome.
    result: The result in words, where it is no count.
    """

    group: Name
    n: GroupSize | None = None
    count: Count | None = None
    percent: Percent | None = None
    result: Name | None = None


class Outcome(Record, frozen=True, kw_only=True):
    """One result of a named trial.

    Either `count` (of `n`), `percent`, or for results that are no counts, `result` is given.
    `comparison` is None when the trial had no comparison group.

    kind: A benefit or a harm.
    what: What happened, to stand after '53 in 100 people', such as 'were alive'.
    trial: The name of the trial or data set.
    group: Who was in it.
    n: How many people the figure is about.
    count: How many of them had the outcome.
    percent: What percentage of them had it.
    result: The result in words, where it is no count.
    endpoint: The trial's own name for what was measured.
    follow_up: How long people were followed.
    comparison: The group it was compared with.
    certainty: How sure this is, and why: size, design, range, what is missing.
    as_of: When it was reported.
    """

    kind: Literal["benefit", "harm"]
    what: Name
    trial: Name
    group: Name
    n: GroupSize | None = None
    count: Count | None = None
    percent: Percent | None = None
    result: Name | None = None
    endpoint: Name
    follow_up: Name | None = None
    comparison: Comparison | None = None
    certainty: Prose
    as_of: PartialDate | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]
