"""Files laid over each other: a clinic's ten lines on top of the built-in knowledge.

A mapping is laid over a mapping key by key; anything else replaces what it covers. The
`about` and `reviewed` of a layer speak of the layer alone, so they are kept beside those of
the base and never replace them.
"""

import gc
import os
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct, structs

from .convert import convert_fast, convert_tree, read_metadata
from .errors import STDIN_NAME, DataError, Problem, Problems
from .records import Knowledge, Layer
from .yaml_reader import File, Node, decode, parse, parse_fast

ReadBytes = Callable[[Path], bytes]
"""Reads a file; raises OSError. `cli` passes it in, so that tests and stdin need no files."""


LAYER_ONLY_KEYS = ("reviewed", "about")
"""What a layer says of itself alone."""

PREPENDED_KEYS = ("contacts",)
"""Mappings whose layer entries are listed before the base's."""


class LoadedKnowledge(Struct, frozen=True):
    """Knowledge with where it came from.

    layers: every file, the base first. provenance: for each therapy that an upper layer touches,
    the path of the layer that last gave each field.
    """

    knowledge: Knowledge
    layers: tuple[Layer, ...]
    provenance: dict[str, dict[str, str]]


class LayerStack(Struct, frozen=True):
    """The values of a file and all that it builds on, laid over each other but not yet read.

    roots: the values of each file as it stands, the base first. problems: the errors so far.
    """

    merged: Node
    roots: tuple[Node, ...]
    layers: tuple[Layer, ...]
    provenance: dict[str, dict[str, str]]
    problems: list[Problem]

    def with_layer_metadata(self) -> Node:
        """Return the merged values with the top layer's own `reviewed` and `about`."""
        layer = self.roots[-1]
        return _overlay(self.merged, _without(layer, set(layer.keys) - set(LAYER_ONLY_KEYS)))


def load(path: Path, builtin: Path, read_bytes: ReadBytes = Path.read_bytes) -> LoadedKnowledge:
    """Return the knowledge of a file with all its layers; raise DataError with every error.

    builtin: the file that `extends: builtin` names.
    """
    with _reading(path):
        first = decode(read_bytes(path), str(path))
        values = parse_fast(first)
        if values and "extends" not in values and (knowledge := convert_fast(values)):
            layer = Layer(path=_display_name(first.path, builtin), reviewed=knowledge.reviewed)
            return LoadedKnowledge(knowledge, (layer,), {})
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


def _display_name(path: str, builtin: Path) -> str:
    """Return what pages call a file: where the built-in one lies is nobody's concern."""
    return "builtin" if path == str(builtin) else path


def _stack(first: File, path: Path, builtin: Path, read_bytes: ReadBytes) -> LayerStack:
    problems = Problems()
    roots = _chain(first, path, builtin, read_bytes, problems)
    merged = roots[0]
    layers = [
        Layer(path=_display_name(merged.file.path, builtin), reviewed=_text(merged, "reviewed"))
    ]
    provenance: dict[str, dict[str, str]] = {}
    for layer in roots[1:]:
        layers.append(_describe(layer, merged, problems))
        _record_provenance(layer, provenance)
        merged = _overlay(merged, _without(layer, ("extends", "version", *LAYER_ONLY_KEYS)))
    return LayerStack(merged, tuple(roots), tuple(layers), provenance, problems)


def _chain(
    file: File, path: Path, builtin: Path, read_bytes: ReadBytes, problems: list[Problem]
) -> list[Node]:
    """Return the roots of a file and of those it builds on, the base first."""
    roots: list[Node] = []
    seen: list[str] = []
    while True:
        root = parse(file, problems)
        if not isinstance(root.value, dict):
            message = "a knowledge file is a mapping, `therapyinfo new -` prints one to start from"
            problems.append(root.problem("wrong-type", "", message))
            raise DataError(problems)
        roots.insert(0, root)
        seen.append(os.path.realpath(path))
        extends = _child(root, "extends")
        if extends is None:
            return roots
        path, file = _base(extends, path, builtin, read_bytes, problems)
        if os.path.realpath(path) in seen:
            message = f"{str(path)!r} extends itself through this line"
            problems.append(extends.problem("layer-loop", "extends", message))
            raise DataError(problems)


def _base(
    extends: Node, path: Path, builtin: Path, read_bytes: ReadBytes, problems: list[Problem]
) -> tuple[Path, File]:
    """Return the file that a layer builds on; raise DataError if there is none."""
    from_where = "the current folder" if str(path) == STDIN_NAME else "this file"
    advice = f"write `builtin` or a path relative to {from_where}"
    if not isinstance(extends.value, str):
        problems.append(extends.problem("wrong-type", "extends", advice))
        raise DataError(problems)
    beside = path.parent / os.path.expanduser(extends.value)
    base = builtin if extends.value == "builtin" else beside
    try:
        _refuse_special(base)
        return base, decode(read_bytes(base), str(base))
    except (OSError, ValueError, RuntimeError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        message = f"cannot read {str(base)!r} ({reason}), {advice}"
        problems.append(extends.problem("missing-base", "extends", message))
        raise DataError(problems) from None


def _refuse_special(base: Path) -> None:
    """Raise OSError for a pipe, a device or a socket, which may give anything or never end."""
    with suppress(FileNotFoundError, NotADirectoryError):  # it may lie in a zip application
        mode = os.stat(base).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # reading a folder fails by itself
            raise OSError(0, "it is not a regular file")


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
                provenance.setdefault(id, {}).update(dict.fromkeys(node.value, layer.file.path))


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
