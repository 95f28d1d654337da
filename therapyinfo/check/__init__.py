"""The content rules of `check`: what a file must hold beyond what it takes to be read."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from ..convert import convert_tree
from ..errors import MOST_ERRORS, DataError, Problem, Problems, Severity
from ..layers import ReadBytes, load_stack
from ..yaml_reader import placed
from . import rules_facts, rules_style
from .context import RETIRED, RULES, LintContext, Rule

__all__ = ["RETIRED", "RULES", "Report", "Rule", "check", "joined", "rules_facts", "rules_style"]


class Report(Struct, frozen=True):
    """What `check` found.

    Attributes:
        files: The paths of all layers, each base before what extends it, and of the files that they
            include, each after the one that includes it.
        problems: What was found, sorted by place; MOST_ERRORS of each severity at most.
        checked: The files that were given.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    checked: tuple[str, ...] = ()

    def count(self, severity: str) -> int:
        """Return how many problems are of this severity."""
        return sum(each.severity == severity for each in self.problems)

    def stopped(self) -> list[Severity]:
        """Return the severities of which there may be more than were looked for."""
        severities: tuple[Severity, ...] = ("error", "warning")
        return [each for each in severities if self.count(each) >= MOST_ERRORS]

    def strict(self) -> "Report":
        """Return the same with every warning made an error, and still no more than are told."""
        errors_first = sorted(self.problems, key=lambda each: each.severity)[:MOST_ERRORS]
        problems = sorted(structs.replace(each, severity="error") for each in errors_first)
        return structs.replace(self, problems=tuple(problems))


def check(
    path: Path,
    builtin: Path,
    as_of: date | None = None,
    read_bytes: ReadBytes = Path.read_bytes,
) -> Report:
    """Return every error and warning of a file and of all that it extends, sorted by place.

    The warnings are those of the file itself: what it extends is for others to mend. The same
    file has the same ones on every day. Raise OSError.

    as_of: the day by which facts may be due to be checked again; None to tell none of those.
    """
    try:
        stack = load_stack(path, builtin, read_bytes)
    except DataError as err:
        return Report((str(path),), err.problems, (str(path),))
    errors, warnings = stack.problems, Problems()
    with suppress(DataError):  # `errors` holds all that it holds
        convert_tree(stack.merged, errors)
    root = stack.with_layer_metadata()
    context = LintContext(root, stack.roots, as_of)
    for severity, found in (("error", errors), ("warning", warnings)):
        rules = (each for each in RULES.values() if each.severity == severity)
        with suppress(DataError):
            for rule in rules:
                for problem in placed(rule.check(context), root, rule.severity):
                    if problem.severity == "error" or problem.path in stack.files[-1]:
                        found.append(problem)
    files = tuple(path for paths in stack.files for path in paths)
    return Report(files, tuple(sorted([*errors, *warnings])), (str(path),))


def joined(reports: Iterable[Report]) -> Report:
    """Return what was found in several files as one report; enough errors end the search."""
    files: dict[str, None] = {}
    checked: list[str] = []
    errors, warnings = Problems(), Problems()
    with suppress(DataError):
        for report in reports:
            files |= dict.fromkeys(report.files)
            checked += report.checked
            with suppress(DataError):
                warnings.extend(each for each in report.problems if each.severity == "warning")
            errors.extend(each for each in report.problems if each.severity == "error")
    return Report(tuple(files), tuple(sorted([*errors, *warnings])), tuple(checked))
