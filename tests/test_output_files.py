"""Where `-o` and `new` write: no file is lost, half written, or changed in mode or owner."""

import errno
import os
import shutil
import stat
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from therapyinfo.cli import files

from .conftest import Run
from .processes import COMMAND, Finished, run_cli, spawn, wait, warm_cache
from .small import SMALL

LINE = "explain car-t --brief"
ROOT = os.geteuid() == 0
NOBODY = 65534


@pytest.fixture(scope="module")
def page() -> str:
    """Return the page that is written everywhere here."""
    code, out, err = run_cli(LINE.split(), warm_cache())
    assert (code, err) == (0, "")
    return out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder to write in."""
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that other users can look into, unlike those of pytest."""
    with TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        folder = Path(name) / "out"
        folder.mkdir()
        yield folder


def write(target: Path | str, **more: object) -> Finished:
    """Write the page with `-o`, as a process."""
    return run_cli([*LINE.split(), "-o", str(target)], warm_cache(), **more)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


# what is no regular file


def test_a_new_file_has_the_mode_of_the_umask(folder: Path, page: str) -> None:
    for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
        target = folder / f"{mask}.txt"
        assert write(target, umask=mask) == (0, "", "")
        assert target.read_text("utf-8") == page
        assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.parametrize(
    "script",
    [
        "{} -o /dev/stdout | cat",
        "{} -o /dev/fd/1 | cat",
        "{} -o /proc/self/fd/1 | cat",
        "{} -o /dev/stderr 2>&1 | cat",
        "{} -o >(cat) | cat",
        "{} -o /dev/fd/7 7>&1 | cat",
        "{{ mkfifo pipe; {} -o pipe & cat pipe; }}",
        "{{ {} -o /dev/stdout > file; cat file; }}",
        "{{ {} -o /dev/null; cat < /dev/null; {}; }}",
    ],
)
def test_a_device_and_a_pipe_are_written_as_they_are(folder: Path, page: str, script: str) -> None:
    whole = script.format(*[f"therapyinfo {LINE}"] * 2)
    tool = f'therapyinfo() {{ {" ".join(COMMAND)} "$@"; }}; {whole}'
    answer = run_cli(["-c", tool], warm_cache(), command=["bash"], cwd=folder)

    assert answer == (0, page, "")
    assert set(names(folder)) <= {"pipe", "file"}


def test_what_stands_in_a_redirected_file_already_stays(folder: Path, page: str) -> None:
    tool = f'therapyinfo() {{ {" ".join(COMMAND)} "$@"; }};'
    script = f"{tool} {{ echo head; therapyinfo {LINE} -o /dev/stdout; }} > page.txt"
    run_cli(["-c", script], warm_cache(), command=["bash"], cwd=folder)

    assert (folder / "page.txt").read_text("utf-8") == f"head\n{page}"


def test_a_descriptor_that_is_not_open_is_told(folder: Path) -> None:
    code, out, err = write("/dev/fd/99")

    assert (code, out) == (1, "")
    assert err == "therapyinfo: cannot write '/dev/fd/99': Bad file descriptor\n"


# regular files


def _link(folder: Path) -> Path:
    (folder / "real.txt").write_text("old")
    (folder / "page.txt").symlink_to("real.txt")
    return folder / "page.txt"


def _dangling_link(folder: Path) -> Path:
    (folder / "page.txt").symlink_to("real.txt")
    return folder / "page.txt"


def _plain(folder: Path) -> Path:
    (folder / "page.txt").write_text("old " * 100_000)
    return folder / "page.txt"


def _hard_link(folder: Path) -> Path:
    (folder / "real.txt").write_text("old")
    os.link(folder / "real.txt", folder / "page.txt")
    return folder / "page.txt"


def _long_hard_link(folder: Path) -> Path:
    (folder / "real.txt").write_text("old " * 100_000)
    os.link(folder / "real.txt", folder / "page.txt")
    return folder / "page.txt"


def _line_end(folder: Path) -> Path:
    return folder / "line\nend.txt"


def _not_utf_8(folder: Path) -> Path:
    return folder / os.fsdecode(b"cl\xefnic.txt")


def _longest(folder: Path) -> Path:
    return folder / ("n" * 251 + ".txt")


def _left_over(folder: Path) -> Path:
    (folder / f".page.txt.{os.getpid()}.tmp").write_text("another's")
    return folder / "page.txt"


PLACES = [_link, _dangling_link, _plain, _hard_link, _long_hard_link, _line_end, _not_utf_8]
PLACES += [_longest, _left_over]


@pytest.mark.parametrize("make", PLACES)
def test_a_file_is_written_where_its_name_leads(
    folder: Path, page: str, make: Callable[[Path], Path]
) -> None:
    target = make(folder)
    before = {path: path.lstat() for path in folder.iterdir()}
    real = Path(os.path.realpath(target))

    assert write(target) == (0, "", "")
    assert real.read_text("utf-8") == page
    assert set(folder.iterdir()) == {*before, target, real}
    for path, status in before.items():
        assert stat.S_IFMT(path.lstat().st_mode) == stat.S_IFMT(status.st_mode)
        assert path.lstat().st_nlink == status.st_nlink


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o755, 0o4755, 0o2755, 0o200])
@pytest.mark.parametrize("make", [_plain, _hard_link])
def test_a_file_keeps_its_mode(folder: Path, make: Callable[[Path], Path], mode: int) -> None:
    target = make(folder)
    target.chmod(mode)

    assert write(target, umask=0o022) == (0, "", "")
    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert target.stat().st_size > 1000


@pytest.mark.skipif(not ROOT, reason="only root may give a file away")
def test_a_file_keeps_its_owner(folder: Path) -> None:
    target = _plain(folder)
    os.chown(target, NOBODY, NOBODY)
    target.chmod(0o4750)

    assert write(target) == (0, "", "")
    assert (target.stat().st_uid, target.stat().st_gid) == (NOBODY, NOBODY)
    assert stat.S_IMODE(target.stat().st_mode) == 0o4750


def test_a_file_keeps_its_access_list(folder: Path) -> None:
    target, name = _plain(folder), "system.posix_acl_access"
    entries = [(1, 6, 2**32 - 1), (2, 4, NOBODY), (4, 0, 2**32 - 1), (16, 4, 2**32 - 1)]
    packed = [struct.pack("<HHI", *entry) for entry in (*entries, (32, 0, 2**32 - 1))]
    try:
        os.setxattr(target, name, struct.pack("<I", 2) + b"".join(packed))
    except OSError as err:
        pytest.skip(f"no access lists here: {err.strerror}")
    before = os.getxattr(target, name)

    assert write(target) == (0, "", "")
    assert os.getxattr(target, name) == before


def test_a_file_that_may_not_be_written_is_refused(
    therapyinfo: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = _plain(folder)
    target.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *given: os.W_OK not in given)  # root may do all
    code, out, err = therapyinfo(f"{LINE} -o {target}")

    assert (code, out) == (1, "")
    assert err == f"therapyinfo: cannot write {str(target)!r}: Permission denied\n"
    assert target.read_text() == "old " * 100_000
    assert names(folder) == ["page.txt"]


REFUSED = {
    "a folder that takes no file": PermissionError(errno.EACCES, "Permission denied"),
    "a mounted file": OSError(errno.EBUSY, "Device or resource busy"),
    "another's file in a shared folder": PermissionError(errno.EPERM, "Not permitted"),
    "a system that is read only but for this file": OSError(errno.EROFS, "Read-only"),
}


@pytest.mark.parametrize("error", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("call", ["open", "replace"])
def test_a_file_that_cannot_be_replaced_is_written_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: OSError
) -> None:
    target = _plain(folder)
    number = target.stat().st_ino
    real_open = os.open

    def refuse(*_: object) -> int:
        raise error

    def open_old_files(path: str, flags: int, mode: int = 0o777) -> int:
        is_new = flags & os.O_CREAT or flags & os.O_TMPFILE == os.O_TMPFILE
        return refuse() if is_new else real_open(path, flags, mode)

    monkeypatch.setattr(os, call, refuse if call == "replace" else open_old_files)
    files.write_file(str(target), "new", ())

    assert target.read_text("utf-8") == "new"
    assert target.stat().st_ino == number
    assert names(folder) == ["page.txt"]


AS_NOBODY = f"""
import os, sys
from therapyinfo.cli.files import write_file
os.setgroups([])
os.setgid({NOBODY})
os.setuid({NOBODY})
write_file(sys.argv[1], "new", ())
"""


@pytest.mark.skipif(not ROOT, reason="only root can become somebody who may not")
def test_who_may_write_a_file_but_not_its_folder_writes_it_in_place(open_folder: Path) -> None:
    folder = open_folder
    target, closed = _plain(folder), folder / "closed.txt"
    closed.write_text("old")
    target.chmod(0o666)
    folder.chmod(0o555)
    told = [
        run_cli([str(path)], "", command=[sys.executable, "-c", AS_NOBODY])
        for path in (target, closed, folder / "new.txt")
    ]

    assert [code for code, _, _ in told] == [0, 1, 1]
    assert all("OutputError: cannot write" in err for _, _, err in told[1:])
    assert (target.read_text(), closed.read_text()) == ("new", "old")
    assert names(folder) == ["closed.txt", "page.txt"]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Return what mounts something for a test, as root alone can: mounted(*options) -> where."""
    places: list[Path] = []

    def mount(*options: str, file: bool = False) -> Path:
        place = tmp_path / f"mount-{len(places)}"
        place.touch() if file else place.mkdir()
        command = ["mount", *options, str(place)]
        if not ROOT or not shutil.which("mount"):
            pytest.skip("only root can mount")
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", str(place)], check=True)


def test_a_bind_mounted_file_is_written_in_place(
    mounted: Callable[..., Path], folder: Path, page: str
) -> None:
    real = _plain(folder)
    target = mounted("--bind", str(real), file=True)

    assert write(target) == (0, "", "")
    assert real.read_text("utf-8") == page
    assert names(folder) == ["page.txt"]
    assert not list(target.parent.glob(".*"))


@pytest.mark.parametrize("make", [_plain, _hard_link])
def test_a_full_disk_leaves_the_old_file_as_it_was(
    mounted: Callable[..., Path], make: Callable[[Path], Path]
) -> None:
    disk = mounted("-t", "tmpfs", "-o", "size=450k", "tmpfs")
    target = make(disk)
    before = target.read_bytes()
    with (disk / "filler").open("wb", buffering=0) as filler:
        fill = iter(lambda: filler.write(b"x" * 4096), 0)
        with pytest.raises(OSError, match="No space left"):
            deque(fill, 0)
    told = [
        run_cli(["explain", "car-t", "--full", "-o", str(target)], warm_cache()),
        write(disk / "new.txt"),
        run_cli(["new", str(disk / "new.yaml")], warm_cache()),
    ]

    assert [code for code, _, _ in told] == [1, 1, 1]
    assert all(err.endswith("': No space left on device\n") for _, _, err in told)
    assert target.read_bytes() == before
    assert set(names(disk)) <= {"filler", "page.txt", "real.txt"}


def test_two_writers_at_once_leave_one_whole_file(folder: Path) -> None:
    target = folder / "page.html"
    lines = [["explain", "car-t", "--full"], ["list"]] * 6
    started = [spawn([*line, "-o", str(target)], warm_cache()) for line in lines]
    told = {wait(process) for process in started}
    whole = [run_cli([*line, "-f", "html"], warm_cache())[1] for line in lines[:2]]

    assert told == {(0, "", "")}
    assert target.read_text("utf-8") in whole
    assert names(folder) == ["page.html"]


# what is never written


@pytest.mark.parametrize("by", ["name", "link", "hard link", "/dev/stdout", "other spelling"])
@pytest.mark.parametrize("which", ["layer", "base", "stdin", "built-in"])
def test_a_file_that_was_read_is_never_written_over(
    folder: Path, tmp_path: Path, by: str, which: str
) -> None:
    base, layer = tmp_path / "base.yaml", tmp_path / "layer.yaml"
    base.write_text(SMALL, encoding="utf-8")
    layer.write_text("extends: base.yaml\n", encoding="utf-8")
    built_in = tmp_path / "copy" / "therapyinfo"
    if which == "built-in":
        package = Path(files.__file__).parents[1]
        shutil.copytree(package, built_in, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(package.parent / "data", built_in / "data", dirs_exist_ok=True)
    read = {
        "layer": layer,
        "base": base,
        "stdin": base,
        "built-in": built_in / "data/therapies.yaml",
    }[which]
    before = read.read_bytes()
    target: Path | str = read
    if by == "link":
        target = folder / "page.txt"
        target.symlink_to(read)
    elif by == "hard link":
        target = folder / "page.txt"
        os.link(read, target)
    elif by == "/dev/stdout":
        target = by
    elif by == "other spelling":
        target = f"{read.parent}/../{read.parent.name}/{read.name}"
    data_option = [] if which == "built-in" else ["--data", "-" if which == "stdin" else str(layer)]
    with base.open("rb") as stdin, read.open("ab") as out:
        more: dict[str, object] = {"stdin": stdin}
        if by == "/dev/stdout":
            more["stdout"] = out
        if which == "built-in":
            more["cwd"] = built_in.parent  # which `python -m` looks in first
        line = [*LINE.split(), *data_option, "-f", "plain", "-o", str(target)]
        code, _, err = run_cli(line, warm_cache(), **more)

    assert (code, err) == (
        2,
        f"therapyinfo: {str(target)!r} is a file that the answer was read from, and is never written over\n",
    )
    assert read.read_bytes() == before


@pytest.mark.parametrize("place", [".", "folder", "folder/", "missing/"])
def test_a_folder_is_misuse(folder: Path, place: str) -> None:
    (folder / "folder").mkdir()
    code, out, err = write(place, cwd=folder)

    assert (code, out) == (2, "")
    assert "is a folder" in err
    assert names(folder) == ["folder"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "page.pdf",
            "write .html and print it to PDF in a browser, or with chromium --print-to-pdf",
        ),
        (
            "page.PDF",
            "write .html and print it to PDF in a browser, or with chromium --print-to-pdf",
        ),
        ("page.docx", "write .md"),
        ("page.xlsx", "write .csv"),
        ("page.tsv", "write .csv"),
        ("page.xhtml", "'.xhtml': end it in .html"),
        ("page.html.gz", "'.gz': end it in .html"),
        ("page.yaml", "choose a format with -f"),
    ],
)
def test_an_ending_of_no_format_is_misuse_unless_a_format_is_given(
    therapyinfo: Run, folder: Path, name: str, told: str
) -> None:
    code, out, err = therapyinfo(f"list -o {folder / name}")

    assert (code, out) == (2, "")
    assert told in err
    assert names(folder) == []
    assert therapyinfo(f"list -f markdown -o {folder / name}") == (0, "", "")
    assert names(folder) == [name]


@pytest.mark.parametrize("name", ["page", "page.txt", "page.TXT", ".page", "page.", "v 1/page"])
def test_a_name_without_an_ending_is_plain_text(folder: Path, page: str, name: str) -> None:
    (folder / "v 1").mkdir()

    assert write(folder / name) == (0, "", "")
    assert (folder / name).read_text("utf-8") == page


# new


@pytest.mark.parametrize("links", ["links", "named links only", "no links"])
def test_new_is_written_whole_or_not_at_all(
    therapyinfo: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, links: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if links != "links":
        monkeypatch.setattr(files, "_open_nameless", lambda *_: None)
    if links == "no links":
        monkeypatch.setattr(os, "link", refuse)
    target = folder / "my.yaml"
    whole = therapyinfo("new -")[1]

    assert therapyinfo(f"new {target}")[0] == 0
    assert target.read_text("utf-8") == whole.replace("my-centre.yaml", "my.yaml")
    assert therapyinfo(f"new {target}")[0] == 1
    target.unlink()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "write_fully", fail)
    code, out, err = therapyinfo(f"new {target}")
    assert (code, out) == (1, "")
    assert err == f"therapyinfo: cannot write {str(target)!r}: No space left on device\n"
    assert names(folder) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_new_never_overwrites(therapyinfo: Run, folder: Path, kind: str) -> None:
    target = folder / "my.yaml"
    make: dict[str, Callable[[], object]] = {
        "file": lambda: target.write_text("old"),
        "folder": target.mkdir,
        "link": lambda: target.symlink_to("."),
        "dangling link": lambda: target.symlink_to("nowhere"),
    }
    make[kind]()
    code, _, err = therapyinfo(f"new {target}")

    assert code == 1
    assert "already exists" in err
    assert names(folder) == ["my.yaml"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (b"my.yaml", "utf-8"),
        (b"my centre.yaml", "utf-8"),
        (b"it's; $(touch owned) `id`.yaml", "utf-8"),
        ("clinique-é.yaml".encode(), "utf-8"),
        ("clinique-é.yaml".encode(), "ascii"),
        (b"cl\xefnic's \\ one.yaml", "utf-8"),
        (b"line\nend.yaml", "utf-8"),
        (b"\x1b[31mred\xe2\x80\xae.yaml", "utf-8"),
        (b"-f.yaml", "utf-8"),
    ],
)
def test_the_command_that_new_prints_can_be_run(folder: Path, name: bytes, encoding: str) -> None:
    environ = {"PYTHONIOENCODING": encoding}
    line = ["new", "--", os.fsdecode(name)]
    code, out, err = run_cli(line, warm_cache(), cwd=folder, environ=environ)
    command = out.split("then: ")[1].rstrip("\n")
    tool = f'therapyinfo() {{ {" ".join(COMMAND)} "$@"; }}; {command}'
    checked = run_cli(["-c", tool], warm_cache(), command=["bash"], cwd=folder, environ=environ)

    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    assert out.rstrip("\n").isprintable()
    assert checked[0] == 0, checked
    assert os.listdir(os.fsencode(folder)) == [name]


def test_new_says_that_the_file_is_there_when_stdout_takes_nothing(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        code, _, err = run_cli(["new", "my.yaml"], warm_cache(), cwd=folder, stdout=full)

    assert code == 1
    assert err == (
        "therapyinfo: my.yaml is written, but cannot write the answer: No space left on device\n"
    )
    assert names(folder) == ["my.yaml"]
