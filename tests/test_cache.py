"""The cache: a hit only where nothing changed, and a silent miss whatever is wrong with it."""

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from therapyinfo.errors import DataError
from therapyinfo.library import Library
from therapyinfo.store import cache, opening, owned
from therapyinfo.store.artifact import Artifact, CorruptArtifactError

from .conftest import Run
from .small import SMALL

HOUR_NS = 3600 * 10**9
NAME = "CAR-T therapy"
OTHER = "CAR-U therapy"
LAYER = "extends: {base}\ntherapies:\n  car-t:\n    summary: Ours.\n"


class CacheFixture:
    """A knowledge file, its cache directory, and how often it was compiled."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = self.builtin = folder / "small.yaml"
        self.directory = folder / "cache"
        self.compiled = 0
        self.path.write_text(SMALL, encoding="utf-8")
        monkeypatch.setattr(opening, "builtin_file", lambda: self.builtin)
        compile_file = cache._Compiler.compile

        def count(*given: Any) -> bytes:
            self.compiled += 1
            return compile_file(*given)

        monkeypatch.setattr(cache._Compiler, "compile", count)

    def open(self) -> Artifact:
        return opening.open_file(self.path, self.directory).artifact

    def name(self) -> str:
        """Return what a reader is told that CAR-T therapy is called."""
        return self.open().entry("car-t").therapy.name

    @property
    def entry(self) -> Path:
        (entry,) = self.directory.iterdir()
        return entry


@pytest.fixture
def cache_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CacheFixture:
    return CacheFixture(tmp_path, monkeypatch)


@pytest.fixture
def write_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let entries be written an hour after their file, so that its times alone are trusted."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + HOUR_NS)


@pytest.fixture
def coarse_clock(cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let every file bear one time whatever happens to it; return that time."""
    stamp = cache_fixture.path.stat().st_mtime_ns
    real: dict[str, Callable[..., os.stat_result]] = {"stat": os.stat, "fstat": os.fstat}

    class Coarse:
        st_mtime_ns = st_ctime_ns = stamp

        def __init__(self, status: os.stat_result) -> None:
            self.status = status

        def __getattr__(self, name: str) -> Any:
            return getattr(self.status, name)

    def look(kind: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            return Coarse(real[kind](*given, **named))

        return call

    for kind in real:
        monkeypatch.setattr(os, kind, look(kind))
    return stamp


def rewrite(path: Path) -> None:
    """Change the content in place, not its size."""
    path.write_text(path.read_text("utf-8").replace(NAME, OTHER), encoding="utf-8")


def rewrite_longer(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace(NAME, OTHER) + "\n", encoding="utf-8")


def rewrite_with_old_times(path: Path) -> None:
    before = path.stat()
    rewrite(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the clock has its grain
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_with_old_times(path: Path) -> None:
    before = path.stat()
    other = path.with_name("other.yaml")
    other.write_text(path.read_text("utf-8").replace(NAME, OTHER), encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


CHANGES = [rewrite_longer, rewrite_with_old_times, replace_with_old_times]


def test_a_second_look_reads_nothing_but_the_entry(
    cache_fixture: CacheFixture, write_later: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cache_fixture.open()
    monkeypatch.setattr(cache, "_digest", lambda _: pytest.fail("the file was read"))
    second = cache_fixture.open()

    assert cache_fixture.compiled == 1
    assert second.overview == first.overview
    assert second.entry("car-t") == first.entry("car-t")
    assert second.glossary() == first.glossary()
    assert second.sources().keys() == first.sources().keys()


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_read_anew(
    cache_fixture: CacheFixture, change: Callable[[Path], None]
) -> None:
    cache_fixture.name()
    change(cache_fixture.path)

    assert cache_fixture.name() == OTHER


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_changed_long_after_is_read_anew(
    cache_fixture: CacheFixture, write_later: None, change: Callable[[Path], None]
) -> None:
    cache_fixture.name()
    change(cache_fixture.path)

    assert cache_fixture.name() == OTHER


@pytest.mark.parametrize(
    "written_after",
    [0, cache.MTIME_RESOLUTION_NS, -HOUR_NS],
    ids=["at the same time", "just within the grain", "by a clock that was set back"],
)
def test_a_change_that_the_clock_does_not_show_is_seen(
    cache_fixture: CacheFixture,
    coarse_clock: int,
    written_after: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: coarse_clock + written_after)
    names = [cache_fixture.name(), cache_fixture.name()]
    compiled_before = cache_fixture.compiled
    rewrite(cache_fixture.path)

    assert (names, compiled_before) == ([NAME, NAME], 1)
    assert cache_fixture.name() == OTHER


@pytest.mark.parametrize("change", [rewrite_longer, replace_with_old_times])
def test_another_size_or_another_file_is_seen_whatever_the_clock_says(
    cache_fixture: CacheFixture,
    coarse_clock: int,
    change: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: coarse_clock + HOUR_NS)
    before = cache_fixture.name()
    change(cache_fixture.path)

    assert (before, cache_fixture.name()) == (NAME, OTHER)


def test_an_entry_of_another_version_is_replaced(
    cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(cache, "package_stamp", lambda: "0.0.1")
        cache_fixture.name()

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.compiled == 2


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no brace": lambda document: document[1:],
    "cut off": lambda document: document[: len(document) // 2],
    "another format": lambda document: document.replace(b"therapyinfo-knowledge", b"knowledge"),
    "no format": lambda document: document.replace(b'"format":', b'"fromat":', 1),
    "other key": lambda document: document.replace(b'"key":"', b'"key":"x', 1),
    "longer": lambda document: document + b"{}",
    "twice": lambda document: document * 2,
    "zeros": lambda document: bytes(len(document)),
    "a pickle": lambda _: b"cos\nsystem\n(S'touch owned'\ntR.",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_corrupt_entry_is_replaced(
    cache_fixture: CacheFixture, damage: Callable[[bytes], bytes]
) -> None:
    cache_fixture.name()
    cache_fixture.entry.write_bytes(damage(cache_fixture.entry.read_bytes()))

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.compiled == 2


def test_an_entry_cut_off_anywhere_is_noticed(cache_fixture: CacheFixture) -> None:
    cache_fixture.name()
    document = cache_fixture.entry.read_bytes()

    for length in range(len(document)):
        with pytest.raises(CorruptArtifactError):
            Artifact(document[:length])


@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_an_entry_that_others_may_write_is_replaced(cache_fixture: CacheFixture, mode: int) -> None:
    cache_fixture.name()
    cache_fixture.entry.chmod(mode)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.compiled == 2
    assert stat.S_IMODE(cache_fixture.entry.stat().st_mode) == 0o600


def test_an_entry_of_another_user_is_not_read(
    cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_fixture.name()
    monkeypatch.setattr(os, "geteuid", lambda: cache_fixture.entry.stat().st_uid + 1)

    assert cache_fixture.name() == NAME
    assert cache_fixture.compiled == 2


def test_a_link_in_place_of_an_entry_is_not_followed(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    cache_fixture.name()
    place = cache_fixture.entry
    target = place.rename(tmp_path / "elsewhere")
    before = target.read_bytes()
    place.symlink_to(target)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.compiled == 2
    assert not cache_fixture.entry.is_symlink()
    assert target.read_bytes() == before


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_in_place_of_an_entry_is_a_miss(
    cache_fixture: CacheFixture, make: Callable[[Path], None]
) -> None:
    cache_fixture.directory.mkdir()
    make(cache.entry_path(cache_fixture.path, cache_fixture.builtin, cache_fixture.directory))

    assert cache_fixture.name() == NAME
    assert len(list(cache_fixture.directory.iterdir())) == 1


PLACES: dict[str, Callable[[Path], object]] = {
    "a file": lambda place: place.write_text("here first"),
    "a dangling link": lambda place: place.symlink_to("nowhere/at/all"),
    "a link to itself": lambda place: place.symlink_to(place.name),
    "a device": lambda place: place.symlink_to("/dev/null"),
}


@pytest.mark.parametrize("occupy", PLACES.values(), ids=PLACES)
def test_what_is_no_directory_is_left_as_it_is(
    cache_fixture: CacheFixture, occupy: Callable[[Path], object]
) -> None:
    occupy(cache_fixture.directory)
    before = os.lstat(cache_fixture.directory)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.compiled == 2
    assert os.lstat(cache_fixture.directory)[:2] == before[:2]


@pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["mkdir", "open", "replace"])
def test_a_directory_that_takes_nothing_is_a_miss(
    cache_fixture: CacheFixture, call: str, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: Any, **named: Any) -> Any:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, call, refuse)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert not cache_fixture.directory.exists() or not list(cache_fixture.directory.iterdir())


def test_a_disk_that_fills_up_leaves_nothing(
    cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_full(path: str, flags: int) -> int:
        os.close(os.open(path, flags))
        return os.open("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(owned, "_open_owner_only", open_full)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert list(cache_fixture.directory.iterdir()) == []


def test_an_interrupt_while_writing_leaves_nothing(
    cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*given: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            cache_fixture.open()

    assert list(cache_fixture.directory.iterdir()) == []
    assert cache_fixture.name() == NAME


def test_files_whose_entries_share_a_name_keep_their_answers(
    cache_fixture: CacheFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (cache, opening):
        monkeypatch.setattr(module, "entry_path", lambda *given: given[-1] / "same.knowledge")
    first, second = cache_fixture.path, tmp_path / "second.yaml"
    second.write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    names = []
    for cache_fixture.path in (first, second, second, first):
        names.append(cache_fixture.name())

    assert names == [NAME, OTHER, OTHER, NAME]
    assert len(list(cache_fixture.directory.iterdir())) == 1


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_base_is_read_anew(
    cache_fixture: CacheFixture, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    base = cache_fixture.path
    cache_fixture.path = tmp_path / "clinic.yaml"
    cache_fixture.path.write_text(LAYER.format(base="small.yaml"), encoding="utf-8")
    before = [
        cache_fixture.name(),
        cache_fixture.name(),
        cache_fixture.open().entry("car-t").therapy.summary,
    ]
    compiled_before = cache_fixture.compiled
    change(base)

    assert (before, compiled_before) == ([NAME, NAME, "Ours."], 1)
    assert cache_fixture.name() == OTHER


def test_a_base_behind_another_link_is_read_anew(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    link, other = tmp_path / "base.yaml", tmp_path / "other.yaml"
    other.write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    link.symlink_to(cache_fixture.path)
    cache_fixture.path = tmp_path / "clinic.yaml"
    cache_fixture.path.write_text(LAYER.format(base="base.yaml"), encoding="utf-8")
    before = cache_fixture.name()
    link.unlink()
    link.symlink_to(other)

    assert (before, cache_fixture.name()) == (NAME, OTHER)


def test_a_link_to_a_file_has_the_base_beside_the_link(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    real, link = folder / "clinic.yaml", tmp_path / "clinic.yaml"
    real.write_text(LAYER.format(base="small.yaml"), encoding="utf-8")
    (folder / "small.yaml").write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    link.symlink_to(real)
    names = []
    for cache_fixture.path in (link, real, link):
        names.append(cache_fixture.name())

    assert names == [NAME, OTHER, NAME]


def test_a_base_that_went_away_is_an_error(cache_fixture: CacheFixture, tmp_path: Path) -> None:
    base = cache_fixture.path
    cache_fixture.path = tmp_path / "clinic.yaml"
    cache_fixture.path.write_text(LAYER.format(base="small.yaml"), encoding="utf-8")
    cache_fixture.name()
    base.unlink()

    with pytest.raises(DataError, match="missing-base"):
        cache_fixture.open()


def test_a_layer_on_the_built_in_knowledge_is_kept_for_each(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    first, second = cache_fixture.builtin, tmp_path / "second.yaml"
    second.write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    cache_fixture.path = tmp_path / "clinic.yaml"
    cache_fixture.path.write_text(LAYER.format(base="builtin"), encoding="utf-8")
    names = []
    for cache_fixture.builtin in (first, second, first):
        names.append(cache_fixture.name())

    assert names == [NAME, OTHER, NAME]
    assert cache_fixture.compiled == 2


def test_a_layer_is_named_as_it_was_typed(
    cache_fixture: CacheFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "clinic.yaml"
    whole.write_text(LAYER.format(base="builtin"), encoding="utf-8")
    (tmp_path / "below").mkdir()
    typed = [whole, Path("clinic.yaml"), Path("../clinic.yaml")]
    shown = []
    for folder, cache_fixture.path in zip((".", ".", "below"), typed, strict=True):
        monkeypatch.chdir(tmp_path / folder)
        shown += [
            cache_fixture.open().overview.layers[-1].path,
            cache_fixture.open().entry("car-t").provenance["summary"],
        ]

    assert shown == [str(path) for path in typed for _ in range(2)]
    assert cache_fixture.compiled == 3


def test_files_of_one_name_in_two_folders_are_told_apart(
    cache_fixture: CacheFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "small.yaml").write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    cache_fixture.path = Path("small.yaml")
    names = []
    for folder in (".", "there", "."):
        monkeypatch.chdir(tmp_path / folder)
        names.append(cache_fixture.name())

    assert names == [NAME, OTHER, NAME]


def test_a_file_whose_name_is_not_unicode_is_kept_too(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    cache_fixture.path = tmp_path / os.fsdecode(b"\xff.yaml")
    cache_fixture.path.write_text(LAYER.format(base="builtin"), encoding="utf-8")
    answers = [cache_fixture.open(), cache_fixture.open()]

    assert cache_fixture.compiled == 1
    assert [Library(each).layers[-1].path for each in answers] == [f"{tmp_path}/\\xff.yaml"] * 2


def test_what_is_not_a_file_is_never_kept(cache_fixture: CacheFixture) -> None:
    read, write = os.pipe()
    os.write(write, SMALL.encode())
    os.close(write)
    cache_fixture.path = Path(f"/dev/fd/{read}")
    name = cache_fixture.name()
    os.close(read)
    cache_fixture.path = Path("/dev/zero")
    with pytest.raises(DataError, match="file-too-big"):
        cache_fixture.open()

    assert name == NAME
    assert not cache_fixture.directory.exists()


OURS = ("01234567.knowledge", "01234567.89abcdef.knowledge", "01234567.search.knowledge")
OLD_NAMES = ("01234567.search-3.knowledge", "01234567.search-3.89abcdef.knowledge")
NOT_OURS = (
    "notes.txt", "other.tmp", "a.knowledge", "my-notes.knowledge", "01234567.notes.knowledge",
    "0123456.knowledge", "012345678.knowledge", "ABCDEF01.knowledge", "01234567.knowledge.bak",
    "01234567.knowledge\n",
)  # fmt: skip


def test_old_entries_are_removed_and_nothing_else(cache_fixture: CacheFixture) -> None:
    cache_fixture.directory.mkdir()
    old = cache_fixture.path.stat().st_mtime - owned.MAX_AGE_SECONDS - 60
    for name in (*OURS, *OLD_NAMES, *NOT_OURS, "76543210.knowledge"):
        (cache_fixture.directory / name).write_text("here first")
        if name != "76543210.knowledge":
            os.utime(cache_fixture.directory / name, (old, old))
    folder = cache_fixture.directory / "00000000.knowledge"
    folder.mkdir()
    os.utime(folder, (old, old))
    cache_fixture.name()
    kept = cache.entry_path(cache_fixture.path, cache_fixture.builtin, cache_fixture.directory).name

    assert {each.name for each in cache_fixture.directory.iterdir()} == {
        kept,
        folder.name,
        "76543210.knowledge",
        *NOT_OURS,
    }


def test_the_cache_is_for_its_owner_alone(cache_fixture: CacheFixture) -> None:
    before = os.umask(0)
    try:
        cache_fixture.name()
    finally:
        os.umask(before)

    assert stat.S_IMODE(cache_fixture.directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(cache_fixture.entry.stat().st_mode) == 0o600


@pytest.mark.parametrize(("setting", "entries"), [(None, 1), ("", 0)])
def test_an_empty_setting_turns_the_cache_off(
    setting: str | None,
    entries: int,
    small_file: Path,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caches = small_file.parent / "caches"
    monkeypatch.delenv("THERAPYINFO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    if setting is not None:
        monkeypatch.setenv("THERAPYINFO_CACHE", setting)
    answers = [therapyinfo(["list", "--data", str(small_file)]) for _ in range(2)]

    assert [code for code, _, _ in answers] == [0, 0]
    assert answers[0] == answers[1]
    assert len(list(caches.rglob("*.knowledge"))) == entries


def test_without_a_home_there_is_no_cache(
    therapyinfo: Run, small_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    for name in ("THERAPYINFO_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    code, out, err = therapyinfo(["list", "--data", str(small_file)])

    assert (code, err) == (0, "")
    assert NAME in out
    assert sorted(tmp_path.iterdir()) == before
