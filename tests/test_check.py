"""`check`: what it prints, when it fails, and that its content rules hit slips and nothing else."""

import io
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from therapyinfo.cli.options import builtin_file
from therapyinfo.linting import RULES, check
from therapyinfo.reading import READING_RULES

from .checking import PATH, SOUND, TODAY, changed, faults, report
from .conftest import Run

TOTAL = "total_time: About 2 months [@label-2024]."
HOW_OFTEN = "how_often: 12 in 100 people [@elara-2022]."

WARNINGS = {
    "a sentence of 26 words": (
        TOTAL,
        f"total_time: Short. ▸{'Very ' * 25}long [@label-2024].",
        "long-sentence",
    ),
    "an abbreviation": (TOTAL, "total_time: At a ▸GMP site [@label-2024].", "unknown-abbreviation"),
    "an abbreviation in a title": (
        "title: Collection",
        "title: The ▸GMP site",
        "unknown-abbreviation",
    ),
    "eight questions": (
        '    questions: ["Which product would I get?"]',
        f"    ▸questions: [{', '.join('abcdefgh')}]",
        "long-list",
    ),
    "a number with decimals": (TOTAL, "total_time: ▸2.5 months [@label-2024].", "decimal"),
    "a percentage": (TOTAL, "total_time: ▸90% wait 2 months [@label-2024].", "percent-sign"),
    "per cent": (TOTAL, "total_time: 90 ▸per cent wait [@label-2024].", "percent-sign"),
    "a range with a hyphen": (TOTAL, "total_time: ▸2-3 months [@label-2024].", "hyphen-range"),
    "a range with a dash": (TOTAL, "total_time: ▸2–3 months [@label-2024].", "hyphen-range"),
    "a citation without its sign": (
        TOTAL,
        "total_time: 2 months ▸[label-2024] [@label-2024].",
        "stray-bracket",
    ),
    "a frequency word alone": (
        HOW_OFTEN,
        "how_often: It is ▸rare [@elara-2022].",
        "frequency-word",
    ),
    "an old review": ("reviewed: 2026-11-25", "reviewed: ▸2025-11-24", "stale-date"),
    "an old check": (
        "as_of: 2026-05",
        "as_of: 2025-05\n        checked: ▸2025-10",
        "stale-date",
    ),
}

GOOD = [
    f"{'Word ' * 24}word.",
    "An infusion takes 2 to 3 days, or 2.5 mg, 38.5 °C, 1.5 million cells, $2.5 million, 3.5 km.",
    "Pain fell 2.1 points with it and 1.8 with salt water.",
    "Prices were 3.7 to 7.7 million yen.",
    "The trials ELARA and ZUMA-7 aimed at CD19, PD-1 and HLA-A2; T cells, US, FDA and stage IV.",
    "Deaths halved, from 20 in 100 people to 10 in 100.",
    "It doubled the risk: 2 of 100 people instead of 1 of 100.",
    "A double-blind trial used two-fold tubes at 12 in 100 sites.",
    "It comes on days 2 to 3, and the COVID-19 test on day 5.",
    "Half of them waited.",
]


def _marked(text: str) -> tuple[str, int, int]:
    before, _, after = text.partition("▸")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("name", WARNINGS)
def test_a_slip_is_a_warning_at_its_place(name: str) -> None:
    old, new, rule = WARNINGS[name]
    text, line, column = _marked(changed(old, new))

    found = [
        (each.line, each.column, each.rule)
        for each in report(text).problems
        if each.rule != "empty-section"
    ]

    assert found == [(line, column, rule)]


@pytest.mark.parametrize("sentence", GOOD)
def test_good_text_is_no_slip(sentence: str) -> None:
    text = changed(TOTAL, f"total_time: >-\n      {sentence} [@label-2024]")

    assert {each.rule for each in report(text).problems} == {"empty-section"}


def test_a_recommended_section_that_is_empty_is_a_warning_at_its_therapy() -> None:
    line = SOUND[: SOUND.index("  msc:\n    name")].count("\n") + 1

    found = [each for each in report(SOUND).problems if each.rule == "empty-section"]

    assert (line, 3, "therapies.msc") in [(each.line, each.column, each.where) for each in found]
    assert "summary, mechanism" in found[-1].message or "summary, mechanism" in found[-2].message


def test_a_date_is_old_after_twelve_months_and_not_before() -> None:
    text = SOUND.replace("as_of: 2026-05", "as_of: 2025-11")

    assert "stale-date" not in {each.rule for each in report(text).problems}


def test_seven_risks_of_one_seriousness_are_fine_and_eight_are_not() -> None:
    risk = "\n      - {name: R, seriousness: mild, what: 'It hurts [@label-2024].'}"

    rules = [
        {each.rule for each in report(SOUND.rstrip() + risk * count + "\n").problems}
        for count in (6, 7)
    ]

    assert ["long-list" in each for each in rules] == [False, True]


def test_every_rule_has_an_id_of_its_own_and_says_what_it_finds() -> None:
    assert not set(RULES) & set(READING_RULES)
    assert all(rule.id == id and rule.says.endswith(".") for id, rule in RULES.items())


def test_the_builtin_file_has_no_fault_and_no_warning() -> None:
    found = check(builtin_file(), builtin_file(), TODAY)

    assert list(map(str, found.problems)) == []


def test_a_sound_file_passes_and_the_count_says_so(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_text(SOUND, encoding="utf-8")

    code, out, err = therapyinfo(["check", str(path)])

    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith(f"{path}: no faults, ")


def test_a_fault_is_printed_as_editors_read_it(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(changed("standing: approved", "standing: aproved"), encoding="utf-8")

    code, out, err = therapyinfo(["check", str(path)])

    line = changed("standing: approved", "▸")
    place = f"{path}:{line[: line.index('▸')].count(chr(10)) + 1}:19"
    assert (code, err) == (1, "")
    assert f"{place}: error[bad-choice] therapies.car-t.uses[0].standing: 'aproved' is not" in out
    assert out.splitlines()[-1].startswith(f"{path}: 1 fault, ")


def test_warnings_alone_pass_unless_strict(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_text(SOUND, encoding="utf-8")

    relaxed = therapyinfo(["check", str(path)])
    strict = therapyinfo(["check", "--strict", str(path)])

    assert (relaxed[0], strict[0]) == (0, 1)
    assert "warning[empty-section]" in relaxed[1]
    assert "error[empty-section]" in strict[1]
    assert strict[1].endswith(", no warnings\n")


def test_json_has_every_problem_and_the_counts(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(changed("n: 94", "n: many"), encoding="utf-8")

    code, out, _ = therapyinfo(["check", "-f", "json", str(path)])

    data = json.loads(out)
    kinds = [each["severity"] for each in data["problems"]]
    assert (code, data["schema_version"], data["command"]) == (1, 1, "check")
    assert data["files"] == [str(path)]
    assert (data["errors"], data["warnings"]) == (1, kinds.count("warning"))
    assert list(data["problems"][0]) == "path line column severity rule where message".split()


def test_github_annotations_cannot_be_broken_by_the_data(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "a,b:c.yaml"
    key = '"x%\\n::error::y"'
    path.write_text(changed("        signs: Fever.", f"        {key}: 1"), encoding="utf-8")

    code, out, _ = therapyinfo(["check", "-f", "github", str(path)])

    annotation = next(line for line in out.splitlines() if "unknown-key" in line)
    assert code == 1
    assert annotation.startswith("::error file=")
    assert "a%2Cb%3Ac.yaml,line=" in annotation
    assert ",col=9,title=unknown-key::" in annotation
    assert annotation.count("::error") == 2
    assert not [line for line in out.splitlines() if line.startswith("::error::y")]


def test_a_terminal_cannot_be_controlled_by_a_key(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(changed("        signs: Fever.", '        "\\e[31m": 1'), encoding="utf-8")

    code, out, _ = therapyinfo(["check", str(path)])

    assert code == 1
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("content", "code", "last"),
    [
        (SOUND.encode(), 0, "<stdin>: no faults, "),
        (b"a: [", 1, "<stdin>: 1 fault, no warnings"),
        (b"", 1, "<stdin>: 1 fault, no warnings"),
        (b"extends: builtin\n", 0, "<stdin>: no faults, no warnings"),
    ],
)
def test_a_dash_is_standard_input(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, content: bytes, code: int, last: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    answer = therapyinfo("check -")

    assert answer[0] == code
    assert answer[1].splitlines()[-1].startswith(last)


@pytest.mark.parametrize("name", ["none.yaml", ".", "\0"])
def test_a_file_that_cannot_be_read_is_an_error(therapyinfo: Run, name: str) -> None:
    code, out, err = therapyinfo(["check", name])

    assert (code, out) == (3, "")
    assert "error[unreadable] cannot read the knowledge file" in err


COFFEE = """\
title: Two kinds of coffee
brewing:
  espresso: {pressure: 9 bar, time: 25 seconds}
  filter: {pressure: none, time: 4 minutes}
"""

BIRDS = """\
version: 1
reviewed: yesterday
categories:
  song: {label: Song birds, meaning: They sing.}
therapies:
  blackbird:
    name: Blackbird
    category: songs
    wingspan: 35 cm
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            COFFEE,
            [
                "key 'title' is not known here (known: version, reviewed, about, comparison,",
                "key 'brewing' is not known here",
                "key 'therapies' is missing",
                "key 'sources'",
            ][:3],
        ),
        (
            BIRDS,
            [
                "'yesterday': write a whole date that exists, as 2025-06-26",
                "no category is called 'songs' (did you mean 'song'?)",
                "key 'wingspan' is not known here (known: name, full_name,",
                "key 'facts' is missing",
                "key 'comparison' is missing",
            ],
        ),
        ("- espresso\n- filter\n", ["a knowledge file is a mapping, `therapyinfo new -` prints"]),
        ("Coffee.\n", ["a knowledge file is a mapping, `therapyinfo new -` prints"]),
    ],
)
def test_a_file_of_another_field_is_told_what_this_tool_expects(
    text: str, wanted: Sequence[str]
) -> None:
    told = [each.message for each in faults(text)]

    for message in wanted:
        assert [each for each in told if each.startswith(message)], told


def test_the_first_of_march_after_a_leap_day_does_not_break_the_clock() -> None:
    found = check(PATH, PATH, date(2028, 2, 29), lambda _: SOUND.encode())

    assert "stale-date" in {each.rule for each in found.problems}
