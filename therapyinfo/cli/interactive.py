"""The walk through a therapy one step at a time, at a terminal."""

import sys
from io import TextIOWrapper

from msgspec import Struct, structs

from ..errors import UsageError
from ..library import Library
from ..page import Heading, Page
from ..render import ON_SCREEN, Format, render
from ..render.walk import Walk, source_list, without_sources
from ..store.artifact import TherapyEntry
from ..views.walkthrough import end_of_walk, one_step, walkthrough
from .environment import can_move_cursor, is_on
from .output import OutputOptions, is_interactive, page_format, render_options, write_out

WORDS = {"": "enter", "next": "n", "back": "b", "sources": "s", "quit": "q"}
"""The words of a reader who types lines, and the key of each."""

_NEXT = ("n", "right", "enter", "space")
_BACK = ("b", "left")
_LINES = {"j": 1, "down": 1, "k": -1, "up": -1}
_SCREENS = {"page-down": 1, "space": 1, "page-up": -1}


class _Steps(Struct, frozen=True):
    """The steps of a therapy; each page is made when it is shown."""

    library: Library
    entry: TherapyEntry

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(step.title for step in self.entry.therapy.steps)

    def page(self, walk: Walk) -> Page:
        return one_step(self.library, self.entry, walk.number)


def step_through(
    library: Library, entry: TherapyEntry, first: int | None, options: OutputOptions
) -> None:
    """Show a step, wait for a key, go on until the reader has seen enough.

    Args:
        library: The knowledge.
        entry: The therapy.
        first: The step to start with; None for the first.
        options: The shared options.

    Raises:
        UsageError: There is no terminal, or an option asks for a file or a file format.
        UnknownName: There is no such step.
    """
    format = page_format(options)
    hint = library.command("walkthrough", entry.id, "--step", "N")
    if options.file is not None or format not in ON_SCREEN:
        raise UsageError(f"-i takes no -o, and -f terminal or plain alone. For others: {hint}")
    if not is_interactive():
        raise UsageError(f"-i needs a terminal. Without one: {hint}")
    walkthrough(library, entry, first)  # whether there is such a step
    walk = Walk(first or 1, len(entry.therapy.steps))
    steps = _Steps(library, entry)
    if format == "plain" or is_on("ACCESSIBLE") or not can_move_cursor():
        _by_line(steps, walk, format, options)
    else:
        _by_screen(steps, walk, options)
    write_out(render(end_of_walk(library, entry), format, render_options(options, format)))


def _by_screen(steps: _Steps, walk: Walk, output_options: OutputOptions) -> None:
    """Show one step a screen, until the reader quits."""
    from ..render.screen import screen
    from .keyboard import full_screen

    with full_screen() as keyboard:
        while True:
            columns, lines = keyboard.size()
            options = render_options(output_options, "terminal")
            options = structs.replace(options, width=min(options.width, columns))
            frame = screen(walk, steps.page(walk), steps.titles, options, lines)
            write_out("\x1b[H" + "\n".join(f"\x1b[K{line}" for line in frame.lines) + "\x1b[J")
            for key in keyboard.read():
                after = press(walk, key, frame.seen, frame.total)
                if after is None:
                    return
                walk = after


def _by_line(steps: _Steps, walk: Walk, format: Format, output_options: OutputOptions) -> None:
    """Print a step, ask what is next, and print that, until the reader quits."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # bytes that are not text become an unknown word
    prompt = f"Enter or n next, b back, 1-{walk.count} jump, s sources, q quit: "
    while True:
        options = render_options(output_options, format)
        if walk.shown == "sources":
            write_out(render(source_list(steps.page(walk)), format, options))
        elif walk.shown == "step":
            page = steps.page(walk)
            blocks = (Heading(page.title, 3), *without_sources(page).blocks)
            page = Page(f"{page.category}, step {walk.number} of {walk.count}", blocks, dict)
            write_out(render(page, format, options))
        word = _typed(prompt)
        after = press(Walk(walk.number, walk.count), WORDS.get(word, word))
        if after and after.typed:  # a line is a whole number, however many digits might follow
            after = press(after, "enter")
        if after is None:
            return
        walk = after


def _typed(prompt: str) -> str:
    """Return the word that the reader types; `q` at the end of all input."""
    write_out(prompt)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        write_out("\n")  # what comes next in the terminal starts a line of its own
        raise
    if not line:
        write_out("\n")
        return "q"
    return line.strip().casefold()


def press(walk: Walk, key: str, seen: int = 0, total: int = 0) -> Walk | None:
    """Return where a key leads.

    Args:
        walk: Where the reader is.
        key: The name of the key.
        seen: How many lines are on the screen.
        total: How many lines there are.

    Returns:
        The walk after the key; None for the end.
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
