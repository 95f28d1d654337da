"""How a question tells what it wants."""

import re
from typing import NamedTuple

from .words import split_words


class Intent(NamedTuple):
    """Words that people ask with, and what they want to see.

    words: any of them tells it. pattern: so does what matches the question in small letters.
    sections: how much each counts. whole: the section that answers as a whole.
    """

    sections: dict[str, float]
    words: str = ""
    pattern: str = ""
    whole: str = ""

    def told_by(self, asked: str, words: set[str]) -> set[str]:
        """Return the words of a question in small letters that tell this; words: all it has."""
        told = words & {*self.words.split()}
        if self.pattern:
            found = re.finditer(self.pattern, asked)
            told |= {word for each in found for word in split_words(each[0])}
        return told
