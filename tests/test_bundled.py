"""The block that a package carries beside its knowledge file."""

import os
from pathlib import Path

import pytest

from therapyinfo.library import Library
from therapyinfo.store.cache import MTIME_RESOLUTION_NS, bundle_knowledge, open_bundled
from therapyinfo.store.locate import package_stamp


@pytest.fixture
def block(small_file: Path) -> Path:
    """Return a block that lies beside the small file, as in an installed package."""
    path = small_file.with_suffix(".knowledge")
    path.write_bytes(bundle_knowledge(small_file, package_stamp()))
    _make_older(small_file)
    return path


def _make_older(path: Path) -> None:
    os.utime(path, ns=(0, path.with_suffix(".knowledge").stat().st_mtime_ns - 1))


def _make_newer(path: Path) -> None:
    written_ns = path.with_suffix(".knowledge").stat().st_mtime_ns
    os.utime(path, ns=(0, written_ns + MTIME_RESOLUTION_NS + 1))


@pytest.mark.usefixtures("block")
def test_a_block_answers_for_its_file(small_file: Path) -> None:
    found = open_bundled(small_file)

    assert found is not None
    assert Library(found).ids == ["car-t", "msc"]


@pytest.mark.usefixtures("block")
def test_a_file_that_was_only_touched_keeps_its_block(small_file: Path) -> None:
    _make_newer(small_file)

    assert open_bundled(small_file) is not None


@pytest.mark.usefixtures("block")
def test_a_file_that_was_edited_has_no_block(small_file: Path) -> None:
    text = small_file.read_text("utf-8")
    small_file.write_text(text.replace("ELARA", "ELISA"), "utf-8")
    _make_newer(small_file)

    assert open_bundled(small_file) is None


@pytest.mark.usefixtures("block")
def test_a_file_of_another_size_has_no_block(small_file: Path) -> None:
    small_file.write_text(small_file.read_text("utf-8") + "\n", "utf-8")
    _make_older(small_file)

    assert open_bundled(small_file) is None


def test_a_damaged_block_is_not_read(small_file: Path, block: Path) -> None:
    block.write_bytes(block.read_bytes()[:-1])
    _make_older(small_file)

    assert open_bundled(small_file) is None


def test_a_file_without_a_block_has_none(small_file: Path) -> None:
    assert open_bundled(small_file) is None


@pytest.mark.usefixtures("block")
def test_a_file_that_is_gone_has_no_block(small_file: Path) -> None:
    small_file.unlink()

    assert open_bundled(small_file) is None
