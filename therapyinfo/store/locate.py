"""Where things lie: the built-in knowledge, the user's cache directory, this package itself."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from .. import __version__

_PACKAGE = Path(__file__).parents[1]
_DECIDING = (".", "convert", "layers", "search", "store", "views", "yaml_reader")
"""The folders whose modules decide what is compiled and indexed."""


def builtin_file() -> Path:
    """Return where the built-in knowledge lies: in the package, else at the checkout's root."""
    places = (_PACKAGE / "data" / "therapies.yaml", _PACKAGE.parent / "data" / "therapies.yaml")
    return next((place for place in places if place.is_file()), places[0])


def zipped(path: Path) -> bytes | None:
    """Return a file of the package where that lies in a zip archive; None where it does not."""
    loader: Any = __spec__ and __spec__.loader
    if not hasattr(loader, "archive"):
        return None
    try:
        return bytes(loader.get_data(str(path.absolute())))
    except OSError:
        return None


def read_file(path: Path) -> bytes:
    """Return what a file holds, one in a zip archive too, up to one byte more than is read."""
    from ..yaml_reader import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except NotADirectoryError:
        if content := zipped(path):
            return content
        raise


def cache_directory(setting: Path | str | None) -> Path | None:
    """Return the directory of the user's cache; None for no cache.

    setting: where the user wants it; "" for none, None for where the system has its caches.
    """
    if setting is not None:
        return Path(os.path.expanduser(setting)) if setting else None
    from platformdirs import user_cache_dir

    try:
        directory = Path(user_cache_dir("therapyinfo"))
    except (OSError, RuntimeError, KeyError):
        return None
    return directory if directory.is_absolute() else None  # without a home there is no place


@cache
def package_stamp() -> str:
    """Return what tells this code from any other: its version, and in a checkout its last change.

    Whoever works on the code keeps one version for long, and must not be told what was compiled
    by the code of an hour ago.
    """
    if builtin_file().is_relative_to(_PACKAGE):
        return __version__
    return f"{__version__} {max(map(_newest, _DECIDING))}"


def _newest(folder: str) -> int:
    with os.scandir(_PACKAGE / folder) as entries:
        modules = (entry for entry in entries if entry.name.endswith(".py"))
        return max(entry.stat().st_mtime_ns for entry in modules)
