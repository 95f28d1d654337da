"""What can go wrong, and when to get help, each whole."""

from collections.abc import Iterator

from ..inlines import Text
from ..page import Block, Callout, DefinitionList, Heading, Paragraph
from ..records import Risk, Therapy
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .blocks import bullets, paragraphs
from .citations import Citations

HEADINGS = {
    "life-threatening": "Can threaten life",
    "serious": "Serious",
    "moderate": "Troublesome",
    "mild": "Milder",
}
AT_ONCE = "Get help at once: your team's 24-hour number, or the emergency number"
SAME_DAY = "Call your team the same day"


def at_once(therapy: Therapy) -> str:
    """Return the title over the signs of an emergency, with the number to call.

    Who bought what is sold without approval may have no team with a number at night.
    """
    if therapy.who and therapy.who.offers:
        return "Get help at once: the emergency number, or those who treat you"
    return AT_ONCE


def risks(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """What can go wrong: deaths, then each risk, the most serious first."""
    blocks: list[Block] = [*paragraphs(entry.therapy.deaths, citations)]
    for seriousness, heading in HEADINGS.items():
        chosen = [risk for risk in entry.therapy.risks if risk.seriousness == seriousness]
        blocks += [Heading(heading, 3)] if chosen else []
        for risk in chosen:
            blocks += _risk(risk, citations)
    return tuple(blocks)


def _risk(risk: Risk, citations: Citations) -> Iterator[Block]:
    yield Heading(risk.name, 4)
    yield Paragraph(citations.text(risk.what, risk.sources))
    rows = (
        ("How often", risk.how_often),
        ("When", risk.when),
        ("Signs", risk.signs),
        ("What is done", risk.care),
    )
    if told := tuple((label, citations.text(text)) for label, text in rows if text):
        yield DefinitionList(told)


def risk_line(risk: Risk, citations: Citations) -> Text:
    """Return a risk in a line: its short form, else how often it comes, else what it is."""
    told = risk.in_short or first_sentence(risk.how_often or risk.what)
    return citations.labelled(f"{risk.name}:", told, () if "[@" in told else risk.sources)


def get_help(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """When to get help: every sign, none shortened."""
    parts = entry.therapy.get_help
    if parts is None:
        return ()
    emergency = citations.texts(parts.emergency)
    blocks: list[Block] = [Callout(at_once(entry.therapy), emergency)] if emergency else []
    if parts.call_team:
        blocks += [Heading(SAME_DAY, 3), *bullets(parts.call_team, citations)]
    return tuple(blocks)
