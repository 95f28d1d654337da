"""Text to values and places: the only room that knows PyYAML.

A scalar stays the text its author wrote; what it means is decided by the declared type in
`reading`. Everything that makes YAML surprising or dangerous is a fault with its place:
anchors, aliases, tags, duplicate keys, control characters, deep nesting and large files.
"""

import re
from typing import Any

import yaml

from ..errors import DataError, Problem
from ..wording import UNSAFE
from .nodes import File, Finding, Node, Value, Where, dotted, place

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "File", "Finding", "Node", "Value", "Where",
    "decode", "dotted", "parse", "quick_values",
]  # fmt: skip

MAX_BYTES = 20_000_000
MAX_DEPTH = 60
_UNSAFE = re.compile(UNSAFE)

_ANCHOR = re.compile(r"[&*](?<![^\s,:\[{].)[^\s,\[\]{}&*]")
_BEFORE_VALUE = re.compile(r"(?:^|[-?:,\[{]|(?:^|\s)!\S*)\s*\Z")
_CHAIN = re.compile(r"[-?:] +[-?:] ")
_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_NULLS = ("", "~", "null")
_SYNTAX_HINT = "look at the indentation, and put quotes around text with ': ' or a leading sign"
_PLAIN_TAG = "tag:yaml.org,2002:"


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Reads every scalar as text.

    The C parser is ten times faster; without libyaml the pure one gives the same values. The
    declared type decides what a scalar means, so there is nothing to resolve.
    """

    resolve = staticmethod(lambda *_: _PLAIN_TAG)
    descend_resolver = ascend_resolver = staticmethod(lambda *_: None)


def decode(content: bytes, path: str) -> File:
    """Return the text of a knowledge file; raise DataError if it is too big or not UTF-8."""
    if len(content) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, split it or shorten it"
        raise DataError([Problem(path, 1, 1, "error", "file-too-big", "", message)])
    try:
        return File(path, content.decode("utf-8-sig"))
    except UnicodeDecodeError as err:
        before = content[: err.start].decode("utf-8", "replace")
        line, column = place(before, len(before))
        message = f"byte 0x{content[err.start]:02x} is not UTF-8, save the file as UTF-8"
        raise DataError([Problem(path, line, column, "error", "not-utf-8", "", message)]) from None


def quick_values(file: File) -> Value:
    """Return the values of a file without their places, or None if `parse` has to look closer.

    It is what a sound file takes the time for: it never accepts what `parse` finds fault with.
    """
    plain = file.text.replace("\n", "").isprintable() and "\\" not in file.text
    if not plain or _needs_scan(file.text):
        return None
    try:
        return _values(yaml.compose(file.text, Loader=_Loader))
    except (yaml.YAMLError, _Unusual, TypeError):  # a key that is a list or a mapping is no key
        return None


class _Unusual(Exception):
    """There is something in the file that is a fault, or may be one."""


def _values(source: Any) -> Value:
    if source is None or source.tag != _PLAIN_TAG:
        raise _Unusual
    if isinstance(source, yaml.ScalarNode):
        return source.value.strip() if source.style or source.value not in _NULLS else None
    if isinstance(source, yaml.SequenceNode):
        return [_values(item) for item in source.value]
    values = {_values(key): _values(value) for key, value in source.value}
    if len(values) != len(source.value):
        raise _Unusual
    return values


def parse(file: File, problems: list[Problem]) -> Node:
    """Return the root of a file's values, adding each fault of form to `problems`.

    Raise DataError with all of them when the text cannot be walked at all.
    """
    forbidden = _odd_breaks(file)
    if not forbidden and _needs_scan(file.text):
        forbidden = _forbidden_events(file)
    if forbidden:
        raise DataError([*problems, *forbidden])
    try:
        root = yaml.compose(file.text, Loader=_Loader)
    except yaml.YAMLError as err:
        raise DataError([*problems, _syntax_problem(err, file)]) from None
    if root is None:
        message = "the file is empty, `therapyinfo new -` prints one to start from"
        raise DataError([*problems, Problem(file.path, 1, 1, "error", "wrong-type", "", message)])
    return _Composer(file, problems).node(root, ())


def _odd_breaks(file: File) -> list[Problem]:
    """Return a fault for each character that YAML takes for a line's end and an editor does not."""
    problems = []
    for found in _ODD_BREAK.finditer(file.text):
        message = f"character U+{ord(found[0]):04X} is not read as a line's end, remove it"
        position = place(file.text, found.start())
        problems.append(Problem(file.path, *position, "error", "control-character", "", message))
    return problems


def _needs_scan(text: str) -> bool:
    """Return whether a text may hold an anchor, an alias or deep nesting; a cheap look."""
    return bool(
        any(_starts_value(text, found.start()) for found in _ANCHOR.finditer(text))
        or " " * 2 * MAX_DEPTH in text
        or "\t" in text
        or _CHAIN.search(text)
        or _bracket_depth(text) > MAX_DEPTH
    )


def _starts_value(text: str, offset: int) -> bool:
    """Return whether a value may start here; within a line of prose none does."""
    return bool(_BEFORE_VALUE.search(text[text.rfind("\n", 0, offset) + 1 : offset]))


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _forbidden_events(file: File) -> list[Problem]:
    """Return a fault for each anchor and alias, and for the first place nested too deep."""
    problems = []
    depth = 0
    try:
        event: Any  # the stubs know neither its marks nor its anchor
        for event in yaml.parse(file.text, Loader=_Loader):
            place = (file.path, event.start_mark.line + 1, event.start_mark.column + 1)
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
        problems.append(_syntax_problem(err, file))
    return problems


def _syntax_problem(err: yaml.YAMLError, file: File) -> Problem:
    text = file.text
    if isinstance(err, yaml.MarkedYAMLError):
        opened = bool(re.search("flow|quoted|simple key", err.context or ""))
        mark = err.context_mark if opened else err.problem_mark or err.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = ", ".join(part for part in (err.context, err.problem) if part) or "not YAML"
    elif isinstance(err, yaml.reader.ReaderError):  # has an offset but no mark
        line, column = place(text, min(err.position, len(text)))
        message = err.reason
    else:
        line, column, message = 1, 1, str(err)
    last = text.count("\n") + 1
    if line > last:
        line, column = place(text, len(text))
    told = f"not YAML: {message}; {_SYNTAX_HINT}"
    return Problem(file.path, line, column, "error", "syntax", "", told)


class _Composer:
    """Turns PyYAML's nodes into ours and gathers the faults."""

    def __init__(self, file: File, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def fault(self, node: Node, rule: str, where: Where, message: str) -> None:
        self.problems.append(node.problem(rule, dotted(where), message))

    def node(self, source: Any, where: Where) -> Node:
        mark = source.start_mark
        end = source.end_mark.index
        node = Node(None, self.file, mark.line + 1, mark.column + 1, mark.index, end)
        if source.tag != _PLAIN_TAG:
            self.fault(node, "no-tags", where, f"tag {source.tag!r} is not read, remove it")
        if isinstance(source, yaml.MappingNode):
            node.value, node.keys = self.mapping(source, where)
        elif isinstance(source, yaml.SequenceNode):
            items = enumerate(source.value)
            node.value = [self.node(item, (*where, number)) for number, item in items]
        elif source.style or source.value not in _NULLS:
            node.value = source.value.strip()
            self.check_characters(node, where)
        return node

    def mapping(
        self, source: yaml.MappingNode, where: Where
    ) -> tuple[dict[str, Node], dict[str, Node]]:
        values: dict[str, Node] = {}
        keys: dict[str, Node] = {}
        for key_source, value_source in source.value:
            mark = key_source.start_mark
            name = key_source.value
            key = Node(name, self.file, mark.line + 1, mark.column + 1)
            if not isinstance(key_source, yaml.ScalarNode):
                message = "a key must be a word, not a list or mapping"
                self.fault(key, "wrong-type", where, message)
            elif name in keys:
                message = f"key {name!r} is here twice, first on line {keys[name].line}, keep one"
                self.fault(key, "duplicate-key", where, message)
            else:
                self.check_characters(key, where)
                keys[name] = key
                values[name] = self.node(value_source, (*where, name))
        return values, keys

    def check_characters(self, node: Node, where: Where) -> None:
        assert isinstance(node.value, str)
        if found := _UNSAFE.search(node.value):
            code = f"U+{ord(found[0]):04X}"
            message = f"character {code} is a control or invisible character, remove it"
            self.fault(node, "control-character", where, message)
