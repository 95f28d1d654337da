"""`check` of several files, of stdin, of THERAPYINFO_DATA; and data that cannot forge its lines."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from therapyinfo.errors import Problem, UsageError
from therapyinfo.store.locate import builtin_file

from .checking import SOUND, changed
from .conftest import Run

BROKEN = changed("n: 94", "n: many")
WARNED = changed("About 2 months", "About 2.5 months")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with a sound, a broken and a warned file."""
    for name, text in (("sound", SOUND), ("broken", BROKEN), ("warned", WARNED)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "over.yaml").write_text("extends: broken.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "code", "last"),
    [
        ("sound", 0, "sound.yaml: no errors, no warnings"),
        ("sound warned", 0, "2 files: no errors, 1 warning"),
        ("warned broken sound", 1, "3 files: 1 error, 1 warning"),
        ("broken over", 1, "2 files: 1 error, no warnings"),
        ("sound sound", 0, "sound.yaml: no errors, no warnings"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_several_files_are_one_report(therapyinfo: Run, files: str, code: int, last: str) -> None:
    answer = therapyinfo(["check", *(f"{name}.yaml" for name in files.split())])

    assert (answer[0], answer[2]) == (code, "")
    assert answer[1].splitlines()[-1] == last


@pytest.mark.usefixtures("folder")
def test_problems_of_several_files_are_sorted_by_place(therapyinfo: Run) -> None:
    _, out, _ = therapyinfo("check warned.yaml broken.yaml -f json")

    data = json.loads(out)
    assert data["files"] == ["warned.yaml", "broken.yaml"]
    assert [each["path"] for each in data["problems"]] == ["broken.yaml", "warned.yaml"]
    assert (data["errors"], data["warnings"], data["stopped"]) == (1, 1, False)


@pytest.mark.usefixtures("folder")
def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(
    therapyinfo: Run,
) -> None:
    code, out, err = therapyinfo("check none.yaml broken.yaml")

    assert (code, err) == (3, "")
    assert "none.yaml:1:1: error[unreadable]" in out
    assert "error[bad-number]" in out
    assert therapyinfo("check none.yaml other.yaml")[:2] == (3, "")


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_without_a_file_the_variable_counts(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", "broken.yaml")

    assert therapyinfo("check")[1].splitlines()[-1] == "broken.yaml: 1 error, no warnings"
    assert therapyinfo("check sound.yaml")[0] == 0
    monkeypatch.setenv("THERAPYINFO_DATA", "none.yaml")
    assert therapyinfo("check")[0] == 3
    monkeypatch.setenv("THERAPYINFO_DATA", "")
    assert therapyinfo("check")[1].endswith("therapies.yaml: no errors, no warnings\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("base", "code"), [("sound.yaml", 0), ("../up.yaml", 1)])
def test_what_stdin_builds_on_is_looked_for_from_the_current_folder(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, base: str, code: int
) -> None:
    text = f"extends: {base}\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))

    answer = therapyinfo("check -")

    assert answer[0] == code
    assert ("or a path relative to the current folder" in answer[1]) is bool(code)


def test_a_base_of_a_file_is_looked_for_from_that_file(therapyinfo: Run, folder: Path) -> None:
    (folder / "upper.yaml").write_text("extends: none.yaml\n", encoding="utf-8")

    assert "or a path relative to this file" in therapyinfo("check upper.yaml")[1]


@pytest.mark.slow
def test_a_folder_that_was_deleted_is_no_trouble_for_a_whole_path(
    therapyinfo: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    gone = tmp_path_factory.mktemp("gone")
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        assert therapyinfo(["check", str(folder / "sound.yaml")])[0] == 0
        assert therapyinfo("check")[0] == 0
    finally:
        os.chdir(folder)


FORGED = [
    "\n::error::forged",
    "\r::error::forged",
    "\n::stop-commands::x",
    "x\ny.yaml:1:1: error[z]",
]
COMMANDS = ("::", "y.yaml:1:1")


def _begins_a_command(out: str) -> list[str]:
    """Return the lines that GitHub would obey, beside our own annotations."""
    lines = [each.lstrip() for each in out.replace("\r", "\n").split("\n")]
    others = [each for each in lines if not each.startswith(("::error file=", "::warning file="))]
    return [each for each in others if each.startswith(COMMANDS) or "##[" in each]


@pytest.mark.parametrize("forged", FORGED, ids=ascii)
@pytest.mark.parametrize("format", ["text", "github"])
@pytest.mark.parametrize(
    "change",
    [
        ("        signs: Fever.", "        {}: Fever."),
        ("  car-t:\n    name", "  {}:\n    nam: 1\n    name"),
        ("standing: approved", "standing: {}"),
        ("related: [msc]", "related: [{}]"),
        ("aliases: [CAR-T cell therapy]", "aliases: [{}, MSC therapy]"),
        ("total_time: About 2 months [@label-2024].", "total_time: {}"),
        ('version: "1"', 'version: "1"\nextends: {}'),
    ],
)
def test_data_begins_no_line_of_its_own(
    therapyinfo: Run, folder: Path, forged: str, format: str, change: tuple[str, str]
) -> None:
    quoted = json.dumps(f"x{forged} 5 % [@a\n::error::]")
    path = folder / "forged.yaml"
    old, new = change
    path.write_text(changed(old, new.format(quoted)), encoding="utf-8")

    _, out, _ = therapyinfo(["check", "-f", format, str(path)])
    code, _, err = therapyinfo(["explain", "msc", "--data", str(path)])

    assert code == 3
    assert _begins_a_command(out) == []
    assert _begins_a_command(err) == []


@pytest.mark.parametrize(
    "name",
    ["a\n::error::x.yaml", "::stop-commands::x.yaml", "  ::error::x.yaml", "a\rb.yaml", "##[add-mask]x.yaml"],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize("format", ["text", "github"])
@pytest.mark.parametrize("text", [SOUND, BROKEN], ids=["sound", "broken"])
def test_a_files_name_begins_no_line_of_its_own(
    therapyinfo: Run, folder: Path, name: str, format: str, text: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")

    _, out, _ = therapyinfo(["check", "-f", format, name])
    _, _, err = therapyinfo(["explain", "msc", "--data", name])
    _, _, missing = therapyinfo(["check", f"{name}2"])

    assert [_begins_a_command(each) for each in (out, err, missing)] == [[], [], []]
    assert out.count("\n") == (1 if text is SOUND else 2)
    assert missing.count("\n") == 1


@pytest.mark.parametrize("told", ["a\nb", "a\r\nb", "a\n::error::b"])
def test_every_error_is_told_on_one_line(told: str) -> None:
    problem = Problem(told, 1, 1, "error", "rule", told, told)

    assert "\n" not in str(problem) + str(UsageError(told))
    assert "\r" not in str(problem) + str(UsageError(told))


@pytest.mark.slow
def test_the_builtin_file_is_named_as_before(therapyinfo: Run) -> None:
    out = therapyinfo(["check", str(builtin_file())])[1]

    assert out == f"{builtin_file()}: no errors, no warnings\n"
