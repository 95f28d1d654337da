"""The faults and warnings of a knowledge file as text: for people, for programs, for GitHub."""

from json import dumps
from typing import Any

from msgspec import to_builtins

from ..errors import Problem
from ..linting import Report
from .look import spell, visible

SCHEMA_VERSION = 1


def problems_text(report: Report, format: str, encoding: str) -> str:
    """Return a report as text: `json`, `github` (workflow commands), else lines for people.

    Each line is safe to print and spelt in what the encoding can carry.
    """
    if format == "json":
        return f"{dumps(_data(report), indent=2)}\n"
    shown = _annotation if format == "github" else str
    lines = [visible(shown(problem)) for problem in report.problems]
    return spell("".join(f"{line}\n" for line in [*lines, _summary(report)]), encoding)


def _data(report: Report) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "command": "check",
        "files": list(report.files),
        "problems": to_builtins(report.problems),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
    }


def _annotation(problem: Problem) -> str:
    """Return a problem as a workflow command, which GitHub shows beside the line."""
    properties = {
        "file": problem.path,
        "line": problem.line,
        "col": problem.column,
        "title": problem.rule,
    }
    told = ",".join(f"{name}={_escaped(str(value))}" for name, value in properties.items())
    where = f"{problem.where}: " if problem.where else ""
    return f"::{problem.severity} {told}::{_escaped(where + problem.message, more='')}"


def _escaped(text: str, more: str = ":,") -> str:
    """Return text that cannot end a workflow command; more: what else ends a property in one."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _summary(report: Report) -> str:
    counts = {"fault": report.count("error"), "warning": report.count("warning")}
    told = (f"{count or 'no'} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
    return f"{visible(report.files[-1])}: {', '.join(told)}"
