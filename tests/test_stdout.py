"""What goes to stdout is taken to its last byte, or told as missing."""

import fcntl
import io
import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from therapyinfo.cli.output import write_out
from therapyinfo.cli.streams import write_fully
from therapyinfo.errors import OutputError

from .conftest import Run
from .processes import COMMAND, environment, run_cli, spawn, warm_cache

LINES = [
    "explain car-t --full",
    "explain car-t --full -f json",
    "explain car-t --full -f html",
    "explain car-t -o /dev/stdout",
    "compare car-t msc -f csv",
    "define -f markdown",
    "sources",
    "schema",
    "new -",
    "explain --help",
    "--help",
    "--version",
]
"""Everything that prints, each in a way of its own."""


class Grudging(io.RawIOBase):
    """A stream that takes a few bytes at a time and now and then none."""

    def __init__(self) -> None:
        self.taken = b""
        self.turn = 0

    def write(self, data: memoryview, /) -> int | None:  # type: ignore[override]
        self.turn += 1
        if self.turn % 3 == 0:
            return None
        self.taken += bytes(data[:7])
        return min(len(data), 7)

    def fileno(self) -> int:
        return sys.__stderr__.fileno() if sys.__stderr__ else 2


def test_a_part_that_was_not_taken_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "select", lambda *_: None)
    stream = Grudging()
    write_fully(stream, b"every byte of it")

    assert stream.taken == b"every byte of it"


@pytest.mark.parametrize("make", [io.StringIO, lambda: io.TextIOWrapper(io.BytesIO(), "utf-8")])
def test_text_and_bytes_in_memory_are_streams_too(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], io.TextIOBase]
) -> None:
    stream = make()
    monkeypatch.setattr(sys, "stdout", stream)
    stream.write("before, ")
    write_out("é\n")
    stream.seek(0)

    assert stream.read() == "before, é\n"


def test_a_closed_stream_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr(sys, "stdout", stream)

    with pytest.raises(OutputError):
        write_out("text")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("line", LINES)
def test_an_answer_that_a_file_took_a_part_of_is_told(
    tmp_path: Path, line: str, unbuffered: str
) -> None:
    whole = run_cli(line.split(), warm_cache())[1].encode()
    size = len(whole) // 2
    environ = environment(warm_cache(), PYTHONUNBUFFERED=unbuffered)
    with (tmp_path / "out").open("wb") as out:
        told = subprocess.run(
            [*COMMAND, *line.split()],
            stdout=out,
            stderr=subprocess.PIPE,
            env=environ,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
            check=False,
        )

    assert told.returncode == 1
    assert told.stderr.startswith(b"therapyinfo: cannot write ")
    assert told.stderr.endswith(b": File too large\n")
    assert (tmp_path / "out").read_bytes() == whole[:size]


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("line", LINES)
def test_a_slow_reader_of_a_pipe_that_does_not_block_gets_all_of_it(
    line: str, unbuffered: str
) -> None:
    whole = run_cli(line.split(), warm_cache())[1].encode()
    ours, its = os.pipe()
    os.set_blocking(its, False)
    fcntl.fcntl(its, fcntl.F_SETPIPE_SZ, 4096)
    process = spawn(
        line.split(), warm_cache(), environ={"PYTHONUNBUFFERED": unbuffered}, stdout=its
    )
    os.close(its)
    got = b""
    while more := os.read(ours, 1000):
        got += more
    os.close(ours)
    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (0, "")
    assert got == whole


def test_a_writer_that_was_stopped_goes_on_where_it_was() -> None:
    line = "explain car-t --full -f json"
    whole = run_cli(line.split(), warm_cache())[1].encode()
    ours, its = os.pipe()
    os.set_blocking(its, False)
    process = spawn(line.split(), warm_cache(), stdout=its)
    os.close(its)
    got = os.read(ours, 1)
    process.send_signal(signal.SIGSTOP)
    os.waitpid(process.pid, os.WUNTRACED)
    got += os.read(ours, 1000)
    process.send_signal(signal.SIGCONT)
    while more := os.read(ours, 65536):
        got += more
    os.close(ours)

    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (0, "")
    assert got == whole


@pytest.mark.parametrize("line", [*LINES, "explain car-tt -f json", "explain car-t -o /dev/fd/1"])
def test_a_reader_who_goes_away_in_the_middle_is_not_told_of_it(line: str) -> None:
    code = run_cli(line.split(), warm_cache())[0]
    ours, its = os.pipe()
    fcntl.fcntl(its, fcntl.F_SETPIPE_SZ, 4096)
    process = spawn(line.split(), warm_cache(), stdout=its)
    os.close(its)
    os.read(ours, 1)
    os.close(ours)
    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (code, "")


def test_an_error_is_never_told_behind_a_part_of_an_answer(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            if self.getvalue():
                raise OSError(28, "No space left on device")
            return super().write(bytes(data)[:10])  # type: ignore[call-overload]

    full = Full()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(full, "utf-8"))
    code, _, err = therapyinfo("explain car-t -f json")

    assert (code, err) == (1, "therapyinfo: cannot write the answer: No space left on device\n")
    assert len(full.getvalue()) == 10


def test_an_error_of_the_knowledge_is_json_on_a_sound_stream(therapyinfo: Run) -> None:
    code, out, err = therapyinfo("list --data /missing.yaml -f json")

    assert (code, err) == (3, "")
    assert json.loads(out)["error"]["code"] == "invalid_data"
