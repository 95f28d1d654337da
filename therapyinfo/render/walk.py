"""Where a reader is in a walk from step to step, and the pages that are shown on it."""

from typing import Literal

from msgspec import Struct, structs

from ..page import DefinitionList, Heading, Page, Sources


class Walk(Struct, frozen=True):
    """Where a reader is in a walk.

    Attributes:
        number: The step, counted from 1, of `count`.
        shown: The step itself, its sources, or what the keys do.
        top: The first line that is seen.
        typed: The first digit of a number.
    """

    number: int
    count: int
    shown: Literal["step", "sources", "keys"] = "step"
    top: int = 0
    typed: str = ""


def key_help(walk: Walk) -> Page:
    """Return what the keys do, as a page."""
    told = (
        ("n, Enter, right", "the next step"),
        ("b, left", "the step before"),
        (f"1 to {walk.count}", "that step"),
        ("s", "the sources of this step, and back"),
        ("space", "more of this step, then the next one"),
        ("j, k, down, up", "a line down or up"),
        ("q, Escape", "quit"),
    )
    return Page("Keys", (DefinitionList(tuple((keys, (what,)) for keys, what in told)),), dict)


def source_list(page: Page) -> Page:
    """Return the sources of a step, as a page."""
    lists = tuple(block for block in page.blocks if isinstance(block, Sources))
    return Page("Sources of this step", lists, dict)


def without_sources(page: Page) -> Page:
    """Return a step without its sources and its note."""
    kept = (block for block in page.blocks if not isinstance(block, Heading | Sources))
    return structs.replace(page, blocks=tuple(kept), category="", footer=())
