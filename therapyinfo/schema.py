"""The JSON Schema of knowledge files, for completion and checks in an editor.

It keeps to draft 7, which the YAML servers of VS Code and JetBrains read. A file that builds on
another may leave out whatever its base can supply, so each record has a second, laxer form.
"""

import json
import re
from typing import Any

import msgspec

from . import records
from .records import PART_KEYS, Knowledge, LayerHead
from .text import field_descriptions

Schema = dict[str, Any]

_DEFINITIONS = "#/definitions/"
_NAMED: Schema = {
    "extends": {
        "description": "The file that this one is laid over: `builtin`, or a path from this file.",
        "type": "string",
        "minLength": 1,
    },
    "include": {
        "description": "Files in this folder or below it with further therapies, sources and terms,"
        " in the order of the pages; each has only `therapies`, `sources` and `glossary`.",
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "minItems": 1,
    },
}
_YEAR: Schema = {"type": "integer", "minimum": 1000, "maximum": 9999}


def schema() -> Schema:
    """Return the JSON Schema of a knowledge file."""
    kinds = (Knowledge, LayerHead)
    _, found = msgspec.json.schema_components(kinds, ref_template=f"{_DEFINITIONS}{{name}}")
    whole = {name: _plain(each) for name, each in found.items()}
    for name, record in whole.items():
        _describe(record, getattr(records, name))
    layered = {f"{name}InLayer": _laxer(each) for name, each in whole.items()}
    layered["KnowledgeInLayer"]["properties"] = {
        **_NAMED,
        "version": whole["Knowledge"]["properties"]["version"],
        **whole["LayerHead"]["properties"],
        **{
            name: part
            for name, part in layered["KnowledgeInLayer"]["properties"].items()
            if name not in ("version", *whole["LayerHead"]["properties"])
        },
    }
    whole["IncludedFile"] = _included_file(whole["Knowledge"])
    head = _include_instead(whole["Knowledge"])
    root: Schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A knowledge file of therapyinfo",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"{_DEFINITIONS}KnowledgeInLayer"},
        "else": {
            "if": {"anyOf": [{"required": [key]} for key in ("include", *head)]},
            "then": {"$ref": f"{_DEFINITIONS}Knowledge"},
            "else": {"$ref": f"{_DEFINITIONS}IncludedFile"},
        },
    }
    return {**root, "definitions": _reached(root, {**whole, **layered})}


def _included_file(knowledge: Schema) -> Schema:
    """Return the schema of a file that another includes."""
    return {
        "title": "IncludedFile",
        "description": "A file that another includes; it belongs to that one.",
        "type": "object",
        "properties": {key: knowledge["properties"][key] for key in PART_KEYS},
        "minProperties": 1,
        "additionalProperties": False,
    }


def _include_instead(knowledge: Schema) -> list[str]:
    """Let a whole file include its therapies; return the keys that it needs all the same."""
    head = [key for key in knowledge["required"] if key not in PART_KEYS]
    knowledge["properties"] = {**_NAMED, **knowledge["properties"]}
    knowledge["required"] = head
    knowledge["anyOf"] = [{"required": [key]} for key in ("therapies", "include")]
    return head


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return f"{json.dumps(schema(), indent=2)}\n"


def _describe(record: Schema, kind: type) -> None:
    """Put the first line of a record's docstring beside it, and the others beside its fields."""
    docstring = kind.__doc__ or ""
    record["description"] = docstring.partition("\n")[0]
    for name, description in field_descriptions(docstring).items():
        if field := record["properties"].get(name):
            reference = field.pop("$ref", None)
            field["description"] = description
            if reference:  # draft 7 ignores the keys beside a reference
                field["allOf"] = [{"$ref": reference}]


def _plain(part: Any) -> Any:
    """Return a part of the schema in draft 7, accepting what the reader takes as text."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    plain = {key: _plain(value) for key, value in part.items() if key != "default"}
    if "$ref" in plain and len(plain) > 1:  # draft 7 ignores the keys beside a reference
        plain["allOf"] = [{"$ref": plain.pop("$ref")}]
    if isinstance(plain.get("additionalProperties"), dict):
        plain.pop("propertyNames", None)  # only msgspec 0.22 and newer give them
        plain["propertyNames"] = _plain(msgspec.json.schema(records.Id))
    if "enum" in plain:
        plain["enum"] += [int(each) for each in plain["enum"] if each.isdigit()]
    if plain.get("description", "").startswith("Ids of `regions`"):
        return {"description": plain.pop("description"), "anyOf": [plain, {"type": "string"}]}
    if plain.get("type") == "string":
        pattern = plain.get("pattern", "")
        if pattern == records.PARTIAL_DATE_PATTERN:
            return {"description": plain.pop("description", ""), "anyOf": [plain, _YEAR]}
        if not pattern:  # a number or a yes is text here, as its author wrote it
            plain["type"] = ["string", "number", "boolean"]
    return plain


def _laxer(part: Any) -> Any:
    """Return a part of the schema as a layer may have it; a list replaces one, so it is whole."""
    if isinstance(part, list):
        return [_laxer(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return {"$ref": f"{part['$ref']}InLayer"}
    dropped = ("required", "minProperties")
    lax = {key: value for key, value in part.items() if key not in dropped}
    for key in ("additionalProperties", "anyOf", "allOf"):
        if key in lax:
            lax[key] = _laxer(lax[key])
    if "properties" in lax:
        lax["properties"] = {name: _laxer(each) for name, each in lax["properties"].items()}
    return lax


def _reached(root: Schema, definitions: Schema) -> Schema:
    """Return the definitions that something in use refers to."""
    reached: Schema = {}
    waiting = [root]
    while waiting:
        for name in re.findall(f'"{_DEFINITIONS}([^"]+)"', json.dumps(waiting.pop())):
            if name not in reached:
                reached[name] = definitions[name]
                waiting.append(definitions[name])
    return dict(sorted(reached.items()))
