"""Layers: a file laid over another, field by field, and each error in the file that holds it."""

import json
from pathlib import Path

import pytest

from therapyinfo.convert import convert_tree
from therapyinfo.errors import DataError
from therapyinfo.layers import LoadedKnowledge, load, load_stack
from therapyinfo.layers.fast import load_fast, no_base
from therapyinfo.store.locate import builtin_file
from therapyinfo.yaml_reader import decode

from .checking import SOUND, errors_in, report
from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

LAYER = """\
extends: builtin
therapies:
  car-t:
    contacts: {our-centre: {name: Our centre, how: 555 0100}}
  exosome:
    name: Exosome therapy
    category: repair
    main_message: Exosomes are small bubbles from cells [@exosome-fda].
    facts: {cell_type: No cells, main_action: Carries signals}
sources: {exosome-fda: {publisher: FDA, title: Notice, url: "https://www.fda.gov/", kind: regulator}}
"""


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a layer of ten lines over the built-in knowledge."""
    path = tmp_path_factory.mktemp("layer") / "ours.yaml"
    path.write_text(LAYER, encoding="utf-8")
    return str(path)


def _load(upper: str, base: str = SOUND, **others: str) -> LoadedKnowledge:
    texts = {"made": upper, "base": base, **others}

    def read_bytes(path: Path) -> bytes:
        if path.stem not in texts:
            raise FileNotFoundError(2, "No such file or directory")
        return texts[path.stem].encode()

    return load(Path("made.yaml"), Path("base.yaml"), read_bytes)


def test_the_layer_is_ten_lines_long() -> None:
    assert LAYER.count("\n") == 10


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("list", "Exosome therapy"),
        ("explain exosome", "Exosomes are small bubbles from cells [1]."),
        ("explain car-t", "Our centre 555 0100"),
        ("explain car-t --full", "Our centre: 555 0100"),
        ("explain car-t -f html", "555 0100"),
        ("explain exosome -f html", "Exosomes are small bubbles"),
        ("explain exosome -f markdown", "Exosomes are small bubbles"),
        ("compare exosome car-t", "Carries signals"),
        ("search exosomes", "exosome"),
        ("search 555", "555 0100"),
        ("sources exosome", "https://www.fda.gov/"),
    ],
)
def test_a_layer_shows_in_every_command(
    therapyinfo: Run, layer: str, command: str, shown: str
) -> None:
    code, out, err = therapyinfo([*command.split(), "--data", layer])

    assert (code, err) == (0, "")
    assert shown in " ".join(out.split())


@pytest.mark.parametrize("start", ["exo", "car"])
def test_a_layer_shows_in_completion(
    therapyinfo: Run, layer: str, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setenv("THERAPYINFO_DATA", layer)
    monkeypatch.setenv("_THERAPYINFO_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"therapyinfo explain {start}")
    monkeypatch.setenv("COMP_CWORD", "2")

    _, out, _ = therapyinfo([])

    assert ("exosome" in out.split()) is (start == "exo")
    assert ("car-t" in out.split()) is (start == "car")


def test_the_full_page_names_the_file_that_a_changed_part_came_from(
    therapyinfo: Run, layer: str
) -> None:
    _, full, _ = therapyinfo(["explain", "car-t", "--full", "--data", layer])
    _, data, _ = therapyinfo(["explain", "car-t", "-f", "json", "--data", layer])

    read = json.loads(data)
    assert "ours.yaml" in "".join(full.split())
    assert read["changes"] == {"contacts": layer, "contacts.our-centre": layer}
    assert [each["path"] for each in read["knowledge"]["layers"]] == ["builtin", layer]


def test_a_mapping_is_laid_over_a_mapping_and_a_list_replaces_a_list() -> None:
    upper = """
extends: builtin
therapies:
  car-t:
    aliases: [chimera]
    facts: {cell_type: Other cells}
"""
    base, both = _load(SOUND).knowledge, _load(upper).knowledge

    before, after = base.therapies["car-t"], both.therapies["car-t"]
    assert after.aliases == ("chimera",)
    assert after.facts.cell_type == "Other cells"
    assert after.facts.main_action == before.facts.main_action
    assert after.steps == before.steps
    assert list(both.therapies) == list(base.therapies)


def test_what_a_layer_says_of_itself_stands_beside_what_its_base_says() -> None:
    upper = "extends: builtin\nreviewed: 2026-01-02\nabout: {authors: Our centre.}\n"
    loaded = _load(upper)

    below, above = loaded.layers
    assert loaded.knowledge.reviewed == "2026-11-25"
    assert loaded.knowledge.about.authors.startswith("The testers")
    assert (below.path, below.about) == ("builtin", None)
    assert (above.path, above.reviewed) == ("made.yaml", "2026-01-02")
    assert above.about is not None
    assert above.about.authors == "Our centre."
    assert above.about.funding is None


def test_three_layers_lie_on_each_other() -> None:
    middle = "extends: base.yaml\ntherapies: {msc: {name: Middle, aliases: [stroma]}}\n"
    loaded = _load("extends: middle.yaml\ntherapies: {msc: {name: Top}}\n", middle=middle)

    msc = loaded.knowledge.therapies["msc"]
    assert (msc.name, msc.aliases) == ("Top", ("stroma",))
    assert [each.path for each in loaded.layers] == ["builtin", "middle.yaml", "made.yaml"]
    assert loaded.provenance == {"msc": {"name": "made.yaml", "aliases": "middle.yaml"}}


def test_a_relative_base_is_relative_to_the_file_that_names_it(
    therapyinfo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "base.yaml").write_text(SOUND, encoding="utf-8")
    upper = tmp_path / "inner" / "upper.yaml"
    upper.write_text("extends: ../base.yaml\ntherapies: {msc: {name: Ours}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    for typed in ("inner/upper.yaml", "~/inner/upper.yaml", str(upper)):
        assert "Ours" in therapyinfo(["explain", "msc", "--data", typed])[1].title()
        assert therapyinfo(["check", typed])[0] == 0


@pytest.mark.parametrize(
    ("upper", "place", "rule", "told"),
    [
        ("extends: made.yaml\n", (1, 10), "layer-loop", "'made.yaml' extends itself"),
        ("extends: middle.yaml\n", (1, 10), "layer-loop", "'made.yaml' extends itself"),
        ("extends: none.yaml\n", (1, 10), "missing-base", "cannot read 'none.yaml'"),
        ("extends:\n", (1, 9), "wrong-type", "write `builtin` or a path"),
        ("extends: {a: b}\n", (1, 10), "wrong-type", "write `builtin` or a path"),
        ('extends: builtin\nversion: "2"\n', (2, 10), "version-change", "has version '1'"),
        ("extends: builtin\nreviewed: today\n", (2, 11), "bad-date", "write a whole date"),
        ("extends: builtin\nreviewed: [a]\n", (2, 11), "wrong-type", "this must be text"),
        ("extends: builtin\nabout: {author: Us}\n", (2, 9), "unknown-key", "'authors'"),
        ("extends: builtin\nabout: Us\n", (2, 8), "wrong-type", "this must be a mapping"),
        ("extends: builtin\ntherapies: []\n", (2, 12), "wrong-type", "this must be a mapping"),
        (
            "extends: builtin\ntherapies: {car-t: }\n",
            (2, 20),
            "wrong-type",
            "this must be a mapping",
        ),
    ],
)
def test_an_error_of_a_layer_is_told_where_it_is(
    upper: str, place: tuple[int, int], rule: str, told: str
) -> None:
    found = errors_in(upper, base=SOUND, middle="extends: made.yaml\n")

    each = found[-1] if "middle" in upper else found[0]
    assert each.rule == rule
    assert told in each.message
    if "middle" not in upper:
        assert (each.path, each.line, each.column) == ("made.yaml", *place)


def test_a_loop_over_two_files_is_told_in_the_file_that_closes_it() -> None:
    found = errors_in("extends: middle.yaml\n", middle="extends: made.yaml\n")

    assert [(each.path, each.line, each.column, each.rule) for each in found] == [
        ("middle.yaml", 1, 10, "layer-loop")
    ]


def test_each_error_is_placed_in_the_file_that_holds_it() -> None:
    base = SOUND.replace("standing: approved", "standing: aproved")
    upper = "extends: builtin\ntherapies:\n  msc:\n    related: [nobody]\n"

    found = [(each.path, each.rule) for each in errors_in(upper, base=base)]

    assert found == [("base.yaml", "bad-choice"), ("made.yaml", "unknown-therapy")]


def test_the_warnings_of_a_base_are_for_its_own_author() -> None:
    upper = 'extends: builtin\ntherapies:\n  msc:\n    total_time: "2.5 days [@label-2024]."\n'
    checked = report(upper, base=SOUND)

    assert [(each.path, each.rule) for each in checked.problems] == [("made.yaml", "decimal")]
    assert checked.files == ("base.yaml", "made.yaml")


def test_a_layer_that_drops_the_last_citation_of_a_source_is_no_error() -> None:
    upper = """
extends: builtin
therapies:
  car-t:
    facts: {main_harms: "12 in 100 people [@label-2024]."}
    main_message: It helps [@label-2024].
    steps: []
    not_known: []
    outcomes: []
    risks: [{name: A, seriousness: mild, what: "It hurts [@label-2024]."}]
"""

    assert errors_in(upper, base=SOUND) == []


def test_a_new_therapy_of_a_layer_needs_its_main_sections() -> None:
    upper = LAYER.replace("repair", "changed-cells")

    found = [(each.line, each.column, each.rule) for each in errors_in(upper, base=SOUND)]

    assert found == [(5, 3, "missing-section")] * 2


def test_a_broken_layer_stops_a_page_with_every_error() -> None:
    upper = "extends: builtin\ntherapies: {msc: {nam: x, related: [nobody]}}\n"

    with pytest.raises(DataError) as caught:
        _load(upper)

    assert [each.rule for each in caught.value.problems] == ["unknown-key", "unknown-therapy"]


def test_the_contacts_of_a_layer_come_first() -> None:
    base = SOUND.replace(
        "    risks:\n      - name: Severe",
        "    contacts: {b: {name: B, how: '1'}}\n    risks:\n      - name: Severe",
    )
    both = _load(
        "extends: builtin\ntherapies: {car-t: {contacts: {a: {name: A, how: '2'}}}}\n", base
    )

    assert list(both.knowledge.therapies["car-t"].contacts) == ["a", "b"]


@pytest.mark.slow
def test_the_quick_way_and_the_careful_way_read_the_same() -> None:
    path = builtin_file()
    first = decode(path.read_bytes(), str(path))
    quick = load_fast(first, path, path, Path.read_bytes, no_base)
    same = quick is not None and quick.knowledge == convert_tree(load_stack(path, path).merged, [])

    assert same
