"""One step of a walk on a screen of its own: where one is, the step, and the keys."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from rich.text import Text as RichText

from ..page import Page, Sources
from .inline import ACCENT
from .layout import Padded, Stack
from .options import RenderOptions, display_width, sanitize
from .terminal import printed, terminal_part
from .walk import Walk, key_help, source_list, without_sources
from .widgets import NARROW
from .wrapping import JOINT

ROOMY = 16
"""A screen of so many lines has room for blank ones, and for the steps before and after."""

HERE = f"bold {ACCENT}"
GAP = "   "


class Frame(Struct, frozen=True):
    """A drawn screen, and how many of how many lines of its text are seen."""

    lines: tuple[str, ...]
    seen: int
    total: int


def screen(
    walk: Walk, page: Page, titles: Sequence[str], options: RenderOptions, height: int
) -> Frame:
    """Return the screen of a walk, no higher than it may be.

    page: the step, with the name of the therapy as its tag. titles: of all steps.
    """
    page = sanitize(page, options)
    body = terminal_part(_shown(walk, page), options, page, cut_addresses=True).splitlines()
    around = _Around(walk, options, roomy=height >= ROOMY)
    head = around.head(page.category)
    foot = around.foot(titles, page, scrolls=False)
    if len(head) + len(body) + 1 + len(foot) > height:
        foot = around.foot(titles, page, scrolls=True)
    seen = max(height - len(head) - 1 - len(foot), 1)
    top = min(walk.top, max(len(body) - seen, 0))
    text = [*body[top : top + seen], *[""] * (seen - len(body))]
    rule = around.rule(above=top, below=max(len(body) - top - seen, 0))
    return Frame((*head, *text, *rule, *foot)[:height], seen, len(body))


def _shown(walk: Walk, page: Page) -> Page:
    match walk.shown:
        case "step":
            return without_sources(page)
        case "sources":
            return source_list(page)
        case "keys":
            return key_help(walk)


class _Around:
    """What is drawn above and below a step."""

    def __init__(self, walk: Walk, options: RenderOptions, *, roomy: bool) -> None:
        self.walk, self.look, self.roomy = walk, options, roomy
        self.indent = 2 if options.width >= NARROW else 0
        self.width = options.prose_width - 2 * self.indent

    def head(self, name: str) -> list[str]:
        """Draw whose walk it is, and the step as a number and as a mark on the way."""
        place = _whole(f"step {self.walk.number} of {self.walk.count}")
        told = RichText.assemble((name, HERE), GAP, place)
        lines = self.drawn(_apart(told, self.way(), self.width))
        return ["", *lines, ""] if self.roomy else lines

    def way(self) -> RichText:
        """Draw the way: what lies behind, where the reader is, what is to come; "" if too long."""
        number, count = self.walk.number, self.walk.count
        joint = "━━" if 3 * count <= self.width // 2 else "━"
        behind, ahead = ("●" + joint) * (number - 1), (joint + "○") * (count - number)
        way = RichText.assemble((behind, ACCENT), ("◉", HERE), (ahead, "dim"))
        return way if display_width(way.plain) <= self.width else RichText()

    def rule(self, above: int, below: int) -> list[str]:
        """Draw where the text ends, and how much of it there is beyond the screen."""
        counts = ((above, "above"), (below, "below"))
        told = ", ".join(f"{count} more {where}" for count, where in counts if count)
        label = f" {told} " if told and display_width(told) + 4 <= self.width else ""
        rest = "─" * (self.width - 2 - display_width(label))
        return self.drawn(RichText.assemble(("──", "dim"), (_whole(label), "bold"), (rest, "dim")))

    def foot(self, titles: Sequence[str], page: Page, *, scrolls: bool) -> list[str]:
        """Draw the steps before and after, where there is room, and what the keys do."""
        lines: list[str] = []
        if self.roomy and self.walk.shown == "step" and self.walk.count > 1:
            before = self.neighbour("before", self.walk.number - 1, titles)
            after = self.neighbour("next", self.walk.number + 1, titles)
            lines = self.drawn(_apart(before, after, self.width))
        return [*lines, *self.drawn(RichText(GAP).join(self.keys(page, scrolls=scrolls)))]

    def neighbour(self, where: str, number: int, titles: Sequence[str]) -> RichText:
        """Draw the name of the step before or after this one; "" where there is none."""
        if not 1 <= number <= self.walk.count:
            return RichText()
        return RichText(self.look.printable(f"{where} {number} {titles[number - 1]}"))

    def keys(self, page: Page, *, scrolls: bool) -> Iterable[RichText]:
        """Yield what each key does."""
        cited = sum(len(block.entries) for block in page.blocks if isinstance(block, Sources))
        keys = [("→", "next" if self.walk.number < self.walk.count else "end"), ("←", "back")]
        keys += [("space", "more")] if scrolls else []
        keys += [(f"1-{self.walk.count}", "jump")]
        keys += [
            ("s", f"sources ({cited})" if self.walk.shown == "step" else "step"),
            ("q", "quit"),
        ]
        if self.walk.typed:
            keys = [(f"{self.walk.typed}_", "one more digit, or Enter")]
        for key, told in keys:
            yield RichText.assemble((self.look.printable(key), "bold"), _whole(f" {told}"))

    def drawn(self, *parts: RichText) -> list[str]:
        """Return parts as lines with their escapes."""
        inset = Padded(Stack(*(part for part in parts if part)), self.indent, self.width, 0, 0)
        return printed(Stack(inset), self.look).rstrip("\n").split("\n")


def _whole(text: str) -> str:
    return text.replace(" ", JOINT)


def _apart(left: RichText, right: RichText, width: int) -> RichText:
    """Return two texts at both ends of a line, or under each other where they do not fit."""
    room = width - display_width(left.plain) - display_width(right.plain)
    space = " " * room if room >= len(GAP) or not left else "\n"
    return RichText.assemble(left, space, right) if right else left
