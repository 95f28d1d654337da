"""Write the manual page from the register of commands and from their help.

Run `python docs/make_man.py` after a change to a command or an option; a test holds it current.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from therapyinfo import __version__
from therapyinfo.cli import app  # noqa: F401 - it registers the commands
from therapyinfo.cli.help import built, section_rows
from therapyinfo.cli.options import SHARED
from therapyinfo.cli.registry import Command, by_group

PAGE = Path(__file__).with_name("therapyinfo.1")

WHAT_IT_IS = (
    "therapyinfo explains advanced therapies, such as CAR-T, MSC and growth factors, from a"
    " knowledge file that it carries, with a source for every claim. It works without a network."
    " It informs and never recommends, and does not replace a doctor."
)

WITHOUT_A_COMMAND = (
    "Without a command it prints a front page. With a name in place of a command it explains that"
    " therapy, with several it compares them."
)

NAMES = (
    "A therapy is called by its id, its name or an alias, by a brand, a generic name or a code of"
    " one of its products. Case, spaces, dashes, accents and full-width letters do not matter."
    " An illness in its place lists what is used for it."
)

EXIT_CODES = (
    ("0", "The question was answered."),
    ("1", "No such name, nothing found, an error in a checked file, or no way to write."),
    ("2", "The command line cannot be followed."),
    ("3", "The knowledge file is missing, unreadable or invalid."),
    ("130", "Interrupted."),
)

ENVIRONMENT = (
    ("THERAPYINFO_DATA", "The knowledge file where no --data is given; - is standard input."),
    ("THERAPYINFO_REGION", "The region where no --region is given."),
    ("THERAPYINFO_CACHE", "The folder for compiled knowledge; empty for none."),
    ("THERAPYINFO_PAGER, PAGER", "The pager for long pages, a command of the shell."),
    ("THERAPYINFO_DEBUG", "Set to 1, an internal error shows its traceback."),
    ("NO_COLOR, FORCE_COLOR", "Whether to colour where --color is auto."),
    ("FORCE_HYPERLINK", "Whether the terminal knows links."),
    ("ACCESSIBLE", "Set to 1, linear text without a pager, for a screen reader."),
    ("COLUMNS", "The width where no --width is given."),
)


def manual() -> str:
    """Return the manual page, as troff with the macros of man."""
    lines = [
        '.\\" Written by docs/make_man.py; change that.',
        f'.TH THERAPYINFO 1 "" "therapyinfo {__version__}" "User Commands"',
        ".SH NAME",
        "therapyinfo \\- explain advanced therapies, with a source for every claim",
        ".SH SYNOPSIS",
        ".B therapyinfo",
        f"{_troff('[NAME ...] | COMMAND [ARGUMENTS] [OPTIONS]')}",
        ".SH DESCRIPTION",
        *_paragraphs(WHAT_IT_IS, WITHOUT_A_COMMAND),
        ".SH COMMANDS",
    ]
    shared: dict[str, str] = {}
    for commands in by_group().values():
        for command in commands:
            lines += _command(command, shared)
    lines += [".SH OPTIONS", "These belong to every command that prints a page."]
    lines += [line for label, text in shared.items() for line in _item(label, text)]
    lines += [".SH NAMES", _troff(NAMES)]
    for heading, rows in (("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", ENVIRONMENT)):
        lines += [f".SH {heading}", *(line for row in rows for line in _item(*row))]
    lines += [".SH EXAMPLES", *_examples(), ".SH BUGS"]
    lines += [_troff("Please report a wrong fact as you would an error of the program.")]
    return "\n".join(lines) + "\n"


def _command(command: Command, shared: dict[str, str]) -> Iterator[str]:
    """Yield what a command does and its own options; the shared ones are put into `shared`."""
    made = built(command)
    context = made.make_context(command.name, [], resilient_parsing=True)
    usage = " ".join([command.name, *made.collect_usage_pieces(context)])
    yield f".SS {_troff(usage)}"
    yield from _paragraphs(re.sub(r"\s+", " ", command.summary))
    for parameter in made.get_params(context):
        record = parameter.get_help_record(context)
        if record and command.prints_page and parameter.name in SHARED:
            label, text = record
            shared.setdefault(label.replace("|csv", ""), text)
        elif record and parameter.name != "help":
            yield from _item(*record)
    if any(each.name == "section" for each in made.params):
        yield from _paragraphs("Sections, with their headings and the other words for them:")
        for id, text in section_rows():
            yield from _item(id, text)


def _examples() -> Iterator[str]:
    for commands in by_group().values():
        for command in commands:
            yield ".PP"
            yield ".nf"
            yield from map(_troff, command.examples)
            yield ".fi"


def _item(label: str, text: str) -> list[str]:
    return [".TP", f".B {_troff(label)}", _troff(text)]


def _paragraphs(*texts: str) -> Iterator[str]:
    for text in texts:
        yield ".PP"
        yield _troff(text)


def _troff(text: str) -> str:
    """Return a text of which troff reads nothing as a command."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    escaped = escaped.replace('"', "\\(dq").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8", newline="\n")
