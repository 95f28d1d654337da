"""What helps a reader to use a page: its aim, how to read its counts, who stands behind it."""

from ..inlines import InlineCode
from ..library import Library
from ..page import Block, Bullets, Heading, Paragraph, StepItem, StepList
from ..store.artifact import TherapyEntry
from ..text import first_sentence
from .citations import Citations, format_date

EXAMPLE_SHARE = 20
"""The count that explains counts where a page has none of its own."""


def intro(entry: TherapyEntry, citations: Citations, full: bool) -> tuple[Block, ...]:
    """Whom the page is for, what it tells, and what to do with it."""
    aim = (
        f"This page is for people who think about {entry.therapy.name}, and for those close to"
        " them. It tells you what it can do for you and to you, what else there is and what nobody"
        " knows. It does not tell you what to choose."
    )
    define = InlineCode(citations.library.command("define", "WORD"))
    steps = (
        StepItem(1, "Read", ("The main points stand above. Other words: ", define)),
        StepItem(2, "Ask", ("Take the questions near the end of this page to your team.",)),
        StepItem(3, "Act", ("Call your team at once for any sign under When to get help.",)),
    )
    return (Paragraph((aim,)), StepList(steps), *_hard_words(entry, citations))


def _hard_words(entry: TherapyEntry, citations: Citations) -> tuple[Block, ...]:
    items = tuple(
        citations.labelled(f"{term.term}:", first_sentence(term.meaning))
        for term in entry.hard_words
    )
    return (Heading("Hard words on this page", 3), Bullets(items)) if items else ()


def how_to_read_counts(share: int | None) -> Paragraph:
    """Return what a count in 100 people means, told with the count that the reader will meet."""
    count = EXAMPLE_SHARE if share is None else share
    sentence = (
        f"How to read the counts: {count} in 100 means that of 100 people like those in the"
        f" trial, {count} had it and {100 - count} did not. Nobody knows in advance which you will"
        " be."
    )
    return Paragraph((sentence,), "quiet")


def about_this_page(library: Library) -> Paragraph:
    """Return who wrote the text, who pays, how it is kept current, and where to report an error."""
    about = library.about
    checked = f"Last checked {format_date(library.reviewed)}."
    parts = (about.authors, about.funding, about.updates, checked, about.report)
    return Paragraph((" ".join(parts),))


def maintenance(library: Library) -> str:
    """Return who pays and how often the text is checked, a sentence each."""
    return f"{first_sentence(library.about.funding)} {first_sentence(library.about.updates)}"
