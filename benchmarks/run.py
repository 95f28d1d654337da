"""Print the table of docs/performance.md: each case against its yardstick, measured in one run.

Usage: python benchmarks/run.py [ROUNDS]

Two commands are timed in turn, whole process by whole process, so that a slow moment of the
machine meets both; the ratio is the median of the ratios of the pairs. The peers and a
yardstick with the same libraries are installed into a folder of their own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
TYPER_HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str) -> None:
    print(f"Hello {name}")
@app.command()
def bye(name: str) -> None:
    print(f"Bye {name}")
app()
"""
RICH_HELLO = """
import typer
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
app = typer.Typer()
@app.command()
def hello(name: str) -> None:
    console = Console(force_terminal=True, width=80)
    console.print(Panel(f"Hello {name}"))
    table = Table("greeting", "name")
    table.add_row("Hello", name)
    console.print(table)
@app.command()
def bye(name: str) -> None:
    print(f"Bye {name}")
app()
"""
LAYER = """\
extends: builtin
therapies:
  car-t:
    contacts:
      ours: {name: Our clinic, how: 0123 456}
"""
Case = tuple[str, list[str], list[str], float | None]


def main(rounds: int) -> None:
    """Measure every case and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["THERAPYINFO_CACHE"] = str(place / "cache")
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "THERAPYINFO_DATA"):
            os.environ.pop(name, None)
        print("| case | median ratio | middle half | goal | here | yardstick |")
        print("|---|---|---|---|---|---|")
        for name, command, yardstick, goal in cases(place):
            _row(name, _measure(command, yardstick, rounds), goal)
        explain = [*_tool(), "explain", "car-t"]
        layer = place / "layer.yaml"
        layer.write_text(LAYER)
        layered = [*explain, "--data", str(layer)]
        _row("first run ever / warm", _cold(place, explain, rounds), 1.0)
        _row("first run of a layer / warm", _cold(place, layered, rounds), 2.0)
        # As most people run it: the directory of the cache is looked up.
        del os.environ["THERAPYINFO_CACHE"]
        os.environ["HOME"] = str(place)
        os.environ.pop("XDG_CACHE_HOME", None)
        hello = [sys.executable, str(place / "hello.py"), "hello", "x"]
        _row(
            "without THERAPYINFO_CACHE: piped / Typer hello", _measure(explain, hello, rounds), 1.15
        )
        _row(
            "without THERAPYINFO_CACHE: layer / built-in", _measure(layered, explain, rounds), None
        )


def cases(place: Path) -> list[Case]:
    """Return each case: its name, its command, its yardstick's command, and the goal."""
    tool = _tool()
    hello, rich_hello = place / "hello.py", place / "rich_hello.py"
    hello.write_text(TYPER_HELLO)
    rich_hello.write_text(RICH_HELLO)
    many = place / "many.yaml"
    generated = subprocess.run(
        [sys.executable, str(HERE / "generate.py"), "300"], capture_output=True, check=True
    )
    many.write_bytes(generated.stdout)
    page = place / "page.md"
    markdown = subprocess.run(
        [*tool, "explain", "car-t", "-f", "markdown"], capture_output=True, check=True
    )
    page.write_bytes(markdown.stdout)
    plain_hello = [sys.executable, str(hello), "hello", "x"]
    explain = [*tool, "explain", "car-t"]
    terminal = [*explain, "-f", "terminal", "--color", "always"]
    typed = "therapyinfo explain ca"
    bash = _completing("bash", COMP_WORDS=typed, COMP_CWORD="2")
    zsh = _completing("zsh", _TYPER_COMPLETE_ARGS=typed)
    fish = _completing("fish", _TYPER_COMPLETE_ARGS=typed, _TYPER_COMPLETE_FISH_ACTION="get-args")
    peers = _peers(place)
    return [
        ("`explain car-t` piped / Typer hello", explain, plain_hello, 1.15),
        (
            "`explain car-t -f terminal` / Typer + Rich hello",
            terminal,
            [sys.executable, str(rich_hello), "hello", "x"],
            1.20,
        ),
        ("300 therapies / built-in", [*explain, "--data", str(many)], explain, 1.10),
        ("completion, bash / Typer hello", [*bash, *tool], plain_hello, 1.10),
        ("completion, zsh / Typer hello", [*zsh, *tool], plain_hello, 1.10),
        ("completion, fish / Typer hello", [*fish, *tool], plain_hello, 1.10),
        ("`search driving` / piped explain", [*tool, "search", "driving"], explain, 1.30),
        ("`list` / Typer hello", [*tool, "list"], plain_hello, None),
        ("piped explain / tldr", explain, [peers("tldr"), "--render", str(page)], 1.0),
        ("terminal explain / rich-cli", terminal, [peers("rich"), str(page)], 1.0),
    ]


def _completing(shell: str, **variables: str) -> list[str]:
    asked = {"_THERAPYINFO_COMPLETE": f"complete_{shell}", **variables}
    return ["env", *(f"{name}={value}" for name, value in asked.items())]


def _peers(place: Path) -> Callable[[str], str]:
    folder = place / "peers"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    packages = ["tldr", "rich-cli"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return lambda name: str(folder / "bin" / name)


def _measure(command: list[str], yardstick: list[str], rounds: int) -> list[tuple[float, float]]:
    for each in (command, yardstick):
        _seconds(each)
        _seconds(each)
    return [(_seconds(command), _seconds(yardstick)) for _ in range(rounds)]


def _tool() -> list[str]:
    return [str(Path(sys.executable).with_name("therapyinfo"))]


def _cold(place: Path, command: list[str], rounds: int) -> list[tuple[float, float]]:
    pairs = []
    for _ in range(rounds):
        for entry in (place / "cache").glob("*"):
            entry.unlink()
        pairs.append((_seconds(command), _seconds(command)))
    return pairs


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def _row(name: str, pairs: list[tuple[float, float]], goal: float | None) -> None:
    ratios = sorted(one / other for one, other in pairs)
    low, middle, high = statistics.quantiles(ratios, n=4)
    here, yardstick = (1000 * statistics.median(times) for times in zip(*pairs, strict=True))
    wanted = f"<= {goal:.2f}" if goal else ""
    print(
        f"| {name} | {middle:.2f} | {low:.2f} to {high:.2f} | {wanted} | {here:.0f} ms"
        f" | {yardstick:.0f} ms |",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 31)
