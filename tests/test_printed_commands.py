"""The commands that pages, errors and JSON print: they can be typed as they stand."""

import ast
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from therapyinfo import __version__
from therapyinfo.cli import app, front
from therapyinfo.command_line import command_line

from .conftest import Run
from .hostile import CONTROLS, HOSTILE, OPTIONS
from .processes import run_cli, run_shell
from .small import SMALL
from .warm import warm_cache  # noqa: F401 - a fixture

FILE = "Our centre's; $(touch owned) file.yaml"
LAYER = """\
extends: builtin
sources:
  leaflet:
    publisher: A centre
    title: A leaflet
    url: https://example.org/leaflet
    kind: health-service
glossary:
  exosomal:
    term: exosomal
    meaning: Of exosomes.
therapies:
  exosome:
    name: Exosome therapy
    category: immune-cells
    main_message: It comes from an exosomal bath [@leaflet].
    facts:
      cell_type: None
      main_action: Not known
    how_it_works: ["An exosomal bath [@leaflet]."]
    risks:
      - name: Fever
        seriousness: serious
        what: You feel hot.
        sources: [leaflet]
    differences:
      car-t: They have little in common [@leaflet].
    related: [car-t]
"""
PAGES = [
    "list",
    "explain exosome",
    "explain exosome --brief",
    "explain exosome --full",
    "explain exosome --section risks",
    "explain car-t",
    "explain car-t --full",
    "walkthrough car-t",
    "compare exosome car-t",
    "compare exosome car-t --on main-harms",
    "numbers exosome",
    "numbers car-t",
    "products",
    "products car-t --region us",
    "search exosomal",
    "search driving",
    "define",
    "define exosomal",
    "sources exosome",
]
MISTAKES = [
    ("explain exosom", "therapyinfo list"),
    ("walkthrough exosom", "therapyinfo list"),
    ("define exosomall", "therapyinfo define"),
    ("search zzzzqqqq", "therapyinfo define"),
    ("compare exosome", "therapyinfo compare exosome car-t"),
    ("walkthrough car-t -i", "therapyinfo walkthrough car-t --step N"),
    ("exosom", "therapyinfo explain exosome"),
]
PLACEHOLDERS = {"WORD": "exosomal", "WORDS": "exosomal", "TERM": "exosomal", "N": "1"}


def _typed(command: str) -> list[str]:
    """Return the words of a printed command, with something in place of what it leaves open."""
    return [PLACEHOLDERS.get(word, word) for word in shlex.split(command)]


def _needs_a_terminal(command: str) -> bool:
    return " -i" in command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a layer in it, which is compiled once."""
    folder = tmp_path_factory.mktemp("centre")
    (folder / FILE).write_text(LAYER, encoding="utf-8")
    return folder


@pytest.fixture
def layer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a layer in the current folder."""
    monkeypatch.chdir(folder)
    return FILE


def _commands(value: Any) -> Iterator[str]:
    """Yield every command in the data of a page."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "next_commands":
                yield from each
            elif key == "command" and str(each).startswith("therapyinfo "):
                yield each
            else:
                yield from _commands(each)
    elif isinstance(value, list):
        for each in value:
            yield from _commands(each)


@pytest.mark.usefixtures("warm_cache")
@pytest.mark.parametrize("line", PAGES)
def test_every_command_of_a_page_names_the_file_and_can_be_run(
    line: str, layer: str, therapyinfo: Run
) -> None:
    given = [*line.split(), "--data", layer]
    found = list(_commands(json.loads(therapyinfo([*given, "-f", "json"])[1])))
    page = therapyinfo([*given, "-f", "markdown"])[1]
    found += re.findall(r"`+(therapyinfo .+?)`+(?!`)", page)

    assert found
    for command in dict.fromkeys(found):
        name, *words = _typed(command)
        assert name == "therapyinfo"
        assert words[-2:] == ["--data", layer], command
        if not _needs_a_terminal(command):
            assert therapyinfo(words)[0] == 0, command


@pytest.mark.usefixtures("warm_cache")
def test_the_pages_of_a_layer_print_commands_of_every_kind(layer: str, therapyinfo: Run) -> None:
    pages = [therapyinfo([*line.split(), "--data", layer, "-f", "markdown"])[1] for line in PAGES]
    pages += [therapyinfo([*line.split(), "--data", layer, "-f", "json"])[1] for line in PAGES]
    named = set(re.findall(r"therapyinfo ([a-z]+)", "".join(pages)))

    assert named >= set("explain walkthrough compare numbers products search define".split())


@pytest.mark.usefixtures("warm_cache")
@pytest.mark.parametrize(("line", "hint"), MISTAKES)
def test_the_hint_of_an_error_names_the_file(
    line: str, hint: str, layer: str, therapyinfo: Run
) -> None:
    given = [*line.split(), "--data", layer]
    carried = f"{hint} --data {shlex.quote(layer)}"
    _, as_json, _ = therapyinfo([*given, "-f", "json"])

    assert carried in therapyinfo(given)[2]
    assert carried in json.loads(as_json)["error"]["message"]


@pytest.mark.usefixtures("warm_cache")
@pytest.mark.parametrize("line", ["explain car-t", "explain car-t -f json", "search driving"])
def test_a_file_named_by_the_environment_is_named_by_no_command(
    line: str, layer: str, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", layer)
    code, out, _ = therapyinfo(line)

    assert code == 0
    assert "--data" not in out


@pytest.mark.usefixtures("warm_cache")
def test_a_search_that_was_kept_names_the_file_of_this_run(
    tmp_path: Path, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.yaml").write_text(SMALL, encoding="utf-8")
    by_option = [therapyinfo("search severe reaction --data my.yaml")[1] for _ in range(2)]
    monkeypatch.setenv("THERAPYINFO_DATA", "my.yaml")
    by_environment = therapyinfo("search severe reaction")[1]

    assert by_option[0] == by_option[1]
    assert "therapyinfo explain car-t --section risks --data my.yaml\n" in by_option[0]
    assert by_environment == by_option[0].replace(" --data my.yaml", "")


@pytest.mark.parametrize(
    "name", ["-x.yaml", "~x.yaml", "a=b.yaml", "é.yaml", "a\\b.yaml", "#.yaml"]
)
def test_any_name_of_a_file_comes_back_as_it_was_given(
    name: str, tmp_path: Path, therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(SMALL, encoding="utf-8")
    _, out, _ = therapyinfo(["explain", "car-t", "--data", name, "-f", "json"])
    command, *_ = json.loads(out)["next_commands"]

    assert therapyinfo(shlex.split(command)[1:])[0] == 0
    assert shlex.split(command)[-2:] == ["--data", name]


@pytest.mark.parametrize(
    "word", [*HOSTILE.values(), *CONTROLS.values(), *OPTIONS, "", "é", "car-t"]
)
def test_a_shell_reads_a_printed_word_as_it_stands(word: str, tmp_path: Path) -> None:
    printed = command_line("explain", word).replace("therapyinfo", "printf '%s\\0'", 1)
    code, out, err = run_cli(["-c", printed], "", command=["sh"], cwd=tmp_path)

    # Python reads any line end of a process as the one it knows.
    assert (code, out, err) == (0, f"explain\0{word}\0".replace("\r", "\n"), "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["aspirin; x", "$(touch owned)", "a'b", '"', "`x`"])
def test_the_command_for_an_unknown_word_can_be_typed(name: str, therapyinfo: Run) -> None:
    code, _, err = therapyinfo([name])

    assert code == 2
    assert err.endswith(f"therapyinfo explain {shlex.quote(name)}\n")


@pytest.mark.parametrize("name", ["my centre.yaml", "a;b.yaml", "$(touch owned).yaml", "it's.yaml"])
def test_the_commands_for_a_new_file_can_be_typed(name: str, tmp_path: Path) -> None:
    quoted = shlex.quote(str(tmp_path / name))
    code, out, _ = run_shell(f"therapyinfo new {quoted}")
    told = out.strip().rpartition(": ")[2]
    written = (tmp_path / name).read_text("utf-8")

    assert code == 0
    assert told == f"therapyinfo check {quoted}"
    assert run_shell(told)[0] == 0
    assert f"therapyinfo check {shlex.quote(name)} " in written
    assert f"therapyinfo explain car-t --data {shlex.quote(name)} " in written


# The file that counts


def test_the_file_of_the_environment_is_checked(
    therapyinfo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("extends: builtin\nnonsense: 1\n")
    monkeypatch.setenv("THERAPYINFO_DATA", str(bad))
    code, out, _ = therapyinfo("check")

    assert code == 1
    assert f"{bad}:2:1: error" in out


@pytest.mark.parametrize("text", [None, "nonsense: 1\n", "a: ["])
def test_the_version_is_told_whatever_is_wrong_with_the_knowledge(
    text: str | None, therapyinfo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.yaml"
    if text is not None:
        bad.write_text(text)
    monkeypatch.setenv("THERAPYINFO_DATA", str(bad))
    code, out, err = therapyinfo("--version")

    assert (code, err) == (0, "")
    assert out == (f"therapyinfo {__version__}\nKnowledge cannot be read. See: therapyinfo check\n")


def test_the_version_shows_what_the_knowledge_says_as_text(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = SimpleNamespace(reviewed="2026\x1b[31m\nforged")
    monkeypatch.setattr(front, "open_library", lambda _: library)

    assert therapyinfo("--version")[1].splitlines()[1:] == [
        "Knowledge last checked 2026<U+001B>[31m forged"
    ]


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/help conceal link https://evil.example",
        "https://example.org/<b>",
        'https://example.org/"x',
        "https:// example.org",
        "https://",
        "http://example.org/",
    ],
)
def test_only_an_address_is_a_link(address: str, therapyinfo: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    about, contact = json.dumps(address), f"how: {json.dumps(address)}"
    text = SMALL.replace("report: https://example.org/issues", f"report: {about}")
    contacts = f"    contacts:\n      help:\n        name: Help\n        {contact}\n"
    file.write_text(text.replace("    questions:", f"{contacts}    questions:"), encoding="utf-8")
    pages = [
        therapyinfo([*line.split(), "-f", "html", "--data", str(file)])[1]
        for line in ("sources", "explain car-t --full")
    ]
    links = re.findall(r'href="(https?://[^"]*)"', "".join(pages))

    assert "example.org" in pages[1]
    assert [
        each
        for each in links
        if each not in ("https://example.org/elara", "https://example.org/label")
    ] == []


# The source

PACKAGE = Path(app.__file__).parents[1]
ROOT_WORD = "therapyinfo "


def _strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings that code works with; docstrings are not among them."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


@pytest.mark.parametrize(
    "module",
    [
        path.relative_to(PACKAGE).as_posix()
        for folder in ("views", "search", "render", ".")
        for path in sorted((PACKAGE / folder).glob("*.py"))
    ],
)
def test_no_page_builds_a_command_by_hand(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    by_hand = [each for each in _strings(tree) if ROOT_WORD in each and "`" not in each]

    assert by_hand == []
