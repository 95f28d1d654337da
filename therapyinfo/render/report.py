"""The errors and warnings of knowledge files as text: for people, for programs, for GitHub."""

from json import dumps
from typing import Any

from msgspec import to_builtins

from ..check import Report
from ..errors import MOST_ERRORS, Problem, shown_path
from .messages import SourceLines, problem_text
from .options import RenderOptions, escape_controls, transliterate
from .plain import wrap

REPORT_SCHEMA_VERSION = 1


def report_text(report: Report, format: str, encoding: str) -> str:
    """Return a report as text: `json`, `github` (workflow commands), else lines for people.

    Each line is safe to print and spelt in what the encoding can carry.
    """
    if format == "json":
        return f"{dumps(_data(report), indent=2)}\n"
    shown = _annotation if format == "github" else str
    lines = [escape_controls(shown(problem)) for problem in report.problems]
    return transliterate("".join(f"{line}\n" for line in [*lines, _summary(report)]), encoding)


def screen_report(report: Report, source: SourceLines, look: RenderOptions) -> str:
    """Return a report for a person at a terminal, each problem with its line and a caret."""
    problems = (f"{problem_text(each, source, look)}\n" for each in report.problems)
    return "".join([*problems, *(f"{line}\n" for line in wrap(_summary(report), look.width))])


def _data(report: Report) -> dict[str, Any]:
    return {
        "schema_version": REPORT_SCHEMA_VERSION,
        "command": "check",
        "files": list(report.files),
        "problems": to_builtins(report.problems),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "stopped": bool(report.stopped()),
    }


def _annotation(problem: Problem) -> str:
    """Return a problem as a workflow command, which GitHub shows beside the line."""
    properties = {
        "file": problem.path,
        "line": problem.line,
        "col": problem.column,
        "title": problem.rule,
    }
    fields = ",".join(f"{name}={_escaped(str(value))}" for name, value in properties.items())
    where = f"{problem.where}: " if problem.where else ""
    return f"::{problem.severity} {fields}::{_escaped(where + problem.message, more='')}"


def _escaped(text: str, more: str = ":,") -> str:
    """Return text that cannot end a workflow command; more: what else ends a property in one."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _summary(report: Report) -> str:
    phrases = f"{_counted(report, 'error')}, {_counted(report, 'warning')}"
    many = len(report.checked)
    name = escape_controls(shown_path(report.checked[0])) if many == 1 else f"{many} files"
    stopped = " and ".join(f"{MOST_ERRORS:,} {each}s" for each in report.stopped())
    end = f"; stopped after {stopped}, there may be more" if stopped else ""
    return f"{name}: {phrases}{end}"


def _counted(report: Report, severity: str) -> str:
    count = report.count(severity)
    return f"{f'{count:,}' if count else 'no'} {severity}{'' if count == 1 else 's'}"
