"""The name that a mistyped one may have meant, looked for as long as that is worth its time."""

from collections.abc import Iterable

from ..text import close_matches

MOST_LOOKED_FOR = 20
"""Who mistypes more names than these has another trouble, and each costs a look at all names."""

FEW_NAMES = 50
"""Of more names than these only the alike are weighed: one slip leaves a start or an end."""

MANY_NAMES = 500
"""As many of the alike are weighed."""

LONGEST_NAME = 100


class Nearest:
    """Finds the known name that is nearest to an unknown one, for the first few unknown ones."""

    def __init__(self) -> None:
        self._left = MOST_LOOKED_FOR

    def __call__(self, name: str, known: Iterable[str]) -> str | None:
        """Return the nearest of the known names; None if none is near, or many were looked for."""
        if not self._left or len(name) > LONGEST_NAME:
            return None
        self._left -= 1
        names = [each for each in known if len(each) <= LONGEST_NAME]
        for part in (3, len(name) // 2):
            if len(names) > (FEW_NAMES if part == 3 else MANY_NAMES):
                names = [each for each in names if _alike(each, name, part)]
        found = close_matches(name, names[:MANY_NAMES], 1)
        return found[0] if found else None


def _alike(first: str, second: str, part: int) -> bool:
    return first[:part] == second[:part] or first[-part:] == second[-part:]
