"""Values with their places, and what is found wrong at one."""

import re
from typing import Any

from msgspec import Struct

from ..errors import Problem, Severity

Value = Any
"""What a file says: text, a dict of text to value, a list of values, or None for nothing."""

Where = tuple[str | int, ...]
"""The way to a value: the key or the number of the entry at each level."""


class File(Struct, frozen=True, eq=False):
    """A file that was read: the path it is shown by, and its text."""

    path: str
    text: str


class Node(Struct, eq=False):
    """A value with its place: file, line and column counted from 1, and offsets in the text.

    value: text, a dict of key to node, a list of nodes, or None for an empty value.
    keys: for a dict, each key's own node.
    """

    value: "str | dict[str, Node] | list[Node] | None"
    file: File
    line: int
    column: int
    start: int = 0
    end: int = 0
    keys: "dict[str, Node]" = {}

    def problem(
        self, rule: str, where: str, message: str, spot: str = "", severity: Severity = "error"
    ) -> Problem:
        """Return a fault at this place.

        spot: words of the value to point at; "" for where the value starts.
        """
        line, column = self.line, self.column
        words = r"\s+".join(map(re.escape, spot.split()))
        whole = re.compile(rf"(?<![\w-]){words}(?![\w-])")
        if spot and (found := whole.search(self.file.text[self.start : self.end])):
            line, column = place(self.file.text, self.start + found.start())
        return Problem(self.file.path, line, column, severity, rule, where, message)


class Finding(Struct, frozen=True):
    """Something wrong with the value at `where`.

    spot: words of its text to point at; "" for its start. at_key: point at its key instead.
    """

    where: Where
    rule: str
    message: str
    spot: str = ""
    at_key: bool = False

    def problem(self, root: Node, severity: Severity = "error") -> Problem:
        """Return it as a problem with its place; a value that is missing is where its parent is."""
        node, key = root, root
        for step in self.where:
            if isinstance(node.value, dict) and step in node.value:
                node, key = node.value[str(step)], node.keys[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int):
                node = key = node.value[step]
        chosen = key if self.at_key else node
        return chosen.problem(self.rule, dotted(self.where), self.message, self.spot, severity)


def dotted(where: Where) -> str:
    """Return a way to a value as people read it.

    >>> dotted(("therapies", "car-t", "risks", 0, "name"))
    'therapies.car-t.risks[0].name'
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return "".join(steps).removeprefix(".")


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset in a text, both counted from 1."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1
