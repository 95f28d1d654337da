"""The short way to a knowledge, for files without an error; a layer lies on its compiled base.

It gives what the careful reader gives, or None where that has to look closer.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..convert import convert_fast, metadata_fast
from ..errors import DataError
from ..records import Knowledge, Layer
from ..yaml_reader import File, Size, Value, parse_fast
from .files import NOT_READ, ReadBytes, base_path, included_fast, read_named

LAYER_ONLY_KEYS = ("reviewed", "about")
"""What a layer says of itself alone."""

PREPENDED_KEYS = ("contacts",)
"""Mappings whose layer entries are listed before the base's."""

MAX_LAYERS = 20
"""A file that extends itself has no end; the careful reader tells where it closes the loop."""


class LoadedKnowledge(Struct, frozen=True):
    """Knowledge with where it came from.

    Attributes:
        layers: Every layer, the base first.
        provenance: For each therapy that an upper layer touches, the path of the layer that last
            gave each field, and each contact by its id.
    """

    knowledge: Knowledge
    layers: tuple[Layer, ...]
    provenance: dict[str, dict[str, str]]


class LayeredValues(Struct, frozen=True):
    """The values of a file and all that it extends, laid over each other.

    Its outcomes hold numbers where it was compiled, else their text.
    """

    values: dict[str, Value]
    layers: tuple[Layer, ...]
    provenance: dict[str, dict[str, str]]


CompiledBase = Callable[[Path], LayeredValues | None]
"""Returns what is known of a file that was compiled before and has not changed, if it was."""


def no_base(path: Path) -> LayeredValues | None:
    """Return None: nothing has been compiled before."""
    return None


def load_fast(
    file: File, path: Path, builtin: Path, read_bytes: ReadBytes, compiled: CompiledBase
) -> LoadedKnowledge | None:
    """Return the knowledge of a file with all its layers, if nothing is wrong in it."""
    try:
        found = _Reader(builtin, read_bytes, compiled).layered(file, path)
    except (*NOT_READ, DataError):  # in another file than the first
        return None
    knowledge = convert_fast(found.values) if found else None
    return (
        LoadedKnowledge(knowledge, found.layers, found.provenance) if found and knowledge else None
    )


def display_name(path: str, builtin: Path) -> str:
    """Return what pages call a file: where the built-in one lies is nobody's concern."""
    return "builtin" if path == str(builtin) else path


class _Reader(Struct, frozen=True):
    """Reads a file and what it extends; what stays the same from one to the next."""

    builtin: Path
    read_bytes: ReadBytes
    compiled: CompiledBase

    def layered(self, file: File, path: Path, depth: int = 1) -> LayeredValues | None:
        size = Size(bytes=len(file.text))
        read = parse_fast(file, size)
        if not isinstance(read, dict):
            return None
        values = included_fast(read, path, self.read_bytes, size)
        if values is None:
            return None
        if "extends" not in values:
            name = display_name(file.path, self.builtin)
            return LayeredValues(values, (Layer(path=name, reviewed=values.get("reviewed")),), {})
        extends = values["extends"]
        if not isinstance(extends, str) or depth == MAX_LAYERS:
            return None
        place = base_path(extends, path, self.builtin)
        base = self.compiled(place) or self.layered(
            read_named(place, self.read_bytes), place, depth + 1
        )
        return base and _laid_over(base, values, file.path)


def _laid_over(base: LayeredValues, values: dict[str, Value], path: str) -> LayeredValues | None:
    """Return the values of a layer laid over those of its base."""
    metadata = metadata_fast({key: values[key] for key in LAYER_ONLY_KEYS if key in values})
    version = base.values.get("version")
    if metadata is None or values.get("version", version) != version:
        return None
    own = ("extends", "version", *LAYER_ONLY_KEYS)
    kept = {key: value for key, value in values.items() if key not in own}
    provenance = {id: dict(fields) for id, fields in base.provenance.items()}
    therapies = kept.get("therapies")
    for id, therapy in therapies.items() if isinstance(therapies, dict) else ():
        if isinstance(therapy, dict):
            contacts = therapy.get("contacts")
            fields = fields_set(therapy, contacts if isinstance(contacts, dict) else ())
            provenance.setdefault(id, {}).update(dict.fromkeys(fields, path))
    layer = Layer(path=path, reviewed=metadata.reviewed, about=metadata.about)
    return LayeredValues(_overlay(base.values, kept), (*base.layers, layer), provenance)


def fields_set(fields: Iterable[str], contacts: Iterable[str]) -> list[str]:
    """Return what a layer sets of a therapy: its fields, and each contact, which is its own."""
    return [*fields, *(f"contacts.{id}" for id in contacts)]


def _overlay(base: Value, layer: Value, key: str = "") -> Any:
    if not (isinstance(base, dict) and isinstance(layer, dict)):
        return layer
    values = dict(base)
    for name, child in layer.items():
        values[name] = _overlay(values[name], child, name) if name in values else child
    return {name: values[name] for name in (*layer, *base)} if key in PREPENDED_KEYS else values
