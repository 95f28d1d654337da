"""What a page says of its own age."""

from msgspec import structs

from ..inlines import Strong
from ..page import Page, Paragraph
from .citations import format_date


def is_overdue(reviewed: str, today: str) -> bool:
    """Return whether a date is more than 12 months before another, both as YYYY-MM-DD.

    >>> is_overdue("2025-11-25", "2026-11-25"), is_overdue("2025-11-25", "2026-11-26")
    (False, True)
    """
    year, rest = reviewed[:4], reviewed[4:]
    return today > f"{int(year) + 1:04}{rest}"


def with_age(page: Page, reviewed: str, today: str) -> Page:
    """Return a page that says above all else that its knowledge is overdue, where it is."""
    overdue = is_overdue(reviewed, today)
    told = (
        Strong("This text has not been checked for more than a year."),
        f" Last checked {format_date(reviewed)}; rules, prices and results may have changed.",
    )
    return structs.replace(
        page,
        blocks=(Paragraph(told), *page.blocks) if overdue else page.blocks,
        data=lambda: {**page.data(), "overdue": overdue},
    )
