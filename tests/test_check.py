"""`check`: what it prints, when it fails, and that its content rules hit slips and nothing else."""

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from therapyinfo.check import RETIRED, RULES, check
from therapyinfo.convert import READING_RULES
from therapyinfo.store.locate import builtin_file

from .checking import SOUND, changed, errors_in, report
from .conftest import Run

TOTAL = "total_time: About 2 months [@label-2024]."

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

    found = [(each.line, each.column, each.rule) for each in report(text).problems]

    assert found == [(line, column, rule)]


@pytest.mark.parametrize("sentence", GOOD)
def test_good_text_is_no_slip(sentence: str) -> None:
    text = changed(TOTAL, f"total_time: >-\n      {sentence} [@label-2024]")

    assert report(text).problems == ()


def test_every_rule_has_an_id_of_its_own_and_says_what_it_finds() -> None:
    assert len({*RULES, *READING_RULES, *RETIRED}) == len(RULES) + len(READING_RULES) + len(RETIRED)
    assert all(rule.id == id and rule.summary.endswith(".") for id, rule in RULES.items())


@pytest.mark.slow
def test_the_builtin_file_has_no_error_and_no_warning() -> None:
    found = check(builtin_file(), builtin_file())

    assert list(map(str, found.problems)) == []


def test_a_sound_file_passes_and_the_count_says_so(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_text(SOUND, encoding="utf-8")

    code, out, err = therapyinfo(["check", str(path)])

    assert (code, err) == (0, "")
    assert out == f"{path}: no errors, no warnings\n"


def test_an_error_is_printed_as_editors_read_it(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(changed("standing: approved", "standing: aproved"), encoding="utf-8")

    code, out, err = therapyinfo(["check", str(path)])

    line = changed("standing: approved", "▸")
    place = f"{path}:{line[: line.index('▸')].count(chr(10)) + 1}:19"
    assert (code, err) == (1, "")
    assert f"{place}: error[bad-choice] therapies.car-t.uses[0].standing: 'aproved' is not" in out
    assert out.splitlines()[-1].startswith(f"{path}: 1 error, ")


def test_warnings_alone_pass_unless_strict(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_text(changed("About 2 months", "About 2.5 months"), encoding="utf-8")

    relaxed = therapyinfo(["check", str(path)])
    strict = therapyinfo(["check", "--strict", str(path)])

    assert (relaxed[0], strict[0]) == (0, 1)
    assert "warning[decimal]" in relaxed[1]
    assert "error[decimal]" in strict[1]
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
        (SOUND.encode(), 0, "<stdin>: no errors, "),
        (b"a: [", 1, "<stdin>: 1 error, no warnings"),
        (b"", 1, "<stdin>: 1 error, no warnings"),
        (b"extends: builtin\n", 0, "<stdin>: no errors, no warnings"),
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
    told = [each.message for each in errors_in(text)]

    for message in wanted:
        assert [each for each in told if each.startswith(message)], told
