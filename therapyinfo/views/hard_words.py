"""The hard words of a page, told before it uses them: illnesses, and words hard to say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..compiled import Entry
from ..page import Block, Cite, Code, Facts, Heading, Paragraph, Struct, strings
from ..records import Term
from ..wording import first_sentence
from .parts import section_command
from .prose import Prose

MOST = 7
"""So many words stand in the list; a longer one is not read."""

IN_BRACKETS = re.compile(r"\([^()]*\)")
"""A term in brackets stands behind its plain words, so it needs no telling."""

WORD = re.compile(r"\w+")
