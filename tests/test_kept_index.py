"""The index of `search`: kept, shipped or made anew, its answers are the same."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from therapyinfo import bundle
from therapyinfo.library import Library
from therapyinfo.search import SearchIndex, SearchResults, database, make_index, open_index, search
from therapyinfo.store import cache as cache_module
from therapyinfo.store import opening, owned, search_index
from therapyinfo.store.cache import open_bundled
from therapyinfo.store.locate import package_stamp
from therapyinfo.views import search as search_module
from therapyinfo.views.documents import all_documents

from . import knowledge
from .conftest import Run
from .small import SMALL
from .test_imports import imported

NAME, OTHER = "CAR-T therapy", "CAR-U therapy"


class CacheFixture:
    """A knowledge file, its cache directory, and how often its index was made."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "small.yaml"
        self.directory: Path | str = folder / "cache"
        self.made = 0
        self.path.write_text(SMALL, encoding="utf-8")

        def count(*given: Any) -> SearchIndex:
            self.made += 1
            return make_index(*given)

        monkeypatch.setattr(search_index, "make_index", count)

    def library(self) -> Library:
        return Library.open(self.path, self.directory)

    def answer(self, words: str = "fever") -> SearchResults:
        return answer_of(self.library(), words)

    def name(self) -> str:
        """Return what the first hit says that CAR-T therapy is called."""
        return self.answer().hits[0].document.name

    @property
    def kept(self) -> Path:
        """Where the index is kept."""
        assert isinstance(self.directory, Path)
        (found,) = self.directory.glob(f"*{owned.INDEX_SUFFIX}")
        return found


def answer_of(library: Library, words: str) -> SearchResults:
    return library.ask_index(lambda index: index.search(words), search_module.documents)


@pytest.fixture
def cache_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CacheFixture:
    return CacheFixture(tmp_path, monkeypatch)


def rewrite(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace(NAME, OTHER) + "\n", encoding="utf-8")


def test_a_second_search_opens_the_kept_index(cache_fixture: CacheFixture) -> None:
    answers = [cache_fixture.answer(), cache_fixture.answer()]

    assert answers[0] == answers[1]
    assert answers[0].total > 0
    assert cache_fixture.made == 1


def test_a_kept_index_is_for_its_owner_alone(cache_fixture: CacheFixture) -> None:
    before = os.umask(0)
    try:
        cache_fixture.answer()
    finally:
        os.umask(before)

    assert stat.S_IMODE(cache_fixture.kept.stat().st_mode) == 0o600


def test_a_changed_file_is_indexed_anew(cache_fixture: CacheFixture) -> None:
    before = cache_fixture.name()
    rewrite(cache_fixture.path)

    assert (before, cache_fixture.name(), cache_fixture.name()) == (NAME, OTHER, OTHER)
    assert cache_fixture.made == 2


def test_files_whose_indexes_share_a_name_keep_their_answers(
    cache_fixture: CacheFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (cache_module, opening):
        monkeypatch.setattr(module, "entry_path", lambda *given: given[-1] / "same.knowledge")
    first, second = cache_fixture.path, tmp_path / "second.yaml"
    second.write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    names = []
    for cache_fixture.path in (first, second, second, first):
        names.append(cache_fixture.name())

    assert names == [NAME, OTHER, OTHER, NAME]
    assert cache_fixture.kept.name == f"same{owned.INDEX_SUFFIX}"


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no database": lambda content: content[1:],
    "cut off": lambda content: content[: len(content) // 2],
    "zeros": lambda content: bytes(len(content)),
    "zeros at the end": lambda content: content[:8192] + bytes(len(content) - 8192),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_index_is_replaced(
    cache_fixture: CacheFixture, damage: Callable[[bytes], bytes]
) -> None:
    cache_fixture.name()
    cache_fixture.kept.write_bytes(damage(cache_fixture.kept.read_bytes()))

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.made == 2


@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_an_index_that_others_may_write_is_replaced(cache_fixture: CacheFixture, mode: int) -> None:
    cache_fixture.name()
    cache_fixture.kept.chmod(mode)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.made == 2
    assert stat.S_IMODE(cache_fixture.kept.stat().st_mode) == 0o600


def test_an_index_of_another_user_is_not_read(
    cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_fixture.name()
    monkeypatch.setattr(os, "geteuid", lambda: cache_fixture.kept.stat().st_uid + 1)

    assert cache_fixture.name() == NAME
    assert cache_fixture.made == 2


def test_a_link_in_place_of_an_index_is_not_followed(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    cache_fixture.name()
    place = cache_fixture.kept
    target = place.rename(tmp_path / "elsewhere")
    place.symlink_to(target)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.made == 2
    assert not cache_fixture.kept.is_symlink()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_in_place_of_an_index_is_a_miss(
    cache_fixture: CacheFixture, make: Callable[[Path], None]
) -> None:
    cache_fixture.name()
    place = cache_fixture.kept
    place.unlink()
    make(place)

    assert cache_fixture.name() == NAME
    assert cache_fixture.made == 2


def test_a_kept_index_goes_when_it_is_old(cache_fixture: CacheFixture) -> None:
    cache_fixture.name()
    old = cache_fixture.path.stat().st_mtime - owned.MAX_AGE_SECONDS - 60
    os.utime(cache_fixture.kept, (old, old))
    rewrite(cache_fixture.path)
    cache_fixture.library()

    assert isinstance(cache_fixture.directory, Path)
    assert list(cache_fixture.directory.glob(f"*{owned.INDEX_SUFFIX}")) == []


def test_without_a_cache_an_index_is_made_for_each_search(
    cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    cache_fixture.directory = ""
    before = sorted(tmp_path.iterdir())
    names = [cache_fixture.name(), cache_fixture.name()]

    assert (names, cache_fixture.made) == ([NAME, NAME], 2)
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_not_a_file_has_no_index_kept(cache_fixture: CacheFixture) -> None:
    read, write = os.pipe()
    os.write(write, SMALL.encode())
    os.close(write)
    cache_fixture.path = Path(f"/dev/fd/{read}")
    name = cache_fixture.name()
    os.close(read)

    assert isinstance(cache_fixture.directory, Path)
    assert name == NAME
    assert not cache_fixture.directory.exists()


@pytest.mark.parametrize("error", [PermissionError, FileExistsError])
def test_a_directory_that_takes_no_index_is_a_miss(
    cache_fixture: CacheFixture, error: type[OSError], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_fixture.library()

    def refuse(*given: Any) -> None:
        raise error

    monkeypatch.setattr(os, "replace", refuse)

    assert [cache_fixture.name(), cache_fixture.name()] == [NAME, NAME]
    assert cache_fixture.made == 2
    assert isinstance(cache_fixture.directory, Path)
    assert len(list(cache_fixture.directory.iterdir())) == 1


class Plain(sqlite3.Connection):
    """A connection of an SQLite that was built without what gives and takes bytes."""

    @property
    def serialize(self) -> Any:
        raise AttributeError

    deserialize = serialize


def test_an_sqlite_that_keeps_nothing_searches_all_the_same(
    cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = cache_fixture.answer()
    with monkeypatch.context() as plain:
        plain.setattr(database, "_connect", lambda: sqlite3.connect(":memory:", factory=Plain))
        with_kept = cache_fixture.answer()
        without = cache_fixture.answer()

    assert with_kept == without == expected
    assert cache_fixture.made == 3
    assert isinstance(cache_fixture.directory, Path)
    assert list(cache_fixture.directory.glob(f"*{owned.INDEX_SUFFIX}")) == []


# As an installed package carries it.


def ship(folder: Path) -> Path:
    """Put a knowledge file, its block and its index in a folder, as a wheel holds them."""
    folder.mkdir()
    builtin = folder / "therapies.yaml"
    builtin.write_text(SMALL, encoding="utf-8")
    for name, content in bundle.bundled_files(builtin).items():
        (folder / name).write_bytes(content)
    return builtin


@pytest.fixture
def shipped(
    tmp_path: Path, cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Install a package; whatever happens in the test, its folder stays as it was."""
    monkeypatch.setattr(bundle, "__version__", package_stamp())
    builtin = ship(tmp_path / "package")
    monkeypatch.setattr(opening, "builtin_file", lambda: builtin)
    yield builtin
    assert len(list(builtin.parent.iterdir())) == 4


def shipped_index(builtin: Path) -> Path:
    return builtin.with_suffix(owned.INDEX_SUFFIX)


def test_a_package_carries_its_index(
    shipped: Path, cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    results = answer_of(Library.open(None, cache_fixture.directory), "fever")

    assert cache_fixture.made == 0
    assert results == cache_fixture.answer()
    assert results.total > 0


def test_a_carried_index_need_not_be_the_users_own(
    shipped: Path, cache_fixture: CacheFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: shipped.stat().st_uid + 1)
    results = answer_of(Library.open(None, cache_fixture.directory), "fever")

    assert (cache_fixture.made, results.hits[0].document.name) == (0, NAME)


def test_a_changed_file_in_a_package_has_its_own_index(
    shipped: Path, cache_fixture: CacheFixture
) -> None:
    rewrite(shipped)
    names = [
        answer_of(Library.open(None, cache_fixture.directory), "fever").hits[0].document.name
        for _ in range(2)
    ]

    assert names == [OTHER, OTHER]
    assert cache_fixture.made == 1


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_index_in_a_package_is_a_silent_miss(
    shipped: Path, cache_fixture: CacheFixture, damage: Callable[[bytes], bytes]
) -> None:
    place = shipped_index(shipped)
    place.write_bytes(damage(place.read_bytes()))
    before = place.read_bytes()
    results = answer_of(Library.open(None, cache_fixture.directory), "fever")

    assert (cache_fixture.made, results.hits[0].document.name) == (1, NAME)
    assert place.read_bytes() == before


def test_the_index_of_another_package_is_a_silent_miss(
    shipped: Path, cache_fixture: CacheFixture, tmp_path: Path
) -> None:
    cache_fixture.path.write_text(SMALL.replace(NAME, OTHER), encoding="utf-8")
    cache_fixture.name()
    shipped_index(shipped).write_bytes(cache_fixture.kept.read_bytes())
    results = answer_of(Library.open(None, cache_fixture.directory), "fever")

    assert results.hits[0].document.name == NAME


@pytest.mark.parametrize("folder", ["a b", "50%", "what?", "n#1", "%41", "été"])
def test_an_index_is_opened_where_it_lies_and_left_as_it_is(folder: str, tmp_path: Path) -> None:
    index = shipped_index(ship(tmp_path / folder))
    content = index.read_bytes()
    index.chmod(0o400)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        ((stamp,),) = database.execute("SELECT stamp FROM made_of")
    with closing(open_index(index, stamp)) as opened, closing(open_index(content, stamp)) as held:
        found, expected = opened.search("car-t"), held.search("car-t")

    assert found.hits
    assert found == expected
    assert index.read_bytes() == content
    assert len(list(index.parent.iterdir())) == 4


def test_two_indexes_of_one_knowledge_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = (shipped_index(ship(tmp_path / name)) for name in ("one", "two"))

    assert first.read_bytes() == second.read_bytes()


# The same answers, from wherever the index comes.


@cache
def builtin_indexes() -> tuple[SearchIndex, SearchIndex]:
    """Return the index of the built-in knowledge as it is made, and as it is kept."""
    made = make_index(all_documents(knowledge.builtin()))
    return made, open_index(made.content() or b"")


@pytest.fixture(scope="module", autouse=True)
def close_indexes() -> Iterator[None]:
    yield
    for index in builtin_indexes():
        index.close()


WORDS = [
    "driving",
    "stem cell",
    '"stem cell" transplant',
    "cell",
    "vaccin",
    "CRS",
    "fever xyzzy",
    "what is a",
    "side effects",
    "févér",
    "Kymriah",
    "xyzzy",
    "",
    '"',
    "NEAR(fever, 2) OR *",
]


@pytest.mark.parametrize("words", WORDS)
def test_a_kept_index_gives_the_answers_of_a_new_one(words: str) -> None:
    made, kept = builtin_indexes()

    assert kept.search(words) == made.search(words)


@given(
    st.one_of(
        st.text(max_size=100),
        st.lists(
            st.sampled_from("fever cell t-cell stem dri CRS NEAR OR \" * ( ) : '".split())
        ).map(" ".join),
    )
)
@settings(max_examples=100, deadline=None)
def test_any_question_gets_one_answer(words: str) -> None:
    made, kept = builtin_indexes()

    assert kept.search(words) == made.search(words)


@pytest.mark.parametrize("words", WORDS)
def test_the_page_is_the_same_made_kept_and_shipped(
    words: str,
    shipped: Path,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    carried = therapyinfo(["search", "-f", "json", "--", words])
    shipped.with_suffix(".knowledge").rename(shipped.with_name("aside"))
    first, second = (therapyinfo(["search", "-f", "json", "--", words]) for _ in range(2))
    monkeypatch.setenv("THERAPYINFO_CACHE", "")
    alone = therapyinfo(["search", "-f", "json", "--", words])

    assert carried == first == second == alone


def test_a_piece_comes_back_as_it_went_in() -> None:
    documents = all_documents(knowledge.small())
    by_text = {
        (each.title, each.text): structs.replace(each, opened_by=(), synonyms="")
        for each in documents
    }
    hits = [hit for each in documents for hit in search(documents, f'"{each.text}"').hits]
    hits = [hit for hit in hits if hit.document.whole is None]

    assert {hit.document.command for hit in hits} == {
        each.command for each in documents if each.section != "questions"
    }
    assert [hit.document for hit in hits] == [
        by_text[hit.document.title, hit.document.text] for hit in hits
    ]


# What it costs.


def test_a_page_that_is_no_search_loads_none(tmp_path: Path) -> None:
    _, modules = imported("explain car-t", tmp_path)

    assert not {"sqlite3", "therapyinfo.search"} & modules


def test_a_kept_index_needs_no_pieces(tmp_path: Path) -> None:
    imported("search driving", tmp_path)
    answer, modules = imported("search driving", tmp_path)

    assert answer[0] == 0
    assert "sqlite3" in modules
    assert "therapyinfo.views.documents" not in modules


def test_a_carried_block_without_its_index_is_answered(
    shipped: Path, cache_fixture: CacheFixture
) -> None:
    place = shipped_index(shipped)
    aside = place.rename(place.with_name("aside"))
    artifact = open_bundled(shipped)

    assert artifact
    assert aside.exists()
    assert (
        answer_of(Library.open(None, cache_fixture.directory), "fever").hits[0].document.name
        == NAME
    )
