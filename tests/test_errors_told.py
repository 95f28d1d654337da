"""How errors are told: whatever went wrong, in a line that says what, with its exit code."""

import io
import json
import shlex
import shutil
import sys
import zipapp
from collections.abc import Callable
from pathlib import Path

import pytest

import therapyinfo
from therapyinfo import __version__
from therapyinfo.cli import app, main
from therapyinfo.cli.environment import is_on
from therapyinfo.store import opening
from therapyinfo.store.cache import bundle_knowledge
from therapyinfo.store.locate import builtin_file

from .conftest import Run
from .processes import COMMAND, Finished, run_cli, warm_cache
from .small import SMALL

UNREADABLE = "error[unreadable] cannot read the knowledge file: "


@pytest.mark.parametrize("line", ["", "list", "list -f json", "explain car-t -f json"])
def test_a_missing_file_of_the_environment_is_told_by_every_command_line(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", "none.yaml")
    code, out, err = therapyinfo(line)
    told = f"none.yaml:1:1: {UNREADABLE}No such file or directory"

    assert code == 3
    assert (json.loads(out)["error"]["message"] if "json" in line else err.rstrip("\n")) == told


@pytest.mark.parametrize("arguments", [[], ["-f"], ["list", "-f"], ["-f", "json", "-f"], [""]])
def test_an_error_can_be_told_for_any_command_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(arguments) in (0, 2)
    assert "Traceback" not in capsys.readouterr().err


class Silent(Exception):
    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize("error", [KeyError("x"), Silent(), RecursionError("deep"), ValueError()])
@pytest.mark.parametrize("stderr", ["there", "closed", "none"])
def test_an_error_that_nobody_foresaw_is_an_exit_code(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, stderr: str
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(main, "run", fail)
    if stderr != "there":
        stream = io.StringIO()
        stream.close()
        monkeypatch.setattr(sys, "stderr", stream if stderr == "closed" else None)
    code, out, err = therapyinfo("list")

    assert (code, out) == (1, "")
    told = stderr == "there" and not isinstance(error, Silent)
    assert err.startswith("therapyinfo: internal error: " if told else "")


@pytest.mark.parametrize(("value", "shown"), [("0", False), ("", False), ("1", True)])
def test_a_traceback_is_for_those_who_ask(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, value: str, shown: bool
) -> None:
    def fail(*_: object) -> int:
        raise KeyError

    monkeypatch.setattr(main, "run", fail)
    monkeypatch.setenv("THERAPYINFO_DEBUG", value)
    if shown:
        with pytest.raises(KeyError):
            therapyinfo("list")
    else:
        assert therapyinfo("list")[0] == 1


@pytest.mark.parametrize("value", ["", "0", "false", "no", "off", "False", "OFF", " no "])
def test_a_variable_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ACCESSIBLE", value)

    assert not is_on("ACCESSIBLE")
    assert not is_on("NO_SUCH_VARIABLE")


@pytest.mark.parametrize("value", ["1", "true", "yes", "on", "2", "anything"])
def test_any_other_value_switches_a_variable_on(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ACCESSIBLE", value)

    assert is_on("ACCESSIBLE")


def _raise(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "/some/file"), "'/some/file': Permission denied"),
        (FileNotFoundError(2, "No such file", "a\nb"), r"'a\nb': No such file"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (OSError("odd"), "odd"),
        (MemoryError(), "not enough memory"),
        (SystemError("error return without exception set"), "not enough memory"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_path(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    monkeypatch.setattr(app, "build", _raise(error))

    assert therapyinfo("list") == (1, "", f"therapyinfo: {told}\n")


def test_another_error_of_the_interpreter_is_told_as_an_internal_error(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "build", _raise(SystemError("bad argument")))
    code, out, err = therapyinfo("list")

    assert (code, out) == (1, "")
    assert "internal error: SystemError: bad argument" in err


@pytest.mark.parametrize("line", ["list", "explain car-t", "check mine.yaml"])
def test_a_file_too_large_for_the_memory_is_an_error_of_the_file(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", "mine.yaml")
    monkeypatch.setattr(opening, "open_knowledge", _raise(MemoryError()))
    monkeypatch.setattr("therapyinfo.check.check", _raise(MemoryError()))

    assert therapyinfo(line) == (3, "", f"mine.yaml:1:1: {UNREADABLE}not enough memory\n")


# a current folder that was deleted


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", 0),
        ("list", 0),
        ("explain car-t -f html", 0),
        ("check", 0),
        ("check {}/small.yaml", 1),
        ("list --data {}/small.yaml", 0),
        ("list --data {}/layer.yaml", 0),
        ("list -o {}/list.html", 0),
        ("new {}/new.yaml", 0),
        ("new -", 0),
        ("list --data small.yaml", 3),
        ("check small.yaml", 3),
        ("list -o list.html", 1),
        ("new new.yaml", 1),
    ],
)
def test_a_deleted_current_folder_matters_only_to_relative_paths(
    tmp_path: Path, small_file: Path, line: str, code: int
) -> None:
    (tmp_path / "layer.yaml").write_text(f"extends: {small_file}\n", encoding="utf-8")
    script = f'mkdir d && cd d && rmdir ../d && exec {shlex.join(COMMAND)} "$@"'
    given = line.format(tmp_path).split()
    answer = run_cli(["-c", script, "sh", *given], warm_cache(), command=["sh"], cwd=tmp_path)

    assert answer[0] == code, answer
    assert "cannot write the answer" not in answer[2]
    if code and "small.yaml" not in line:
        path = given[-1]
        assert answer[2] == f"therapyinfo: cannot write '{path}': No such file or directory\n"


# completion


@pytest.mark.parametrize(
    "environ",
    [
        {"_THERAPYINFO_COMPLETE": "complete_bash"},
        {"_THERAPYINFO_COMPLETE": "complete_bash", "COMP_WORDS": "therapyinfo x"},
        {"_THERAPYINFO_COMPLETE": "complete_bash", "COMP_WORDS": "x", "COMP_CWORD": "one"},
        {"_THERAPYINFO_COMPLETE": "complete_bash", "COMP_WORDS": "x 'y", "COMP_CWORD": "1"},
        {"_THERAPYINFO_COMPLETE": "complete_zsh"},
        {"_THERAPYINFO_COMPLETE": "complete_fish"},
        {"_THERAPYINFO_COMPLETE": "complete_powershell"},
        {"_THERAPYINFO_COMPLETE": "complete_nonsense"},
        {"_THERAPYINFO_COMPLETE": "nonsense"},
        {"_THERAPYINFO_COMPLETE": ""},
    ],
)
def test_no_error_reaches_a_shell_that_wants_words(environ: dict[str, str]) -> None:
    code, out, err = run_cli([], warm_cache(), environ=environ)

    assert err == ""
    assert code in (0, 1)
    assert "rror" not in out


def test_completing_never_waits_for_stdin(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", "-")
    monkeypatch.setenv("_THERAPYINFO_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "therapyinfo explain c")
    monkeypatch.setenv("COMP_CWORD", "2")
    monkeypatch.setattr(sys, "stdin", None)

    assert "".join(therapyinfo([])[1:]).strip() == ""


# the version


@pytest.mark.parametrize("data", ["none.yaml", "broken.yaml", "-", "/dev/null"])
@pytest.mark.parametrize("given", [{}, {"THERAPYINFO_CACHE": ""}, {"FORCE_COLOR": "0"}])
def test_the_version_needs_no_sound_knowledge(
    tmp_path: Path, data: str, given: dict[str, str]
) -> None:
    (tmp_path / "broken.yaml").write_text("a: [", encoding="utf-8")
    environ = {"THERAPYINFO_DATA": data, **given}
    code, out, err = run_cli(["--version"], tmp_path / "cache", cwd=tmp_path, environ=environ)

    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"therapyinfo {__version__}"
    assert len(out.splitlines()) == 2
    assert "last checked" not in out


# options before the command


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("-f json list", "therapyinfo list -f json"),
        ("--data 'my file.yaml' explain car-t", "therapyinfo explain car-t --data 'my file.yaml'"),
        ("--brief explain car-t", "therapyinfo explain car-t --brief"),
        ("--color always --width 60 products", "therapyinfo products --color always --width 60"),
        ("-o page.html compare car-t msc", "therapyinfo compare car-t msc -o page.html"),
    ],
)
def test_options_before_the_command_get_the_line_that_was_meant(
    therapyinfo: Run, line: str, meant: str
) -> None:
    code, out, err = therapyinfo(line)
    told = json.loads(out)["error"]["message"] + "\n" if out else err

    assert code == 2
    assert told.endswith(f"Options stand after the command: {meant}\n")


@pytest.mark.parametrize("name", ["aspirin; x", "$(touch owned)", "it's"])
def test_a_name_in_a_command_to_run_is_quoted(therapyinfo: Run, name: str) -> None:
    code, _, err = therapyinfo([name])

    assert code == 2
    assert shlex.split(err.rpartition("therapyinfo explain ")[2]) == [name]


@pytest.mark.parametrize("line", ["-f json", "--xyz", "--data x.yaml"])
def test_options_without_a_command_get_the_help(therapyinfo: Run, line: str) -> None:
    code, out, err = therapyinfo(line)

    assert code == 2
    assert "See: therapyinfo --help" in out + err


# standard input, and a zip archive


def test_a_dash_reads_the_knowledge_from_stdin(tmp_path: Path, small_file: Path) -> None:
    layer = "extends: small.yaml\ntherapies: {msc: {name: Another name}}\n"
    (tmp_path / "text").write_text(layer, encoding="utf-8")
    lines = [["list", "--data", "-"], ["explain", "msc", "--data=-"], ["search", "cells"]]
    answers: list[Finished] = []
    for line in lines:
        with (tmp_path / "text").open("rb") as stdin:
            environ = {"THERAPYINFO_DATA": "-"}
            answers.append(
                run_cli(line, tmp_path / "c", cwd=tmp_path, stdin=stdin, environ=environ)
            )

    assert [answer[0] for answer in answers] == [0, 0, 0], answers
    assert "Another name" in answers[0][1]
    assert "ANOTHER NAME" in answers[1][1].upper()
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "<stdin>:1:1: error"),
        ("a: [", "<stdin>:"),
        ("extends: none.yaml\n", "<stdin>:1:10: error[missing-base]"),
        (SMALL.replace("kind: trial", "kind: rumour", 1), "<stdin>:"),
    ],
)
def test_errors_of_stdin_have_their_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "text").write_text(text, encoding="utf-8")
    with (tmp_path / "text").open("rb") as stdin:
        code, out, err = run_cli(["list", "--data", "-"], "", cwd=tmp_path, stdin=stdin)

    assert (code, out) == (3, "")
    assert err.startswith(told)


def test_a_closed_stdin_is_told(therapyinfo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert therapyinfo("list --data -") == (3, "", f"-:1:1: {UNREADABLE}standard input is closed\n")


def test_what_new_prints_can_be_read_at_once(tmp_path: Path) -> None:
    tool = shlex.join(COMMAND)
    script = f"{tool} new - | {tool} explain car-t --brief --data -"
    code, out, err = run_cli(["-c", script], warm_cache(), command=["sh"], cwd=tmp_path)

    assert (code, err) == (0, "")
    assert "CAR-T" in out


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a zip application of the package, with its data as a wheel has it."""
    folder = tmp_path_factory.mktemp("archive")
    package = Path(therapyinfo.__file__).parent
    copy = folder / "app" / "therapyinfo"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    builtin = builtin_file()
    shutil.copytree(builtin.parent, copy / "data", dirs_exist_ok=True)
    document = bundle_knowledge(builtin, __version__)
    (copy / "data" / "therapies.knowledge").write_bytes(document)
    zipapp.create_archive(folder / "app", folder / "t.pyz", main="therapyinfo.cli.main:entry_point")
    return folder / "t.pyz"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "list",
        "explain car-t",
        "search driving",
        "--version",
        "schema",
        "new -",
        "check layer.yaml",
        "list --data layer.yaml",
    ],
)
def test_a_zip_application_answers_as_the_package_does(
    archive: Path, tmp_path: Path, line: str
) -> None:
    command = [sys.executable, str(archive)]
    (tmp_path / "layer.yaml").write_text("extends: builtin\n", encoding="utf-8")
    answer = run_cli(line.split(), tmp_path / "cache", command=command, cwd=tmp_path)
    right = run_cli(line.split(), warm_cache(), cwd=tmp_path)

    assert answer[0::2] == right[0::2]
    assert answer[2] == ""
    assert [each for each in answer[1].split("\n") if "file:" not in each] == [
        each for each in right[1].split("\n") if "file:" not in each
    ]
