"""How `less` is started where its reader has set nothing: with a prompt, and keys for headings.

No `-X`: the mouse wheel moves the page only on the alternate screen.
"""

import os
import re
import shutil
import subprocess
from pathlib import PurePath

from ..render.options import display_width, fallback_box

HEADING = (
    "[^─ ] +[─]{3,}$|^ *[╭]─ .*[╮]$"
    "|^[[:upper:]][^[:lower:]]+$|^[[:upper:]]+ [[:upper:]]+ [^[:lower:]:]+: "
)
"""What `n` looks for: a heading with its rule, the top of a box, or capitals in plain text."""

KEYS = (
    "   n next heading   / search   h help   q quit ",
    "   n next heading   h help   q quit ",
    "   n next heading   q quit ",
    "   n next   q quit ",
    " ",
)
"""The keys that are told, in fewer words where there is less room."""

EDGE = 3
"""How many columns `less` leaves free behind a prompt."""

MOUSE_SINCE = 551
"""The version of `less` that knows `--mouse`; one from before refuses it."""

_VERSION = re.compile(r"less (\d+)")

_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "?:.%\\"})
"""What a prompt of `less` would take for an instruction."""


def less_command(title: str, lines: int, width: int) -> list[str]:
    """Return `less` with options, for BusyBox's only those that it knows."""
    command = ["less", "-R", "-F"]
    if is_busybox():
        return command
    # -g: only the heading that was gone to is highlighted, not the rule of each.
    mouse = ["--mouse", "--wheel-lines=3"] if _needs_mouse() else []
    return [*command, *mouse, "-g", "-j2", f"-Ps{prompt(title, lines, width)}"]


def _needs_mouse() -> bool:
    """Return whether the mouse wheel reaches `less` only if it asks for it.

    A tmux that has the mouse turns the wheel into its own scrolling, of a screen without a past.
    """
    if (
        "TMUX" not in os.environ
        or _told("tmux", "display-message", "-p", "#{mouse}").strip() != "1"
    ):
        return False
    version = _VERSION.match(_told("less", "--version"))
    return version is not None and int(version[1]) >= MOUSE_SINCE


def _told(*command: str) -> str:
    """Return what a program says; "" if it cannot or takes long."""
    try:
        return subprocess.run(  # noqa: S603 - two fixed commands
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=1,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def is_busybox() -> bool:
    """Return whether `less` is the one of BusyBox, which refuses options of the other."""
    found = shutil.which("less")
    return found is not None and PurePath(os.path.realpath(found)).name.startswith("busybox")


def prompt(title: str, lines: int, width: int) -> str:
    r"""Return a prompt: the line of how many, the keys, and the page if there is room for it too.

    `less` shows only the end of a prompt that leaves no room at the edge.

    >>> prompt("CAR-T: 5%", 401, 60)
    ' CAR-T\\: 5\\%   line %lb of 401   n next heading   q quit '
    """
    width -= EDGE
    place = f"line %lb of {lines}"
    taken = display_width(place) + len(f"{lines}") - len("%lb")
    start = f" {title}   "
    if display_width(start) + taken + len(KEYS[-2]) > width:
        start = " "
    room = width - display_width(start) - taken
    keys = next((keys for keys in KEYS if len(keys) <= room), KEYS[-1])
    return f"{start.translate(_SPECIAL)}{place}{keys}"


def history(encoding: str) -> bytes:
    """Return a history file of `less` whose last search is the heading."""
    pattern = fallback_box(HEADING, encoding)
    return f'.less-history-file:\n.search\n"{pattern}\n'.encode(encoding, "replace")
