"""What can go wrong, and when to get help."""

from collections.abc import Iterator

from ..compiled import Entry
from ..page import Block, Bullets, Callout, Facts, Heading, Paragraph, Text
from ..records import Risk
from ..wording import first_sentence
from .parts import section_command
from .prose import Prose


def risks(entry: Entry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """What can go wrong, the most serious first."""
    blocks: list[Block] = []
    headings = {
        "life-threatening": "Can threaten life",
        "serious": "Serious",
        "moderate": "Troublesome",
        "mild": "Milder",
    }
    for seriousness, heading in headings.items():
        chosen = [risk for risk in entry.therapy.risks if risk.seriousness == seriousness]
        if not chosen:
            continue
        blocks.append(Heading(heading, 3))
        if full:
            for risk in chosen:
                blocks += _risk(risk, prose)
        elif seriousness in ("life-threatening", "serious"):
            blocks.append(Bullets(tuple(_risk_line(risk, prose) for risk in chosen)))
        else:
            blocks.append(Paragraph((f"{'; '.join(risk.name for risk in chosen)}.",)))
    if blocks and not full:
        pointer = ("Signs and treatment of each: ", section_command(entry, "risks"))
        blocks.append(Paragraph(pointer, "quiet"))
    return tuple(blocks)


def _risk(risk: Risk, prose: Prose) -> Iterator[Block]:
    yield Heading(risk.name, 4)
    yield Paragraph(prose.text(risk.what, risk.sources))
    rows = (
        ("How often", risk.how_often),
        ("When", risk.when),
        ("Signs", risk.signs),
        ("What is done", risk.care),
    )
    yield Facts(tuple((label, prose.text(told)) for label, told in rows if told))


def _risk_line(risk: Risk, prose: Prose) -> Text:
    told = first_sentence(risk.how_often or risk.what)
    return prose.labelled(f"{risk.name}:", told, risk.sources[:1])


def get_help(entry: Entry, prose: Prose, full: bool) -> tuple[Block, ...]:
    """When to get help; never shortened."""
    parts = entry.therapy.get_help
    if parts is None:
        return ()
    blocks: list[Block] = []
    if parts.emergency:
        blocks.append(Callout("Get help at once", prose.texts(parts.emergency)))
    if parts.call_team:
        blocks += [Heading("Call your team the same day", 3), Bullets(prose.texts(parts.call_team))]
    return tuple(blocks)
