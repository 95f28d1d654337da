"""Values to records: conversion by declared type, with every fault at its place.

`records` is the schema: its type hints say what each value must be. `layers` lays files over
each other before this room sees them, so a fault always names the file that holds it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import inspect

from .errors import DataError, Problem
from .records import Facts, Knowledge, LayerHead
from .wording import cited_ids, name_key, near
from .yamlfile import Finding, Node, Value, Where, dotted

READING_RULES = {
    "unreadable": "the file can be opened",
    "file-too-big": "a file has 20 MB at most",
    "not-utf-8": "a file is UTF-8 text",
    "syntax": "a file is YAML",
    "no-aliases": "values are written out: no anchors (&), no aliases (*)",
    "no-tags": "values bear no tags (!)",
    "too-deep": "nothing is nested more than 60 levels deep",
    "control-character": "text holds no control, bidirectional or invisible characters",
    "duplicate-key": "a key stands once in a mapping",
    "unknown-key": "a key is one that the record knows",
    "missing-key": "a record has every key that it needs",
    "wrong-type": "a value is text, a list or a mapping, as its key asks for",
    "bad-choice": "a value with fixed choices is one of them",
    "bad-number": "a number has digits only, within its bounds",
    "bad-id": "an id has a-z, 0-9 and single dashes",
    "bad-date": "a date is 2025, 2025-06 or 2025-06-26, and exists",
    "bad-address": "an address starts with https:// and has no spaces",
    "bad-outcome": "an outcome has a count of n people, a percentage or a result in words",
    "unknown-source": "a cited source is in `sources`",
    "unknown-category": "a therapy's category is in `categories`",
    "unknown-therapy": "a related or compared therapy is in `therapies`",
    "unknown-row": "a row of `comparison` names a field of `facts`, once",
    "same-name": "a name leads to one therapy",
    "layer-loop": "a layer does not build on itself",
    "missing-base": "the file that a layer builds on is there",
    "version-change": "a layer has the version of its base",
}
"""What a file must hold to be read, by the id of the rule."""

_MISSING: Any = object()
_KNOWLEDGE = inspect.type_info(Knowledge)
_HEAD = inspect.type_info(LayerHead)
_FORMS = {
    "^[a-z0-9]": ("bad-id", "an id has only a-z, 0-9 and single dashes"),
    "^https": ("bad-address", "an address starts with https:// and has no spaces"),
    "^[0-9]{4}(": ("bad-date", "write a date that exists as 2025, 2025-06 or 2025-06-26"),
    "^[0-9]{4}-": ("bad-date", "write a whole date that exists, as 2025-06-26"),
}
_ROWS = [field.replace("_", "-") for field in Facts.__struct_fields__]


def quick_knowledge(values: Value) -> Knowledge | None:
    """Return the knowledge in values that are sound; None if `read` has to look closer."""
    if any(reference_findings(values)):
        return None
    for therapy in _keys(values, "therapies").values():
        for outcome in _items(therapy, "outcomes"):
            _read_figures(outcome)
            _read_figures(_child(outcome, "comparison"))
    try:
        return msgspec.convert(values, Knowledge)
    except msgspec.ValidationError:
        return None


def _read_figures(group: Value) -> None:
    """Turn the figures of an outcome or its comparison into numbers, those that are sound."""
    for key in ("n", "count", "percent"):
        text = _child(group, key)
        if isinstance(text, str) and _is_number(text, whole=key != "percent"):
            group[key] = float(text) if key == "percent" else int(text)


def read(root: Node, problems: list[Problem]) -> Knowledge:
    """Return the knowledge in a tree of nodes.

    problems: the faults found so far. Raise DataError with them and every fault in the tree.
    """
    knowledge = _Reader(problems).convert(root, _KNOWLEDGE, ())
    problems.extend(found.problem(root) for found in reference_findings(plain(root)))
    if problems:
        raise DataError(problems)
    assert isinstance(knowledge, Knowledge)
    return knowledge


def read_head(node: Node, problems: list[Problem]) -> LayerHead:
    """Return what a layer says of itself, adding each fault to `problems`."""
    head = _Reader(problems).convert(node, _HEAD, ())
    return head if isinstance(head, LayerHead) else LayerHead()


def plain(node: Node) -> Value:
    """Return the values of a tree of nodes, without their places."""
    if isinstance(node.value, dict):
        return {name: plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


class _Reader:
    """Converts nodes by declared type and gathers the faults."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def fault(self, node: Node, rule: str, where: Where, message: str) -> Any:
        self.problems.append(node.problem(rule, dotted(where), message))
        return _MISSING

    def convert(self, node: Node, kind: inspect.Type, where: Where) -> Any:
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
                return None if node.value is None else self.convert(node, kind.types[0], where)
            case inspect.LiteralType():
                return self.choice(node, kind, where)
            case inspect.IntType() | inspect.FloatType():
                return self.number(node, kind, where)
            case _:
                assert isinstance(kind, inspect.StrType), kind
                return self.text(node, kind, where)

    def record(self, node: Node, kind: inspect.StructType, where: Where) -> Any:
        if not isinstance(node.value, dict):
            return self.fault(node, "wrong-type", where, f"this must be {_what(kind)}, {_is(node)}")
        fields = {field.encode_name: field for field in kind.fields}
        values: dict[str, Any] = {}
        for name, child in node.value.items():
            if name in fields:
                values[name] = self.convert(child, fields[name].type, (*where, name))
            else:
                self.fault(node.keys[name], "unknown-key", where, _unknown_key(name, list(fields)))
        for name, field in fields.items():
            if field.required and name not in values:
                values[name] = self.fault(node, "missing-key", where, f"key {name!r} is missing")
        if any(value is _MISSING for value in values.values()):
            return _MISSING
        return kind.cls(**values)

    def mapping(self, node: Node, kind: inspect.DictType, where: Where) -> Any:
        if not isinstance(node.value, dict):
            return self.fault(node, "wrong-type", where, f"this must be {_what(kind)}, {_is(node)}")
        if not node.value and kind.min_length:
            return self.fault(node, "wrong-type", where, "this must hold at least one entry")
        values = {}
        for name, child in node.value.items():
            self.text(node.keys[name], kind.key_type, where)
            values[name] = self.convert(child, kind.value_type, (*where, name))
        return _MISSING if any(value is _MISSING for value in values.values()) else values

    def sequence(self, node: Node, kind: inspect.VarTupleType, where: Where) -> Any:
        if not isinstance(node.value, list):
            return self.fault(node, "wrong-type", where, f"this must be a list, {_is(node)}")
        if len(node.value) < (kind.min_length or 0):
            return self.fault(node, "wrong-type", where, "this list must hold at least one entry")
        items = [
            self.convert(child, kind.item_type, (*where, number))
            for number, child in enumerate(node.value)
        ]
        return _MISSING if any(item is _MISSING for item in items) else tuple(items)

    def choice(self, node: Node, kind: inspect.LiteralType, where: Where) -> Any:
        if node.value in kind.values:
            return node.value
        choices = [str(value) for value in kind.values]
        meant = near(node.value, choices, 1) if isinstance(node.value, str) else []
        hint = f" (did you mean {meant[0]!r}?)" if meant else ""
        message = f"{_shown(node)} is not one of {', '.join(choices)}{hint}"
        return self.fault(node, "bad-choice", where, message)

    def number(self, node: Node, kind: inspect.IntType | inspect.FloatType, where: Where) -> Any:
        whole = isinstance(kind, inspect.IntType)
        if not isinstance(node.value, str) or not _is_number(node.value, whole):
            wanted = "a whole number, digits only" if whole else "a number such as 31.5"
            return self.fault(node, "bad-number", where, f"{_shown(node)} must be {wanted}")
        number = int(node.value) if whole else float(node.value)
        if kind.le is not None and number > kind.le:
            message = f"{_shown(node)} must be {kind.le} or less"
            return self.fault(node, "bad-number", where, message)
        return number

    def text(self, node: Node, kind: inspect.Type, where: Where) -> Any:
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        assert isinstance(kind, inspect.StrType), kind
        if not isinstance(node.value, str):
            return self.fault(node, "wrong-type", where, f"this must be text, {_is(node)}")
        if not node.value.strip():
            message = "this must not be empty, leave the key out"
            return self.fault(node, "wrong-type", where, message)
        if kind.pattern and not re.search(kind.pattern, node.value, re.ASCII):
            starts = [start for start in _FORMS if kind.pattern.startswith(start)]
            rule, hint = _FORMS[starts[0]]
            return self.fault(node, rule, where, f"{_shown(node)}: {hint}")
        return node.value


def reference_findings(values: Value) -> Iterator[Finding]:
    """Yield a finding for each id that points at nothing, name that clashes and idle figure.

    It walks the values, so that it finds these faults in a file that has others too.
    """
    yield from _citation_findings(values, (), _keys(values, "sources"))
    seen: set[str] = set()
    for number, row in enumerate(_items(values, "comparison")):
        id, where = _child(row, "id"), ("comparison", number, "id")
        if isinstance(id, str) and id in seen:
            yield Finding(where, "unknown-row", f"the row {id!r} is here twice, keep one")
        yield from _unknown_finding(id, "fact", _ROWS, where)
        seen.add(str(id))
    categories = _keys(values, "categories")
    therapies = _keys(values, "therapies")
    claimed: dict[str, str] = {}
    for id, therapy in therapies.items():
        at = ("therapies", id)
        category = _child(therapy, "category")
        yield from _unknown_finding(category, "category", categories, (*at, "category"))
        for number, other in enumerate(_items(therapy, "related")):
            yield from _unknown_finding(other, "therapy", therapies, (*at, "related", number))
        for other in _keys(therapy, "differences"):
            for found in _unknown_finding(other, "therapy", therapies, (*at, "differences", other)):
                yield msgspec.structs.replace(found, at_key=True)
        yield from _name_findings(id, therapy, claimed)
        for number, outcome in enumerate(_items(therapy, "outcomes")):
            yield from _outcome_findings(outcome, (*at, "outcomes", number))


def _name_findings(id: str, therapy: Value, claimed: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each name that another therapy has claimed; `claimed` is added to."""
    at = ("therapies", id)
    names: list[tuple[Where, Value]] = [(at, id)]
    names += [((*at, key), _child(therapy, key)) for key in ("name", "full_name")]
    aliases = enumerate(_items(therapy, "aliases"))
    names += [((*at, "aliases", number), alias) for number, alias in aliases]
    for where, name in names:
        if isinstance(name, str):
            owner = claimed.setdefault(name_key(name), id)
            if owner != id:
                message = f"{name!r} already names the therapy {owner!r}, choose another"
                yield Finding(where, "same-name", message, at_key=where == at)


def _outcome_findings(outcome: Value, where: Where) -> Iterator[Finding]:
    """Yield a finding for each figure of an outcome, or of its comparison, that cannot be shown."""
    if not isinstance(outcome, dict):
        return
    if not any(outcome.get(key) for key in ("count", "percent", "result")):
        message = "there is no figure: give `count` and `n`, or `percent`, or `result`"
        yield Finding(where, "bad-outcome", message)
    for inner in ((), ("comparison",)):
        group = _child(outcome, inner[0]) if inner else outcome
        if not isinstance(group, dict):
            continue
        n, count = (_number(group, key) for key in ("n", "count"))
        at = (*where, *inner)
        if count is not None and n is None and not group.get("n"):
            yield Finding((*at, "count"), "bad-outcome", "a count needs `n`, the people it is of")
        if count is not None and n is not None and count > n:
            yield Finding((*at, "count"), "bad-outcome", f"{count} people of {n} is too many")


def _number(group: dict[str, Value], key: str) -> int | None:
    text = group.get(key)
    return int(text) if isinstance(text, str) and _is_number(text, whole=True) else None


def _is_number(text: str, whole: bool) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,12}" if whole else r"[0-9]{1,12}(\.[0-9]+)?", text))


def _unknown_finding(
    name: Value, kind: str, known: Iterable[str], where: Where
) -> Iterator[Finding]:
    if isinstance(name, str) and name not in known:
        rule = "unknown-row" if kind == "fact" else f"unknown-{kind}"
        yield Finding(where, rule, _unknown(kind, name, known))


def _citation_findings(value: Value, where: Where, sources: dict[str, Value]) -> Iterator[Finding]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _citation_findings(child, (*where, key), sources)
    elif isinstance(value, list):
        ids = where[-1:] == ("sources",)
        for number, child in enumerate(value):
            inner = (*where, number)
            if ids:
                yield from _unknown_finding(child, "source", sources, inner)
            else:
                yield from _citation_findings(child, inner, sources)
    elif value and "[@" in value:
        for id in cited_ids(value):
            if id not in sources:
                message = _unknown("source", id, sources)
                yield Finding(where, "unknown-source", message, spot=f"@{id}")


def _child(value: Value, key: str) -> Value:
    """Return the value under a key; None where there is none."""
    return value.get(key) if isinstance(value, dict) else None


def _items(value: Value, key: str) -> list[Value]:
    """Return the entries of the list under a key; [] where there is no list."""
    child = _child(value, key)
    return child if isinstance(child, list) else []


def _keys(value: Value, key: str) -> dict[str, Value]:
    """Return the entries of the mapping under a key; {} where there is no mapping."""
    child = _child(value, key)
    return child if isinstance(child, dict) else {}


def _shown(node: Node) -> str:
    return repr(node.value) if isinstance(node.value, str) else f"this ({_is(node)})"


def _is(node: Node) -> str:
    match node.value:
        case None:
            return "it is empty"
        case str(text):
            return f"it is the text {text[:40]!r}"
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


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    meant = near(name, list(known), 1)
    hint = f" (did you mean {meant[0]!r}?)" if meant else ""
    return f"no {kind} is called {name!r}{hint}"
