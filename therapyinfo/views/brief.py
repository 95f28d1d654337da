"""The shortest page of a therapy: one screen with what matters most."""

from collections.abc import Iterator

from ..inlines import Text
from ..page import Block, Bullets
from ..records import Therapy
from ..store.artifact import TherapyEntry
from ..text import first_sentence, with_full_stop, without_citations
from .citations import Citations
from .explain_data import BRIEF_RISKS
from .first_page import main_risks
from .risks import risk_line
from .sections import lead

WHO = "Who it is for:"
CALL = "Call at once, for example for:"

TWO_LINES = 140
"""As many characters as two lines of a narrow screen hold."""


def brief_blocks(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    """Return the lead, who it is for, one benefit, deaths, two harms and when to call."""
    blocks = lead(entry, citations)
    items = tuple(_items(entry, citations))
    return (*blocks, Bullets(items)) if items else blocks


def _items(entry: TherapyEntry, citations: Citations) -> Iterator[Text]:
    therapy = entry.therapy
    if who := _who(therapy):
        yield citations.labelled(WHO, who)
    if benefit := therapy.facts.can_do or next(iter(therapy.benefits), None):
        yield citations.labelled("What it can do:", benefit)
    if deaths := therapy.deaths[:1] or tuple(filter(None, [therapy.facts.deaths])):
        yield citations.labelled("Deaths:", first_sentence(deaths[0]))
    yield from (risk_line(risk, citations) for risk in main_risks(entry)[:BRIEF_RISKS])
    if therapy.get_help and therapy.get_help.emergency:
        signs = " ".join(_first_signs(therapy.get_help.emergency))
        yield citations.labelled(CALL, signs)


def _who(therapy: Therapy) -> str:
    """Return who it is for in at most two lines, where the knowledge has words that short."""
    long = first_sentence(therapy.facts.used_for or "")
    short = therapy.short_facts.used_for if therapy.short_facts else None
    room = TWO_LINES - len(WHO)
    return with_full_stop(short) if short and len(without_citations(long)) > room else long


def _first_signs(signs: tuple[str, ...]) -> Iterator[str]:
    """Yield the first sign, and those behind it that two lines hold."""
    room = TWO_LINES - len(CALL)
    for number, sign in enumerate(map(first_sentence, signs)):
        room -= len(without_citations(sign)) + 1
        if number and room < 0:
            return
        yield sign
