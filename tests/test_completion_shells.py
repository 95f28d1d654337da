"""TAB in bash, zsh and fish completes commands, names, words of sections, rows and regions."""

import shutil
import subprocess
from pathlib import Path

import pytest

from therapyinfo.cli.completion import SCRIPTS, script
from therapyinfo.errors import UsageError

from .conftest import Run
from .shells import STARTED, Shell

COMPLETED = {
    "expl": "explain",
    "explain kym": "explain kymriah",
    "explain KYM": "explain kymriah",
    "kym": "kymriah",
    "explain tisagenl": "explain tisagenlecleucel",
    "products keytruda-q": "products keytruda-qlex",
    "compare car-t ms": "compare car-t msc",
    "explain car-t --bri": "explain car-t --brief",
    "car-t --bri": "car-t --brief",
    "explain car-t --section ris": "explain car-t --section risks",
    "explain car-t --section side-": "explain car-t --section side-effects",
    "explain car-t --section=ris": "explain car-t --section=risks",
    "explain car-t --section=pric": "explain car-t --section=price",
    "compare car-t msc --on main-h": "compare car-t msc --on main-harms",
    "compare car-t msc --on=main-h": "compare car-t msc --on=main-harms",
    "products --region japa": "products --region japan",
    "products --region=japa": "products --region=japan",
    "define leukap": "define leukapheresis",
    "explain car-t -f mark": "explain car-t -f markdown",
    "explain car-t --format=mark": "explain car-t --format=markdown",
    "explain --data my-f": "explain --data my-file.yaml",
    "explain zzz": "explain zzz",
}


@pytest.mark.shell
@pytest.mark.parametrize("name", STARTED)
def test_a_tab_completes_what_is_begun(name: str, tmp_path: Path) -> None:
    with Shell(name, tmp_path, tmp_path / "cache") as shell:
        (shell.folder / "my-file.yaml").touch()
        completed = {line: " ".join(shell.complete(line)) for line in COMPLETED}

    assert completed == COMPLETED


CHECKED = {
    "bash": ["bash", "-n"],
    "zsh": ["zsh", "-n"],
    "fish": ["fish", "--no-execute"],
}


@pytest.mark.parametrize("name", CHECKED)
def test_each_script_is_sound(name: str, tmp_path: Path) -> None:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    file = tmp_path / SCRIPTS[name]
    file.write_text(script(name), encoding="utf-8")
    checked = subprocess.run([*CHECKED[name], str(file)], capture_output=True, check=False)

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")


@pytest.mark.shell
def test_zsh_completes_at_the_first_tab_from_its_folder_of_functions(tmp_path: Path) -> None:
    functions = tmp_path / "functions"
    functions.mkdir()
    (functions / "_therapyinfo").write_text(script("zsh"), encoding="utf-8")
    setup = f"fpath=({functions} $fpath); autoload -Uz compinit; compinit -D -u"
    with Shell("zsh", tmp_path, tmp_path / "cache", setup) as shell:
        assert shell.complete("explain kym") == ["explain", "kymriah"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_of_a_shell_is_printed_by_its_name(name: str, therapyinfo: Run) -> None:
    assert therapyinfo(f"--show-completion {name}") == (0, script(name), "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--install-completion zsh", "The script of zsh: therapyinfo --show-completion zsh"),
        ("--show-completion tcsh", "There is one for bash, zsh, fish, powershell"),
        ("--show-completion zsh fish", "The script of zsh: therapyinfo --show-completion zsh"),
    ],
)
def test_what_cannot_be_installed_or_shown_is_told(line: str, told: str, therapyinfo: Run) -> None:
    code, out, err = therapyinfo(line)

    assert (code, out) == (2, "")
    assert told in err


def test_an_unknown_shell_is_told_which_there_are() -> None:
    with pytest.raises(UsageError, match="bash, zsh, fish, powershell"):
        script("tcsh")
