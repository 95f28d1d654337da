"""What helps a reader to weigh a page: how to read its counts, who stands behind it."""

from ..library import Library
from ..page import Paragraph
from ..text import first_sentence
from .citations import format_date

EXAMPLE_SHARE = 20
"""The count that explains counts where a page has none of its own."""


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
