"""The project around the code: what is written in two places is the same in both."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import therapyinfo

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SESSIONS = {
    node.name
    for node in ast.parse((ROOT / "noxfile.py").read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.decorator_list
}


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _yaml(name: str) -> Any:
    return yaml.safe_load(_text(name))


def test_the_workflow_runs_sessions_that_exist() -> None:
    matrix = _yaml(".github/workflows/ci.yml")["jobs"]["sessions"]["strategy"]["matrix"]
    used = {*matrix["session"], *(each["session"] for each in matrix["include"])}

    assert {"lint", "types", "tests", "quick", "lowest", "wheel"} == used
    assert used <= SESSIONS


def test_the_local_run_has_the_sessions_of_the_workflow() -> None:
    (line,) = re.findall(r"^sessions -s ([a-z ]+)$", _text(".ci/run"), re.MULTILINE)

    # All tests run by the command of the README, in a clone; the quick ones are among them.
    assert {*line.split(), "tests", "quick"} == {
        *SESSIONS - {"build", "docs", "coverage", "style"},
    }


WRITTEN = [
    each
    for pattern in ("data/**/*.yaml", "docs/*.md", "*.md", "therapyinfo/**/*.py", "tests/*.py")
    for each in sorted(ROOT.glob(pattern))
]
"""What people write by hand."""


def test_no_line_that_is_written_by_hand_ends_in_a_blank() -> None:
    ends_in_blank = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in WRITTEN
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if line != line.rstrip()
    ]

    assert {path.suffix for path in WRITTEN} == {".yaml", ".md", ".py"}
    assert ends_in_blank == []


@pytest.mark.parametrize("session", sorted(SESSIONS))
def test_the_guide_names_every_session(session: str) -> None:
    assert f"nox -s {session}" in _text("CONTRIBUTING.md") + _text("RELEASING.md")


def test_the_gate_waits_for_every_job() -> None:
    workflow = _yaml(".github/workflows/ci.yml")
    jobs = workflow["jobs"]

    assert workflow["permissions"] == {}
    assert {*jobs["gate"]["needs"], "gate"} == set(jobs)
    assert all(job["timeout-minutes"] for job in jobs.values())


def test_the_hook_of_this_repository_has_the_libraries_of_the_package() -> None:
    hooks = {each["id"]: each for each in _yaml(".pre-commit-config.yaml")["repos"][0]["hooks"]}

    assert hooks["knowledge"]["additional_dependencies"] == PYPROJECT["project"]["dependencies"]


def test_the_hook_for_others_is_a_command_of_this_tool() -> None:
    (hook,) = _yaml(".pre-commit-hooks.yaml")

    assert hook["entry"] == "therapyinfo check"
    assert hook["language"] == "python"


def test_both_licences_are_there_whole() -> None:
    names = set(PYPROJECT["project"]["license"].split(" AND "))

    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == names
    assert all(f"LICENSES/{name}.txt" in _text("LICENSE") for name in names)
    assert "Section 8 -- Interpretation." in _text("LICENSES/CC-BY-4.0.txt")


def test_what_is_cited_is_a_release_of_the_changelog() -> None:
    citation = _yaml("CITATION.cff")

    assert f"\n## {citation['version']} - {citation['date-released']}\n" in _text("CHANGELOG.md")


def test_between_releases_the_changelog_begins_with_what_is_unreleased() -> None:
    first = re.findall(r"^## (.*)$", _text("CHANGELOG.md"), re.MULTILINE)[0]
    released = re.fullmatch(r"[0-9.]+", therapyinfo.__version__)

    assert first.startswith(therapyinfo.__version__ if released else "Unreleased")


def test_the_form_for_a_wrong_fact_asks_for_what_is_needed() -> None:
    form = _yaml(".github/ISSUE_TEMPLATE/wrong-fact.yml")
    required = {each["id"] for each in form["body"] if each.get("validations", {}).get("required")}

    assert required == {"command", "sentence", "source"}


def test_the_map_of_the_guide_names_every_package_and_every_module_of_cli() -> None:
    guide = _text("CONTRIBUTING.md")
    package = ROOT / "therapyinfo"
    packages = {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    modules = {path.name for path in package.glob("[a-z]*.py")}
    modules |= {path.stem for path in (package / "cli").glob("[a-z]*.py")}

    assert sorted(name for name in packages | modules if name not in guide) == []


def test_no_group_of_developers_repeats_an_extra() -> None:
    groups = PYPROJECT["dependency-groups"].values()
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    name = re.compile(r"[\w-]+")
    grouped, offered = (
        {found[0] for each in kind for line in each if (found := name.match(line))}
        for kind in (groups, extras)
    )

    assert grouped & offered == set()
