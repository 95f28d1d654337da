"""Kills and signals at random moments: no traceback from inside the tool, and no file half there."""

import os
import random
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .processes import run_cli, spawn, warm_cache

INTERRUPTS = int(os.environ.get("INTERRUPTS", "30"))
"""How many runs are interrupted; `INTERRUPTS=300 pytest tests/test_interrupts.py` for more."""

SIGNALS = [signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]
LINES = [
    "",
    "list",
    "explain car-t --full -o old.html",
    "explain car-t -o new.json",
    "explain car-t -o linked.md",
    "walkthrough car-t -f terminal",
    "compare car-t msc -o old.html",
    "numbers car-t -f json",
    "products",
    "search driving",
    "define leukapheresis",
    "sources car-t",
    "check",
    "schema",
    "new new.yaml",
    "new -",
    "--version",
    "--help",
    "explain car-tt -f json",
]
"""Every command, and every way in which an answer is written."""

OWN_FRAME = re.compile(r'therapyinfo/(?!__main__\.py|__init__\.py)\S+", line \d+, in (?!<module>)')
"""A line of a traceback from inside a function of the package."""

OLD = "old " * 100_000


def interrupt(line: str, number: signal.Signals, delay: float, folder: Path) -> tuple[str, str]:
    """Interrupt a run in a folder of its own; return its exit code and what it told of errors."""
    folder.mkdir()
    for name in ("old.html", "linked.md"):
        (folder / name).write_text(OLD)
    os.link(folder / "linked.md", folder / "other.md")
    process = spawn(line.split(), warm_cache(), cwd=folder)
    time.sleep(delay)  # the moment is what is tested
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    return str(process.returncode), err


def test_an_interrupt_at_any_moment_leaves_no_traceback_and_no_unfinished_file(
    tmp_path: Path,
) -> None:
    chance = random.Random(20261128)
    whole: dict[str, set[bytes]] = {}
    for line in LINES:
        if "-o" in line or "new.yaml" in line:
            run_cli(line.split(), warm_cache(), cwd=tmp_path)
            name = line.split()[-1]
            whole.setdefault(name, set()).add((tmp_path / name).read_bytes())
            (tmp_path / name).unlink()
    plan = [
        (chance.choice(LINES), chance.choice(SIGNALS), chance.uniform(0, 0.25))
        for _ in range(INTERRUPTS)
    ]
    folders = [tmp_path / str(number) for number in range(INTERRUPTS)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(interrupt, *zip(*plan, strict=True), folders))

    told = [(*row, *answer) for row, answer in zip(plan, answers, strict=True)]
    assert [row for row in told if OWN_FRAME.search(row[-1])] == []
    assert {code for code, _ in answers} <= {"0", "1", "130", "-1", "-2", "-9", "-15"}
    for folder in folders:
        for path in folder.iterdir():
            content = path.read_bytes()
            name = "linked.md" if path.name == "other.md" else path.name
            assert content == OLD.encode() or content in whole[name], path
