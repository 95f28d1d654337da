"""Completion: what a shell is told at TAB, and the script by which it asks.

A script sets `_THERAPYINFO_COMPLETE` to `complete_SHELL`, and what is typed in the variables that
the scripts of Typer use, so that those which are installed already work too.
"""

import shlex
from collections.abc import Callable, Iterable, Mapping
from pkgutil import get_data
from typing import Any, NamedTuple

import typer

from ..errors import UsageError
from ..render.options import transliterate
from ..text import normalized
from .app import build
from .help import built
from .knowledge import COMPLETING
from .registry import COMMANDS, by_group
from .values import Value, is_plain, therapies, values

SCRIPTS = {
    "bash": "therapyinfo.bash",
    "zsh": "_therapyinfo",
    "fish": "therapyinfo.fish",
    "powershell": "therapyinfo.ps1",
    "pwsh": "therapyinfo.ps1",
}
"""The script of each shell, in the package's folder `completions`."""

LONGEST_DESCRIPTION = 90
_SAFE = frozenset(" ,.-")
"""What a description may hold beside letters and digits: no shell reads it, wherever it stands."""


class Typed(NamedTuple):
    """A line that is typed: its words without the program's, and the one that is not finished."""

    words: list[str]
    begun: str


def script(shell: str) -> str:
    """Return the script that completes for a shell; raise UsageError for any other shell."""
    if shell not in SCRIPTS:
        shells = ", ".join(name for name in SCRIPTS if name != "pwsh")
        raise UsageError(f"no completion for the shell {shell!r}. There is one for {shells}")
    return (get_data("therapyinfo", f"completions/{SCRIPTS[shell]}") or b"").decode()


def answer(environ: Mapping[str, str]) -> tuple[str, bool]:
    """Return what a shell is told, and whether there is anything to complete."""
    action, _, shell = environ[COMPLETING].partition("_")
    if action == "source":
        return script(shell), True
    read, told = _SHELLS[shell]
    found = [Value(value.name, _description(value.about)) for value in candidates(*read(environ))]
    asked = environ.get("_TYPER_COMPLETE_FISH_ACTION")
    if shell == "fish" and asked == "is-args":
        return "", bool(found)
    return told(found), True


def candidates(words: list[str], begun: str) -> Iterable[Value]:
    """Return the values that a word can become.

    words: what stands before it, without the name of the program.
    """
    if not words:
        every = [command for group in by_group().values() for command in group]
        commands = [Value(each.name, each.summary.partition(":")[0]) for each in every]
        options = _options(typer.main.get_command(build()), begun) if begun.startswith("-") else []
        found = [*commands, *options]
        named = values(None, begun, therapies) if begun else []
        return [*(each for each in found if each.name.startswith(begun)), *named]
    if words[0] in COMMANDS:
        command = built(COMMANDS[words[0]])
        words = words[1:]
    else:
        command = built(COMMANDS["explain"])
    return _of_command(command, words, begun)


def _of_command(command: Any, words: list[str], begun: str) -> Iterable[Value]:
    prefix = ""
    if begun.startswith("--") and "=" in begun and "--" not in words:
        option, _, begun = begun.partition("=")
        words, prefix = [*words, option], f"{option}="
    elif words[-1:] == ["="]:  # bash reads the sign as a word
        words = words[:-1]
    elif begun == "=":
        begun = ""
    context = command.make_context(command.name, [*words], resilient_parsing=True)
    parameters = command.get_params(context)
    taken = next((each for each in parameters if _waits(each, words)), None)
    if taken is None and begun.startswith("-") and "--" not in words:
        return _options(command, begun)
    taken = taken or next((each for each in parameters if _is_argument(each)), None)
    items = taken.shell_complete(context, normalized(begun)) if taken else []
    plain = (each for each in items if is_plain(each.value))
    return [Value(f"{prefix}{each.value}", each.help or "") for each in plain]


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _waits(parameter: Any, words: list[str]) -> bool:
    """Return whether the last of the words is an option that waits for its value."""
    is_option = not _is_argument(parameter) and not parameter.is_flag
    return is_option and "--" not in words and bool(words) and words[-1] in parameter.opts


def _options(command: Any, begun: str) -> list[Value]:
    context = command.make_context(command.name, [], resilient_parsing=True)
    return [
        Value(option, each.help or "")
        for each in command.get_params(context)
        if not _is_argument(each) and not each.hidden
        for option in each.opts
        if option.startswith(begun)
    ]


def _description(text: str) -> str:
    """Return a description as words that no shell reads as more, on one line."""
    kept = (
        each if each.isalnum() or each in _SAFE else " " for each in transliterate(text, "ascii")
    )
    line = " ".join("".join(kept).split())
    if len(line) <= LONGEST_DESCRIPTION:
        return line
    return line[:LONGEST_DESCRIPTION].rpartition(" ")[0].rstrip(" ,.-")


def _split(line: str) -> list[str]:
    """Return the words of a line that may end inside a quotation."""
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # within a quotation, or behind a backslash
        words.append(lexer.token)
    return words


def _read_bash(environ: Mapping[str, str]) -> Typed:
    words, place = _split(environ["COMP_WORDS"]), int(environ["COMP_CWORD"])
    return Typed(words[1:place], words[place] if place < len(words) else "")


def _read_line(environ: Mapping[str, str]) -> Typed:
    line = environ.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    if words and not line.endswith(" "):
        return Typed(words[:-1], words[-1])
    return Typed(words, "")


def _read_powershell(environ: Mapping[str, str]) -> Typed:
    begun = environ.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    words = _split(environ.get("_TYPER_COMPLETE_ARGS", ""))[1:]
    return Typed(words[:-1] if begun else words, begun)


def _told_bash(found: list[Value]) -> str:
    return "\n".join(each.name for each in found)


def _told_fish(found: list[Value]) -> str:
    return "\n".join(f"{each.name}\t{each.about}" if each.about else each.name for each in found)


def _told_zsh(found: list[Value]) -> str:
    """Return what the script of Typer evaluates."""
    if not found:
        return "_files"
    values = (f'"{each.name}":"{each.about}"' if each.about else f'"{each.name}"' for each in found)
    return "_arguments '*: :(({}))'".format("\n".join(values))


def _told_powershell(found: list[Value]) -> str:
    return "\n".join(f"{each.name}:::{each.about or ' '}" for each in found)


_SHELLS: dict[str, tuple[Callable[[Mapping[str, str]], Typed], Callable[[list[Value]], str]]] = {
    "bash": (_read_bash, _told_bash),
    "zsh": (_read_line, _told_zsh),
    "fish": (_read_line, _told_fish),
    "powershell": (_read_powershell, _told_powershell),
    "pwsh": (_read_powershell, _told_powershell),
}
"""How each shell says what is typed, and how it is told what that can become."""
