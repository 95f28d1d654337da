"""What somebody else put into a cache is never code, a crash, a control code or a hang."""

import json
import os
import random
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from therapyinfo import __version__
from therapyinfo.cli import knowledge
from therapyinfo.library import Library
from therapyinfo.search import make_index
from therapyinfo.store import cache, locate, owned
from therapyinfo.store.cache import MTIME_RESOLUTION_NS

from .artifacts import put_together, taken_apart
from .conftest import Run
from .small import SMALL

Answers = dict[str, tuple[int, str, str]]
BUG = "internal error"
"""How an error of the program is told."""

LINES = [
    "explain car-t --full", "explain car-t -f json", "list", "compare car-t msc", "numbers car-t",
    "walkthrough car-t", "products", "search fever", "define t-cell", "sources car-t",
]  # fmt: skip


@pytest.fixture
def directory(tmp_path: Path, small_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache directory with an entry and an index for the small file."""
    monkeypatch.setenv("THERAPYINFO_DATA", str(small_file))
    directory = tmp_path / "cache"
    monkeypatch.setenv("THERAPYINFO_CACHE", str(directory))
    return directory


@pytest.fixture
def right(directory: Path, therapyinfo: Run) -> Answers:
    """Return the right answer of each command line; the cache is filled by that."""
    return {line: therapyinfo(line) for line in LINES}


def _entry(directory: Path) -> Path:
    (entry,) = (each for each in directory.iterdir() if each.name.count(".") == 1)
    return entry


def _index(directory: Path) -> Path:
    (index,) = directory.glob(f"*{owned.INDEX_SUFFIX}")
    return index


def _put(path: Path, document: Any) -> None:
    path.write_bytes(put_together(document))


Change = Callable[[Any], object]


def _set(*steps: str | int, value: Any) -> Change:
    def change(document: Any) -> None:
        for step in steps[:-1]:
            document = document[step]
        document[steps[-1]] = value

    return change


def _drop(*steps: str | int) -> Change:
    def change(document: Any) -> None:
        for step in steps[:-1]:
            document = document[step]
        del document[steps[-1]]

    return change


def _deep(document: Any) -> None:
    nested: dict[str, Any] = {}
    document["glossary"] = nested
    for _ in range(900):
        nested["a"] = nested = {}


OUTCOME = ("therapies.car-t", "therapy", "outcomes", 0)
STRUCTURE: dict[str, Change] = {
    **{
        f"no {key}": _drop("head", key)
        for key in ("format", "package", "key", "written_ns", "files", "overview")
    },
    **{f"no part {key}": _drop(key) for key in ("head", "sources", "glossary", "names")},
    "another format": _set("head", "format", value="pickle"),
    "another package": _set("head", "package", value="0.0.1"),
    "another key": _set("head", "key", value="elsewhere"),
    "no files": _set("head", "files", value=[]),
    "another file": _set("head", "files", 0, "path", value="/etc/hostname"),
    "a file that is none": _set("head", "files", 0, "path", value="/dev/zero"),
    "a path that is none": _set("head", "files", 0, "path", value="\x00"),
    "a path beyond bytes": _set("head", "files", 0, "path", value="/\u4e2d"),
    "a time beyond time": _set("head", "files", 0, "mtime_ns", value=10**18 * 9),
    "files that are a text": _set("head", "files", value="x"),
    "no such therapy": _drop("therapies.car-t"),
    "one therapy more": _set("therapies.new", value={}),
    "a therapy that is a list": _set("therapies.car-t", value=[]),
    "a therapy of another id": _set("therapies.car-t", "id", value="msc"),
    "a therapy without a name": _drop("therapies.car-t", "therapy", "name"),
    "a name that is a number": _set("therapies.car-t", "therapy", "name", value=5),
    "a step that is a text": _set("therapies.car-t", "therapy", "steps", value=["x"]),
    "a relation to nothing": _set("therapies.car-t", "therapy", "related", value=["nobody"]),
    "a difference to nothing": _set("therapies.car-t", "differences", value={"nobody": "x"}),
    "a category that is none": _set("head", "overview", "summaries", 0, "category", value="nobody"),
    "categories that are none": _set("head", "overview", "categories", value={}),
    "a row that is none": _set("head", "overview", "comparison", 0, "id", value="__class__"),
    "no summaries": _set("head", "overview", "summaries", value=[]),
    "sources that are a list": _set("sources", value=[]),
    "no sources": _set("sources", value={}),
    "a source that is null": _set("sources", "label-2024", value=None),
    "a glossary that is null": _set("glossary", value=None),
    "no terms": _set("glossary", value={}),
    "depth": _deep,
    "more people than there are": _set(*OUTCOME, "count", value=10**12),
    "a share of more than all": _set(*OUTCOME, "percent", value=1e300),
    "a count below none": _set(*OUTCOME, "count", value=-1),
}


CONSISTENT = (
    "no sources", "no terms", "a relation to nothing", "a difference to nothing",
)  # fmt: skip
"""What every part by itself may be; an answer that needs what is not there is another's to tell."""


def _controls(text: str) -> list[str]:
    return [each for each in text if (each < " " and each not in "\n\t") or each in "\x7f\u202e"]


def _is_sound(answer: tuple[int, str, str]) -> bool:
    """Return whether an answer is one: no error of the program, and no control code."""
    code, out, err = answer
    return code in (0, 1) and BUG not in out + err and not _controls(out + err)


def _restructured(name: str, directory: Path) -> tuple[Path, Any]:
    """Return an entry's place, and what it holds in another structure."""
    entry = _entry(directory)
    document = taken_apart(entry.read_bytes())
    STRUCTURE[name](document)
    return entry, document


@pytest.mark.parametrize("name", STRUCTURE)
def test_an_entry_of_another_structure_is_no_trouble(
    name: str, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    entry, document = _restructured(name, directory)
    for line in LINES:
        _put(entry, document)
        answer = therapyinfo(line)

        assert _is_sound(answer)
        assert answer == right[line] or name in CONSISTENT


@pytest.mark.parametrize("name", [name for name in STRUCTURE if name not in CONSISTENT])
def test_an_entry_that_gives_no_answer_is_made_anew(
    name: str, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    entry, document = _restructured(name, directory)
    _put(entry, document)
    for line in LINES:
        therapyinfo(line)

    assert {line: therapyinfo(line) for line in LINES} == right


LENGTHS: dict[str, Callable[[dict[str, int]], object]] = {
    "none": dict.clear,
    "one less": dict.popitem,
    "one more": lambda lengths: lengths.update(more=0),
    "a longer line": lambda lengths: lengths.update(sources=lengths["sources"] + 1),
    "a line that ends in the next": lambda lengths: lengths.update(
        sources=lengths["sources"] + 1, glossary=lengths["glossary"] - 1
    ),
    "a line before its start": lambda lengths: lengths.update(
        sources=-5, glossary=lengths["glossary"] + lengths["sources"] + 5
    ),
    "all in one line": lambda lengths: lengths.update(
        sources=sum(lengths.values()), **{name: 0 for name in lengths if name != "sources"}
    ),
    "lines beyond memory": lambda lengths: lengths.update(sources=10**18),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_an_entry_with_other_lengths_is_made_anew(
    name: str, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    entry = _entry(directory)
    first, rest = entry.read_bytes().split(b"\n", 1)
    document = json.loads(first.rstrip(b",") + b"}")
    LENGTHS[name](document["head"]["lengths"])
    changed = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    planted = changed.removesuffix("}").encode() + b",\n" + rest
    for line in LINES:
        entry.write_bytes(planted)

        assert therapyinfo(line) == right[line]


def _mutated(value: Any, chance: random.Random) -> Any:
    """Return a value with one part, somewhere in it, made something else."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        return {**value, key: _mutated(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        number = chance.randrange(len(value))
        return [*value[:number], _mutated(value[number], chance), *value[number + 1 :]]
    odd: list[Any] = [
        None,
        [],
        {},
        "",
        "x",
        0,
        -1,
        10**30,
        1.5,
        True,
        "\x1b[31m",
        "\u202e",
        [[]],
        {"a": {}},
    ]
    return chance.choice(odd)


@pytest.mark.parametrize("seed", range(60))
def test_an_entry_changed_anywhere_is_no_trouble(
    seed: int, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    chance = random.Random(seed)
    entry = _entry(directory)
    document = taken_apart(entry.read_bytes())
    for line in chance.sample(LINES, 4):
        changed = _mutated(document, chance)
        _put(entry, changed)

        assert _is_sound(therapyinfo(line)), changed


CONTROL = "\x1b]0;owned\x07\u202e\x00"


@pytest.mark.parametrize("line", [*LINES, "--version", ""])
def test_a_control_code_from_a_cache_is_spelt_out(
    line: str, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    entry = _entry(directory)
    document = taken_apart(entry.read_bytes())
    document["head"]["overview"]["reviewed"] = f"2026-01-01{CONTROL}"
    document["head"]["overview"]["about"]["disclaimer"] = CONTROL
    for each in (
        *document["head"]["overview"]["summaries"],
        document["therapies.car-t"]["therapy"],
    ):
        each["name"] = each["summary"] = f"A{CONTROL}"
    _put(entry, document)

    assert _is_sound(therapyinfo(line))


def _huge(place: Path) -> None:
    place.touch(0o600)
    os.truncate(place, 10**12)


SPECIAL: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "a link to itself": lambda place: place.symlink_to(place.name),
    "a link to a device": lambda place: place.symlink_to("/dev/zero"),
    "a huge file": _huge,
    "nothing": lambda place: place.touch(0o600),
    "a pickle": lambda place: place.write_bytes(b"cos\nsystem\n(S'touch owned'\ntR."),
}


@pytest.mark.parametrize("which", [_entry, _index])
@pytest.mark.parametrize("name", SPECIAL)
def test_what_is_no_entry_is_passed_by(
    name: str,
    which: Callable[[Path], Path],
    directory: Path,
    right: Answers,
    therapyinfo: Run,
) -> None:
    place = which(directory)
    place.unlink()
    SPECIAL[name](place)

    assert therapyinfo("search fever") == right["search fever"]
    assert therapyinfo("list") == right["list"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_in_place_of_an_entry_is_passed_by(
    directory: Path, right: Answers, therapyinfo: Run
) -> None:
    place = _entry(directory)
    place.unlink()
    try:
        os.mknod(place, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except OSError:
        pytest.skip("no devices here")

    assert therapyinfo("list") == right["list"]


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o707])
def test_a_folder_that_others_may_write_to_is_no_cache(
    mode: int, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    entry = _entry(directory)
    document = taken_apart(entry.read_bytes())
    document["head"]["overview"]["summaries"][0]["name"] = "PLANTED"
    _put(entry, document)
    before = sorted(directory.iterdir())
    directory.chmod(mode)

    assert {line: therapyinfo(line) for line in LINES} == right
    assert sorted(directory.iterdir()) == before


# What stands in the database of an index.


def _statements(*statements: str) -> Callable[[sqlite3.Connection], object]:
    def change(database: sqlite3.Connection) -> None:
        for statement in statements:
            database.execute(statement)

    return change


def _column(name: str) -> str:
    """Return what FTS5 calls a column of the table of documents in its own table."""
    with closing(make_index([])) as index, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(index.content() or b"")
        columns = [row[1] for row in database.execute("PRAGMA table_info(documents)")]
    return f"c{columns.index(name)}"


ENDLESS = (
    "WITH RECURSIVE n(word) AS (SELECT 'a' UNION ALL SELECT word || 'a' FROM n) SELECT word FROM n"
)
HUGE = "SELECT printf('%.*c', 2000000000, 'x') AS word"
DATABASES: dict[str, Callable[[sqlite3.Connection], object]] = {
    "an endless view": _statements("DROP TABLE words", f"CREATE VIEW words AS {ENDLESS}"),
    "a huge view": _statements("DROP TABLE words", f"CREATE VIEW words AS {HUGE}"),
    "a view of documents": _statements(
        "DROP TABLE documents", f"CREATE VIEW documents AS {ENDLESS}"
    ),
    "a view of the stamp": _statements("DROP TABLE made_of", f"CREATE VIEW made_of AS {ENDLESS}"),
    "a trigger": _statements("CREATE TRIGGER t AFTER INSERT ON words BEGIN DELETE FROM words; END"),
    "one table more": _statements("CREATE TABLE more (a)"),
    "an index more": _statements("CREATE INDEX i ON made_of (stamp)"),
    "a computed column": _statements(
        "DROP TABLE words",
        "CREATE TABLE words (a, word TEXT GENERATED ALWAYS AS (printf('%.*c', 2000000000, 'x')))",
    ),
    "no words": _statements("DROP TABLE words"),
    "no documents": _statements("DROP TABLE documents"),
    "no stamp": _statements("DELETE FROM made_of"),
    "another stamp": _statements("UPDATE made_of SET stamp = 'x'"),
    "two stamps": _statements("INSERT INTO made_of SELECT stamp FROM made_of"),
    "a blob as a title": _statements(f"UPDATE documents_content SET {_column('title')} = x'ff00'"),
    "no ranking": _statements("DELETE FROM ranked"),
    "an empty ranking": _statements("UPDATE ranked SET rows = x'90'"),
    "a ranking of another kind": _statements("UPDATE ranked SET rows = x'81a161a162'"),
    "a text as a ranking": _statements("UPDATE ranked SET rows = 'x'"),
    "rows of no document": _statements("UPDATE ranked SET rows = x'9196cd0fffa0a0c0a0a0'"),
    "a word of no therapy": _statements("UPDATE own_words SET therapy = 5"),
    "a null as a command": _statements(f"UPDATE documents_content SET {_column('command')} = NULL"),
    "a number as a text": _statements(f"UPDATE documents_content SET {_column('text')} = 5"),
    "a text without an end": _statements(
        f"UPDATE documents_content SET {_column('text')} = printf('%.*c', 5000000, 'fever ')"
    ),
    "no content": _statements("DELETE FROM documents_content"),
    "broken data": _statements("UPDATE documents_data SET block = x'00ff'"),
    "no data": _statements("DELETE FROM documents_data"),
    "a broken configuration": _statements("UPDATE documents_config SET v = 99"),
    "a word that is none": _statements(
        "DELETE FROM words", "INSERT INTO words VALUES (x'ff', x'ff')"
    ),
}


UNNOTICED = ("broken data",)
"""An index in which nothing is found is one, too."""


@pytest.mark.parametrize("name", DATABASES)
def test_an_index_of_another_kind_is_made_anew(
    name: str, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    index = _index(directory)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(index.read_bytes())
        DATABASES[name](database)
        database.commit()
        index.write_bytes(database.serialize())
    started = time.monotonic()
    answers = [therapyinfo(f"search {words}") for words in ("fever", "fev", "xyzzy")]

    assert time.monotonic() - started < 20
    assert all(map(_is_sound, answers))
    assert answers[0] == right["search fever"] or name in UNNOTICED


@pytest.mark.parametrize("seed", range(40))
def test_an_index_with_any_bytes_changed_is_no_trouble(
    seed: int, directory: Path, right: Answers, therapyinfo: Run
) -> None:
    chance = random.Random(seed)
    index = _index(directory)
    content = bytearray(index.read_bytes())
    for _ in range(chance.choice([1, 10, 1000])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    index.write_bytes(content)

    assert _is_sound(therapyinfo("search fever"))


def test_the_index_of_another_file_is_not_asked(
    directory: Path, right: Answers, small_file: Path, therapyinfo: Run
) -> None:
    kept = _index(directory).read_bytes()
    small_file.write_text(SMALL.replace("Fever above", "Frost above"), encoding="utf-8")
    therapyinfo("search frost")
    for index in directory.glob(f"*{owned.INDEX_SUFFIX}"):
        index.write_bytes(kept)

    assert therapyinfo("search frost")[0] == 0


# Whatever is wrong with the folder, there is an answer.


FOLDERS = {
    "a long name": "x" * 300,
    "a long path": "/".join(["x" * 200] * 30),
    "below a file": "small.yaml/cache",
    "a device": "/dev/null",
    "no place": "/proc/nowhere",
    "no text": os.fsdecode(b"\xff"),
    "nobody's home": "~nobody-of-this-name/x",
}


@pytest.mark.parametrize("name", FOLDERS)
def test_whatever_the_folder_is_there_is_an_answer(
    name: str,
    right: Answers,
    tmp_path: Path,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THERAPYINFO_CACHE", FOLDERS[name])

    for _ in range(2):
        assert {line: therapyinfo(line) for line in LINES} == right


@pytest.mark.parametrize("variable", ["HOME", "XDG_CACHE_HOME"])
def test_a_home_that_is_too_long_is_no_trouble(
    variable: str,
    right: Answers,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("THERAPYINFO_CACHE")
    monkeypatch.setenv(variable, "/" + "/".join(["x" * 250] * 30))

    assert therapyinfo("search fever") == right["search fever"]


@pytest.mark.parametrize("call", ["stat", "open", "scandir", "replace", "unlink"])
def test_a_folder_that_refuses_a_call_is_no_trouble(
    call: str,
    directory: Path,
    right: Answers,
    therapyinfo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = getattr(os, call)

    def refuse(path: Any, *given: Any, **named: Any) -> Any:
        if str(directory) in str(path):
            raise PermissionError(13, "Permission denied")
        return real(path, *given, **named)

    monkeypatch.setattr(os, call, refuse)

    assert {line: therapyinfo(line) for line in LINES} == right


# An entry that was made as its file was saved; a base by way of another home; a checkout.


def test_an_entry_is_renewed_once_the_clock_has_moved_on(
    directory: Path, right: Answers, small_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = cache._digest
    reads: list[bytes] = []

    def record(content: bytes) -> str:
        reads.append(content)
        return digest(content)

    changed = max(small_file.stat().st_mtime_ns, small_file.stat().st_ctime_ns)
    monkeypatch.setattr(cache, "_digest", record)
    document = taken_apart(_entry(directory).read_bytes())
    document["head"]["written_ns"] = changed
    _put(_entry(directory), document)
    counts = []
    for later in (1, MTIME_RESOLUTION_NS, MTIME_RESOLUTION_NS + 1, 10**12):
        monkeypatch.setattr(time, "time_ns", lambda later=later: changed + later)
        before = len(reads)
        assert Library.open(small_file, directory).ids == ["car-t", "msc"]
        counts.append(len(reads) - before)

    assert counts == [1, 1, 1, 0]
    renewed = taken_apart(_entry(directory).read_bytes())
    document["head"]["written_ns"] = changed + MTIME_RESOLUTION_NS + 1
    assert renewed == document


def test_a_base_in_another_home_is_another_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = tmp_path / "layer.yaml"
    layer.write_text("extends: ~/base.yaml\n", encoding="utf-8")
    names = []
    for home in ("one", "two"):
        (tmp_path / home).mkdir()
        text = SMALL.replace("CAR-T therapy", f"Therapy {home}")
        (tmp_path / home / "base.yaml").write_text(text, encoding="utf-8")
    for home in ("one", "two", "one"):
        monkeypatch.setenv("HOME", str(tmp_path / home))
        names.append(Library.open(layer, tmp_path / "cache").entry("car-t").therapy.name)

    assert names == ["Therapy one", "Therapy two", "Therapy one"]


def test_a_changed_module_of_a_checkout_makes_all_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "therapyinfo"
    for folder in locate._DECIDING:
        (package / folder).mkdir(parents=True, exist_ok=True)
        (package / folder / "a.py").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "therapies.yaml").touch()
    monkeypatch.setattr(locate, "_PACKAGE", package)
    stamps = []
    for number, folder in enumerate(locate._DECIDING):
        os.utime(package / folder / "a.py", ns=(0, 10**18 * 2 + number))
        locate.package_stamp.cache_clear()
        stamps.append(locate.package_stamp())
    (package / "data").mkdir()
    (package / "data" / "therapies.yaml").touch()
    locate.package_stamp.cache_clear()
    installed = locate.package_stamp()
    locate.package_stamp.cache_clear()

    assert len(set(stamps)) == len(stamps)
    assert installed == __version__


def test_an_error_that_is_not_of_the_cache_is_told(
    directory: Path, right: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(library: Library) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        knowledge.ask(None, broken)
