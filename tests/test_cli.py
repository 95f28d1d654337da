"""The command line: arguments, options, environment, exit codes, and where the answer goes."""

import io
import json
import os
import re
import sys
from pathlib import Path

import pytest

from therapyinfo import __version__
from therapyinfo.cli import app, interactive, output  # noqa: F401 - it registers the commands
from therapyinfo.cli.registry import COMMANDS, GROUPS

from .conftest import Run
from .small import SMALL
from .warm import warm_cache  # noqa: F401 - a fixture

ANSWERS = [
    ("", "therapyinfo"),
    ("list", "Growth factor therapy"),
    ("explain car-t", "WHO IS IT FOR?"),
    ("explain car-t --brief", "Call at once, for example for:"),
    ("explain car-t --sources", "[1] "),
    ("explain car-t --section side-effects", "WHAT CAN GO WRONG"),
    ("explain car-t --full", "mechanism in detail"),
    ("explain car-t --section risks --section help", "Get help at once"),
    ("walkthrough car-t", "What you do"),
    ("walkthrough car-t --step 3", "step 3 of"),
    ("compare car-t msc", "Mesenchymal stem cells"),
    ("compare car-t nk-nkt msc growth-factor", "Signaling proteins"),
    ("compare car-t msc --on main-harms --on cost", "What else can go wrong?"),
    ("numbers car-t", "no comparison group"),
    ("products", "Kymriah"),
    ("products car-t --region us", "FDA"),
    ("search driving", "driving"),
    ("define", "leukapheresis"),
    ("define leukapheresis", "Say it"),
    ("sources", "https://"),
    ("sources car-t", "https://"),
]
PAGES = [line for line, _ in ANSWERS if line]


MISTAKES = [
    ("explain car-tt", 1, "no therapy is called 'car-tt'. Did you mean car-t"),
    ("explain aspirin", 1, "no therapy is called 'aspirin'. See: therapyinfo list"),
    ("compare car-t mcs", 1, "Did you mean msc"),
    ("walkthrough car-tt", 1, "Did you mean car-t"),
    ("numbers car-tt", 1, "Did you mean car-t"),
    ("products car-tt", 1, "Did you mean car-t"),
    ("sources car-tt", 1, "Did you mean car-t"),
    ("define leukaferesis", 1, "Did you mean leukapheresis"),
    ("explain car-t --section risk", 1, "no section is called 'risk'. Did you mean risks"),
    ("compare car-t msc --on zebra", 1, "no row is called 'zebra'"),
    ("products --region Atlantis", 1, "no region is called 'Atlantis'"),
    ("walkthrough car-t --step 99", 1, "no step is called '99'. See: steps 1 to 8"),
    ("walkthrough car-t --step 0", 1, "no step is called '0'"),
    ("search zzzzqqqq", 1, "zzzzqqqq"),
    ("explain", 2, "Missing argument 'THERAPY'"),
    ("compare", 2, "Missing argument"),
    ("compare car-t", 2, "two different therapies"),
    ("compare car-t CAR-T", 2, "two different therapies"),
    ("explain car-t --brief --full", 2, "choose one of"),
    ("explain car-t --full --section risks", 2, "choose one of"),
    ("explain car-t --xyz", 2, "No such option: --xyz. See: therapyinfo explain"),
    ("explain car-t -f pdf", 2, "'pdf' is not one of"),
    ("explain car-t -f csv", 2, "'csv' is not one of"),
    ("explain car-t --width 19", 2, "19 is not in the range"),
    ("explain car-t --width 1001", 2, "1001 is not in the range"),
    ("explain car-t --width wide", 2, "'wide' is not a valid int"),
    ("explain car-t --color purple", 2, "'purple' is not one of"),
    ("walkthrough car-t --step one", 2, "'one' is not a valid int"),
    ("walkthrough car-t -i", 2, "therapyinfo walkthrough car-t --step N"),
    ("car-tt", 2, "To read about a therapy: therapyinfo explain car-t"),
    ("explian car-t", 2, "No such command 'explian'"),
    ("--xyz", 2, "No such option: --xyz"),
    ("help nonsense", 2, "No such command 'nonsense'"),
]
"""Command lines that have no answer, the exit code of each, and what it is told."""

ESCAPES = re.compile(r"\x1b(?:\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)")
"""The escapes of a drawn page: colour and weight, and links."""

pytestmark = pytest.mark.usefixtures("warm_cache")


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make stdout a terminal, and nothing else."""
    monkeypatch.setattr(output, "_is_terminal", lambda stream: stream is sys.stdout)


@pytest.mark.parametrize(("line", "told"), ANSWERS)
def test_a_question_is_answered(therapyinfo: Run, line: str, told: str) -> None:
    code, out, err = therapyinfo(line)

    assert (code, err) == (0, "")
    assert told.casefold() in out.casefold()
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "line", ["explain CAR T", 'explain "car-t cell therapy"', "explain cart", "explain Car‑T"]
)
def test_a_therapy_can_be_named_in_any_spelling(therapyinfo: Run, line: str) -> None:
    assert therapyinfo(line) == therapyinfo("explain car-t")


@pytest.mark.parametrize(("line", "code", "told"), MISTAKES)
def test_what_cannot_be_answered_is_told_on_stderr_with_its_exit_code(
    therapyinfo: Run, line: str, code: int, told: str
) -> None:
    found, out, err = therapyinfo(line)

    assert (found, out) == (code, "")
    assert err.startswith("therapyinfo: ")
    assert told in err
    assert err.count("\n") <= 2


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [row for row in MISTAKES if " -f " not in row[0] and row[0].split()[0] in COMMANDS],
)
def test_what_cannot_be_answered_is_told_as_json_on_stdout_with_the_same_code(
    therapyinfo: Run, line: str, code: int, told: str
) -> None:
    found, out, err = therapyinfo(f"{line} -f json")
    error = json.loads(out)["error"]

    assert (found, err) == (code, "")
    assert error.keys() == {"code", "message", "suggestions"}
    assert told in error["message"]
    assert error["code"] == "usage" if code == 2 else error["code"] != "usage"


def test_json_errors_carry_stable_codes_and_the_near_names(therapyinfo: Run) -> None:
    codes = {
        line: json.loads(therapyinfo(f"{line} --format=json")[1])["error"]
        for line in ("explain car-tt", "define leukaferesis", "explain car-t --section risk")
    }

    assert [error["code"] for error in codes.values()] == [
        "unknown_therapy",
        "unknown_term",
        "unknown_section",
    ]
    assert codes["explain car-tt"]["suggestions"][0] == "car-t"
    assert codes["define leukaferesis"]["suggestions"][0] == "leukapheresis"


# help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_one_page_however_it_is_asked_for(therapyinfo: Run, name: str) -> None:
    code, out, err = therapyinfo(f"{name} --help")

    assert (code, err) == (0, "")
    assert therapyinfo(f"{name} -h") == (code, out, err)
    assert therapyinfo(f"help {name}") == (code, out, err)
    assert COMMANDS[name].summary in " ".join(out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_examples_near_its_top(therapyinfo: Run, name: str) -> None:
    _, out, _ = therapyinfo(f"{name} --help")
    top = "\n".join(out.split("\n")[:16])

    assert all(example.startswith(f"therapyinfo {name}") for example in COMMANDS[name].examples)
    assert COMMANDS[name].examples[0] in top


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if each.prints_page])
def test_help_names_every_option_that_pages_share(therapyinfo: Run, name: str) -> None:
    _, out, _ = therapyinfo(f"{name} --help")

    for option in ("--format", "--output", "--data", "--width", "--color", "--no-pager"):
        assert option in out


@pytest.mark.parametrize("line", ["--help", "-h", "help"])
def test_the_programs_help_lists_every_command_by_what_it_is_for(
    therapyinfo: Run, line: str
) -> None:
    code, out, err = therapyinfo(line)

    assert (code, err) == (0, "")
    for command in COMMANDS.values():
        assert command.name in out
        assert command.summary.split(":")[0] in " ".join(out.split())
    places = [out.casefold().index(f"\n{group}\n".casefold()) for group in GROUPS]
    assert places == sorted(places)


def test_every_example_in_the_help_runs(
    therapyinfo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("old.yaml", "new.yaml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    examples = [
        example
        for command in COMMANDS.values()
        if command.group != "Write"
        for example in command.examples
        if not example.endswith(" -i")
    ]

    for example in examples:
        code, _, err = therapyinfo(example.removeprefix("therapyinfo "))

        assert (example, code, err) == (example, 0, "")


@pytest.mark.parametrize("width", [20, 40, 80])
def test_help_keeps_to_the_width(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = [line for name in COMMANDS for line in therapyinfo(f"{name} -h")[1].split("\n")]

    assert [line for line in lines if len(line) > width] == []


def test_the_version_comes_with_the_age_of_the_knowledge(therapyinfo: Run) -> None:
    code, out, _ = therapyinfo("--version")

    assert code == 0
    assert out.split("\n")[0] == f"therapyinfo {__version__}"
    assert out.split("\n")[1].startswith("Knowledge last checked 20")


# options


def test_options_may_follow_or_lead_the_arguments(therapyinfo: Run) -> None:
    after = therapyinfo("explain car-t --brief --width 40")

    assert therapyinfo("explain --brief --width 40 car-t") == after
    assert therapyinfo("explain --width=40 car-t --brief") == after


def test_two_dashes_end_the_options(therapyinfo: Run) -> None:
    assert therapyinfo("explain --brief -- car-t") == therapyinfo("explain car-t --brief")
    assert therapyinfo("explain -- --brief")[0] == 1
    assert "no therapy is called '--brief'" in therapyinfo("explain -- --brief")[2]


@pytest.mark.parametrize("width", [20, 33, 80, 1000])
def test_the_width_is_kept(therapyinfo: Run, width: int) -> None:
    _, out, _ = therapyinfo(f"explain car-t --brief --width {width}")

    assert max(map(len, out.split("\n"))) <= min(width, 100)


@pytest.mark.parametrize(
    ("columns", "width"),
    [("40", 40), ("5", 20), ("0", 80), ("", 80), ("wide", 80), ("-1", 80), ("¾", 80)],
)
def test_the_width_is_columns_if_that_is_a_number(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    expected = therapyinfo(f"explain car-t --width {width}")
    monkeypatch.setenv("COLUMNS", columns)

    assert therapyinfo("explain car-t") == expected


def test_the_option_for_the_width_beats_columns(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = therapyinfo("explain car-t --width 60")
    monkeypatch.setenv("COLUMNS", "30")

    assert therapyinfo("explain car-t --width 60") == expected


# formats


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "compare car-t msc",
        "products",
        "products car-t",
        "numbers",
        "numbers car-t",
        "sources",
        "sources car-t",
        "define",
        "define CRS",
        "search driving",
    ],
)
def test_a_table_can_be_csv(therapyinfo: Run, line: str) -> None:
    code, out, err = therapyinfo(f"{line} -f csv")

    assert (code, err) == (0, "")
    assert out.count(",") > 5
    assert "[@" not in out


@pytest.mark.parametrize("line", ["explain car-t", "walkthrough car-t"])
def test_a_page_without_a_table_cannot_be_csv(therapyinfo: Run, tmp_path: Path, line: str) -> None:
    file = tmp_path / "page.csv"

    assert therapyinfo(f"{line} -f csv")[0] == 2
    assert therapyinfo(f"{line} -o {file}")[0] == 2
    assert not file.exists()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_runs_as_a_formula(therapyinfo: Run, tmp_path: Path, start: str) -> None:
    file = tmp_path / "formula.yaml"
    formula = f"{start}HYPERLINK(1)"
    file.write_text(SMALL.replace("cell_type: Engineered T cells", f"cell_type: '{formula}'"))
    _, out, _ = therapyinfo(f"compare car-t msc --data {file} -f csv")

    assert f",'{formula}," in out


def test_a_list_in_a_pipe_is_a_record_a_line(therapyinfo: Run) -> None:
    _, out, _ = therapyinfo("list")
    records = [line.split("\t") for line in out.splitlines()]

    assert records[0] == [
        "car-t",
        "CAR-T therapy",
        "Cells changed in a laboratory",
        "Targets specific markers on diseased cells",
    ]
    assert {len(record) for record in records} == {4}
    assert "\t" not in therapyinfo("list -f plain")[1]


# where the answer goes


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("page.html", "<!doctype html>"),
        ("page.HTM", "<!doctype html>"),
        ("page.md", "# CAR-T therapy"),
        ("page.json", "{"),
        ("page.txt", "CAR-T THERAPY"),
        ("page", "CAR-T THERAPY"),
    ],
)
def test_a_files_name_says_its_format(
    therapyinfo: Run, tmp_path: Path, name: str, start: str
) -> None:
    file = tmp_path / name
    code, out, err = therapyinfo(f"explain car-t -o {file}")

    assert (code, out, err) == (0, "", "")
    assert file.read_text(encoding="utf-8").casefold().startswith(start.casefold())


def test_the_format_asked_for_beats_the_files_name(therapyinfo: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    therapyinfo(f"explain car-t -f json -o {file}")

    assert json.loads(file.read_text(encoding="utf-8"))["command"] == "explain"


def test_a_file_is_replaced_whole_and_nothing_else_is_left(
    therapyinfo: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / "page.txt"
    file.write_text("old " * 100_000)
    therapyinfo(f"explain car-t --brief -o {file}")

    assert file.read_text(encoding="utf-8") == therapyinfo("explain car-t --brief")[1]
    assert os.listdir(folder) == ["page.txt"]


def test_a_link_stays_a_link_to_what_is_written(therapyinfo: Run, tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(real)
    therapyinfo(f"explain car-t --brief -o {link}")

    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("CAR-T THERAPY")


@pytest.mark.parametrize("line", ["explain car-tt", "explain car-t --section nope"])
def test_a_question_without_an_answer_leaves_the_file_as_it_was(
    therapyinfo: Run, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "page.txt"
    file.write_text("old")

    assert therapyinfo(f"{line} -o {file}")[0] == 1
    assert file.read_text() == "old"


@pytest.mark.parametrize("place", ["missing/page.txt", "file/page.txt"])
def test_a_place_that_cannot_be_written_is_told(
    therapyinfo: Run, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("a file")
    code, out, err = therapyinfo(f"explain car-t -o {tmp_path / place}")

    assert (code, out) == (1, "")
    assert err.startswith("therapyinfo: cannot write ")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_dash_is_stdout(therapyinfo: Run) -> None:
    assert therapyinfo("explain car-t -o -") == therapyinfo("explain car-t")


def test_a_file_is_utf_8_whatever_the_locale(
    therapyinfo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    file = tmp_path / "page.txt"
    therapyinfo(f"explain car-t --section help -o {file}")

    assert "°C" in file.read_text(encoding="utf-8")
    assert therapyinfo("explain car-t --section help")[1].isascii()


# colour, and who asks for it


@pytest.mark.parametrize(
    ("option", "environment", "terminal", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "xterm-256color"}, True, True),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "0"}, True, True),
        ("auto", {"NO_COLOR": "No"}, True, True),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "true"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": "false"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "", "FORCE_COLOR": "1"}, False, True),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("always", {"FORCE_COLOR": "0"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("never", {}, True, False),
    ],
)
def test_colour_is_the_options_then_the_environments_then_the_terminals(
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    environment: dict[str, str],
    terminal: bool,
    wanted: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert output.wants_color(option, terminal) is wanted


def test_a_terminal_gets_the_drawn_page_and_a_pipe_the_plain_one(
    therapyinfo: Run, request: pytest.FixtureRequest
) -> None:
    in_pipe = therapyinfo("walkthrough car-t")[1]
    asked_for = therapyinfo("walkthrough car-t -f plain")[1]
    request.getfixturevalue("on_terminal")
    on_terminal = therapyinfo("walkthrough car-t")[1]

    assert in_pipe == asked_for
    assert "\x1b[" in on_terminal
    assert "\nNext: " not in in_pipe
    assert "Next: " in on_terminal


@pytest.mark.usefixtures("on_terminal")
@pytest.mark.parametrize(("name", "value"), [("ACCESSIBLE", "1"), ("TERM", "dumb")])
def test_a_terminal_can_ask_for_plain_text(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert therapyinfo("explain car-t")[1].startswith("CAR-T THERAPY")
    assert "┃" in therapyinfo("explain car-t -f terminal")[1]


@pytest.mark.usefixtures("on_terminal")
@pytest.mark.parametrize("value", ["", "0", "false", "no", "off", "OFF", " 0 "])
def test_a_wish_that_is_off_is_none(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ACCESSIBLE", value)
    monkeypatch.setenv("NO_COLOR", value)

    assert "\x1b[" in therapyinfo("explain car-t")[1]


@pytest.mark.usefixtures("on_terminal")
def test_no_color_keeps_the_drawing_and_drops_every_escape(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = therapyinfo("explain car-t")

    assert "\x1b" not in out
    assert "┃" in out


@pytest.mark.slow
@pytest.mark.parametrize("line", ["list", "explain car-t", "products", "compare car-t msc"])
@pytest.mark.parametrize("accessible", ["", "1"])
def test_forced_colour_changes_colour_alone(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str, accessible: str
) -> None:
    in_pipe = therapyinfo(line)
    drawn = therapyinfo(f"{line} -f terminal")[1]
    monkeypatch.setenv("ACCESSIBLE", accessible)
    by_option = therapyinfo(f"{line} --color always")
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = therapyinfo(f"{line} -f terminal")[1]

    assert therapyinfo(line) == by_option == in_pipe
    assert "\x1b" in coloured
    assert ESCAPES.sub("", coloured).split() == drawn.split()
    assert "\x1b" not in therapyinfo(f"{line} -f terminal --color never")[1]
    assert "\x1b" not in therapyinfo(f"{line} -f json")[1]


@pytest.mark.parametrize(
    ("environment", "encoding"),
    [
        ({}, "cp1252"),
        ({"LC_ALL": "C"}, "ascii"),
        ({"LANG": "POSIX"}, "ascii"),
        ({"LC_ALL": "C.UTF-8"}, "cp1252"),
        ({"LC_ALL": "", "LC_CTYPE": "C"}, "ascii"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "C"}, "cp1252"),
        ({"LC_ALL": "C", "PYTHONIOENCODING": "cp1252"}, "cp1252"),
        ({"LC_ALL": "C", "PYTHONUTF8": "1"}, "cp1252"),
    ],
)
def test_text_is_spelt_for_what_the_stream_and_the_locale_can_carry(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], encoding: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")

    assert output.encoding_of(stream) == encoding


# which knowledge


def test_the_knowledge_is_the_options_then_the_environments(
    therapyinfo: Run, small_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_in = therapyinfo("list")
    with_option = therapyinfo(f"list --data {small_file}")
    monkeypatch.setenv("THERAPYINFO_DATA", str(small_file))

    assert with_option[1].count("\n") == 2
    assert therapyinfo("list") == with_option
    monkeypatch.setenv("THERAPYINFO_DATA", "/missing.yaml")
    assert therapyinfo("list")[0] == 3
    assert therapyinfo(f"list --data {small_file}") == with_option
    monkeypatch.setenv("THERAPYINFO_DATA", "")
    assert therapyinfo("list") == built_in


@pytest.mark.parametrize("line", PAGES)
def test_a_missing_file_is_told_by_every_command(
    therapyinfo: Run, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "missing.yaml"
    code, out, err = therapyinfo(f"{line} --data {file}")

    assert (code, out) == (3, "")
    assert err == (
        f"{file}:1:1: error[unreadable] cannot read the knowledge file: No such file or directory\n"
    )


def test_a_folder_is_no_knowledge_file(therapyinfo: Run, tmp_path: Path) -> None:
    code, out, err = therapyinfo(f"list --data {tmp_path}")

    assert (code, out) == (3, "")
    assert "Is a directory" in err


BROKEN = (
    SMALL.replace("kind: trial", "kind: rumour", 1)
    .replace("reviewed: 2026-11-25", "reviewed: soon")
    .replace("    category: changed-cells\n    summary", "    colour: red\n    summary")
)


def test_a_broken_file_is_told_with_every_error_at_its_place(
    therapyinfo: Run, tmp_path: Path
) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    code, out, err = therapyinfo(f"list --data {file}")
    places = [line.removeprefix(f"{file}:").split(":")[0] for line in err.splitlines()]
    lines = BROKEN.split("\n")

    assert (code, out) == (3, "")
    assert places == sorted(places, key=int)
    assert any("soon" in lines[int(place) - 1] for place in places)
    assert any("rumour" in lines[int(place) - 1] for place in places)
    assert any("colour" in lines[int(place) - 1] for place in places)
    assert all(line.startswith(f"{file}:") and " error[" in line for line in err.splitlines())


def test_the_errors_of_a_broken_file_are_json_too(therapyinfo: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    code, out, err = therapyinfo(f"list --data {file} -f json")
    error = json.loads(out)["error"]

    assert (code, err, error["code"]) == (3, "", "invalid_data")
    assert len(error["problems"]) >= 3
    assert error["problems"][0].keys() == {
        "path",
        "line",
        "column",
        "severity",
        "rule",
        "where",
        "message",
    }


# completion


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("therapyinfo expl", ["explain"]),
        ("therapyinfo explain car-", ["car-nk", "car-t"]),
        ("therapyinfo explain car-t --section ris", ["risks"]),
        ("therapyinfo compare car-t msc --on main-h", ["main-harms"]),
        ("therapyinfo products --region u", ["uk", "us"]),
        ("therapyinfo define leukaph", ["leukapheresis"]),
        ("therapyinfo explain zzz", []),
    ],
)
def test_a_shell_completes_names(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str, found: list[str]
) -> None:
    monkeypatch.setenv("_THERAPYINFO_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    _, out, err = therapyinfo([])

    assert (sorted(out.split()), err) == (found, "")


def test_completion_is_silent_when_the_knowledge_is_broken(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", "/missing.yaml")
    monkeypatch.setenv("_THERAPYINFO_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "therapyinfo explain car")
    monkeypatch.setenv("COMP_CWORD", "2")
    _, out, err = therapyinfo([])

    assert (out.strip(), err) == ("", "")


# one step at a time


@pytest.mark.parametrize(
    ("keys", "steps"),
    [
        ("q\n", [1]),
        ("\nq\n", [1, 2]),
        ("n\nn\nb\nquit\n", [1, 2, 3, 2]),
        ("b\nNEXT\nback\nQ\n", [1, 1, 2, 1]),
        ("what?\nn\nq\n", [1, 2]),
        ("", [1]),
        ("n\n" * 20, [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_a_walk_goes_one_step_at_a_time(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, keys: str, steps: list[int]
) -> None:
    monkeypatch.setattr(interactive, "is_interactive", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    code, out, err = therapyinfo("walkthrough car-t -i")
    shown = [int(part.split()[0]) for part in out.split("STEP ")[1:]]

    assert (code, err) == (0, "")
    assert shown == steps


def test_a_walk_can_start_in_the_middle(therapyinfo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interactive, "is_interactive", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))

    assert "STEP 4 OF 8" in therapyinfo("walkthrough car-t -i --step 4")[1]


def test_help_tells_the_exit_codes(therapyinfo: Run) -> None:
    told = " ".join(therapyinfo("--help")[1].split())

    assert "0 success, 1 not found, 2 usage error, 3 invalid knowledge file." in told
