"""The README: what it shows is what the tool prints, and what it tells to type works."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from therapyinfo.cli import authoring  # noqa: F401 - it registers its commands
from therapyinfo.cli.registry import COMMANDS

from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^\$ (therapyinfo .*?)(?: *[|#].*)?$", README, re.MULTILINE)
CLINIC = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[0]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Return the script that makes the README's session and screenshots."""
    spec = importlib.util.spec_from_file_location("make_readme", ROOT / "docs" / "make_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_is_named() -> None:
    lacking = [name for name in COMMANDS if f"therapyinfo {name}" not in README]

    assert lacking == [], "give each a row in the README's table of commands"


def test_every_command_has_help_and_examples() -> None:
    lacking = [each.name for each in COMMANDS.values() if not (each.summary and each.examples)]

    assert lacking == []


def test_the_session_is_what_the_tool_prints(maker: ModuleType) -> None:
    assert maker.readme(README, maker.builtin_library()) == README


@pytest.mark.newest
def test_the_screenshots_show_the_pages_as_they_are(maker: ModuleType) -> None:
    library = maker.builtin_library()
    drawn = {
        f"{name}.svg": maker.screenshot(name, page) for name, page in maker.pages(library).items()
    }
    kept = {path.name: path.read_text("utf-8") for path in maker.SCREENSHOTS.iterdir()}

    assert drawn.keys() == kept.keys()
    assert [name for name in drawn if drawn[name] != kept[name]] == [], (
        "not current: run `nox -s docs`"
    )


def test_a_screenshot_asks_nothing_of_the_network(maker: ModuleType) -> None:
    kept = "".join(path.read_text("utf-8") for path in maker.SCREENSHOTS.iterdir())

    assert set(re.findall(r"https?://[^\"' )<]+", kept)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("line", dict.fromkeys(TYPED))
def test_what_it_tells_to_type_works(
    therapyinfo: Run, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clinic.yaml").write_text(CLINIC, encoding="utf-8")
    code, _, err = therapyinfo(shlex.split(line)[1:])

    assert (code, err) == (0, "")
