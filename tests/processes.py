"""The tool in processes of its own, in an environment that nothing leaks into."""

import atexit
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

COMMAND = (sys.executable, "-m", "therapyinfo")
KEPT = ("PATH", "SYSTEMROOT", "TMPDIR")

Finished = tuple[int, str, str]
"""The exit code, what came on stdout, and what on stderr."""


@cache
def warm_cache() -> Path:
    """Return a cache directory that holds the built-in knowledge; one for the whole session."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    run_cli(["list"], folder.name)
    return Path(folder.name)


def environment(cached: Path | str | None, **more: str) -> dict[str, str]:
    """Return a whole environment; cached: the cache directory, None for where the tool wants it."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    given = {} if cached is None else {"THERAPYINFO_CACHE": str(cached)}
    return {**kept, "HOME": "/nowhere", **given, **more}


def spawn(
    arguments: Sequence[str],
    cached: Path | str | None,
    *,
    command: Sequence[str] = COMMAND,
    **more: Any,
) -> subprocess.Popen[str]:
    """Start the tool with pipes; environ: more variables; the rest is as for Popen."""
    environ = environment(cached, **more.pop("environ", {}))
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [*command, *arguments], env=environ, encoding="utf-8", **{**streams, **more}
    )


def wait(process: subprocess.Popen[str]) -> Finished:
    """Wait for a process that was started."""
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    return process.returncode, out or "", err or ""


def run_cli(arguments: Sequence[str], cached: Path | str | None, **more: Any) -> Finished:
    """Run the tool, as `spawn` does, and wait for it."""
    return wait(spawn(arguments, cached, **more))


def run_shell(script: str, **environ: str) -> Finished:
    """Run a line of sh in which `therapyinfo` is the tool, with the session's warm cache."""
    whole = f'therapyinfo() {{ "{sys.executable}" -m therapyinfo "$@"; }}; {script}'
    return run_cli(["-c", whole], warm_cache(), command=["sh"], environ=environ)
