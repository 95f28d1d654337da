"""What can go wrong, and when to get help."""

from collections.abc import Iterator

from ..inlines import Text
from ..page import Block, Bullets, Callout, DefinitionList, Heading, Paragraph
from ..records import Risk
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .blocks import SHORT_NAME_LIST, more_link, section_command
from .citations import Citations
from .numbers import outcome_icons

NO_NUMBER = "No number"
"""How a text begins that says that no source counts how often a risk comes."""

MAX_SERIOUS = 3
"""Serious risks with a line of their own on the default page."""

HEADINGS = {
    "life-threatening": "Can threaten life",
    "serious": "Serious",
    "moderate": "Troublesome",
    "mild": "Milder",
}

DO_NOT_WAIT = (
    "Do not wait to see whether a sign passes: your team can only treat what it hears of. The"
    " number and the limits on your own card come first."
)
AT_ONCE = "Get help at once, from your team or the emergency number"


def risks(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """What can go wrong, the most serious first."""
    recorded = entry.therapy.risks
    if not recorded:
        return ()
    if not full:
        return (*_summary(entry, citations), *outcome_icons(entry, "harm", citations))
    blocks: list[Block] = []
    for seriousness, heading in HEADINGS.items():
        chosen = [risk for risk in recorded if risk.seriousness == seriousness]
        blocks += [Heading(heading, 3)] if chosen else []
        for risk in chosen:
            blocks += _risk(risk, citations)
    return tuple(blocks)


def _summary(entry: TherapyEntry, citations: Citations) -> Iterator[Block]:
    """Yield the gravest risks as a line each, and the names of the others."""
    recorded = entry.therapy.risks
    grave = [risk for risk in recorded if risk.seriousness == "life-threatening"]
    serious = [risk for risk in recorded if risk.seriousness == "serious"]
    for seriousness, chosen in (("life-threatening", grave), ("serious", serious[:MAX_SERIOUS])):
        if chosen:
            lines = tuple(risk_line(risk, citations) for risk in chosen)
            yield from (Heading(HEADINGS[seriousness], 3), Bullets(lines))
    others = [
        *serious[MAX_SERIOUS:],
        *(each for each in recorded if each not in [*grave, *serious]),
    ]
    also = f"Also: {'; '.join(risk.name for risk in others)}. " if others else ""
    yield Paragraph(
        (f"{also}Signs and treatment of each: ", section_command(entry, "risks", citations))
    )


def _risk(risk: Risk, citations: Citations) -> Iterator[Block]:
    yield Heading(risk.name, 4)
    yield Paragraph(citations.text(risk.what, risk.sources))
    rows = (
        ("How often", risk.how_often),
        ("When", risk.when),
        ("Signs", risk.signs),
        ("What is done", risk.care),
    )
    yield DefinitionList(tuple((label, citations.text(text)) for label, text in rows if text))


def risk_line(risk: Risk, citations: Citations) -> Text:
    """Return a risk in a line: how often it comes, or what it is where no number was found."""
    sentence = first_sentence(risk.how_often or NO_NUMBER)
    if sentence.startswith(NO_NUMBER):
        sentence = f"{first_sentence(risk.what).rstrip('.')} (no number found)."
    return citations.labelled(f"{risk.name}:", sentence, risk.sources[:1])


def get_help(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """When to get help; what is an emergency is never shortened."""
    parts = entry.therapy.get_help
    if parts is None:
        return ()
    blocks: list[Block] = []
    if parts.emergency:
        blocks += [Paragraph((DO_NOT_WAIT,)), Callout(AT_ONCE, citations.texts(parts.emergency))]
    if parts.call_team:
        shown = parts.call_team if full else parts.call_team[:SHORT_NAME_LIST]
        more = more_link(len(parts.call_team) - len(shown), entry, "help", citations)
        items = (*citations.texts(shown), *more)
        blocks += [Heading("Call your team the same day", 3), Bullets(items)]
    return tuple(blocks)
