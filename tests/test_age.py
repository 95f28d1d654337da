"""A page whose knowledge is overdue says so above its lead, in every format; on no other day."""

import json
from datetime import date

import pytest

from therapyinfo.cli import options
from therapyinfo.views.notices import is_overdue

from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

SAID = "This text has not been checked for more than a year."
LINES = ["explain car-t", "explain car-t --brief", "walkthrough car-t", "compare car-t msc"]


@pytest.mark.parametrize(
    ("reviewed", "today", "overdue"),
    [
        ("2025-11-25", "2025-11-25", False),
        ("2025-11-25", "2026-11-25", False),
        ("2025-11-25", "2026-11-26", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
        ("2030-01-01", "2026-11-25", False),
    ],
)
def test_overdue_is_more_than_twelve_months(reviewed: str, today: str, overdue: bool) -> None:
    assert is_overdue(reviewed, today) is overdue


@pytest.mark.parametrize("format", ["plain", "terminal", "markdown", "html"])
@pytest.mark.parametrize("line", LINES)
def test_an_overdue_page_says_so_above_its_lead(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str, format: str
) -> None:
    command = f"{line} -f {format} --color never --width 100"
    fresh = therapyinfo(command)[1]
    monkeypatch.setattr(options, "today", lambda: date(2029, 1, 1))
    told = therapyinfo(command)[1]

    assert SAID not in fresh
    assert told.count(SAID) == 1
    first_words = [text for text in told.split("\n") if text.strip()]
    before = told.split("<h2" if format == "html" else first_words[8])[0]
    assert SAID in before


@pytest.mark.parametrize(
    ("day", "overdue"), [(date(2026, 11, 28), False), (date(2029, 1, 1), True)]
)
def test_json_says_whether_it_is_overdue(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, day: date, overdue: bool
) -> None:
    monkeypatch.setattr(options, "today", lambda: day)

    assert json.loads(therapyinfo("explain car-t --section help -f json")[1])["overdue"] is overdue
