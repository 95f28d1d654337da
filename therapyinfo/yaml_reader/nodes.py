"""Values with their places, and what is found wrong at one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from ..errors import Problem, Severity

Value = Any
"""What a file says: text, a dict of text to value, a list of values, or None for nothing."""

ValuePath = tuple[str | int, ...]
"""The way to a value: the key or the number of the entry at each level."""


class File(Struct, frozen=True, eq=False):
    """A file that was read: the path it is shown by, and its text."""

    path: str
    text: str


class Size(Struct):
    """How much has been read of files that belong together, which share their bounds.

    Attributes:
        nodes: Values and keys.
        bytes: Of the texts.
    """

    nodes: int = 0
    bytes: int = 0


class Node(Struct, eq=False):
    """A value with its place: file, line and column counted from 1, and offsets in the text.

    Attributes:
        value: Text, a dict of key to node, a list of nodes, or None for an empty value.
        keys: For a dict, each key's own node.
    """

    value: "str | dict[str, Node] | list[Node] | None"
    file: File
    line: int
    column: int
    start: int = 0
    end: int = 0
    keys: "dict[str, Node]" = {}

    def problem(self, rule: str, where: str, message: str) -> Problem:
        """Return an error at the place where this value starts."""
        return Problem(self.file.path, self.line, self.column, "error", rule, where, message)


class Finding(Struct, frozen=True):
    """Something wrong with the value at `where`.

    Attributes:
        spot: Words of its text to point at; "" for its start.
        at_key: Point at its key instead.
    """

    where: ValuePath
    rule: str
    message: str
    spot: str = ""
    at_key: bool = False


MOST_MISSES = 20
"""A text in which more spots than these are not to be found is not searched on."""

SPOT_WORDS = 6
"""As many words of a spot tell where it is."""

LONGEST_STEP = 80
"""What a way shows of a key, of which a file may have one of megabytes above many errors."""


def placed(
    findings: Iterable[Finding], root: Node, severity: Severity = "error"
) -> Iterator[Problem]:
    """Yield each finding as a problem with its place.

    A value that is missing is where its parent is. The findings of one text come in its order,
    so each spot is looked for from where the last one was: many take no longer than one.
    """
    at: tuple[ValuePath, bool] | None = None
    for found in findings:
        if at != (found.where, found.at_key):
            at = (found.where, found.at_key)
            spots = _Spots(_node_at(root, found))
            way = dotted(found.where)
        line, column = spots.place(found.spot)
        path = spots.node.file.path
        yield Problem(path, line, column, severity, found.rule, way, found.message)


def _node_at(root: Node, found: Finding) -> Node:
    node, key = root, root
    for step in found.where:
        if isinstance(node.value, dict) and step in node.value:
            node, key = node.value[str(step)], node.keys[str(step)]
        elif isinstance(node.value, list) and isinstance(step, int):
            node = key = node.value[step]
    return key if found.at_key else node


class _Spots:
    """Finds places in the text of one node, each at or behind the one before."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.offset = node.start
        self.line = node.line
        self.line_start = node.start - node.column + 1
        self.misses = 0

    def place(self, spot: str) -> tuple[int, int]:
        """Return the line and column of some words; those of the node where they are not there."""
        text = self.node.file.text
        words = r"\s+".join(map(re.escape, spot.split()[:SPOT_WORDS]))
        if not words or self.misses > MOST_MISSES:
            return self.node.line, self.node.column
        whole = re.compile(rf"(?<![\w-]){words}(?![\w-])")
        found = whole.search(text, self.offset, self.node.end)
        if found is None:
            self.misses += 1
            return self.node.line, self.node.column
        self.line += text.count("\n", self.offset, found.start())
        self.line_start = max(self.line_start, text.rfind("\n", self.offset, found.start()) + 1)
        self.offset = found.start()
        return self.line, self.offset - self.line_start + 1


def dotted(where: ValuePath) -> str:
    """Return a way to a value as people read it.

    >>> dotted(("therapies", "car-t", "risks", 0, "name"))
    'therapies.car-t.risks[0].name'
    """
    names = (step if isinstance(step, int) else _short(step) for step in where)
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in names)
    return "".join(steps).removeprefix(".")


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset in a text, both counted from 1."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_STEP else f"{key[:LONGEST_STEP]}…"
