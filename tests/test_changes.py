"""What `changes` tells: added, changed with both texts, withdrawn; signs and dangers first."""

import json
from pathlib import Path

import pytest

from therapyinfo.views.changes import changes

from .conftest import Run
from .knowledge import first_page, of_text, small
from .small import SMALL

EDITS = {
    "a changed sign has both texts": (
        ("signs: Fever.", "signs: Fever and chills."),
        ["changed"],
        "What can go wrong",
    ),
    "a renamed record is known by its words": (
        ("name: Severe reaction (CRS)", "name: Strong reaction (CRS)"),
        ["changed"],
        "What can go wrong",
    ),
    "citations and sources of a record are no change of its words": (
        ("12 in 100 people [@elara-2022].", "12 in 100 people [@label-2024]."),
        [],
        "",
    ),
}


def _told(old: str, new: str) -> list[dict[str, str]]:
    found = changes(of_text(old), of_text(new), "car-t").data()["changes"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("case", EDITS)
def test_what_changed_is_told_by_record(case: str) -> None:
    (before, after), kinds, section = EDITS[case]
    assert before in SMALL
    found = _told(SMALL, SMALL.replace(before, after))

    assert [each["kind"] for each in found] == kinds
    assert all(each["section"] == section for each in found)
    assert all(each["before"] and each["after"] for each in found)


def test_nothing_changed_between_a_file_and_itself() -> None:
    data = changes(small(), small()).data()

    assert data["counts"] == {"added": 0, "changed": 0, "withdrawn": 0}
    assert data["changes"] == []


def test_an_added_record_has_no_text_before_and_a_withdrawn_one_none_after() -> None:
    found = changes(small(), first_page()).data()["changes"]
    added = [each for each in found if each["kind"] == "added"]
    withdrawn = [each for each in found if each["kind"] == "withdrawn"]

    assert added
    assert all(each["before"] is None and each["after"] for each in added)
    assert all(each["after"] is None and each["before"] for each in withdrawn)


@pytest.mark.parametrize("format", ["plain", "terminal", "markdown", "html"])
def test_the_command_tells_both_texts_in_full_in_every_format(
    therapyinfo: Run, tmp_path: Path, format: str
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(SMALL, encoding="utf-8")
    new.write_text(SMALL.replace("signs: Fever.", "signs: Chills."), encoding="utf-8")
    code, out, err = therapyinfo(f"changes {old} {new} --therapy car-t --full -f {format}")

    assert (code, err) == (0, "")
    assert "0 added, 1 changed, 0 withdrawn" in out
    assert "Fever." in out
    assert "Chills." in out


def test_the_newer_file_is_that_of_data_where_none_is_given(
    therapyinfo: Run, tmp_path: Path, small_file: Path
) -> None:
    code, out, _ = therapyinfo(f"changes {small_file} --data {small_file} -f json")

    assert code == 0
    assert json.loads(out)["counts"] == {"added": 0, "changed": 0, "withdrawn": 0}


def test_signs_and_dangers_come_before_the_rest(therapyinfo: Run, small_file: Path) -> None:
    data = json.loads(therapyinfo(f"changes {small_file} --therapy car-t -f json")[1])
    sections = list(dict.fromkeys(each["section"] for each in data["changes"]))

    assert sections[:3] == ["When to get help", "Deaths", "What can go wrong"]
    assert data["therapy"] == "car-t"


def test_a_therapy_that_the_newer_file_has_not_is_refused(
    therapyinfo: Run, small_file: Path
) -> None:
    code, _, err = therapyinfo(f"changes {small_file} --therapy nosuch")

    assert code == 1
    assert "nosuch" in err
