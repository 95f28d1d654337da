"""Rules of content: sources, claims, sections and dates."""

from collections.abc import Iterator

from ..yaml_reader import Finding, Value, ValuePath
from .context import MAIN_SECTIONS, LintContext, rule

CLAIMS = (
    "Therapy.main_message Therapy.how_it_works Therapy.mechanism Therapy.special"
    " Therapy.total_time Therapy.benefits Therapy.not_known Therapy.without_treatment"
    " Therapy.differences Considered.when Considered.when_not GetHelp.emergency"
    " GetHelp.call_team Unproven.sold Unproven.harm Misconception.fact Event.text Facts.goal"
    " Facts.used_for Facts.standing Facts.cell_source Facts.made_for Facts.how_given"
    " Facts.how_long Facts.how_often Facts.can_do Facts.main_harms Facts.daily_life"
    " Facts.evidence Facts.cost"
).split()
"""The texts that say something of the world, each of which has its own citation."""

CLAIM_RECORDS = ("Step", "Use", "Risk", "Guidance", "Code")
"""The records that say something of the world, with `sources` or with a citation in a text."""

DATED_RECORDS = ("Use", "Guidance", "Authorisation")
"""The records of things that change: uses, life and access, authorisations."""


@rule("uncited-source", "error", "`sources`")
def uncited_source(context: LintContext) -> Iterator[Finding]:
    """A source that no text cites."""
    sources = context.values.get("sources")
    for id in sources if isinstance(sources, dict) else ():
        if id not in context.cited:
            message = f"nothing cites this source, cite it with [@{id}] or remove it"
            yield Finding(("sources", id), "uncited-source", message, at_key=True)


@rule("uncited-claim", "error", "the texts and records of a therapy that state facts")
def uncited_claim(context: LintContext) -> Iterator[Finding]:
    """A claim without any citation."""
    message = "this claim cites no source, add [@source-id]"
    for field in context.prose:
        if f"{field.record}.{field.name}" in CLAIMS and "[@" not in field.value:
            yield Finding(field.where, "uncited-claim", message)
    for field in context.records(*CLAIM_RECORDS):
        texts = (text for text in field.value.values() if isinstance(text, str))
        if not field.value.get("sources") and not any("[@" in text for text in texts):
            yield Finding(field.where, "uncited-claim", f"{message} or `sources: [source-id]`")


@rule("missing-section", "error", "each therapy")
def missing_section(context: LintContext) -> Iterator[Finding]:
    """A therapy that does not say how it works, or what can go wrong."""
    for field in context.records("Therapy"):
        for key in MAIN_SECTIONS:
            if not field.value.get(key):
                message = f"section {key!r} is missing, every therapy needs it"
                where = (*field.where, key) if key in field.value else field.where
                yield Finding(where, "missing-section", message, at_key=True)


@rule("stale-date", "warning", "`reviewed`, and `as_of` of uses, life, access and authorisations")
def stale_date(context: LintContext) -> Iterator[Finding]:
    """A fact that was last checked more than 12 months before the date of `--as-of`."""
    if context.as_of is None:
        return
    day = context.as_of.isoformat()
    oldest = f"{context.as_of.year - 1:04}{day[4:]}"
    reviewed = context.values.get("reviewed")
    dates: list[tuple[ValuePath, Value, str]] = [(("reviewed",), reviewed, "renew the date")]
    for field in context.records(*DATED_RECORDS):
        as_of, checked = field.value.get("as_of"), field.value.get("checked")
        latest = max(filter(None, (as_of, checked)), default=None, key=str)
        key = "checked" if latest is checked else "as_of"
        dates.append(((*field.where, key), latest, "renew `as_of` or set `checked`"))
    for where, text, remedy in dates:
        if isinstance(text, str) and text < oldest[: len(text)]:
            message = f"{text} is more than 12 months before {day}, check it again and {remedy}"
            yield Finding(where, "stale-date", message)
