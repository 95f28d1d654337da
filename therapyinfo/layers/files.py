"""The files that a knowledge file names: the base that it extends, and the parts it includes."""

import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import structs

from ..errors import STDIN_NAME, DataError, Problem, reason
from ..records import PART_KEYS
from ..yaml_reader import MAX_BYTES, File, Node, Size, Value, decode, parse, parse_fast

ReadBytes = Callable[[Path], bytes]
"""Reads a file; raises OSError. `cli` passes it in, so that tests and stdin need no files."""

MAX_FILES = 2_000
"""So many files may be included; each is looked at on every run."""

_SORTED = "sources"
"""They come from many files, so the order of their ids is the only one that a reader can use."""

NOT_READ = (OSError, ValueError, RuntimeError)
"""What reading a file by any name can raise; a name can hold a null, or a home that is none."""


def base_path(extends: str, path: Path, builtin: Path) -> Path:
    """Return the file that `extends` of a file names."""
    return builtin if extends == "builtin" else path.parent / os.path.expanduser(extends)


def read_named(path: Path, read_bytes: ReadBytes) -> File:
    """Return a file that another names; raise one of NOT_READ, or DataError.

    A pipe, a device or a socket is refused: it may give anything, or never end.
    """
    with suppress(FileNotFoundError, NotADirectoryError):  # it may lie in a zip application
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # reading a folder fails by itself
            raise OSError(0, "it is not a regular file")
    return decode(read_bytes(path), str(path))


def read_base(
    extends: Node, path: Path, builtin: Path, read_bytes: ReadBytes, problems: list[Problem]
) -> tuple[Path, File]:
    """Return the file that a layer extends; raise DataError if there is none."""
    from_where = "the current folder" if str(path) == STDIN_NAME else "this file"
    advice = f"write `builtin` or a path relative to {from_where}"
    if not isinstance(extends.value, str):
        problems.append(extends.problem("wrong-type", "extends", advice))
        raise DataError(problems)
    base = base_path(extends.value, path, builtin)
    try:
        return base, read_named(base, read_bytes)
    except NOT_READ as err:
        message = f"cannot read {str(base)!r} ({reason(err)}), {advice}"
        problems.append(extends.problem("missing-base", "extends", message))
        raise DataError(problems) from None


def included_fast(
    values: dict[str, Value], path: Path, read_bytes: ReadBytes, size: Size
) -> dict[str, Value] | None:
    """Return the values of a file with those of its parts; None if `included` has to look closer.

    Raise one of NOT_READ, or DataError, where a part cannot be read.
    """
    if "include" not in values:
        return values
    whole = {key: value for key, value in values.items() if key != "include"}
    listed = values["include"]
    if not (isinstance(listed, list) and 0 < len(listed) <= MAX_FILES):
        return None
    for name in listed:
        if not (isinstance(name, str) and _is_inside(name)):
            return None
        file = read_named(path.parent / name, read_bytes)
        size.bytes += len(file.text)
        part = parse_fast(file, size) if size.bytes <= MAX_BYTES else None
        if not isinstance(part, dict) or not part.keys() <= {*PART_KEYS}:
            return None
        for key, entries in part.items():
            known = whole.setdefault(key, {})
            apart = isinstance(entries, dict) and isinstance(known, dict)
            if not apart or not known.keys().isdisjoint(entries):
                return None
            known.update(entries)
    if isinstance(sources := whole.get(_SORTED), dict):
        whole[_SORTED] = dict(sorted(sources.items()))
    return whole


def included(
    root: Node, path: Path, read_bytes: ReadBytes, problems: list[Problem], size: Size
) -> tuple[Node, tuple[str, ...]]:
    """Return the root of a file with the entries of its parts, and the paths of all of them.

    Raise DataError if a part cannot be read; other errors are added to `problems`.
    """
    assert isinstance(root.value, dict)
    if "include" not in root.value:
        return root, (root.file.path,)
    values, keys = dict(root.value), dict(root.keys)
    listed = values.pop("include")
    whole = structs.replace(root, value=values, keys=keys)
    names = listed.value if isinstance(listed.value, list) else []
    if not 0 < len(names) <= MAX_FILES:
        message = f"write a list of 1 to {MAX_FILES:,} files, such as `- therapies/car-t.yaml`"
        problems.append(listed.problem("wrong-type", "include", message))
        raise DataError(problems)
    parts = [_part(name, path, read_bytes, problems, size) for name in names]
    for part in parts:
        if part:
            _add(whole, part, problems)
    if None in parts:  # every id that it holds would be told as unknown
        raise DataError(problems)
    assert isinstance(whole.value, dict)
    if (sources := whole.value.get(_SORTED)) and isinstance(sources.value, dict):
        whole.value[_SORTED] = structs.replace(sources, value=dict(sorted(sources.value.items())))
    return whole, (root.file.path, *(part.file.path for part in parts if part))


def _part(
    name: Node, path: Path, read_bytes: ReadBytes, problems: list[Problem], size: Size
) -> Node | None:
    """Return the root of an included file; None if it has none, which `problems` then tells."""
    if not (isinstance(name.value, str) and _is_inside(name.value)):
        message = "write the path of a file in the folder of this one, such as therapies/car-t.yaml"
        problems.append(name.problem("bad-include", "include", message))
        return None
    place = path.parent / name.value
    try:
        file = read_named(place, read_bytes)
        size.bytes += len(file.text)
        if size.bytes > MAX_BYTES:
            message = f"with this file they are larger than {MAX_BYTES // 1_000_000} MB, shorten it"
            problems.append(name.problem("file-too-big", "include", message))
            return None
        return parse(file, problems, size)
    except NOT_READ as err:
        message = f"cannot read {str(place)!r} ({reason(err)})"
        problems.append(name.problem("bad-include", "include", message))
    except DataError as err:
        problems.extend(err.problems)
    return None


def _add(whole: Node, part: Node, problems: list[Problem]) -> None:
    """Add the entries of a part to the root of the file that includes it."""
    assert isinstance(whole.value, dict)
    known = ", ".join(PART_KEYS)
    if not isinstance(part.value, dict):
        message = f"an included file is a mapping with {known}"
        problems.append(part.problem("wrong-type", "", message))
        return
    for key, entries in part.value.items():
        if key not in PART_KEYS:
            message = f"key {key!r} is not known in an included file (known: {known})"
            problems.append(part.keys[key].problem("unknown-key", "", message))
        elif key not in whole.value:
            whole.keys[key] = part.keys[key]
            whole.value[key] = entries
        elif isinstance(entries.value, dict) and isinstance(whole.value[key].value, dict):
            _join(whole.value[key], entries, key, problems)
        else:
            message = "this must be a mapping of ids to entries"
            problems.append(entries.problem("wrong-type", key, message))


def _join(first: Node, second: Node, key: str, problems: list[Problem]) -> None:
    """Add the entries of a second mapping to the first, telling of each id that both have."""
    assert isinstance(first.value, dict)
    assert isinstance(second.value, dict)
    for id, node in second.value.items():
        if id not in first.value:
            first.value[id], first.keys[id] = node, second.keys[id]
        else:
            place = f"line {first.keys[id].line} of {first.keys[id].file.path}"
            message = f"key {id!r} is here twice, first on {place}, keep one"
            problems.append(second.keys[id].problem("duplicate-key", key, message))


def _is_inside(name: str) -> bool:
    """Return whether a relative path stays in its folder, on every system."""
    steps = re.split(r"[/\\]", name)
    return not any(step in ("", ".", "..") for step in steps) and ":" not in name
