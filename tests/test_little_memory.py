"""Where memory runs out, what was read is let go before that is told, which takes memory too."""

import weakref
from collections.abc import Callable

import pytest

from therapyinfo import check
from therapyinfo.cli import authoring
from therapyinfo.errors import unreadable

from .conftest import Run


class Values:
    """What a large file holds."""


class Reading:
    """Runs out of memory while it holds values, and sees whether they are let go."""

    def __init__(self) -> None:
        self.let_go = False
        self._values: Callable[[], Values | None] = lambda: None

    def run_out(self, *_: object) -> None:
        """Raise an error whose frames hold values."""
        values = Values()
        self._values = weakref.ref(values)
        raise MemoryError

    def tell(self, told: Callable[..., Exception]) -> Callable[..., Exception]:
        """Return what makes an error, and sees whether the values are gone by then."""

        def make(*given: object) -> Exception:
            self.let_go = self._values() is None
            return told(*given)

        return make


def test_check_lets_go_of_what_it_read(therapyinfo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading()
    monkeypatch.setattr(check, "check", reading.run_out)
    monkeypatch.setattr(authoring, "unreadable", reading.tell(unreadable))

    assert "not enough memory" in therapyinfo("check mine.yaml")[2]
    assert reading.let_go
