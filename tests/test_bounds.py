"""What is refused is refused early: bounds on values, on errors, on memory, and what may be a base."""

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from therapyinfo import check, errors, yaml_reader
from therapyinfo.check import Report, joined
from therapyinfo.errors import MOST_ERRORS, DataError, Problem, Problems
from therapyinfo.layers import load

from .checking import PATH, SOUND, changed, report
from .conftest import Run

MEGABYTE = 1_000_000


def _many(count: int, rule: str = "bad-id", path: str = "x") -> list[Problem]:
    return [Problem(path, each + 1, 1, "error", rule, "", "m") for each in range(count)]


def test_problems_are_kept_once_and_stop_at_their_bound() -> None:
    problems = Problems([*_many(3), *_many(3)])

    assert len(problems) == 3
    with pytest.raises(DataError) as caught:
        problems.extend(_many(5000))
    assert len(problems) == len(caught.value.problems) == MOST_ERRORS
    with pytest.raises(DataError):
        problems.append(_many(9999)[-1])
    assert len(problems) == MOST_ERRORS
    assert str(caught.value).endswith("\nstopped after 1,000 errors, there may be more")


def test_fewer_errors_than_the_bound_are_told_without_a_word_of_it() -> None:
    assert "stopped" not in str(DataError(_many(MOST_ERRORS - 1)))


MASSES = {
    "keys twice": "a: 1\n" * 3000,
    "unknown keys": "".join(f"k{each}: 1\n" for each in range(3000)),
    "unknown keys of a record": changed(
        "        signs: Fever.", "\n".join(f"        k{each}: 1" for each in range(3000))
    ),
    "anchors": f"a: [{'&a 1,' * 3000}]\n",
    "tags": f"a: [{'!a 1,' * 3000}]\n",
    "unsafe characters": "a: [" + '"\\e",' * 3000 + "]\n",
    "unknown sources": changed(
        'questions: ["Which product would I get?"]',
        "not_known:\n" + "\n".join(f"      - x [@n{each}]" for each in range(3000)),
    ).replace("    not_known:\n      - How long it lasts [@elara-2022].\n", ""),
    "claims without a source": changed(
        "      - How long it lasts [@elara-2022].",
        "\n".join(f"      - How long {each}." for each in range(3000)),
    ),
}


@pytest.mark.parametrize("name", MASSES)
def test_a_mass_of_errors_is_stopped(name: str, therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "mass.yaml"
    path.write_text(MASSES[name], encoding="utf-8")

    code, out, _ = therapyinfo(["check", str(path)])
    _, github, _ = therapyinfo(["check", "-f", "github", str(path)])
    _, data, _ = therapyinfo(["check", "-f", "json", str(path)])

    end = "; stopped after 1,000 errors, there may be more\n"
    assert code == 1
    assert out.endswith(end)
    assert out.count("\n") == MOST_ERRORS + 1
    assert github.endswith(end)
    assert json.loads(data)["stopped"] is True
    assert json.loads(data)["errors"] == MOST_ERRORS


def test_no_mass_of_warnings_hides_an_error(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "mass.yaml"
    lines = "\n".join(f"      - How {each}.5 it is [@elara-2022]." for each in range(3000))
    text = changed("      - How long it lasts [@elara-2022].", lines)
    path.write_text(text.replace("title: Collection", "title: A [@label-2024]"), encoding="utf-8")

    code, out, _ = therapyinfo(["check", str(path)])
    strict, told, _ = therapyinfo(["check", "--strict", str(path)])

    assert (code, strict) == (1, 1)
    assert "error[citation-in-label]" in out
    assert "error[citation-in-label]" in told
    assert out.endswith(
        "1 error, 1,000 warnings; stopped after 1,000 warnings, there may be more\n"
    )
    assert told.count("\n") == MOST_ERRORS + 1


def test_enough_errors_end_the_search_through_several_files() -> None:
    read: list[str] = []

    def reports() -> Iterator[Report]:
        for name in "abc":
            read.append(name)
            yield Report((name,), tuple(_many(600, path=name)), (name,))

    found = joined(reports())

    assert read == ["a", "b"]
    assert found.count("error") == MOST_ERRORS
    assert list(found.problems) == sorted(found.problems)


@pytest.mark.parametrize(
    "text",
    ["a: [" + "[]," * 100 + "]", "- \n" * 100, "".join(f"k{each}: 1\n" for each in range(60)), "a: {" + "".join(f"{each}: ," for each in range(60)) + "}"],
    ids=["lists", "lines", "keys", "flow keys"],
)  # fmt: skip
def test_more_values_than_a_file_may_have_are_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 99)

    found = report(text).problems[-1]

    assert found.rule == "file-too-big"
    assert "99 values" in found.message
    with pytest.raises(DataError):
        load(PATH, PATH, lambda _: text.encode())


def test_as_many_values_as_a_file_may_have_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    root = load(PATH, PATH, lambda _: SOUND.encode()).knowledge
    reader = yaml_reader._QuickReader(SOUND, yaml_reader.Size())
    reader.root()

    monkeypatch.setattr(yaml_reader, "MAX_NODES", reader.size.nodes)
    assert load(PATH, PATH, lambda _: SOUND.encode()).knowledge == root
    assert report(SOUND).problems == ()
    monkeypatch.setattr(yaml_reader, "MAX_NODES", reader.size.nodes - 1)
    assert [each.rule for each in report(SOUND).problems] == ["file-too-big"]
    with pytest.raises(DataError):
        load(PATH, PATH, lambda _: SOUND.encode())


@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_large_file_is_refused_within_600_megabytes(tmp_path: Path, command: str) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(f"a: [{'[],' * 2_000_000}]", encoding="utf-8")
    arguments = (
        ["check", str(path)] if command == "check" else ["explain", "x", "--data", str(path)]
    )

    ran = subprocess.run(
        [sys.executable, "-m", "therapyinfo", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "THERAPYINFO_CACHE": ""},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (600 * MEGABYTE,) * 2),
    )

    assert ran.returncode == (1 if command == "check" else 3)
    assert b"error[file-too-big]" in ran.stdout + ran.stderr


def test_too_little_memory_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_bytes(_: Path) -> bytes:
        raise MemoryError

    found = check.check(PATH, PATH, None, read_bytes).problems

    assert [(each.rule, each.severity) for each in found] == [("file-too-big", "error")]
    assert "not enough memory" in found[0].message


@pytest.fixture
def specials(tmp_path: Path) -> dict[str, Path]:
    """Return files that are no regular ones, by their kind."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    link = tmp_path / "link.yaml"
    link.symlink_to("/dev/zero")
    return {"a pipe": pipe, "a device": Path("/dev/zero"), "a link to a device": link}


@pytest.mark.parametrize("kind", ["a pipe", "a device", "a link to a device"])
def test_a_base_that_is_no_regular_file_is_told_at_its_line(
    therapyinfo: Run, tmp_path: Path, specials: dict[str, Path], kind: str
) -> None:
    upper = tmp_path / "upper.yaml"
    upper.write_text(f"reviewed: 2026-01-01\nextends: {specials[kind]}\n", encoding="utf-8")

    checked = therapyinfo(["check", str(upper)])
    explained = therapyinfo(["explain", "msc", "--data", str(upper)])

    assert (checked[0], explained[0]) == (1, 3)
    for text in (checked[1], explained[2]):
        assert f"{upper}:2:10: error[missing-base] extends: cannot read" in text
        assert "(it is not a regular file)" in text


def test_a_link_to_a_regular_base_is_read(therapyinfo: Run, tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    upper = tmp_path / "upper.yaml"
    upper.write_text("extends: link.yaml\n", encoding="utf-8")

    assert stat.S_ISLNK((tmp_path / "link.yaml").lstat().st_mode)
    assert therapyinfo(["check", str(upper)])[0] == 0


@pytest.mark.parametrize("version", ["[a]", "{a: b}", "null", "[&]"])
def test_a_version_that_is_no_text_is_told_where_it_is_alone(version: str) -> None:
    found = report('extends: builtin\nversion: "1"\n', base=SOUND.replace('"1"', version))

    assert "version-change" not in {each.rule for each in found.problems}
    assert max(len(each.message) for each in found.problems) < 300


def test_a_long_key_is_shown_by_its_beginning_in_the_way_to_an_error() -> None:
    text = f"extends: builtin\ntherapies:\n  ? {'k' * 5000}\n  : {{name: 1, nam: 2}}\n"

    found = [each for each in report(text, base=SOUND).problems if each.rule == "unknown-key"]

    assert found
    assert all(len(each.where) < 200 for each in found)


def test_the_bound_is_told_as_documented() -> None:
    assert f"{errors.MOST_ERRORS:,} errors" in (
        Path(__file__).parents[1] / "docs" / "checks.md"
    ).read_text(encoding="utf-8")
