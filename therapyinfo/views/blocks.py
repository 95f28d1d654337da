"""The parts that sections are put together from."""

from collections.abc import Iterable

from ..inlines import InlineCode, Text
from ..page import Block, Bullets, Heading, Paragraph
from ..store.artifact import TherapyEntry
from ..text import cited_ids, first_sentence
from .citations import Citations

SHORT_LIST = 3
"""How many items of a list the default page shows where the full one shows all."""

SHORT_NAME_LIST = 5
"""How many names of a list it shows, which are shorter than sentences."""


def paragraphs(texts: Iterable[str], citations: Citations) -> tuple[Block, ...]:
    """Return a paragraph for each text."""
    return tuple(Paragraph(citations.text(text)) for text in texts)


def bullets(
    texts: tuple[str, ...], citations: Citations, full: bool, limit: int = SHORT_LIST
) -> tuple[Block, ...]:
    """Return the texts as a list; unless `full`, the first few, a sentence of each."""
    items = (
        citations.texts(texts)
        if full
        else tuple(first_sentence_of(text, citations) for text in texts[:limit])
    )
    return (Bullets(items),) if items else ()


def first_sentence_of(text: str, citations: Citations) -> Text:
    """Return the first sentence of a text, with the text's first source if it names none itself."""
    first = first_sentence(text)
    return citations.text(first, () if cited_ids(first) else cited_ids(text)[:1])


def titled_list(
    heading: str, texts: tuple[str, ...], citations: Citations, full: bool, limit: int = SHORT_LIST
) -> tuple[Block, ...]:
    """Return the texts as a list under a heading of its own."""
    listed = bullets(texts, citations, full, limit)
    return (Heading(heading, 3), *listed) if listed else ()


def more_link(
    count: int, entry: TherapyEntry, section: str, citations: Citations
) -> tuple[Text, ...]:
    """Return the last item of a list: where those left out can be read; nothing if none is."""
    return ((f"{count} more: ", section_command(entry, section, citations)),) if count > 0 else ()


def section_command(entry: TherapyEntry, section: str, citations: Citations) -> InlineCode:
    """Return the command that shows a section whole."""
    return InlineCode(citations.library.command("explain", entry.id, "--section", section))
