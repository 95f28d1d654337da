"""The parts that sections are put together from."""

from collections.abc import Iterable

from ..page import Block, Bullets, Heading, InlineCode, Paragraph, Text
from ..store.artifact import TherapyEntry
from ..text import cited_ids, first_sentence
from .prose import Prose

FEW = 3
"""How many items of a list the default page shows where the full one shows all."""

NAMES = 5
"""How many names of a list it shows, which are shorter than sentences."""


def paragraphs(texts: Iterable[str], prose: Prose) -> tuple[Block, ...]:
    """Return a paragraph for each text."""
    return tuple(Paragraph(prose.text(text)) for text in texts)


def bullets(texts: tuple[str, ...], prose: Prose, full: bool, few: int = FEW) -> tuple[Block, ...]:
    """Return the texts as a list; unless `full`, the first few, a sentence of each."""
    items = prose.texts(texts) if full else tuple(in_short(text, prose) for text in texts[:few])
    return (Bullets(items),) if items else ()


def in_short(text: str, prose: Prose) -> Text:
    """Return the first sentence of a text, with the text's first source if it names none itself."""
    first = first_sentence(text)
    return prose.text(first, () if cited_ids(first) else cited_ids(text)[:1])


def headed(
    heading: str, texts: tuple[str, ...], prose: Prose, full: bool, few: int = FEW
) -> tuple[Block, ...]:
    """Return the texts as a list under a heading of its own."""
    listed = bullets(texts, prose, full, few)
    return (Heading(heading, 3), *listed) if listed else ()


def more_in(count: int, entry: TherapyEntry, section: str, prose: Prose) -> tuple[Text, ...]:
    """Return the last item of a list: where those left out can be read; nothing if none is."""
    return ((f"{count} more: ", section_command(entry, section, prose)),) if count > 0 else ()


def section_command(entry: TherapyEntry, section: str, prose: Prose) -> InlineCode:
    """Return the command that shows a section whole."""
    return InlineCode(prose.library.command("explain", entry.id, "--section", section))
