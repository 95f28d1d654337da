"""How a count in 100 people is drawn: exactly, or not at all."""

from ..inlines import Strong, Text
from ..page import IconArray, IconCount

FILLED, HALF, EMPTY = "●", "◐", "○"
STRIP = 50
"""How many marks a strip has: one for two people."""

SQUARE_ROW = 20
"""How many marks a row of a square has: one for each of 20 people, in 5 rows."""


def strip(in_100: int) -> str:
    """Return fifty marks for 100 people, with a half one for an odd count; "" for none.

    >>> strip(5)[:4], strip(100).count("●"), strip(0)
    ('●●◐○', 50, '')
    """
    filled, odd = divmod(in_100, 2)
    marks = FILLED * filled + HALF * odd
    return marks.ljust(STRIP, EMPTY) if in_100 else ""


def square(in_100: int) -> list[str]:
    """Return 100 marks in rows, as many filled as the count says; none for a count of none."""
    marks = (FILLED * in_100).ljust(100, EMPTY)
    starts = range(0, 100 if in_100 else 0, SQUARE_ROW)
    return [marks[start : start + SQUARE_ROW] for start in starts]


def amount(count: IconCount) -> str:
    """Return a count in words."""
    return count.amount or f"{count.in_100} in 100"


def caption(icons: IconArray) -> Text:
    """Return what is said of a picture; of a harm, that it is one, which no colour is to tell."""
    if not icons.harm:
        return icons.caption
    return (Strong("Harm:"), " ", *icons.caption) if icons.caption else (Strong("Harm"),)
