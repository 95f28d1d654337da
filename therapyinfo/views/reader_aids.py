"""What helps a reader to weigh a page: who stands behind it."""

from ..library import Library
from ..text import first_sentence


def maintenance(library: Library) -> str:
    """Return who pays and how often the text is checked, a sentence each."""
    return f"{first_sentence(library.about.funding)} {first_sentence(library.about.updates)}"
