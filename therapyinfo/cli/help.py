"""Help as pages: the same look, the same width rules, examples first."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..inlines import InlineCode, Text
from ..page import Block, DefinitionList, Heading, Page, Paragraph
from ..render import render
from .output import OutputOptions, page_format, render_options, write_out
from .registry import COMMANDS, GROUPS


class HelpfulCommand(TyperCommand):
    """A command whose help is a page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """Print the page of this command and end."""
        name = self.name or ""
        usage = " ".join([ctx.command_path, *self.collect_usage_pieces(ctx)])
        blocks: list[Block] = [Paragraph((self.help or "",), "lead"), Heading("Examples")]
        blocks += [Paragraph((InlineCode(each),)) for each in COMMANDS[name].examples]
        blocks += [
            Heading("Use"),
            Paragraph((InlineCode(usage),)),
            DefinitionList(_parameters(self, ctx)),
        ]
        _print(Page(f"therapyinfo {name}", tuple(blocks), dict))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return the options that begin so."""
        return _plain_values(super().shell_complete(ctx, incomplete))


class HelpfulGroup(TyperGroup):
    """The program itself, whose help lists the commands by what they are for."""

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return the commands and options that begin so."""
        return _plain_values(super().shell_complete(ctx, incomplete))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """Print the page of the program and end."""
        blocks: list[Block] = [Paragraph((self.help or "",), "lead")]
        for group in GROUPS:
            chosen = [command for command in COMMANDS.values() if command.group == group]
            rows = tuple((command.name, (command.summary,)) for command in chosen)
            blocks += [Heading(group), DefinitionList(rows)]
        blocks += [
            Heading("Options"),
            DefinitionList(_parameters(self, ctx)),
            Heading("Good to know"),
            DefinitionList(_HINTS),
        ]
        _print(Page("therapyinfo", tuple(blocks), dict))


_HINTS: tuple[tuple[str, Text], ...] = (
    (
        "Try",
        (
            InlineCode("therapyinfo explain car-t"),
            " or ",
            InlineCode("therapyinfo compare car-t msc"),
        ),
    ),
    ("More on one", (InlineCode("therapyinfo COMMAND --help"),)),
    ("Read aloud", ("Set ACCESSIBLE=1, or add ", InlineCode("-f plain"), ", for linear text.")),
    ("Found an error", ("Open an issue in the repository that this tool came from.",)),
    ("Exit codes", ("0 answered, 1 not found, 2 misuse, 3 broken knowledge file.",)),
)


def _plain_values(items: list[Any]) -> list[Any]:
    # With help text beside a value Typer imports Rich on every press of TAB.
    for item in items:
        item.help = None
    return items


def _parameters(command: TyperCommand | TyperGroup, ctx: Any) -> tuple[tuple[str, Text], ...]:
    records = (parameter.get_help_record(ctx) for parameter in command.get_params(ctx))
    return tuple((label, (text,)) for label, text in filter(None, records))


def _print(page: Page) -> None:
    # Typer would print what its formatter holds in one write, of which a part can get lost.
    format = page_format(OutputOptions())
    write_out(render(page, format, render_options(OutputOptions(), format)))
    raise typer.Exit
