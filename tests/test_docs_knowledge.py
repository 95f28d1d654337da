"""The documents for those who write knowledge: current, and every example does what is said."""

import importlib.util
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from therapyinfo.check import RETIRED, RULES, check
from therapyinfo.cli.authoring import example_layer
from therapyinfo.convert import READING_RULES
from therapyinfo.layers import ReadBytes
from therapyinfo.store.locate import builtin_file

from .checking import SOUND, TODAY
from .conftest import Run

DOCS = Path(__file__).parents[1] / "docs"
KNOWLEDGE = (DOCS / "knowledge-file.md").read_text(encoding="utf-8")
CHECKS = (DOCS / "checks.md").read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(r"^## `([a-z0-9-]+)`\n(.*?)(?=^## |\Z)", CHECKS, re.DOTALL | re.MULTILINE)
)
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
WITHOUT_EXAMPLE = ("unreadable", "file-too-big", "not-utf-8", *RETIRED)
NAME = Path("my-centre.yaml")


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _reader(text: str) -> ReadBytes:
    return lambda path: text.encode() if path == NAME else path.read_bytes()


def _rules(layer: str) -> set[str]:
    """Return the ids of what `check` finds in a layer over the sound file."""
    text = layer if "extends:" in layer else f"extends: builtin\n{layer}"
    texts = {NAME: text.encode(), Path("base.yaml"): SOUND.encode()}

    def read_bytes(path: Path) -> bytes:
        if path not in texts:
            raise FileNotFoundError(2, "No such file or directory")
        return texts[path]

    problems = check(NAME, Path("base.yaml"), TODAY, read_bytes).problems
    return {each.rule for each in problems}


def test_the_reference_and_the_list_of_rules_are_current() -> None:
    maker = _maker()

    reference_is_current = maker.filled(KNOWLEDGE, "reference", maker.reference()) == KNOWLEDGE
    rules_are_current = maker.filled(CHECKS, "rules", maker.rules()) == CHECKS

    assert reference_is_current, "docs/knowledge-file.md is not current: run `nox -s docs`"
    assert rules_are_current, "docs/checks.md is not current: run `nox -s docs`"


def test_every_record_of_the_schema_is_in_the_reference() -> None:
    maker = _maker()
    whole = {name for name in maker.schema()["definitions"] if not name.endswith("InLayer")}

    assert set(maker.ORDER) == whole


def test_every_rule_has_its_section() -> None:
    rules = {*RULES, *READING_RULES, *RETIRED}

    assert set(SECTIONS) == rules, "each rule has a heading with an example in docs/checks.md"


@pytest.mark.parametrize("id", RETIRED)
def test_a_retired_rule_is_told_as_one_without_an_example(id: str) -> None:
    assert "Retired" in SECTIONS[id]
    assert not BLOCK.search(SECTIONS[id])


@pytest.mark.parametrize("id", [id for id in SECTIONS if id not in WITHOUT_EXAMPLE])
def test_the_failing_example_of_a_rule_fails_it_and_the_mended_one_nothing(id: str) -> None:
    fails, mended = BLOCK.findall(SECTIONS[id])

    assert _rules(fails) == {id}
    assert _rules(mended) == set()


@pytest.mark.parametrize("number", range(len(BLOCK.findall(KNOWLEDGE))))
def test_an_example_of_the_tutorial_has_no_error(number: int) -> None:
    text = BLOCK.findall(KNOWLEDGE)[number]

    found = check(NAME, builtin_file(), None, _reader(text))

    assert [str(each) for each in found.problems] == []


def test_the_mistake_of_the_tutorial_is_told_as_it_says() -> None:
    text = BLOCK.findall(KNOWLEDGE)[0].replace("    contacts:", "    contact:")

    found = check(NAME, builtin_file(), None, _reader(text))

    assert [str(each) for each in found.problems] == re.findall(
        r"^my-centre.*error\[.*", KNOWLEDGE, re.MULTILINE
    )


def test_the_first_example_of_the_checks_is_told_as_it_says() -> None:
    (told,) = re.findall(r"^my-centre.*error\[.*", CHECKS, re.MULTILINE)

    assert "error[unknown-source] therapies.car-t.total_time" in told
    assert "'label-2042' (did you mean 'label-2024'?)" in told


def test_from_new_to_a_handout(
    therapyinfo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    told = [
        therapyinfo(f"{line}")
        for line in re.findall(r"^\$ therapyinfo (.*)", KNOWLEDGE, re.MULTILINE)
    ]

    assert [code for code, _, _ in told] == [0] * len(told)
    assert len(told) == 5
    assert "555 0100" in (tmp_path / "car-t.html").read_text(encoding="utf-8")


def test_the_starter_passes_the_strict_check_on_the_day_it_is_written(
    therapyinfo: Run, tmp_path: Path
) -> None:
    path = tmp_path / "ours.yaml"
    code, out, err = therapyinfo(["new", str(path)])
    text = path.read_text(encoding="utf-8")

    assert (code, err) == (0, "")
    assert out == f"{path} is written. Edit it, then: therapyinfo check {path}\n"
    assert therapyinfo(["check", "--strict", str(path)])[:2] == (
        0,
        f"{path}: no errors, no warnings\n",
    )
    schema = re.match(r"# yaml-language-server: \$schema=file://(\S+)\n", text)
    assert schema
    assert Path(schema[1]) == builtin_file().with_name("therapies.schema.json")


def test_the_starter_is_printed_for_a_dash(therapyinfo: Run) -> None:
    code, out, err = therapyinfo("new -")

    assert (code, err) == (0, "")
    assert out.startswith("# yaml-language-server: $schema=")


def test_the_starter_has_an_example_of_every_record() -> None:
    maker = _maker()
    text = (
        Path(maker.__file__ or "").parents[1] / "therapyinfo" / "templates" / "layer.yaml"
    ).read_text("utf-8")
    definitions = maker.schema()["definitions"]
    fields = {field for name in maker.ORDER for field in definitions[name]["properties"]}

    missing = {field for field in fields if not re.search(rf"\b{field}\b", text)}

    assert missing - {"version", "comparison", "include"} == set(), (
        "give each an example in therapyinfo/templates/layer.yaml"
    )


def test_new_never_overwrites(therapyinfo: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("mine", encoding="utf-8")

    code, out, err = therapyinfo(["new", str(path)])

    assert (code, out) == (1, "")
    assert "already exists; nothing was overwritten" in err
    assert path.read_text(encoding="utf-8") == "mine"


def test_new_says_why_it_cannot_write(therapyinfo: Run, tmp_path: Path) -> None:
    code, out, err = therapyinfo(["new", str(tmp_path / "none" / "ours.yaml")])

    assert (code, out) == (1, "")
    assert "cannot write" in err
    assert "No such file" in err


def test_a_starter_of_another_day_bears_that_day() -> None:
    assert "reviewed: 2031-04-05" in example_layer("s", date(2031, 4, 5), "x.yaml")


def test_the_template_of_a_layer_passes_the_strict_check_as_it_is(therapyinfo: Run) -> None:
    template = Path(__file__).parents[1] / "therapyinfo" / "templates" / "layer.yaml"
    modeline = template.read_text("utf-8").partition("\n")[0]
    schema = template.parent / modeline.partition("$schema=")[2]

    assert therapyinfo(["check", "--strict", str(template)])[0] == 0
    assert schema.resolve() == builtin_file().with_name("therapies.schema.json").resolve()


def test_a_layer_bears_the_name_the_schema_and_the_date_that_it_is_given() -> None:
    text = example_layer("file:///2026-11/x.json", date(2031, 4, 5), "2026-11-25 my-centre.yaml")

    assert text.startswith("# yaml-language-server: $schema=file:///2026-11/x.json\n")
    assert "therapyinfo check 2026-11-25 my-centre.yaml  " in text
    assert "as_of: 2031-04\n" in text
    assert "2026-11" not in text.replace("2026-11/x.json", "").replace("2026-11-25 my", "")
