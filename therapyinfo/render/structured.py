"""The data of a page for programs: JSON and CSV."""

from io import StringIO
from json import dumps

from ..page import Page
from .options import RenderOptions

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts with one of these would run as a formula in a spreadsheet."""


def json(page: Page, options: RenderOptions) -> str:
    """Render the page's data and what to ask next; the same bytes whatever the look, in ASCII.

    Each key stands on a line of its own; indented throughout, an answer is half as long again.
    """
    data = {**page.data(), "next_commands": list(page.next_commands)}
    lines = ",\n".join(f"  {dumps(key)}: {dumps(value)}" for key, value in data.items())
    return f"{{\n{lines}\n}}\n"


def csv(page: Page, options: RenderOptions) -> str:
    """Render the page's table; raise ValueError for a page that has none."""
    from csv import writer

    if page.csv_rows is None:
        raise ValueError("this page has no table")
    text = StringIO()
    rows = writer(text, lineterminator="\n")
    rows.writerows([_escape_formula(cell) for cell in row] for row in page.csv_rows)
    return text.getvalue()


def _escape_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
