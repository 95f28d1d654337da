"""The JSON contract: keys are added, never changed, and nothing of a screen shows in it."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from therapyinfo.cli import app, output  # noqa: F401 - app registers the commands
from therapyinfo.cli.registry import COMMANDS

from .conftest import Run
from .warm import warm_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("warm_cache")

JSON_PAGE = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")

COMMON = "schema_version command region knowledge next_commands overdue"
KNOWLEDGE = "clinical_review disclaimer layers reviewed"
SOURCE = "kind number published publisher title url"
NAMED = "id name"
TERM = "aliases kind meaning say term"
THERAPY = (
    "access aliases benefits category choosing codes considered contacts deaths differences events"
    " facts full_name get_help hard_words heading_outcome how_it_works id is_not lasting life"
    " main_message mechanism misconceptions name not_known outcomes products questions related risks"
    " short_facts special steps summary total_time unproven uses who without_treatment"
)
EXPLAIN = {
    "therapy": THERAPY,
    "differences": "",
    "sections": "",
    "changes": "",
    "sources": SOURCE,
}
KEYS: dict[str, dict[str, str]] = {
    "list": {
        "categories": "label meaning",
        "therapies": "aliases category full_name id main_action name standing summary",
    },
    "explain car-t": EXPLAIN,
    "explain car-t --full": EXPLAIN,
    "explain car-t --sources": EXPLAIN,
    "explain car-t --brief": {
        **EXPLAIN,
        "therapy": "deaths facts full_name get_help id main_message name risks",
    },
    "explain car-t --section side-effects": {**EXPLAIN, "therapy": "deaths id name risks"},
    "explain car-t --section risks --section price": {
        **EXPLAIN,
        "therapy": "access deaths id name risks",
    },
    "walkthrough car-t": {
        "therapy": NAMED,
        "total_time": "",
        "steps": "duration happens number sources time title where you",
        "sources": SOURCE,
    },
    "walkthrough car-t --step 2": {
        "therapy": NAMED,
        "total_time": "",
        "steps": "duration happens number sources time title where you",
        "sources": SOURCE,
    },
    "compare car-t msc": {
        "therapies": NAMED,
        "rows": "explanation id label question values",
        "differences": "sources text therapies",
        "choosing": "",
        "sources": SOURCE,
    },
    "compare car-t msc --on goal": {
        "therapies": NAMED,
        "rows": "explanation id label question values",
        "differences": "sources text therapies",
        "choosing": "",
        "sources": SOURCE,
    },
    "numbers car-t": {
        "therapy": NAMED,
        "outcomes": (
            "as_of certainty comparison comparison_in_100 count death_of difference endpoint"
            " finding follow_up group id in_100 kind label n otherwise percent question result"
            " short sources trial use what"
        ),
        "sources": SOURCE,
    },
    "numbers": {"therapies": "benefits harms id name"},
    "products kymriah": {
        "reasons": "",
        "products": (
            "as_of brand checked company date full_since generic indication note region regulator"
            " sources status target therapy use withdrawn"
        ),
        "sources": SOURCE,
    },
    "products car-t --region us": {
        "products": (
            "as_of brand checked company date full_since generic indication note region regulator"
            " sources status target therapy use withdrawn"
        ),
        "sources": SOURCE,
    },
    "explain lymphoma": {
        "illness": "id name",
        "therapies": "command conditions id name standing",
        "sources": "",
    },
    "search driving": {
        "query": "",
        "every_word": "",
        "respelled": "",
        "emergency": "",
        "hits": "command date region section snippet sources text therapy title",
        "total": "",
        "sources": SOURCE,
    },
    "define": {"terms": TERM, "sources": ""},
    "define --full": {"terms": TERM, "sources": ""},
    "define leukapheresis": {"terms": TERM, "used_in": "", "sources": ""},
    "sources": {
        "therapy": "",
        "about": "authors clinical_review disclaimer funding report updates",
        "sources": "kind published publisher title url",
    },
    "sources car-t": {
        "therapy": "",
        "about": "authors clinical_review disclaimer funding report updates",
        "sources": "kind published publisher title url",
    },
}
"""For each command line its own keys, and under each the keys of what it holds; "" for none."""

BY_ID = ("categories", "sources", "terms")
"""What is a record for each id, not a record itself."""


def _data(therapyinfo: Run, line: str) -> dict[str, Any]:
    code, out, err = therapyinfo(f"{line} -f json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert isinstance(data, dict)
    return data


def _record(name: str, value: Any) -> set[str]:
    """Return the keys of a record, or of the first record in a list or under an id."""
    if isinstance(value, list):
        value = value[0]
    elif name in BY_ID:
        value = next(iter(value.values()), None)
    return set(value) if isinstance(value, dict) else set()


@pytest.mark.parametrize("line", KEYS)
def test_the_keys_are_those_of_the_contract(therapyinfo: Run, line: str) -> None:
    data = _data(therapyinfo, line)

    assert set(data) == {*COMMON.split(), *KEYS[line]}
    assert data["schema_version"] == 2
    assert data["command"] == line.split(maxsplit=1)[0]
    assert set(data["knowledge"]) == set(KNOWLEDGE.split())
    for name, keys in KEYS[line].items():
        assert not keys or _record(name, data[name]) == set(keys.split()), (
            f"keys of {name}: those that are new belong into `KEYS` above and into docs/json.md"
        )


def test_every_command_that_prints_a_page_has_its_keys_told() -> None:
    apart = {"changes"}  # which compares two files: test_changes has its keys
    told = {line.split()[0] for line in KEYS if line}
    pages = {each.name for each in COMMANDS.values() if each.prints_page} - apart

    assert pages <= told, "give each a line in `KEYS` above"
    assert [name for name in COMMANDS if f"`{name}" not in JSON_PAGE] == []


@pytest.mark.parametrize("line", KEYS)
def test_the_next_commands_can_be_run_as_they_stand(therapyinfo: Run, line: str) -> None:
    commands = _data(therapyinfo, line)["next_commands"]

    assert all(command.startswith("therapyinfo ") for command in commands)
    for command in commands:
        if not re.search(r" -i$| [A-Z]+$", command):
            assert therapyinfo(command.removeprefix("therapyinfo "))[0] == 0


@pytest.mark.parametrize(
    "line", [line for line, keys in KEYS.items() if keys.get("sources") == SOURCE]
)
def test_every_citation_stands_apart_from_its_text_and_leads_to_a_numbered_source(
    therapyinfo: Run, line: str
) -> None:
    data = _data(therapyinfo, line)
    sources = data.pop("sources")
    listed = {id for ids in _lists(data, "sources") for id in ids}

    assert [text for text in _strings(data) if "[@" in text] == []
    assert listed
    assert listed <= set(sources)
    assert [source["number"] for source in sources.values()] == list(range(1, len(sources) + 1))
    assert all(source["url"].startswith("https://") for source in sources.values())


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _strings(each)]


def _lists(value: Any, key: str) -> list[list[str]]:
    """Return every list that stands under a key, however deep."""
    if isinstance(value, list):
        return [found for each in value for found in _lists(each, key)]
    if not isinstance(value, dict):
        return []
    own = [value[key]] if isinstance(value.get(key), list) else []
    return own + [found for each in value.values() for found in _lists(each, key)]


ENVIRONMENTS: list[dict[str, str]] = [
    {"COLUMNS": "20"},
    {"COLUMNS": "200", "FORCE_COLOR": "1"},
    {"NO_COLOR": "1", "TERM": "dumb"},
    {"LC_ALL": "C"},
    {"PYTHONIOENCODING": "cp1252"},
    {"ACCESSIBLE": "1"},
]


@pytest.mark.parametrize("line", ["list", "explain car-t", "compare car-t msc", "search driving"])
def test_the_bytes_are_the_same_everywhere(
    therapyinfo: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    plain = therapyinfo(f"{line} -f json")

    for environment in ENVIRONMENTS:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            assert therapyinfo(f"{line} -f json") == plain
    assert therapyinfo(f"{line} -f json --width 20 --color always") == plain
    monkeypatch.setattr(output, "_is_terminal", lambda stream: stream is sys.stdout)
    assert therapyinfo(f"{line} -f json") == plain
    assert plain[1].isascii()


def test_a_file_holds_the_same_bytes_as_stdout(therapyinfo: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.json"
    therapyinfo(f"explain car-t -o {file}")

    assert file.read_text(encoding="utf-8") == therapyinfo("explain car-t -f json")[1]


def test_records_stand_as_they_were_written_with_their_sources_apart(
    therapyinfo: Run, small_file: Path
) -> None:
    data = _data(therapyinfo, f"explain car-t --data {small_file}")
    therapy = data["therapy"]

    assert therapy["risks"] == [
        {
            "name": "Severe reaction (CRS)",
            "seriousness": "life-threatening",
            "in_short": None,
            "what": "The immune system reacts too strongly.",
            "how_often": "12 in 100 people.",
            "when": None,
            "signs": "Fever.",
            "care": None,
            "sources": ["elara-2022"],
        }
    ]
    assert therapy["facts"]["goal"] is None
    assert data["knowledge"] == {
        "reviewed": "2026-11-25",
        "disclaimer": "This is general information and does not replace a doctor.",
        "clinical_review": "No clinician has reviewed this text yet.",
        "layers": [{"path": str(small_file), "reviewed": "2026-11-25", "about": None}],
    }


@pytest.mark.parametrize("option", ["--section risks", "--brief"])
def test_what_was_asked_is_what_the_data_holds_each_record_as_it_was_written(
    therapyinfo: Run, option: str
) -> None:
    whole = _data(therapyinfo, "explain car-t")
    part = _data(therapyinfo, f"explain car-t {option}")
    risks = whole["therapy"]["risks"]

    assert all(risk in risks for risk in part["therapy"]["risks"])
    assert set(part["therapy"]) < set(whole["therapy"])
    assert set(part["sources"]) < set(whole["sources"])
    assert part["differences"] == {}
    assert whole["sections"][0] == "glance"


def test_the_sources_of_a_section_are_those_that_it_cites(therapyinfo: Run) -> None:
    data = _data(therapyinfo, "explain car-t --section help")
    listed = {id for ids in _lists(data["therapy"], "sources") for id in ids}

    assert set(data["sources"]) == listed
