"""What can go wrong, and when to get help."""

from collections.abc import Iterator

from ..page import Block, Bullets, Callout, DefinitionList, Heading, Paragraph, Text
from ..records import Risk
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .outcomes import picture
from .parts import NAMES, more_in, section_command
from .prose import Prose

NO_NUMBER = "No number"
"""How a text begins that says that no source counts how often a risk comes."""

SERIOUS_TOLD = 3
"""So many serious risks get a line of their own on the default page."""

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


def risks(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What can go wrong, the most serious first."""
    told = entry.therapy.risks
    if not told:
        return ()
    if not full:
        return (*_in_short(entry, prose), *picture(entry, "harm", prose))
    blocks: list[Block] = []
    for seriousness, heading in HEADINGS.items():
        chosen = [risk for risk in told if risk.seriousness == seriousness]
        blocks += [Heading(heading, 3)] if chosen else []
        for risk in chosen:
            blocks += _risk(risk, prose)
    return tuple(blocks)


def _in_short(entry: TherapyEntry, prose: Prose) -> Iterator[Block]:
    """Yield the gravest risks as a line each, and the names of the others."""
    told = entry.therapy.risks
    grave = [risk for risk in told if risk.seriousness == "life-threatening"]
    serious = [risk for risk in told if risk.seriousness == "serious"]
    for seriousness, chosen in (("life-threatening", grave), ("serious", serious[:SERIOUS_TOLD])):
        if chosen:
            lines = tuple(risk_line(risk, prose) for risk in chosen)
            yield from (Heading(HEADINGS[seriousness], 3), Bullets(lines))
    others = [*serious[SERIOUS_TOLD:], *(each for each in told if each not in [*grave, *serious])]
    also = f"Also: {'; '.join(risk.name for risk in others)}. " if others else ""
    yield Paragraph(
        (f"{also}Signs and treatment of each: ", section_command(entry, "risks", prose))
    )


def _risk(risk: Risk, prose: Prose) -> Iterator[Block]:
    yield Heading(risk.name, 4)
    yield Paragraph(prose.text(risk.what, risk.sources))
    rows = (
        ("How often", risk.how_often),
        ("When", risk.when),
        ("Signs", risk.signs),
        ("What is done", risk.care),
    )
    yield DefinitionList(tuple((label, prose.text(told)) for label, told in rows if told))


def risk_line(risk: Risk, prose: Prose) -> Text:
    """Return a risk in a line: how often it comes, or what it is where no number was found."""
    told = first_sentence(risk.how_often or NO_NUMBER)
    if told.startswith(NO_NUMBER):
        told = f"{first_sentence(risk.what).rstrip('.')} (no number found)."
    return prose.labelled(f"{risk.name}:", told, risk.sources[:1])


def get_help(entry: TherapyEntry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """When to get help; what is an emergency is never shortened."""
    parts = entry.therapy.get_help
    if parts is None:
        return ()
    blocks: list[Block] = []
    if parts.emergency:
        blocks += [Paragraph((DO_NOT_WAIT,)), Callout(AT_ONCE, prose.texts(parts.emergency))]
    if parts.call_team:
        shown = parts.call_team if full else parts.call_team[:NAMES]
        more = more_in(len(parts.call_team) - len(shown), entry, "help", prose)
        items = (*prose.texts(shown), *more)
        blocks += [Heading("Call your team the same day", 3), Bullets(items)]
    return tuple(blocks)
