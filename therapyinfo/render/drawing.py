"""A whole terminal page: its title, its blocks in their places, and what ends it."""

from collections.abc import Iterator

from rich.rule import Rule
from rich.text import Text as RichText

from ..inlines import to_text
from ..page import Block, DefinitionList, IconArray, Page
from .blocks import BlockDrawing
from .counts import caption
from .inline import COMMAND
from .layout import Columns, Renderable, Stack, with_hanging_indent
from .options import display_width
from .spacing import BETWEEN, NEXT, fitting_commands, is_dense, screen_blocks, stand_apart
from .widgets import FACTS_WIDTH, GAP, icon_arrays, squares_fit, squares_width
from .widths import longest_word
from .wrapping import JOINT


class PageDrawing(BlockDrawing):
    """The drawing of one page."""

    def title(self, page: Page) -> Renderable:
        """Draw what a page is called, and its tag beside that or under it."""
        name = RichText(page.title, "bold")
        under = [page.subtitle, page.category]
        room = self.room - display_width(page.title) - display_width(page.category)
        if page.category and room >= 2:
            name = RichText.assemble(name, " " * room, page.category)
            under = [page.subtitle]
        beside = f" ({page.subtitle})"
        room -= display_width(beside)
        if page.subtitle and not page.category and is_dense(page) and room >= 0:
            name.append(beside, "not bold default")
            under = []
        lines = [name, *(RichText(each) for each in under if each)]
        return self._inset(Stack(*lines), bottom=0 if is_dense(page) else 1)

    def ending(self, page: Page) -> Renderable:
        """Draw what ends a page: its note, and what to ask next."""
        dense = is_dense(page)
        parts: list[Renderable] = []
        if page.footer:
            parts += [*([] if dense else [Rule(style="dim")]), self._text(page.footer)]
        if page.next_commands and self.look.show_next:
            parts.append(self._next(page.next_commands))
        top = 0 if dense and not page.compact else 1
        return self._inset(Stack(*parts), top=top, bottom=1)

    def _next(self, commands: tuple[str, ...]) -> Renderable:
        """Draw the commands that one line holds."""
        told = RichText()
        for command in fitting_commands(commands, self.room):
            told.append(BETWEEN if told else "").append(command.replace(" ", JOINT), COMMAND)
        return with_hanging_indent(told, NEXT, "")

    def blocks(self, page: Page) -> Iterator[Renderable]:
        """Draw each block; a picture and the facts behind it stand beside each other."""
        blocks, dense = screen_blocks(page), is_dense(page)
        before: Block | None = None
        for block, after in zip(blocks, (*blocks, None)[1:], strict=True):
            if before is not None and stand_apart(before, block, dense=dense):
                yield RichText("")
            facts = self._beside(before, block)
            if facts is not None:
                yield facts
            elif self._beside(block, after) is None:
                yield from self.block(block)
            before = block

    def _beside(self, icons: Block | None, facts: Block | None) -> Renderable | None:
        """Return a picture with the facts behind it; None if they have no room beside it."""
        if not (isinstance(icons, IconArray) and isinstance(facts, DefinitionList)) or icons.small:
            return None
        longest = longest_word(
            part for label, text in facts.rows for part in (label, to_text(text))
        )
        room = self.room - FACTS_WIDTH
        if longest > FACTS_WIDTH // 2 or not squares_fit(icons, room):
            return None
        start = squares_width(icons)
        widths = (start, self.room - start - GAP)
        drawn = Columns((icon_arrays(icons), self._labels(facts.rows, widths[1])), widths, GAP)
        return self._inset(Stack(self._text(caption(icons)), drawn))
