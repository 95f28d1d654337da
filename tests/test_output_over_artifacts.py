"""No answer is written over the compiled knowledge or the index that it may be read from."""

from pathlib import Path

import pytest

from therapyinfo import bundle
from therapyinfo.store import opening
from therapyinfo.store.locate import package_stamp
from therapyinfo.store.owned import INDEX_SUFFIX, SUFFIX

from .conftest import Run
from .small import SMALL

each_file = pytest.mark.parametrize("suffix", [SUFFIX, INDEX_SUFFIX])
each_answer = pytest.mark.parametrize("line", ["explain car-t -f plain", "search fever -f plain"])


@each_file
@each_answer
def test_what_the_cache_holds_is_never_written_over(
    line: str,
    suffix: str,
    tmp_path: Path,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("THERAPYINFO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("THERAPYINFO_DATA", str(file))
    therapyinfo("search fever")
    kept = {place.name.partition(".")[2]: place for place in (tmp_path / "cache").iterdir()}

    assert_refused(kept[suffix.removeprefix(".")], line, therapyinfo)


@each_file
@each_answer
def test_what_a_package_carries_is_never_written_over(
    line: str,
    suffix: str,
    tmp_path: Path,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    builtin = tmp_path / "therapies.yaml"
    builtin.write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(bundle, "__version__", package_stamp())
    for name, content in bundle.bundled_files(builtin).items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(opening, "builtin_file", lambda: builtin)

    assert_refused(builtin.with_suffix(suffix), line, therapyinfo)


def assert_refused(target: Path, line: str, therapyinfo: Run) -> None:
    """Check that an answer is not written over a file, which stays as it was."""
    before = target.read_bytes()
    code, out, err = therapyinfo([*line.split(), "-o", str(target)])

    refusal = "is a file that the answer was read from, and is never written over"
    assert (code, out, err) == (2, "", f"therapyinfo: {str(target)!r} {refusal}\n")
    assert target.read_bytes() == before
