"""What each key does on a walk from step to step: pure functions from a walk to the next."""

import re

from msgspec import structs

from ..render.walk import Walk

_KEY = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|[\x00-\x7f]|[^\x00-\x7f]+", re.DOTALL)
UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
"""The start of a key that sends several bytes, or the Escape key."""

_NAMES = {
    b"\x1b": "escape", b"\r": "enter", b"\n": "enter", b" ": "space", b"\x04": "q",
    b"\x1b[A": "up", b"\x1b[B": "down", b"\x1b[C": "right", b"\x1b[D": "left",
    b"\x1bOA": "up", b"\x1bOB": "down", b"\x1bOC": "right", b"\x1bOD": "left",
    b"\x1b[5~": "page-up", b"\x1b[6~": "page-down",
}  # fmt: skip
_NEXT = ("n", "right", "enter", "space")
_BACK = ("b", "left")
_LINES = {"j": 1, "down": 1, "k": -1, "up": -1}
_SCREENS = {"page-down": 1, "space": 1, "page-up": -1}


def keys(sent: bytes) -> list[str]:
    r"""Return the keys for which a terminal has sent these bytes; "" for one that has no name.

    >>> keys(b"n\x1b[A\xff")
    ['n', 'up', '']
    """
    return [_name(found[0]) for found in _KEY.finditer(sent)]


def press(walk: Walk, key: str, seen: int = 0, total: int = 0) -> Walk | None:
    """Return where a key leads; None for the end.

    seen: how many lines are on the screen, of the `total` that there are.
    """
    if key.isdecimal():
        return _number(walk, walk.typed + key)
    if walk.typed:
        typed, walk = walk.typed, structs.replace(walk, typed="")
        if key == "enter":
            return _number(walk, typed, whole=True)
    last = max(total - seen, 0)
    lines = _LINES.get(key, 0) or _SCREENS.get(key, 0) * max(seen - 1, 1)
    if lines and (key != "space" or walk.top < last):
        return structs.replace(walk, top=min(max(min(walk.top, last) + lines, 0), last))
    if key == "q" or (key == "escape" and walk.shown == "step"):
        return None
    if key == "escape" or (walk.shown != "step" and key in ("s", "enter", "space")):
        return Walk(walk.number, walk.count)
    if key in _NEXT:
        return Walk(walk.number + 1, walk.count) if walk.number < walk.count else None
    if key in _BACK:
        return Walk(max(walk.number - 1, 1), walk.count)
    return Walk(walk.number, walk.count, "sources" if key == "s" else "keys")


def _number(walk: Walk, digits: str, *, whole: bool = False) -> Walk:
    """Return the step of a number, or wait for another digit where one may follow."""
    number = int(digits[:4])
    if not whole and number > 0 and 10 * number <= walk.count:
        return structs.replace(walk, typed=digits)
    if 1 <= number <= walk.count:
        return Walk(number, walk.count)
    return Walk(walk.number, walk.count, "keys")


def _name(sent: bytes) -> str:
    if sent in _NAMES:
        return _NAMES[sent]
    return sent.decode("ascii", "ignore").casefold() if len(sent) == 1 else ""
