"""Rules of content: sources, claims, sections, lists and dates."""

from collections.abc import Iterator

from ..yamlfile import Finding, Value, Where
from .subject import MAIN_SECTIONS, Part, Subject, rule

MOST_ITEMS = 7
WANTED_SECTIONS = (
    "summary mechanism special total_time steps uses considered benefits get_help not_known related"
    " without_treatment misconceptions questions"
).split()
WANTED_FACTS = "goal used_for standing how_given how_long how_often main_harms evidence".split()
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

SHORT_LISTS = (
    "Therapy.special Therapy.benefits Therapy.not_known Therapy.without_treatment"
    " Therapy.questions Therapy.related Considered.when"
    " Considered.when_not Considered.decided_by GetHelp.emergency GetHelp.call_team Unproven.sold"
    " Unproven.harm Unproven.how_to_tell Unproven.ask"
).split()
"""The lists that a page shows as bullets; paragraphs, steps and tables are none."""

CHANGING = ("Use", "Guidance", "Authorisation")
"""The records of things that change: uses, life and access, authorisations."""


@rule("uncited-source", "error", "`sources`")
def uncited_source(subject: Subject) -> Iterator[Finding]:
    """A source that no text cites."""
    sources = subject.values.get("sources")
    for id in sources if isinstance(sources, dict) else ():
        if id not in subject.cited:
            message = f"nothing cites this source, cite it with [@{id}] or remove it"
            yield Finding(("sources", id), "uncited-source", message, at_key=True)


@rule("uncited-claim", "error", "the texts and records of a therapy that state facts")
def uncited_claim(subject: Subject) -> Iterator[Finding]:
    """A claim without any citation."""
    message = "this claim cites no source, add [@source-id]"
    for part in subject.prose:
        if f"{part.record}.{part.field}" in CLAIMS and "[@" not in part.value:
            yield Finding(part.where, "uncited-claim", message)
    for part in subject.records(*CLAIM_RECORDS):
        texts = (text for text in part.value.values() if isinstance(text, str))
        if not part.value.get("sources") and not any("[@" in text for text in texts):
            yield Finding(part.where, "uncited-claim", f"{message} or `sources: [source-id]`")


@rule("missing-section", "error", "each therapy")
def missing_section(subject: Subject) -> Iterator[Finding]:
    """A therapy that does not say how it works, or what can go wrong."""
    for part in subject.records("Therapy"):
        for key in MAIN_SECTIONS:
            if not part.value.get(key):
                message = f"section {key!r} is missing, no therapy goes without it"
                where = (*part.where, key) if key in part.value else part.where
                yield Finding(where, "missing-section", message, at_key=True)


@rule("empty-section", "warning", "each therapy and its `facts`")
def empty_section(subject: Subject) -> Iterator[Finding]:
    """A recommended section that is empty."""
    for record, wanted in (("Therapy", WANTED_SECTIONS), ("Facts", WANTED_FACTS)):
        for part in subject.records(record):
            absent = [key for key in wanted if key not in part.value]
            for key in wanted:
                if key in part.value and not part.value[key]:
                    where = (*part.where, key)
                    yield Finding(where, "empty-section", "recommended, and empty", at_key=True)
            if absent:
                message = f"recommended, and not there: {', '.join(absent)}"
                yield Finding(part.where, "empty-section", message, at_key=True)


@rule("long-list", "warning", "lists that a page shows as bullets, and risks of one seriousness")
def long_list(subject: Subject) -> Iterator[Finding]:
    """A list that is too long to take in."""
    for part in subject.parts:
        if f"{part.record}.{part.field}" in SHORT_LISTS and isinstance(part.value, list):
            yield from _too_many(part, len(part.value), "")
        if (part.record, part.field) == ("Therapy", "risks"):
            grades = [risk.get("seriousness") for risk in part.value if isinstance(risk, dict)]
            for grade in dict.fromkeys(grades):
                yield from _too_many(part, grades.count(grade), f" {grade}")


def _too_many(part: Part, count: int, kind: str) -> Iterator[Finding]:
    if count > MOST_ITEMS:
        message = f"{count}{kind} items, {MOST_ITEMS} at most: join some or leave some out"
        yield Finding(part.where, "long-list", message, at_key=True)


@rule("stale-date", "warning", "`reviewed`, and `as_of` of uses, life, access and authorisations")
def stale_date(subject: Subject) -> Iterator[Finding]:
    """A fact that was last checked more than 12 months ago."""
    oldest = f"{subject.today.year - 1}{subject.today.isoformat()[4:]}"
    reviewed = subject.values.get("reviewed")
    dates: list[tuple[Where, Value, str]] = [(("reviewed",), reviewed, "renew the date")]
    for part in subject.records(*CHANGING):
        as_of, checked = part.value.get("as_of"), part.value.get("checked")
        latest = max(filter(None, (as_of, checked)), default=None, key=str)
        key = "checked" if latest is checked else "as_of"
        dates.append(((*part.where, key), latest, "renew `as_of` or set `checked`"))
    for where, text, mend in dates:
        if isinstance(text, str) and text < oldest[: len(text)]:
            message = f"{text} is more than 12 months ago, check it again and {mend}"
            yield Finding(where, "stale-date", message)
