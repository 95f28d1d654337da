"""Errors and problems of a file as a person reads them at a terminal: wrapped, with the place."""

import re
from collections.abc import Callable

from ..command_line import command_line
from ..errors import Problem, shown_path
from .options import RenderOptions, display_width
from .plain import wrap

SourceLines = Callable[[str, int], str | None]
"""Returns a line of a file, counted from 1; None where it is not known."""

_COMMAND = re.compile(rf"(?<=:) ({command_line()} (?:(?!: ).)*)\Z", re.DOTALL)
"""The command that ends a message, as all those do that name one."""

RESET = "\x1b[0m"
STYLES = {"error": "\x1b[1;31m", "warning": "\x1b[1m", "command": "\x1b[1m"}
INDENT = 2


def error_text(message: str, look: RenderOptions) -> str:
    """Return an error for a terminal: wrapped at words, the command on a line of its own."""
    message = look.printable(message)
    command = _COMMAND.search(message)
    told = message[: command.start()] if command else message
    lines = wrap(f"therapyinfo: {told}", look.prose_width)
    lines[0] = lines[0].replace("therapyinfo:", _styled("therapyinfo:", "error", look), 1)
    if command:
        lines.append(" " * INDENT + _styled(command[1], "command", look))
    return "".join(f"{line}\n" for line in lines)


def problem_text(problem: Problem, source: SourceLines, look: RenderOptions) -> str:
    """Return a problem of a file: what it is, its place, and the line there with a caret."""
    kind = f"{problem.severity}[{problem.rule}]"
    where = f" {problem.where}:" if problem.where else ""
    lines = wrap(look.printable(f"{kind}{where} {problem.message}"), look.prose_width)
    lines[0] = lines[0].replace(kind, _styled(kind, problem.severity, look), 1)
    place = f"{shown_path(problem.path)}:{problem.line}:{problem.column}"
    lines.append(f"{' ' * INDENT}--> {look.printable(place)}")
    line = source(problem.path, problem.line)
    if line is not None and line.strip():
        lines += _excerpt(problem, line, look)
    return "".join(f"{line}\n" for line in lines)


def _excerpt(problem: Problem, line: str, look: RenderOptions) -> list[str]:
    """Return a line of a file over a caret; of a long one, what stands around the place."""
    margin = f"{problem.line} | "
    room = max(look.width - len(margin), 1)
    shown = line.rstrip().replace("\t", " ")
    column = min(problem.column - 1, len(shown))
    start = (
        max(0, column - room // 2) if display_width(look.printable(shown[:column])) >= room else 0
    )
    before, after = look.printable(shown[start:column]), look.printable(shown[column:])
    while display_width(before) >= room:
        before = before[1:]
    while display_width(before + after) > room:
        after = after[:-1]
    bar = "| ".rjust(len(margin))
    caret = _styled("^", problem.severity, look)
    return [f"{margin}{before}{after}", f"{bar}{' ' * display_width(before)}{caret}"]


def _styled(text: str, style: str, look: RenderOptions) -> str:
    return f"{STYLES[style]}{text}{RESET}" if look.color else text
