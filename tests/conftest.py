"""What every test starts from: a cleaned environment and the tool run through `main`."""

import gc
import inspect
import shlex
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from therapyinfo.cli.main import main

from .small import SMALL

Run = Callable[[str | Sequence[str]], tuple[int, str, str]]
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Whoever starts the tests in the background has them, and what they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the same under nohup

CLEARED = (
    "NO_COLOR FORCE_COLOR COLUMNS LINES PAGER LESS TERM ACCESSIBLE LC_ALL LC_CTYPE LANG"
    " PYTHONIOENCODING PYTHONUTF8 THERAPYINFO_DATA THERAPYINFO_PAGER"
).split()

SLOW = frozenset(
    "test_answers test_bounds test_bundle_files test_check_files test_completion_values"
    " test_docs_knowledge test_emergency test_grid test_growth test_handout test_hits"
    " test_html test_json test_json_size test_language test_mutations test_names_open"
    " test_entry test_names test_new_section test_pages_hold test_planted_cache test_printed_commands"
    " test_printed_regions test_properties test_questions test_readers_agree test_readme test_regions"
    " test_safety_statements test_search".split()
)
"""Modules that go through every page, many mutations, examples or command lines."""

STARTS = frozenset(
    [
        "subprocess",
        "pty",
        "tests.processes",
        "tests.shells",
        "tests.terminals",
        "tests.test_imports",
    ]
)
"""Modules that start processes; a test module that takes something from one does so too."""


@cache
def tier(module: ModuleType | None) -> str:
    """Return the tier of a test module: `process`, `slow`, or `quick` for all others."""
    taken = {getattr(each, "__module__", "") for each in vars(module or object).values()}
    taken |= {each.__name__ for each in vars(module or object).values() if inspect.ismodule(each)}
    if taken & STARTS:
        return "process"
    name = getattr(module, "__name__", "").rpartition(".")[2]
    return "slow" if name in SLOW else "quick"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test with the tier of its module, but those that are marked `slow` themselves."""
    for item in items:
        if not item.get_closest_marker("slow"):
            item.add_marker(tier(getattr(item, "module", None)))


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return names in a folder of their own; a folder a test would cost more than most tests."""
    folder = tmp_path_factory.mktemp("caches")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, caches: Iterator[Path]) -> None:
    """Take away what the caller's environment could change, and keep the cache in the test."""
    for name in CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796040000")  # 30 November 2026
    monkeypatch.setenv("THERAPYINFO_CACHE", str(next(caches)))


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


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of tests that stay until the end."""
    gc.freeze()
