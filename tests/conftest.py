"""What every test starts from: a cleaned environment and the tool run through its real door."""

import shlex
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from therapyinfo.cli import main

from .small import SMALL

Run = Callable[[str | Sequence[str]], tuple[int, str, str]]
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Whoever starts the tests in the background has them, and what they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

CLEARED = (
    "NO_COLOR FORCE_COLOR COLUMNS LINES PAGER LESS TERM ACCESSIBLE LC_ALL LC_CTYPE LANG"
    " PYTHONIOENCODING PYTHONUTF8 THERAPYINFO_DATA THERAPYINFO_PAGER"
).split()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what the caller's environment could change, and keep the cache in the test."""
    for name in CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("THERAPYINFO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def therapyinfo(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run as the script does: therapyinfo("explain car-t") -> (code, out, err)."""

    def run(line: str | Sequence[str]) -> tuple[int, str, str]:
        arguments = shlex.split(line) if isinstance(line, str) else list(line)
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        out, err = capsys.readouterr()
        code = stop.value.code
        assert isinstance(code, int)
        return code, out, err

    return run


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """Return a small valid knowledge file."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path
