"""Values to records: conversion by declared type, with every fault at its place.

`records` is the schema: its type hints say what each value must be. `layers` lays files over
each other before this room sees them, so a fault always names the file that holds it.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import inspect

from .errors import DataError, Problem
from .records import Facts, Knowledge, LayerAbout
from .wording import cited_ids, name_key, near
from .yamlfile import Node

_MISSING: Any = object()
_KNOWLEDGE = inspect.type_info(Knowledge)
_FORMS = {
    "^[a-z0-9]": ("bad-id", "an id has only a-z, 0-9 and single dashes"),
    "^https": ("bad-address", "an address starts with https:// and has no spaces"),
    r"^\d{4}(": ("bad-date", "write a date as 2025, 2025-06 or 2025-06-26"),
    r"^\d{4}-": ("bad-date", "write a whole date, as 2025-06-26"),
}


def read(root: Node, problems: list[Problem]) -> Knowledge:
    """Return the knowledge in a tree of nodes.

    problems: the faults found so far. Raise DataError with them and every fault in the tree.
    """
    reader = _Reader(problems)
    knowledge = reader.convert(root, _KNOWLEDGE, "")
    problems.extend(_reference_problems(root))
    if problems:
        raise DataError(problems)
    assert isinstance(knowledge, Knowledge)
    return knowledge


def read_about(node: Node, problems: list[Problem]) -> LayerAbout | None:
    """Return what a layer says of its own authors, adding each fault to `problems`."""
    about = _Reader(problems).convert(node, inspect.type_info(LayerAbout), "about")
    return about if isinstance(about, LayerAbout) else None


class _Reader:
    """Converts nodes by declared type and gathers the faults."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def fault(self, node: Node, rule: str, where: str, message: str) -> Any:
        self.problems.append(node.problem(rule, where, message))
        return _MISSING

    def convert(self, node: Node, kind: inspect.Type, where: str) -> Any:
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        match kind:
            case inspect.StructType():
                return self.record(node, kind, where)
            case inspect.DictType():
                return self.mapping(node, kind, where)
            case inspect.VarTupleType():
                return self.sequence(node, kind, where)
            case inspect.UnionType():
                if node.value is None:
                    return None
                return self.convert(node, kind.types[0], where)
            case inspect.LiteralType():
                return self.choice(node, kind, where)
            case inspect.IntType() | inspect.FloatType():
                return self.number(node, kind, where)
            case _:
                assert isinstance(kind, inspect.StrType), kind
                return self.text(node, kind, where)

    def record(self, node: Node, kind: inspect.StructType, where: str) -> Any:
        if not isinstance(node.value, dict):
            return self.fault(node, "wrong-type", where, f"this must be {_what(kind)}, {_is(node)}")
        fields = {field.encode_name: field for field in kind.fields}
        values: dict[str, Any] = {}
        for name, child in node.value.items():
            if name in fields:
                values[name] = self.convert(child, fields[name].type, _join(where, name))
            else:
                self.fault(node.keys[name], "unknown-key", where, _unknown_key(name, list(fields)))
        for name, field in fields.items():
            if field.required and name not in values:
                values[name] = self.fault(node, "missing-key", where, f"key {name!r} is missing")
        if any(value is _MISSING for value in values.values()):
            return _MISSING
        return kind.cls(**values)

    def mapping(self, node: Node, kind: inspect.DictType, where: str) -> Any:
        if not isinstance(node.value, dict):
            return self.fault(node, "wrong-type", where, f"this must be {_what(kind)}, {_is(node)}")
        if not node.value and kind.min_length:
            return self.fault(node, "wrong-type", where, "this must hold at least one entry")
        values = {}
        for name, child in node.value.items():
            self.text(node.keys[name], kind.key_type, where)
            values[name] = self.convert(child, kind.value_type, _join(where, name))
        return _MISSING if any(value is _MISSING for value in values.values()) else values

    def sequence(self, node: Node, kind: inspect.VarTupleType, where: str) -> Any:
        if not isinstance(node.value, list):
            return self.fault(node, "wrong-type", where, f"this must be a list, {_is(node)}")
        if len(node.value) < (kind.min_length or 0):
            return self.fault(node, "wrong-type", where, "this list must hold at least one entry")
        items = [
            self.convert(child, kind.item_type, f"{where}[{number}]")
            for number, child in enumerate(node.value)
        ]
        return _MISSING if any(item is _MISSING for item in items) else tuple(items)

    def choice(self, node: Node, kind: inspect.LiteralType, where: str) -> Any:
        if node.value in kind.values:
            return node.value
        choices = [str(value) for value in kind.values]
        meant = near(node.value, choices, 1) if isinstance(node.value, str) else []
        hint = f" (did you mean {meant[0]!r}?)" if meant else ""
        message = f"{_shown(node)} is not one of {', '.join(choices)}{hint}"
        return self.fault(node, "bad-choice", where, message)

    def number(self, node: Node, kind: inspect.IntType | inspect.FloatType, where: str) -> Any:
        whole = isinstance(kind, inspect.IntType)
        form = r"\d{1,12}" if whole else r"\d{1,12}(\.\d+)?"
        if not isinstance(node.value, str) or not re.fullmatch(form, node.value, re.ASCII):
            wanted = "a whole number, digits only" if whole else "a number such as 31.5"
            return self.fault(node, "bad-number", where, f"{_shown(node)} must be {wanted}")
        number = int(node.value) if whole else float(node.value)
        if kind.le is not None and number > kind.le:
            message = f"{_shown(node)} must be {kind.le} or less"
            return self.fault(node, "bad-number", where, message)
        return number

    def text(self, node: Node, kind: inspect.Type, where: str) -> Any:
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        assert isinstance(kind, inspect.StrType), kind
        if not isinstance(node.value, str):
            return self.fault(node, "wrong-type", where, f"this must be text, {_is(node)}")
        if not node.value.strip():
            return self.fault(node, "wrong-type", where, "this must not be empty, leave the key out")
        if kind.pattern and not re.search(kind.pattern, node.value, re.ASCII):
            starts = [start for start in _FORMS if kind.pattern.startswith(start)]
            rule, hint = _FORMS[starts[0]]
            return self.fault(node, rule, where, f"{_shown(node)}: {hint}")
        return node.value


def _reference_problems(root: Node) -> Iterator[Problem]:
    """Yield a fault for each id that points at nothing, and for names that clash.

    It walks the nodes, so that it finds these faults in a file that has others too.
    """
    yield from _citation_problems(root, "", list(_keys(root, "sources")))
    rows = [field.replace("_", "-") for field in Facts.__struct_fields__]
    for number, row in enumerate(_items(root, "comparison")):
        yield from _unknown_problem(_child(row, "id"), "fact", rows, f"comparison[{number}].id")
    categories = list(_keys(root, "categories"))
    therapies = list(_keys(root, "therapies"))
    claimed: dict[str, str] = {}
    for id, key in _keys(root, "therapies").items():
        node, where = _child(_child(root, "therapies"), id), f"therapies.{id}"
        category = _child(node, "category")
        yield from _unknown_problem(category, "category", categories, f"{where}.category")
        for number, other in enumerate(_items(node, "related")):
            yield from _unknown_problem(other, "therapy", therapies, f"{where}.related[{number}]")
        for other in _keys(node, "differences").values():
            yield from _unknown_problem(other, "therapy", therapies, f"{where}.differences")
        yield from _name_problems(node, Node(id, key.path, key.line, key.column), claimed)


def _name_problems(node: Node, id: Node, claimed: dict[str, str]) -> Iterator[Problem]:
    """Yield a fault for each name that another therapy has claimed; `claimed` is added to."""
    names = [id, _child(node, "name"), _child(node, "full_name"), *_items(node, "aliases")]
    for name in names:
        if isinstance(name.value, str):
            owner = claimed.setdefault(name_key(name.value), str(id.value))
            if owner != id.value:
                message = f"{name.value!r} already names the therapy {owner!r}, choose another"
                yield name.problem("same-name", f"therapies.{id.value}", message)


def _unknown_problem(
    node: Node, kind: str, known: list[str], where: str
) -> Iterator[Problem]:
    if isinstance(node.value, str) and node.value not in known:
        rule = "unknown-row" if kind == "fact" else f"unknown-{kind}"
        yield node.problem(rule, where, _unknown(kind, node.value, known))


def _citation_problems(node: Node, where: str, sources: list[str]) -> Iterator[Problem]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _citation_problems(child, _join(where, key), sources)
    elif isinstance(node.value, list):
        for number, child in enumerate(node.value):
            inner = f"{where}[{number}]"
            if where.endswith(".sources"):
                yield from _unknown_problem(child, "source", sources, inner)
            else:
                yield from _citation_problems(child, inner, sources)
    elif node.value and "[@" in node.value:
        for id in cited_ids(node.value):
            if id not in sources:
                yield node.problem("unknown-source", where, _unknown("source", id, sources))


def _child(node: Node, key: str) -> Node:
    """Return the value under a key, or an empty node where there is none."""
    if isinstance(node.value, dict) and key in node.value:
        return node.value[key]
    return Node(None, node.path, node.line, node.column)


def _items(node: Node, key: str) -> list[Node]:
    value = _child(node, key).value
    return value if isinstance(value, list) else []


def _keys(node: Node, key: str) -> dict[str, Node]:
    """Return the keys of the mapping under a key; empty where there is no mapping."""
    return _child(node, key).keys


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _shown(node: Node) -> str:
    return repr(node.value) if isinstance(node.value, str) else f"this ({_is(node)})"


def _is(node: Node) -> str:
    match node.value:
        case None:
            return "it is empty"
        case str(text):
            return f"it is the text {text!r:.40}"
        case dict():
            return "it is a mapping"
        case list():
            return "it is a list"


def _what(kind: inspect.StructType | inspect.DictType) -> str:
    if isinstance(kind, inspect.DictType):
        return "a mapping of ids to entries"
    needed = [field.encode_name for field in kind.fields if field.required]
    return f"a mapping with {', '.join(needed) or 'keys'}"


def _unknown_key(name: str, known: list[str]) -> str:
    if name == "<<":
        return "merge keys (<<) are not read, write the fields out"
    meant = near(name, known, 1)
    hint = f"did you mean {meant[0]!r}?" if meant else f"known: {', '.join(known)}"
    return f"key {name!r} is not known here ({hint})"


def _unknown(kind: str, name: Any, known: list[str]) -> str:
    meant = near(str(name), known, 1)
    hint = f" (did you mean {meant[0]!r}?)" if meant else ""
    return f"no {kind} is called {name!r}{hint}"
