"""The small and the built-in knowledge, each read once, and libraries of changed ones."""

from functools import cache
from pathlib import Path

from therapyinfo.layers import LoadedKnowledge, load
from therapyinfo.library import Library
from therapyinfo.store.artifact import Artifact
from therapyinfo.store.compiling import compile_knowledge
from therapyinfo.store.locate import builtin_file

from .small import FIRST_PAGE, SMALL


@cache
def small() -> Library:
    """Return the small knowledge of `tests/small.py`."""
    return of_text(SMALL)


@cache
def first_page() -> Library:
    """Return the knowledge of `tests/small.py` that has what the first page is made of."""
    return of_text(FIRST_PAGE)


@cache
def builtin() -> Library:
    """Return the knowledge that is shipped."""
    return of_layered(load(builtin_file(), builtin_file()))


def of_text(text: str) -> Library:
    """Return the library of a knowledge file's text."""
    return of_layered(layered(text))


def layered(text: str) -> LoadedKnowledge:
    """Return what is read from a knowledge file's text."""
    return load(Path("made.yaml"), Path("builtin.yaml"), lambda _: text.encode())


def of_layered(knowledge: LoadedKnowledge) -> Library:
    """Return the library of a knowledge that has been read, or made by hand."""
    return Library(Artifact(compile_knowledge(knowledge, "", (), 0)))
