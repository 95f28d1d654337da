"""Files laid over each other: a clinic's ten lines on top of the built-in knowledge.

A mapping is laid over a mapping key by key; anything else replaces what it covers. The
`about` and `reviewed` of a layer speak of the layer alone, so they are kept beside those of
the base and never replace them.
"""

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from .errors import DataError, Problem
from .reading import read, read_about
from .records import Knowledge, Layer
from .yamlfile import Node, decode, parse

ReadBytes = Callable[[Path], bytes]
"""Reads a file; raises OSError. The door passes it in, so that tests and stdin need no files."""


class Layered(Struct, frozen=True):
    """Knowledge with where it came from.

    layers: every file, the base first. changes: for each therapy that an upper layer touches,
    the path of the layer that last gave each field.
    """

    knowledge: Knowledge
    layers: tuple[Layer, ...]
    changes: dict[str, dict[str, str]]


def load(path: Path, builtin: Path, read_bytes: ReadBytes = Path.read_bytes) -> Layered:
    """Return the knowledge of a file with all its layers; raise DataError with every fault.

    builtin: the file that `extends: builtin` names.
    """
    problems: list[Problem] = []
    roots = _chain(path, builtin, read_bytes, problems)
    merged = roots[-1]
    layers = [Layer(path=merged.path, reviewed=_text(merged, "reviewed"))]
    changes: dict[str, dict[str, str]] = {}
    for upper in reversed(roots[:-1]):
        layers.append(_describe(upper, merged, problems))
        _note_changes(upper, changes)
        merged = _overlay(merged, upper)
    return Layered(read(merged, problems), tuple(layers), changes)


def _chain(
    path: Path, builtin: Path, read_bytes: ReadBytes, problems: list[Problem]
) -> list[Node]:
    """Return the roots of a file and of those it builds on, the uppermost first."""
    roots: list[Node] = []
    seen: list[str] = []
    while True:
        shown = str(path)
        node = parse(decode(read_bytes(path), shown), shown, problems)
        if not isinstance(node.value, dict):
            message = "a knowledge file is a mapping, `therapyinfo new -` prints one to start from"
            raise DataError([*problems, node.problem("wrong-type", "", message)])
        seen.append(os.path.realpath(path))
        roots.append(node)
        extends = node.value.pop("extends", None)
        if extends is None:
            return roots
        path = _base_path(extends, path, builtin, problems)
        if os.path.realpath(path) in seen:
            message = f"{str(path)!r} builds on itself through this line"
            raise DataError([*problems, extends.problem("layer-loop", "extends", message)])
        if not path.is_file():
            message = f"no file {str(path)!r}, write `builtin` or a path relative to this file"
            raise DataError([*problems, extends.problem("missing-base", "extends", message)])


def _base_path(extends: Node, path: Path, builtin: Path, problems: list[Problem]) -> Path:
    if not isinstance(extends.value, str):
        message = "write `builtin` or a path relative to this file"
        raise DataError([*problems, extends.problem("wrong-type", "extends", message)])
    if extends.value == "builtin":
        return builtin
    return path.parent / Path(extends.value).expanduser()


def _describe(upper: Node, base: Node, problems: list[Problem]) -> Layer:
    """Take `about`, `reviewed` and `version` out of a layer and return what it says of itself."""
    assert isinstance(upper.value, dict) and isinstance(base.value, dict)
    version, below = upper.value.pop("version", None), base.value.get("version")
    if version and below and version.value != below.value:
        message = f"the base has version {below.value!r}, a layer cannot change it"
        problems.append(version.problem("version-change", "version", message))
    reviewed, about = _text(upper, "reviewed"), upper.value.pop("about", None)
    upper.value.pop("reviewed", None)
    return Layer(path=upper.path, reviewed=reviewed, about=read_about(about, problems) if about else None)


def _note_changes(upper: Node, changes: dict[str, dict[str, str]]) -> None:
    assert isinstance(upper.value, dict)
    therapies = upper.value.get("therapies")
    if therapies and isinstance(therapies.value, dict):
        for id, node in therapies.value.items():
            if isinstance(node.value, dict):
                changes.setdefault(id, {}).update(dict.fromkeys(node.value, upper.path))


def _overlay(base: Node, upper: Node) -> Node:
    if not (isinstance(base.value, dict) and isinstance(upper.value, dict)):
        return upper
    merged = dict(base.value)
    for name, child in upper.value.items():
        merged[name] = _overlay(merged[name], child) if name in merged else child
    return Node(merged, upper.path, upper.line, upper.column, keys={**base.keys, **upper.keys})


def _text(root: Node, key: str) -> str | None:
    assert isinstance(root.value, dict)
    child = root.value.get(key)
    return child.value if child and isinstance(child.value, str) else None
