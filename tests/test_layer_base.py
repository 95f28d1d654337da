"""A layer laid over a base that was compiled before: the same to the byte, or the careful way."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from therapyinfo.convert import convert_tree
from therapyinfo.errors import DataError
from therapyinfo.layers import LayeredValues, LoadedKnowledge, load, load_stack
from therapyinfo.layers.fast import load_fast, no_base
from therapyinfo.store import cache, opening
from therapyinfo.store.artifact import Artifact
from therapyinfo.store.compiling import compile_knowledge
from therapyinfo.yaml_reader import decode

from .checking import SOUND

NEW = """\
  exosome:
    name: Exosome therapy
    category: changed-cells
    main_message: They are small [@label-2024].
    facts: {cell_type: None, main_action: Carries signals}
"""
OUTCOME = """\
    outcomes:
      - {kind: benefit, what: were alive, trial: T, group: people, endpoint: survival, certainty: One trial.,
         sources: [label-2024], %s}
"""
LAYERS = {
    "nothing": "",
    "a text": "therapies: {car-t: {summary: Ours.}}\n",
    "a null over a value": "therapies: {car-t: {full_name: }}\n",
    "a list": "therapies: {car-t: {aliases: [chimera]}}\n",
    "an empty list": "therapies: {car-t: {outcomes: []}}\n",
    "a mapping": "therapies: {car-t: {facts: {cell_type: Other cells}}}\n",
    "contacts": "therapies: {car-t: {contacts: {z: {name: Z, how: '1'}, a: {name: A, how: '2'}}}}\n",
    "a therapy": f"therapies:\n{NEW}",
    "a source": "sources: {a: {publisher: A, title: B, url: 'https://example.org', kind: review}}\n",
    "a term": "glossary: {a: {term: A, meaning: Ours.}}\n",
    "a row": "comparison: [{id: goal, label: Goal, explanation: The goal.}]\n",
    "a category": "categories: {changed-cells: {label: Ours}}\n",
    "itself": "version: '1'\nreviewed: 2026-01-02\nabout: {authors: Us.}\nlanguage: he\n",
    "a difference": "therapies: {msc: {differences: {car-t: Quite.}}}\n",
    "a count": f"therapies:\n  msc:\n{OUTCOME % 'n: 10, count: 0'}",
    "a percentage": f"therapies:\n  msc:\n{OUTCOME % 'percent: 0'}",
    "a comparison": f"therapies:\n  msc:\n{OUTCOME % 'percent: 1.5, comparison: {group: x, n: 2, count: 0}'}",
    "odd: a backslash": 'therapies: {car-t: {summary: "a\\u0062c"}}\n',
}  # fmt: skip
WRONG = {
    "an unknown key": "therapies: {car-t: {nam: x}}\n",
    "an unknown source": "therapies: {car-t: {total_time: '1 day [@nobody].'}}\n",
    "a missing key": "therapies: {new: {name: x}}\n",
    "another version": "version: '2'\n",
    "a version that is a list": "version: [a]\ncolour: red\n",
    "a bad date": "reviewed: today\n",
    "a name of another": "therapies: {msc: {aliases: [CAR-T]}}\n",
    "a null for a mapping": "therapies: {car-t: }\n",
    "too many": f"therapies:\n  msc:\n{OUTCOME % 'n: 1, count: 2'}",
    "no figure": f"therapies:\n  msc:\n{OUTCOME % 'n: 1'}",
    "a bad number": f"therapies:\n  msc:\n{OUTCOME % 'n: 1.0, count: 1'}",
    "a key twice": "language: en\nlanguage: en\n",
}

BASE, PATH = Path("base.yaml"), Path("made.yaml")


def _read(layer: str) -> Any:
    return lambda path: (SOUND if path == BASE else layer).encode()


def _compiled(path: Path) -> LayeredValues | None:
    base = load(BASE, BASE, _read(""))
    return Artifact(compile_knowledge(base)).layered_values() if path == BASE else None


def _bytes(loaded: LoadedKnowledge) -> bytes:
    return compile_knowledge(loaded)


def _careful(layer: str) -> LoadedKnowledge:
    stack = load_stack(PATH, BASE, _read(layer))
    return LoadedKnowledge(
        convert_tree(stack.merged, stack.problems), stack.layers, stack.provenance
    )


@pytest.mark.parametrize("extends", ["builtin", "base.yaml"])
@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_over_a_compiled_base_is_the_same_to_the_byte(name: str, extends: str) -> None:
    layer = f"extends: {extends}\n{LAYERS[name]}"
    wanted = _bytes(_careful(layer))
    first = decode(layer.encode(), str(PATH))

    for compiled in (_compiled, no_base):
        quick = load_fast(first, PATH, BASE, _read(layer), compiled)
        assert quick is None if name.startswith("odd") else quick and _bytes(quick) == wanted
        assert _bytes(load(PATH, BASE, _read(layer), compiled)) == wanted


@pytest.mark.parametrize("name", WRONG)
def test_a_layer_with_an_error_is_told_as_without_a_compiled_base(name: str) -> None:
    layer = f"extends: builtin\n{WRONG[name]}"
    errors = []
    for compiled in (_compiled, no_base):
        with pytest.raises(DataError) as caught:
            load(PATH, BASE, _read(layer), compiled)
        errors.append(caught.value.problems)

    assert errors[0] == errors[1]


def test_the_values_of_a_compiled_file_make_the_same_file() -> None:
    base = load(BASE, BASE, _read(""))
    layered = Artifact(compile_knowledge(base)).layered_values()
    plain = msgspec.to_builtins(base.knowledge)

    assert msgspec.json.encode(layered.values["therapies"]) == msgspec.json.encode(
        plain["therapies"]
    )
    assert isinstance(layered.values["comparison"], list)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "builtin_file", lambda: tmp_path / "base.yaml")
    (tmp_path / "base.yaml").write_text(SOUND, encoding="utf-8")
    middle = "extends: builtin\ntherapies: {msc: {summary: Middle., name: M}}\n"
    (tmp_path / "middle.yaml").write_text(middle, encoding="utf-8")
    top = "extends: middle.yaml\ntherapies: {msc: {summary: Top.}}\n"
    (tmp_path / "top.yaml").write_text(top, encoding="utf-8")
    return tmp_path


def _opened(folder: Path, name: str) -> Artifact:
    return opening.open_file(Path(name), folder / "cache").artifact


def test_layers_of_layers_take_what_is_in_the_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = opening.open_file(Path("top.yaml")).artifact
    _opened(folder, str(folder / "base.yaml"))
    _opened(folder, "middle.yaml")
    read: list[str] = []
    take = cache._Compiler.read_bytes

    def record(self: cache._Compiler, path: Path) -> bytes:
        read.append(path.name)
        return take(self, path)

    monkeypatch.setattr(cache._Compiler, "read_bytes", record)
    layered = _opened(folder, "top.yaml")

    assert read == ["top.yaml"]
    assert layered.overview == alone.overview
    ids = [each.id for each in alone.overview.summaries]
    assert [*map(layered.entry, ids)] == [*map(alone.entry, ids)]
    assert {each.path.rpartition("/")[2] for each in layered.head.files} == {
        "base.yaml", "middle.yaml", "top.yaml",
    }  # fmt: skip


@pytest.mark.parametrize("changed", ["base.yaml", "middle.yaml", "top.yaml"])
def test_a_change_of_any_of_the_files_is_seen(folder: Path, changed: str) -> None:
    for name in (str(folder / "base.yaml"), "middle.yaml", "top.yaml"):
        _opened(folder, name)
    path = folder / changed
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nlanguage: he\n", encoding="utf-8")

    assert _opened(folder, "top.yaml").overview.language == "he"
