"""Files that are written whole or not at all, and never over what an answer was made from."""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from ..errors import OutputError, TargetExistsError, UsageError, reason
from .streams import CLOSED_PIPE, write_fully

DESCRIPTORS = ("/dev/fd/", "/proc/self/fd/")
"""Where a system names what a process has open, as a shell does for `>(command)`."""

NOT_REPLACEABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV)
"""How a system says that a file can be written at most where it is, as a mounted one."""

NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""How a file system says that it has no links."""


def write_file(name: str, text: str, read: Iterable[Path]) -> None:
    """Write an answer to a file, which keeps its mode and owner, or to a device or a pipe.

    A new file takes the place of the old one when it is whole. Where that cannot be, or would
    part the old one from its other names, it is written in place.

    Args:
        name: The file, as it was given.
        text: The whole answer.
        read: The files that the answer was made from.

    Raises:
        UsageError: The target is a folder, or one of the files that were read.
        OutputError: The system refuses it; what was there still is.
    """
    content = text.encode()
    try:
        status = _status(name)
        _refuse(name, status, read)
        if _descriptor(name) is not None or (status and not stat.S_ISREG(status.st_mode)):
            _write_stream(name, content)
        else:
            _write_regular(os.path.realpath(name), content, status)
    except (OSError, ValueError) as err:
        raise OutputError(f"cannot write {name!r}: {reason(err)}") from None


def create_file(name: str, text: str) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        TargetExistsError: Something has that name already.
        OutputError: The system refuses it; nothing is left.
    """
    try:
        try:
            _write_beside(name, text.encode(), None, os.link)
        except OSError as err:
            if err.errno not in NO_LINKS:
                raise
            _write_alone(name, text.encode())
    except FileExistsError:
        message = f"{name!r} already exists; nothing was overwritten"
        raise TargetExistsError(f"{message}. Choose another name.") from None
    except (OSError, ValueError) as err:
        raise OutputError(f"cannot write {name!r}: {reason(err)}") from None


def _status(name: str | Path) -> os.stat_result | None:
    try:
        return os.stat(name)
    except FileNotFoundError:
        return None


def _refuse(name: str, status: os.stat_result | None, read: Iterable[Path]) -> None:
    if name.endswith(os.sep) or (status and stat.S_ISDIR(status.st_mode)):
        raise UsageError(f"{name!r} is a folder, and -o takes the name of a file")
    if status is None or not stat.S_ISREG(status.st_mode):
        return
    for path in read:
        with suppress(OSError):
            if os.path.samestat(status, os.stat(path)):
                message = "is a file that the answer was read from, and is never written over"
                raise UsageError(f"{name!r} {message}")


def _descriptor(name: str) -> int | None:
    """Return the number of the open file that a path names; None for any other path."""
    if name in ("/dev/stdout", "/dev/stderr"):
        return 1 if name == "/dev/stdout" else 2
    folder = next(filter(name.startswith, DESCRIPTORS), None)
    number = name.removeprefix(folder) if folder else ""
    return int(number) if number.isascii() and number.isdigit() else None


def _write_stream(name: str, content: bytes) -> None:
    """Write to what is not a regular file, or to what is open already, in place."""
    number = _descriptor(name)
    opened = os.open(name, os.O_WRONLY) if number is None else os.dup(number)
    try:
        with FileIO(opened, "w") as file:
            write_fully(file, content)
    except OSError as err:
        if err.errno not in CLOSED_PIPE:  # a reader who went away has seen enough
            raise


def _write_regular(target: str, content: bytes, status: os.stat_result | None) -> None:
    if status is None:
        _write_beside(target, content, None, os.replace)
        return
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if status.st_nlink > 1 or _has_access_list(target):
        _write_in_place(target, content, status)
        return
    try:
        _write_beside(target, content, status, os.replace)
    except OSError as err:
        if err.errno not in NOT_REPLACEABLE:
            raise
        _write_in_place(target, content, status)


def _has_access_list(target: str) -> bool:
    # The mode of such a file shows the sum of its list: a new one would let in the whole group.
    with suppress(OSError, AttributeError):
        return "system.posix_acl_access" in os.listxattr(target)
    return False


def _write_beside(
    target: str,
    content: bytes,
    old: os.stat_result | None,
    put: Callable[[str, str], None],
) -> None:
    """Write a file in the folder of its target, then put it there; raise OSError.

    old: whose mode and owner it takes. put: what gives the finished file the target's name.
    """
    folder = os.path.dirname(target) or os.curdir
    mode = 0o600 if old else 0o666
    name = os.path.join(folder, f".{os.urandom(4).hex()}.tmp")
    file = _open_nameless(folder, mode)
    named = file is None
    if file is None:
        file = FileIO(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w")
    try:
        with file:
            write_fully(file, content)
            if old:
                _take_over(file, old)
            if not named:
                named = True
                _name(file, name)
        put(name, target)
    finally:
        if named:
            with suppress(OSError):
                os.unlink(name)


def _open_nameless(folder: str, mode: int) -> FileIO | None:
    """Open a file without a name, which not even a kill leaves behind; None where there is none."""
    if sys.platform != "linux" or not os.path.isdir("/proc/self/fd"):
        return None
    with suppress(OSError):  # a file system without them; any other error comes again
        return FileIO(os.open(folder, os.O_TMPFILE | os.O_WRONLY, mode), "w")
    return None


def _name(file: FileIO, name: str) -> None:
    # With a folder given Python follows the link, which is what this takes; the folder is unused.
    os.link(f"/proc/self/fd/{file.fileno()}", name, src_dir_fd=file.fileno())


def _take_over(file: FileIO, old: os.stat_result) -> None:
    """Give a file the owner and mode of another; raise OSError where that is not allowed."""
    if not hasattr(os, "fchown"):
        return
    new = os.fstat(file.fileno())
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        os.fchown(file.fileno(), old.st_uid, old.st_gid)
    os.fchmod(file.fileno(), stat.S_IMODE(old.st_mode))


def _write_in_place(target: str, content: bytes, old: os.stat_result) -> None:
    """Write over a file that cannot be replaced; first what makes it longer and may not fit."""
    with FileIO(os.open(target, os.O_WRONLY), "w") as file:
        try:
            file.seek(old.st_size)
            write_fully(file, content[old.st_size :])
        except BaseException:
            file.truncate(old.st_size)
            raise
        file.seek(0)
        write_fully(file, content[: old.st_size])
        file.truncate(len(content))
        with suppress(OSError):  # writing takes a set-user-ID bit away, and only its owner may
            _take_over(file, old)


def _write_alone(name: str, content: bytes) -> None:
    """Write a new file where there are no links, and take away what could not be finished."""
    with FileIO(name, "x") as file:
        try:
            write_fully(file, content)
        except BaseException:
            os.unlink(name)
            raise
