"""The parts that sections are put together from."""

from collections.abc import Iterable

from ..compiled import Entry
from ..page import Block, Bullets, Code, Heading, Paragraph
from .prose import Prose

FEW = 3
"""How many items of a list the default page shows where the full one shows all."""

NAMES = 5
"""How many names of a list it shows, which are shorter than sentences."""


def paragraphs(texts: Iterable[str], prose: Prose) -> tuple[Block, ...]:
    """Return a paragraph for each text."""
    return tuple(Paragraph(prose.text(text)) for text in texts)


def bullets(texts: tuple[str, ...], prose: Prose, full: bool, few: int = FEW) -> tuple[Block, ...]:
    """Return the texts as a list, the first few of them unless `full` asks for all."""
    shown = texts if full else texts[:few]
    return (Bullets(prose.texts(shown)),) if shown else ()


def headed(
    heading: str, texts: tuple[str, ...], prose: Prose, full: bool, few: int = FEW
) -> tuple[Block, ...]:
    """Return the texts as a list under a heading of its own."""
    listed = bullets(texts, prose, full, few)
    return (Heading(heading, 3), *listed) if listed else ()


def more_in(count: int, entry: Entry, section: str) -> tuple[Block, ...]:
    """Return where the items that are left out can be read; nothing if none is."""
    if count <= 0:
        return ()
    return (Paragraph((f"{count} more: ", section_command(entry, section)), "quiet"),)


def section_command(entry: Entry, section: str) -> Code:
    """Return the command that shows a section whole."""
    return Code(f"therapyinfo explain {entry.id} --section {section}")
