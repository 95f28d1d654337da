"""Rules of content: sources, claims, sections and dates."""

from collections.abc import Iterator

from ..records import CitedRecord, DatedRecord, Therapy
from ..yaml_reader import Finding, Value, ValuePath
from .context import LintContext, rule

MAIN_SECTIONS = ("how_it_works", "risks")
"""The parts of a therapy without which nobody should publish it."""


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
    for field in context.texts("claim"):
        if "[@" not in field.value:
            yield Finding(field.where, "uncited-claim", message)
    for field in context.records(CitedRecord):
        texts = (text for text in field.value.values() if isinstance(text, str))
        if not field.value.get("sources") and not any("[@" in text for text in texts):
            yield Finding(field.where, "uncited-claim", f"{message} or `sources: [source-id]`")


@rule("missing-section", "error", "each therapy")
def missing_section(context: LintContext) -> Iterator[Finding]:
    """A therapy that does not say how it works, or what can go wrong."""
    for field in context.records(Therapy):
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
    for field in context.records(DatedRecord):
        as_of, checked = field.value.get("as_of"), field.value.get("checked")
        latest = max(filter(None, (as_of, checked)), default=None, key=str)
        key = "checked" if latest is checked else "as_of"
        dates.append(((*field.where, key), latest, "renew `as_of` or set `checked`"))
    for where, text, remedy in dates:
        if isinstance(text, str) and text < oldest[: len(text)]:
            message = f"{text} is more than 12 months before {day}, check it again and {remedy}"
            yield Finding(where, "stale-date", message)
