"""What a new field and section take: a line in `records.py` and a row in the table of sections."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from .checking import SOUND
from .processes import environment

ROOT = Path(__file__).parents[1]
CHANGES = {
    "therapyinfo/records.py": (
        ("        codes: Its codes in other systems.\n", "        folklore: What is sung of it.\n"),
        ("    codes: tuple[Code, ...] = ()\n", "    folklore: tuple[Claim, ...] = ()\n"),
    ),
    "therapyinfo/views/section_table.py": (
        (
            "SECTIONS: tuple[Section, ...] = (\n",
            """\
    Section(
        id="folklore",
        heading="What is sung of it",
        full=partial(sections.listed, "folklore"),
        fields=("folklore",),
        synonyms=("songs",),
    ),
""",
        ),
    ),
}
"""What is added behind which line of which module."""

SONG = "Ballads tell of it in Brittany"
TOLD = "    total_time: About 2 months [@label-2024].\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of this checkout with one field and one section more, and a file that uses it."""
    copy = tmp_path_factory.mktemp("copy") / "checkout"
    for name in ("therapyinfo", "data", "docs"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, changes in CHANGES.items():
        text = (copy / name).read_text(encoding="utf-8")
        for line, added in changes:
            assert text.count(line) == 1
            text = text.replace(line, line + added)
        (copy / name).write_text(text, encoding="utf-8")
    assert SOUND.count(TOLD) == 1
    cited = f"{TOLD}    folklore: ['{SONG} [@elara-2022].']\n"
    (copy / "songs.yaml").write_text(SOUND.replace(TOLD, cited), encoding="utf-8")
    (copy / "uncited.yaml").write_text(
        SOUND.replace(TOLD, f"{TOLD}    folklore: ['{SONG}.']\n"), encoding="utf-8"
    )
    return copy


def _run(checkout: Path, *words: str, command: Sequence[str] = ("-m", "therapyinfo")) -> str:
    done = subprocess.run(
        [sys.executable, *command, *words],
        cwd=checkout,
        env=environment("", PYTHONPATH=str(checkout)),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_new_section_is_read_and_shown(checkout: Path) -> None:
    told = _run(checkout, "explain", "car-t", "--full", "--data", "songs.yaml")

    assert "WHAT IS SUNG OF IT" in told
    assert f"{SONG} [1]." in told


def test_a_new_section_is_asked_for_by_a_synonym_and_told_to_programs(checkout: Path) -> None:
    told = _run(
        checkout, "explain", "car-t", "--section", "songs", "--data", "songs.yaml", "-f", "json"
    )

    assert json.loads(told)["therapy"]["folklore"] == [
        {"text": f"{SONG}.", "sources": ["elara-2022"]}
    ]


def test_a_new_section_is_searched(checkout: Path) -> None:
    told = _run(checkout, "search", "brittany", "--data", "songs.yaml")

    assert SONG in " ".join(told.split())
    assert "--section folklore" in told


def test_a_new_field_is_checked(checkout: Path) -> None:
    assert "songs.yaml: no errors, no warnings" in _run(checkout, "check", "songs.yaml")
    assert "uncited-claim" in _run(checkout, "check", "uncited.yaml")


def test_a_new_field_is_in_the_schema_and_in_the_reference(checkout: Path) -> None:
    _run(checkout, command=["docs/make_reference.py"])

    assert (
        "folklore" in json.loads(_run(checkout, "schema"))["definitions"]["Therapy"]["properties"]
    )
    assert "| `folklore` | list of text, optional | What is sung of it. |" in (
        checkout / "docs" / "knowledge-file.md"
    ).read_text(encoding="utf-8")
