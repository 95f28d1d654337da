"""Text to values and places: the only room that knows PyYAML.

A scalar stays the text its author wrote; what it means is decided by the declared type in
`reading`. Everything that makes YAML surprising or dangerous is a fault with its place:
anchors, aliases, tags, duplicate keys, control characters, deep nesting and large files.
"""

import re
from typing import Any

import yaml
from msgspec import Struct

from .errors import DataError, Problem

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C parser is ten times faster; without libyaml the pure one gives the same values."""

MAX_BYTES = 20_000_000
MAX_DEPTH = 60
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control, bidirectional and invisible characters, which could make a terminal or a reader lie."""

_ANCHOR = re.compile(r"(?:^|[\s,\[{])[&*][^\s,\[\]{}&*]", re.MULTILINE)
_DEEP = re.compile(r"^(?: {120}|(?:[ \t]*[-?:][ \t]+){20})", re.MULTILINE)
_PLAIN_TAG = "tag:yaml.org,2002:"


class Node(Struct):
    """A value with its place: file, line and column counted from 1, and offsets in the text.

    value: text, a dict of key to node, a list of nodes, or None for an empty value.
    keys: for a dict, each key's own node.
    """

    value: "str | dict[str, Node] | list[Node] | None"
    path: str
    line: int
    column: int
    start: int = 0
    end: int = 0
    keys: "dict[str, Node]" = {}

    def problem(self, rule: str, where: str, message: str) -> Problem:
        """Return a fault at this place."""
        return Problem(self.path, self.line, self.column, "error", rule, where, message)


def decode(content: bytes, path: str) -> str:
    """Return the text of a knowledge file; raise DataError if it is too big or not UTF-8."""
    if len(content) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, split it or shorten it"
        raise DataError([Problem(path, 1, 1, "error", "file-too-big", "", message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        before = content[: err.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte 0x{content[err.start]:02x} is not UTF-8, save the file as UTF-8"
        raise DataError([Problem(path, line, column, "error", "not-utf-8", "", message)]) from None


def parse(text: str, path: str, problems: list[Problem]) -> Node:
    """Return the root of a YAML text, adding each fault of form to `problems`.

    Raise DataError with all of them when the text cannot be walked at all.
    """
    forbidden = _forbidden_events(text, path)
    if forbidden:
        raise DataError([*problems, *forbidden])
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as err:
        raise DataError([*problems, _syntax_problem(err, text, path)]) from None
    if root is None:
        message = "the file is empty, `therapyinfo new -` prints one to start from"
        raise DataError([*problems, Problem(path, 1, 1, "error", "wrong-type", "", message)])
    return _node(root, path, "", problems)


def _forbidden_events(text: str, path: str) -> list[Problem]:
    """Return a fault for each anchor and alias, and for the first place nested too deep.

    The scan walks every event, so it runs only if a cheap look at the text asks for it.
    """
    if not (_ANCHOR.search(text) or _DEEP.search(text) or _bracket_depth(text) > MAX_DEPTH):
        return []
    problems = []
    depth = 0
    try:
        event: Any  # the stubs know neither its marks nor its anchor
        for event in yaml.parse(text, Loader=Loader):
            place = (path, event.start_mark.line + 1, event.start_mark.column + 1)
            if getattr(event, "anchor", None):
                kind = "alias" if isinstance(event, yaml.AliasEvent) else "anchor"
                message = f"{kind} {event.anchor!r} is not read, write the value out"
                problems.append(Problem(*place, "error", "no-aliases", "", message))
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                message = f"nested more than {MAX_DEPTH} levels deep"
                return [*problems, Problem(*place, "error", "too-deep", "", message)]
    except yaml.YAMLError as err:
        problems.append(_syntax_problem(err, text, path))
    return problems


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _syntax_problem(err: yaml.YAMLError, text: str, path: str) -> Problem:
    if isinstance(err, yaml.MarkedYAMLError):
        mark = err.problem_mark or err.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = ", ".join(part for part in (err.context, err.problem) if part) or "not YAML"
    elif isinstance(err, yaml.reader.ReaderError):  # has an offset but no mark
        line, column = _place(text, min(err.position, len(text)))
        message = err.reason
    else:
        line, column, message = 1, 1, str(err)
    last = text.count("\n") + 1
    if line > last:
        line, column = _place(text, len(text))
    return Problem(path, line, column, "error", "syntax", "", f"not YAML: {message}")


def _place(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _node(source: Any, path: str, where: str, problems: list[Problem]) -> Node:
    mark = source.start_mark
    node = Node(None, path, mark.line + 1, mark.column + 1, mark.index, source.end_mark.index)
    if not source.tag.startswith(_PLAIN_TAG):
        problems.append(node.problem("no-tags", where, f"tag {source.tag!r} is not read, remove it"))
    if isinstance(source, yaml.MappingNode):
        node.value, node.keys = _mapping(source, path, where, problems)
    elif isinstance(source, yaml.SequenceNode):
        node.value = [
            _node(item, path, f"{where}[{number}]", problems)
            for number, item in enumerate(source.value)
        ]
    elif source.style in tuple("'\"|>") or source.value not in ("", "~", "null"):
        node.value = source.value.strip()
        _check_characters(node, where, problems)
    return node


def _mapping(
    source: yaml.MappingNode, path: str, where: str, problems: list[Problem]
) -> tuple[dict[str, Node], dict[str, Node]]:
    values: dict[str, Node] = {}
    keys: dict[str, Node] = {}
    for key_source, value_source in source.value:
        mark = key_source.start_mark
        key = Node(key_source.value, path, mark.line + 1, mark.column + 1, mark.index)
        if not isinstance(key_source, yaml.ScalarNode):
            problems.append(key.problem("wrong-type", where, "a key must be a word, not a list or mapping"))
            continue
        name = key_source.value
        inner = f"{where}.{name}" if where else name
        if name in keys:
            first = keys[name]
            message = f"key {name!r} is here twice, first on line {first.line}, keep one"
            problems.append(key.problem("duplicate-key", where, message))
            continue
        _check_characters(key, where, problems)
        keys[name] = key
        values[name] = _node(value_source, path, inner, problems)
    return values, keys


def _check_characters(node: Node, where: str, problems: list[Problem]) -> None:
    assert isinstance(node.value, str)
    if found := UNSAFE.search(node.value):
        message = (
            f"character U+{ord(found[0]):04X} is a control or invisible character, remove it"
        )
        problems.append(node.problem("control-character", where, message))
