"""Help as pages: the same look, the same width rules, examples first."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..inlines import InlineCode, Text
from ..page import Block, DefinitionList, Heading, Page, Paragraph
from ..render import render
from .options import with_page_options
from .output import OutputOptions, page_format, render_options, write_out
from .registry import COMMANDS, Command, by_group


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
        if any(each.name == "section" for each in self.params):
            rows: tuple[tuple[str, Text], ...] = tuple((id, (text,)) for id, text in section_rows())
            blocks += [Heading("Sections"), DefinitionList(rows)]
        _print(Page(f"therapyinfo {name}", tuple(blocks), dict))


class HelpfulGroup(TyperGroup):
    """The program itself; it builds a command on first use, its help lists them by purpose."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        # The names are what Typer suggests for a mistyped one.
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # none is built yet

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """Return the names of all commands."""
        return [command.name for group in by_group().values() for command in group]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
        """Return the command of a name, built now; None if there is none."""
        return built(COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command of a line; names in its place are explained, or compared."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            from .shorthand import with_command

            ctx.obj, args = with_command(args)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's signature
        """Print the page of the program and end."""
        blocks: list[Block] = [Paragraph((self.help or "",), "lead")]
        for group, commands in by_group().items():
            rows = tuple((command.name, (command.summary,)) for command in commands)
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
    ("Exit codes", ("0 success, 1 not found, 2 usage error, 3 invalid knowledge file.",)),
)


def section_rows() -> list[tuple[str, str]]:
    """Return what `--section` takes: each id with its heading and the words people use."""
    from ..views.section_table import SECTIONS, SOURCES

    rows = [
        (each.id, "; ".join(filter(None, (each.heading, ", ".join(each.synonyms)))))
        for each in SECTIONS
    ]
    return [*rows, (SOURCES, "Sources")]


def built(command: Command) -> Any:
    """Return what runs a command."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    function = with_page_options(command) if command.prints_page else command.function
    app.command(command.name, cls=HelpfulCommand)(function)
    return typer.main.get_command(app)


def _parameters(command: TyperCommand | TyperGroup, ctx: Any) -> tuple[tuple[str, Text], ...]:
    records = (parameter.get_help_record(ctx) for parameter in command.get_params(ctx))
    return tuple((label, (text,)) for label, text in filter(None, records))


def _print(page: Page) -> None:
    # Typer would print what its formatter holds in one write, of which a part can get lost.
    format = page_format(OutputOptions())
    write_out(render(page, format, render_options(OutputOptions(), format)))
    raise typer.Exit
