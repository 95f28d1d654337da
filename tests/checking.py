"""A sound knowledge file, and what `check` says of a text."""

from datetime import date
from functools import reduce
from pathlib import Path

from therapyinfo.check import Report, check
from therapyinfo.errors import Problem

from .small import SMALL

TODAY = date(2026, 11, 25)
PATH = Path("made.yaml")

_MENDED = {
    " (CRS)": "",
    "as_of: 2024-05": "as_of: 2026-05",
    "[Which product would I get?]": '["Which product would I get?"]',  # not all parsers take ?]
}

SOUND = f"""{reduce(lambda text, each: text.replace(*each), _MENDED.items(), SMALL)}\
    how_it_works:
      - The cells send calming signals [@label-2024].
    risks:
      - name: Fever
        seriousness: mild
        what: The body gets warm [@label-2024].
"""
"""The small file with what a page cannot go without, so that it has no error and no warning."""


def report(text: str | bytes, **others: str) -> Report:
    """Return what `check` finds in a text; others: the text of each other file by its stem."""
    content = text.encode() if isinstance(text, str) else text
    files = {"made": content, **{stem: other.encode() for stem, other in others.items()}}

    def read_bytes(path: Path) -> bytes:
        if path.stem not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return files[path.stem]

    return check(PATH, Path("base.yaml"), None, read_bytes)


def errors_in(text: str | bytes, **others: str) -> list[Problem]:
    """Return the errors that `check` finds in a text."""
    return [each for each in report(text, **others).problems if each.severity == "error"]


def changed(old: str, new: str) -> str:
    """Return the sound file with a part of it, which stands in it once, replaced."""
    assert SOUND.count(old) == 1, f"{old!r} stands there {SOUND.count(old)} times"
    return SOUND.replace(old, new)
