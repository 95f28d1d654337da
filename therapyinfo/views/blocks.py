"""The parts that sections and pages are put together from."""

from collections.abc import Iterable, Sequence

from ..inlines import Text
from ..page import Block, Bullets, Grid, Heading, Paragraph, StepItem
from ..records import Step
from .citations import Citations


def paragraphs(texts: Iterable[str], citations: Citations) -> tuple[Block, ...]:
    """Return a paragraph for each text."""
    return tuple(Paragraph(citations.text(text)) for text in texts)


def joined(texts: Iterable[str], citations: Citations) -> Text:
    """Return the texts as one, a space between them."""
    return tuple(part for text in texts for part in (" ", *citations.text(text)))[1:]


def run_in(texts: Iterable[str], citations: Citations) -> tuple[Block, ...]:
    """Return the texts one after the other in one paragraph; nothing for none."""
    words = joined(texts, citations)
    return (Paragraph(words),) if words else ()


def bullets(texts: Iterable[str], citations: Citations) -> tuple[Block, ...]:
    """Return the texts as a list; nothing for none."""
    items = citations.texts(texts)
    return (Bullets(items),) if items else ()


def titled_list(heading: str, texts: tuple[str, ...], citations: Citations) -> tuple[Block, ...]:
    """Return the texts as a list under a heading of its own."""
    listed = bullets(texts, citations)
    return (Heading(heading, 3), *listed) if listed else ()


def filled_grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """Return rows under their heads, without the columns in which no row says anything."""
    kept = [place for place in range(len(head)) if not place or any(row[place] for row in rows)]
    lines = tuple(tuple((row[place],) if row[place] else () for place in kept) for row in rows)
    return Grid(lines, tuple(head[place] for place in kept))


def step_item(number: int, step: Step, citations: Citations) -> StepItem:
    """Return a step as all pages tell it; beside a time for the column, how long is a detail."""
    duration = citations.text(step.duration)
    time: Text = (step.time,) if step.time else duration
    details = [("What happens", citations.text(step.happens, step.sources))]
    if step.you:
        details.append(("What you do", citations.text(step.you)))
    if step.time and duration:
        details.append(("How long", duration))
    if step.where:
        details.append(("Where", (step.where,)))
    return StepItem(number, step.title, time, tuple(details))
