"""The content rules of `check`: what a file must hold beyond what it takes to be read."""

from datetime import date
from pathlib import Path

from ..errors import DataError, Problem
from ..layers import ReadBytes, load_stack
from ..reading import read
from . import content, texts
from .subject import RULES, Rule, Subject

__all__ = ["RULES", "Rule", "check", "content", "texts"]


def check(
    path: Path, builtin: Path, today: date, read_bytes: ReadBytes = Path.read_bytes
) -> list[Problem]:
    """Return every fault and warning of a file and of all that it builds on, sorted by place.

    The warnings are those of the file itself: what it builds on is for others to mend.
    today: the day from which the age of facts is measured. Raise OSError.
    """
    try:
        stack = load_stack(path, builtin, read_bytes)
    except DataError as err:
        return list(err.problems)
    problems = stack.problems
    try:
        read(stack.merged, problems)
    except DataError:
        pass  # `problems` holds them all
    subject = Subject(stack, today)
    for rule in RULES.values():
        found = (each.problem(stack.merged, rule.severity) for each in rule.find(subject))
        problems += (
            each for each in found if each.severity == "error" or each.path == str(path)
        )
    return sorted(set(problems))
