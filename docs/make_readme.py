"""Write the README's session and screenshots from the tool's own output.

Run `python docs/make_readme.py` after a change to the pages; a test holds both current.
"""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from therapyinfo.layers import load
from therapyinfo.library import Library
from therapyinfo.page import Page
from therapyinfo.render import render
from therapyinfo.render.options import RenderOptions
from therapyinfo.store.artifact import Artifact
from therapyinfo.store.compiling import compile_knowledge
from therapyinfo.store.locate import builtin_file
from therapyinfo.views import catalogue, compare, explain, numbers, walkthrough

ROOT = Path(__file__).parents[1]
SCREENSHOTS = ROOT / "docs" / "screenshots"
HEIGHT = 40
"""So many lines of a page make a screenshot."""

SESSION = re.compile(r"(<!-- session: (.*?) -->\n).*?(<!-- end -->)", re.DOTALL)
PALETTE = (
    (72, 255, 63, 210, 88, 188, 86, 177),
    (79, 123, 185, 153, 166, 140, 212, 186),
    (88, 114, 80, 34, 255, 255, 221, 196),
)
"""Red, green and blue of the eight colours."""

THEME = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    list(zip(*PALETTE, strict=True)),
)
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" \
xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, monospace; \
line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
<rect fill="#161b22" width="{width}" height="{height}" rx="10" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""A frame without the web font that Rich's own asks for."""


def builtin_library() -> Library:
    """Return the library of the built-in knowledge, without a cache."""
    path = builtin_file()
    return Library(Artifact(compile_knowledge(load(path, path), "", (), 0)))


def pages(library: Library) -> dict[str, Page]:
    """Return the pages that have a screenshot, by its name."""
    car_t, msc = library.entry("car-t"), library.entry("msc")
    return {
        "front": catalogue.home(library),
        "explain": explain.explain(library, car_t),
        "walkthrough": walkthrough.walkthrough(library, car_t),
        "compare": compare.compare(library, [car_t, msc], []),
        "numbers": numbers.numbers(library, car_t),
    }


def screenshot(name: str, page: Page) -> str:
    """Return the top of a page as SVG."""
    drawn = render(page, "terminal", RenderOptions(width=80, color=True))
    top = "\n".join(drawn.splitlines()[:HEIGHT])
    console = Console(record=True, width=82, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(top), no_wrap=True)
    return console.export_svg(
        title=f"therapyinfo {name}", code_format=FRAME, theme=THEME, unique_id=f"shot-{name}"
    )


def readme(text: str, library: Library) -> str:
    """Return the README with its session as the tool prints it."""
    page = explain.explain(library, library.entry("car-t"), brief=True)
    printed = render(page, "plain", RenderOptions(width=100))

    def session(found: re.Match[str]) -> str:
        return f"{found[1]}\n```console\n$ {found[2]}\n{printed}```\n\n{found[3]}"

    return SESSION.sub(session, text)


def main() -> None:
    """Write the session and the screenshots."""
    library = builtin_library()
    path = ROOT / "README.md"
    path.write_text(readme(path.read_text("utf-8"), library), "utf-8")
    for name, page in pages(library).items():
        (SCREENSHOTS / f"{name}.svg").write_text(screenshot(name, page), "utf-8")


if __name__ == "__main__":
    main()
