"""The content rules of `check`: what a file must hold beyond what it takes to be read."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from ..errors import DataError, Problem
from ..layers import ReadBytes, load_stack
from ..reading import read
from . import content, texts
from .subject import RULES, Rule, Subject

__all__ = ["RULES", "Report", "Rule", "check", "content", "texts"]


class Report(Struct, frozen=True):
    """What `check` found; files: the paths of all layers, the base first."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    def count(self, severity: str) -> int:
        """Return how many problems are of this severity."""
        return sum(each.severity == severity for each in self.problems)

    def strict(self) -> "Report":
        """Return the same with every warning made a fault."""
        problems = (structs.replace(each, severity="error") for each in self.problems)
        return Report(self.files, tuple(problems))


def check(
    path: Path, builtin: Path, today: date, read_bytes: ReadBytes = Path.read_bytes
) -> Report:
    """Return every fault and warning of a file and of all that it builds on, sorted by place.

    The warnings are those of the file itself: what it builds on is for others to mend.
    today: the day from which the age of facts is measured. Raise OSError.
    """
    try:
        stack = load_stack(path, builtin, read_bytes)
    except DataError as err:
        return Report((str(path),), err.problems)
    problems = stack.problems
    with suppress(DataError):  # `problems` holds all that it holds
        read(stack.merged, problems)
    root = stack.as_told()
    subject = Subject(root, stack.roots, today)
    for rule in RULES.values():
        found = [each.problem(root, rule.severity) for each in rule.find(subject)]
        own = (each for each in found if each.severity == "error" or each.path == str(path))
        problems.extend(own)
    files = tuple(root.file.path for root in stack.roots)
    return Report(files, tuple(sorted(set(problems))))
