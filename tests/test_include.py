"""A knowledge file in parts: what it may include, and each error in the file that holds it."""

import os
from pathlib import Path

import msgspec
import pytest

from therapyinfo.bundle import whole_text
from therapyinfo.convert import unwrap
from therapyinfo.errors import DataError
from therapyinfo.layers import LoadedKnowledge, load, load_stack
from therapyinfo.layers.fast import load_fast, no_base
from therapyinfo.library import Library
from therapyinfo.yaml_reader import decode, nodes, parse_fast

from .checking import SOUND, report
from .conftest import Run

START = SOUND.index("\nsources:\n")
ENDS = {"sources": "\nglossary:\n", "glossary": "\ntherapies:\n", "therapies": ""}


def _section(name: str) -> str:
    text = SOUND[SOUND.index(f"\n{name}:\n") + 1 :]
    end = ENDS[name]
    return text[: text.index(end) + 1] if end else text


HEAD = SOUND[:START] + "\n"
PARTS = {f"{name}.yaml": _section(name) for name in ENDS}
NAMES = "[therapies.yaml, glossary.yaml, sources.yaml]"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the sound file in parts, which is the current one."""
    (tmp_path / "head.yaml").write_text(f"{HEAD}include: {NAMES}\n", encoding="utf-8")
    for name, text in PARTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(SOUND, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _load(name: str) -> LoadedKnowledge:
    return load(Path(name), Path("builtin.yaml"))


def _encoded(loaded: LoadedKnowledge) -> bytes:
    return msgspec.json.encode(loaded.knowledge)


def _told(therapyinfo: Run, *files: str) -> list[str]:
    return therapyinfo(["check", *files])[1].splitlines()


@pytest.mark.usefixtures("folder")
def test_parts_are_the_same_knowledge_as_the_whole(therapyinfo: Run) -> None:
    first = decode(Path("head.yaml").read_bytes(), "head.yaml")
    quick = load_fast(first, Path("head.yaml"), Path("builtin.yaml"), Path.read_bytes, no_base)

    assert _encoded(_load("head.yaml")) == _encoded(_load("whole.yaml"))
    assert quick == _load("head.yaml")
    assert _told(therapyinfo, "head.yaml") == ["head.yaml: no errors, no warnings"]


def test_the_order_of_the_parts_is_the_order_of_the_pages(folder: Path) -> None:
    therapies = PARTS["therapies.yaml"]
    second = therapies.index("\n  msc:\n") + 1
    (folder / "car-t.yaml").write_text(therapies[:second], encoding="utf-8")
    (folder / "msc.yaml").write_text(f"therapies:\n{therapies[second:]}", encoding="utf-8")
    for names in ("car-t.yaml, msc.yaml", "msc.yaml, car-t.yaml"):
        text = f"{HEAD}include: [{names}, glossary.yaml, sources.yaml]\n"
        (folder / "head.yaml").write_text(text, encoding="utf-8")

        found = [f"{id}.yaml" for id in _load("head.yaml").knowledge.therapies]
        assert found == names.split(", ")


def test_sources_from_several_files_stand_in_the_order_of_their_ids(folder: Path) -> None:
    for name in ("b", "a"):
        entry = "{publisher: A, title: B, url: 'https://example.org', kind: review}"
        (folder / f"{name}.yaml").write_text(f"sources: {{z-{name}: {entry}}}\n", encoding="utf-8")
    text = f"{HEAD}include: [b.yaml, a.yaml, therapies.yaml, sources.yaml, glossary.yaml]\n"
    (folder / "head.yaml").write_text(text, encoding="utf-8")
    quick, careful = _load("head.yaml"), load_stack(Path("head.yaml"), Path("builtin.yaml"))
    sources = unwrap(careful.merged)["sources"]

    assert list(quick.knowledge.sources) == sorted(quick.knowledge.sources) == list(sources)


@pytest.mark.usefixtures("folder")
def test_a_layer_may_include_too(folder: Path, therapyinfo: Run) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "msc.yaml").write_text("therapies: {msc: {summary: Ours.}}\n", "utf-8")
    (folder / "layer.yaml").write_text("extends: head.yaml\ninclude: [more/msc.yaml]\n", "utf-8")
    loaded = _load("layer.yaml")

    assert loaded.knowledge.therapies["msc"].summary == "Ours."
    assert loaded.provenance == {"msc": {"summary": "layer.yaml"}}
    assert [each.path for each in loaded.layers] == ["head.yaml", "layer.yaml"]
    assert _told(therapyinfo, "layer.yaml") == ["layer.yaml: no errors, no warnings"]


TOLD = {
    "a path upwards": ("include: [../whole.yaml]", "head.yaml", "bad-include", "in the folder"),
    "an absolute path": ("include: [/etc/passwd]", "head.yaml", "bad-include", "in the folder"),
    "a drive": ("include: ['C:x.yaml']", "head.yaml", "bad-include", "in the folder"),
    "a backslash upwards": (r"include: ['..\x.yaml']", "head.yaml", "bad-include", "in the folder"),
    "upwards from below": ("include: [a/../../b.yaml]", "head.yaml", "bad-include", "in the folder"),
    "nothing": ("include: ['']", "head.yaml", "bad-include", "in the folder"),
    "a list": ("include: [[a]]", "head.yaml", "bad-include", "in the folder"),
    "no such file": ("include: [none.yaml]", "head.yaml", "bad-include", "No such file"),
    "a null byte": (r'include: ["a\0b"]', "head.yaml", "bad-include", "null"),
    "a folder": ("include: [folder]", "head.yaml", "bad-include", "Is a directory"),
    "a pipe": ("include: [pipe]", "head.yaml", "bad-include", "not a regular file"),
    "a device": ("include: [zero]", "head.yaml", "bad-include", "not a regular file"),
    "a text": ("include: therapies.yaml", "head.yaml", "wrong-type", "write a list"),
    "no entry": ("include: []", "head.yaml", "wrong-type", "write a list"),
    "null": ("include:", "head.yaml", "wrong-type", "write a list"),
    "an include inside": ("include: [inside.yaml]", "inside.yaml", "unknown-key", "in an included"),
    "a head inside": ("include: [whole.yaml]", "whole.yaml", "unknown-key", "in an included"),
    "a list inside": ("include: [list.yaml]", "list.yaml", "wrong-type", "is a mapping with"),
    "no mapping inside": ("include: [none-in.yaml]", "none-in.yaml", "wrong-type", "a mapping"),
    "no YAML inside": ("include: [bad.yaml]", "bad.yaml", "syntax", "not YAML"),
    "an odd line end": ("include: [break.yaml]", "break.yaml", "control-character", "U+2028"),
    "no UTF-8 inside": ("include: [latin.yaml]", "latin.yaml", "not-utf-8", "0xe9"),
    "nothing inside": ("include: [empty.yaml]", "empty.yaml", "wrong-type", "the file is empty"),
}  # fmt: skip


def _hazards(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "folder").mkdir()
    (folder / "inside.yaml").write_text("include: [sources.yaml]\n", encoding="utf-8")
    (folder / "list.yaml").write_text("- a\n", encoding="utf-8")
    (folder / "none-in.yaml").write_text("therapies: [a]\n", encoding="utf-8")
    (folder / "bad.yaml").write_text("a: [\n", encoding="utf-8")
    (folder / "break.yaml").write_text("glossary: {a: {term: 'x\u2028'}}\n", encoding="utf-8")
    (folder / "latin.yaml").write_bytes(b"# caf\xe9\n")
    (folder / "empty.yaml").write_text("", encoding="utf-8")


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_included_is_told_in_the_file_that_holds_it(
    name: str, folder: Path, therapyinfo: Run
) -> None:
    include, path, rule, message = TOLD[name]
    _hazards(folder)
    (folder / "head.yaml").write_text(f"{HEAD}{include}\n", encoding="utf-8")
    told = _told(therapyinfo, "head.yaml")

    assert any(
        line.startswith(f"{path}:") and f"error[{rule}]" in line and message in line
        for line in told
    ), told
    with pytest.raises(DataError):
        _load("head.yaml")


@pytest.mark.parametrize(
    ("key", "id"), [("therapies", "msc"), ("sources", "label-2024"), ("glossary", "t-cell")]
)
def test_a_key_in_two_files_is_told_with_both_places(
    key: str, id: str, folder: Path, therapyinfo: Run
) -> None:
    name = f"{key}.yaml"
    (folder / "twice.yaml").write_text(f"# \n{key}:\n  {id}: {{}}\n", encoding="utf-8")
    text = f"{HEAD}include: [{name}, twice.yaml, {', '.join({*PARTS} - {name})}]\n"
    (folder / "head.yaml").write_text(text, encoding="utf-8")
    line = PARTS[name].split("\n").index(f"  {id}:") + 1

    assert _told(therapyinfo, "head.yaml")[0] == (
        f"twice.yaml:3:3: error[duplicate-key] {key}:"
        f" key '{id}' is here twice, first on line {line} of {name}, keep one"
    )


def test_errors_and_warnings_are_sorted_by_file_and_then_by_place(
    folder: Path, therapyinfo: Run
) -> None:
    for name, text in PARTS.items():
        path = folder / name
        path.write_text(f"{text}  x y: {{}}\n  B: {{}}\n", encoding="utf-8")
    places = [line.split(":")[:2] for line in _told(therapyinfo, "head.yaml")[:-1]]

    assert places == sorted(places, key=lambda each: (each[0], int(each[1])))
    assert {each[0] for each in places} == {*PARTS}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_alone_says_that_it_is_one(name: str, folder: Path, therapyinfo: Run) -> None:
    told = _told(therapyinfo, name)
    code, _, err = therapyinfo(["list", "--data", name])

    assert len(told) == 2
    assert told[0].startswith(f"{name}:1:1: error[missing-key] ")
    assert f"the file has only {name.removesuffix('.yaml')}, it is a part of another" in told[0]
    assert code == 3
    assert "it is a part of another" in err


@pytest.mark.parametrize("name", ["head.yaml", *PARTS])
def test_no_answer_is_written_over_a_part(name: str, folder: Path, therapyinfo: Run) -> None:
    before = (folder / name).read_bytes()
    for _ in range(2):  # read, and from the cache
        code, _, err = therapyinfo(["list", "--data", "head.yaml", "-f", "plain", "-o", name])

        assert code == 2
        assert "never written over" in err
        assert (folder / name).read_bytes() == before


def test_a_changed_part_is_read_anew(folder: Path) -> None:
    def name() -> str:
        return Library.open(Path("head.yaml"), folder / "cache").entry("car-t").therapy.name

    before = [name(), name()]
    part = folder / "therapies.yaml"
    part.write_text(PARTS["therapies.yaml"].replace("CAR-T therapy", "CAR-U therapy"), "utf-8")

    assert (before, name()) == (["CAR-T therapy"] * 2, "CAR-U therapy")


def test_a_part_of_stdin_is_looked_for_in_the_current_folder(
    folder: Path, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "head.yaml").open("rb") as stdin, monkeypatch.context() as redirected:
        redirected.setattr("sys.stdin", open(stdin.fileno(), closefd=False))  # noqa: SIM115
        code, out, _ = therapyinfo(["list", "--data", "-"])

    assert (code, "car-t" in out) == (0, True)


@pytest.mark.usefixtures("folder")
def test_the_bounds_hold_for_all_parts_together(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = nodes.Size()
    for name in ("head.yaml", *PARTS):
        content = (folder / name).read_bytes()
        parse_fast(decode(content, name), size)
    monkeypatch.setattr("therapyinfo.yaml_reader.MAX_NODES", size.nodes)
    assert _load("head.yaml").layers
    monkeypatch.setattr("therapyinfo.yaml_reader.MAX_NODES", size.nodes - 1)
    with pytest.raises(DataError, match="file-too-big"):
        _load("head.yaml")
    monkeypatch.undo()
    monkeypatch.setattr("therapyinfo.layers.files.MAX_BYTES", len(SOUND) // 2)
    os.chdir(folder)
    with pytest.raises(DataError, match="file-too-big"):
        _load("head.yaml")


@pytest.mark.usefixtures("folder")
def test_the_whole_in_one_piece_is_the_same_knowledge(folder: Path) -> None:
    text = whole_text(folder / "head.yaml")

    assert report(text).problems == ()
    assert "\ninclude:" not in text
    assert text.count("\ntherapies:") == text.count("\nsources:") == 1


def test_what_cannot_be_joined_as_text_is_refused(folder: Path) -> None:
    (folder / "sources.yaml").write_text("{sources: {}}\n", encoding="utf-8")

    with pytest.raises((ValueError, DataError)):
        whole_text(folder / "head.yaml")
