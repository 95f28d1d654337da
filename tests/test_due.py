"""Age is a report of `--as-of`: without it the verdict on a file is the same on every day."""

import ast
import json
from datetime import date
from pathlib import Path

import pytest

import therapyinfo
from therapyinfo.check import check
from therapyinfo.store.locate import builtin_file

from .checking import PATH, SOUND
from .conftest import Run

HOUSE = Path(therapyinfo.__file__).parent
CHECKING = ["errors.py", "text.py", "schema.py", "records.py", "render/report.py"]
CHECKING += [
    each.relative_to(HOUSE).as_posix()
    for folder in ("yaml_reader", "convert", "layers", "check")
    for each in (HOUSE / folder).glob("*.py")
]


def _due(text: str, day: date) -> list[tuple[int, int, str]]:
    found = check(PATH, PATH, day, lambda _: text.encode()).problems
    assert {each.severity for each in found} <= {"warning"}
    assert {each.rule for each in found} <= {"stale-date"}
    return [(each.line, each.column, each.message.split(" ")[0]) for each in found]


def _with(old: str, new: str) -> tuple[str, int]:
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new), SOUND[: SOUND.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("day", "is_due"),
    [
        (date(2027, 11, 25), False),
        (date(2027, 11, 26), True),
        (date(2026, 11, 25), False),
        (date(2020, 1, 1), False),
        (date(2029, 6, 1), True),
        (date(2028, 2, 29), True),
        (date(1, 1, 1), False),
    ],
)
def test_a_review_is_due_after_twelve_months_and_not_before(day: date, is_due: bool) -> None:
    text = SOUND.replace("as_of: 2026-05", "as_of: 2029-05")

    assert _due(text, day) == ([(2, 11, "2026-11-25")] if is_due else [])


@pytest.mark.parametrize(
    ("dates", "due"),
    [
        ("as_of: 2025-05", "2025-05"),
        ("as_of: 2025-11", ""),
        ("as_of: 2025", ""),
        ("as_of: 2024", "2024"),
        ("as_of: 2025-05\n        checked: 2025-10", "2025-10"),
        ("as_of: 2025-05\n        checked: 2025-12", ""),
        ("as_of: 2030", ""),
    ],
)
def test_the_later_of_two_dates_counts_and_half_a_date_to_its_end(dates: str, due: str) -> None:
    text, _ = _with("as_of: 2026-05", dates)

    assert [told for *_, told in _due(text, date(2026, 11, 25))] == ([due] if due else [])


@pytest.mark.parametrize("arguments", [[], ["--strict"]])
def test_without_a_date_nothing_is_due(
    therapyinfo: Run, tmp_path: Path, arguments: list[str]
) -> None:
    path = tmp_path / "old.yaml"
    path.write_text(SOUND.replace("2026-11-25", "1999-01-01"), encoding="utf-8")

    answer = therapyinfo(["check", *arguments, str(path)])

    assert answer == (0, f"{path}: no errors, no warnings\n", "")


@pytest.mark.slow
def test_the_builtin_file_passes_the_strict_check(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo(["check", "--strict", str(builtin_file())])

    assert (code, out.rpartition(": ")[2]) == (0, "no errors, no warnings\n")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_what_is_due_is_a_report_unless_strict(
    therapyinfo: Run, tmp_path: Path, strict: bool, format: str
) -> None:
    path = tmp_path / "due.yaml"
    path.write_text(SOUND, encoding="utf-8")

    severity = "error" if strict else "warning"
    arguments = ["--as-of", "2029-01-01", *(["--strict"] if strict else []), "-f", format]

    told, out, err = therapyinfo(["check", *arguments, str(path)])

    assert (told, err) == (int(strict), "")
    if format == "json":
        assert {each["severity"] for each in json.loads(out)["problems"]} == {severity}
        assert {each["rule"] for each in json.loads(out)["problems"]} == {"stale-date"}
    elif format == "github":
        assert out.startswith(f"::{severity} file=")
    else:
        assert f":2:11: {severity}[stale-date] reviewed: 2026-11-25 is more than 12 months" in out


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-02-30", "tomorrow", "2026-W48-3", "20261125", "", "2026-11-25\n", "1.1.27"],
)
def test_a_date_that_is_none_is_misuse(therapyinfo: Run, text: str) -> None:
    code, out, err = therapyinfo(["check", "--as-of", text])

    assert (code, out) == (2, "")
    assert "--as-of takes a date that exists" in err
    assert err.count("\n") == 1


def test_an_old_review_of_a_layer_is_due_in_the_layer() -> None:
    texts = {"made": "extends: builtin\nreviewed: 2024-01-02\n", "base": SOUND}

    found = check(
        PATH, Path("base.yaml"), date(2026, 11, 25), lambda path: texts[path.stem].encode()
    )

    assert [(each.path, each.line, each.rule) for each in found.problems] == [
        ("made.yaml", 2, "stale-date")
    ]


@pytest.mark.parametrize("module", CHECKING)
def test_nothing_that_checks_can_read_a_clock(module: str) -> None:
    tree = ast.parse((HOUSE / module).read_text(encoding="utf-8"))
    imported = {
        f"{node.module}.{each.name}" if isinstance(node, ast.ImportFrom) else each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for each in node.names
    }
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert not {each for each in imported if each.split(".")[0] == "time"}
    assert {each for each in imported if each.startswith("datetime")} <= {"datetime.date"}
    assert not called & {"today", "now", "utcnow", "time_ns"}
