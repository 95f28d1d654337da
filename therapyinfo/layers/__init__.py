"""Files laid over each other: a clinic's ten lines on top of the built-in knowledge.

A mapping is laid over a mapping key by key; anything else replaces what it covers. The
`about` and `reviewed` of a layer speak of the layer alone, so they are kept beside those of
the base and never replace them.
"""

import gc
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, structs

from ..convert import convert_tree, read_metadata
from ..errors import DataError, Problem, Problems
from ..records import PART_KEYS, Layer
from ..yaml_reader import File, Node, Size, decode, parse
from .fast import (
    LAYER_ONLY_KEYS,
    PREPENDED_KEYS,
    CompiledBase,
    LayeredValues,
    LoadedKnowledge,
    display_name,
    fields_set,
    load_fast,
    no_base,
)
from .files import ReadBytes, included, read_base

__all__ = [
    "CompiledBase",
    "LayerStack",
    "LayeredValues",
    "LoadedKnowledge",
    "ReadBytes",
    "load",
    "load_stack",
]


class LayerStack(Struct, frozen=True):
    """The values of a file and all that it extends, laid over each other but not yet read.

    Attributes:
        roots: The values of each layer with those of the files it includes, the base first.
        files: The paths of each layer, first that of the file that includes the others.
        problems: The errors so far.
    """

    merged: Node
    roots: tuple[Node, ...]
    files: tuple[tuple[str, ...], ...]
    layers: tuple[Layer, ...]
    provenance: dict[str, dict[str, str]]
    problems: list[Problem]

    def with_layer_metadata(self) -> Node:
        """Return the merged values with the top layer's own `reviewed` and `about`."""
        layer = self.roots[-1]
        return _overlay(self.merged, _without(layer, set(layer.keys) - set(LAYER_ONLY_KEYS)))


def load(
    path: Path,
    builtin: Path,
    read_bytes: ReadBytes = Path.read_bytes,
    compiled: CompiledBase = no_base,
) -> LoadedKnowledge:
    """Return the knowledge of a file with all its layers; raise DataError with every error.

    builtin: the file that `extends: builtin` names. compiled: gives the values of a base that
    has been read before.
    """
    with _reading(path):
        first = decode(read_bytes(path), str(path))
        if found := load_fast(first, path, builtin, read_bytes, compiled):
            return found
        stack = _stack(first, path, builtin, read_bytes)
        return LoadedKnowledge(
            convert_tree(stack.merged, stack.problems), stack.layers, stack.provenance
        )


def load_stack(path: Path, builtin: Path, read_bytes: ReadBytes = Path.read_bytes) -> LayerStack:
    """Return the values of a file with all its layers; raise DataError if they cannot be walked."""
    with _reading(path):
        return _stack(decode(read_bytes(path), str(path)), path, builtin, read_bytes)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Tell of too little memory as of any other trouble with the file.

    No search is made for garbage: a large file makes many objects and next to no garbage.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    except MemoryError:
        message = "there is not enough memory to read the file, split it or shorten it"
        problem = Problem(str(path), 1, 1, "error", "file-too-big", "", message)
        raise DataError([problem]) from None
    finally:
        if enabled:
            gc.enable()


def _stack(first: File, path: Path, builtin: Path, read_bytes: ReadBytes) -> LayerStack:
    problems = Problems()
    chain = _chain(first, path, builtin, read_bytes, problems)
    roots = tuple(root for root, _ in chain)
    merged = roots[0]
    layers = [
        Layer(path=display_name(merged.file.path, builtin), reviewed=_text(merged, "reviewed"))
    ]
    provenance: dict[str, dict[str, str]] = {}
    for layer in roots[1:]:
        layers.append(_describe(layer, merged, problems))
        _record_provenance(layer, provenance)
        merged = _overlay(merged, _without(layer, ("extends", "version", *LAYER_ONLY_KEYS)))
    files = tuple(paths for _, paths in chain)
    return LayerStack(merged, roots, files, tuple(layers), provenance, problems)


def _chain(
    file: File, path: Path, builtin: Path, read_bytes: ReadBytes, problems: list[Problem]
) -> list[tuple[Node, tuple[str, ...]]]:
    """Return the roots of a file and of those it extends with their paths, the base first."""
    roots: list[tuple[Node, tuple[str, ...]]] = []
    seen: list[str] = []
    while True:
        size = Size(bytes=len(file.text))
        root = parse(file, problems, size)
        if not isinstance(root.value, dict):
            message = "a knowledge file is a mapping, `therapyinfo new -` prints one to start from"
            problems.append(root.problem("wrong-type", "", message))
            raise DataError(problems)
        _refuse_part(root, problems)
        roots.insert(0, included(root, path, read_bytes, problems, size))
        seen.append(os.path.realpath(path))
        extends = _child(root, "extends")
        if extends is None:
            return roots
        path, file = read_base(extends, path, builtin, read_bytes, problems)
        if os.path.realpath(path) in seen:
            message = f"{str(path)!r} extends itself through this line"
            problems.append(extends.problem("layer-loop", "extends", message))
            raise DataError(problems)


def _refuse_part(root: Node, problems: list[Problem]) -> None:
    """Raise DataError for a file that is read only where another includes it."""
    if root.keys and root.keys.keys() <= {*PART_KEYS}:
        advice = "check the file that includes it, or begin it with `extends: builtin`"
        message = f"the file has only {' and '.join(root.keys)}, it is a part of another: {advice}"
        problems.append(root.problem("missing-key", "", message))
        raise DataError(problems)


def _describe(layer: Node, base: Node, problems: list[Problem]) -> Layer:
    """Return what a layer says of itself, adding each error in that to `problems`."""
    version, base_version = _text(layer, "version"), _text(base, "version")
    if version and base_version and version != base_version:
        message = f"the base has version {base_version!r}, a layer cannot change it"
        node = _child(layer, "version") or layer
        problems.append(node.problem("version-change", "version", message))
    metadata = read_metadata(_without(layer, set(layer.keys) - set(LAYER_ONLY_KEYS)), problems)
    return Layer(path=layer.file.path, reviewed=metadata.reviewed, about=metadata.about)


def _record_provenance(layer: Node, provenance: dict[str, dict[str, str]]) -> None:
    therapies = _child(layer, "therapies")
    if therapies and isinstance(therapies.value, dict):
        for id, node in therapies.value.items():
            if isinstance(node.value, dict):
                contacts = _child(node, "contacts")
                own = contacts.value if contacts and isinstance(contacts.value, dict) else ()
                fields = dict.fromkeys(fields_set(node.value, own), layer.file.path)
                provenance.setdefault(id, {}).update(fields)


def _overlay(base: Node, layer: Node, key: str = "") -> Node:
    if not (isinstance(base.value, dict) and isinstance(layer.value, dict)):
        return layer
    values, keys = dict(base.value), dict(base.keys)
    for name, child in layer.value.items():
        values[name] = _overlay(values[name], child, name) if name in values else child
        # What only the base could be blamed for stays where it is: in the base.
        keys[name] = keys[name] if values[name] is not child else layer.keys[name]
    if key in PREPENDED_KEYS:
        values = {name: values[name] for name in (*layer.value, *base.value)}
    return structs.replace(base, value=values, keys=keys)


def _without(root: Node, names: Collection[str]) -> Node:
    """Return the root of a file without some of its keys."""
    assert isinstance(root.value, dict)
    kept = {name: child for name, child in root.value.items() if name not in names}
    return structs.replace(root, value=kept)


def _child(root: Node, key: str) -> Node | None:
    return root.value.get(key) if isinstance(root.value, dict) else None


def _text(root: Node, key: str) -> str | None:
    child = _child(root, key)
    return child.value if child and isinstance(child.value, str) else None
