"""What completion prints for each shell: plain words alone, whatever the knowledge says."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from msgspec.structs import replace

from therapyinfo.cli import knowledge as knowledge_of_run
from therapyinfo.cli.app import build

from . import knowledge
from .conftest import Run
from .hostile import CONTROLS, HOSTILE, OPTIONS, begun
from .test_imports import FORMS, completing

GOOD = ["zz-good", "zz.good", "zz_good2"]
NAMES = [
    *begun({**HOSTILE, **CONTROLS}),
    *OPTIONS,
    "",
    "\u202ezz",
    "zz\u00ad",
    "zz\U000e0041",
    "日本",
    *GOOD,
]
PLAIN = re.compile(r"\w[\w.-]*", re.ASCII)
LINES = {
    "a therapy to explain": "explain ",
    "a therapy to walk through": "walkthrough ",
    "therapies to compare": "compare zz-good ",
    "a therapy's numbers": "numbers ",
    "a therapy's products": "products ",
    "a therapy's sources": "sources ",
    "a term": "define ",
    "a row": "compare zz-good zz.good --on ",
    "a region": "products --region ",
}


@pytest.fixture
def hostile_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name in the knowledge be one of NAMES, past all that reads or checks it."""
    (row, *_) = knowledge.small().comparison
    hostile = '"$(touch owned)`x`\\\'";:\n'
    named = SimpleNamespace(name=hostile, term=hostile, reason=hostile)
    library = SimpleNamespace(
        summaries=[SimpleNamespace(id=name, name=hostile) for name in NAMES],
        lookup=SimpleNamespace(products=lambda: [named]),
        glossary=dict.fromkeys(NAMES, named),
        comparison=[replace(row, id=name, question=hostile) for name in NAMES],
        regions=dict.fromkeys(NAMES, named),
    )
    monkeypatch.setattr(knowledge_of_run, "open_library", lambda _: library)


@pytest.fixture
def complete(therapyinfo: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Return what a shell is told: complete(shell, line) -> text."""

    def run(shell: str, line: str) -> str:
        for name, value in completing(shell, f"therapyinfo {line}").items():
            monkeypatch.setenv(name, value)
        code, out, err = therapyinfo([])
        assert (code, err) == (0, "")
        return out

    return run


@pytest.mark.usefixtures("hostile_names")
@pytest.mark.parametrize("shell", FORMS)
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_shell_is_told_plain_names_alone(
    line: str, shell: str, complete: Callable[[str, str], str]
) -> None:
    about = "touch owned x"  # what is left of a description when all that a shell reads is gone
    listed = "\n".join(FORMS[shell].format(name, about) for name in GOOD)
    expected = f"_arguments '*: :(({listed}))'" if shell == "zsh" else listed

    assert complete(shell, line).rstrip("\n") == expected


@pytest.mark.usefixtures("hostile_names")
def test_whatever_takes_a_value_offers_plain_words() -> None:
    group: Any = typer.main.get_command(build())
    items = [
        item
        for name in group.commands
        for command in [group.get_command(None, name)]
        for parameter in command.params
        for item in parameter.shell_complete(
            command.make_context(name, [], resilient_parsing=True), ""
        )
    ]

    assert {"zz-good", "risks", "markdown"} <= {item.value for item in items}
    assert [item.value for item in items if not PLAIN.fullmatch(item.value)] == []


@pytest.mark.parametrize("shell", FORMS)
def test_what_version_prints_is_never_told_to_a_shell(
    shell: str, complete: Callable[[str, str], str]
) -> None:
    assert "Knowledge" not in complete(shell, "--version ")
    assert "therapyinfo" not in complete(shell, "--version expl")


@pytest.mark.parametrize("shell", FORMS)
@pytest.mark.parametrize(
    "words", ["'", '"', "\\", "explain 'car", '"explain" "ca', "$(touch owned", "\x00", "é", "--"]
)
def test_a_line_that_is_not_finished_is_no_error(
    words: str, shell: str, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in completing(shell, f"therapyinfo {words}").items():
        monkeypatch.setenv(name, value.replace("\x00", ""))
    _, _, err = therapyinfo([])

    assert err == ""


@pytest.mark.parametrize("shell", FORMS)
@pytest.mark.parametrize(
    "environ", [{}, {"COMP_WORDS": "therapyinfo explain "}, {"COMP_WORDS": "x", "COMP_CWORD": "y"}]
)
def test_a_shell_that_says_too_little_is_told_no_error(
    environ: dict[str, str], shell: str, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_THERAPYINFO_COMPLETE", f"complete_{shell}")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    _, _, err = therapyinfo([])

    assert err == ""


@pytest.mark.parametrize("line", ["explain --data - ", "products --data - --region "])
def test_completion_never_reads_what_is_typed(
    line: str, complete: Callable[[str, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text("not to be opened: [")

    assert complete("bash", line).strip() == ""


@pytest.mark.parametrize("region", ["Great Land", "Österreich", "St. a", "日本"])
def test_a_region_that_completion_cannot_offer_can_be_typed(
    region: str, therapyinfo: Run, small_file: Path
) -> None:
    text = small_file.read_text("utf-8").replace(
        "- region: US\n            reg", f"- region: {region}\n            reg"
    )
    small_file.write_text(text, encoding="utf-8")
    code, out, _ = therapyinfo(["products", "--data", str(small_file), "--region", region])

    assert code == 0
    assert region.upper() in out
