"""The JSON Schema: it is current, takes what the reader takes, and refuses what it refuses."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from therapyinfo import records
from therapyinfo.bundle import whole_text
from therapyinfo.cli.authoring import example_layer
from therapyinfo.schema import schema, schema_text
from therapyinfo.store.locate import builtin_file

from .checking import SOUND, TODAY, changed
from .conftest import Run
from .test_broken_files import ERRORS, MARK
from .test_layers import LAYER


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads as the YAML servers of editors do: YAML 1.2, in which a date is a text."""


_Loader.yaml_implicit_resolvers = {
    start: [
        (tag, re.compile("^(?:true|false)$") if tag.endswith("bool") else pattern)
        for tag, pattern in resolvers
        if not tag.endswith(("timestamp", "merge"))
    ]
    for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

STRUCTURAL = ("unknown-key", "missing-key", "wrong-type", "bad-choice", "bad-number")
FORMS = ("bad-id", "bad-address", "bad-date")
UNSEEN = (
    "a merge key",  # no YAML server reads one as a key
    "a key that is a list",  # nor as data at all
    "a text of blanks",
    "a number with decimals for people",  # JSON Schema takes 94.0 for a whole number
    "a percentage that is none",
    "a base that is a list",
)
"""Errors of these kinds that an editor cannot see by a schema."""


@cache
def _validator() -> Any:
    jsonschema.Draft7Validator.check_schema(schema())
    return jsonschema.Draft7Validator(schema())


def _errors(text: str) -> list[str]:
    data = yaml.load(text, Loader=_Loader)
    return [f"{each.json_path}: {each.message:.200}" for each in _validator().iter_errors(data)]


@pytest.mark.newest
def test_the_schema_that_ships_is_the_one_that_the_records_make(therapyinfo: Run) -> None:
    shipped = builtin_file().with_name("therapies.schema.json").read_text(encoding="utf-8")

    assert therapyinfo("schema") == (0, schema_text(), "")
    assert schema_text() == shipped, "not current: run `nox -s docs`"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOUND, id="sound"),
        pytest.param(LAYER, id="layer"),
        pytest.param(example_layer("x", date(2026, 1, 2), "x"), id="starter"),
        pytest.param("extends: builtin\n", id="empty layer"),
        pytest.param(changed("published: 2022-01", "published: 2022"), id="a year"),
        pytest.param(changed('version: "1"', "version: 1"), id="version without quotes"),
        pytest.param(changed("where: Hospital", "where: no"), id="a no that is text"),
        pytest.param(changed("where: Hospital", "where: 12"), id="a number that is text"),
    ],
)
def test_the_schema_takes_what_the_reader_takes(text: str) -> None:
    assert _errors(text) == []


BUILTIN = sorted(builtin_file().parent.rglob("*.yaml"))


@pytest.mark.parametrize("path", BUILTIN, ids=lambda path: path.name)
def test_the_schema_takes_each_file_of_the_builtin_knowledge(path: Path) -> None:
    assert _errors(path.read_text(encoding="utf-8")) == []


@pytest.mark.slow
def test_the_schema_takes_the_builtin_knowledge_in_one_piece() -> None:
    assert _errors(whole_text(builtin_file())) == []


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "therapies: {}\n",
        "glossary: {a: {term: A}}\n",
        "sources: {a: {publisher: B}}\n",
        "glossary: {a: {term: A, meaning: B.}}\nlanguage: en\n",
        "include: [a.yaml]\n",
        "include: []\nextends: builtin\n",
        "include: a.yaml\nextends: builtin\n",
        SOUND.replace("therapies:", "therapie:"),
    ],
)
def test_the_schema_refuses_a_faulty_part_or_head(text: str) -> None:
    assert _errors(text)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (*_, rule) in ERRORS.items()
        if rule in (*STRUCTURAL, *FORMS) and name not in UNSEEN
    ],
)
def test_the_schema_refuses_each_structural_error(name: str) -> None:
    old, new, _ = ERRORS[name]

    assert _errors(changed(old, new.replace(MARK, "")))


@pytest.mark.parametrize(
    "text",
    [
        "extends: builtin\ncolour: red\n",
        "extends: 5\n",
        "extends: builtin\ntherapies: {car-t: {nam: x}}\n",
        "extends: builtin\ntherapies: {car-t: {risks: [{name: x}]}}\n",
        "extends: builtin\nabout: {author: x}\n",
        'extends: builtin\nversion: "2"\n',
    ],
)
def test_the_schema_refuses_an_invalid_layer(text: str) -> None:
    assert _errors(text)


def test_every_field_of_every_record_is_described() -> None:
    for name, definition in schema()["definitions"].items():
        assert definition["description"].endswith("."), name
        assert "\n" not in definition["description"]
        for field, part in definition["properties"].items():
            assert part.get("description"), (name, field)


def test_every_record_of_a_file_is_in_the_schema() -> None:
    own = {
        name
        for name, kind in vars(records).items()
        if isinstance(kind, type) and issubclass(kind, records.Record) and kind.__struct_fields__
    }

    assert own - {"Layer", "LayerHead"} <= set(schema()["definitions"])


@pytest.mark.parametrize("path", BUILTIN, ids=lambda path: path.name)
def test_each_builtin_file_names_its_schema_on_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")

    assert first != schema
    assert (path.parent / schema).samefile(builtin_file().with_name("therapies.schema.json"))


def test_the_schema_is_json_of_draft_7() -> None:
    assert json.loads(schema_text())["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in schema_text()


def test_today_is_a_day_that_the_schema_takes() -> None:
    assert _errors(f"extends: builtin\nreviewed: {TODAY.isoformat()}\n") == []
