"""What machines, terminals and other programs do to a run, with real processes."""

import os
import random
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

import therapyinfo.cli.app  # noqa: F401 - registers the commands
from therapyinfo.cli.registry import COMMANDS
from therapyinfo.store.locate import builtin_file

from .conftest import Run
from .processes import Finished, run_cli, run_shell, spawn, wait, warm_cache
from .small import SMALL

READERS = 64
KILLS = int(os.environ.get("KILLS", "12"))
"""How often a reader is killed; `KILLS=200 pytest tests/test_processes.py -k killed` for more."""

AT_THE_WRITE = """
import os, socket, sys
talk = socket.socket(fileno=int(os.environ["TALK"]))
def watch(event, given):
    if event == "open" and str(given[0]).endswith(".knowledge") and given[1:] == (None, given[2] | os.O_CREAT):
        talk.send(b"writing")
        talk.recv(1)
sys.addaudithook(watch)
"""
NO_NETWORK = """
import socket
def refuse(*given, **named):
    raise AssertionError("a socket was opened")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
"""
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
BUNDLE = """
import sys
from hashlib import sha256
from pathlib import Path
from therapyinfo.bundle import bundled_files
for name, content in sorted(bundled_files(Path(sys.argv[1])).items()):
    print(name, sha256(content).hexdigest())
"""
LINES = {
    "list": "list",
    "explain": "explain car-t",
    "walkthrough": "walkthrough car-t",
    "compare": "compare car-t msc",
    "numbers": "numbers car-t",
    "products": "products car-t",
    "search": "search cells",
    "define": "define leukapheresis",
    "sources": "sources car-t",
    "check": "check",
    "schema": "schema",
    "new": "new -",
    "changes": f"changes {builtin_file()}",
}
"""A line for each command."""
READ_A_FILE = {
    name: f"{line} --data" if COMMANDS[name].prints_page else line
    for name, line in LINES.items()
    if name not in ("schema", "new")
}
"""Those that read a knowledge file, up to its name."""


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], str]:
    """Return what puts a text where the interpreter runs it first: site(text) -> PYTHONPATH."""

    def write(text: str) -> str:
        folder = tmp_path / "site"
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
        return str(folder)

    return write


@contextmanager
def at_the_write(
    line: str, cached: Path, python_path: str
) -> Iterator[tuple[subprocess.Popen[str], socket.socket]]:
    """Start a reader and stop it where it begins to write its cache; a byte lets it go on."""
    ours, its = socket.socketpair()
    with ours, its:
        environ = {"PYTHONPATH": python_path, "TALK": str(its.fileno())}
        process = spawn(line.split(), cached, environ=environ, pass_fds=[its.fileno()])
        ours.settimeout(60)
        assert ours.recv(7) == b"writing"
        yield process, ours


@pytest.fixture(scope="module")
def right() -> Finished:
    """Return the right answer, given without any cache."""
    return run_cli(["explain", "car-t"], "")


def test_every_command_is_run_here() -> None:
    assert LINES.keys() == COMMANDS.keys()


def test_many_readers_of_a_cold_cache_all_answer_right(tmp_path: Path, small_file: Path) -> None:
    line = ["explain", "car-t", "--data", str(small_file)]
    right = run_cli(line, "")
    processes = [spawn(line, tmp_path / "cold") for _ in range(READERS)]
    answers = {wait(process) for process in processes}

    assert answers == {right}
    assert right[0] == 0
    assert len(list((tmp_path / "cold").iterdir())) == 1


def test_a_reader_killed_while_it_writes_harms_nobody(
    tmp_path: Path, site: Callable[[str], str], right: Finished
) -> None:
    python_path = site(AT_THE_WRITE)
    chance = random.Random(20261125)

    def kill(number: int, delay: float) -> Finished:
        cached = tmp_path / f"cache-{number}"
        with at_the_write("explain car-t", cached, python_path) as (process, talk):
            talk.send(b"!")
            time.sleep(delay)  # the moment is what is tested
            process.kill()
            process.communicate()
        return run_cli(["explain", "car-t"], cached)

    delays = [chance.uniform(0, 0.001) for _ in range(KILLS)]
    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(kill, range(KILLS), delays))

    assert answers == {right}


@pytest.mark.parametrize("replace", [True, False], ids=["replaced", "written in place"])
def test_a_file_replaced_between_two_runs_gives_the_new_answer(
    tmp_path: Path, small_file: Path, replace: bool
) -> None:
    line = ["list", "--data", str(small_file)]
    first = run_cli(line, tmp_path / "cache")
    changed = small_file.with_name("new.yaml") if replace else small_file
    changed.write_text(SMALL.replace("CAR-T therapy", "CAR-U therapy"), encoding="utf-8")
    changed.replace(small_file)
    second = run_cli(line, tmp_path / "cache")

    assert "CAR-T therapy" in first[1]
    assert second == (0, first[1].replace("CAR-T therapy", "CAR-U therapy"), "")


def test_a_file_replaced_during_a_run_gives_one_answer_and_then_the_other(
    tmp_path: Path, small_file: Path, site: Callable[[str], str]
) -> None:
    line = f"list --data {small_file}"
    times = small_file.stat()
    with at_the_write(line, tmp_path / "cache", site(AT_THE_WRITE)) as (process, talk):
        new = SMALL.replace("CAR-T therapy", "CAR-U therapy")
        small_file.write_text(new, encoding="utf-8")
        os.utime(small_file, ns=(times.st_atime_ns, times.st_mtime_ns))
        talk.send(b"!")
        first = wait(process)
    second = run_cli(line.split(), tmp_path / "cache")

    assert first[0] == 0
    assert "CAR-U" not in first[1]
    assert second == (0, first[1].replace("CAR-T therapy", "CAR-U therapy"), "")


PLACES: dict[str, Callable[[Path], object]] = {
    "read-only": lambda place: place.mkdir(mode=0o500),
    "in a read-only system": lambda place: place.symlink_to("/proc/self"),
    "a file": lambda place: place.write_text(""),
    "a dangling link": lambda place: place.symlink_to("nowhere/at/all"),
}


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES)
def test_a_cache_directory_that_takes_nothing_is_no_trouble(
    tmp_path: Path, small_file: Path, make: Callable[[Path], object]
) -> None:
    line = ["explain", "car-t", "--data", str(small_file)]
    make(tmp_path / "cache")

    assert run_cli(line, tmp_path / "cache") == run_cli(line, "")


@pytest.mark.parametrize("allowed", [0, 100])
def test_a_full_disk_is_no_trouble(tmp_path: Path, small_file: Path, allowed: int) -> None:
    line = ["explain", "car-t", "--data", str(small_file)]
    command = ["sh", "-c", f'ulimit -f {allowed // 512}; exec "$@"', "sh", sys.executable]
    answer = run_cli(["-m", "therapyinfo", *line], tmp_path / "cache", command=command)

    assert answer == run_cli(line, "")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_run_without_a_home_answers_and_writes_nowhere(tmp_path: Path, small_file: Path) -> None:
    line = ["list", "--data", str(small_file)]
    command = ["env", "-u", "HOME", sys.executable, "-m", "therapyinfo"]
    environ = {"XDG_CACHE_HOME": str(tmp_path / "xdg")}
    answer = run_cli(line, None, command=command, environ=environ, cwd=tmp_path)

    assert answer == run_cli(line, "")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["small.yaml", "xdg"]


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """Return a named pipe: a knowledge file that keeps its reader waiting."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)]
)
@pytest.mark.parametrize("name", READ_A_FILE)
def test_a_signal_ends_every_command_quietly(
    name: str, number: signal.Signals, code: int, pipe: Path, tmp_path: Path
) -> None:
    process = spawn([*READ_A_FILE[name].split(), str(pipe)], tmp_path / "cache")
    with pipe.open("w"):  # waits until the command is about to read
        process.send_signal(number)
        answer = wait(process)

    assert (answer[0], answer[1], answer[2].strip()) == (code, "", "")
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "module",
    [
        "therapyinfo.cli.reporting",
        "typer",
        "msgspec",
        "therapyinfo.cli.app",
        "therapyinfo.views.explain",
    ],
)
def test_an_interrupt_while_starting_is_quiet(module: str, site: Callable[[str], str]) -> None:
    text = f"""
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""
    code, out, err = run_cli(["explain", "car-t"], warm_cache(), environ={"PYTHONPATH": site(text)})

    assert (code, out, err.strip()) == (130, "", "")


def test_an_interrupt_that_python_took_for_an_error_is_quiet_too(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(argv: list[str]) -> int:
        raise RuntimeError from KeyboardInterrupt()

    monkeypatch.setattr("therapyinfo.cli.main.run", interrupted)

    assert therapyinfo("explain car-t") == (130, "", "")


CLOSED = "therapyinfo: cannot write the answer: standard output is closed\n"
FULL = "therapyinfo: cannot write the answer: No space left on device\n"


@pytest.mark.parametrize(
    ("script", "code", "err"),
    [
        ("therapyinfo explain car-t >&-", 1, CLOSED),
        ("therapyinfo explain car-t -f json >&-", 1, CLOSED),
        ("therapyinfo --version >&-", 1, CLOSED),
        ("therapyinfo explain car-t <&- >&-", 1, CLOSED),
        ("therapyinfo explain car-t >/dev/full", 1, FULL),
        ("therapyinfo explain car-t -f json >/dev/full", 1, FULL),
        ("therapyinfo --help >/dev/full", 1, FULL),
        ("therapyinfo explain car-tt -f json >/dev/full", 1, "Did you mean car-t"),
        ("therapyinfo explain car-tt 2>&-", 1, ""),
        ("therapyinfo explain car-tt 2>/dev/full", 1, ""),
        ("therapyinfo explain car-tt >&- 2>&- <&-", 1, ""),
        ("therapyinfo walkthrough car-t -i <&-", 2, "--step"),
    ],
)
def test_a_stream_that_takes_nothing_is_told_in_a_line(script: str, code: int, err: str) -> None:
    told = run_shell(script)

    assert told[:2] == (code, "")
    assert err in told[2]
    assert told[2].count("\n") == bool(err)


@pytest.fixture
def full_device(tmp_path: Path) -> Path:
    """Return a device of the test's own that takes nothing, which it may lose."""
    device = tmp_path / "full"
    try:
        os.mknod(device, stat.S_IFCHR | 0o600, os.makedev(1, 7))
        with device.open("wb"):
            pass
    except OSError as err:
        pytest.skip(f"this user cannot make and open a device here: {err.strerror}")
    return device


def test_a_device_that_takes_nothing_is_told_in_a_line_and_stays_a_device(
    full_device: Path,
) -> None:
    code, out, err = run_cli(["explain", "car-t", "-o", str(full_device)], warm_cache())

    assert (code, out) == (1, "")
    assert f"{str(full_device)!r}: No space left on device" in err
    assert err.count("\n") == 1
    assert full_device.is_char_device()
    assert list(full_device.parent.iterdir()) == [full_device]


def test_a_page_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("here first")
    limit = "trap '' XFSZ; ulimit -f 1"  # a block, which is less than the page
    code, out, err = run_shell(f"{limit}; therapyinfo explain car-t -o {page}")

    assert (code, out) == (1, "")
    assert f"{str(page)!r}: File too large" in err
    assert err.count("\n") == 1
    assert page.read_text() == "here first"
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize(
    "script",
    [
        "therapyinfo list <&-",
        "therapyinfo list | head -1",
        "therapyinfo explain car-t --full -f html | head -1",
        "therapyinfo explain car-t 2>&-",
    ],
)
def test_a_stream_that_is_not_needed_is_not_missed(script: str) -> None:
    code, out, err = run_shell(script)

    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        *((line, 0) for line in LINES.values()),
        ("explain car-t -f json", 0),
        ("explain car-tt -f json", 1),
        ("--version", 0),
    ],
)
def test_a_reader_who_went_away_is_not_told_of_it(line: str, code: int) -> None:
    read, write = os.pipe()
    os.close(read)
    process = spawn(line.split(), warm_cache(), stdout=write)
    os.close(write)

    assert wait(process) == (code, "", "")


@pytest.mark.parametrize(
    ("environ", "encoding"),
    [
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252"),
        ({"PYTHONIOENCODING": "ascii"}, "ascii"),
        ({"PYTHONIOENCODING": "latin-1"}, "latin-1"),
        ({"LC_ALL": "C"}, "ascii"),
        ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "ascii"),
    ],
)
def test_words_are_spelt_in_what_the_stream_can_carry(
    environ: dict[str, str], encoding: str, small_file: Path
) -> None:
    text = SMALL.replace("calm the immune system", "≥ 10⁶ cells of 2 µm – “naïve”")
    small_file.write_text(text, encoding="utf-8")
    line = ["explain", "msc", "--data", str(small_file), "--color", "never"]
    wanted = "≥ 10⁶ cells of 2 µm – “naïve”"
    for letter, other in {"≥": ">=", "⁶": "^6"}.items():
        wanted = wanted.replace(letter, other)
    if encoding != "cp1252":
        wanted = wanted.translate({0x2013: "-", 0x201C: '"', 0x201D: '"'})
    if encoding == "ascii":
        wanted = wanted.replace("µ", "u").replace("ï", "i")

    for format in ("plain", "terminal", "markdown", "html"):
        process = spawn([*line, "-f", format], "", environ=environ)
        process.stdout.reconfigure(encoding=encoding)  # type: ignore[union-attr]
        code, out, err = wait(process)
        assert (code, err) == (0, ""), format
        assert format == "html" or wanted in out.replace("\\", ""), format
        assert format == "html" or "?" not in out, format


@pytest.mark.parametrize(
    "line", [*LINES.values(), "explain car-t -f terminal", "explain car-t -f html", "--help"]
)
def test_nothing_warns(line: str, tmp_path: Path, small_file: Path) -> None:
    command = [sys.executable, "-W", "error", "-X", "dev", "-m", "therapyinfo"]
    data = builtin_file() if line == "check" else small_file  # what is small lacks a section
    environ = {"THERAPYINFO_DATA": str(data)}
    given = [
        run_cli(line.split(), tmp_path / "cache", command=command, environ=environ)
        for _ in range(2)
    ]

    assert [(code, err) for code, _, err in given] == [(0, "")] * 2


@pytest.mark.parametrize("line", [*LINES.values(), "explain car-t -f terminal", "--version"])
def test_no_command_opens_a_socket(line: str, site: Callable[[str], str], tmp_path: Path) -> None:
    python_path = site(NO_NETWORK)
    check = ["-c", "import socket; socket.socket()"]
    refused = run_cli(check, "", command=[sys.executable], environ={"PYTHONPATH": python_path})
    answer = run_cli(line.split(), warm_cache(), environ={"PYTHONPATH": python_path})

    assert "a socket was opened" in refused[2]
    assert (answer[0], answer[2]) == (0, "")


def peak_megabytes(line: str, cached: Path) -> float:
    """Return the peak memory of a piped run, as a process of its own sees it in its child."""
    command = [sys.executable, "-c", PEAK, sys.executable, "-m", "therapyinfo", *line.split()]
    told = run_cli([], cached, command=command)
    return int(told[1]) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def test_an_answer_is_small() -> None:
    assert peak_megabytes("explain car-t", warm_cache()) < 32


def test_an_answer_from_300_therapies_is_small(tmp_path: Path) -> None:
    generator = Path(__file__).parents[1] / "benchmarks" / "generate.py"
    many = tmp_path / "many.yaml"
    told = run_cli([str(generator), "300"], "", command=[sys.executable])
    many.write_text(told[1], encoding="utf-8")
    line = f"explain car-t --data {many}"
    cold = run_cli(line.split(), tmp_path / "cache")

    assert cold[0] == 0, cold[2]
    assert peak_megabytes(line, tmp_path / "cache") < 60


def test_what_a_wheel_carries_is_the_same_in_any_order_of_hashes() -> None:
    command = [sys.executable, "-c", BUNDLE, str(builtin_file())]
    made = {
        subprocess.run(
            command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1
