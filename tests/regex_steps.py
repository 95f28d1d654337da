"""Counts the steps that a backtracking matcher takes, where Python's own would only take time."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

Items = list[tuple[Any, Any]]


class Matcher:
    """Matches as `re` does, without its short cuts, and counts each item that it tries."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.items: Items = list(parser.parse(pattern.pattern, pattern.flags))
        self.flags = pattern.flags
        self.steps = 0

    def count(self, text: str) -> int:
        """Return how many steps it takes to find every match in a text."""
        self.steps = 0
        start = 0
        while start <= len(text):
            end = self._first(self.items, text, start)
            start = start + 1 if end is None or end == start else end
        return self.steps

    def _first(self, items: Items, text: str, at: int) -> int | None:
        return next(self._ends(items, 0, text, at), None)

    def _ends(self, items: Items, number: int, text: str, at: int) -> Iterator[int]:
        """Yield each place where the items from one on can end, the preferred one first."""
        if number == len(items):
            yield at
            return
        self.steps += 1
        for end in self._item(*items[number], text, at):
            yield from self._ends(items, number + 1, text, end)

    def _item(self, kind: Any, value: Any, text: str, at: int) -> Iterator[int]:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = value
            ends = self._repeated(list(inner), least, most, text, at, lazy=kind is op.MIN_REPEAT)
            yield from self._once(ends) if kind is op.POSSESSIVE_REPEAT else ends
        elif kind is op.SUBPATTERN:
            yield from self._ends(list(value[3]), 0, text, at)
        elif kind is op.ATOMIC_GROUP:
            yield from self._once(self._ends(list(value), 0, text, at))
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from self._ends(list(branch), 0, text, at)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            direction, inner = value
            start = at - inner.getwidth()[0] if direction < 0 else at
            found = start >= 0 and self._first(list(inner), text, start) is not None
            if found is (kind is op.ASSERT):
                yield at
        elif kind is op.AT:
            if self._is_at(value, text, at):
                yield at
        elif at < len(text) and self._is_one(kind, value, text[at]):
            yield at + 1

    def _repeated(
        self, inner: Items, least: int, most: Any, text: str, at: int, *, lazy: bool
    ) -> Iterator[int]:
        # Kept on a list of its own, for a text may be longer than Python's stack is deep.
        ways: list[tuple[int, Iterator[int]]] = [(at, self._ends(inner, 0, text, at))]
        if lazy and not least:
            yield at
        while ways:
            place, ends = ways[-1]
            end = next(ends, None) if len(ways) <= most else None
            if end is None or end == place:
                ways.pop()
                if len(ways) >= least and not lazy:
                    yield place
                continue
            ways.append((end, self._ends(inner, 0, text, end)))
            if lazy and len(ways) > least:
                yield end

    @staticmethod
    def _once(ends: Iterator[int]) -> Iterator[int]:
        if (end := next(ends, None)) is not None:
            yield end

    def _is_at(self, where: Any, text: str, at: int) -> bool:
        before = at > 0 and bool(re.match(r"\w", text[at - 1]))
        after = at < len(text) and bool(re.match(r"\w", text[at]))
        line = self.flags & re.MULTILINE
        tests: dict[Any, Callable[[], bool]] = {
            op.AT_BEGINNING: lambda: at == 0 or bool(line and text[at - 1] == "\n"),
            op.AT_BEGINNING_STRING: lambda: at == 0,
            op.AT_END: lambda: text[at:] in ("", "\n") or bool(line and text[at] == "\n"),
            op.AT_END_STRING: lambda: at == len(text),
            op.AT_BOUNDARY: lambda: before != after,
            op.AT_NON_BOUNDARY: lambda: before == after,
        }
        return tests[where]()

    def _is_one(self, kind: Any, value: Any, character: str) -> bool:
        if self.flags & re.IGNORECASE:
            others = {ord(character.lower()[0]), ord(character.upper()[0])}
        else:
            others = {ord(character)}
        if kind is op.IN:
            negated = value[0][0] is op.NEGATE
            found = any(self._is_one(inner, what, character) for inner, what in value[negated:])
            return found is not negated
        if kind is op.RANGE:
            return any(value[0] <= each <= value[1] for each in others)
        if kind is op.CATEGORY:
            letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rsplit("_", 1)[-1]]
            return bool(
                re.match(f"\\{letter.upper() if 'NOT' in str(value) else letter}", character)
            )
        if kind is op.ANY:
            return character != "\n" or bool(self.flags & re.DOTALL)
        return (value in others) is (kind is op.LITERAL)
