"""The date of today: no other module reads the clock."""

import os
from datetime import UTC, date, datetime


def today() -> date:
    """Return the date of today, or that of SOURCE_DATE_EPOCH, by which builds are made anew."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdigit() and len(fixed) < 12:  # seconds, to the year 5138
        return datetime.fromtimestamp(int(fixed), UTC).date()
    return datetime.now().astimezone().date()
