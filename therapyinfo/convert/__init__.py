"""Values to records: conversion by declared type, with every error at its place.

`records` is the schema: its type hints say what each value must be. `layers` lays files over
each other before this package sees them, so an error always names the file that holds it.
"""

import re
from typing import Any

import msgspec
from msgspec import inspect, structs

from ..errors import DataError, Problem
from ..records import (
    ADDRESS_PATTERN,
    FULL_DATE_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    PARTIAL_DATE_PATTERN,
    Knowledge,
    LayerHead,
    Region,
)
from ..text import field_descriptions
from ..yaml_reader import Node, Value, ValuePath, dotted, placed
from .nearest import Nearest
from .references import entries_at, is_number, items_at, reference_findings, value_at
from .regions import RegionNames
from .rules import READING_RULES

__all__ = [
    "READING_RULES",
    "convert_fast",
    "convert_tree",
    "metadata_fast",
    "read_metadata",
    "unwrap",
]

_MISSING: Any = object()
_KNOWLEDGE = inspect.type_info(Knowledge)
_METADATA = inspect.type_info(LayerHead)
_PATTERN_RULES = {
    ID_PATTERN: ("bad-id", "an id has only a-z, 0-9 and single dashes"),
    LANGUAGE_PATTERN: ("bad-language", "write a language tag such as en, he or zh-Hans"),
    ADDRESS_PATTERN: ("bad-address", "an address starts with https:// and has no spaces"),
    PARTIAL_DATE_PATTERN: ("bad-date", "write a date that exists as 2025, 2025-06 or 2025-06-26"),
    FULL_DATE_PATTERN: ("bad-date", "write a whole date that exists, as 2025-06-26"),
}


def convert_fast(values: Value) -> Knowledge | None:
    """Return the knowledge in values that are sound; None if `convert_tree` has to look closer."""
    if any(reference_findings(values)):
        return None
    for therapy in entries_at(values, "therapies").values():
        for outcome in items_at(therapy, "outcomes"):
            _coerce_numbers(outcome)
            _coerce_numbers(value_at(outcome, "comparison"))
    _split_regions(values)
    try:
        return msgspec.convert(values, Knowledge)
    except msgspec.ValidationError:
        return None


def _coerce_numbers(group: Value) -> None:
    """Turn the figures of an outcome or its comparison into numbers, those that are sound."""
    for key in ("n", "count", "percent", "had_it"):
        text = value_at(group, key)
        if isinstance(text, str) and is_number(text, whole=key != "percent"):
            group[key] = float(text) if key == "percent" else int(text)


def _split_regions(values: Value) -> None:
    """Turn each region that is written as a text into a list of ids."""
    names = RegionNames(value_at(values, "regions"))
    for therapy in entries_at(values, "therapies").values():
        holders = [each for key in ("uses", "life", "access") for each in items_at(therapy, key)]
        holders += entries_at(therapy, "contacts").values()
        for product in items_at(therapy, "products"):
            holders += items_at(product, "authorisations")
        for holder in holders:
            text = value_at(holder, "region")
            if isinstance(holder, dict) and isinstance(text, str):
                holder["region"] = list[Value](names.ids(text))
    if names.added and isinstance(values, dict):
        listed = entries_at(values, "regions")
        values["regions"] = {**listed, **{id: {"name": name} for id, name in names.added.items()}}


def convert_tree(root: Node, problems: list[Problem]) -> Knowledge:
    """Return the knowledge in a tree of nodes.

    problems: the errors found so far. Raise DataError with them and every error in the tree.
    """
    regions = root.value.get("regions") if isinstance(root.value, dict) else None
    names = RegionNames(unwrap(regions) if regions else None)
    knowledge = _Converter(problems, names).convert(root, _KNOWLEDGE, ())
    problems.extend(placed(reference_findings(unwrap(root)), root))
    if problems:
        raise DataError(problems)
    assert isinstance(knowledge, Knowledge)
    added = {id: Region(name=name) for id, name in names.added.items()}
    return structs.replace(knowledge, regions={**knowledge.regions, **added})


def read_metadata(node: Node, problems: list[Problem]) -> LayerHead:
    """Return what a layer says of itself, adding each error to `problems`."""
    head = _Converter(problems).convert(node, _METADATA, ())
    return head if isinstance(head, LayerHead) else LayerHead()


def metadata_fast(values: Value) -> LayerHead | None:
    """Return what a layer says of itself; None if `read_metadata` has to look closer."""
    try:
        return msgspec.convert(values, LayerHead)
    except msgspec.ValidationError:
        return None


def unwrap(node: Node) -> Value:
    """Return the values of a tree of nodes, without their places."""
    if isinstance(node.value, dict):
        return {name: unwrap(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [unwrap(child) for child in node.value]
    return node.value


class _Converter:
    """Converts nodes by declared type and gathers the errors."""

    def __init__(self, problems: list[Problem], regions: RegionNames | None = None) -> None:
        self.problems = problems
        self.regions = regions or RegionNames(None)
        self.nearest = Nearest()

    def error(self, node: Node, rule: str, where: ValuePath, message: str) -> Any:
        self.problems.append(node.problem(rule, dotted(where), message))
        return _MISSING

    def wrong_type(self, node: Node, where: ValuePath, expected: str) -> Any:
        message = f"this must be {expected}, {_describe_actual(node)}"
        return self.error(node, "wrong-type", where, message)

    def convert(self, node: Node, kind: inspect.Type, where: ValuePath) -> Any:
        if isinstance(kind, inspect.Metadata):
            if (kind.extra or {}).get("regions") and isinstance(node.value, str):
                return tuple(self.regions.ids(node.value))
            kind = kind.type
        match kind:
            case inspect.StructType():
                return self.record(node, kind, where)
            case inspect.DictType():
                return self.mapping(node, kind, where)
            case inspect.VarTupleType():
                return self.sequence(node, kind, where)
            case inspect.UnionType():
                return None if node.value is None else self.convert(node, kind.types[0], where)
            case inspect.LiteralType():
                return self.choice(node, kind, where)
            case inspect.IntType() | inspect.FloatType():
                return self.number(node, kind, where)
            case _:
                assert isinstance(kind, inspect.StrType), kind
                return self.text(node, kind, where)

    def record(self, node: Node, kind: inspect.StructType, where: ValuePath) -> Any:
        if not isinstance(node.value, dict):
            needed = [field.encode_name for field in kind.fields if field.required]
            return self.wrong_type(node, where, f"a mapping with {', '.join(needed) or 'keys'}")
        fields = {field.encode_name: field for field in kind.fields}
        values: dict[str, Any] = {}
        for name, child in node.value.items():
            if name in fields:
                values[name] = self.convert(child, fields[name].type, (*where, name))
            else:
                known = [*fields, *(() if where else ("extends", "include"))]
                message = _unknown_key(name, known, self.nearest)
                self.error(node.keys[name], "unknown-key", where, message)
        for name, field in fields.items():
            if field.required and name not in values:
                description = field_descriptions(kind.cls.__doc__ or "").get(name)
                message = f"key {name!r} is missing{f': {description}' if description else ''}"
                values[name] = self.error(node, "missing-key", where, message)
        if any(value is _MISSING for value in values.values()):
            return _MISSING
        return kind.cls(**values)

    def mapping(self, node: Node, kind: inspect.DictType, where: ValuePath) -> Any:
        if not isinstance(node.value, dict):
            return self.wrong_type(node, where, "a mapping of ids to entries")
        if not node.value and kind.min_length:
            return self.error(node, "wrong-type", where, "this needs at least one entry")
        values = {}
        for name, child in node.value.items():
            self.text(node.keys[name], kind.key_type, where)
            values[name] = self.convert(child, kind.value_type, (*where, name))
        return _MISSING if any(value is _MISSING for value in values.values()) else values

    def sequence(self, node: Node, kind: inspect.VarTupleType, where: ValuePath) -> Any:
        if not isinstance(node.value, list):
            return self.wrong_type(node, where, "a list")
        if len(node.value) < (kind.min_length or 0):
            return self.error(node, "wrong-type", where, "this list must hold at least one entry")
        items = [
            self.convert(child, kind.item_type, (*where, number))
            for number, child in enumerate(node.value)
        ]
        return _MISSING if any(item is _MISSING for item in items) else tuple(items)

    def choice(self, node: Node, kind: inspect.LiteralType, where: ValuePath) -> Any:
        if node.value in kind.values:
            return node.value
        choices = [str(value) for value in kind.values]
        meant = self.nearest(node.value, choices) if isinstance(node.value, str) else None
        hint = f" (did you mean {meant!r}?)" if meant else ""
        message = f"{_shown(node)} is not one of {', '.join(choices)}{hint}"
        return self.error(node, "bad-choice", where, message)

    def number(
        self, node: Node, kind: inspect.IntType | inspect.FloatType, where: ValuePath
    ) -> Any:
        whole = isinstance(kind, inspect.IntType)
        if not isinstance(node.value, str) or not is_number(node.value, whole=whole):
            wanted = "a whole number, digits only" if whole else "a number such as 31.5"
            return self.error(node, "bad-number", where, f"{_shown(node)} must be {wanted}")
        number = int(node.value) if whole else float(node.value)
        if kind.ge is not None and number < kind.ge:
            message = f"{_shown(node)} must be {kind.ge} or more"
            return self.error(node, "bad-number", where, message)
        if kind.le is not None and number > kind.le:
            message = f"{_shown(node)} must be {kind.le} or less"
            return self.error(node, "bad-number", where, message)
        return number

    def text(self, node: Node, kind: inspect.Type, where: ValuePath) -> Any:
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        assert isinstance(kind, inspect.StrType), kind
        if not isinstance(node.value, str):
            return self.wrong_type(node, where, "text")
        if not node.value.strip():
            message = "empty value, leave the key out"
            return self.error(node, "wrong-type", where, message)
        if kind.max_length and len(node.value) > kind.max_length:
            message = f"this has {len(node.value)} characters, {kind.max_length} at most"
            return self.error(node, "too-long", where, message)
        if kind.pattern and not re.search(kind.pattern, node.value):
            rule, hint = _PATTERN_RULES[kind.pattern]
            return self.error(node, rule, where, f"{_shown(node)}: {hint}")
        return node.value


def _shown(node: Node) -> str:
    return repr(node.value) if isinstance(node.value, str) else f"this ({_describe_actual(node)})"


def _describe_actual(node: Node) -> str:
    match node.value:
        case None:
            return "it is empty"
        case str(text):
            return f"it is the text {text[:40]!r}"
        case dict():
            return "it is a mapping"
        case list():
            return "it is a list"


def _unknown_key(name: str, known: list[str], nearest: Nearest) -> str:
    if name == "<<":
        return "merge keys (<<) are not supported, write the fields out"
    meant = nearest(name, known)
    hint = f"did you mean {meant!r}?" if meant else f"known: {', '.join(known)}"
    return f"key {name!r} is not known here ({hint})"
