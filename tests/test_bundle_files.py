"""What a package is made of: its files, what is compiled from them, and the whole in one piece."""

import json
import os
import shutil
from pathlib import Path

import pytest

from therapyinfo import __version__, bundle
from therapyinfo.bundle import WHOLE, bundled_files
from therapyinfo.layers import load, load_stack
from therapyinfo.library import Library
from therapyinfo.store import opening
from therapyinfo.store.artifact import Artifact
from therapyinfo.store.cache import MTIME_RESOLUTION_NS, open_bundled
from therapyinfo.store.compiling import compile_knowledge
from therapyinfo.store.locate import builtin_file, package_stamp

from .artifacts import put_together, taken_apart
from .conftest import Run

BUILTIN = builtin_file()


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return bundled_files(BUILTIN)


@pytest.fixture
def package(tmp_path: Path, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the built-in file of a package as a wheel holds it."""
    data = tmp_path / "data"
    shutil.copytree(BUILTIN.parent, data)
    for name, content in made.items():
        (data / name).write_bytes(content)
    document = taken_apart(made["therapies.knowledge"])
    document["head"]["package"] = package_stamp()
    (data / "therapies.knowledge").write_bytes(put_together(document))
    monkeypatch.setattr(opening, "builtin_file", lambda: data / "therapies.yaml")
    return data / "therapies.yaml"


def test_every_file_of_the_folder_is_included() -> None:
    (files,) = load_stack(BUILTIN, BUILTIN).files

    assert {Path(each) for each in files} == {*BUILTIN.parent.rglob("*.yaml")}


def test_a_file_of_a_therapy_has_that_therapy() -> None:
    for path in (BUILTIN.parent / "therapies").iterdir():
        assert f"\ntherapies:\n\n  {path.stem}:\n" in path.read_text(encoding="utf-8")


def test_what_is_made_is_named_as_it_is_found(made: dict[str, bytes]) -> None:
    assert set(made) == {WHOLE, "therapies.knowledge", "therapies.search.knowledge"}


def test_one_copied_file_is_the_same_knowledge(made: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "copied.yaml"
    path.write_bytes(made[WHOLE])
    whole, parts = (load(each, each).knowledge for each in (path, BUILTIN))
    same = whole == parts
    order = [list(each.therapies) for each in (whole, parts)]

    assert same
    assert order[0] == order[1]


def test_the_artifact_is_json_with_names(made: dict[str, bytes]) -> None:
    document = json.loads(made["therapies.knowledge"])

    head = document["head"]

    assert (head["format"], head["package"]) == ("therapyinfo-knowledge", __version__)
    assert document["therapies.car-t"]["therapy"]["name"] == "CAR-T therapy"
    assert {each["path"] for each in head["files"]} == {
        each.relative_to(BUILTIN.parent).as_posix() for each in BUILTIN.parent.rglob("*.yaml")
    }


def test_the_same_files_make_the_same_bytes(made: dict[str, bytes]) -> None:
    same = bundled_files(BUILTIN) == made

    assert same


@pytest.mark.parametrize("name", ["therapies.yaml", "therapies/msc.yaml", "glossary.yaml"])
def test_an_edited_part_is_read_in_place_of_the_artifact(package: Path, name: str) -> None:
    assert open_bundled(package)
    part = package.parent / name
    part.write_text(part.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")

    assert open_bundled(package) is None


def test_an_edit_of_the_same_size_is_seen_by_its_time(package: Path) -> None:
    part = package.parent / "therapies" / "msc.yaml"
    text = part.read_text(encoding="utf-8")
    part.write_text(text.replace("MSC therapy", "MSX therapy", 1), encoding="utf-8")
    written_ns = package.with_suffix(".knowledge").stat().st_mtime_ns
    os.utime(part, ns=(0, written_ns + MTIME_RESOLUTION_NS + 1))

    assert open_bundled(package) is None


def test_a_layer_lies_on_what_the_package_carries(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = tmp_path / "layer.yaml"
    layer.write_text("extends: builtin\ntherapies: {msc: {summary: Ours.}}\n", encoding="utf-8")
    careful = Artifact(compile_knowledge(load(layer, package)))
    monkeypatch.setattr("therapyinfo.layers.fast.read_named", None)
    quick = Library.open(layer, tmp_path / "cache")

    assert quick.entries() == [careful.entry(id) for id in quick.ids]
    own = ("the layer", "its artifact", "its search index")
    assert len(list(quick.files)) == len(own) + len(list(BUILTIN.parent.rglob("*.yaml")))


@pytest.mark.usefixtures("package")
def test_what_a_package_carries_needs_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "cache_directory", lambda _: pytest.fail("it was looked for"))

    assert "car-t" in Library.open(None, None).ids


def test_no_part_of_a_package_is_written_over(package: Path, therapyinfo: Run) -> None:
    for name in ("therapies.yaml", "therapies/msc.yaml", WHOLE):
        target = str(package.parent / name)
        code, _, err = therapyinfo(["list", "-f", "plain", "-o", target])

        assert (code, "never written over" in err) == (2, True)


def test_a_knowledge_that_cannot_be_joined_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(BUILTIN.parent, tmp_path / "data")
    monkeypatch.setattr(bundle, "_ABOUT", "language: he\n")

    with pytest.raises(ValueError, match="cannot be joined"):
        bundle.whole_text(tmp_path / "data" / "therapies.yaml")
