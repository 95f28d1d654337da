"""Page to text: a renderer is a pure function from a `Page` and a `RenderOptions`.

Each renderer is imported only when it is asked for: Rich and Jinja2 take longer to import
than a whole plain answer takes.
"""

from collections.abc import Callable
from typing import Literal

from ..page import Page
from .options import RenderOptions, sanitize

PageFormat = Literal["terminal", "plain", "markdown", "html", "json"]
Format = Literal[PageFormat, "csv"]
"""Of every page; and of one with a table."""
ON_SCREEN: tuple[Format, ...] = ("terminal", "plain")
"""Read where they are printed: a pager may show them."""
FOR_PROGRAMS: tuple[Format, ...] = ("json", "csv")
"""Read by programs. All others are documents, kept as files, which say when they were made."""
Renderer = Callable[[Page, RenderOptions], str]
BY_SUFFIX: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".txt": "plain",
    "": "plain",
}
"""The format for each ending of a file."""


def render(page: Page, format: Format, options: RenderOptions) -> str:
    """Return a page in a format, ending in one newline.

    The words are made safe and fitted to the encoding first, but for JSON, which escapes what
    it must and is the same bytes everywhere.
    """
    renderer = _renderer(format)
    return renderer(page if format == "json" else sanitize(page, options), options)


def _renderer(format: Format) -> Renderer:
    match format:
        case "terminal":
            from .terminal import terminal as renderer
        case "plain":
            from .plain import plain as renderer
        case "markdown":
            from .markdown import markdown as renderer
        case "html":
            from .html import html as renderer
        case "json":
            from .structured import json as renderer
        case "csv":
            from .structured import csv as renderer
    return renderer
