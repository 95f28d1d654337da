"""Text to values and places: the only package that knows PyYAML.

A scalar stays the text its author wrote; what it means is decided by the declared type in
`convert`. Everything that makes YAML surprising or dangerous is an error with its place:
anchors, aliases, tags, duplicate keys, control characters, deep nesting and large files.

The events of the parser are read one by one: its own tree would take several times the memory,
and it is built by recursion in C, which a deep file could overflow.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..errors import DataError, Problem
from ..text import unsafe_characters
from .nodes import File, Finding, Node, Size, Value, ValuePath, dotted, line_and_column, placed

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "File",
    "Finding",
    "Node",
    "Size",
    "Value",
    "ValuePath",
    "decode",
    "dotted",
    "parse",
    "parse_fast",
    "placed",
]  # fmt: skip

MAX_BYTES = 20_000_000
MAX_DEPTH = 60
MAX_NODES = 500_000

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C parser is ten times faster; without libyaml the pure one gives the same events."""

_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
_SYNTAX_HINT = "look at the indentation, and put quotes around text with ': ' or a leading sign"


def decode(content: bytes, path: str) -> File:
    """Return the text of a knowledge file; raise DataError if it is too big or not UTF-8."""
    if len(content) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, split it or shorten it"
        raise DataError([Problem(path, 1, 1, "error", "file-too-big", "", message)])
    try:
        return File(path, content.decode("utf-8-sig"))
    except UnicodeDecodeError as err:
        before = content[: err.start].decode("utf-8", "replace")
        line, column = line_and_column(before, len(before))
        message = f"byte 0x{content[err.start]:02x} is not UTF-8, save the file as UTF-8"
        raise DataError([Problem(path, line, column, "error", "not-utf-8", "", message)]) from None


def parse_fast(file: File, size: Size | None = None) -> Value:
    """Return the values of a file without their places, or None if `parse` has to look closer.

    It is what a sound file takes the time for: it never accepts what `parse` finds an error in.
    size: what the files that belong together hold so far; it is added to.
    """
    if "\\" in file.text or unsafe_characters(file.text):
        return None
    try:
        return _QuickReader(file.text, size or Size()).root()
    except (yaml.YAMLError, _NotFastPath):
        return None


class _NotFastPath(Exception):
    """There is something in the file that is an error, or may be one."""


class _QuickReader:
    """Turns the parser's events into values as long as all is well."""

    def __init__(self, text: str, size: Size) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.size = size

    def root(self) -> Value:
        next(self.events)
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise _NotFastPath
        value = self.value(next(self.events), 0)
        next(self.events)
        if not isinstance(next(self.events), yaml.StreamEndEvent):
            raise _NotFastPath
        return value

    def value(self, event: Any, depth: int) -> Value:
        self.size.nodes += 1
        if self.size.nodes > MAX_NODES or event.anchor or event.tag:
            raise _NotFastPath
        if isinstance(event, yaml.ScalarEvent):
            return event.value.strip() if event.style or event.value not in _NULLS else None
        if depth >= MAX_DEPTH:
            raise _NotFastPath
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self.value(event, depth + 1))
            return items
        values: dict[str, Value] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            self.size.nodes += 1
            is_word = isinstance(key, yaml.ScalarEvent) and not (key.anchor or key.tag)
            if not is_word or key.value in values:
                raise _NotFastPath
            values[key.value] = self.value(next(self.events), depth + 1)
        return values


def parse(file: File, problems: list[Problem], size: Size | None = None) -> Node:
    """Return the root of a file's values, adding each error of form to `problems`.

    size: what the files that belong together hold so far; it is added to. Raise DataError with all
    of the errors when the text cannot be walked at all.
    """
    if odd_breaks := list(_odd_breaks(file)):
        raise DataError([*problems, *odd_breaks])
    composer = _Composer(file, problems, size or Size())
    try:
        root = composer.root()
    except yaml.YAMLError as err:
        problems.append(_syntax_problem(err, file))
        raise DataError(problems) from None
    if root is None:
        message = "the file is empty, `therapyinfo new -` prints one to start from"
        problems.append(Problem(file.path, 1, 1, "error", "wrong-type", "", message))
    if root is None or composer.has_anchors:
        raise DataError(problems)
    return root


def _odd_breaks(file: File) -> Iterator[Problem]:
    """Yield an error for each kind of character that only YAML takes for a line's end."""
    if file.text.isascii() and "\r" not in file.text:
        return
    firsts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for found in _ODD_BREAK.finditer(file.text):
        firsts.setdefault(found[0], found.start())
        counts[found[0]] = counts.get(found[0], 0) + 1
    for character, offset in firsts.items():
        message = f"character U+{ord(character):04X} is not a line break here, remove it"
        if counts[character] > 1:
            message += f" here and in {counts[character] - 1:,} more places"
        position = line_and_column(file.text, offset)
        yield Problem(file.path, *position, "error", "control-character", "", message)


def _syntax_problem(err: yaml.YAMLError, file: File) -> Problem:
    text = file.text
    if isinstance(err, yaml.MarkedYAMLError):
        opened = bool(re.search("flow|quoted|simple key", err.context or ""))
        mark = err.context_mark if opened else err.problem_mark or err.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = ", ".join(part for part in (err.context, err.problem) if part) or "not YAML"
    elif isinstance(err, yaml.reader.ReaderError):  # has an offset but no mark
        line, column = line_and_column(text, min(err.position, len(text)))
        message = err.reason
    else:
        line, column, message = 1, 1, str(err)
    last = text.count("\n") + 1
    if line > last:
        line, column = line_and_column(text, len(text))
    if "maximum nesting depth" in message:  # the parser looks ahead, and gives up at 1,000 levels
        return Problem(file.path, line, column, "error", "too-deep", "", _TOO_DEEP)
    full_message = f"not YAML: {message}; {_SYNTAX_HINT}"
    return Problem(file.path, line, column, "error", "syntax", "", full_message)


class _Composer:
    """Turns the parser's events into nodes and gathers the errors."""

    def __init__(self, file: File, problems: list[Problem], size: Size) -> None:
        self.file = file
        self.problems = problems
        self.events: Iterator[Any] = yaml.parse(file.text, Loader=_LOADER)
        self.size = size
        self.has_anchors = False

    def root(self) -> Node | None:
        """Return the only document's root; None if there is none."""
        next(self.events)
        start = next(self.events)
        if not isinstance(start, yaml.DocumentStartEvent):
            return None
        root = self.node(next(self.events), ())
        next(self.events)
        after: Any = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            found = "expected a single document, but found another document"
            raise yaml.MarkedYAMLError(None, None, found, after.start_mark)
        return root

    def node(self, event: Any, where: ValuePath) -> Node:
        """Return the node that begins with an event, having taken all events that belong to it."""
        node = self.begin(event, where)
        if isinstance(event, yaml.MappingStartEvent):
            node.value, node.keys = self.mapping(where)
        elif isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(event, (*where, len(items))))
            node.value = items
        elif isinstance(event, yaml.ScalarEvent) and (event.style or event.value not in _NULLS):
            node.value = event.value.strip()
            self.check_characters(node, where)
        return node

    def begin(self, event: Any, where: ValuePath) -> Node:
        """Return an empty node at an event, telling what is wrong with the event itself."""
        mark = event.start_mark
        end = event.end_mark.index
        node = Node(None, self.file, mark.line + 1, mark.column + 1, mark.index, end)
        self.size.nodes += 1
        if self.size.nodes > MAX_NODES:
            message = f"the file has more than {MAX_NODES:,} values, split it or shorten it"
            self.stop(node, "file-too-big", message)
        if len(where) >= MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            self.stop(node, "too-deep", _TOO_DEEP)
        if event.anchor:
            kind = "alias" if isinstance(event, yaml.AliasEvent) else "anchor"
            message = f"{kind} {event.anchor!r} is not supported, write the value out"
            self.error(node, "no-aliases", (), message)
            self.has_anchors = True
        if tag := getattr(event, "tag", None):
            self.error(node, "no-tags", where, f"tag {tag!r} is not supported, remove it")
        return node

    def mapping(self, where: ValuePath) -> tuple[dict[str, Node], dict[str, Node]]:
        values: dict[str, Node] = {}
        keys: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.begin(event, where)
            if not isinstance(event, yaml.ScalarEvent):
                self.skip(event)
                if not isinstance(event, yaml.AliasEvent):
                    message = "a key must be a word, not a list or mapping"
                    self.error(key, "wrong-type", where, message)
                self.skip(next(self.events))
                continue
            name = key.value = event.value
            if name in keys:
                message = f"duplicate key {name!r}, first on line {keys[name].line}: keep one"
                self.error(key, "duplicate-key", where, message)
                self.skip(next(self.events))
            else:
                self.check_characters(key, where)
                keys[name] = key
                values[name] = self.node(next(self.events), (*where, name))
        return values, keys

    def skip(self, event: Any) -> None:
        """Take all events that belong to a value that is not read."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return
            event = next(self.events)

    def error(self, node: Node, rule: str, where: ValuePath, message: str) -> None:
        self.problems.append(node.problem(rule, dotted(where), message))

    def stop(self, node: Node, rule: str, message: str) -> None:
        self.error(node, rule, (), message)
        raise DataError(self.problems)

    def check_characters(self, node: Node, where: ValuePath) -> None:
        assert isinstance(node.value, str)
        if unsafe := unsafe_characters(node.value):
            first = next(each for each in node.value if each in unsafe)
            message = f"character U+{ord(first):04X} is a control or invisible character, remove it"
            self.error(node, "control-character", where, message)
