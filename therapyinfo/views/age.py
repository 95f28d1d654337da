"""What a page says of its own age."""

from msgspec import structs

from ..inlines import Strong
from ..page import Page, Paragraph
from .citations import format_date


def a_year_later(date: str) -> str:
    """Return the date 12 months after another, both as YYYY-MM-DD.

    >>> a_year_later("2025-11-25"), a_year_later("2024-02-29")
    ('2026-11-25', '2025-02-28')
    """
    year, rest = int(date[:4]) + 1, date[4:]
    return f"{year:04}{'-02-28' if rest == '-02-29' else rest}"


def is_overdue(reviewed: str, today: str) -> bool:
    """Return whether a date is more than 12 months before another, both as YYYY-MM-DD.

    >>> is_overdue("2025-11-25", "2026-11-25"), is_overdue("2025-11-25", "2026-11-26")
    (False, True)
    """
    return today > a_year_later(reviewed)


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
