"""Environment variables that switch, what the terminal can do, and the date of today.

No other module reads the clock.
"""

import os
from datetime import UTC, date, datetime

_OFF = ("", "0", "false", "no", "off")
_UNKNOWN = ("", "dumb", "unknown")
_WITHOUT_LINKS = ("linux", "eterm", "emacs", "cons25", "vt", "ansi")


def is_on(variable: str) -> bool:
    """Return whether an environment variable is set to anything but empty, 0, false, no or off."""
    return os.environ.get(variable, "").strip().casefold() not in _OFF


def can_move_cursor() -> bool:
    """Return whether the terminal is known to do more than print line after line."""
    terminal = os.environ.get("TERM", "").casefold()
    if os.name == "nt":
        return terminal != "dumb"
    return terminal not in _UNKNOWN and not terminal.startswith("emacs")


def knows_links() -> bool:
    """Return whether the terminal may know links: it is not one that prints their codes.

    FORCE_HYPERLINK decides where it is given, as it does for other tools.
    """
    if "FORCE_HYPERLINK" in os.environ:
        return is_on("FORCE_HYPERLINK")
    terminal = os.environ.get("TERM", "").casefold()
    if terminal.startswith("screen") and "TMUX" not in os.environ:
        return False
    inside_emacs = "INSIDE_EMACS" in os.environ
    return can_move_cursor() and not terminal.startswith(_WITHOUT_LINKS) and not inside_emacs


def today() -> date:
    """Return the date of today, or that of SOURCE_DATE_EPOCH, by which builds are made anew."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdigit() and len(fixed) < 12:  # seconds, to the year 5138
        return datetime.fromtimestamp(int(fixed), UTC).date()
    return datetime.now().astimezone().date()
